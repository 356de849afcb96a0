//! `System`, `Runtime` and `Thread`.

use std::io::Write as _;
use std::sync::OnceLock;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use super::super::call::Call;
use super::super::class::Class;
use super::super::collection::map::JavaMap;
use super::super::failure::{Failure, Outcome};
use super::super::value::JavaValue;
use super::class_loader;
use crate::interrupt::wait_interruptibly;
use crate::model::JavaObject;

/// The thread of a connection, as an object.
struct ThreadObject(u64);

/// Where `System.out` prints to: the process of the gateway.
struct PrintStream {
    error: bool,
}

/// `Runtime.getRuntime()`.
struct RuntimeObject;

impl JavaObject for ThreadObject {
    fn class_name(&self) -> &'static str {
        "java.lang.Thread"
    }

    fn java_string(&self) -> String {
        format!("Thread[#{},Thread-{},5,main]", self.0, self.0)
    }
}

impl JavaObject for PrintStream {
    fn class_name(&self) -> &'static str {
        "java.io.PrintStream"
    }
}

impl JavaObject for RuntimeObject {
    fn class_name(&self) -> &'static str {
        "java.lang.Runtime"
    }
}

pub(super) fn classes() -> Vec<Class> {
    vec![system(), thread(), print_stream(), runtime()]
}

fn system() -> Class {
    Class::new("java.lang.System")
        .field("java.io.PrintStream out", || {
            JavaValue::object(PrintStream { error: false })
        })
        .field("java.io.PrintStream err", || {
            JavaValue::object(PrintStream { error: true })
        })
        .function("long currentTimeMillis()", |_| Ok(millis().into()))
        .function("long nanoTime()", |_| Ok(nanos().into()))
        .function("String getProperty(String)", |call| {
            Ok(property(call.text(0)?).map_or(JavaValue::Null, JavaValue::from))
        })
        .function("String getProperty(String, String)", |call| {
            match property(call.text(0)?) {
                Some(value) => Ok(value.into()),
                None => Ok(call.value(1)?.clone()),
            }
        })
        .function("String getenv(String)", |call| {
            Ok(std::env::var(call.text(0)?).map_or(JavaValue::Null, JavaValue::from))
        })
        .function("Map getenv()", |_| JavaMap::of_texts(std::env::vars()))
        .function("String lineSeparator()", |_| Ok("\n".into()))
        .function("int identityHashCode(Object)", |call| {
            Ok(call.value(0)?.hash_code().into())
        })
        // Memory is given back at once; there is nothing to collect.
        .function("void gc()", |_| Ok(JavaValue::Void))
}

fn thread() -> Class {
    Class::new("java.lang.Thread")
        .implements(&["java.lang.Runnable"])
        .function("Thread currentThread()", |call| {
            Ok(JavaValue::object(ThreadObject(call.thread.id)))
        })
        .function("void sleep(long)", |call| {
            let millis = call.long(0)?;
            let millis = u64::try_from(millis).map_err(|_| Failure::illegal("timeout value is negative"))?;
            sleep(call, Duration::from_millis(millis))
        })
        .function("void yield()", |_| Ok(JavaValue::Void))
        .function("boolean interrupted()", |call| {
            Ok(call.thread.interrupt.is_interrupted().into())
        })
        .method("ClassLoader getContextClassLoader()", |call| {
            Ok(call.thread.class_loader().unwrap_or_else(class_loader::system))
        })
        .method("void setContextClassLoader(ClassLoader)", |call| {
            call.thread.set_class_loader(call.value(0)?.clone());
            Ok(JavaValue::Void)
        })
        .method("String getName()", |call| {
            Ok(format!("Thread-{}", call.this::<ThreadObject>()?.0).into())
        })
        .method("long getId()", |call| {
            Ok(i64::try_from(call.this::<ThreadObject>()?.0)
                .unwrap_or(i64::MAX)
                .into())
        })
        .method("boolean isAlive()", |_| Ok(true.into()))
        .method("boolean isInterrupted()", |call| {
            Ok(call.thread.interrupt.is_interrupted().into())
        })
}

fn print_stream() -> Class {
    Class::new("java.io.PrintStream")
        .method("void println()", |call| print(call, "\n"))
        .method("void println(Object)", |call| print(call, "\n"))
        .method("void print(Object)", |call| print(call, ""))
        .method("void flush()", |_| Ok(JavaValue::Void))
}

fn runtime() -> Class {
    Class::new("java.lang.Runtime")
        .function("java.lang.Runtime getRuntime()", |_| {
            Ok(JavaValue::object(RuntimeObject))
        })
        .method("int availableProcessors()", |_| {
            Ok(JavaValue::count(
                std::thread::available_parallelism().map_or(1, usize::from),
            ))
        })
        .method("void gc()", |_| Ok(JavaValue::Void))
}

fn print(call: &mut Call<'_>, end: &str) -> Outcome {
    let stream = call.this::<PrintStream>()?;
    let text = match call.arguments.first().cloned() {
        Some(value) => call.machine.to_text(call.thread, &value)?,
        None => String::new(),
    };
    // A closed output is no error in Java either.
    let _ = if stream.error {
        write!(std::io::stderr(), "{text}{end}")
    } else {
        let mut out = std::io::stdout().lock();
        write!(out, "{text}{end}").and_then(|()| out.flush())
    };
    Ok(JavaValue::Void)
}

/// Waits without holding up the end of the door.
fn sleep(call: &Call<'_>, duration: Duration) -> Outcome {
    let interrupted = wait_interruptibly(&*call.thread.interrupt, Some(duration), |step| {
        std::thread::sleep(step);
        None::<()>
    });
    match interrupted {
        Ok(_) => Ok(JavaValue::Void),
        Err(_) => Err(Failure::thrown(
            "java.lang.InterruptedException",
            "sleep interrupted",
        )),
    }
}

/// Milliseconds since 1970.
pub(crate) fn millis() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    i64::try_from(since.as_millis()).unwrap_or(i64::MAX)
}

/// Nanoseconds since the first question.
fn nanos() -> i64 {
    static START: OnceLock<Instant> = OnceLock::new();
    let elapsed = START.get_or_init(Instant::now).elapsed();
    i64::try_from(elapsed.as_nanos()).unwrap_or(i64::MAX)
}

fn property(name: &str) -> Option<String> {
    let variable = |name: &str| std::env::var(name).ok();
    match name {
        "user.dir" => std::env::current_dir()
            .ok()
            .map(|path| path.to_string_lossy().into_owned()),
        "user.home" => variable("HOME"),
        "user.name" => variable("USER").or_else(|| variable("LOGNAME")),
        "java.io.tmpdir" => Some(std::env::temp_dir().to_string_lossy().into_owned()),
        "file.separator" => Some("/".to_owned()),
        "path.separator" => Some(":".to_owned()),
        "line.separator" => Some("\n".to_owned()),
        "file.encoding" => Some("UTF-8".to_owned()),
        "os.name" => Some(
            if cfg!(target_os = "macos") {
                "Mac OS X"
            } else {
                "Linux"
            }
            .to_owned(),
        ),
        "os.arch" => Some(
            if cfg!(target_arch = "x86_64") {
                "amd64"
            } else {
                std::env::consts::ARCH
            }
            .to_owned(),
        ),
        // The level of Java that the classes here follow, and who made them.
        "java.version" => Some("17.0.0".to_owned()),
        "java.specification.version" => Some("17".to_owned()),
        "java.vendor" | "java.vm.name" => Some("Nutkin".to_owned()),
        _ => None,
    }
}
