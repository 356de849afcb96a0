//! Expressions that the parser reads and the planner refuses, by name.

use sqlparser::ast::{Expr, Spanned};

use super::refuse::refused;
use crate::error::PlanError;

const NO_ROWS: &str = "A Python function can make and take ARRAY, MAP and ROW values.";
const NO_TIME: &str = "Dates and times can be compared and cast; a Python function can do the rest.";

/// The error for an expression that is not planned.
pub(super) fn refuse_expression(written: &Expr) -> PlanError {
    let (what, hint) = match written {
        Expr::InUnnest { .. } => ("IN UNNEST".to_owned(), NO_ROWS),
        Expr::ILike { .. } => ("ILIKE".to_owned(), "Compare LOWER(x) by LIKE."),
        Expr::RLike { .. } => ("RLIKE".to_owned(), "LIKE and Python functions match strings."),
        Expr::Floor { .. } => ("FLOOR with digits".to_owned(), "ROUND and TRUNCATE take digits."),
        Expr::Ceil { .. } => ("CEIL with digits".to_owned(), "ROUND and TRUNCATE take digits."),
        Expr::AtTimeZone { .. } => ("AT TIME ZONE".to_owned(), NO_TIME),
        Expr::Substring { .. } => (
            "SUBSTRING without a start".to_owned(),
            "Write SUBSTRING(x, 1, n).",
        ),
        Expr::Trim { .. } => ("TRIM with a list".to_owned(), "Write TRIM(BOTH 'x' FROM y)."),
        Expr::Collate { .. } => ("COLLATE".to_owned(), "Strings compare by code point."),
        other => (
            format!("the expression {other}"),
            "See the list of expressions in the documentation.",
        ),
    };
    refused(written.span(), &what, hint)
}
