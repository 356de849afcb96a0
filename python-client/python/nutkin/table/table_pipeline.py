"""A query with the table that it is written to. Mirrors ``pyflink.table.table_pipeline``."""

from __future__ import annotations

from typing import TYPE_CHECKING, NoReturn

from nutkin._gateway import RemoteObject
from nutkin.table._catalog.paths import ObjectIdentifier
from nutkin.table.explain_detail import ExplainDetail
from nutkin.table.table_result import TableResult

if TYPE_CHECKING:
    from nutkin.table.compiled_plan import CompiledPlan
    from nutkin.table.table import Table


class TablePipeline:
    """A query with the table that it is written to. ``execute`` starts it.

    Programs of 1.9 to 1.14 start all pipelines by ``TableEnvironment.execute`` instead.

    >>> from nutkin.table import TableEnvironment
    >>> t_env = TableEnvironment.create()
    >>> t_env.execute_sql("CREATE TABLE sink (a BIGINT) WITH ('connector' = 'blackhole')").print()
    OK
    >>> pipeline = t_env.from_elements([(1,)], ["a"]).insert_into("sink")
    >>> print(pipeline.get_sink_identifier())
    `default_catalog`.`default_database`.`sink`
    >>> pipeline.execute().wait()
    """

    def __init__(self, j_statement_set: RemoteObject, table: Table, path: str, overwrite: bool) -> None:
        #: A set of this one insert, which was checked when it was added.
        self._j_statement_set = j_statement_set
        self._table = table
        self._path = path
        self._overwrite = overwrite
        self._used = False

    def execute(self) -> TableResult:
        """Starts the job."""
        self._used = True
        return TableResult(self._table._j_table.call("executeInsert", self._path, self._overwrite))

    def explain(self, *extra_details: ExplainDetail) -> str:
        """The plans of the job."""
        text: str = self._j_statement_set.call("explain", *(detail.name for detail in extra_details))
        return text

    def print_explain(self, *extra_details: ExplainDetail) -> None:
        """Prints the plans of the job."""
        print(self.explain(*extra_details))

    def get_sink_identifier(self) -> ObjectIdentifier | None:
        """The whole name of the table that is written."""
        environment = self._table._t_env
        parts = _split(self._path)
        known = [environment.get_current_catalog(), environment.get_current_database()]
        return ObjectIdentifier(*(known[: 3 - len(parts)] + parts))

    def compile_plan(self) -> CompiledPlan:
        """The plan of the job, to be kept. Refused: plans are made anew."""
        return self._refuse()

    def _refuse(self) -> NoReturn:
        from nutkin._refusals import refusal

        raise refusal("table.table_pipeline.TablePipeline.compile_plan")


def _split(path: str) -> list[str]:
    """The parts of a path, without their back-ticks."""
    parts, quoted = [""], False
    for letter in path:
        if letter == "`":
            quoted = not quoted
        elif letter == "." and not quoted:
            parts.append("")
        else:
            parts[-1] += letter
    return parts
