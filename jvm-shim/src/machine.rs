//! Starting the JVM of this process, and asking it what it is.

use std::path::{Path, PathBuf};

use jni::objects::{JString, JValue};
use jni::{InitArgsBuilder, JNIVersion, JavaVM, jni_sig, jni_str};

use crate::error::{JvmError, Result};

/// What a JVM says of itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JvmDescription {
    /// `java.version`, such as `17.0.15`.
    pub version: String,
    /// `java.vendor`.
    pub vendor: String,
    /// The library it was loaded from.
    pub library: PathBuf,
}

/// Starts the JVM in `library`, unless this process has one already, and asks it what it is. A
/// process can have one JVM in its life, so it stays.
///
/// # Errors
/// When the library does not load, the JVM does not start, or a call into it fails.
pub fn describe_jvm(library: &Path) -> Result<JvmDescription> {
    let machine = start(library)?;
    machine.attach_current_thread(|env| -> Result<JvmDescription> {
        let mut property = |name: &str| -> Result<String> {
            let key = env.new_string(name)?;
            let value = env
                .call_static_method(
                    jni_str!("java/lang/System"),
                    jni_str!("getProperty"),
                    jni_sig!("(Ljava/lang/String;)Ljava/lang/String;"),
                    &[JValue::Object(&key)],
                )?
                .l()?;
            let text = env.cast_local::<JString>(value)?;
            Ok(text.try_to_string(env)?)
        };
        Ok(JvmDescription {
            version: property("java.version")?,
            vendor: property("java.vendor")?,
            library: library.to_owned(),
        })
    })
}

/// The JVM of this process; started from `library` if there is none yet.
fn start(library: &Path) -> Result<JavaVM> {
    let failed = |message: String| JvmError::Start {
        library: library.to_owned(),
        message,
    };
    let arguments = InitArgsBuilder::new()
        .version(JNIVersion::V1_8)
        // The process keeps its own signal handlers: Ctrl-C belongs to Python.
        .option("-Xrs")
        .build()
        .map_err(|error| failed(error.to_string()))?;
    JavaVM::with_libjvm(arguments, || Ok(library)).map_err(|error| failed(error.to_string()))
}

#[cfg(test)]
mod tests {
    use std::process::Command;

    use super::*;
    use crate::{FoundJvm, find_jvm};

    /// The truth is what the `java` launcher of the same installation prints.
    #[test]
    fn the_version_is_what_the_launcher_prints() {
        let FoundJvm::Present(found) = find_jvm() else {
            // Having no JVM is a normal answer; then there must be no launcher either.
            assert!(Command::new("java").arg("-version").output().is_err());
            return;
        };
        let home = java_locator::locate_java_home().unwrap();
        let launcher = Path::new(&home).join("bin/java");
        let output = Command::new(launcher)
            .args(["-XshowSettings:properties", "-version"])
            .output()
            .unwrap();
        let printed = String::from_utf8(output.stderr).unwrap();
        let property = |name: &str| {
            printed
                .lines()
                .find_map(|line| line.trim().strip_prefix(name)?.trim().strip_prefix('='))
                .map(|value| value.trim().to_owned())
                .unwrap()
        };
        assert_eq!(found.version, property("java.version "));
        assert_eq!(found.vendor, property("java.vendor "));
    }
}
