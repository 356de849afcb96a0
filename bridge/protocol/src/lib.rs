//! The protocol of the gateway: values, calls, replies and errors, and the codec of its frames.
//!
//! A *session* owns *objects*; a [`Call`] names a target, a method and arguments and gives a [`Value`].
//! In-process clients pass these types as they are. Remote ones encode them ([`codec`]) into frames
//! ([`frame`]) over TCP or a Unix socket: the client's preface and [`Hello`], the server's
//! [`HelloAcknowledgement`], then batches and replies, out of order, matched by request id.
//! [`client`] is the blocking client that every language binding shares. Nothing here knows what the
//! classes do: that is `nutkin-gateway`.

mod address;
mod bytes;
mod call;
mod callback;
pub mod client;
pub mod codec;
mod depth;
mod error;
pub mod frame;
mod hello;
mod rows;
mod value;

pub use address::{Address, InvalidAddress};
pub use call::{Batch, CONSTRUCTOR, Call, Reply, Target};
pub use callback::Callback;
pub use depth::MAXIMUM_NESTING;
pub use error::ErrorValue;
pub use hello::{Hello, HelloAcknowledgement, PROTOCOL_VERSION, Properties};
pub use rows::{Credit, Open};
pub use value::{Elapsed, ObjectId, ObjectReference, RowValue, Value};
