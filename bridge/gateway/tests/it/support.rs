//! A small class table of the tests' own, and shorthands for calls.

use std::collections::HashMap;
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Mutex, OnceLock};
use std::time::{Duration, Instant};

use nutkin_gateway::model::{Invocation, JavaClass, JavaObject, Parameter, ParameterType, Returned};
use nutkin_gateway::{Gateway, GatewayError, Result};
use nutkin_protocol::{
    Batch, CONSTRUCTOR, Call, ErrorValue, ObjectId, ObjectReference, Reply, Target, Value,
};

pub(crate) const COUNTER: &str = "test.Counter";
pub(crate) const STEP_COUNTER: &str = "test.StepCounter";

/// A number that can be added to. How many of a label are alive can be asked from outside.
struct Counter {
    class: &'static str,
    label: String,
    value: AtomicI64,
    step: i64,
}

impl JavaObject for Counter {
    fn class_name(&self) -> &'static str {
        self.class
    }
}

impl Drop for Counter {
    fn drop(&mut self) {
        *living().lock().unwrap().get_mut(&self.label).unwrap() -= 1;
    }
}

fn living() -> &'static Mutex<HashMap<String, i64>> {
    static LIVING: OnceLock<Mutex<HashMap<String, i64>>> = OnceLock::new();
    LIVING.get_or_init(Mutex::default)
}

/// How many counters of this label are alive.
pub(crate) fn alive(label: &str) -> i64 {
    living().lock().unwrap().get(label).copied().unwrap_or(0)
}

/// Waits until something holds, for five seconds at the most.
pub(crate) fn eventually(mut holds: impl FnMut() -> bool) -> bool {
    let deadline = Instant::now() + Duration::from_secs(5);
    while !holds() {
        if Instant::now() > deadline {
            return false;
        }
        std::thread::sleep(Duration::from_millis(5));
    }
    true
}

pub(crate) fn gateway() -> Arc<Gateway> {
    let label = Parameter::one("label", ParameterType::String);
    let counter = JavaClass::new(COUNTER, "A number that can be added to.")
        .constructor(&[label], |call| new_counter(call, COUNTER, 1))
        .function("describe", &[], "String", |_| Ok("counts".into()))
        .method("get", &[], "long", get)
        .method("increment", &[], COUNTER, |call| add(call, 0))
        .method(
            "add",
            &[Parameter::one("amount", ParameterType::Long)],
            COUNTER,
            |call| {
                let amount = call.long(0)?;
                add(call, amount)
            },
        )
        .method(
            "add",
            &[Parameter::one("other", ParameterType::Object(COUNTER))],
            COUNTER,
            |call| {
                let other: Arc<Counter> = call.object(0)?;
                add(call, other.value.load(Ordering::SeqCst))
            },
        )
        .method(
            "addAll",
            &[Parameter::many("others", ParameterType::Object(COUNTER))],
            COUNTER,
            |call| {
                let mut sum = 0;
                for position in 0..call.argument_count() {
                    sum += call.object::<Counter>(position)?.value.load(Ordering::SeqCst);
                }
                add(call, sum)
            },
        )
        .method(
            "echo",
            &[Parameter::one("value", ParameterType::Bytes)],
            "byte[]",
            |call| Ok(Returned::Value(Value::Bytes(call.take_bytes(0)?))),
        )
        .method("fail", &[], "void", |_| {
            Err(GatewayError::IllegalState {
                message: "as asked".to_owned(),
                hint: Some("do not ask".to_owned()),
            })
        })
        .method("panic", &[], "void", |_| panic!("on purpose"))
        .method("ask", &[label], "String", |call| {
            let question = Value::String(call.string(0)?.to_owned());
            Ok(Returned::Value(call.caller.call_back("answer", vec![question])?))
        })
        .method("sleepUntilInterrupted", &[], "void", |call| {
            while !call.interrupt.is_interrupted() {
                std::thread::sleep(Duration::from_millis(5));
            }
            Err(GatewayError::Interrupted)
        })
        .refused("multiply", "add several times");
    let step_counter = JavaClass::new(STEP_COUNTER, "A counter with steps of ten.")
        .extends(COUNTER)
        .constructor(&[label], |call| new_counter(call, STEP_COUNTER, 10))
        .method("step", &[], "long", |call| {
            let counter: Arc<Counter> = call.receiver()?;
            Ok(Returned::Value(Value::Long(counter.step)))
        });
    Arc::new(Gateway::with_classes(vec![counter, step_counter], None))
}

fn new_counter(call: &mut Invocation<'_>, class: &'static str, step: i64) -> Result<Returned> {
    let label = call.string(0)?.to_owned();
    *living().lock().unwrap().entry(label.clone()).or_insert(0) += 1;
    Ok(Returned::object(Counter {
        class,
        label,
        value: AtomicI64::new(0),
        step,
    }))
}

fn get(call: &mut Invocation<'_>) -> Result<Returned> {
    let counter: Arc<Counter> = call.receiver()?;
    Ok(Returned::Value(Value::Long(counter.value.load(Ordering::SeqCst))))
}

/// Adds an amount, or the counter's step if it is zero, and returns the counter itself.
fn add(call: &mut Invocation<'_>, amount: i64) -> Result<Returned> {
    let counter: Arc<Counter> = call.receiver()?;
    let amount = if amount == 0 { counter.step } else { amount };
    counter.value.fetch_add(amount, Ordering::SeqCst);
    Ok(counter.into())
}

pub(crate) fn on_object(id: ObjectId, method: &str, arguments: Vec<Value>, result: ObjectId) -> Call {
    Call {
        target: Target::Object(id),
        method: method.to_owned(),
        arguments,
        result,
    }
}

pub(crate) fn on_class(class: &str, method: &str, arguments: Vec<Value>, result: ObjectId) -> Call {
    Call {
        target: Target::Class(class.to_owned()),
        method: method.to_owned(),
        arguments,
        result,
    }
}

pub(crate) fn new(class: &str, label: &str, result: ObjectId) -> Call {
    on_class(class, CONSTRUCTOR, vec![Value::String(label.to_owned())], result)
}

pub(crate) fn reference(id: ObjectId) -> Value {
    Value::Object(ObjectReference {
        id,
        class: String::new(),
    })
}

pub(crate) fn calls(calls: Vec<Call>) -> Batch {
    Batch {
        calls,
        released: Vec::new(),
        deadline_millis: 0,
    }
}

#[track_caller]
pub(crate) fn value(reply: Reply) -> Value {
    match reply {
        Reply::Value(value) => value,
        Reply::Error { call, error } => panic!("call {call} failed: {error:?}"),
    }
}

#[track_caller]
pub(crate) fn error(reply: Reply) -> (u32, ErrorValue) {
    match reply {
        Reply::Error { call, error } => (call, *error),
        Reply::Value(value) => panic!("no error but {value:?}"),
    }
}
