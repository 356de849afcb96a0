"""What PyFlink has and this package refuses: each name with the reason, and what works instead.

A refused name exists, so that programs import, and raises its refusal when it is called.
"""

from __future__ import annotations

from typing import NamedTuple

from nutkin.util.exceptions import UnsupportedOperationException


class Refusal(NamedTuple):
    """Why a name is refused, and what works instead."""

    reason: str
    instead: str


_NO_DATA_STREAMS = "There are no DataStream programs here."
_TABLES_INSTEAD = "Write the program with the Table API or SQL, and its result into a table."
_NO_CHECKPOINTS = "Jobs keep their state in memory and are not checkpointed."
_START_AGAIN = "Leave it out; start the job again after a failure."
_NO_JVM = "There is no JVM, and so no Java object."
_NO_JAVA_SERIALIZATION = "Rows travel as Arrow, not by Java's serializers."

_NO_JAVA_FUNCTIONS = "Java functions need a JVM, and there is none."
_NO_PLANS = "Plans are not kept: they are made anew each time."
_NO_STATISTICS = "Catalogs keep no statistics that programs set."

_CATALOG = "table.catalog.Catalog."
_TABLE_ENVIRONMENT = "table.table_environment.TableEnvironment."
_STREAM_TABLE_ENVIRONMENT = "table.table_environment.StreamTableEnvironment."
_STREAM = "datastream.stream_execution_environment.StreamExecutionEnvironment."
_EXECUTION = "common.execution_config.ExecutionConfig."

#: The refused names, each with its module.
REFUSALS: dict[str, Refusal] = {
    "common.typeinfo.TypeInformation.get_java_type_info": Refusal(
        _NO_JVM, "Use to_data_type(), which gives the type of tables."
    ),
    "common.types.RowKind.to_j_row_kind": Refusal(_NO_JVM, "Use the RowKind itself."),
    "common.job_client.JobClient.stop_with_savepoint": Refusal(_NO_CHECKPOINTS, "Use cancel()."),
    "common.job_client.JobClient.trigger_savepoint": Refusal(_NO_CHECKPOINTS, _START_AGAIN),
    _EXECUTION + "enable_force_kryo": Refusal(_NO_JAVA_SERIALIZATION, "Leave it out."),
    _EXECUTION + "enable_force_avro": Refusal(_NO_JAVA_SERIALIZATION, "Leave it out."),
    _EXECUTION + "enable_generic_types": Refusal(
        "Every value has a type of tables.", "Leave it out; use BYTES for pickled objects."
    ),
    _CATALOG + "alter_partition": Refusal("Partitions have no properties.", "Leave it out."),
    _CATALOG + "get_function": Refusal(
        "Of a function only its pickled body is kept.", "Use function_exists(...) and list_functions(...)."
    ),
    _CATALOG + "get_model": Refusal(
        "Models cannot be read back.", "Use model_exists(...), or DESCRIBE MODEL in execute_sql(...)."
    ),
    _CATALOG + "get_procedure": Refusal("There are no procedures.", "Call a Python function."),
    **{
        _CATALOG + name: Refusal(_NO_STATISTICS, "Use ANALYZE TABLE in execute_sql(...).")
        for name in (
            "alter_table_statistics",
            "alter_table_column_statistics",
            "alter_partition_statistics",
            "alter_partition_column_statistics",
        )
    },
    "table.catalog.HiveCatalog.__init__": Refusal(
        "Hive's metastore is reached by Java only.",
        "Use a JdbcCatalog, or a catalog of files: CREATE CATALOG in execute_sql(...).",
    ),
    "table.module.HiveModule.__init__": Refusal(
        "Hive's functions are written in Java.", "Use Flink's functions, which are there from the start."
    ),
    **{
        _TABLE_ENVIRONMENT + name: Refusal(
            _NO_JAVA_FUNCTIONS, "Write the function in Python: create_temporary_system_function(...)."
        )
        for name in (
            "create_java_temporary_system_function",
            "create_java_function",
            "create_java_temporary_function",
        )
    },
    **{
        name: Refusal(_NO_PLANS, "Run the statement itself; explain() shows its plan.")
        for name in (
            _TABLE_ENVIRONMENT + "load_plan",
            _TABLE_ENVIRONMENT + "compile_plan_sql",
            _TABLE_ENVIRONMENT + "execute_plan",
            "table.statement_set.StatementSet.compile_plan",
            "table.table_pipeline.TablePipeline.compile_plan",
            "table.compiled_plan.CompiledPlan.as_json_string",
            "table.compiled_plan.CompiledPlan.as_smile_bytes",
            "table.compiled_plan.CompiledPlan.write_to_file",
            "table.compiled_plan.CompiledPlan.get_flink_version",
            "table.compiled_plan.CompiledPlan.print_json_string",
            "table.compiled_plan.CompiledPlan.execute",
            "table.compiled_plan.CompiledPlan.explain",
            "table.compiled_plan.CompiledPlan.print_explain",
        )
    },
    "table.statement_set.StatementSet.attach_as_datastream": Refusal(_NO_DATA_STREAMS, "Use execute()."),
    _TABLE_ENVIRONMENT + "set_python_requirements": Refusal(
        "Nothing is installed when a job starts.",
        "Install the packages into the Python environment that runs the functions.",
    ),
    _TABLE_ENVIRONMENT + "add_python_archive": Refusal(
        "Archives are not unpacked.", "Unpack the archive and add its directory by add_python_file(...)."
    ),
    **{
        _STREAM_TABLE_ENVIRONMENT + name: Refusal(_NO_DATA_STREAMS, _TABLES_INSTEAD)
        for name in (
            "from_data_stream",
            "from_changelog_stream",
            "to_data_stream",
            "to_changelog_stream",
            "to_append_stream",
            "to_retract_stream",
        )
    },
    _STREAM + "get_checkpoint_config": Refusal(_NO_CHECKPOINTS, _START_AGAIN),
    _STREAM + "enable_checkpointing": Refusal(_NO_CHECKPOINTS, _START_AGAIN),
    _STREAM + "enable_changelog_state_backend": Refusal(_NO_CHECKPOINTS, "Leave it out."),
    _STREAM + "register_slot_sharing_group": Refusal(
        "There are no slots: operators share this machine.", "Leave it out."
    ),
    _STREAM + "set_python_requirements": Refusal(
        "Nothing is installed when a job starts.",
        "Install the packages into the Python environment that runs the functions.",
    ),
    _STREAM + "add_python_archive": Refusal(
        "Archives are not unpacked.", "Unpack the archive and add its directory by add_python_file(...)."
    ),
    _STREAM + "register_cached_file": Refusal(
        "Files are not copied to workers.", "Read the file in the function itself, by its path."
    ),
    **{
        _STREAM + name: Refusal(_NO_DATA_STREAMS, _TABLES_INSTEAD)
        for name in (
            "execute",
            "execute_async",
            "get_execution_plan",
            "create_input",
            "add_source",
            "from_source",
            "from_collection",
        )
    },
}


def refusal(name: str) -> UnsupportedOperationException:
    """The error of a refused name, to be raised by it."""
    entry = REFUSALS[name]
    public = name.rpartition(".")[2] if name.count(".") < 3 else ".".join(name.split(".")[2:])
    return UnsupportedOperationException(
        f"{public} is not supported. {entry.reason}",
        "java.lang.UnsupportedOperationException",
        entry.instead,
    )
