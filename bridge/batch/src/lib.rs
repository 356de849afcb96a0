//! Batch execution: operations to DataFusion plans, and their execution.
