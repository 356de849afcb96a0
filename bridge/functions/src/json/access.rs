//! JSON_EXISTS, JSON_VALUE and JSON_QUERY: what a path leads to, and what is given if it leads nowhere.

use std::sync::{Arc, Mutex};

use arrow::array::{Array, ArrayRef, AsArray, BooleanArray, Float64Array, Int32Array};
use arrow::datatypes::{Float64Type, Int32Type};
use datafusion_physical_expr::PhysicalExpr;
use nutkin_plan::types::TypeKind;

use super::evaluate::evaluate;
use super::parse::parse;
use super::path::{Mode, Path, PathFault, split_mode};
use super::value::Json;
use super::write::write;
use crate::call::Call;
use crate::columns::{text_list_builder, try_text_column};
use crate::error::{FunctionError, Result};
use crate::function_expression::Values;

/// A path with its mode, or why it is none.
type Compiled = (Mode, Result<Path, PathFault>);

/// The path of an expression, compiled when it changes.
#[derive(Default)]
struct Paths {
    last: Mutex<Option<(String, Arc<Compiled>)>>,
}

impl Paths {
    fn get(&self, text: &str) -> Arc<Compiled> {
        let mut last = self.last.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
        if let Some((known, compiled)) = last.as_ref()
            && known == text
        {
            return Arc::clone(compiled);
        }
        let (mode, rest) = split_mode(text);
        let compiled = Arc::new((mode, Path::parse(rest)));
        *last = Some((text.to_owned(), Arc::clone(&compiled)));
        compiled
    }
}

/// What a path leads to in a text.
enum Found {
    /// A value; nothing and the JSON null are `None`.
    Value(Mode, Option<Json>),
    /// It cannot be told.
    Fault(String),
}

fn look_up(text: &str, compiled: &Compiled) -> Result<Found> {
    let (mode, path) = compiled;
    let root = match parse(text) {
        Ok(root) => root,
        Err(_) if *mode == Mode::Lax => return Ok(Found::Value(*mode, None)),
        Err(reason) => return Ok(Found::Fault(reason)),
    };
    if root == Json::Null {
        return Ok(Found::Fault("json object can not be null".to_owned()));
    }
    let path = match path {
        Ok(path) => path,
        Err(PathFault::Invalid(reason)) => return Ok(Found::Fault(reason.clone())),
        Err(PathFault::Unsupported(what)) => {
            return Err(FunctionError::unsupported(
                what.clone(),
                "Paths have members, indexes, slices, *, .., conditions with == != < <= > >= && || ! and \
                 the functions length, min, max, avg and sum.",
            ));
        }
    };
    Ok(match evaluate(path, &root, &root) {
        Ok(Json::Null) if *mode == Mode::Strict => {
            Found::Fault("Strict jsonpath mode requires a non empty returned value, but is null".to_owned())
        }
        Ok(Json::Null) => Found::Value(*mode, None),
        Ok(value) => Found::Value(*mode, Some(value)),
        Err(_) if *mode == Mode::Lax && path.is_definite() => Found::Value(*mode, None),
        Err(_) if *mode == Mode::Lax => Found::Value(*mode, Some(Json::Array(Vec::new()))),
        Err(reason) => Found::Fault(reason),
    })
}

fn failure(message: impl Into<String>) -> FunctionError {
    FunctionError::Compute {
        class: "org.apache.flink.table.api.TableRuntimeException",
        message: message.into(),
    }
}

/// The symbol that is an argument, or the usual one.
fn symbol(values: &Values<'_>, index: usize, usual: &str) -> Result<String> {
    if values.count() <= index {
        return Ok(usual.to_owned());
    }
    Ok(values.texts(index)?.get(0).unwrap_or(usual).to_owned())
}

/// `JSON_EXISTS(input, path, on error)`.
pub(super) fn exists(call: Call<'_>) -> Result<Arc<dyn PhysicalExpr>> {
    let paths = Paths::default();
    Ok(call.with(Arc::new(move |values| {
        let (text, path) = (values.texts(0)?, values.texts(1)?);
        let on_error = symbol(values, 2, "FALSE")?;
        let mut answers = Vec::with_capacity(values.rows());
        for row in 0..values.rows() {
            let (Some(text), Some(path)) = (text.get(row), path.get(row)) else {
                answers.push(None);
                continue;
            };
            answers.push(match look_up(text, &paths.get(path))? {
                Found::Value(_, value) => Some(value.is_some()),
                Found::Fault(reason) => match on_error.as_str() {
                    "TRUE" => Some(true),
                    "FALSE" => Some(false),
                    "UNKNOWN" => None,
                    _ => return Err(failure(reason)),
                },
            });
        }
        Ok(Arc::new(BooleanArray::from(answers)) as ArrayRef)
    })))
}

/// What JSON_VALUE gives for a row.
enum Choice {
    Null,
    Value(Json),
    DefaultOnEmpty,
    DefaultOnError,
}

fn choose(found: Found, on_empty: &str, on_error: &str) -> Result<Choice> {
    let fault = match found {
        Found::Value(_, Some(value)) if value.is_scalar() => return Ok(Choice::Value(value)),
        Found::Value(Mode::Strict, Some(value)) => {
            let mut text = String::new();
            write(&value, &mut text);
            format!("Strict jsonpath mode requires scalar value, and the actual value is: ''{text}''")
        }
        Found::Value(..) => {
            return match on_empty {
                "ERROR" => Err(failure("Empty result of JSON_VALUE function is not allowed")),
                "DEFAULT" => Ok(Choice::DefaultOnEmpty),
                _ => Ok(Choice::Null),
            };
        }
        Found::Fault(reason) => reason,
    };
    match on_error {
        "ERROR" => Err(failure(fault)),
        "DEFAULT" => Ok(Choice::DefaultOnError),
        _ => Ok(Choice::Null),
    }
}

/// `JSON_VALUE(input, path, on empty, default, on error, default)`.
pub(super) fn value(mut call: Call<'_>) -> Result<Arc<dyn PhysicalExpr>> {
    let kind = call.result.kind.clone();
    for index in [3, 5] {
        if call.types.len() <= index {
            continue;
        }
        let is_text = |kind: &TypeKind| matches!(kind, TypeKind::Char(_) | TypeKind::VarChar(_));
        let default = &call.types[index].kind;
        if *default != TypeKind::Null && *default != kind && !(is_text(default) && is_text(&kind)) {
            return Err(FunctionError::Compute {
                class: "java.lang.ClassCastException",
                message: format!(
                    "The default of JSON_VALUE is {}, but the function returns {}",
                    call.types[index], call.result
                ),
            });
        }
        let target = call.result.clone();
        call.cast_argument(index, &target)?;
    }
    let paths = Paths::default();
    Ok(call.with(Arc::new(move |values| {
        let choices = value_choices(values, &paths)?;
        let defaults = [3, 5].map(|index| (values.count() > index).then(|| values.array(index)));
        let [on_empty, on_error] = defaults;
        let (on_empty, on_error) = (on_empty.transpose()?, on_error.transpose()?);
        let default = |choice: &Choice| match choice {
            Choice::DefaultOnEmpty => on_empty.as_ref(),
            Choice::DefaultOnError => on_error.as_ref(),
            _ => None,
        };
        let wrong = |value: &Json| FunctionError::Compute {
            class: "java.lang.ClassCastException",
            message: format!("JSON_VALUE found {value:?}, which is not of the type that it returns"),
        };
        match kind {
            TypeKind::Boolean => column(&choices, |row, choice| match choice {
                Choice::Value(Json::Boolean(value)) => Ok(Some(*value)),
                Choice::Value(other) => Err(wrong(other)),
                other => Ok(default(other)
                    .filter(|array| array.is_valid(row))
                    .map(|array| array.as_boolean().value(row))),
            })
            .map(|column: BooleanArray| Arc::new(column) as ArrayRef),
            TypeKind::Int => column(&choices, |row, choice| match choice {
                Choice::Value(Json::Integer(digits)) => {
                    let value = digits
                        .parse()
                        .map_err(|_| wrong(&Json::Integer(digits.clone())))?;
                    Ok(Some(value))
                }
                Choice::Value(other) => Err(wrong(other)),
                other => Ok(default(other)
                    .filter(|array| array.is_valid(row))
                    .map(|array| array.as_primitive::<Int32Type>().value(row))),
            })
            .map(|column: Int32Array| Arc::new(column) as ArrayRef),
            TypeKind::Double => column(&choices, |row, choice| match choice {
                Choice::Value(value @ Json::Decimal(_)) => Ok(value.as_number()),
                Choice::Value(other) => Err(wrong(other)),
                other => Ok(default(other)
                    .filter(|array| array.is_valid(row))
                    .map(|array| array.as_primitive::<Float64Type>().value(row))),
            })
            .map(|column: Float64Array| Arc::new(column) as ArrayRef),
            _ => try_text_column(choices.len(), |row, out| {
                match &choices[row] {
                    Choice::Value(Json::Text(text)) => out.push_str(text),
                    Choice::Value(value) => write(value, out),
                    other => match default(other).filter(|array| array.is_valid(row)) {
                        Some(array) => out.push_str(array.as_string::<i32>().value(row)),
                        None => return Ok(None),
                    },
                }
                Ok(Some(()))
            }),
        }
    })))
}

fn value_choices(values: &Values<'_>, paths: &Paths) -> Result<Vec<Choice>> {
    let (text, path) = (values.texts(0)?, values.texts(1)?);
    let (on_empty, on_error) = (symbol(values, 2, "NULL")?, symbol(values, 4, "NULL")?);
    (0..values.rows())
        .map(|row| match (text.get(row), path.get(row)) {
            (Some(text), Some(path)) => choose(look_up(text, &paths.get(path))?, &on_empty, &on_error),
            _ => Ok(Choice::Null),
        })
        .collect()
}

fn column<T, C: FromIterator<Option<T>>>(
    choices: &[Choice],
    value: impl Fn(usize, &Choice) -> Result<Option<T>>,
) -> Result<C> {
    choices
        .iter()
        .enumerate()
        .map(|(row, choice)| value(row, choice))
        .collect()
}

/// The value of JSON_QUERY for a row: an array or an object, or `None` for NULL.
fn queried(found: Found, wrapper: &str, on_empty: &str, on_error: &str, lists: bool) -> Result<Option<Json>> {
    let given = |behaviour: &str| match behaviour {
        "NULL" => Some(None),
        "EMPTY_ARRAY" => Some(Some(Json::Array(Vec::new()))),
        "EMPTY_OBJECT" if !lists => Some(Some(Json::Object(Vec::new()))),
        _ => None,
    };
    let fault = match found {
        Found::Fault(reason) => reason,
        Found::Value(mode, value) => {
            let value = value.map(|value| match (wrapper, &value) {
                ("UNCONDITIONAL_ARRAY", _) => Json::Array(vec![value]),
                ("CONDITIONAL_ARRAY", Json::Array(_)) => value,
                ("CONDITIONAL_ARRAY", _) => Json::Array(vec![value]),
                _ => value,
            });
            match value {
                Some(value @ Json::Array(_)) => return Ok(Some(value)),
                Some(value @ Json::Object(_)) if !lists => return Ok(Some(value)),
                Some(Json::Object(_)) => "an object cannot be returned as an array".to_owned(),
                Some(value) if mode == Mode::Strict => {
                    let mut text = String::new();
                    write(&value, &mut text);
                    format!(
                        "Strict jsonpath mode requires array or object value, and the actual value is: ''{text}''"
                    )
                }
                _ => {
                    return given(on_empty)
                        .ok_or_else(|| failure("Empty result of JSON_QUERY function is not allowed"));
                }
            }
        }
    };
    given(on_error).ok_or_else(|| failure(fault))
}

/// `JSON_QUERY(input, path, wrapper, on empty, on error)`.
pub(super) fn query(call: Call<'_>) -> Result<Arc<dyn PhysicalExpr>> {
    let lists = matches!(call.result.kind, TypeKind::Array(_));
    let arrow_type = call.result.to_arrow();
    let paths = Paths::default();
    Ok(call.with(Arc::new(move |values| {
        let (text, path) = (values.texts(0)?, values.texts(1)?);
        let wrapper = symbol(values, 2, "WITHOUT_ARRAY")?;
        let (on_empty, on_error) = (symbol(values, 3, "NULL")?, symbol(values, 4, "NULL")?);
        let row_value = |row: usize| match (text.get(row), path.get(row)) {
            (Some(text), Some(path)) => queried(
                look_up(text, &paths.get(path))?,
                &wrapper,
                &on_empty,
                &on_error,
                lists,
            ),
            _ => Ok(None),
        };
        if !lists {
            return try_text_column(values.rows(), |row, out| {
                Ok(row_value(row)?.map(|value| write(&value, out)))
            });
        }
        let mut builder = text_list_builder(&arrow_type);
        let mut written = String::new();
        for row in 0..values.rows() {
            let Some(Json::Array(items)) = row_value(row)? else {
                builder.append_null();
                continue;
            };
            for item in &items {
                match item {
                    Json::Null => builder.values().append_null(),
                    Json::Text(text) => builder.values().append_value(text),
                    other => {
                        written.clear();
                        write(other, &mut written);
                        builder.values().append_value(&written);
                    }
                }
            }
            builder.append(true);
        }
        Ok(Arc::new(builder.finish()) as ArrayRef)
    })))
}
