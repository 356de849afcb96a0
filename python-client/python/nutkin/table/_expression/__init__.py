"""The methods of :class:`nutkin.table.expression.Expression`, one family a module."""
