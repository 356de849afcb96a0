//! `Tumble`, `Slide` and `Session`: the steps in which a group window is described, each a class.
//!
//! Every step of a kind is one Rust type with what is known so far; its Java class says what comes next.

use std::sync::Arc;

use nutkin_plan::expression::Expression;
use nutkin_plan::operation::{GroupWindow, GroupWindowKind};

use super::api_expression::expression;
use super::names::{
    API_EXPRESSION, GROUP_WINDOW, SESSION, SESSION_WITH_GAP, SESSION_WITH_GAP_ON_TIME,
    SESSION_WITH_GAP_ON_TIME_WITH_ALIAS, SLIDE, SLIDE_WITH_SIZE, SLIDE_WITH_SIZE_AND_SLIDE,
    SLIDE_WITH_SIZE_AND_SLIDE_ON_TIME, SLIDE_WITH_SIZE_AND_SLIDE_ON_TIME_WITH_ALIAS, TUMBLE,
    TUMBLE_WITH_SIZE, TUMBLE_WITH_SIZE_ON_TIME, TUMBLE_WITH_SIZE_ON_TIME_WITH_ALIAS,
};
use super::operand::{EXPRESSION, condition};
use crate::model::{Handler, Invocation, JavaClass, JavaObject, Parameter, ParameterType, Returned};
use crate::{GatewayError, Result};

/// A window with everything said.
pub(super) struct GroupWindowObject {
    class: &'static str,
    pub(super) window: GroupWindow,
}

impl JavaObject for GroupWindowObject {
    fn class_name(&self) -> &'static str {
        self.class
    }
}

/// A window of which something is still to be said.
struct Step {
    class: &'static str,
    lengths: Vec<Expression>,
    time: Option<Expression>,
}

impl JavaObject for Step {
    fn class_name(&self) -> &'static str {
        self.class
    }
}

pub(super) fn classes() -> Vec<JavaClass> {
    let group_window = JavaClass::new(GROUP_WINDOW, "A window of time by which rows are grouped.")
        .method("getAlias", &[], API_EXPRESSION, |call| {
            let window: Arc<GroupWindowObject> = call.receiver()?;
            Ok(expression(Expression::column(window.window.alias.as_str())))
        })
        .method("getTimeField", &[], API_EXPRESSION, |call| {
            let window: Arc<GroupWindowObject> = call.receiver()?;
            Ok(expression(window.window.time.clone()))
        });
    let with_alias = |name, description| JavaClass::new(name, description).extends(GROUP_WINDOW);
    vec![
        group_window,
        first(TUMBLE, "over", TUMBLE_WITH_SIZE, start),
        step(TUMBLE_WITH_SIZE, "on", TUMBLE_WITH_SIZE_ON_TIME, on),
        named(TUMBLE_WITH_SIZE_ON_TIME, TUMBLE_WITH_SIZE_ON_TIME_WITH_ALIAS),
        with_alias(
            TUMBLE_WITH_SIZE_ON_TIME_WITH_ALIAS,
            "Windows one after the other.",
        ),
        first(SLIDE, "over", SLIDE_WITH_SIZE, start),
        step(SLIDE_WITH_SIZE, "every", SLIDE_WITH_SIZE_AND_SLIDE, every),
        step(
            SLIDE_WITH_SIZE_AND_SLIDE,
            "on",
            SLIDE_WITH_SIZE_AND_SLIDE_ON_TIME,
            on,
        ),
        named(
            SLIDE_WITH_SIZE_AND_SLIDE_ON_TIME,
            SLIDE_WITH_SIZE_AND_SLIDE_ON_TIME_WITH_ALIAS,
        ),
        with_alias(
            SLIDE_WITH_SIZE_AND_SLIDE_ON_TIME_WITH_ALIAS,
            "Windows that overlap.",
        ),
        first(SESSION, "withGap", SESSION_WITH_GAP, start),
        step(SESSION_WITH_GAP, "on", SESSION_WITH_GAP_ON_TIME, on),
        named(SESSION_WITH_GAP_ON_TIME, SESSION_WITH_GAP_ON_TIME_WITH_ALIAS),
        with_alias(
            SESSION_WITH_GAP_ON_TIME_WITH_ALIAS,
            "Windows that end after a pause.",
        ),
    ]
}

/// A class whose only method begins a window; strings are expressions of 1.x.
fn first(class: &'static str, method: &'static str, next: &'static str, handler: Handler) -> JavaClass {
    let parameter = |parameter_type| [Parameter::one("length", parameter_type)];
    JavaClass::new(class, "Begins the description of a window.")
        .function(method, &parameter(ParameterType::String), next, handler)
        .function(method, &parameter(EXPRESSION), next, handler)
}

/// A class whose only method says something more.
fn step(class: &'static str, method: &'static str, next: &'static str, handler: Handler) -> JavaClass {
    let parameter = |parameter_type| [Parameter::one("expression", parameter_type)];
    JavaClass::new(class, "A window of which something is still to be said.")
        .method(method, &parameter(ParameterType::String), next, handler)
        .method(method, &parameter(EXPRESSION), next, handler)
}

/// A class whose only method gives the window its name.
fn named(class: &'static str, next: &'static str) -> JavaClass {
    step(class, "as", next, |call| {
        let step: Arc<Step> = call.receiver()?;
        let class = call.method.result;
        let alias = match condition(call)? {
            Expression::Reference(alias) => alias,
            other => {
                return Err(GatewayError::IllegalArgument {
                    message: format!("The alias of a window is a name, not {other}."),
                    hint: Some("give a name, such as \"w\"".to_owned()),
                });
            }
        };
        let kind = match (class, step.lengths.as_slice()) {
            (TUMBLE_WITH_SIZE_ON_TIME_WITH_ALIAS, [size]) => GroupWindowKind::Tumble { size: size.clone() },
            (SESSION_WITH_GAP_ON_TIME_WITH_ALIAS, [gap]) => GroupWindowKind::Session { gap: gap.clone() },
            (_, [size, slide]) => GroupWindowKind::Slide {
                size: size.clone(),
                slide: slide.clone(),
            },
            _ => return Err(incomplete()),
        };
        let time = step.time.clone().ok_or_else(incomplete)?;
        Ok(Returned::object(GroupWindowObject {
            class,
            window: GroupWindow { alias, time, kind },
        }))
    })
}

fn incomplete() -> GatewayError {
    GatewayError::Internal {
        message: "a window was named before everything was said of it".to_owned(),
    }
}

fn start(call: &mut Invocation<'_>) -> Result<Returned> {
    Ok(Returned::object(Step {
        class: call.method.result,
        lengths: vec![condition(call)?],
        time: None,
    }))
}

fn every(call: &mut Invocation<'_>) -> Result<Returned> {
    let step: Arc<Step> = call.receiver()?;
    let mut lengths = step.lengths.clone();
    lengths.push(condition(call)?);
    Ok(Returned::object(Step {
        class: call.method.result,
        lengths,
        time: None,
    }))
}

fn on(call: &mut Invocation<'_>) -> Result<Returned> {
    let step: Arc<Step> = call.receiver()?;
    Ok(Returned::object(Step {
        class: call.method.result,
        lengths: step.lengths.clone(),
        time: Some(condition(call)?),
    }))
}
