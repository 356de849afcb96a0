//! What an aggregate function does with its words of a record.

use arrow::array::ArrayRef;
use arrow::datatypes::DataType;
use nutkin_plan::PlanError;

use super::average::average;
use super::count::Count;
use super::extreme::extreme;
use super::sum::{SumResult, sum};
use crate::Result;

/// Whether a row is added to a group or taken back from it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Change {
    /// +I or +U.
    Add,
    /// -U or -D.
    Retract,
}

impl Change {
    /// 1 or -1.
    pub(super) fn sign(self) -> i64 {
        match self {
            Self::Add => 1,
            Self::Retract => -1,
        }
    }
}

/// An aggregate function over the words that one call owns in each record; all-zero words mean that
/// no row was seen.
pub(super) trait Aggregate: Send {
    /// How many words a record holds for this call.
    fn words(&self) -> usize;

    /// Takes the argument of the rows of a chunk; there are `slots` slots from now on.
    fn bind(&mut self, argument: Option<&ArrayRef>, slots: usize) -> Result<()>;

    /// Applies one row of the bound chunk to the words of its key.
    fn apply(&mut self, words: &mut [u64], slot: u32, row: usize, change: Change) -> Result<()>;

    /// Adds all rows of the bound chunk. Being compiled for each function, this loop has no virtual
    /// call a row.
    fn add_all(&mut self, records: &mut [u64], stride: usize, offset: usize, slots: &[u32]) -> Result<()> {
        let width = self.words();
        for (row, &slot) in slots.iter().enumerate() {
            let start = slot as usize * stride + offset;
            self.apply(&mut records[start..start + width], slot, row, Change::Add)?;
        }
        Ok(())
    }

    /// Whether two states give equal results.
    fn same(&self, left: &[u64], right: &[u64]) -> bool;

    /// The results of records that follow each other every `stride` words.
    fn results(&self, images: &[u64], stride: usize, offset: usize) -> Result<ArrayRef>;

    /// Drops what is held beside the words of a slot; the words are set to zero by the caller.
    fn clear(&mut self, words: &[u64], slot: u32) {
        let _ = (words, slot);
    }

    /// The images of the bound chunk are not needed any more.
    fn end_chunk(&mut self) {}
}

/// The aggregate function of this name, from the argument's type to the result's type.
pub(super) fn aggregate(
    name: &str,
    argument: Option<&DataType>,
    result: &DataType,
    retracting: bool,
) -> Result<Box<dyn Aggregate>> {
    let built = match (name.to_ascii_lowercase().as_str(), argument) {
        ("count", _) => Some(Box::new(Count::default()) as Box<dyn Aggregate>),
        ("sum", Some(argument)) => sum(argument, result, SumResult::NullIfEmpty),
        ("sum0" | "$sum0", Some(argument)) => sum(argument, result, SumResult::ZeroIfEmpty),
        ("avg", Some(argument)) => average(argument, result),
        ("min", Some(argument)) if argument == result => extreme(true, argument, retracting),
        ("max", Some(argument)) if argument == result => extreme(false, argument, retracting),
        _ => None,
    };
    built.ok_or_else(|| {
        let over = argument.map_or_else(String::new, |argument| format!(" over {argument}"));
        PlanError::unsupported(
            format!("the aggregate function '{name}'{over} with result {result}"),
            "count, sum, sum0, avg work over numbers, min and max over all types that have an order",
        )
        .into()
    })
}

#[cfg(test)]
mod tests {
    use nutkin_plan::function::definitions;

    use super::*;

    /// The planner refuses all others in streaming mode.
    #[test]
    fn every_aggregate_function_of_streaming_is_made() {
        for function in [
            &definitions::COUNT,
            &definitions::SUM,
            &definitions::SUM0,
            &definitions::MIN,
            &definitions::MAX,
            &definitions::AVG,
        ] {
            for retracting in [false, true] {
                let made = aggregate(
                    function.name,
                    Some(&DataType::Int64),
                    &DataType::Int64,
                    retracting,
                );
                assert!(made.is_ok(), "{}", function.name);
            }
        }
        assert!(aggregate("listagg", Some(&DataType::Utf8), &DataType::Utf8, false).is_err());
    }
}
