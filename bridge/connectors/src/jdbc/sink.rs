//! The sink: checks the table and makes writers.

use std::sync::Arc;

use nutkin_engine::Result;
use nutkin_engine::job::JobContext;
use nutkin_engine::sink::{Sink, SinkWriter};
use nutkin_plan::catalog::Schema;

use super::buffer::ChangeBuffer;
use super::client::JdbcClient;
use super::dialect::Dialect;
use super::table_check::{Access, check_key, check_types, find_columns};
use super::writer::{JdbcWriter, Target};

/// A table of a database as a sink.
pub(super) struct JdbcSink<D> {
    client: Arc<JdbcClient<D>>,
    schema: Schema,
    key: Vec<usize>,
}

impl<D: Dialect> JdbcSink<D> {
    /// A sink for rows of `schema`, which replace one another by the columns at `key`; without a key,
    /// rows are added.
    pub(super) fn new(client: JdbcClient<D>, schema: Schema, key: Vec<usize>) -> Result<Self> {
        check_types::<D>(&schema.columns)?;
        Ok(Self {
            client: Arc::new(client),
            schema,
            key,
        })
    }
}

impl<D: Dialect> Sink for JdbcSink<D> {
    fn create_writers(
        &self,
        parallelism: usize,
        context: &Arc<JobContext>,
    ) -> Result<Vec<Box<dyn SinkWriter>>> {
        let client = &self.client;
        let columns = client.with_connection(&context.cancellation, |mut connection| async move {
            let checked = async {
                let columns =
                    find_columns(client, &mut connection, &self.schema.columns, Access::Write).await?;
                check_key(client, &mut connection, &columns, &self.key).await?;
                Ok(columns)
            }
            .await;
            (connection, checked)
        })?;
        let target = Arc::new(Target {
            client: Arc::clone(client),
            columns,
            kinds: self
                .schema
                .columns
                .iter()
                .map(|column| column.column_type.kind.clone())
                .collect(),
            key: self.key.clone(),
        });
        let arrow_schema = self.schema.to_arrow();
        (0..parallelism)
            .map(|_| -> Result<Box<dyn SinkWriter>> {
                let buffer = ChangeBuffer::new(&arrow_schema, self.key.clone())?;
                Ok(Box::new(JdbcWriter::new(
                    Arc::clone(&target),
                    buffer,
                    Arc::clone(context),
                )))
            })
            .collect()
    }

    fn max_parallelism(&self) -> Option<usize> {
        match (self.client.options.parallelism, D::MAX_WRITERS) {
            (Some(wanted), Some(limit)) => Some(wanted.min(limit)),
            (wanted, limit) => wanted.or(limit),
        }
    }
}
