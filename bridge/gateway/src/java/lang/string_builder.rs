//! `StringBuilder` and `StringBuffer`.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::super::call::Call;
use super::super::class::Class;
use super::super::failure::{Failure, Outcome};
use super::super::value::JavaValue;
use crate::model::JavaObject;

/// A text that is being put together.
struct StringBuilder {
    class: &'static str,
    /// UTF-16 units, which positions count.
    units: Mutex<Vec<u16>>,
}

impl StringBuilder {
    fn lock(&self) -> MutexGuard<'_, Vec<u16>> {
        self.units.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl JavaObject for StringBuilder {
    fn class_name(&self) -> &'static str {
        self.class
    }

    fn java_string(&self) -> String {
        String::from_utf16_lossy(&self.lock())
    }
}

pub(super) fn classes() -> Vec<Class> {
    vec![class("java.lang.StringBuilder"), class("java.lang.StringBuffer")]
}

fn class(name: &'static str) -> Class {
    let class = Class::new(name)
        .implements(&["java.lang.CharSequence"])
        .constructor("()", |call| Ok(new(call, "")))
        .constructor("(int)", |call| Ok(new(call, "")))
        .constructor("(String)", |call| Ok(new(call, call.text(0)?)))
        .constructor("(CharSequence)", |call| {
            let text = call.value(0)?.to_text();
            Ok(new(call, &text))
        });
    let class = [
        "StringBuilder append(boolean)",
        "StringBuilder append(int)",
        "StringBuilder append(long)",
        "StringBuilder append(float)",
        "StringBuilder append(double)",
        "StringBuilder append(String)",
        "StringBuilder append(Object)",
    ]
    .into_iter()
    .fold(class, |class, signature| class.method(signature, append));
    class
        .method("StringBuilder insert(int, String)", |call| {
            let builder = call.this::<StringBuilder>()?;
            let mut units = builder.lock();
            let at = position(call, 0, units.len())?;
            units.splice(at..at, call.text(1)?.encode_utf16());
            drop(units);
            Ok(builder.into())
        })
        .method("StringBuilder insert(int, Object)", |call| {
            let builder = call.this::<StringBuilder>()?;
            let text = call.value(1)?.to_text();
            let mut units = builder.lock();
            let at = position(call, 0, units.len())?;
            units.splice(at..at, text.encode_utf16());
            drop(units);
            Ok(builder.into())
        })
        .method("StringBuilder delete(int, int)", |call| {
            let builder = call.this::<StringBuilder>()?;
            let mut units = builder.lock();
            let end = call.index(1)?.min(units.len());
            let start = position(call, 0, end)?;
            units.drain(start..end);
            drop(units);
            Ok(builder.into())
        })
        .method("StringBuilder deleteCharAt(int)", |call| {
            let builder = call.this::<StringBuilder>()?;
            let mut units = builder.lock();
            let last = units.len().checked_sub(1).ok_or_else(|| out_of_bounds(0, 0))?;
            let at = position(call, 0, last)?;
            units.remove(at);
            drop(units);
            Ok(builder.into())
        })
        .method("StringBuilder reverse()", |call| {
            let builder = call.this::<StringBuilder>()?;
            let reversed: String = builder.java_string().chars().rev().collect();
            *builder.lock() = reversed.encode_utf16().collect();
            Ok(builder.into())
        })
        .method("void setLength(int)", |call| {
            let length = call.index(0)?;
            call.this::<StringBuilder>()?.lock().resize(length, 0);
            Ok(JavaValue::Void)
        })
        .method("int length()", |call| {
            Ok(JavaValue::count(call.this::<StringBuilder>()?.lock().len()))
        })
        .method("int capacity()", |call| {
            Ok(JavaValue::count(call.this::<StringBuilder>()?.lock().len() + 16))
        })
        .method("char charAt(int)", |call| {
            let builder = call.this::<StringBuilder>()?;
            let units = builder.lock();
            let last = units.len().checked_sub(1).ok_or_else(|| out_of_bounds(0, 0))?;
            let unit = units[position(call, 0, last)?];
            Ok(JavaValue::Char(char::from_u32(u32::from(unit)).unwrap_or('?')))
        })
        .method("int indexOf(String)", |call| {
            let wanted: Vec<u16> = call.text(0)?.encode_utf16().collect();
            let builder = call.this::<StringBuilder>()?;
            let units = builder.lock();
            let found = (0..=units.len().saturating_sub(wanted.len()))
                .find(|start| units[*start..].starts_with(&wanted));
            Ok(found.map_or(JavaValue::Int(-1), JavaValue::count))
        })
        .method("String substring(int)", |call| {
            let builder = call.this::<StringBuilder>()?;
            let units = builder.lock();
            Ok(String::from_utf16_lossy(&units[position(call, 0, units.len())?..]).into())
        })
        .method("String substring(int, int)", |call| {
            let builder = call.this::<StringBuilder>()?;
            let units = builder.lock();
            let end = position(call, 1, units.len())?;
            let start = position(call, 0, end)?;
            Ok(String::from_utf16_lossy(&units[start..end]).into())
        })
}

fn new(call: &Call<'_>, text: &str) -> JavaValue {
    JavaValue::object(StringBuilder {
        class: call.class,
        units: Mutex::new(text.encode_utf16().collect()),
    })
}

fn append(call: &mut Call<'_>) -> Outcome {
    let builder: Arc<StringBuilder> = call.this()?;
    let text = match call.value(0)? {
        value @ JavaValue::Object(_) => call.machine.to_text(call.thread, &value.clone())?,
        value => value.to_text(),
    };
    builder.lock().extend(text.encode_utf16());
    Ok(builder.into())
}

fn position(call: &Call<'_>, argument: usize, last: usize) -> Outcome<usize> {
    let index = call.long(argument)?;
    usize::try_from(index)
        .ok()
        .filter(|position| *position <= last)
        .ok_or_else(|| out_of_bounds(index, last))
}

fn out_of_bounds(index: i64, length: usize) -> Failure {
    Failure::thrown(
        "java.lang.StringIndexOutOfBoundsException",
        format!("index {index},length {length}"),
    )
}
