//! Parameters: what a method takes, and whether an argument fits.

use std::fmt;

use nutkin_protocol::Value;

use super::argument::Argument;
use super::class_table::ClassTable;

/// A parameter of a method.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Parameter {
    /// The parameter's name, for the documentation.
    pub name: &'static str,
    /// What it takes.
    pub parameter_type: ParameterType,
    /// Whether it takes any number of arguments; only the last parameter can.
    pub repeated: bool,
}

/// What a parameter takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ParameterType {
    /// `boolean`.
    Boolean,
    /// `int`; a `long` that fits is taken as well, because Python has one kind of integer.
    Int,
    /// `long` or `int`.
    Long,
    /// `String`.
    String,
    /// `byte[]`.
    Bytes,
    /// Rows as an Arrow IPC stream; `byte[]` is taken as well.
    Rows,
    /// `java.util.Map`.
    Map,
    /// Any value that is no object; null and lists included.
    Constant,
    /// `java.util.List` of these.
    List(&'static ParameterType),
    /// An object of this class or of one below it.
    Object(&'static str),
    /// This or null.
    Nullable(&'static ParameterType),
    /// One of these.
    Either(&'static [ParameterType]),
}

impl Parameter {
    /// A parameter for one argument.
    #[must_use]
    pub const fn one(name: &'static str, parameter_type: ParameterType) -> Self {
        Self {
            name,
            parameter_type,
            repeated: false,
        }
    }

    /// A last parameter for any number of arguments.
    #[must_use]
    pub const fn many(name: &'static str, parameter_type: ParameterType) -> Self {
        Self {
            name,
            parameter_type,
            repeated: true,
        }
    }

    /// Whether these arguments fit these parameters.
    #[must_use]
    pub fn accept(parameters: &[Self], arguments: &[Argument], classes: &ClassTable) -> bool {
        let fits = |parameter: &Self, argument| parameter.parameter_type.accepts(argument, classes);
        match parameters.split_last() {
            Some((last, before)) if last.repeated => {
                arguments.len() >= before.len()
                    && before
                        .iter()
                        .zip(arguments)
                        .all(|(one, argument)| fits(one, argument))
                    && arguments[before.len()..]
                        .iter()
                        .all(|argument| fits(last, argument))
            }
            _ => {
                parameters.len() == arguments.len()
                    && parameters
                        .iter()
                        .zip(arguments)
                        .all(|(one, argument)| fits(one, argument))
            }
        }
    }
}

impl ParameterType {
    fn accepts(&self, argument: &Argument, classes: &ClassTable) -> bool {
        match (self, argument) {
            (Self::Boolean, Argument::Value(Value::Boolean(_)))
            | (Self::Int, Argument::Value(Value::Byte(_) | Value::Short(_) | Value::Int(_)))
            | (
                Self::Long,
                Argument::Value(Value::Byte(_) | Value::Short(_) | Value::Int(_) | Value::Long(_)),
            )
            | (Self::String, Argument::Value(Value::String(_)))
            | (Self::Bytes, Argument::Value(Value::Bytes(_)))
            | (Self::Rows, Argument::Value(Value::Arrow(_) | Value::Bytes(_)))
            | (Self::Map, Argument::Value(Value::Map(_)))
            | (Self::Constant, Argument::Value(_) | Argument::List(_))
            | (Self::Nullable(_), Argument::Value(Value::Null)) => true,
            (Self::Int, Argument::Value(Value::Long(number))) => i32::try_from(*number).is_ok(),
            (Self::List(element), Argument::List(elements)) => {
                elements.iter().all(|one| element.accepts(one, classes))
            }
            (Self::Object(class), Argument::Object(object)) => {
                classes.is_subclass(object.class_name(), class)
            }
            (Self::Nullable(inner), argument) => inner.accepts(argument, classes),
            (Self::Either(choices), argument) => choices.iter().any(|one| one.accepts(argument, classes)),
            _ => false,
        }
    }
}

/// Prints as Java spells the parameter.
impl fmt::Display for Parameter {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let dots = if self.repeated { "..." } else { "" };
        write!(formatter, "{}{dots} {}", self.parameter_type, self.name)
    }
}

impl fmt::Display for ParameterType {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Boolean => formatter.write_str("boolean"),
            Self::Int => formatter.write_str("int"),
            Self::Long => formatter.write_str("long"),
            Self::String => formatter.write_str("String"),
            Self::Bytes => formatter.write_str("byte[]"),
            Self::Rows => formatter.write_str("Arrow"),
            Self::Map => formatter.write_str("Map"),
            Self::Constant => formatter.write_str("constant"),
            Self::List(element) => write!(formatter, "List<{element}>"),
            Self::Object(class) => formatter.write_str(super::class::simple_name(class)),
            Self::Nullable(inner) => write!(formatter, "{inner}|null"),
            Self::Either(choices) => {
                for (position, choice) in choices.iter().enumerate() {
                    let separator = if position == 0 { "" } else { "|" };
                    write!(formatter, "{separator}{choice}")?;
                }
                Ok(())
            }
        }
    }
}
