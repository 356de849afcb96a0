//! Java as the clients of the Py4J door see it: values, classes, and the choice between overloads.
//!
//! Data flow: a door hands a target, a method's name and [`JavaValue`]s to the [`Machine`], which looks for
//! the method first in the classes that are declared here ([`lang`], [`util`], [`flink`]), then among the
//! classes of the native object model ([`crate::class`]), and answers with a value or a [`Failure`].
//! Objects of both kinds are [`crate::model::JavaObject`]s. What travels over a socket and how, the doors
//! know; what Flink's calls mean, the native object model.

mod array;
mod call;
mod class;
mod class_object;
mod classes;
mod collection;
mod describe;
mod failure;
mod flink;
mod forward;
mod lang;
mod machine;
mod number;
mod overload;
mod proxy;
mod signature;
mod thread;
mod util;
mod value;

pub(crate) use array::JavaArray;
pub(crate) use class_object::ClassObject;
pub(crate) use collection::array_list;
pub(crate) use collection::compare::natural as natural_order;
pub(crate) use collection::list::JavaList;
pub(crate) use failure::{Failure, Outcome, Throwable, py4j_exception};
pub(crate) use flink::bootstrap::WATCHDOG;
pub(crate) use lang::py4j::GatewayServer;
pub(crate) use machine::{Callbacks, Machine, Member};
pub(crate) use proxy::PythonProxy;
pub(crate) use thread::JavaThread;
pub(crate) use util::nio::ByteStream;
pub(crate) use value::{JavaValue, ObjectKind};

/// Whether a name is that of a primitive type.
pub(crate) fn primitive(name: &str) -> bool {
    signature::Primitive::named(name).is_some() || name == "void"
}
