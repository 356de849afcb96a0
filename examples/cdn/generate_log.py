"""Writes access-log lines: ``python generate_log.py ROWS [SEED] > access_log.csv``.

A line is ``uuid,client_ip,request_time,response_size,uri``. The same seed gives the same lines.
"""

import random
import sys
import uuid
from collections.abc import Iterator

PREFIXES = (
    "27.128.178",
    "1.8.110",
    "1.15.255",
    "14.102.158",
    "14.104.149",
    "220.243.255",
    "1.69.127",
    "1.180.240",
    "36.24.191",
    "14.18.159",
    "39.169.231",
    "9.9.9",
)
PAGES = ("", "product/ecs", "product/oss", "product/rds", "product/cdn", "help", "blog", "solutions")


def lines(rows: int, seed: int = 7) -> Iterator[str]:
    """So many lines, without line ends. Some addresses belong to no province."""
    generator = random.Random(seed)
    for _ in range(rows):
        identifier = uuid.UUID(int=generator.getrandbits(128), version=4)
        address = f"{generator.choice(PREFIXES)}.{generator.randrange(256)}"
        page = generator.choice(PAGES)
        yield (
            f"{identifier},{address},{generator.randrange(128, 640)},{generator.randrange(1024000)},"
            f"https://www.example.com/{page}"
        )


if __name__ == "__main__":
    for line in lines(int(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 7):
        print(line)
