//! Arrays other than `byte[]`, which is a value.

use std::sync::{Mutex, MutexGuard, PoisonError};

use super::failure::{Failure, Outcome, intern};
use super::value::JavaValue;
use crate::model::JavaObject;

/// An array.
pub(crate) struct JavaArray {
    /// The type of its elements, by full name.
    pub(crate) component: &'static str,
    class: &'static str,
    elements: Mutex<Vec<JavaValue>>,
}

impl JavaArray {
    /// An array of these elements.
    pub(crate) fn new(component: &str, elements: Vec<JavaValue>) -> Self {
        Self {
            component: intern(component),
            class: intern(&class_name(component)),
            elements: Mutex::new(elements),
        }
    }

    /// An array of texts.
    pub(crate) fn of_texts(texts: impl IntoIterator<Item = impl AsRef<str>>) -> Self {
        Self::new(
            "java.lang.String",
            texts.into_iter().map(JavaValue::text).collect(),
        )
    }

    /// An array of a length and, for more dimensions, of arrays, filled as Java fills it.
    pub(crate) fn filled(component: &str, dimensions: &[usize]) -> JavaValue {
        match dimensions {
            [] => default_of(component),
            [length] if component == "byte" => JavaValue::from(vec![0u8; *length]),
            [length, inner @ ..] => {
                let element = inner
                    .iter()
                    .fold(component.to_owned(), |name, _| format!("{name}[]"));
                let elements = (0..*length).map(|_| Self::filled(component, inner)).collect();
                JavaValue::object(Self::new(&element, elements))
            }
        }
    }

    /// The elements, locked.
    pub(crate) fn lock(&self) -> MutexGuard<'_, Vec<JavaValue>> {
        self.elements.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The elements.
    pub(crate) fn elements(&self) -> Vec<JavaValue> {
        self.lock().clone()
    }

    /// One element.
    pub(crate) fn get(&self, index: i64) -> Outcome {
        let elements = self.lock();
        usize::try_from(index)
            .ok()
            .and_then(|position| elements.get(position).cloned())
            .ok_or_else(|| out_of_bounds(index, elements.len()))
    }

    /// Sets one element.
    pub(crate) fn set(&self, index: i64, value: JavaValue) -> Outcome<()> {
        let mut elements = self.lock();
        let length = elements.len();
        let slot = usize::try_from(index)
            .ok()
            .and_then(|position| elements.get_mut(position))
            .ok_or_else(|| out_of_bounds(index, length))?;
        *slot = value;
        Ok(())
    }
}

impl JavaObject for JavaArray {
    fn class_name(&self) -> &'static str {
        self.class
    }
}

/// How Java calls the class of arrays of this type.
fn class_name(component: &str) -> String {
    if let Some(inner) = component.strip_suffix("[]") {
        return format!("[{}", class_name(inner));
    }
    match component {
        "boolean" => "[Z".to_owned(),
        "byte" => "[B".to_owned(),
        "short" => "[S".to_owned(),
        "char" => "[C".to_owned(),
        "int" => "[I".to_owned(),
        "long" => "[J".to_owned(),
        "float" => "[F".to_owned(),
        "double" => "[D".to_owned(),
        other => format!("[L{other};"),
    }
}

fn default_of(component: &str) -> JavaValue {
    match component {
        "boolean" => JavaValue::Boolean(false),
        "byte" => JavaValue::Byte(0),
        "short" => JavaValue::Short(0),
        "char" => JavaValue::Char('\0'),
        "int" => JavaValue::Int(0),
        "long" => JavaValue::Long(0),
        "float" => JavaValue::Float(0.0),
        "double" => JavaValue::Double(0.0),
        _ => JavaValue::Null,
    }
}

fn out_of_bounds(index: i64, length: usize) -> Failure {
    Failure::thrown(
        "java.lang.ArrayIndexOutOfBoundsException",
        format!("Index {index} out of bounds for length {length}"),
    )
}
