//! Java classes as data.

use std::fmt;

use nutkin_protocol::CONSTRUCTOR;

use super::invocation::Invocation;
use super::object::Returned;
use super::parameter::Parameter;
use crate::Result;

/// The function behind a method.
pub type Handler = fn(&mut Invocation<'_>) -> Result<Returned>;

/// A Java class that clients can use.
#[derive(Debug)]
pub struct JavaClass {
    /// The full name.
    pub name: &'static str,
    /// What the class is for, in one sentence.
    pub description: &'static str,
    /// The class whose methods its objects have as well.
    pub parent: Option<&'static str>,
    /// The methods; overloads of one name in the order in which they are tried.
    pub methods: Vec<Method>,
}

/// A method of a class.
#[derive(Debug, Clone)]
pub struct Method {
    /// The name; [`CONSTRUCTOR`] for constructors.
    pub name: &'static str,
    /// What it is called on.
    pub kind: MethodKind,
    /// What it takes.
    pub parameters: Vec<Parameter>,
    /// What it returns, as Java spells it.
    pub result: &'static str,
    /// Whether it works.
    pub support: Support,
}

/// What a method is called on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MethodKind {
    /// The class; makes a new object.
    Constructor,
    /// The class.
    Static,
    /// The class; takes nothing, and is a static field in Java.
    Field,
    /// An object.
    Instance,
}

/// Whether a method works.
#[derive(Clone, Copy)]
pub enum Support {
    /// It does.
    Handler(Handler),
    /// Flink has it and the gateway does not: calling it names it and says what works instead.
    Refused {
        /// What works instead.
        hint: &'static str,
    },
}

impl JavaClass {
    /// A class without methods.
    #[must_use]
    pub fn new(name: &'static str, description: &'static str) -> Self {
        Self {
            name,
            description,
            parent: None,
            methods: Vec::new(),
        }
    }

    /// The same class, below another one.
    #[must_use]
    pub fn extends(mut self, parent: &'static str) -> Self {
        self.parent = Some(parent);
        self
    }

    /// The same class with a constructor.
    #[must_use]
    pub fn constructor(self, parameters: &[Parameter], handler: Handler) -> Self {
        let result = self.name;
        self.with(
            CONSTRUCTOR,
            MethodKind::Constructor,
            parameters,
            result,
            Support::Handler(handler),
        )
    }

    /// The same class with a static method.
    #[must_use]
    pub fn function(
        self,
        name: &'static str,
        parameters: &[Parameter],
        result: &'static str,
        handler: Handler,
    ) -> Self {
        self.with(
            name,
            MethodKind::Static,
            parameters,
            result,
            Support::Handler(handler),
        )
    }

    /// The same class with an instance method.
    #[must_use]
    pub fn method(
        self,
        name: &'static str,
        parameters: &[Parameter],
        result: &'static str,
        handler: Handler,
    ) -> Self {
        self.with(
            name,
            MethodKind::Instance,
            parameters,
            result,
            Support::Handler(handler),
        )
    }

    /// The same class with a static field, which the handler makes when it is read.
    #[must_use]
    pub fn field(self, name: &'static str, result: &'static str, handler: Handler) -> Self {
        self.with(name, MethodKind::Field, &[], result, Support::Handler(handler))
    }

    /// The same class with an instance method that is refused whatever its arguments are.
    #[must_use]
    pub fn refused(self, name: &'static str, hint: &'static str) -> Self {
        self.with(name, MethodKind::Instance, &[], "", Support::Refused { hint })
    }

    /// The same class with a static method that is refused whatever its arguments are.
    #[must_use]
    pub fn refused_function(self, name: &'static str, hint: &'static str) -> Self {
        self.with(name, MethodKind::Static, &[], "", Support::Refused { hint })
    }

    fn with(
        mut self,
        name: &'static str,
        kind: MethodKind,
        parameters: &[Parameter],
        result: &'static str,
        support: Support,
    ) -> Self {
        self.methods.push(Method {
            name,
            kind,
            parameters: parameters.to_vec(),
            result,
            support,
        });
        self
    }
}

/// Prints as Java declares the method, without modifiers.
impl fmt::Display for Method {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        if matches!(self.support, Support::Refused { .. }) {
            return write!(formatter, "{}(...)", self.name);
        }
        if self.kind == MethodKind::Field {
            return formatter.write_str(self.name);
        }
        write!(formatter, "{}(", self.name)?;
        for (position, parameter) in self.parameters.iter().enumerate() {
            let separator = if position == 0 { "" } else { ", " };
            write!(formatter, "{separator}{parameter}")?;
        }
        formatter.write_str(")")
    }
}

impl fmt::Debug for Support {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Handler(_) => formatter.write_str("Handler"),
            Self::Refused { hint } => formatter.debug_struct("Refused").field("hint", hint).finish(),
        }
    }
}

/// A class name without its package.
pub(crate) fn simple_name(class: &str) -> &str {
    class.rsplit('.').next().unwrap_or(class)
}
