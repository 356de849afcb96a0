//! Sorting and cutting.

use datafusion::common::Column;
use datafusion::logical_expr::{LogicalPlanBuilder, SortExpr};
use nutkin_engine::Result;
use nutkin_plan::operation::{QueryOperation, SortKey};

use super::{Planner, Relation};
use crate::error::{internal, planning};

impl Planner<'_> {
    /// Sorts by the keys, if there are some, and keeps `fetch` rows after `offset`.
    pub(super) fn sort(
        &mut self,
        input: &QueryOperation,
        keys: &[SortKey],
        offset: u64,
        fetch: Option<u64>,
    ) -> Result<Relation> {
        let input = self.relation(input)?;
        let keys = self.sort_keys(keys, &input.columns)?;
        let mut builder = LogicalPlanBuilder::from(input.plan);
        if !keys.is_empty() {
            builder = builder.sort(keys).map_err(planning)?;
        }
        if offset > 0 || fetch.is_some() {
            let skip = count(offset)?;
            let fetch = fetch.map(count).transpose()?;
            builder = builder.limit(skip, fetch).map_err(planning)?;
        }
        Ok(Relation {
            plan: builder.build().map_err(planning)?,
            columns: input.columns,
        })
    }

    /// Sort keys over rows with these columns.
    pub(crate) fn sort_keys(&mut self, keys: &[SortKey], columns: &[Column]) -> Result<Vec<SortExpr>> {
        keys.iter()
            .map(|key| {
                let expression = self.expression(&key.expression, columns)?;
                Ok(SortExpr::new(expression, key.ascending, key.nulls_first))
            })
            .collect()
    }
}

fn count(rows: u64) -> Result<usize> {
    usize::try_from(rows).map_err(|_| internal(format!("{rows} rows are more than this machine can count")))
}
