"""The job on Bytewax: ``bytewax_job.py CSV``."""

import sys
import time

import bytewax.operators as op
from bytewax.connectors.files import FileSource
from bytewax.dataflow import Dataflow
from bytewax.testing import TestingSink, run_main

PROVINCES = [f"p{i}" for i in range(34)]


def parse(line):
    """The province, and the two numbers that are summed."""
    _, ip, request_time, response_size = line.split(",")
    return PROVINCES[(int(ip.split(".", 1)[0]) * 7) % 34], (int(request_time), int(response_size))


def add(sums, value):
    """One more row in the sums."""
    return sums[0] + 1, sums[1] + value[1], sums[2] + value[0]


flow, out = Dataflow("cdn"), []
pairs = op.map("parse", op.input("in", flow, FileSource(sys.argv[1], batch_size=1000)), parse)
op.output("out", op.fold_final("sum", pairs, lambda: (0, 0, 0), add), TestingSink(out))
start = time.time()
run_main(flow)
print(f"run {time.time() - start:.3f} s")
