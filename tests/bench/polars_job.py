"""The job on Polars with a row function: ``polars_job.py CSV``."""

import sys
import time

import polars as pl

PROVINCES = [f"p{i}" for i in range(34)]
start = time.time()
(
    pl.scan_csv(
        sys.argv[1],
        has_header=False,
        new_columns=["uuid", "client_ip", "request_time", "response_size"],
    )
    .with_columns(
        province=pl.col("client_ip").map_elements(
            lambda ip: PROVINCES[(int(ip.split(".", 1)[0]) * 7) % 34], return_dtype=pl.String
        )
    )
    .group_by("province")
    .agg(pl.len(), pl.col("response_size").sum(), pl.col("request_time").sum())
    .collect()
)
print(f"run {time.time() - start:.3f} s")
