//! `Over`: the steps in which an over window is described, each a class.

use std::sync::Arc;

use nutkin_plan::expression::Expression;
use nutkin_plan::operation::OverWindow;

use super::names::{
    OVER, OVER_WINDOW, OVER_WINDOW_PARTITIONED, OVER_WINDOW_PARTITIONED_ORDERED,
    OVER_WINDOW_PARTITIONED_ORDERED_PRECEDING,
};
use super::operand::{EXPRESSION, condition, fields};
use crate::model::{Invocation, JavaClass, JavaObject, Parameter, ParameterType, Returned};
use crate::{GatewayError, Result};

/// A window with everything said.
pub(super) struct OverWindowObject(pub(super) OverWindow);

impl JavaObject for OverWindowObject {
    fn class_name(&self) -> &'static str {
        OVER_WINDOW
    }
}

/// A window of which something is still to be said.
#[derive(Clone)]
struct Step {
    class: &'static str,
    partition_by: Vec<Expression>,
    order_by: Option<Expression>,
    preceding: Option<Expression>,
    following: Option<Expression>,
}

impl JavaObject for Step {
    fn class_name(&self) -> &'static str {
        self.class
    }
}

pub(super) fn classes() -> Vec<JavaClass> {
    let one = |name, parameter_type| [Parameter::one(name, parameter_type)];
    let name = one("alias", ParameterType::String);
    let order = one("orderBy", EXPRESSION);
    let preceding = one("preceding", EXPRESSION);
    let following = one("following", EXPRESSION);
    let over = JavaClass::new(OVER, "Begins the description of an over window.")
        .function(
            "partitionBy",
            &one("partitionBy", ParameterType::String),
            OVER_WINDOW_PARTITIONED,
            partition_by,
        )
        .function(
            "partitionBy",
            &[Parameter::many("partitionBy", EXPRESSION)],
            OVER_WINDOW_PARTITIONED,
            partition_by,
        )
        .function(
            "orderBy",
            &one("orderBy", ParameterType::String),
            OVER_WINDOW_PARTITIONED_ORDERED,
            begin,
        )
        .function("orderBy", &order, OVER_WINDOW_PARTITIONED_ORDERED, begin);
    let partitioned = JavaClass::new(OVER_WINDOW_PARTITIONED, "An over window with partitions.")
        .method(
            "orderBy",
            &one("orderBy", ParameterType::String),
            OVER_WINDOW_PARTITIONED_ORDERED,
            order_by,
        )
        .method("orderBy", &order, OVER_WINDOW_PARTITIONED_ORDERED, order_by);
    let ordered = JavaClass::new(OVER_WINDOW_PARTITIONED_ORDERED, "An over window with an order.")
        .method(
            "preceding",
            &one("preceding", ParameterType::String),
            OVER_WINDOW_PARTITIONED_ORDERED_PRECEDING,
            set_preceding,
        )
        .method(
            "preceding",
            &preceding,
            OVER_WINDOW_PARTITIONED_ORDERED_PRECEDING,
            set_preceding,
        )
        .method("as", &name, OVER_WINDOW, named)
        .method("as", &one("alias", EXPRESSION), OVER_WINDOW, named);
    let with_preceding = JavaClass::new(
        OVER_WINDOW_PARTITIONED_ORDERED_PRECEDING,
        "An over window with its first row.",
    )
    .method(
        "following",
        &one("following", ParameterType::String),
        OVER_WINDOW_PARTITIONED_ORDERED_PRECEDING,
        set_following,
    )
    .method(
        "following",
        &following,
        OVER_WINDOW_PARTITIONED_ORDERED_PRECEDING,
        set_following,
    )
    .method("as", &name, OVER_WINDOW, named)
    .method("as", &one("alias", EXPRESSION), OVER_WINDOW, named);
    let window = JavaClass::new(OVER_WINDOW, "The rows around a row that a call sees.");
    vec![over, partitioned, ordered, with_preceding, window]
}

fn partition_by(call: &mut Invocation<'_>) -> Result<Returned> {
    Ok(Returned::object(Step {
        partition_by: fields(call)?,
        ..empty(call)
    }))
}

fn begin(call: &mut Invocation<'_>) -> Result<Returned> {
    Ok(Returned::object(Step {
        order_by: Some(condition(call)?),
        ..empty(call)
    }))
}

fn empty(call: &Invocation<'_>) -> Step {
    Step {
        class: call.method.result,
        partition_by: Vec::new(),
        order_by: None,
        preceding: None,
        following: None,
    }
}

fn order_by(call: &mut Invocation<'_>) -> Result<Returned> {
    further(call, |step, order| step.order_by = Some(order))
}

fn set_preceding(call: &mut Invocation<'_>) -> Result<Returned> {
    further(call, |step, bound| step.preceding = Some(bound))
}

fn set_following(call: &mut Invocation<'_>) -> Result<Returned> {
    further(call, |step, bound| step.following = Some(bound))
}

fn further(call: &Invocation<'_>, set: fn(&mut Step, Expression)) -> Result<Returned> {
    let step: Arc<Step> = call.receiver()?;
    let mut step = Step {
        class: call.method.result,
        ..step.as_ref().clone()
    };
    set(&mut step, condition(call)?);
    Ok(Returned::object(step))
}

fn named(call: &mut Invocation<'_>) -> Result<Returned> {
    let step: Arc<Step> = call.receiver()?;
    let alias = match condition(call)? {
        Expression::Reference(alias) => alias,
        other => {
            return Err(GatewayError::IllegalArgument {
                message: format!("The alias of a window is a name, not {other}."),
                hint: Some("give a name, such as \"w\"".to_owned()),
            });
        }
    };
    let order_by = step.order_by.clone().ok_or_else(|| GatewayError::Internal {
        message: "a window was named before its order was said".to_owned(),
    })?;
    Ok(Returned::object(OverWindowObject(OverWindow {
        alias,
        partition_by: step.partition_by.clone(),
        order_by,
        preceding: step.preceding.clone(),
        following: step.following.clone(),
    })))
}
