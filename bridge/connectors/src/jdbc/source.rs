//! The source: checks the table and splits reading among readers.

use std::sync::Arc;

use arrow::datatypes::SchemaRef;
use nutkin_engine::Result;
use nutkin_engine::job::JobContext;
use nutkin_engine::source::{Source, SourceReader};
use nutkin_plan::catalog::{Column, Schema};
use nutkin_plan::types::{LogicalType, TypeKind};

use super::client::JdbcClient;
use super::dialect::{Dialect, TableColumn};
use super::partitions::ranges;
use super::reader::{JdbcReader, Query, Scan};
use super::statement::select;
use super::table_check::{Access, check_types, find_columns};

/// A table of a database as a source.
pub(super) struct JdbcSource<D> {
    client: Arc<JdbcClient<D>>,
    schema: Schema,
}

impl<D: Dialect> JdbcSource<D> {
    /// A source of the columns of `schema`.
    pub(super) fn new(client: JdbcClient<D>, schema: Schema) -> Result<Self> {
        check_types::<D>(&schema.columns)?;
        Ok(Self {
            client: Arc::new(client),
            schema,
        })
    }

    /// The columns read, and the one by which reading is split.
    fn find(&self, context: &JobContext) -> Result<(Vec<TableColumn>, Option<TableColumn>)> {
        let client = &self.client;
        let split_by: Vec<Column> = client
            .options
            .partitions
            .iter()
            .map(|partitions| Column {
                name: partitions.column.clone(),
                column_type: LogicalType::nullable(TypeKind::BigInt),
                comment: None,
            })
            .collect();
        client.with_connection(&context.cancellation, |mut connection| async move {
            let found = async {
                let columns =
                    find_columns(client, &mut connection, &self.schema.columns, Access::Read).await?;
                let split_by = find_columns(client, &mut connection, &split_by, Access::Read).await?;
                Ok((columns, split_by.into_iter().next()))
            }
            .await;
            (connection, found)
        })
    }
}

impl<D: Dialect> Source for JdbcSource<D> {
    fn is_bounded(&self) -> bool {
        true
    }

    fn schema(&self) -> SchemaRef {
        self.schema.to_arrow()
    }

    fn create_readers(
        &self,
        parallelism: usize,
        context: &Arc<JobContext>,
    ) -> Result<Vec<Box<dyn SourceReader>>> {
        let (columns, split_by) = self.find(context)?;
        let text = select(
            &self.client.dialect,
            &self.client.options.table,
            &columns,
            split_by.as_ref(),
        );
        let queries: Vec<Query> = match &self.client.options.partitions {
            None => vec![Query { text, range: None }],
            Some(partitions) => ranges(partitions)
                .into_iter()
                .map(|range| Query {
                    text: text.clone(),
                    range: Some(range),
                })
                .collect(),
        };
        let mut shares: Vec<Vec<Query>> = (0..parallelism).map(|_| Vec::new()).collect();
        for (position, query) in queries.into_iter().enumerate() {
            if let Some(share) = shares.get_mut(position % parallelism.max(1)) {
                share.push(query);
            }
        }
        let scan = Arc::new(Scan {
            client: Arc::clone(&self.client),
            columns: self.schema.columns.clone(),
            schema: self.schema.to_arrow(),
        });
        shares
            .into_iter()
            .map(|queries| -> Result<Box<dyn SourceReader>> {
                Ok(Box::new(JdbcReader::start(Arc::clone(&scan), queries)?))
            })
            .collect()
    }
}
