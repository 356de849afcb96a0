//! Questions about what a value looks like: IS_DECIMAL, IS_DIGIT and IS_ALPHA.

use std::sync::Arc;

use arrow::array::Array;
use datafusion_physical_expr::PhysicalExpr;
use nutkin_plan::types::TypeKind;

use crate::call::{Call, Entry};
use crate::columns::boolean_column;
use crate::error::Result;

/// The functions of this family.
pub(crate) const FUNCTIONS: &[Entry] = &[
    Entry {
        name: "IS_DECIMAL",
        lower: |call| test(call, is_number, is_decimal),
    },
    Entry {
        name: "IS_DIGIT",
        lower: |call| test(call, is_whole, |text| text.chars().all(char::is_numeric)),
    },
    Entry {
        name: "IS_ALPHA",
        lower: |call| test(call, |_| false, |text| text.chars().all(char::is_alphabetic)),
    },
];

fn is_whole(kind: &TypeKind) -> bool {
    matches!(
        kind,
        TypeKind::TinyInt | TypeKind::SmallInt | TypeKind::Int | TypeKind::BigInt
    )
}

fn is_number(kind: &TypeKind) -> bool {
    is_whole(kind)
        || matches!(
            kind,
            TypeKind::Float | TypeKind::Double | TypeKind::Decimal { .. }
        )
}

/// What `Double.parseDouble` of Java reads.
fn is_decimal(text: &str) -> bool {
    let text = text.trim_matches(|character| character <= ' ');
    let unsigned = text.strip_prefix(['+', '-']).unwrap_or(text);
    if unsigned == "NaN" || unsigned == "Infinity" {
        return true;
    }
    let digits = unsigned.strip_suffix(['d', 'D', 'f', 'F']).unwrap_or(unsigned);
    digits.starts_with(|first: char| first.is_ascii_digit() || first == '.') && digits.parse::<f64>().is_ok()
}

/// TRUE for every value of some types, and for strings that pass a test; FALSE for NULL and empty ones.
fn test(
    call: Call<'_>,
    of_kind: fn(&TypeKind) -> bool,
    of_text: fn(&str) -> bool,
) -> Result<Arc<dyn PhysicalExpr>> {
    let kind = call.types[0].kind.clone();
    Ok(call.with(Arc::new(move |values| {
        if matches!(kind, TypeKind::Char(_) | TypeKind::VarChar(_)) {
            let text = values.texts(0)?;
            return boolean_column(values.rows(), |row| {
                Some(
                    text.get(row)
                        .is_some_and(|text| !text.is_empty() && of_text(text)),
                )
            });
        }
        let array = values.array(0)?;
        boolean_column(values.rows(), |row| Some(of_kind(&kind) && array.is_valid(row)))
    })))
}
