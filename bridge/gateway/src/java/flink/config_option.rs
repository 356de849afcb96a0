//! `ConfigOption`, how options are declared, and the options that PyFlink names.

use super::super::call::Call;
use super::super::class::Class;
use super::super::failure::Outcome;
use super::super::value::{JavaValue, string_hash};
use crate::model::JavaObject;

/// An option with the type of its values.
#[derive(Clone)]
pub(crate) struct ConfigOption {
    /// The key.
    pub(crate) key: String,
    /// The type of its values.
    pub(crate) kind: OptionKind,
    /// The value when it is not set.
    pub(crate) default: JavaValue,
}

/// The type of an option's values.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum OptionKind {
    /// `String`.
    Text,
    /// `Boolean`.
    Boolean,
    /// `Integer`.
    Int,
    /// `Long`.
    Long,
    /// `Float` and `Double`.
    Double,
}

impl OptionKind {
    /// A text as a value of this type; a text that is none stays one.
    pub(crate) fn read(self, text: &str) -> JavaValue {
        let read = match self {
            Self::Text => None,
            Self::Boolean => text.trim().to_lowercase().parse().ok().map(JavaValue::Boolean),
            Self::Int => text.trim().parse().ok().map(JavaValue::Int),
            Self::Long => text.trim().parse().ok().map(JavaValue::Long),
            Self::Double => text.trim().parse().ok().map(JavaValue::Double),
        };
        read.unwrap_or_else(|| text.into())
    }
}

impl JavaObject for ConfigOption {
    fn class_name(&self) -> &'static str {
        "org.apache.flink.configuration.ConfigOption"
    }

    fn java_equals(&self, other: &dyn JavaObject) -> bool {
        let any: &(dyn std::any::Any + Send + Sync) = other;
        any.downcast_ref::<Self>()
            .is_some_and(|other| other.key == self.key)
    }

    fn java_hash(&self) -> i32 {
        string_hash(&self.key)
    }

    fn java_string(&self) -> String {
        format!(
            "Key: '{}' , default: {} (fallback keys: [])",
            self.key,
            self.default.to_text()
        )
    }

    fn as_text(&self) -> Option<String> {
        Some(self.key.clone())
    }
}

/// An option whose key is known and whose type is not.
struct OptionBuilder(String);

/// An option without a default value.
struct TypedBuilder(String, OptionKind);

impl JavaObject for OptionBuilder {
    fn class_name(&self) -> &'static str {
        "org.apache.flink.configuration.ConfigOptions$OptionBuilder"
    }
}

impl JavaObject for TypedBuilder {
    fn class_name(&self) -> &'static str {
        "org.apache.flink.configuration.ConfigOptions$TypedConfigOptionBuilder"
    }
}

fn option(key: &str, kind: OptionKind, default: JavaValue) -> JavaValue {
    JavaValue::object(ConfigOption {
        key: key.to_owned(),
        kind,
        default,
    })
}

fn typed(call: &Call<'_>, kind: OptionKind) -> Outcome {
    let builder = call.this::<OptionBuilder>()?;
    Ok(JavaValue::object(TypedBuilder(builder.0.clone(), kind)))
}

pub(super) fn classes() -> Vec<Class> {
    const OPTION: &str = "org.apache.flink.configuration.ConfigOption";
    vec![
        Class::new(OPTION)
            .method("String key()", |call| {
                Ok(call.this::<ConfigOption>()?.key.as_str().into())
            })
            .method("boolean hasDefaultValue()", |call| {
                Ok((!call.this::<ConfigOption>()?.default.is_null()).into())
            })
            .method("Object defaultValue()", |call| {
                Ok(call.this::<ConfigOption>()?.default.clone())
            }),
        Class::new("org.apache.flink.configuration.ConfigOptions").function("Object key(String)", |call| {
            Ok(JavaValue::object(OptionBuilder(call.text(0)?.to_owned())))
        }),
        Class::new("org.apache.flink.configuration.ConfigOptions$OptionBuilder")
            .method("Object booleanType()", |call| typed(call, OptionKind::Boolean))
            .method("Object intType()", |call| typed(call, OptionKind::Int))
            .method("Object longType()", |call| typed(call, OptionKind::Long))
            .method("Object floatType()", |call| typed(call, OptionKind::Double))
            .method("Object doubleType()", |call| typed(call, OptionKind::Double))
            .method("Object stringType()", |call| typed(call, OptionKind::Text)),
        Class::new("org.apache.flink.configuration.ConfigOptions$TypedConfigOptionBuilder")
            .method("ConfigOption defaultValue(Object)", |call| {
                let builder = call.this::<TypedBuilder>()?;
                Ok(option(&builder.0, builder.1, call.value(0)?.clone()))
            })
            .method("ConfigOption noDefaultValue()", |call| {
                let builder = call.this::<TypedBuilder>()?;
                Ok(option(&builder.0, builder.1, JavaValue::Null))
            }),
        Class::new("org.apache.flink.configuration.DeploymentOptions").field("ConfigOption TARGET", || {
            option("execution.target", OptionKind::Text, JavaValue::Null)
        }),
        Class::new("org.apache.flink.configuration.PipelineOptions")
            .field("ConfigOption JARS", || {
                option("pipeline.jars", OptionKind::Text, JavaValue::Null)
            })
            .field("ConfigOption CLASSPATHS", || {
                option("pipeline.classpaths", OptionKind::Text, JavaValue::Null)
            })
            .field("ConfigOption NAME", || {
                option("pipeline.name", OptionKind::Text, JavaValue::Null)
            }),
        python_options(),
        Class::new("org.apache.flink.python.util.PythonDependencyUtils")
            .field("String FILE_DELIMITER", || ",".into())
            .field("String PARAM_DELIMITER", || "#".into()),
    ]
}

fn python_options() -> Class {
    Class::new("org.apache.flink.python.PythonOptions")
        .field("ConfigOption MAX_ARROW_BATCH_SIZE", || {
            option(
                "python.fn-execution.arrow.batch.size",
                OptionKind::Int,
                JavaValue::Int(1000),
            )
        })
        .field("ConfigOption PYTHON_EXECUTABLE", || {
            option("python.executable", OptionKind::Text, JavaValue::Null)
        })
        .field("ConfigOption PYTHON_FILES", || {
            option("python.files", OptionKind::Text, JavaValue::Null)
        })
        .field("ConfigOption PYTHON_REQUIREMENTS", || {
            option("python.requirements", OptionKind::Text, JavaValue::Null)
        })
        .field("ConfigOption PYTHON_ARCHIVES", || {
            option("python.archives", OptionKind::Text, JavaValue::Null)
        })
        .field("ConfigOption PYTHON_LOGGING_LEVEL_OVERRIDE", || {
            option("python.logging.level.override", OptionKind::Text, JavaValue::Null)
        })
}
