//! Arrow streams cut into frames: the schema travels with the first batch only.

use arrow::array::RecordBatch;
use arrow::buffer::Buffer;
use arrow::datatypes::Schema;
use arrow::ipc::reader::StreamDecoder;
use arrow::ipc::writer::StreamWriter;
use nutkin_engine::EngineError;

use crate::failure::plain_error;

/// The sending end.
pub(super) struct BatchEncoder(StreamWriter<Vec<u8>>);

impl BatchEncoder {
    pub(super) fn new(schema: &Schema) -> Result<Self, EngineError> {
        Ok(Self(StreamWriter::try_new(Vec::new(), schema)?))
    }

    /// The bytes of the next frame: the batch, after whatever the stream needs first.
    pub(super) fn encode(&mut self, batch: &RecordBatch) -> Result<Vec<u8>, EngineError> {
        self.0.write(batch)?;
        Ok(std::mem::take(self.0.get_mut()))
    }
}

/// The receiving end.
#[derive(Default)]
pub(super) struct BatchDecoder(StreamDecoder);

impl BatchDecoder {
    /// The batch of a frame. Its columns are views of the frame's bytes.
    pub(super) fn decode(&mut self, payload: Vec<u8>) -> Result<RecordBatch, EngineError> {
        let mut buffer = Buffer::from_vec(payload);
        let mut batch = None;
        while !buffer.is_empty() {
            batch = self.0.decode(&mut buffer)?.or(batch);
        }
        batch.ok_or_else(|| plain_error("A frame of a Python worker process has no rows", None))
    }
}
