"""``nutkin sql``: a SQL client, for terminals, scripts and pipes.

Data flow: :mod:`.arguments` says what to run; :class:`.client.SqlClient` runs it statement by statement;
:mod:`.output` prints rows; :mod:`.prompt` reads from a terminal. What statements mean is the gateway's
business.
"""

from __future__ import annotations

from nutkin._commands.sql.arguments import execute, register

__all__ = ["execute", "register"]
