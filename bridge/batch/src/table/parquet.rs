//! Reading Parquet files with DataFusion's own reader.
//!
//! Filters reach it through the optimizer of physical plans; row groups and pages that cannot pass are not
//! read. Statistics of the files tell the optimizer how large a table is.

use std::sync::Arc;
use std::time::SystemTime;

use arrow::datatypes::{FieldRef, Schema, SchemaRef};
use datafusion::catalog::Session;
use datafusion::common::Statistics;
use datafusion::datasource::file_format::FileFormat;
use datafusion::datasource::file_format::parquet::ParquetFormat;
use datafusion::datasource::listing::PartitionedFile;
use datafusion::datasource::physical_plan::{FileGroup, FileScanConfigBuilder, ParquetSource};
use datafusion::datasource::table_schema::TableSchema;
use datafusion::error::{DataFusionError, Result as DataFusionResult};
use datafusion::execution::object_store::ObjectStoreUrl;
use datafusion::object_store::ObjectMeta;
use datafusion::object_store::path::Path;
use datafusion::physical_plan::ExecutionPlan;
use datafusion::scalar::ScalarValue;
use nutkin_connectors::filesystem::{DataFile, FileScan};

/// The scan of some columns of these files.
pub(super) async fn scan(
    state: &dyn Session,
    scan: &FileScan,
    table_schema: &SchemaRef,
    files: &[Arc<DataFile>],
    wanted: Vec<usize>,
    limit: Option<usize>,
) -> DataFusionResult<Arc<dyn ExecutionPlan>> {
    let store_url = ObjectStoreUrl::local_filesystem();
    let store = state.runtime_env().object_store(&store_url)?;
    let fields = |columns: &[nutkin_plan::catalog::Column]| -> DataFusionResult<Vec<FieldRef>> {
        columns
            .iter()
            .map(|column| {
                Ok(Arc::clone(
                    &table_schema.fields()[table_schema.index_of(&column.name)?],
                ))
            })
            .collect()
    };
    let file_schema: SchemaRef = Arc::new(Schema::new(fields(scan.file_columns())?));
    // DataFusion takes the columns of directories for the last ones.
    let schema = TableSchema::builder(Arc::clone(&file_schema))
        .with_table_partition_cols(fields(scan.partition_columns())?)
        .build();
    let format = ParquetFormat::default();
    let mut partitioned = Vec::with_capacity(files.len());
    for file in files {
        let meta = object_meta(file)?;
        let statistics = format
            .infer_stats(state, &store, Arc::clone(&file_schema), &meta)
            .await?;
        let values = file
            .partition
            .iter()
            .map(|value| ScalarValue::try_from_array(value, 0))
            .collect::<DataFusionResult<Vec<_>>>()?;
        partitioned.push(
            PartitionedFile::new_from_meta(meta)
                .with_partition_values(values)
                .with_statistics(Arc::new(statistics)),
        );
    }
    let statistics = Statistics::try_merge_iter(
        partitioned.iter().filter_map(|file| file.statistics.as_deref()),
        schema.table_schema(),
    )?;
    let groups = FileGroup::new(partitioned).split_files(state.config().target_partitions());
    let projection = wanted
        .into_iter()
        .map(|position| {
            Ok(schema
                .table_schema()
                .index_of(table_schema.field(position).name())?)
        })
        .collect::<DataFusionResult<Vec<usize>>>()?;
    let config = FileScanConfigBuilder::new(store_url, Arc::new(ParquetSource::new(schema)))
        .with_file_groups(groups)
        .with_statistics(statistics)
        .with_projection_indices(Some(projection))?
        .with_limit(limit)
        .build();
    format.create_physical_plan(state, config).await
}

fn object_meta(file: &DataFile) -> DataFusionResult<ObjectMeta> {
    let fail = |error: std::io::Error| {
        DataFusionError::IoError(std::io::Error::new(
            error.kind(),
            format!("cannot read '{}': {error}", file.path.display()),
        ))
    };
    let path = std::fs::canonicalize(&file.path).map_err(fail)?;
    let metadata = std::fs::metadata(&path).map_err(fail)?;
    let modified = metadata.modified().unwrap_or(SystemTime::UNIX_EPOCH);
    Ok(ObjectMeta {
        location: Path::from_absolute_path(&path)
            .map_err(|source| DataFusionError::ObjectStore(Box::new(source.into())))?,
        last_modified: modified.into(),
        size: metadata.len(),
        e_tag: None,
        version: None,
    })
}
