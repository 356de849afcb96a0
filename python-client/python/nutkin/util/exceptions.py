"""Python exceptions with the names of Flink's Java exceptions. Mirrors ``pyflink.util.exceptions``.

The text of an exception is the message, then the hint if there is one, then the traceback of the
user's Python function if one raised. There is no stack of the gateway in it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from nutkin._native import GatewayError


class JavaException(Exception):
    """An error of the gateway whose Java class has no Python class of its own.

    :ivar java_class: the full name of the Java class that Flink throws.
    :ivar message: what is wrong.
    :ivar hint: what would work, if known.
    :ivar python_traceback: the traceback of the Python function that raised, if one did.
    """

    def __init__(
        self,
        message: str,
        java_class: str = "java.lang.RuntimeException",
        hint: str | None = None,
        python_traceback: str | None = None,
    ) -> None:
        super().__init__(message)
        self.message = message
        self.java_class = java_class
        self.hint = hint
        self.python_traceback = python_traceback

    def __str__(self) -> str:
        text = self.message
        if type(self) is JavaException:
            text = f"{self.java_class}: {text}"
        if self.python_traceback:
            text = f"{text}\n\n{self.python_traceback.rstrip()}"
        if self.hint:
            text = f"{text}\n\nHint: {self.hint}"
        return text


class TableException(JavaException):
    """``org.apache.flink.table.api.TableException``: the planner cannot do what is asked."""


class ValidationException(JavaException):
    """``org.apache.flink.table.api.ValidationException``: well-formed, but it means nothing."""


class SqlParserException(JavaException):
    """``org.apache.flink.table.api.SqlParserException``: the SQL text cannot be parsed."""


class ExpressionParserException(JavaException):
    """``org.apache.flink.table.api.ExpressionParserException``: a string expression cannot be parsed."""


class CatalogException(JavaException):
    """``org.apache.flink.table.catalog.exceptions.CatalogException``."""


class DatabaseAlreadyExistException(JavaException):
    """``org.apache.flink.table.catalog.exceptions.DatabaseAlreadyExistException``."""


class DatabaseNotEmptyException(JavaException):
    """``org.apache.flink.table.catalog.exceptions.DatabaseNotEmptyException``."""


class DatabaseNotExistException(JavaException):
    """``org.apache.flink.table.catalog.exceptions.DatabaseNotExistException``."""


class FunctionAlreadyExistException(JavaException):
    """``org.apache.flink.table.catalog.exceptions.FunctionAlreadyExistException``."""


class FunctionNotExistException(JavaException):
    """``org.apache.flink.table.catalog.exceptions.FunctionNotExistException``."""


class ModelAlreadyExistException(JavaException):
    """``org.apache.flink.table.catalog.exceptions.ModelAlreadyExistException``."""


class ModelNotExistException(JavaException):
    """``org.apache.flink.table.catalog.exceptions.ModelNotExistException``."""


class PartitionAlreadyExistsException(JavaException):
    """``org.apache.flink.table.catalog.exceptions.PartitionAlreadyExistsException``."""


class PartitionNotExistException(JavaException):
    """``org.apache.flink.table.catalog.exceptions.PartitionNotExistException``."""


class PartitionSpecInvalidException(JavaException):
    """``org.apache.flink.table.catalog.exceptions.PartitionSpecInvalidException``."""


class TableNotPartitionedException(JavaException):
    """``org.apache.flink.table.catalog.exceptions.TableNotPartitionedException``."""


class TableAlreadyExistException(JavaException):
    """``org.apache.flink.table.catalog.exceptions.TableAlreadyExistException``."""


class TableNotExistException(JavaException):
    """``org.apache.flink.table.catalog.exceptions.TableNotExistException``."""


class IllegalArgumentException(JavaException):
    """``java.lang.IllegalArgumentException``."""


class IllegalStateException(JavaException):
    """``java.lang.IllegalStateException``."""


class UnsupportedOperationException(JavaException):
    """``java.lang.UnsupportedOperationException``: Flink has it, Nutkin does not yet."""


class ArithmeticException(JavaException):
    """``java.lang.ArithmeticException``, such as a division by zero in a query."""


class JobExecutionException(JavaException):
    """``org.apache.flink.runtime.client.JobExecutionException``: the job failed while it ran."""


class JobCancellationException(JobExecutionException):
    """``org.apache.flink.runtime.client.JobCancellationException``: the job was cancelled."""


class GatewayConnectionException(JavaException):
    """The gateway cannot be reached, refused the token, or went away."""


_CATALOG = "org.apache.flink.table.catalog.exceptions."
_CLASSES: dict[str, type[JavaException]] = {
    "org.apache.flink.table.api.TableException": TableException,
    "org.apache.flink.table.api.ValidationException": ValidationException,
    "org.apache.flink.table.api.SqlParserException": SqlParserException,
    "org.apache.flink.table.api.ExpressionParserException": ExpressionParserException,
    _CATALOG + "CatalogException": CatalogException,
    _CATALOG + "DatabaseAlreadyExistException": DatabaseAlreadyExistException,
    _CATALOG + "DatabaseNotEmptyException": DatabaseNotEmptyException,
    _CATALOG + "DatabaseNotExistException": DatabaseNotExistException,
    _CATALOG + "FunctionAlreadyExistException": FunctionAlreadyExistException,
    _CATALOG + "FunctionNotExistException": FunctionNotExistException,
    _CATALOG + "ModelAlreadyExistException": ModelAlreadyExistException,
    _CATALOG + "ModelNotExistException": ModelNotExistException,
    _CATALOG + "PartitionAlreadyExistsException": PartitionAlreadyExistsException,
    _CATALOG + "PartitionNotExistException": PartitionNotExistException,
    _CATALOG + "PartitionSpecInvalidException": PartitionSpecInvalidException,
    _CATALOG + "TableAlreadyExistException": TableAlreadyExistException,
    _CATALOG + "TableNotPartitionedException": TableNotPartitionedException,
    _CATALOG + "TableNotExistException": TableNotExistException,
    "java.lang.IllegalArgumentException": IllegalArgumentException,
    "java.lang.IllegalStateException": IllegalStateException,
    "java.lang.UnsupportedOperationException": UnsupportedOperationException,
    "java.lang.ArithmeticException": ArithmeticException,
    "org.apache.flink.runtime.client.JobExecutionException": JobExecutionException,
    "org.apache.flink.runtime.client.JobCancellationException": JobCancellationException,
    "java.io.IOException": GatewayConnectionException,
}


def convert_gateway_error(error: GatewayError) -> JavaException:
    """The exception that a user sees for an error of the gateway, its causes chained."""
    exception_class = _CLASSES.get(error.class_name, JavaException)
    exception = exception_class(error.message, error.class_name, error.hint, error.python_traceback)
    if error.cause is not None:
        exception.__cause__ = convert_gateway_error(error.cause)
    return exception
