//! `UNNEST`, which joins each row with the elements of a collection of it.

use std::sync::Arc;

use nutkin_plan::expression::{LiteralValue, ResolvedExpression, ResolvedFunction};
use nutkin_plan::function::find_built_in;
use nutkin_plan::operation::{Correlate, CorrelateSource, JoinKind, QueryOperation};

use crate::kit::{field, integer, rows, schema, typed};

/// Rows `(k, xs)`: `(1, [1, 7])` and `(2, NULL)`.
fn arrays() -> QueryOperation {
    let array = ResolvedExpression::Call {
        function: ResolvedFunction::BuiltIn(find_built_in("array").expect("ARRAY is a function")),
        arguments: vec![integer(Some(1)), integer(Some(7))],
        result_type: typed("ARRAY<INT>"),
    };
    let none = ResolvedExpression::Literal {
        value: LiteralValue::Null,
        literal_type: typed("ARRAY<INT>"),
    };
    QueryOperation::Values {
        rows: vec![vec![integer(Some(1)), array], vec![integer(Some(2)), none]],
        schema: schema(&[("k", "INT"), ("xs", "ARRAY<INT>")]),
    }
}

fn unnested(kind: JoinKind, with_ordinality: bool) -> Vec<String> {
    let mut columns = vec![("k", "INT"), ("xs", "ARRAY<INT>"), ("x", "INT")];
    if with_ordinality {
        columns.push(("o", "INT"));
    }
    let joined = QueryOperation::Correlate(Correlate {
        input: Arc::new(arrays()),
        right: CorrelateSource::Unnest {
            collection: field(1, "xs", "ARRAY<INT>"),
            with_ordinality,
        },
        kind,
        condition: None,
        schema: schema(&columns),
    });
    rows(joined).expect("UNNEST runs")
}

#[test]
fn elements_and_their_numbers() {
    assert_eq!(unnested(JoinKind::Inner, false), ["1|[1, 7]|1", "1|[1, 7]|7"]);
    assert_eq!(unnested(JoinKind::Inner, true), ["1|[1, 7]|1|1", "1|[1, 7]|7|2"]);
}

#[test]
fn an_outer_join_keeps_rows_without_elements() {
    assert_eq!(
        unnested(JoinKind::LeftOuter, false),
        ["1|[1, 7]|1", "1|[1, 7]|7", "2||"]
    );
}
