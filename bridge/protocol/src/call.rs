//! Calls: the one thing that clients ask for.

use serde::{Deserialize, Serialize};

use crate::error::ErrorValue;
use crate::value::{ObjectId, Value};

/// The method name of constructors.
pub const CONSTRUCTOR: &str = "<init>";

/// What a call is made on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Target {
    /// An object of the session.
    Object(ObjectId),
    /// A Java class, by full name: static methods and constructors.
    Class(String),
}

/// One method call.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Call {
    /// What the method belongs to.
    pub target: Target,
    /// The method's name; [`CONSTRUCTOR`] makes a new object.
    pub method: String,
    /// The arguments in order.
    pub arguments: Vec<Value>,
    /// The id that an object result gets. Chosen by the client, unique in its session.
    pub result: ObjectId,
}

/// Calls made one after another. The first error ends the batch: later calls are not made.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Batch {
    /// The calls. Each may refer to results of earlier ones.
    pub calls: Vec<Call>,
    /// Objects the client no longer holds; freed before the calls.
    pub released: Vec<ObjectId>,
    /// How long the batch may take, in milliseconds; 0 is as long as it needs. Calls that wait give up
    /// then, and the batch is answered by a `java.util.concurrent.TimeoutException`.
    pub deadline_millis: u64,
}

/// The answer to a batch: the last call's value, or the first error with the position of its call.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Reply {
    /// Every call was made; this is the value of the last one.
    Value(Value),
    /// A call failed.
    Error {
        /// Which call of the batch.
        call: u32,
        /// Why.
        error: Box<ErrorValue>,
    },
}
