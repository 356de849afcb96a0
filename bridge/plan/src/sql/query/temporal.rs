//! Forms of temporal functions that name a unit or have no list of arguments: `EXTRACT(YEAR FROM x)`,
//! `YEAR(x)`, `FLOOR(x TO DAY)`, `TIMESTAMPADD(DAY, 1, x)`, `(a, b) OVERLAPS (c, d)`.

use sqlparser::ast::{DateTimeField, Expr};
use sqlparser::tokenizer::Span;

use super::super::source::validation_error;
use super::call::built_in;
use super::expression::Translator;
use super::refuse::refused;
use crate::error::Result;
use crate::expression::ResolvedExpression;
use crate::function::{BuiltInFunction, definitions};

/// The units of Flink's `TimeIntervalUnit` and those that `EXTRACT` has beside them.
const UNITS: [&str; 19] = [
    "MILLENNIUM",
    "CENTURY",
    "DECADE",
    "YEAR",
    "QUARTER",
    "MONTH",
    "WEEK",
    "DAY",
    "DOW",
    "ISODOW",
    "DOY",
    "ISOYEAR",
    "HOUR",
    "MINUTE",
    "SECOND",
    "MILLISECOND",
    "MICROSECOND",
    "NANOSECOND",
    "EPOCH",
];

/// Functions that are short for `EXTRACT`, with their units.
const SHORTHANDS: [(&str, &str); 10] = [
    ("YEAR", "YEAR"),
    ("QUARTER", "QUARTER"),
    ("MONTH", "MONTH"),
    ("WEEK", "WEEK"),
    ("DAYOFYEAR", "DOY"),
    ("DAYOFMONTH", "DAY"),
    ("DAYOFWEEK", "DOW"),
    ("HOUR", "HOUR"),
    ("MINUTE", "MINUTE"),
    ("SECOND", "SECOND"),
];

/// The function that `name(x)` is, with the unit of the `EXTRACT` that it stands for.
pub(super) fn shorthand(name: &str) -> Option<&'static str> {
    SHORTHANDS
        .iter()
        .find(|(candidate, _)| candidate.eq_ignore_ascii_case(name))
        .map(|(_, unit)| *unit)
}

/// Whether the first argument of `name(...)` is a unit.
pub(super) fn takes_unit(function: &'static BuiltInFunction) -> bool {
    function == &definitions::TIMESTAMP_ADD || function == &definitions::TIMESTAMP_DIFF
}

/// The constant that stands for a unit.
pub(super) fn unit_symbol(unit: &str) -> ResolvedExpression {
    ResolvedExpression::Symbol {
        class: "TimeIntervalUnit",
        name: unit.to_ascii_uppercase(),
    }
}

/// The unit that an argument names. The names of `ODBC` with `SQL_TSI_` in front are read as well.
pub(super) fn unit_argument(written: &Expr, span: Span) -> Result<ResolvedExpression> {
    if let Expr::Identifier(name) = written {
        let upper = name.value.to_ascii_uppercase();
        let unit = upper.strip_prefix("SQL_TSI_").unwrap_or(&upper);
        if UNITS.contains(&unit) {
            return Ok(unit_symbol(unit));
        }
    }
    Err(validation_error(
        span,
        &format!("'{written}' is not a valid time frame"),
    ))
}

impl Translator<'_, '_> {
    /// `EXTRACT(unit FROM operand)`.
    pub(super) fn extract(
        &mut self,
        field: &DateTimeField,
        operand: &Expr,
        span: Span,
    ) -> Result<ResolvedExpression> {
        let unit = unit_field(field, span)?;
        let operand = self.translate(operand)?;
        built_in(&definitions::EXTRACT, vec![unit, operand], span)
    }

    /// `FLOOR(operand TO unit)` and `CEIL(operand TO unit)`.
    pub(super) fn rounded_to_unit(
        &mut self,
        function: &'static BuiltInFunction,
        operand: &Expr,
        field: &DateTimeField,
        span: Span,
    ) -> Result<ResolvedExpression> {
        let unit = unit_field(field, span)?;
        let operand = self.translate(operand)?;
        built_in(function, vec![operand, unit], span)
    }

    /// `(start, end) OVERLAPS (start, end)`, where an end may be an interval after its start.
    pub(super) fn overlaps(&mut self, left: &Expr, right: &Expr, span: Span) -> Result<ResolvedExpression> {
        let mut operands = Vec::with_capacity(4);
        for period in [left, right] {
            let Expr::Tuple(ends) = period else {
                return Err(refused(
                    span,
                    "OVERLAPS of a value",
                    "Write (start, end) OVERLAPS (start, end).",
                ));
            };
            for end in ends {
                operands.push(self.translate(end)?);
            }
        }
        built_in(&definitions::TEMPORAL_OVERLAPS, operands, span)
    }
}

fn unit_field(field: &DateTimeField, span: Span) -> Result<ResolvedExpression> {
    let unit = field.to_string().to_ascii_uppercase();
    if UNITS.contains(&unit.as_str()) {
        return Ok(unit_symbol(&unit));
    }
    Err(validation_error(
        span,
        &format!("'{field}' is not a valid time frame"),
    ))
}
