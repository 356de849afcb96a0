//! `Throwable` and the classes below it.

use super::super::array::JavaArray;
use super::super::call::Call;
use super::super::class::Class;
use super::super::failure::{Outcome, Throwable};
use super::super::value::JavaValue;
use crate::model::JavaObject;

/// Exceptions that are not directly below `RuntimeException`. What is in no list here is.
const PARENTS: &[(&str, &str)] = &[
    ("java.lang.Exception", "java.lang.Throwable"),
    ("java.lang.Error", "java.lang.Throwable"),
    ("java.lang.RuntimeException", "java.lang.Exception"),
    ("java.lang.InterruptedException", "java.lang.Exception"),
    ("java.lang.ReflectiveOperationException", "java.lang.Exception"),
    (
        "java.lang.ClassNotFoundException",
        "java.lang.ReflectiveOperationException",
    ),
    (
        "java.lang.NoSuchFieldException",
        "java.lang.ReflectiveOperationException",
    ),
    (
        "java.lang.NoSuchMethodException",
        "java.lang.ReflectiveOperationException",
    ),
    ("java.lang.InternalError", "java.lang.Error"),
    (
        "java.lang.NumberFormatException",
        "java.lang.IllegalArgumentException",
    ),
    (
        "java.lang.ArrayIndexOutOfBoundsException",
        "java.lang.IndexOutOfBoundsException",
    ),
    (
        "java.lang.StringIndexOutOfBoundsException",
        "java.lang.IndexOutOfBoundsException",
    ),
    (
        "java.util.InputMismatchException",
        "java.util.NoSuchElementException",
    ),
    ("java.util.concurrent.ExecutionException", "java.lang.Exception"),
    ("java.util.concurrent.TimeoutException", "java.lang.Exception"),
    ("java.io.IOException", "java.lang.Exception"),
    ("java.io.FileNotFoundException", "java.io.IOException"),
    ("java.io.UnsupportedEncodingException", "java.io.IOException"),
    ("java.net.MalformedURLException", "java.io.IOException"),
    ("org.apache.flink.util.FlinkException", "java.lang.Exception"),
    (
        "org.apache.flink.runtime.client.JobExecutionException",
        "org.apache.flink.util.FlinkException",
    ),
    (
        "org.apache.flink.runtime.client.JobCancellationException",
        "org.apache.flink.runtime.client.JobExecutionException",
    ),
];

/// Exceptions that programs can make or ask for by name.
const CLASSES: &[&str] = &[
    "java.lang.Exception",
    "java.lang.Error",
    "java.lang.RuntimeException",
    "java.lang.IllegalArgumentException",
    "java.lang.IllegalStateException",
    "java.lang.UnsupportedOperationException",
    "java.lang.ArithmeticException",
    "java.lang.ClassCastException",
    "java.lang.NullPointerException",
    "java.lang.IndexOutOfBoundsException",
    "java.lang.NumberFormatException",
    "java.lang.InterruptedException",
    "java.lang.ClassNotFoundException",
    "java.util.NoSuchElementException",
    "java.io.IOException",
    "java.io.FileNotFoundException",
    "java.util.concurrent.ExecutionException",
    "java.util.concurrent.TimeoutException",
];

/// The class above an exception that has no declaration of its own.
pub(crate) fn parent(name: &str) -> Option<&'static str> {
    if let Some((_, parent)) = PARENTS.iter().find(|(child, _)| *child == name) {
        return Some(parent);
    }
    if name.starts_with("org.apache.flink.table.catalog.exceptions.") {
        return Some("java.lang.Exception");
    }
    let is_throwable = name.ends_with("Exception") || name.ends_with("Error");
    is_throwable.then_some("java.lang.RuntimeException")
}

/// A frame of a stack trace.
struct StackTraceElement;

impl JavaObject for StackTraceElement {
    fn class_name(&self) -> &'static str {
        "java.lang.StackTraceElement"
    }

    fn java_string(&self) -> String {
        "nutkin.Gateway.call(Native Method)".to_owned()
    }
}

pub(super) fn classes() -> Vec<Class> {
    let throwable = Class::new("java.lang.Throwable")
        .constructor("()", new)
        .constructor("(String)", new)
        .method("String getMessage()", |call| message(call))
        .method("String getLocalizedMessage()", |call| message(call))
        .method("Throwable getCause()", |call| {
            let cause = call.this::<Throwable>()?.cause.clone();
            Ok(cause.map_or(JavaValue::Null, JavaValue::from))
        })
        .method("StackTraceElement[] getStackTrace()", |_| {
            Ok(JavaValue::object(JavaArray::new(
                "java.lang.StackTraceElement",
                vec![JavaValue::object(StackTraceElement)],
            )))
        })
        .method("Throwable[] getSuppressed()", |_| {
            Ok(JavaValue::object(JavaArray::new(
                "java.lang.Throwable",
                Vec::new(),
            )))
        })
        .method("void printStackTrace()", |call| {
            use std::io::Write as _;
            let text = call.this::<Throwable>()?.stack_trace();
            // A closed output is no error in Java either.
            let _ = std::io::stderr().write_all(text.as_bytes());
            Ok(JavaValue::Void)
        });
    let frame = Class::new("java.lang.StackTraceElement")
        .method("String getClassName()", |_| Ok("nutkin.Gateway".into()))
        .method("String getMethodName()", |_| Ok("call".into()))
        .method("String getFileName()", |_| Ok(JavaValue::Null))
        .method("int getLineNumber()", |_| Ok(JavaValue::Int(-2)));
    let mut classes = vec![throwable, frame];
    classes.extend(CLASSES.iter().map(|name| {
        Class::new(name)
            .extends(parent(name).unwrap_or("java.lang.RuntimeException"))
            .constructor("()", new)
            .constructor("(String)", new)
            .constructor("(String, Throwable)", new)
    }));
    classes
}

fn new(call: &mut Call<'_>) -> Outcome {
    let message = match call.arguments.first() {
        Some(JavaValue::String(text)) => Some(text.to_string()),
        _ => None,
    };
    let cause = call.arguments.get(1).and_then(JavaValue::downcast);
    Ok(Throwable::new(call.class, message, cause).into())
}

fn message(call: &Call<'_>) -> Outcome {
    let throwable = call.this::<Throwable>()?;
    Ok(throwable
        .message
        .as_deref()
        .map_or(JavaValue::Null, JavaValue::from))
}
