//! The object model: what a Java class, its methods and its objects are to the gateway.
//!
//! A class is data ([`JavaClass`]): its methods with parameters and handlers. From this table come the
//! dispatch, the "does not exist" and "wrong arguments" errors, and the list of what is supported.
//! Handlers get an [`Invocation`] whose arguments have been checked against the table.

mod argument;
mod class;
mod class_table;
mod invocation;
mod object;
mod parameter;

pub use argument::Argument;
pub(crate) use class::simple_name;
pub use class::{Handler, JavaClass, Method, MethodKind, Support};
pub use class_table::ClassTable;
pub use invocation::Invocation;
pub use object::{JavaObject, Returned};
pub use parameter::{Parameter, ParameterType};
