//! Builds calls over columns and prints their results.

use std::sync::Arc;

use arrow::array::{ArrayRef, AsArray, Decimal128Array, RecordBatch};
use arrow::datatypes::{Field, Schema};
use arrow::util::display::{ArrayFormatter, FormatOptions};
use nutkin_functions::{EvaluationContext, FunctionError, lower};
use nutkin_plan::expression::{LiteralValue, ResolvedExpression, ResolvedFunction};
use nutkin_plan::function::BuiltInFunction;
use nutkin_plan::types::{LogicalType, TypeKind};

pub(crate) fn of(kind: TypeKind) -> LogicalType {
    LogicalType::nullable(kind)
}

pub(crate) fn decimal(precision: u8, scale: u8) -> LogicalType {
    of(TypeKind::Decimal { precision, scale })
}

/// A DECIMAL column of unscaled values.
pub(crate) fn decimals(precision: u8, scale: u8, unscaled: &[Option<i128>]) -> ArrayRef {
    Arc::new(
        Decimal128Array::from(unscaled.to_vec())
            .with_precision_and_scale(precision, scale.cast_signed())
            .unwrap(),
    )
}

pub(crate) fn field(index: usize, field_type: LogicalType) -> ResolvedExpression {
    ResolvedExpression::Field {
        index,
        name: format!("f{index}"),
        field_type,
    }
}

pub(crate) fn literal(value: LiteralValue, literal_type: LogicalType) -> ResolvedExpression {
    ResolvedExpression::Literal { value, literal_type }
}

pub(crate) fn text(value: &str) -> ResolvedExpression {
    literal(LiteralValue::String(value.to_owned()), LogicalType::string())
}

pub(crate) fn int(value: i64) -> ResolvedExpression {
    literal(LiteralValue::Integer(value), of(TypeKind::Int))
}

pub(crate) fn call(
    function: &'static BuiltInFunction,
    arguments: Vec<ResolvedExpression>,
    result_type: LogicalType,
) -> ResolvedExpression {
    ResolvedExpression::Call {
        function: ResolvedFunction::BuiltIn(function),
        arguments,
        result_type,
    }
}

/// Computes an expression over columns; NULL prints as `NULL`.
pub(crate) fn evaluate(
    expression: &ResolvedExpression,
    columns: &[ArrayRef],
) -> Result<Vec<String>, FunctionError> {
    let fields: Vec<Field> = columns
        .iter()
        .enumerate()
        .map(|(index, column)| Field::new(format!("f{index}"), column.data_type().clone(), true))
        .collect();
    let schema = Arc::new(Schema::new(fields));
    let batch = RecordBatch::try_new(Arc::clone(&schema), columns.to_vec()).unwrap();
    let physical = lower(expression, &schema, &EvaluationContext::default())?;
    let rows = batch.num_rows();
    let result = physical.evaluate(&batch)?.into_array(rows).unwrap();
    assert_eq!(result.data_type(), &physical.data_type(&schema).unwrap());
    Ok(print(&result))
}

pub(crate) fn print(array: &ArrayRef) -> Vec<String> {
    let options = FormatOptions::default().with_null("NULL");
    let formatter = ArrayFormatter::try_new(array.as_ref(), &options).unwrap();
    (0..array.len())
        .map(|row| match array.data_type() {
            arrow::datatypes::DataType::Utf8 if array.is_valid(row) => {
                array.as_string::<i32>().value(row).to_owned()
            }
            _ => formatter.value(row).to_string(),
        })
        .collect()
}

/// Applies a function to columns of the given types.
pub(crate) fn apply(
    function: &'static BuiltInFunction,
    columns: &[(ArrayRef, LogicalType)],
    result: LogicalType,
) -> Result<Vec<String>, FunctionError> {
    let arguments = columns
        .iter()
        .enumerate()
        .map(|(index, (_, column_type))| field(index, column_type.clone()))
        .collect();
    let arrays: Vec<ArrayRef> = columns.iter().map(|(array, _)| Arc::clone(array)).collect();
    evaluate(&call(function, arguments, result), &arrays)
}

/// The class and message of an error at run time.
pub(crate) fn failure(result: Result<Vec<String>, FunctionError>) -> (String, String) {
    match result {
        Err(FunctionError::Compute { class, message }) => (class.to_owned(), message),
        Err(FunctionError::Arrow(arrow::error::ArrowError::ExternalError(inner))) => {
            match inner.downcast_ref::<FunctionError>() {
                Some(FunctionError::Compute { class, message }) => ((*class).to_owned(), message.clone()),
                other => panic!("{other:?}"),
            }
        }
        other => panic!("{other:?}"),
    }
}
