//! The protocol of the gateway: values, calls, replies and errors, and the codec of its frames.
//!
//! A *session* owns *objects*; a [`Call`] names a target, a method and arguments and gives a [`Value`].
//! In-process clients pass these types as they are; remote ones encode them into frames. Nothing
//! here knows what the classes do: that is `nutkin-gateway`.

mod call;
mod error;
mod value;

pub use call::{Batch, CONSTRUCTOR, Call, Reply, Target};
pub use error::ErrorValue;
pub use value::{ObjectId, ObjectReference, Value};
