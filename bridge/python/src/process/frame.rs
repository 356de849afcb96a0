//! Frames on the socket between a job and its worker: a kind, a length, and that many bytes.

use std::io::{self, ErrorKind, Read, Write};

/// The longest frame; far more than a batch of rows has.
const LONGEST_FRAME: u64 = 1 << 31;

/// What a frame carries.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub(super) enum FrameKind {
    /// To the worker: functions to load. See [`super::message::OpenMessage`].
    Open = 1,
    /// To the worker: rows, as part of an Arrow stream.
    Batch = 2,
    /// To the worker: call the functions' `close` and end.
    Close = 3,
    /// From the worker: done, with nothing to tell.
    Done = 4,
    /// From the worker: result columns, as part of an Arrow stream.
    Result = 5,
    /// From the worker: an error. See [`super::message::FailureMessage`].
    Failure = 6,
}

/// A frame as received.
#[derive(Debug)]
pub(super) struct Frame {
    pub(super) kind: FrameKind,
    pub(super) payload: Vec<u8>,
}

impl FrameKind {
    fn from_byte(byte: u8) -> Option<Self> {
        [
            Self::Open,
            Self::Batch,
            Self::Close,
            Self::Done,
            Self::Result,
            Self::Failure,
        ]
        .into_iter()
        .find(|kind| *kind as u8 == byte)
    }
}

/// Writes a frame. `on_wait` is asked whenever the other side takes nothing for the socket's timeout.
pub(super) fn write_frame(
    stream: &mut impl Write,
    kind: FrameKind,
    payload: &[u8],
    on_wait: &mut dyn FnMut() -> io::Result<()>,
) -> io::Result<()> {
    let mut header = [0; 9];
    header[0] = kind as u8;
    header[1..].copy_from_slice(&(payload.len() as u64).to_le_bytes());
    write_all(stream, &header, on_wait)?;
    write_all(stream, payload, on_wait)
}

/// Reads a frame; `None` when the other side has closed. `on_wait` is asked whenever nothing arrives
/// for the socket's timeout.
pub(super) fn read_frame(
    stream: &mut impl Read,
    on_wait: &mut dyn FnMut() -> io::Result<()>,
) -> io::Result<Option<Frame>> {
    let mut header = [0; 9];
    if !read_all(stream, &mut header, on_wait)? {
        return Ok(None);
    }
    let [kind, length @ ..] = header;
    let length = u64::from_le_bytes(length);
    let Some(kind) = FrameKind::from_byte(kind).filter(|_| length <= LONGEST_FRAME) else {
        return Err(io::Error::new(
            ErrorKind::InvalidData,
            format!("a frame of kind {kind} and {length} bytes"),
        ));
    };
    let mut payload = vec![0; usize::try_from(length).map_err(io::Error::other)?];
    if !read_all(stream, &mut payload, on_wait)? {
        return Ok(None);
    }
    Ok(Some(Frame { kind, payload }))
}

fn write_all(
    stream: &mut impl Write,
    mut bytes: &[u8],
    on_wait: &mut dyn FnMut() -> io::Result<()>,
) -> io::Result<()> {
    while !bytes.is_empty() {
        match stream.write(bytes) {
            Ok(0) => return Err(ErrorKind::WriteZero.into()),
            Ok(written) => bytes = &bytes[written..],
            Err(error) if is_timeout(&error) => on_wait()?,
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(())
}

/// Fills `bytes`; false when the stream ends first.
fn read_all(
    stream: &mut impl Read,
    bytes: &mut [u8],
    on_wait: &mut dyn FnMut() -> io::Result<()>,
) -> io::Result<bool> {
    let mut filled = 0;
    while filled < bytes.len() {
        match stream.read(&mut bytes[filled..]) {
            Ok(0) => return Ok(false),
            Ok(read) => filled += read,
            Err(error) if is_timeout(&error) => on_wait()?,
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            Err(error) if error.kind() == ErrorKind::ConnectionReset => return Ok(false),
            Err(error) => return Err(error),
        }
    }
    Ok(true)
}

/// Whether a socket's timeout passed; Unix calls that "would block".
fn is_timeout(error: &io::Error) -> bool {
    matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut)
}
