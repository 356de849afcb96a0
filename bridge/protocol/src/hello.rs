//! The first frames of a connection: who speaks, which version, which limits.
//!
//! Both are a few numbers and then properties by name, so that later versions can say more without
//! earlier ones failing to read it. Unknown properties are ignored.

use serde::{Deserialize, Serialize};

/// The version of the protocol that this crate speaks.
pub const PROTOCOL_VERSION: u16 = 1;

/// The client's first frame.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hello {
    /// The oldest version that the client can speak.
    pub oldest_version: u16,
    /// The newest version that the client can speak.
    pub newest_version: u16,
    /// Everything else, by name.
    pub properties: Properties,
}

/// The server's answer to a hello that it accepts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HelloAcknowledgement {
    /// The version that both speak from now on.
    pub version: u16,
    /// The number of the session at the server, for its logs and the client's.
    pub session: u64,
    /// Everything else, by name.
    pub properties: Properties,
}

/// Named texts in a hello.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Properties(Vec<(String, String)>);

impl Properties {
    /// The secret that a TCP door asks for.
    pub const TOKEN: &str = "token";
    /// Name and version of the program that says hello, such as `nutkin-python 0.1.0`.
    pub const IDENTITY: &str = "identity";
    /// The longest frame that the sender accepts, in bytes.
    pub const MAXIMUM_FRAME_BYTES: &str = "maximum-frame-bytes";
    /// How many batches of one connection the server works on at once; more are refused.
    pub const MAXIMUM_BATCHES: &str = "maximum-batches";
    /// How many streams of rows of one connection may be open at once; more are refused.
    pub const MAXIMUM_STREAMS: &str = "maximum-streams";
    /// What the sender can do beyond the version's minimum, comma-separated.
    pub const FEATURES: &str = "features";

    /// The same properties with one more.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl ToString) -> Self {
        self.0.push((name.to_owned(), value.to_string()));
        self
    }

    /// The property of this name.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0
            .iter()
            .find(|(known, _)| known == name)
            .map(|(_, value)| value.as_str())
    }

    /// The property of this name as a number; `None` if it is not there or no number.
    #[must_use]
    pub fn number(&self, name: &str) -> Option<u32> {
        self.get(name)?.parse().ok()
    }
}

/// The token does not belong into logs.
impl std::fmt::Debug for Hello {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("Hello")
            .field("oldest_version", &self.oldest_version)
            .field("newest_version", &self.newest_version)
            .field("identity", &self.properties.get(Properties::IDENTITY))
            .finish_non_exhaustive()
    }
}
