//! Rows that the plan holds.

use std::collections::BTreeMap;
use std::sync::Arc;

use nutkin_engine::EngineError;
use nutkin_engine::job::submit;
use nutkin_plan::expression::{LiteralValue, ResolvedExpression, ResolvedFunction};
use nutkin_plan::function::definitions::{CAST, DIVIDE};
use nutkin_plan::function::{PythonFunction, PythonFunctionKind};
use nutkin_plan::stream::{ChangelogMode, StreamNode, StreamPlan};
use nutkin_plan::types::{LogicalType, TypeKind};

use crate::job::start;
use crate::kit::{MemorySink, TestEnvironment, count_star, exchange, group, schema_of, sink, wait};

fn int(value: i64) -> ResolvedExpression {
    ResolvedExpression::Literal {
        value: LiteralValue::Integer(value),
        literal_type: LogicalType::not_null(TypeKind::Int),
    }
}

fn text(value: &str) -> ResolvedExpression {
    ResolvedExpression::Literal {
        value: LiteralValue::String(value.to_owned()),
        literal_type: LogicalType::not_null(TypeKind::Char(u32::try_from(value.len()).unwrap())),
    }
}

fn null() -> ResolvedExpression {
    ResolvedExpression::Literal {
        value: LiteralValue::Null,
        literal_type: LogicalType::nullable(TypeKind::Int),
    }
}

fn quotient(left: i64, right: i64) -> ResolvedExpression {
    ResolvedExpression::Call {
        function: ResolvedFunction::BuiltIn(&DIVIDE),
        arguments: vec![int(left), int(right)],
        result_type: LogicalType::not_null(TypeKind::Int),
    }
}

fn values(rows: Vec<Vec<ResolvedExpression>>, header: &str) -> Arc<StreamNode> {
    Arc::new(StreamNode::Values {
        rows,
        schema: schema_of(header),
    })
}

/// The rows that reach a sink, and the error with which the job ends.
fn run(input: &Arc<StreamNode>, header: &str, parallelism: &str) -> (Vec<String>, Option<EngineError>) {
    let kept = MemorySink::default();
    let job = start(
        vec![sink("s", input, header, ChangelogMode::All, &[])],
        TestEnvironment::default().sink("s", kept.clone()),
        parallelism,
    );
    let error = wait(&job).err();
    (kept.rows(), error)
}

#[test]
fn rows_come_in_order_with_their_expressions_computed() {
    const HEADER: &str = "k:STRING v:INT";
    let rows = vec![
        vec![text("b"), quotient(7, 2)],
        vec![text("ab"), null()],
        vec![text(""), int(-1)],
    ];
    let (rows, error) = run(&values(rows, HEADER), HEADER, "4");
    assert!(error.is_none(), "{error:?}");
    assert_eq!(rows, ["+I b 3", "+I ab NULL", "+I  -1"]);
}

/// More rows than a chunk holds: none is lost or made twice.
#[test]
fn many_rows() {
    let rows = (0..2_500).map(|row| vec![int(row)]).collect();
    let (rows, error) = run(&values(rows, "v:INT"), "v:INT", "2");
    assert!(error.is_none(), "{error:?}");
    let expected: Vec<String> = (0..2_500).map(|row| format!("+I {row}")).collect();
    assert_eq!(rows, expected);
}

/// `SELECT k, COUNT(*) FROM (VALUES ('a', 1), ('b', 2), ('a', 3)) AS t(k, v) GROUP BY k`, as recorded
/// from Flink.
#[test]
fn a_group_sees_rows_in_order() {
    let rows = vec![vec![text("a")], vec![text("b")], vec![text("a")]];
    let keyed = exchange(&values(rows, "k:STRING"), &[0]);
    let counts = group(&keyed, &[0], vec![count_star()], "k:STRING n:BIGINT", true);
    let (rows, error) = run(&counts, "k:STRING n:BIGINT", "1");
    assert!(error.is_none(), "{error:?}");
    assert_eq!(rows, ["+I a 1", "+I b 1", "-U a 1", "+U a 2"]);
}

#[test]
fn an_expression_that_fails_fails_the_job_with_its_own_error() {
    let cast = ResolvedExpression::Call {
        function: ResolvedFunction::BuiltIn(&CAST),
        arguments: vec![text("x1")],
        result_type: LogicalType::not_null(TypeKind::Int),
    };
    for (value, class, message) in [
        (quotient(1, 0), "java.lang.ArithmeticException", "/ by zero"),
        (cast, "java.lang.NumberFormatException", "x1"),
    ] {
        let (rows, error) = run(&values(vec![vec![int(1)], vec![value]], "v:INT"), "v:INT", "1");
        let error = error.unwrap();
        assert_eq!(error.java_class(), class, "{error}");
        assert!(error.to_string().contains(message), "{error}");
        assert!(rows.is_empty(), "{rows:?}");
    }
}

#[test]
fn what_cannot_be_computed_is_refused_at_once() {
    let python = ResolvedExpression::Call {
        function: ResolvedFunction::Python(Arc::new(PythonFunction {
            name: "twice".to_owned(),
            payload: Vec::new(),
            input_types: None,
            result_type: LogicalType::nullable(TypeKind::Int),
            kind: PythonFunctionKind::General,
            deterministic: true,
        })),
        arguments: vec![int(1)],
        result_type: LogicalType::nullable(TypeKind::Int),
    };
    let input = values(vec![vec![python]], "v:INT");
    let plan = StreamPlan {
        sinks: vec![sink("s", &input, "v:INT", ChangelogMode::All, &[])],
    };
    let environment = TestEnvironment::default().sink("s", MemorySink::default());
    let error = submit(plan, Arc::new(environment), "test", BTreeMap::new())
        .err()
        .unwrap();
    assert!(
        error.to_string().contains("the Python function 'twice'"),
        "{error}"
    );
}
