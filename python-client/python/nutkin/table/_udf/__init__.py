"""User-defined functions: their surroundings, base classes and wrappers. ``nutkin.table.udf`` is the list."""
