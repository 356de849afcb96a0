"""The answer of the job, computed from the log lines in plain Python: no part of the engine takes part."""

import csv
import math
from collections.abc import Iterable
from typing import NamedTuple

from generate_log import PREFIXES


class Statistic(NamedTuple):
    """A row of the result table."""

    access_count: int
    total_download: int
    download_speed: float


# The same eleven blocks as in cdn_udf.py, written down a second time so that a slip shows.
BLOCKS = dict(
    zip(
        PREFIXES,
        (
            "Hebei",
            "Beijing",
            "Guangdong",
            "Shanghai",
            "Chongqing",
            "Zhejiang",
            "Shanxi",
            "Nei Mongol",
            "Jiangsu",
            "Hainan",
            "Henan",
            "UnKnow",
        ),
        strict=True,
    )
)


def truth(lines: Iterable[str]) -> dict[str, Statistic]:
    """What the table holds in the end, by province."""
    sums: dict[str, list[int]] = {}
    for _, address, request_time, response_size, _ in csv.reader(lines):
        province = BLOCKS[".".join(address.split(".")[:3])]
        total = sums.setdefault(province, [0, 0, 0])
        total[0] += 1
        total[1] += int(response_size)
        total[2] += int(request_time)
    return {province: Statistic(count, size, size / time) for province, (count, size, time) in sums.items()}


def equal(found: dict[str, Statistic], expected: dict[str, Statistic]) -> bool:
    """Whether two results are the same; speeds may differ in the last bits, as the databases print them."""
    return found.keys() == expected.keys() and all(
        found[province][:2] == statistic[:2]
        and math.isclose(found[province].download_speed, statistic.download_speed, rel_tol=1e-12)
        for province, statistic in expected.items()
    )
