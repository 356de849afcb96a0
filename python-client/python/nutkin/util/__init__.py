"""Exceptions and helpers. Mirrors ``pyflink.util``."""
