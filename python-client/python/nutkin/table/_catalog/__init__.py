"""What catalogs hold, by kind. ``nutkin.table.catalog`` is the list of it all."""
