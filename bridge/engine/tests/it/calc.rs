use nutkin_engine::EngineError;
use nutkin_engine::operator::Calc;
use nutkin_engine::schema::relaxed;
use nutkin_plan::expression::{LiteralValue, ResolvedExpression, ResolvedFunction};
use nutkin_plan::function::BuiltInFunction;
use nutkin_plan::function::definitions::{DIVIDE, GREATER_THAN, IF_THEN_ELSE, NOT_EQUALS, PLUS, TIMES};
use nutkin_plan::types::{LogicalType, TypeKind};

use crate::kit::{chunk, column, project, run, schema_of};

const INPUT: &str = "a:INT b:INT";

fn call(
    function: &'static BuiltInFunction,
    arguments: Vec<ResolvedExpression>,
    kind: TypeKind,
) -> ResolvedExpression {
    ResolvedExpression::Call {
        function: ResolvedFunction::BuiltIn(function),
        arguments,
        result_type: LogicalType::nullable(kind),
    }
}

fn int(value: i64) -> ResolvedExpression {
    ResolvedExpression::Literal {
        value: LiteralValue::Integer(value),
        literal_type: LogicalType::not_null(TypeKind::Int),
    }
}

fn field(name: &str) -> ResolvedExpression {
    column(&schema_of(INPUT), name)
}

#[test]
fn the_condition_guards_the_projections_and_kinds_stay() {
    let condition = call(&NOT_EQUALS, vec![field("b"), int(0)], TypeKind::Boolean);
    let quotient = call(&DIVIDE, vec![field("a"), field("b")], TypeKind::Int);
    let mut calc = Calc::new(
        &nutkin_functions::EvaluationContext::default(),
        Some(&condition),
        &[project("q", quotient), project("a", field("a"))],
        &relaxed(&schema_of(INPUT)),
        relaxed(&schema_of("q:INT a:INT")),
    )
    .unwrap();
    let rows = chunk(
        "op a:INT b:INT
         +I 7 2
         -U 7 0
         +U 9 3
         -D 1 NULL",
    );
    assert_eq!(run(&mut calc, &[rows]).unwrap(), ["+I 3 7", "+U 3 9"]);
}

#[test]
fn common_calls_are_shared_but_not_out_of_a_branch() {
    let square = call(&TIMES, vec![field("a"), field("a")], TypeKind::Int);
    let quotient = call(&DIVIDE, vec![field("a"), field("b")], TypeKind::Int);
    let positive = call(&GREATER_THAN, vec![field("b"), int(0)], TypeKind::Boolean);
    let guarded = |otherwise| {
        call(
            &IF_THEN_ELSE,
            vec![positive.clone(), quotient.clone(), int(otherwise)],
            TypeKind::Int,
        )
    };
    let projections = [
        project("x", call(&PLUS, vec![square.clone(), int(1)], TypeKind::Int)),
        project("y", square),
        project("z", guarded(-1)),
        project("w", guarded(-2)),
    ];
    let mut calc = Calc::new(
        &nutkin_functions::EvaluationContext::default(),
        None,
        &projections,
        &relaxed(&schema_of(INPUT)),
        relaxed(&schema_of("x:INT y:INT z:INT w:INT")),
    )
    .unwrap();
    let rows = chunk("op a:INT b:INT\n+I 3 0\n+I 4 2\n+I NULL 1");
    assert_eq!(
        run(&mut calc, &[rows]).unwrap(),
        ["+I 10 9 -1 -2", "+I 17 16 2 2", "+I NULL NULL NULL NULL"]
    );
}

#[test]
fn an_error_keeps_its_java_class() {
    let quotient = call(&DIVIDE, vec![field("a"), field("b")], TypeKind::Int);
    let mut calc = Calc::new(
        &nutkin_functions::EvaluationContext::default(),
        None,
        &[project("q", quotient)],
        &relaxed(&schema_of(INPUT)),
        relaxed(&schema_of("q:INT")),
    )
    .unwrap();
    let error = run(&mut calc, &[chunk("op a:INT b:INT\n+I 1 0")]).unwrap_err();
    assert!(matches!(error, EngineError::Compute { .. }), "{error:?}");
    assert_eq!(error.java_class(), "java.lang.ArithmeticException");
    assert_eq!(error.to_string(), "/ by zero");
}
