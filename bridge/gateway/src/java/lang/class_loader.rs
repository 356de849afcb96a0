//! Class loaders and URLs. Nothing is ever loaded through them: the classes that there are, are there.

use std::sync::{Mutex, PoisonError};

use super::super::array::JavaArray;
use super::super::class::Class;
use super::super::collection::elements_of;
use super::super::failure::Failure;
use super::super::value::{JavaValue, string_hash};
use super::class::by_name;
use crate::model::JavaObject;

/// A class loader with what was added to it.
struct ClassLoader {
    class: &'static str,
    urls: Mutex<Vec<JavaValue>>,
}

/// A `java.net.URL`.
struct Url(String);

/// The loader that threads begin with.
pub(super) fn system() -> JavaValue {
    JavaValue::object(ClassLoader {
        class: "java.lang.ClassLoader",
        urls: Mutex::default(),
    })
}

impl JavaObject for ClassLoader {
    fn class_name(&self) -> &'static str {
        self.class
    }
}

impl JavaObject for Url {
    fn class_name(&self) -> &'static str {
        "java.net.URL"
    }

    fn java_equals(&self, other: &dyn JavaObject) -> bool {
        let any: &(dyn std::any::Any + Send + Sync) = other;
        any.downcast_ref::<Self>().is_some_and(|other| other.0 == self.0)
    }

    fn java_hash(&self) -> i32 {
        string_hash(&self.0)
    }

    fn java_string(&self) -> String {
        self.0.clone()
    }
}

pub(super) fn classes() -> Vec<Class> {
    vec![
        Class::new("java.lang.ClassLoader")
            .function("ClassLoader getSystemClassLoader()", |_| Ok(system()))
            .method("Class loadClass(String)", |call| by_name(call, call.text(0)?))
            .method("ClassLoader getParent()", |_| Ok(JavaValue::Null)),
        Class::new("java.net.URLClassLoader")
            .extends("java.lang.ClassLoader")
            .constructor("(java.net.URL[], ClassLoader)", |call| {
                Ok(JavaValue::object(ClassLoader {
                    class: "java.net.URLClassLoader",
                    urls: Mutex::new(elements_of(call.value(0)?)?),
                }))
            })
            .constructor("(java.net.URL[])", |call| {
                Ok(JavaValue::object(ClassLoader {
                    class: "java.net.URLClassLoader",
                    urls: Mutex::new(elements_of(call.value(0)?)?),
                }))
            })
            .method("java.net.URL[] getURLs()", |call| {
                let loader = call.this::<ClassLoader>()?;
                let urls = loader.urls.lock().unwrap_or_else(PoisonError::into_inner);
                Ok(JavaValue::object(JavaArray::new("java.net.URL", urls.clone())))
            })
            .method("void addURL(java.net.URL)", |call| {
                let url = call.value(0)?.clone();
                let loader = call.this::<ClassLoader>()?;
                loader
                    .urls
                    .lock()
                    .unwrap_or_else(PoisonError::into_inner)
                    .push(url);
                Ok(JavaValue::Void)
            })
            .method("void close()", |_| Ok(JavaValue::Void)),
        Class::new("java.net.URL")
            .constructor("(String)", |call| {
                let text = call.text(0)?;
                match text.split_once(':') {
                    Some((scheme, _))
                        if scheme.len() > 1 && scheme.chars().all(|c| c.is_ascii_alphanumeric()) =>
                    {
                        // Java drops an empty host: file:///x is file:/x.
                        let url = match text.strip_prefix("file:///") {
                            Some(path) => format!("file:/{path}"),
                            None => text.to_owned(),
                        };
                        Ok(JavaValue::object(Url(url)))
                    }
                    _ => Err(Failure::thrown(
                        "java.net.MalformedURLException",
                        format!("no protocol: {text}"),
                    )),
                }
            })
            .method("String getPath()", |call| {
                let url = call.this::<Url>()?;
                Ok(url.0.split_once(':').map_or("", |(_, path)| path).into())
            })
            .method("String toExternalForm()", |call| Ok(call.this.to_text().into())),
    ]
}
