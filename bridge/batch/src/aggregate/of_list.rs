//! Functions of the lists that aggregates keep.

use std::collections::HashMap;
use std::sync::Arc;

use arrow::array::{
    Array, ArrayRef, AsArray, Float64Array, Int32Array, ListArray, MapArray, StructArray, UInt32Array,
};
use arrow::buffer::OffsetBuffer;
use arrow::compute::{cast, take};
use arrow::datatypes::{DataType, FieldRef, Float64Type, Int64Type};
use arrow::row::{RowConverter, SortField};
use datafusion::error::{DataFusionError, Result as DataFusionResult};
use datafusion::logical_expr::{
    ColumnarValue, Expr, ScalarFunctionArgs, ScalarUDF, ScalarUDFImpl, Signature, Volatility,
};

/// What is made of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum OfList {
    /// How often each element is in it; an empty multiset of no list.
    Multiset,
    /// A map of its entries.
    Map,
    /// The percentiles of values with frequencies; a second argument says which.
    Percentile,
}

impl OfList {
    /// The call on a list.
    pub(super) fn call(self, arguments: Vec<Expr>, result_type: DataType) -> Expr {
        let function = Function {
            computed: self,
            signature: Signature::any(arguments.len(), Volatility::Immutable),
            result_type,
        };
        ScalarUDF::new_from_impl(function).call(arguments)
    }
}

#[derive(Debug, PartialEq, Eq, Hash)]
struct Function {
    computed: OfList,
    signature: Signature,
    result_type: DataType,
}

fn internal(what: &str) -> DataFusionError {
    DataFusionError::Internal(what.to_owned())
}

/// The elements of each list; none where there is no list.
fn ranges(list: &ListArray) -> impl Iterator<Item = std::ops::Range<usize>> {
    (0..list.len()).map(|row| {
        let offsets = list.value_offsets();
        let (start, end) = (offsets[row].unsigned_abs(), offsets[row + 1].unsigned_abs());
        if list.is_null(row) {
            0..0
        } else {
            start as usize..end as usize
        }
    })
}

impl Function {
    fn map_field(&self) -> DataFusionResult<(FieldRef, &[FieldRef])> {
        match &self.result_type {
            DataType::Map(entries, _) => match entries.data_type() {
                DataType::Struct(fields) => Ok((Arc::clone(entries), fields)),
                _ => Err(internal("the entries of a map are rows")),
            },
            _ => Err(internal("a map is asked for")),
        }
    }

    fn map(&self, keys: &ArrayRef, values: &ArrayRef, lengths: Vec<usize>) -> DataFusionResult<ArrayRef> {
        let (field, fields) = self.map_field()?;
        let [key, value] = fields else {
            return Err(internal("an entry of a map has a key and a value"));
        };
        let entries = StructArray::try_new(
            vec![Arc::clone(key), Arc::clone(value)].into(),
            vec![cast(keys, key.data_type())?, cast(values, value.data_type())?],
            None,
        )?;
        let offsets = OffsetBuffer::from_lengths(lengths);
        Ok(Arc::new(MapArray::try_new(field, offsets, entries, None, false)?))
    }

    /// Elements stand where they came first.
    fn multiset(&self, list: &ListArray) -> DataFusionResult<ArrayRef> {
        let converter = RowConverter::new(vec![SortField::new(list.value_type())])?;
        let rows = converter.convert_columns(std::slice::from_ref(list.values()))?;
        let mut indices: Vec<u32> = Vec::new();
        let mut counts: Vec<i32> = Vec::new();
        let mut lengths = Vec::with_capacity(list.len());
        for range in ranges(list) {
            let first = indices.len();
            let mut known = HashMap::new();
            for index in range {
                let place = *known.entry(rows.row(index)).or_insert_with(|| {
                    indices.push(u32::try_from(index).unwrap_or(u32::MAX));
                    counts.push(0);
                    counts.len() - 1
                });
                counts[place] += 1;
            }
            lengths.push(indices.len() - first);
        }
        let keys = take(list.values(), &UInt32Array::from(indices), None)?;
        let counts: ArrayRef = Arc::new(Int32Array::from(counts));
        self.map(&keys, &counts, lengths)
    }

    fn of_entries(&self, list: &ListArray) -> DataFusionResult<ArrayRef> {
        let entries = list.values().as_struct();
        let mut indices: Vec<u32> = Vec::new();
        let mut lengths = Vec::with_capacity(list.len());
        for range in ranges(list) {
            lengths.push(range.len());
            indices.extend(range.map(|index| u32::try_from(index).unwrap_or(u32::MAX)));
        }
        let indices = UInt32Array::from(indices);
        let keys = take(entries.column(0), &indices, None)?;
        let values = take(entries.column(1), &indices, None)?;
        let map = self.map(&keys, &values, lengths)?;
        // A map of no list is none.
        Ok(match list.nulls() {
            Some(nulls) => {
                arrow::array::make_array(map.to_data().into_builder().nulls(Some(nulls.clone())).build()?)
            }
            None => map,
        })
    }

    fn percentiles(&self, list: &ListArray, percentages: &ArrayRef) -> DataFusionResult<ArrayRef> {
        let entries = list.values().as_struct();
        let values = entries.column(0).as_primitive::<Float64Type>();
        let frequencies = entries.column(1).as_primitive::<Int64Type>();
        let sorted = ranges(list).map(|range| {
            let mut weighted: Vec<(f64, i64)> = range
                .map(|index| (values.value(index), frequencies.value(index)))
                .filter(|(_, frequency)| *frequency > 0)
                .collect();
            weighted.sort_by(|left, right| left.0.total_cmp(&right.0));
            weighted
        });
        if let DataType::List(_) = percentages.data_type() {
            let asked = percentages.as_list::<i32>();
            let mut lengths = Vec::with_capacity(list.len());
            let mut found: Vec<Option<f64>> = Vec::new();
            let mut present = Vec::with_capacity(list.len());
            for (row, weighted) in sorted.enumerate() {
                let before = found.len();
                let row_present = !weighted.is_empty() && !asked.is_null(row);
                if row_present {
                    let wanted = cast(&asked.value(row), &DataType::Float64)?;
                    let wanted = wanted.as_primitive::<Float64Type>();
                    found.extend(wanted.iter().map(|wanted| interpolated(&weighted, wanted?)));
                }
                present.push(row_present);
                lengths.push(found.len() - before);
            }
            let DataType::List(field) = &self.result_type else {
                return Err(internal("percentiles of a list are a list"));
            };
            return Ok(Arc::new(ListArray::try_new(
                Arc::clone(field),
                OffsetBuffer::from_lengths(lengths),
                Arc::new(Float64Array::from(found)),
                Some(present.into()),
            )?));
        }
        let wanted = cast(percentages, &DataType::Float64)?;
        let wanted = wanted.as_primitive::<Float64Type>();
        let found: Float64Array = sorted
            .enumerate()
            .map(|(row, weighted)| {
                (!wanted.is_null(row))
                    .then(|| interpolated(&weighted, wanted.value(row)))
                    .flatten()
            })
            .collect();
        Ok(Arc::new(found))
    }
}

/// The value at a share of the way through sorted values, each counted as often as it says.
fn interpolated(weighted: &[(f64, i64)], percentage: f64) -> Option<f64> {
    let total: i64 = weighted.iter().map(|(_, frequency)| frequency).sum();
    if total == 0 {
        return None;
    }
    let position = (total - 1) as f64 * percentage;
    let (lower, upper) = (position.floor(), position.ceil());
    let low = value_at(weighted, lower as i64)?;
    if lower == upper {
        return Some(low);
    }
    let high = value_at(weighted, upper as i64)?;
    Some((upper - position) * low + (position - lower) * high)
}

fn value_at(weighted: &[(f64, i64)], position: i64) -> Option<f64> {
    let mut passed = 0;
    weighted.iter().find_map(|(value, frequency)| {
        passed += frequency;
        (position < passed).then_some(*value)
    })
}

impl ScalarUDFImpl for Function {
    fn name(&self) -> &str {
        match self.computed {
            OfList::Multiset => "MULTISET",
            OfList::Map => "MAP_OF_ENTRIES",
            OfList::Percentile => "PERCENTILE_OF",
        }
    }

    fn signature(&self) -> &Signature {
        &self.signature
    }

    fn return_type(&self, _: &[DataType]) -> DataFusionResult<DataType> {
        Ok(self.result_type.clone())
    }

    fn invoke_with_args(&self, arguments: ScalarFunctionArgs) -> DataFusionResult<ColumnarValue> {
        let arrays = arguments
            .args
            .iter()
            .map(|argument| argument.to_array(arguments.number_rows))
            .collect::<DataFusionResult<Vec<ArrayRef>>>()?;
        let list = arrays
            .first()
            .and_then(|list| list.as_list_opt::<i32>())
            .ok_or_else(|| internal("a list of values is missing"))?;
        let computed = match (self.computed, arrays.get(1)) {
            (OfList::Multiset, _) => self.multiset(list)?,
            (OfList::Map, _) => self.of_entries(list)?,
            (OfList::Percentile, Some(percentages)) => self.percentiles(list, percentages)?,
            (OfList::Percentile, None) => return Err(internal("a percentage is missing")),
        };
        Ok(ColumnarValue::Array(computed))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percentiles_lie_between_neighbours() {
        let values = [(1.0, 1), (2.0, 1), (4.0, 2)];
        for (percentage, expected) in [(0.0, 1.0), (0.5, 3.0), (1.0, 4.0), (1.0 / 3.0, 2.0)] {
            assert_eq!(interpolated(&values, percentage), Some(expected), "{percentage}");
        }
        assert_eq!(interpolated(&[], 0.5), None);
    }
}
