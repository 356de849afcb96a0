//! Java classes as data: what each file of [`super::lang`], [`super::util`] and [`super::flink`] declares.

use super::call::Call;
use super::failure::Outcome;
use super::signature::{JavaType, Signature};
use super::value::JavaValue;

/// The code of a method.
pub(crate) type Body = fn(&mut Call<'_>) -> Outcome;

/// A class, interface or enum.
pub(crate) struct Class {
    /// The full name; `$` before the name of an inner class.
    pub(crate) name: &'static str,
    /// What kind of type it is.
    pub(crate) kind: ClassKind,
    /// The class above it; `java.lang.Object` has none.
    pub(crate) parent: Option<&'static str>,
    /// The interfaces that it names itself.
    pub(crate) interfaces: Vec<&'static str>,
    /// Methods and constructors, overloads in the order of declaration.
    pub(crate) methods: Vec<Method>,
    /// Static fields.
    pub(crate) fields: Vec<Field>,
    /// The names of an enum's constants.
    pub(crate) constants: &'static [&'static str],
}

/// What kind of type a class is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ClassKind {
    /// `class`.
    Class,
    /// `interface`.
    Interface,
    /// `enum`.
    Enum,
}

/// What a method is called on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Binding {
    /// Makes an object.
    Constructor,
    /// The class.
    Static,
    /// An object.
    Instance,
}

/// A method or constructor.
pub(crate) struct Method {
    /// The name; empty for constructors.
    pub(crate) name: &'static str,
    /// What it is called on.
    pub(crate) binding: Binding,
    /// What it takes.
    pub(crate) parameters: Vec<JavaType>,
    /// What it returns.
    pub(crate) result: JavaType,
    /// What it does.
    pub(crate) body: Body,
}

/// A public static field.
pub(crate) struct Field {
    pub(crate) name: &'static str,
    pub(crate) field_type: JavaType,
    pub(crate) value: fn() -> JavaValue,
}

impl Class {
    /// A class below `java.lang.Object`.
    pub(crate) fn new(name: &'static str) -> Self {
        Self {
            name,
            kind: ClassKind::Class,
            parent: (name != "java.lang.Object").then_some("java.lang.Object"),
            interfaces: Vec::new(),
            methods: Vec::new(),
            fields: Vec::new(),
            constants: &[],
        }
    }

    /// An interface.
    pub(crate) fn interface(name: &'static str) -> Self {
        Self {
            kind: ClassKind::Interface,
            parent: None,
            ..Self::new(name)
        }
    }

    /// An enum of these constants.
    pub(crate) fn enumeration(name: &'static str, constants: &'static [&'static str]) -> Self {
        Self {
            kind: ClassKind::Enum,
            parent: Some("java.lang.Enum"),
            constants,
            ..Self::new(name)
        }
    }

    /// The same class, below another one.
    pub(crate) fn extends(mut self, parent: &'static str) -> Self {
        self.parent = Some(parent);
        self
    }

    /// The same class with interfaces.
    pub(crate) fn implements(mut self, interfaces: &[&'static str]) -> Self {
        self.interfaces.extend(interfaces);
        self
    }

    /// The same class with a constructor, such as `(int, String)`.
    pub(crate) fn constructor(self, parameters: &'static str, body: Body) -> Self {
        self.with(parameters, Binding::Constructor, body)
    }

    /// The same class with a static method, such as `int abs(int)`.
    pub(crate) fn function(self, signature: &'static str, body: Body) -> Self {
        self.with(signature, Binding::Static, body)
    }

    /// The same class with an instance method, such as `int indexOf(Object)`.
    pub(crate) fn method(self, signature: &'static str, body: Body) -> Self {
        self.with(signature, Binding::Instance, body)
    }

    /// The same class with a static field, such as `double PI`.
    pub(crate) fn field(mut self, declaration: &'static str, value: fn() -> JavaValue) -> Self {
        let (field_type, name) = declaration.rsplit_once(' ').unwrap_or(("Object", declaration));
        self.fields.push(Field {
            name,
            field_type: JavaType::parse(field_type),
            value,
        });
        self
    }

    fn with(mut self, text: &'static str, binding: Binding, body: Body) -> Self {
        let Signature {
            result,
            name,
            parameters,
        } = Signature::parse(text);
        self.methods.push(Method {
            name,
            binding,
            parameters,
            result,
            body,
        });
        self
    }
}
