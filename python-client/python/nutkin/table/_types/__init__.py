"""The data types, by kind. ``nutkin.table.types`` is the list of them all."""
