//! `ByteBuffer`, byte streams and channels: how bytes come to clients in bulk.

use std::sync::{Mutex, PoisonError};

use super::super::class::Class;
use super::super::failure::{Failure, Outcome};
use super::super::value::JavaValue;
use crate::model::JavaObject;

/// A `java.nio.ByteBuffer` over an array.
struct ByteBuffer(Vec<u8>);

/// A stream of bytes that are there.
pub(crate) struct ByteStream {
    class: &'static str,
    bytes: std::sync::Arc<[u8]>,
    position: Mutex<usize>,
}

impl ByteStream {
    /// What has not been read; it is read then.
    pub(crate) fn rest(&self) -> Vec<u8> {
        let mut position = self.position.lock().unwrap_or_else(PoisonError::into_inner);
        let rest = self.bytes[*position..].to_vec();
        *position = self.bytes.len();
        rest
    }

    /// Goes back to the beginning.
    fn reset(&self) {
        *self.position.lock().unwrap_or_else(PoisonError::into_inner) = 0;
    }
}

impl JavaObject for ByteBuffer {
    fn class_name(&self) -> &'static str {
        "java.nio.ByteBuffer"
    }
}

impl JavaObject for ByteStream {
    fn class_name(&self) -> &'static str {
        self.class
    }
}

pub(super) fn classes() -> Vec<Class> {
    vec![
        Class::new("java.nio.ByteBuffer")
            .function("java.nio.ByteBuffer allocate(int)", |call| {
                Ok(JavaValue::object(ByteBuffer(vec![0; call.index(0)?])))
            })
            .function("java.nio.ByteBuffer wrap(byte[])", |call| {
                Ok(JavaValue::object(ByteBuffer(bytes(call.value(0)?)?.to_vec())))
            })
            .method("byte[] array()", |call| {
                Ok(call.this::<ByteBuffer>()?.0.clone().into())
            })
            .method("int capacity()", |call| {
                Ok(JavaValue::count(call.this::<ByteBuffer>()?.0.len()))
            })
            .method("byte get(int)", |call| {
                let index = call.index(0)?;
                let buffer = call.this::<ByteBuffer>()?;
                match buffer.0.get(index) {
                    Some(byte) => Ok(JavaValue::Byte(byte.cast_signed())),
                    None => Err(Failure::bare("java.lang.IndexOutOfBoundsException")),
                }
            }),
        Class::new("java.io.ByteArrayInputStream")
            .constructor("(byte[])", |call| {
                Ok(JavaValue::object(ByteStream {
                    class: "java.io.ByteArrayInputStream",
                    bytes: bytes(call.value(0)?)?,
                    position: Mutex::new(0),
                }))
            })
            .method("void mark(int)", |_| Ok(JavaValue::Void))
            .method("void reset()", |call| {
                call.this::<ByteStream>()?.reset();
                Ok(JavaValue::Void)
            })
            .method("byte[] readAllBytes()", |call| {
                Ok(call.this::<ByteStream>()?.rest().into())
            })
            .method("void close()", |_| Ok(JavaValue::Void)),
        Class::interface("java.nio.channels.ReadableByteChannel"),
        Class::new("java.nio.channels.Channels$ReadableByteChannelImpl")
            .implements(&["java.nio.channels.ReadableByteChannel"]),
        Class::new("java.nio.channels.Channels").function(
            "java.nio.channels.ReadableByteChannel newChannel(java.io.ByteArrayInputStream)",
            |call| {
                let stream = call.object::<ByteStream>(0)?;
                Ok(JavaValue::object(ByteStream {
                    class: "java.nio.channels.Channels$ReadableByteChannelImpl",
                    bytes: stream.rest().into(),
                    position: Mutex::new(0),
                }))
            },
        ),
    ]
}

fn bytes(value: &JavaValue) -> Outcome<std::sync::Arc<[u8]>> {
    match value {
        JavaValue::Bytes(bytes) => Ok(bytes.clone()),
        _ => Err(Failure::bare("java.lang.NullPointerException")),
    }
}
