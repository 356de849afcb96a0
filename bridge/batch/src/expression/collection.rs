//! Maps and multisets as lists, for `UNNEST`.

use std::sync::Arc;

use arrow::array::{Array, ArrayRef, AsArray, Int32Array, ListArray, MapArray, UInt32Array};
use arrow::buffer::{NullBuffer, OffsetBuffer};
use arrow::compute::take;
use arrow::datatypes::{DataType, Field, Int32Type};
use datafusion::error::{DataFusionError, Result as DataFusionResult};
use datafusion::logical_expr::{
    ColumnarValue, Expr, ScalarFunctionArgs, ScalarUDF, ScalarUDFImpl, Signature, Volatility,
};

/// A function from a collection to a list.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct Collection {
    kind: Kind,
    signature: Signature,
    result_type: DataType,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Kind {
    /// The entries of a map, as rows of key and value.
    Entries,
    /// The elements of a multiset, each as often as it counts.
    Copies,
    /// 1, 2, ... for the elements of a list.
    Ordinals,
}

impl Collection {
    /// The entries of a map.
    pub(crate) fn entries(map: Expr, map_type: &DataType) -> Expr {
        let element = match map_type {
            DataType::Map(entries, _) => entries.data_type().clone(),
            other => other.clone(),
        };
        Self::call(Kind::Entries, map, element)
    }

    /// The elements of a multiset.
    pub(crate) fn copies(multiset: Expr, element: DataType) -> Expr {
        Self::call(Kind::Copies, multiset, element)
    }

    /// The numbers of a list's elements.
    pub(crate) fn ordinals(list: Expr) -> Expr {
        Self::call(Kind::Ordinals, list, DataType::Int32)
    }

    fn call(kind: Kind, argument: Expr, element: DataType) -> Expr {
        let function = Self {
            kind,
            signature: Signature::any(1, Volatility::Immutable),
            result_type: DataType::List(Arc::new(Field::new("element", element, true))),
        };
        ScalarUDF::new_from_impl(function).call(vec![argument])
    }

    fn list(
        &self,
        offsets: OffsetBuffer<i32>,
        values: ArrayRef,
        nulls: Option<NullBuffer>,
    ) -> DataFusionResult<ArrayRef> {
        let DataType::List(field) = &self.result_type else {
            return Err(DataFusionError::Internal("a collection is no list".to_owned()));
        };
        let values = arrow::compute::cast(&values, field.data_type())?;
        Ok(Arc::new(ListArray::try_new(
            Arc::clone(field),
            offsets,
            values,
            nulls,
        )?))
    }

    fn copied(&self, multiset: &MapArray) -> DataFusionResult<ArrayRef> {
        let counts = multiset.values().as_primitive::<Int32Type>();
        let mut indices: Vec<u32> = Vec::new();
        let mut lengths = Vec::with_capacity(multiset.len());
        for row in 0..multiset.len() {
            let before = indices.len();
            let (from, to) = (multiset.offsets()[row], multiset.offsets()[row + 1]);
            for entry in from..to {
                let place = entry.unsigned_abs();
                let count = counts.value(place as usize).max(0).unsigned_abs();
                indices.extend(std::iter::repeat_n(place, count as usize));
            }
            lengths.push(indices.len() - before);
        }
        let values = take(multiset.keys(), &UInt32Array::from(indices), None)?;
        self.list(
            OffsetBuffer::from_lengths(lengths),
            values,
            multiset.nulls().cloned(),
        )
    }

    fn numbered(&self, list: &ListArray) -> DataFusionResult<ArrayRef> {
        let lengths: Vec<usize> = (0..list.len())
            .map(|row| list.value_length(row).max(0).unsigned_abs() as usize)
            .collect();
        let numbers: Int32Array = lengths
            .iter()
            .flat_map(|&length| (1..=length).map(|number| i32::try_from(number).unwrap_or(i32::MAX)))
            .collect();
        self.list(
            OffsetBuffer::from_lengths(lengths),
            Arc::new(numbers),
            list.nulls().cloned(),
        )
    }
}

impl ScalarUDFImpl for Collection {
    fn name(&self) -> &str {
        match self.kind {
            Kind::Entries => "ENTRIES",
            Kind::Copies => "COPIES",
            Kind::Ordinals => "ORDINALS",
        }
    }

    fn signature(&self) -> &Signature {
        &self.signature
    }

    fn return_type(&self, _argument_types: &[DataType]) -> DataFusionResult<DataType> {
        Ok(self.result_type.clone())
    }

    fn invoke_with_args(&self, arguments: ScalarFunctionArgs) -> DataFusionResult<ColumnarValue> {
        let Some(argument) = arguments.args.first() else {
            return Err(DataFusionError::Internal("a collection is missing".to_owned()));
        };
        let array = argument.to_array(arguments.number_rows)?;
        let list = match self.kind {
            Kind::Entries => {
                let map = array.as_map();
                let entries: ArrayRef = Arc::new(map.entries().clone());
                self.list(map.offsets().clone(), entries, map.nulls().cloned())?
            }
            Kind::Copies => self.copied(array.as_map())?,
            Kind::Ordinals => self.numbered(array.as_list::<i32>())?,
        };
        Ok(ColumnarValue::Array(list))
    }
}
