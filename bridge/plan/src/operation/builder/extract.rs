//! Aggregate functions taken out of a select list.
//!
//! Mirrors `OperationExpressionsUtils.extractAggregationsAndProperties`: every aggregate call is
//! computed once under a name such as `EXPR$0`, and the select list refers to it by that name.

use super::{OperationBuilder, without_aliases};
use crate::catalog::Schema;
use crate::expression::{AggregateUse, CallTarget, Expression, ResolvedExpression, ResolvedFunction};
use crate::function::{BuiltInFunction, FunctionKind, definitions, find_built_in};
use crate::operation::{AggregateCall, NamedExpression, WindowProperty};
use crate::{PlanError, Result};

/// A select list without its aggregate functions.
pub(super) struct Extracted {
    /// The aggregate calls over the input, equal ones once.
    pub(super) aggregates: Vec<AggregateCall>,
    /// What is asked of the window, equal questions once.
    pub(super) properties: Vec<(String, WindowProperty)>,
    /// The select list over groupings and aggregates.
    pub(super) projections: Vec<Expression>,
}

/// The window that a select list may ask for its start and end.
pub(super) struct WindowScope<'a> {
    /// The window's name.
    pub(super) alias: &'a str,
}

/// Takes the aggregate calls out of expressions. No call gets the name of one of the `groupings`.
pub(super) fn extract_aggregates(
    builder: &OperationBuilder<'_>,
    expressions: &[Expression],
    schema: &Schema,
    groupings: &[NamedExpression],
    window: Option<&WindowScope<'_>>,
) -> Result<Extracted> {
    let mut extractor = Extractor {
        builder,
        schema,
        groupings,
        window,
        properties: Vec::new(),
        found: Vec::new(),
        next_name: 0,
    };
    let projections = expressions
        .iter()
        .map(|expression| extractor.extract(expression))
        .collect::<Result<Vec<_>>>()?;
    Ok(Extracted {
        aggregates: extractor.found.into_iter().map(|(_, call)| call).collect(),
        properties: extractor.properties,
        projections,
    })
}

struct Extractor<'a> {
    builder: &'a OperationBuilder<'a>,
    schema: &'a Schema,
    groupings: &'a [NamedExpression],
    window: Option<&'a WindowScope<'a>>,
    properties: Vec<(String, WindowProperty)>,
    /// Each call as resolved, and as the operation wants it.
    found: Vec<(ResolvedExpression, AggregateCall)>,
    next_name: usize,
}

impl Extractor<'_> {
    fn extract(&mut self, expression: &Expression) -> Result<Expression> {
        let Expression::Call { target, arguments } = expression else {
            return Ok(expression.clone());
        };
        if let Some(property) = self.window_property(target, arguments) {
            return Ok(self.property(property));
        }
        if !self.builder.is_aggregate(target) {
            return Ok(Expression::Call {
                target: target.clone(),
                arguments: arguments
                    .iter()
                    .map(|argument| self.extract(argument))
                    .collect::<Result<Vec<_>>>()?,
            });
        }
        let resolved = self
            .builder
            .resolve(expression, self.schema, AggregateUse::Allowed)?;
        let resolved = without_aliases(resolved);
        let known = self.found.iter().find(|(other, _)| *other == resolved);
        if let Some((_, call)) = known {
            return Ok(Expression::Reference(call.name.clone()));
        }
        let name = self.fresh_name();
        let call = aggregate_call(&name, &resolved)?;
        self.found.push((resolved, call));
        Ok(Expression::Reference(name))
    }

    /// What is asked of the window, if the call asks something of it.
    fn window_property(&self, target: &CallTarget, arguments: &[Expression]) -> Option<WindowProperty> {
        let window = self.window?;
        match arguments {
            [Expression::Reference(alias)] if alias == window.alias => {}
            _ => return None,
        }
        let function = self.builder.built_in(target)?;
        [
            (&definitions::START, WindowProperty::Start),
            (&definitions::END, WindowProperty::End),
            (&definitions::ROWTIME, WindowProperty::Time),
        ]
        .into_iter()
        .find(|(asks, _)| function == *asks)
        .map(|(_, property)| property)
    }

    /// The column that holds a property.
    fn property(&mut self, property: WindowProperty) -> Expression {
        let known = self.properties.iter().find(|(_, other)| *other == property);
        if let Some((name, _)) = known {
            return Expression::Reference(name.clone());
        }
        let name = self.fresh_name();
        self.properties.push((name.clone(), property));
        Expression::Reference(name)
    }

    fn fresh_name(&mut self) -> String {
        loop {
            let name = format!("EXPR${}", self.next_name);
            self.next_name += 1;
            if !self.groupings.iter().any(|grouping| grouping.name == name) {
                return name;
            }
        }
    }
}

impl OperationBuilder<'_> {
    /// The first aggregate call in an expression, if there is one.
    pub(super) fn first_aggregate<'e>(&self, expression: &'e Expression) -> Option<&'e Expression> {
        match expression {
            Expression::Call { target, .. } if self.is_aggregate(target) => Some(expression),
            Expression::Call { arguments, .. } => arguments
                .iter()
                .find_map(|argument| self.first_aggregate(argument)),
            _ => None,
        }
    }

    fn is_aggregate(&self, target: &CallTarget) -> bool {
        self.built_in(target)
            .is_some_and(|function| function.kind == FunctionKind::Aggregate)
    }

    /// The built-in function that a call means; user functions hide built-in ones.
    pub(super) fn built_in(&self, target: &CallTarget) -> Option<&'static BuiltInFunction> {
        match target {
            CallTarget::BuiltIn(function) => Some(function),
            CallTarget::Lookup(name) => match self.functions.lookup_function(name) {
                Some(_) => None,
                None => find_built_in(name),
            },
            CallTarget::Python(_) => None,
        }
    }
}

/// A resolved call of an aggregate function as an operation wants it.
pub(super) fn aggregate_call(name: &str, expression: &ResolvedExpression) -> Result<AggregateCall> {
    match expression {
        ResolvedExpression::Call {
            function: ResolvedFunction::BuiltIn(function),
            arguments,
            result_type,
        } => {
            if *function == &definitions::DISTINCT
                && let Some(inner) = arguments.first()
            {
                return Ok(AggregateCall {
                    distinct: true,
                    ..aggregate_call(name, inner)?
                });
            }
            Ok(AggregateCall {
                name: name.to_owned(),
                function,
                arguments: arguments.clone(),
                distinct: false,
                filter: None,
                order_by: Vec::new(),
                result_type: result_type.clone(),
            })
        }
        other => Err(PlanError::validation(format!(
            "Aggregate function expected. Got: {other}"
        ))),
    }
}
