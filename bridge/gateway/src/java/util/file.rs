//! `java.io.File` and `java.nio.file`'s paths, as names of files of the gateway's machine.

use std::path::{Path, PathBuf};

use super::super::array::JavaArray;
use super::super::call::Call;
use super::super::class::Class;
use super::super::collection::elements_of;
use super::super::failure::{Failure, Outcome};
use super::super::value::{JavaValue, string_hash};
use crate::model::JavaObject;

/// A `File` or a `Path`.
struct FilePath {
    class: &'static str,
    path: PathBuf,
}

const FILE: &str = "java.io.File";
const PATH: &str = "java.nio.file.Path";

impl JavaObject for FilePath {
    fn class_name(&self) -> &'static str {
        self.class
    }

    fn java_equals(&self, other: &dyn JavaObject) -> bool {
        let any: &(dyn std::any::Any + Send + Sync) = other;
        any.downcast_ref::<Self>()
            .is_some_and(|other| other.class == self.class && other.path == self.path)
    }

    fn java_hash(&self) -> i32 {
        string_hash(&self.java_string()) ^ 1_234_321
    }

    fn java_string(&self) -> String {
        self.path.to_string_lossy().into_owned()
    }
}

fn file(class: &'static str, path: impl Into<PathBuf>) -> JavaValue {
    JavaValue::object(FilePath {
        class,
        path: path.into(),
    })
}

fn path(call: &Call<'_>) -> Outcome<PathBuf> {
    Ok(call.this::<FilePath>()?.path.clone())
}

fn text(path: &Path) -> JavaValue {
    path.to_string_lossy().into_owned().into()
}

/// The last part of a path.
fn name(path: &Path) -> &str {
    path.file_name().and_then(|name| name.to_str()).unwrap_or("")
}

fn absolute(path: &Path) -> PathBuf {
    std::path::absolute(path).unwrap_or_else(|_| path.to_owned())
}

pub(super) fn classes() -> Vec<Class> {
    vec![
        Class::new(FILE)
            .implements(&["java.lang.Comparable"])
            .field("String separator", || "/".into())
            .field("String pathSeparator", || ":".into())
            .constructor("(String)", |call| Ok(file(FILE, normal(call.text(0)?))))
            .constructor("(String, String)", |call| {
                Ok(file(FILE, Path::new(call.text(0)?).join(call.text(1)?)))
            })
            .constructor("(java.io.File, String)", |call| {
                Ok(file(FILE, call.object::<FilePath>(0)?.path.join(call.text(1)?)))
            })
            .method("String getName()", |call| Ok(name(&path(call)?).into()))
            .method("String getPath()", |call| Ok(text(&path(call)?)))
            .method("String getAbsolutePath()", |call| {
                Ok(text(&absolute(&path(call)?)))
            })
            .method("String getParent()", |call| {
                let path = path(call)?;
                Ok(path
                    .parent()
                    .filter(|one| !one.as_os_str().is_empty())
                    .map_or(JavaValue::Null, text))
            })
            .method("boolean exists()", |call| Ok(path(call)?.exists().into()))
            .method("boolean isFile()", |call| Ok(path(call)?.is_file().into()))
            .method("boolean isDirectory()", |call| Ok(path(call)?.is_dir().into()))
            .method("boolean isAbsolute()", |call| {
                Ok(path(call)?.is_absolute().into())
            })
            .method("long length()", |call| {
                let length = std::fs::metadata(path(call)?).map_or(0, |found| found.len());
                Ok(i64::try_from(length).unwrap_or(i64::MAX).into())
            })
            .method("boolean delete()", |call| {
                let path = path(call)?;
                let deleted = if path.is_dir() {
                    std::fs::remove_dir(path)
                } else {
                    std::fs::remove_file(path)
                };
                Ok(deleted.is_ok().into())
            })
            .method("boolean mkdir()", |call| {
                Ok(std::fs::create_dir(path(call)?).is_ok().into())
            })
            .method("boolean mkdirs()", |call| {
                let path = path(call)?;
                Ok((!path.exists() && std::fs::create_dir_all(path).is_ok()).into())
            })
            .method("boolean createNewFile()", |call| {
                let created = std::fs::File::create_new(path(call)?);
                Ok(created.is_ok().into())
            })
            .method("String[] list()", |call| {
                let Ok(entries) = std::fs::read_dir(path(call)?) else {
                    return Ok(JavaValue::Null);
                };
                let names = entries
                    .flatten()
                    .map(|entry| entry.file_name().to_string_lossy().into_owned());
                Ok(JavaValue::object(JavaArray::of_texts(names)))
            })
            .method("java.nio.file.Path toPath()", |call| Ok(file(PATH, path(call)?))),
        Class::interface(PATH)
            .function("java.nio.file.Path of(String)", |call| {
                Ok(file(PATH, normal(call.text(0)?)))
            })
            .function("java.nio.file.Path of(String, String[])", |call| join(call))
            .method("java.nio.file.Path getFileName()", |call| {
                Ok(file(PATH, name(&path(call)?)))
            })
            .method("java.nio.file.Path getParent()", |call| {
                let path = path(call)?;
                let parent = path.parent().filter(|one| !one.as_os_str().is_empty());
                Ok(parent.map_or(JavaValue::Null, |parent| file(PATH, parent)))
            })
            .method("java.nio.file.Path resolve(String)", |call| {
                Ok(file(PATH, path(call)?.join(call.text(0)?)))
            })
            .method("java.nio.file.Path toAbsolutePath()", |call| {
                Ok(file(PATH, absolute(&path(call)?)))
            })
            .method("boolean isAbsolute()", |call| {
                Ok(path(call)?.is_absolute().into())
            })
            .method("int getNameCount()", |call| {
                Ok(JavaValue::count(
                    path(call)?.iter().filter(|part| *part != "/").count(),
                ))
            })
            .method("java.io.File toFile()", |call| Ok(file(FILE, path(call)?))),
        Class::new("java.nio.file.Paths")
            .function("java.nio.file.Path get(String)", |call| {
                Ok(file(PATH, normal(call.text(0)?)))
            })
            .function("java.nio.file.Path get(String, String[])", |call| join(call)),
        Class::new("java.nio.file.Files")
            .function("boolean exists(java.nio.file.Path)", |call| {
                Ok(call.object::<FilePath>(0)?.path.exists().into())
            })
            .function("String readString(java.nio.file.Path)", |call| {
                let path = &call.object::<FilePath>(0)?.path;
                std::fs::read_to_string(path)
                    .map(JavaValue::from)
                    .map_err(|error| {
                        Failure::thrown("java.io.IOException", format!("{}: {error}", path.display()))
                    })
            }),
    ]
}

fn join(call: &Call<'_>) -> Outcome {
    let more = elements_of(call.value(1)?)?;
    let joined = more.iter().fold(PathBuf::from(call.text(0)?), |path, part| {
        path.join(part.to_text())
    });
    Ok(file(PATH, joined))
}

/// Without slashes at the end or twice in a row.
fn normal(text: &str) -> PathBuf {
    Path::new(text).components().collect()
}
