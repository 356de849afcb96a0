//! `U&'...' UESCAPE 'c'`: strings whose escape character is not the backslash.
//!
//! The tokenizer knows the backslash only and takes `UESCAPE` for a name; here the three tokens become one
//! string, decoded anew from the text.

use sqlparser::tokenizer::{Span, Token, TokenWithSpan};

use super::fault::{Fault, Parsed};
use super::source::SqlSource;

/// Joins each Unicode string with the `UESCAPE` behind it.
pub(super) fn join_escapes(text: &str, tokens: Vec<TokenWithSpan>) -> Parsed<Vec<TokenWithSpan>> {
    let is_escape = |token: &TokenWithSpan| {
        matches!(&token.token, Token::Word(word)
            if word.quote_style.is_none() && word.value.eq_ignore_ascii_case("UESCAPE"))
    };
    if !tokens.iter().any(is_escape) {
        return Ok(tokens);
    }
    let source = SqlSource::new(text, Vec::new());
    let mut joined: Vec<TokenWithSpan> = Vec::with_capacity(tokens.len());
    let mut rest = tokens.into_iter().peekable();
    while let Some(token) = rest.next() {
        if !is_escape(&token) {
            joined.push(token);
            continue;
        }
        while joined
            .last()
            .is_some_and(|last| matches!(last.token, Token::Whitespace(_)))
        {
            joined.pop();
        }
        while rest
            .peek()
            .is_some_and(|next| matches!(next.token, Token::Whitespace(_)))
        {
            rest.next();
        }
        let (Some(string), Some(escape)) = (joined.pop(), rest.next()) else {
            return Err(misplaced(&token));
        };
        let (Token::UnicodeStringLiteral(_), Token::SingleQuotedString(character)) =
            (&string.token, &escape.token)
        else {
            return Err(misplaced(&token));
        };
        let mut characters = character.chars();
        let (Some(character), None) = (characters.next(), characters.next()) else {
            return Err(Fault::syntax("UESCAPE must be one character", escape.span.start));
        };
        let raw = source.slice(string.span.start, string.span.end);
        let decoded = decode(raw, character).ok_or_else(|| {
            Fault::syntax(
                &format!("Unicode escape sequence starting at '{character}' is not exactly four hex digits"),
                string.span.start,
            )
        })?;
        joined.push(TokenWithSpan::new(
            Token::UnicodeStringLiteral(decoded),
            Span::new(string.span.start, escape.span.end),
        ));
    }
    Ok(joined)
}

fn misplaced(token: &TokenWithSpan) -> Fault {
    Fault::syntax(
        "Expected: UESCAPE 'c' behind a string U&'...', found: UESCAPE",
        token.span.start,
    )
}

/// The text of `U&'...'` by an escape character; `None` if an escape is no character.
fn decode(raw: &str, escape: char) -> Option<String> {
    let inner = raw.get(3..)?.strip_suffix('\'')?;
    let mut decoded = String::with_capacity(inner.len());
    let mut units: Vec<u16> = Vec::new();
    let mut rest = inner.chars();
    while let Some(character) = rest.next() {
        if character == escape {
            let after = rest.clone().next();
            if after == Some(escape) {
                rest.next();
            } else {
                let digits: String = rest.by_ref().take(4).collect();
                // Two escapes in a row may be the halves of one character.
                units.push(
                    u16::from_str_radix(&digits, 16)
                        .ok()
                        .filter(|_| digits.len() == 4)?,
                );
                continue;
            }
        } else if character == '\'' {
            // A quote is written twice.
            rest.next();
        }
        decoded.push_str(&String::from_utf16(&std::mem::take(&mut units)).ok()?);
        decoded.push(character);
    }
    decoded.push_str(&String::from_utf16(&units).ok()?);
    Some(decoded)
}

#[cfg(test)]
mod tests {
    use super::decode;

    #[test]
    fn escapes_become_characters() {
        for (raw, escape, expected) in [
            ("U&'#263A'", '#', Some("☺")),
            ("U&'a#0041##b'", '#', Some("aA#b")),
            ("U&'it''s !00fc'", '!', Some("it's ü")),
            ("U&'#D83D#DE00'", '#', Some("😀")),
            ("U&'\\00fc'", '#', Some("\\00fc")),
            ("U&'#26'", '#', None),
            ("U&'#D83D'", '#', None),
        ] {
            assert_eq!(decode(raw, escape).as_deref(), expected, "{raw}");
        }
    }
}
