//! Strings as Java has them: sequences of UTF-16 units, of which some functions of Flink count and cut
//! single ones.

/// The UTF-16 units of a string.
pub(crate) fn units(text: &str) -> Vec<u16> {
    text.encode_utf16().collect()
}

/// Appends units to a string; half a surrogate pair becomes `?`, as when Java writes it as UTF-8.
pub(crate) fn push_units(units: &[u16], target: &mut String) {
    target.extend(char::decode_utf16(units.iter().copied()).map(|unit| unit.unwrap_or('?')));
}
