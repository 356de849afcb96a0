# What there is to do here. `make demo` and `make test` need cargo, Python 3.10 or newer and a C
# toolchain; everything else they install themselves, into .venv and the cargo target directory.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
CARGO_TARGET_DIR ?= $(CURDIR)/target
export CARGO_TARGET_DIR
# One interpreter for cargo and maturin, so that they do not rebuild one another's work.
export PYO3_PYTHON := $(CURDIR)/$(BIN)/python
WHEELS := $(CARGO_TARGET_DIR)/wheels

.PHONY: help demo demo-kafka test check build bench format clean tools

help:
	@echo "make demo        the main job, embedded: file -> Python function -> SQLite"
	@echo "make demo-kafka  the same on an Apache Kafka broker and MariaDB, 1,000,000 records"
	@echo "make test        all tests"
	@echo "make check       format, clippy, ruff, mypy"
	@echo "make bench       speed and memory; PEERS=1 compares with PyFlink, Polars, Bytewax"

tools:
	@$(PYTHON) tests/tools.py

$(BIN)/python: | tools
	$(PYTHON) -m venv $(VENV)

$(VENV)/.installed: tests/requirements.txt | $(BIN)/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r tests/requirements.txt
	touch $@

build: $(VENV)/.installed
	rm -rf $(WHEELS)
	$(BIN)/maturin build --release --strip --quiet --interpreter $(PYO3_PYTHON) --manifest-path python-client/Cargo.toml --out $(WHEELS)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --force-reinstall --no-deps $(WHEELS)/nutkin-*.whl

demo: build
	@$(BIN)/python examples/cdn/run_demo.py

demo-kafka: build
	@$(BIN)/python examples/cdn/run_kafka_demo.py --rows 1000000

test: build
	@$(BIN)/python tests/run.py

check: $(VENV)/.installed
	cargo fmt --all --check
	cargo clippy --release --workspace --all-targets -- -D warnings
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

bench: build
	@$(BIN)/python tests/bench/run.py
	@$(BIN)/python tests/bench/tpch.py
	@$(BIN)/python tests/bench/planning.py

format: $(VENV)/.installed
	cargo fmt --all
	$(BIN)/ruff check --fix --quiet .
	$(BIN)/ruff format --quiet .

clean:
	rm -rf $(VENV) .venv-peers
	cargo clean

.venv-peers/bin/python:
	$(PYTHON) -m venv .venv-peers
	.venv-peers/bin/python -m pip install --quiet --disable-pip-version-check apache-flink==2.3.0 setuptools

.PHONY: differential
differential: .venv-peers/bin/python
	cd tests/differential && ../../.venv-peers/bin/python record.py
	cd tests/differential && ../../.venv-peers/bin/python record_batch.py

.PHONY: parity-record
parity-record: .venv-peers/bin/python
	.venv-peers/bin/python tests/parity/record_names.py
