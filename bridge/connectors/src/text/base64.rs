//! Bytes as base64, as Jackson's default variant does (MIME without line breaks).

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

/// Appends the bytes that a base64 text stands for.
pub(crate) fn decode_base64(text: &str, bytes: &mut Vec<u8>) -> Result<(), String> {
    STANDARD
        .decode_vec(text, bytes)
        .map_err(|error| format!("not base64: {error}"))
}

/// Appends the base64 text of bytes.
pub(crate) fn encode_base64(bytes: &[u8], text: &mut String) {
    STANDARD.encode_string(bytes, text);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_of_rfc_4648() {
        for (bytes, text) in [
            (&b""[..], ""),
            (b"f", "Zg=="),
            (b"fo", "Zm8="),
            (b"foobar", "Zm9vYmFy"),
        ] {
            let mut encoded = String::new();
            encode_base64(bytes, &mut encoded);
            assert_eq!(encoded, text);
            let mut decoded = Vec::new();
            decode_base64(text, &mut decoded).unwrap();
            assert_eq!(decoded, bytes);
        }
        assert!(decode_base64("Zg", &mut Vec::new()).is_err());
    }
}
