"""The descriptors of Flink 1.x, by kind. ``nutkin.table.descriptors`` is the list of them all."""
