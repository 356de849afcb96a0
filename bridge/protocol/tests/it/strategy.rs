//! Arbitrary protocol values.

use nutkin_protocol::{Batch, Call, Elapsed, ErrorValue, ObjectReference, Reply, RowValue, Target, Value};
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;

pub(crate) fn value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::Boolean),
        any::<i32>().prop_map(Value::Int),
        any::<i64>().prop_map(Value::Long),
        // NaN is not equal to itself; its bits are covered by a test of their own.
        any::<f64>()
            .prop_filter("a number", |number| !number.is_nan())
            .prop_map(Value::Double),
        "[-+0-9.]{0,40}".prop_map(Value::Decimal),
        any::<String>().prop_map(Value::String),
        vec(any::<u8>(), 0..200).prop_map(Value::Bytes),
        any::<i32>().prop_map(Value::Date),
        any::<i64>().prop_map(Value::Time),
        elapsed().prop_map(Value::Timestamp),
        elapsed().prop_map(Value::Instant),
        elapsed().prop_map(Value::Duration),
        any::<i8>().prop_map(Value::Byte),
        any::<i16>().prop_map(Value::Short),
        any::<f32>()
            .prop_filter("a number", |number| !number.is_nan())
            .prop_map(Value::Float),
        any::<i32>().prop_map(Value::Period),
        (any::<u64>(), any::<String>()).prop_map(|(id, class)| Value::Object(ObjectReference { id, class })),
        vec(any::<u8>(), 0..200).prop_map(Value::Arrow),
    ];
    leaf.prop_recursive(6, 64, 8, |inner| {
        prop_oneof![
            vec(inner.clone(), 0..8).prop_map(Value::List),
            vec((inner.clone(), inner.clone()), 0..4).prop_map(Value::Map),
            (
                any::<u8>(),
                option::of(vec(any::<String>(), 0..4)),
                vec(inner, 0..4)
            )
                .prop_map(|(kind, names, fields)| Value::Row(RowValue { kind, names, fields })),
        ]
    })
}

fn elapsed() -> impl Strategy<Value = Elapsed> {
    (any::<i64>(), any::<u32>()).prop_map(|(seconds, nanoseconds)| Elapsed { seconds, nanoseconds })
}

pub(crate) fn batch() -> impl Strategy<Value = Batch> {
    let target = prop_oneof![
        any::<u64>().prop_map(Target::Object),
        any::<String>().prop_map(Target::Class),
    ];
    let call = (target, any::<String>(), vec(value(), 0..4), any::<u64>()).prop_map(
        |(target, method, arguments, result)| Call {
            target,
            method,
            arguments,
            result,
        },
    );
    (vec(call, 0..5), vec(any::<u64>(), 0..10), any::<u64>()).prop_map(
        |(calls, released, deadline_millis)| Batch {
            calls,
            released,
            deadline_millis,
        },
    )
}

pub(crate) fn error() -> impl Strategy<Value = ErrorValue> {
    let texts = (
        any::<String>(),
        any::<String>(),
        option::of(any::<String>()),
        option::of(any::<String>()),
    );
    let leaf = texts.prop_map(|(class, message, hint, python_traceback)| ErrorValue {
        class,
        message,
        hint,
        python_traceback,
        cause: None,
    });
    leaf.prop_recursive(4, 8, 1, |inner| {
        inner.prop_map(|cause| ErrorValue {
            cause: Some(Box::new(cause)),
            ..ErrorValue::new("java.lang.RuntimeException", "outer")
        })
    })
}

pub(crate) fn reply() -> impl Strategy<Value = Reply> {
    prop_oneof![
        value().prop_map(Reply::Value),
        (any::<u32>(), error()).prop_map(|(call, error)| Reply::Error {
            call,
            error: Box::new(error)
        }),
    ]
}
