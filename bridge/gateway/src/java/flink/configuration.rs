//! `Configuration`, `TableConfig`, and the configuration of a cluster that is not there.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::super::call::Call;
use super::super::class::Class;
use super::super::collection::map::JavaMap;
use super::super::collection::set::JavaSet;
use super::super::failure::{Failure, Outcome};
use super::super::value::JavaValue;
use super::config_option::{ConfigOption, OptionKind};
use crate::class::TableConfig;
use crate::environment::TableEnvironment;
use crate::model::JavaObject;

const EXECUTABLE: &str = "python.executable";
const TARGET: &str = "execution.target";

/// A `Configuration`.
pub(crate) struct Configuration(Store);

enum Store {
    /// Values of its own.
    Own(Mutex<BTreeMap<String, String>>),
    /// The values of a table environment.
    Environment(Arc<TableEnvironment>),
    /// The values of a table environment as a program finds them in the environment that its jobs run
    /// in. PyFlink names the interpreter of functions only to a local cluster, and starts a server for
    /// Java's workers only for a local cluster: the answer is yes until the interpreter is known.
    Execution(Arc<TableEnvironment>),
}

impl Configuration {
    /// A configuration of these values.
    pub(crate) fn own(values: BTreeMap<String, String>) -> Self {
        Self(Store::Own(Mutex::new(values)))
    }

    /// The configuration that an environment runs its jobs with.
    pub(crate) fn of_execution(environment: Arc<TableEnvironment>) -> Self {
        Self(Store::Execution(environment))
    }

    fn get(&self, key: &str) -> Option<String> {
        match &self.0 {
            Store::Own(values) => lock(values).get(key).cloned(),
            Store::Execution(environment) if key == TARGET => {
                let known = of(environment, EXECUTABLE).is_some();
                (!known).then(|| "local".to_owned())
            }
            Store::Environment(environment) | Store::Execution(environment) => of(environment, key),
        }
    }

    fn set(&self, key: &str, value: &str) -> Outcome<()> {
        match &self.0 {
            Store::Own(values) => {
                lock(values).insert(key.to_owned(), value.to_owned());
                Ok(())
            }
            Store::Environment(environment) | Store::Execution(environment) => {
                Ok(environment.with_configuration(|all| all.set(key, value))?)
            }
        }
    }

    fn remove(&self, key: &str) -> bool {
        match &self.0 {
            Store::Own(values) => lock(values).remove(key).is_some(),
            Store::Environment(environment) | Store::Execution(environment) => {
                environment.with_configuration(|all| all.remove(key))
            }
        }
    }

    /// All values.
    pub(crate) fn values(&self) -> BTreeMap<String, String> {
        match &self.0 {
            Store::Own(values) => lock(values).clone(),
            Store::Environment(environment) | Store::Execution(environment) => {
                environment.with_configuration(|all| all.values().clone())
            }
        }
    }
}

fn of(environment: &TableEnvironment, key: &str) -> Option<String> {
    environment.with_configuration(|all| all.get(key).map(str::to_owned))
}

fn lock(values: &Mutex<BTreeMap<String, String>>) -> MutexGuard<'_, BTreeMap<String, String>> {
    values.lock().unwrap_or_else(PoisonError::into_inner)
}

impl JavaObject for Configuration {
    fn class_name(&self) -> &'static str {
        "org.apache.flink.configuration.Configuration"
    }

    fn java_equals(&self, other: &dyn JavaObject) -> bool {
        let any: &(dyn std::any::Any + Send + Sync) = other;
        any.downcast_ref::<Self>()
            .is_some_and(|other| other.values() == self.values())
    }

    fn java_hash(&self) -> i32 {
        self.values().iter().fold(0, |hash, (key, value)| {
            hash ^ JavaValue::text(format!("{key}={value}")).hash_code()
        })
    }

    fn java_string(&self) -> String {
        let texts: Vec<String> = self
            .values()
            .iter()
            .map(|(key, value)| format!("{key}={value}"))
            .collect();
        format!("{{{}}}", texts.join(", "))
    }
}

fn this(call: &Call<'_>) -> Outcome<Arc<Configuration>> {
    call.this()
}

/// The value of an option, or what stands for it.
fn read(found: Option<String>, option: &ConfigOption, otherwise: JavaValue) -> JavaValue {
    match found {
        Some(text) => option.kind.read(&text),
        None if otherwise.is_null() => option.default.clone(),
        None => otherwise,
    }
}

pub(super) fn classes() -> Vec<Class> {
    vec![
        changes(
            Class::new("org.apache.flink.configuration.Configuration")
                .constructor("()", |_| {
                    Ok(JavaValue::object(Configuration::own(BTreeMap::new())))
                })
                .constructor("(Configuration)", |call| {
                    let values = call.object::<Configuration>(0)?.values();
                    Ok(JavaValue::object(Configuration::own(values)))
                })
                .function("Configuration fromMap(Map)", |call| {
                    let entries = call.object::<JavaMap>(0)?.entries();
                    let texts = entries
                        .iter()
                        .map(|(key, value)| (key.to_text(), value.to_text()));
                    Ok(JavaValue::object(Configuration::own(texts.collect())))
                })
                .method("boolean containsKey(String)", |call| {
                    Ok(this(call)?.get(call.text(0)?).is_some().into())
                })
                .method("boolean contains(ConfigOption)", |call| {
                    let option = call.object::<ConfigOption>(0)?;
                    Ok(this(call)?.get(&option.key).is_some().into())
                })
                .method("String getString(String, String)", |call| {
                    match this(call)?.get(call.text(0)?) {
                        Some(value) => Ok(value.into()),
                        None => Ok(call.value(1)?.clone()),
                    }
                })
                .method("Object get(ConfigOption)", |call| {
                    let option = call.object::<ConfigOption>(0)?;
                    Ok(read(this(call)?.get(&option.key), &option, JavaValue::Null))
                })
                .method("Object get(ConfigOption, Object)", |call| {
                    let option = call.object::<ConfigOption>(0)?;
                    let otherwise = call.value(1)?.clone();
                    Ok(read(this(call)?.get(&option.key), &option, otherwise))
                })
                .method("byte[] getBytes(String, byte[])", |call| {
                    match this(call)?.get(call.text(0)?) {
                        Some(text) => Ok(text.chars().map(|c| c as u8).collect::<Vec<u8>>().into()),
                        None => Ok(call.value(1)?.clone()),
                    }
                })
                .method("Set keySet()", |call| {
                    let keys = this(call)?.values().into_keys().map(JavaValue::from).collect();
                    JavaSet::view("java.util.HashMap$KeySet", keys)
                })
                .method("Map toMap()", |call| JavaMap::of_texts(this(call)?.values()))
                .method("Configuration clone()", |call| {
                    Ok(JavaValue::object(Configuration::own(this(call)?.values())))
                }),
        ),
        table_config(),
    ]
}

fn changes(class: Class) -> Class {
    class
        .method("void setString(String, String)", |call| {
            this(call)?.set(call.text(0)?, call.text(1)?)?;
            Ok(JavaValue::Void)
        })
        .method("Configuration set(ConfigOption, Object)", |call| {
            let option = call.object::<ConfigOption>(0)?;
            this(call)?.set(&option.key, &call.value(1)?.to_text())?;
            Ok(call.this.clone())
        })
        // One character a byte, which getBytes reads back.
        .method("void setBytes(String, byte[])", |call| {
            let JavaValue::Bytes(bytes) = call.value(1)? else {
                return Err(Failure::bare("java.lang.NullPointerException"));
            };
            let text: String = bytes.iter().map(|byte| char::from(*byte)).collect();
            this(call)?.set(call.text(0)?, &text)?;
            Ok(JavaValue::Void)
        })
        .method("void addAll(Configuration)", |call| {
            let configuration = this(call)?;
            for (key, value) in call.object::<Configuration>(0)?.values() {
                configuration.set(&key, &value)?;
            }
            Ok(JavaValue::Void)
        })
        .method("void addAll(Configuration, String)", |call| {
            let configuration = this(call)?;
            let prefix = call.text(1)?;
            for (key, value) in call.object::<Configuration>(0)?.values() {
                configuration.set(&format!("{prefix}{key}"), &value)?;
            }
            Ok(JavaValue::Void)
        })
        .method("void addAllToProperties(Properties)", |call| {
            let properties = call.object::<JavaMap>(0)?;
            let mut entries = properties.change()?;
            for (key, value) in this(call)?.values() {
                entries.put(key.into(), value.into())?;
            }
            Ok(JavaValue::Void)
        })
        .method("boolean removeKey(String)", |call| {
            Ok(this(call)?.remove(call.text(0)?).into())
        })
        .method("boolean removeConfig(ConfigOption)", |call| {
            let option = call.object::<ConfigOption>(0)?;
            Ok(this(call)?.remove(&option.key).into())
        })
}

fn environment(call: &Call<'_>) -> Outcome<Arc<TableEnvironment>> {
    Ok(Arc::clone(&call.this::<TableConfig>()?.0))
}

/// What Java's `TableConfig` has beyond the native one.
fn table_config() -> Class {
    Class::new("org.apache.flink.table.api.TableConfig")
        .function("Object getDefault()", |call| {
            let environment = TableEnvironment::new(
                call.machine.session.shared(),
                nutkin_plan::catalog::DEFAULT_CATALOG,
                nutkin_plan::catalog::DEFAULT_DATABASE,
                crate::configuration::Configuration::default(),
                None,
            );
            Ok(JavaValue::object(TableConfig(Arc::new(environment))))
        })
        .method("Configuration getConfiguration()", |call| {
            Ok(JavaValue::object(Configuration(Store::Environment(environment(
                call,
            )?))))
        })
        // What a cluster's own file sets: there is none.
        .method("Configuration getRootConfiguration()", |_| {
            Ok(JavaValue::object(Configuration::own(BTreeMap::new())))
        })
        .method("Object get(ConfigOption)", |call| {
            let option = call.object::<ConfigOption>(0)?;
            Ok(read(
                of(&*environment(call)?, &option.key),
                &option,
                JavaValue::Null,
            ))
        })
        .method("Object set(ConfigOption, Object)", |call| {
            let option = call.object::<ConfigOption>(0)?;
            let text = call.value(1)?.to_text();
            environment(call)?.with_configuration(|all| all.set(&option.key, &text))?;
            Ok(call.this.clone())
        })
        .method("void addConfiguration(Configuration)", |call| {
            let environment = environment(call)?;
            for (key, value) in call.object::<Configuration>(0)?.values() {
                environment.with_configuration(|all| all.set(&key, &value))?;
            }
            Ok(JavaValue::Void)
        })
        .method("Map toMap()", |call| {
            JavaMap::of_texts(environment(call)?.with_configuration(|all| all.values().clone()))
        })
        .method("Duration getIdleStateRetention()", |call| {
            let text = of(&*environment(call)?, "table.exec.state.ttl").unwrap_or_else(|| "0 ms".to_owned());
            let digits: String = text.chars().take_while(char::is_ascii_digit).collect();
            let factor = match text[digits.len()..].trim() {
                "s" | "sec" | "second" | "seconds" => 1_000,
                "min" | "m" | "minute" | "minutes" => 60_000,
                "h" | "hour" | "hours" => 3_600_000,
                "d" | "day" | "days" => 86_400_000,
                _ => 1,
            };
            let millis = digits.parse::<i64>().unwrap_or(0).saturating_mul(factor);
            let arguments = vec![JavaValue::Long(millis)];
            call.machine
                .call_static(call.thread, "java.time.Duration", "ofMillis", arguments)
        })
        .method("void setIdleStateRetention(Duration)", |call| {
            let duration = call.value(0)?.clone();
            let millis = call
                .machine
                .call(call.thread, &duration, "toMillis", Vec::new())?;
            let value = format!("{} ms", millis.to_text());
            environment(call)?.with_configuration(|all| all.set("table.exec.state.ttl", &value))?;
            Ok(JavaValue::Void)
        })
        .method("int getMaxGeneratedCodeLength()", |call| {
            let text = of(&*environment(call)?, "table.generated-code.max-length");
            Ok(text.map_or(JavaValue::Int(4000), |text| OptionKind::Int.read(&text)))
        })
        .method("void setMaxGeneratedCodeLength(int)", |call| {
            let value = call.value(0)?.to_text();
            environment(call)?
                .with_configuration(|all| all.set("table.generated-code.max-length", &value))?;
            Ok(JavaValue::Void)
        })
        .method("org.apache.flink.table.api.SqlDialect getSqlDialect()", |_| {
            Ok(
                super::enumeration::constant("org.apache.flink.table.api.SqlDialect", "DEFAULT")
                    .unwrap_or(JavaValue::Null),
            )
        })
        .method(
            "void setSqlDialect(org.apache.flink.table.api.SqlDialect)",
            |call| match call.value(0)?.to_text().as_str() {
                "DEFAULT" => Ok(JavaValue::Void),
                other => Err(Failure::unsupported(
                    &format!("SqlDialect.{other}"),
                    "use SqlDialect.DEFAULT",
                )),
            },
        )
}
