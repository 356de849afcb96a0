//! The Java program behind a door: classes, a session, and how calls find their methods.

use std::sync::atomic::AtomicBool;
use std::sync::{Arc, Mutex, PoisonError};

use super::call::Call;
use super::class::{Binding, Class, Method};
use super::class_object::EnumConstant;
use super::classes::Classes;
use super::collection::map::JavaMap;
use super::failure::{Failure, Outcome, py4j_exception};
use super::forward;
use super::overload::{convert, cost};
use super::proxy::PythonProxy;
use super::signature::JavaType;
use super::thread::JavaThread;
use super::value::{JavaValue, ObjectKind};
use crate::gateway::Gateway;
use crate::session::{NativeSession, Session};

/// How the program calls objects of the client: what a door provides.
pub(crate) trait Callbacks: Send + Sync {
    /// Calls a method of an object of the client.
    fn call(&self, thread: &JavaThread, object: &str, method: &str, arguments: &[JavaValue]) -> Outcome;

    /// Tells the client that nobody refers to its object any more. Does not wait.
    fn release(&self, object: &str);

    /// Changes where the client listens.
    fn reset(&self, host: &str, port: u16) -> Outcome<()>;

    /// Where the door itself listens, and where the client does.
    fn ports(&self) -> (u16, u16);

    /// Closes the door.
    fn shutdown(&self);
}

/// What a class has under a name.
pub(crate) enum Member {
    /// A static field of this value.
    Field(JavaValue),
    /// A static method.
    Method,
    /// A class inside of the class.
    Class,
}

/// Classes, and the session that calls of Flink's classes go to.
pub(crate) struct Machine {
    pub(crate) classes: Classes,
    pub(crate) session: Arc<NativeSession>,
    /// The map that clients know as entry point.
    pub(crate) entry_point: Arc<JavaMap>,
    callbacks: Mutex<Option<Arc<dyn Callbacks>>>,
}

impl Machine {
    /// A program with a session of its own.
    pub(crate) fn new(gateway: &Gateway) -> Arc<Self> {
        let session = gateway.open_session();
        Arc::new(Self {
            classes: Classes::new(session.shared()),
            session,
            entry_point: Arc::new(JavaMap::empty()),
            callbacks: Mutex::new(None),
        })
    }

    /// Says through which door the program calls its client.
    pub(crate) fn set_callbacks(&self, callbacks: &Arc<dyn Callbacks>) {
        *self.callbacks.lock().unwrap_or_else(PoisonError::into_inner) = Some(Arc::clone(callbacks));
    }

    /// The way to the client.
    pub(crate) fn callbacks(&self) -> Outcome<Arc<dyn Callbacks>> {
        self.callbacks
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
            .ok_or_else(|| Failure::thrown("java.lang.IllegalStateException", "The door is closed"))
    }

    /// Frees what the program holds.
    pub(crate) fn end(&self) {
        self.session.end();
        self.entry_point.lock().clear();
        *self.callbacks.lock().unwrap_or_else(PoisonError::into_inner) = None;
    }

    /// Calls a method of a value.
    pub(crate) fn call(
        self: &Arc<Self>,
        thread: &JavaThread,
        target: &JavaValue,
        method: &str,
        arguments: Vec<JavaValue>,
    ) -> Outcome {
        if let Some(proxy) = target.peek::<PythonProxy>() {
            return proxy.call(thread, method, &arguments);
        }
        let class = target.class_name();
        if target.is_null() {
            return Err(Failure::bare("java.lang.NullPointerException"));
        }
        let fits = |found: &Method| found.binding != Binding::Constructor && found.name == method;
        let declared = self.classes.methods(class);
        let own = declared.filter(|(owner, found)| owner.name != "java.lang.Object" && fits(found));
        if let Some(found) = self.choose(own, &arguments) {
            return self.run(thread, found, class, target.clone(), arguments);
        }
        let arguments = match target {
            JavaValue::Object(object) if forward::has_method(self, class, method) => {
                let receiver = Some(Arc::clone(object));
                match forward::call(self, thread, class, receiver, method, arguments)? {
                    forward::Forwarded::Answer(value) => return Ok(value),
                    forward::Forwarded::NoMethod(arguments) => arguments,
                }
            }
            _ => arguments,
        };
        let every = self.classes.methods("java.lang.Object");
        match self.choose(every.filter(|(_, found)| fits(found)), &arguments) {
            Some(found) => self.run(thread, found, class, target.clone(), arguments),
            None => Err(Failure::no_method("", method, &arguments)),
        }
    }

    /// Calls a static method, or with an empty name a constructor.
    pub(crate) fn call_static(
        self: &Arc<Self>,
        thread: &JavaThread,
        class: &str,
        method: &str,
        arguments: Vec<JavaValue>,
    ) -> Outcome {
        let Some(class) = self.classes.known(class) else {
            return Err(Failure::Refused(format!(
                "java.lang.ClassNotFoundException: {class}\n\tat nutkin.Gateway.call(Native Method)\n"
            )));
        };
        let binding = if method.is_empty() {
            Binding::Constructor
        } else {
            Binding::Static
        };
        let candidates = self.classes.methods(class).filter(|(owner, found)| {
            found.binding == binding
                && found.name == method
                && (binding == Binding::Static || owner.name == class)
        });
        if let Some(found) = self.choose(candidates, &arguments) {
            return self.run(thread, found, class, JavaValue::Null, arguments);
        }
        let native = if method.is_empty() {
            nutkin_protocol::CONSTRUCTOR
        } else {
            method
        };
        let arguments = match forward::call(self, thread, class, None, native, arguments)? {
            forward::Forwarded::Answer(value) => return Ok(value),
            forward::Forwarded::NoMethod(arguments) => arguments,
        };
        Err(Failure::no_method(class, method, &arguments))
    }

    /// What a class has under a name: a static field before a method before an inner class.
    pub(crate) fn member(self: &Arc<Self>, class: &str, name: &str) -> Option<Member> {
        if let Some(declared) = self.classes.get(class) {
            if let Some(constant) = EnumConstant::value(declared.name, declared.constants, name) {
                return Some(Member::Field(constant));
            }
            if let Some(field) = declared.fields.iter().find(|field| field.name == name) {
                return Some(Member::Field((field.value)()));
            }
        }
        if self.session.classes().has_field(class, name) {
            // Reading a field waits for nobody.
            let thread = JavaThread::new(0, Arc::new(AtomicBool::new(false)), None);
            if let Ok(forward::Forwarded::Answer(value)) =
                forward::call(self, &thread, class, None, name, Vec::new())
            {
                return Some(Member::Field(value));
            }
        }
        if self.classes.has_static_method(class, name) || forward::has_method(self, class, name) {
            return Some(Member::Method);
        }
        self.classes
            .known(&format!("{class}${name}"))
            .map(|_| Member::Class)
    }

    /// What a value is to a client.
    pub(crate) fn kind(&self, value: &JavaValue) -> ObjectKind {
        self.classes.kind(value.class_name())
    }

    /// `toString`, with the method that the value's class has for it.
    pub(crate) fn to_text(self: &Arc<Self>, thread: &JavaThread, value: &JavaValue) -> Outcome<String> {
        if !matches!(value, JavaValue::Object(_)) {
            return Ok(value.to_text());
        }
        self.call(thread, value, "toString", Vec::new())
            .map(|text| text.to_text())
    }

    /// Whether a value is an instance of a class.
    pub(crate) fn is_instance(&self, class: &str, value: &JavaValue) -> bool {
        if value.is_null() {
            return false;
        }
        if let Some(proxy) = value.peek::<PythonProxy>() {
            return class == "java.lang.Object" || proxy.interfaces.iter().any(|known| known == class);
        }
        self.classes.is_assignable(class, value.class_name())
    }

    /// A value as an element of arrays of a type.
    pub(crate) fn convert(&self, component: &'static str, value: JavaValue) -> Outcome {
        let element = JavaType::parse(component);
        if cost(&[element], std::slice::from_ref(&value), &self.classes).is_none() {
            return Err(Failure::Refused(py4j_exception(&format!(
                "java.lang.IllegalArgumentException: array element type mismatch: {} into {component}[]",
                value.class_name()
            ))));
        }
        Ok(convert(element, value))
    }

    /// The overload that these arguments choose.
    fn choose<'a>(
        &self,
        candidates: impl Iterator<Item = (&'a Class, &'a Method)>,
        arguments: &[JavaValue],
    ) -> Option<&'a Method> {
        let mut best: Option<(u32, &Method)> = None;
        for (_, method) in candidates {
            let Some(cost) = cost(&method.parameters, arguments, &self.classes) else {
                continue;
            };
            if cost == 0 {
                return Some(method);
            }
            if best.is_none_or(|(least, _)| cost < least) {
                best = Some((cost, method));
            }
        }
        best.map(|(_, method)| method)
    }

    fn run(
        self: &Arc<Self>,
        thread: &JavaThread,
        method: &Method,
        class: &'static str,
        this: JavaValue,
        arguments: Vec<JavaValue>,
    ) -> Outcome {
        let arguments = arguments
            .into_iter()
            .zip(&method.parameters)
            .map(|(argument, parameter)| convert(*parameter, argument))
            .collect();
        let value = (method.body)(&mut Call {
            machine: self,
            thread,
            class,
            method: method.name,
            this,
            arguments,
        })?;
        Ok(match method.result {
            super::signature::JavaType::Void if method.binding != Binding::Constructor => JavaValue::Void,
            _ => value,
        })
    }
}
