"""Catalogs and what they hold. Mirrors ``pyflink.table.catalog``."""

from nutkin.table._catalog.catalogs import Catalog, CatalogDescriptor, HiveCatalog, JdbcCatalog
from nutkin.table._catalog.columns import (
    Column,
    ComputedColumn,
    Constraint,
    MetadataColumn,
    PhysicalColumn,
    UniqueConstraint,
    WatermarkSpec,
)
from nutkin.table._catalog.objects import (
    CatalogBaseTable,
    CatalogColumnStatistics,
    CatalogDatabase,
    CatalogFunction,
    CatalogModel,
    CatalogPartition,
    CatalogTableStatistics,
    Procedure,
)
from nutkin.table._catalog.paths import CatalogPartitionSpec, ObjectIdentifier, ObjectPath
from nutkin.table._catalog.resolved_schema import ResolvedSchema

__all__ = [
    "Catalog",
    "CatalogBaseTable",
    "CatalogColumnStatistics",
    "CatalogDatabase",
    "CatalogDescriptor",
    "CatalogFunction",
    "CatalogModel",
    "CatalogPartition",
    "CatalogPartitionSpec",
    "CatalogTableStatistics",
    "Column",
    "ComputedColumn",
    "Constraint",
    "HiveCatalog",
    "JdbcCatalog",
    "MetadataColumn",
    "ObjectIdentifier",
    "ObjectPath",
    "PhysicalColumn",
    "Procedure",
    "ResolvedSchema",
    "UniqueConstraint",
    "WatermarkSpec",
]
