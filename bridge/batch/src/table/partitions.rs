//! Which files a query needs, by the values that their directories spell.

use std::sync::Arc;

use arrow::array::{Array, ArrayRef, AsArray, RecordBatch};
use arrow::compute::concat;
use arrow::datatypes::{Field, Schema};
use datafusion::catalog::Session;
use datafusion::common::DFSchema;
use datafusion::error::Result as DataFusionResult;
use datafusion::logical_expr::Expr;
use datafusion::logical_expr::utils::conjunction;
use nutkin_connectors::filesystem::{DataFile, FileScan};

/// Whether a filter looks at nothing but partition columns.
pub(super) fn is_about_partitions(filter: &Expr, scan: &FileScan) -> bool {
    let columns = filter.column_refs();
    !columns.is_empty()
        && columns.iter().all(|column| {
            scan.partition_columns()
                .iter()
                .any(|partition| partition.name == column.name)
        })
}

/// The files whose partitions pass the filters.
pub(super) fn pruned(
    state: &dyn Session,
    scan: &FileScan,
    files: Vec<Arc<DataFile>>,
    filters: &[Expr],
) -> DataFusionResult<Vec<Arc<DataFile>>> {
    let filters = filters
        .iter()
        .filter(|filter| is_about_partitions(filter, scan))
        .cloned();
    let Some(predicate) = conjunction(filters) else {
        return Ok(files);
    };
    if files.is_empty() {
        return Ok(files);
    }
    let fields: Vec<Field> = scan
        .partition_columns()
        .iter()
        .map(|column| column.column_type.to_field(&column.name).with_nullable(true))
        .collect();
    let schema = Arc::new(Schema::new(fields));
    let columns = (0..schema.fields().len())
        .map(|position| {
            let values: Vec<&dyn Array> = files
                .iter()
                .filter_map(|file| file.partition.get(position).map(AsRef::as_ref))
                .collect();
            Ok(concat(&values)?)
        })
        .collect::<DataFusionResult<Vec<ArrayRef>>>()?;
    let batch = RecordBatch::try_new(Arc::clone(&schema), columns)?;
    let predicate = unqualified(predicate)?;
    let expression = state.create_physical_expr(predicate, &DFSchema::try_from(schema)?)?;
    let kept = expression.evaluate(&batch)?.into_array(files.len())?;
    let kept = kept.as_boolean();
    Ok(files
        .into_iter()
        .enumerate()
        .filter(|(row, _)| kept.is_valid(*row) && kept.value(*row))
        .map(|(_, file)| file)
        .collect())
}

/// The filter without the name of the table.
fn unqualified(filter: Expr) -> DataFusionResult<Expr> {
    use datafusion::common::tree_node::{Transformed, TransformedResult, TreeNode};
    filter
        .transform(|expression| {
            Ok(match expression {
                Expr::Column(column) => Transformed::yes(Expr::Column(
                    datafusion::common::Column::new_unqualified(column.name),
                )),
                other => Transformed::no(other),
            })
        })
        .data()
}
