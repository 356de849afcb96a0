//! Hashes, encodings, URLs and addresses.

mod base;
mod charset;
mod hash;
mod inet;
mod parse_url;
mod url;
mod uuid;

use crate::call::Entry;

/// The functions of this family.
pub(crate) const FUNCTIONS: &[Entry] = &[
    Entry {
        name: "uuid",
        lower: uuid::uuid,
    },
    Entry {
        name: "md5",
        lower: |call| hash::hash(call, hash::Algorithm::Md5),
    },
    Entry {
        name: "sha1",
        lower: |call| hash::hash(call, hash::Algorithm::Sha1),
    },
    Entry {
        name: "sha224",
        lower: |call| hash::hash(call, hash::Algorithm::Sha224),
    },
    Entry {
        name: "sha256",
        lower: |call| hash::hash(call, hash::Algorithm::Sha256),
    },
    Entry {
        name: "sha384",
        lower: |call| hash::hash(call, hash::Algorithm::Sha384),
    },
    Entry {
        name: "sha512",
        lower: |call| hash::hash(call, hash::Algorithm::Sha512),
    },
    Entry {
        name: "sha2",
        lower: hash::sha2,
    },
    Entry {
        name: "fromBase64",
        lower: base::from_base64,
    },
    Entry {
        name: "toBase64",
        lower: base::to_base64,
    },
    Entry {
        name: "encode",
        lower: charset::encode,
    },
    Entry {
        name: "decode",
        lower: charset::decode,
    },
    Entry {
        name: "hex",
        lower: base::hex,
    },
    Entry {
        name: "UNHEX",
        lower: base::unhex,
    },
    Entry {
        name: "bin",
        lower: base::bin,
    },
    Entry {
        name: "URL_ENCODE",
        lower: url::encode,
    },
    Entry {
        name: "URL_DECODE",
        lower: url::decode,
    },
    Entry {
        name: "parseUrl",
        lower: parse_url::parse_url,
    },
    Entry {
        name: "INET_ATON",
        lower: inet::to_number,
    },
    Entry {
        name: "INET_NTOA",
        lower: inet::to_text,
    },
];
