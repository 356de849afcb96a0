"""Threads of one program, each on a connection of its own."""

import threading

from pyflink.table import EnvironmentSettings, TableEnvironment

t_env = TableEnvironment.create(EnvironmentSettings.in_streaming_mode())
results = {}


def work(number):
    table = t_env.sql_query(f"SELECT {number} * {number}")
    results[number] = [row[0] for row in table.execute().collect()]


threads = [threading.Thread(target=work, args=(number,)) for number in range(4)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(sorted(results.items()))
