//! Looks up every name of an expression and derives every type.
//!
//! Mirrors the resolver rules of `org.apache.flink.table.expressions.resolver`. A fault is reported in
//! Flink's words, when the call is made. What is known but cannot be run is refused here, by name, so
//! that an expression that resolves can be planned.

use std::sync::Arc;

use super::resolved::{ResolvedExpression, ResolvedFunction, Subquery, SubqueryKind};
use super::unresolved::{CallTarget, Expression, TableReference};
use crate::catalog::{CatalogManager, Schema};
use crate::error::{PlanError, Result};
use crate::function::{BuiltInFunction, FunctionKind, PythonFunction, Support, definitions, find_built_in};
use crate::sql::sql_expression;
use crate::types::derive::{are_equals_comparable, is_character_string};
use crate::types::{LogicalType, RowField, TypeKind, supports_explicit_cast, supports_implicit_cast};

/// Where user functions are found. They go before built-in ones of the same name.
pub trait FunctionLookup {
    /// The user function of this name, without regard to case.
    fn lookup_function(&self, name: &str) -> Option<Arc<PythonFunction>>;

    /// What a SQL expression over these columns means.
    ///
    /// # Errors
    /// When it cannot be parsed, or does not resolve; and where there is no SQL, which the error says.
    fn sql_expression(&self, text: &str, schema: &Schema) -> Result<ResolvedExpression> {
        let _ = schema;
        Err(PlanError::unsupported(
            format!("The SQL expression '{text}' without catalogs"),
            "Build the expression of functions.",
        ))
    }
}

impl FunctionLookup for CatalogManager {
    fn lookup_function(&self, name: &str) -> Option<Arc<PythonFunction>> {
        self.temporary_system_function(name)
            .cloned()
            .or_else(|| self.catalog_function(&[name.to_owned()]))
    }

    fn sql_expression(&self, text: &str, schema: &Schema) -> Result<ResolvedExpression> {
        sql_expression(text, schema, self)
    }
}

/// There are no user functions.
impl FunctionLookup for () {
    fn lookup_function(&self, _: &str) -> Option<Arc<PythonFunction>> {
        None
    }
}

/// Whether aggregate functions may be called.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AggregateUse {
    /// Anywhere, but not inside one another.
    Allowed,
    /// Not in this place, which the message names, such as `a filter condition`.
    Refused(&'static str),
}

/// What an expression is resolved against.
#[derive(Clone, Copy)]
pub struct ResolveContext<'a> {
    /// The columns of the input.
    pub schema: &'a Schema,
    /// The user's functions.
    pub functions: &'a dyn FunctionLookup,
    /// Whether aggregate functions may be called.
    pub aggregates: AggregateUse,
}

/// The resolved expression, or what is wrong with it. Column functions such as `*` must have been
/// replaced by [`super::expand_columns`].
pub fn resolve(expression: &Expression, context: &ResolveContext<'_>) -> Result<ResolvedExpression> {
    match expression {
        Expression::Reference(name) => resolve_field(name, context.schema),
        Expression::Literal { value, literal_type } => Ok(ResolvedExpression::Literal {
            value: value.clone(),
            literal_type: literal_type.clone(),
        }),
        Expression::TypeLiteral(literal_type) => Err(PlanError::validation(format!(
            "The type {literal_type} is no value: only cast and tryCast take a type."
        ))),
        Expression::Symbol { class, name } => Ok(ResolvedExpression::Symbol {
            class,
            name: name.clone(),
        }),
        Expression::Sql(text) => context.functions.sql_expression(text, context.schema),
        Expression::Descriptor(_) => Err(PlanError::validation_with_hint(
            format!("The column list {expression} is no value."),
            "Only table functions take a descriptor(...) as an argument.",
        )),
        Expression::Table(table) => Err(PlanError::validation_with_hint(
            format!("The table {} is no value.", table.name),
            "Only in(...) takes a table as its argument.",
        )),
        Expression::Call { target, arguments } => match target {
            CallTarget::Python(function) => resolve_python(function, arguments, context),
            CallTarget::BuiltIn(function) => resolve_built_in(function, function.name, arguments, context),
            CallTarget::Lookup(name) => match context.functions.lookup_function(name) {
                Some(function) => resolve_python(&function, arguments, context),
                None => {
                    let function = find_built_in(name).ok_or_else(|| undefined_function(name))?;
                    resolve_built_in(function, name, arguments, context)
                }
            },
        },
    }
}

/// The condition of a filter or join, which must be BOOLEAN.
pub fn boolean_condition(condition: ResolvedExpression) -> Result<ResolvedExpression> {
    let condition_type = condition.data_type();
    if condition_type.kind == TypeKind::Boolean {
        return Ok(condition);
    }
    // Flink's own message shows the word `$condition` and not the expression.
    Err(PlanError::validation_with_hint(
        format!(
            "Filter operator requires a boolean expression as input, but $condition is of type {condition_type}"
        ),
        format!("The condition is {condition}."),
    ))
}

pub(super) fn unknown_field(name: &str, schema: &Schema) -> PlanError {
    let names: Vec<&str> = schema.columns.iter().map(|column| column.name.as_str()).collect();
    let message = format!(
        "Cannot resolve field [{name}], input field list:[{}].",
        names.join(", ")
    );
    match nearest(name, names.into_iter()) {
        Some(similar) => PlanError::validation_with_hint(message, format!("Did you mean {similar}?")),
        None => PlanError::validation(message),
    }
}

fn resolve_field(name: &str, schema: &Schema) -> Result<ResolvedExpression> {
    let mut found = schema
        .columns
        .iter()
        .enumerate()
        .filter(|(_, column)| column.name == name);
    let (index, column) = found.next().ok_or_else(|| unknown_field(name, schema))?;
    if found.next().is_some() {
        return Err(PlanError::validation(format!("Ambiguous column name: {name}")));
    }
    Ok(ResolvedExpression::Field {
        index,
        name: name.to_owned(),
        field_type: column.column_type.clone(),
    })
}

fn undefined_function(name: &str) -> PlanError {
    let message = format!("Undefined function: {name}");
    match nearest(name, definitions::all().map(|function| function.name)) {
        Some(similar) => PlanError::validation_with_hint(message, format!("Did you mean {similar}?")),
        None => PlanError::validation(message),
    }
}

/// The name most like `name`, if any is much like it.
fn nearest<'a>(name: &str, candidates: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    candidates
        .map(|candidate| {
            let likeness = strsim::jaro_winkler(&name.to_lowercase(), &candidate.to_lowercase());
            (likeness, candidate)
        })
        .filter(|(likeness, _)| *likeness > 0.85)
        .max_by(|left, right| left.0.total_cmp(&right.0))
        .map(|(_, candidate)| candidate)
}

fn resolve_all(arguments: &[Expression], context: &ResolveContext<'_>) -> Result<Vec<ResolvedExpression>> {
    arguments
        .iter()
        .map(|argument| resolve(argument, context))
        .collect()
}

fn check_support(function: &BuiltInFunction, written: &str) -> Result<()> {
    match function.support {
        Support::Executable => Ok(()),
        Support::Refused(instead) => Err(PlanError::unsupported(
            format!("The function '{written}'"),
            instead,
        )),
    }
}

fn resolve_built_in(
    function: &'static BuiltInFunction,
    written: &str,
    arguments: &[Expression],
    context: &ResolveContext<'_>,
) -> Result<ResolvedExpression> {
    if function == &definitions::OVER {
        return Err(PlanError::validation("Could not resolve over call."));
    }
    if WINDOW_PROPERTIES.contains(&function) {
        return Err(PlanError::validation(
            "Window properties can only be used on windowed tables.",
        ));
    }
    check_support(function, written)?;
    if function == &definitions::CAST || function == &definitions::TRY_CAST {
        return resolve_cast(function, arguments, context);
    }
    if function == &definitions::JSON_VALUE || function == &definitions::JSON_QUERY {
        return resolve_json(function, written, arguments, context);
    }
    if function == &definitions::DISTINCT {
        return resolve_distinct(arguments, context);
    }
    if function.kind == FunctionKind::Window {
        return Err(PlanError::validation(format!(
            "OVER clause is necessary for window functions: {written}"
        )));
    }
    if function == &definitions::IN
        && let [operand, Expression::Table(table)] = arguments
    {
        return resolve_in_table(operand, table, context);
    }
    let is_aggregate = function.kind == FunctionKind::Aggregate;
    if is_aggregate && let AggregateUse::Refused(place) = context.aggregates {
        return Err(PlanError::validation(if place == INSIDE_AGGREGATE {
            "It's not allowed to use an aggregate function as input of another aggregate function".to_owned()
        } else {
            format!("The aggregate function '{written}' cannot be used in {place}.")
        }));
    }
    let inner = ResolveContext {
        aggregates: if is_aggregate {
            AggregateUse::Refused(INSIDE_AGGREGATE)
        } else {
            context.aggregates
        },
        ..*context
    };
    let counts_rows =
        function == &definitions::COUNT && matches!(arguments, [Expression::Reference(name)] if name == "*");
    let arguments = if counts_rows {
        Vec::new()
    } else {
        resolve_all(arguments, &inner)?
    };
    call_built_in(function, written, arguments)
}

/// What only the select list of a windowed table can ask for.
const WINDOW_PROPERTIES: [&BuiltInFunction; 4] = [
    &definitions::START,
    &definitions::END,
    &definitions::ROWTIME,
    &definitions::PROCTIME,
];

/// A call of which one argument may be the type of the result.
fn resolve_json(
    function: &'static BuiltInFunction,
    written: &str,
    arguments: &[Expression],
    context: &ResolveContext<'_>,
) -> Result<ResolvedExpression> {
    let mut returned = None;
    let mut values = Vec::with_capacity(arguments.len());
    for argument in arguments {
        match argument {
            Expression::TypeLiteral(literal_type) => {
                check_returned_type(function, literal_type)?;
                returned = Some(literal_type.with_nullable(true));
            }
            value => values.push(resolve(value, context)?),
        }
    }
    let called = call_built_in(function, written, values)?;
    Ok(match (called, returned) {
        (
            ResolvedExpression::Call {
                function, arguments, ..
            },
            Some(result_type),
        ) => ResolvedExpression::Call {
            function,
            arguments,
            result_type,
        },
        (called, _) => called,
    })
}

/// Whether JSON_VALUE or JSON_QUERY gives this type.
pub(crate) fn check_returned_type(function: &BuiltInFunction, returned: &LogicalType) -> Result<()> {
    let is_known = match &returned.kind {
        TypeKind::VarChar(_) => true,
        TypeKind::Boolean | TypeKind::Int | TypeKind::Double => function == &definitions::JSON_VALUE,
        TypeKind::Array(element) => {
            function == &definitions::JSON_QUERY && matches!(element.kind, TypeKind::VarChar(_))
        }
        _ => false,
    };
    if is_known {
        return Ok(());
    }
    Err(PlanError::validation(format!(
        "Unsupported type '{returned}' for RETURNING in {}().",
        function.name
    )))
}

/// The place that marks the arguments of an aggregate function.
const INSIDE_AGGREGATE: &str = "an aggregate function";

/// A call of a built-in function on arguments that are resolved already. `written` is its name in the
/// program, for messages.
pub(crate) fn call_built_in(
    function: &'static BuiltInFunction,
    written: &str,
    arguments: Vec<ResolvedExpression>,
) -> Result<ResolvedExpression> {
    check_support(function, written)?;
    let inferred = function
        .infer(&arguments)
        .ok_or_else(|| invalid_call(function, &arguments))?;
    if function == &definitions::PLUS
        && inferred
            .argument_types
            .first()
            .is_some_and(|first| is_character_string(&first.kind))
    {
        return concatenation(arguments);
    }
    let arguments = arguments
        .into_iter()
        .zip(&inferred.argument_types)
        .map(|(argument, target)| argument.cast_to(target))
        .collect();
    Ok(ResolvedExpression::Call {
        function: ResolvedFunction::BuiltIn(function),
        arguments,
        result_type: inferred.result_type,
    })
}

/// `'a' + x` is `concat('a', cast(x, STRING))`.
fn concatenation(arguments: Vec<ResolvedExpression>) -> Result<ResolvedExpression> {
    let strings = arguments
        .into_iter()
        .map(|argument| {
            let actual = argument.data_type();
            if is_character_string(&actual.kind) {
                argument
            } else {
                argument.cast_to(&LogicalType::string().with_nullable(actual.nullable))
            }
        })
        .collect();
    call_built_in(&definitions::CONCAT, definitions::CONCAT.name, strings)
}

fn invalid_call(function: &BuiltInFunction, arguments: &[ResolvedExpression]) -> PlanError {
    let (fewest, most) = function.argument_count();
    let count = match most {
        _ if arguments.len() < fewest => argument_count_message("least", fewest, arguments.len()),
        Some(most) if arguments.len() > most => argument_count_message("most", most, arguments.len()),
        _ => String::new(),
    };
    PlanError::validation(format!(
        "Invalid function call:\n{}({})\nInvalid input arguments. Expected signatures are:\n{}{count}",
        function.name,
        print_types(arguments),
        function.describe_signatures()
    ))
}

fn argument_count_message(limit: &str, expected: usize, passed: usize) -> String {
    format!("\nInvalid number of arguments. At {limit} {expected} arguments expected but {passed} passed.")
}

fn print_types(arguments: &[ResolvedExpression]) -> String {
    let types: Vec<String> = arguments
        .iter()
        .map(|argument| argument.data_type().to_string())
        .collect();
    types.join(", ")
}

fn resolve_cast(
    function: &'static BuiltInFunction,
    arguments: &[Expression],
    context: &ResolveContext<'_>,
) -> Result<ResolvedExpression> {
    let [operand, target] = arguments else {
        return Err(PlanError::validation(format!(
            "Invalid function call:\n{0}\nInvalid number of arguments. 2 arguments expected but {1} passed.",
            function.name,
            arguments.len()
        )));
    };
    let operand = resolve(operand, context)?;
    let Expression::TypeLiteral(target) = target else {
        // The name of an unknown type is taken for a field, and reported as such.
        resolve(target, context)?;
        return Err(PlanError::validation(format!(
            "The second argument of {} must be a type.",
            function.name
        )));
    };
    call_cast(function, operand, target)
}

/// `CAST` or `TRY_CAST` of an operand that is resolved already.
pub(crate) fn call_cast(
    function: &'static BuiltInFunction,
    operand: ResolvedExpression,
    target: &LogicalType,
) -> Result<ResolvedExpression> {
    let actual = operand.data_type();
    if !supports_explicit_cast(&actual, target) {
        return Err(PlanError::validation(format!(
            "Invalid function call:\n{}({actual}, {target})\nUnsupported cast from '{actual}' to '{target}'.",
            function.name
        )));
    }
    let nullable = actual.nullable || function == &definitions::TRY_CAST;
    Ok(ResolvedExpression::Call {
        function: ResolvedFunction::BuiltIn(function),
        arguments: vec![operand],
        result_type: target.with_nullable(nullable),
    })
}

/// `a.in(table)`: whether the value is in the table's only column.
fn resolve_in_table(
    operand: &Expression,
    table: &TableReference,
    context: &ResolveContext<'_>,
) -> Result<ResolvedExpression> {
    let operand = resolve(operand, context)?;
    let columns = table.operation.schema().columns;
    let actual = operand.data_type();
    let column = match columns.as_slice() {
        [column] if are_equals_comparable(&actual, &column.column_type) => column,
        _ => {
            let fields = columns.iter().map(|column| RowField {
                name: column.name.clone(),
                field_type: column.column_type.clone(),
                description: None,
            });
            let rows = LogicalType::not_null(TypeKind::Row(fields.collect()));
            return Err(PlanError::validation(format!(
                "Invalid function call:\nin({actual}, {rows})\nInvalid input arguments. Expected signatures \
                 are:\nin(<COMPARABLE>, <COMPARABLE>...)\nin(<COMPARABLE>, <SUBQUERY>)\nTypes on the right side \
                 of IN operator ({rows}) are not comparable with {actual}."
            )));
        }
    };
    let nullable = actual.nullable || column.column_type.nullable;
    Ok(ResolvedExpression::Subquery(Box::new(Subquery {
        kind: SubqueryKind::In {
            operands: vec![operand],
            negated: false,
        },
        operation: Arc::clone(&table.operation),
        result_type: LogicalType {
            kind: TypeKind::Boolean,
            nullable,
        },
    })))
}

fn resolve_distinct(arguments: &[Expression], context: &ResolveContext<'_>) -> Result<ResolvedExpression> {
    let arguments = resolve_all(arguments, context)?;
    let is_aggregate = |argument: &ResolvedExpression| {
        argument
            .built_in()
            .is_some_and(|function| function.kind == FunctionKind::Aggregate)
    };
    match arguments.as_slice() {
        [aggregate] if is_aggregate(aggregate) => Ok(ResolvedExpression::Call {
            result_type: aggregate.data_type(),
            function: ResolvedFunction::BuiltIn(&definitions::DISTINCT),
            arguments,
        }),
        _ => {
            let printed: Vec<String> = arguments.iter().map(ToString::to_string).collect();
            Err(PlanError::validation(format!(
                "Distinct modifier cannot be applied to {}! It can only be applied to an aggregation expression, \
                 for example, 'a.count.distinct which is equivalent with COUNT(DISTINCT a).",
                printed.join(", ")
            )))
        }
    }
}

fn resolve_python(
    function: &Arc<PythonFunction>,
    arguments: &[Expression],
    context: &ResolveContext<'_>,
) -> Result<ResolvedExpression> {
    call_python(function, resolve_all(arguments, context)?)
}

/// A call of a Python function on arguments that are resolved already.
pub(crate) fn call_python(
    function: &Arc<PythonFunction>,
    mut arguments: Vec<ResolvedExpression>,
) -> Result<ResolvedExpression> {
    if let Some((kind, instead)) = function.kind.refusal() {
        let what = format!("The Python {kind} '{}' in a query", function.name);
        return Err(PlanError::unsupported(what, instead));
    }
    if let Some(declared) = &function.input_types {
        arguments = adapt_to_declared(function, declared, arguments)?;
    } else if let Some(untyped) = arguments
        .iter()
        .find(|argument| argument.data_type().kind == TypeKind::Null)
    {
        return Err(PlanError::validation(format!(
            "Invalid function call:\n{}({})\nInvalid use of untyped NULL in arguments: {untyped}.",
            function.name,
            print_types(&arguments)
        )));
    }
    Ok(ResolvedExpression::Call {
        function: ResolvedFunction::Python(Arc::clone(function)),
        arguments,
        result_type: function.result_type.clone(),
    })
}

/// Checks the number of arguments and casts each to its declared type, where that loses nothing.
fn adapt_to_declared(
    function: &PythonFunction,
    declared: &[LogicalType],
    arguments: Vec<ResolvedExpression>,
) -> Result<Vec<ResolvedExpression>> {
    let invalid = |cause: String| {
        let expected: Vec<String> = declared.iter().map(ToString::to_string).collect();
        PlanError::validation(format!(
            "Invalid function call:\n{name}({types})\nInvalid input arguments. Expected signatures are:\n\
             {name}({expected})\n{cause}",
            name = function.name,
            types = print_types(&arguments),
            expected = expected.join(", ")
        ))
    };
    if arguments.len() != declared.len() {
        return Err(invalid(format!(
            "Invalid number of arguments. {} arguments expected after argument expansion but {} passed.",
            declared.len(),
            arguments.len()
        )));
    }
    for (position, (argument, expected)) in arguments.iter().zip(declared).enumerate() {
        let actual = argument.data_type();
        if !supports_implicit_cast(&actual, expected) {
            return Err(invalid(format!(
                "Invalid argument type at position {position}. Data type {expected} expected but {actual} passed."
            )));
        }
    }
    Ok(arguments
        .into_iter()
        .zip(declared)
        .map(|(argument, expected)| argument.cast_to(expected))
        .collect())
}
