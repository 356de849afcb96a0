//! A script as texts, one a statement: for clients that send statements one by one.

use sqlparser::tokenizer::{Token, TokenWithSpan, Tokenizer};

use super::dialect::FlinkDialect;
use super::source::SqlSource;

/// The text of one statement of a script.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ScriptStatement {
    /// The text, without the semicolon.
    pub text: String,
    /// The line of its first word, from 1.
    pub line: u64,
    /// The column of its first word, from 1.
    pub column: u64,
    /// Whether a semicolon ends it.
    pub is_terminated: bool,
}

/// The statements of a script. Semicolons in strings, names, comments and in `STATEMENT SET BEGIN ... END` end
/// none. What cannot be cut into words, as for a string without end, is one statement that is not terminated.
#[must_use]
pub fn split_script(text: &str) -> Vec<ScriptStatement> {
    let Ok(tokens) = Tokenizer::new(&FlinkDialect, text).tokenize_with_location() else {
        return vec![ScriptStatement {
            text: text.to_owned(),
            line: 1,
            column: 1,
            is_terminated: false,
        }];
    };
    let source = SqlSource::new(text, Vec::new());
    let mut statements = Vec::new();
    let mut current: Vec<&TokenWithSpan> = Vec::new();
    let mut add = |current: &mut Vec<&TokenWithSpan>, is_terminated: bool| {
        if let (Some(first), Some(last)) = (current.first(), current.last()) {
            statements.push(ScriptStatement {
                text: source.slice(first.span.start, last.span.end).to_owned(),
                line: first.span.start.line,
                column: first.span.start.column,
                is_terminated,
            });
        }
        current.clear();
    };
    for token in &tokens {
        match token.token {
            // Hints are comments to the tokenizer, and never begin a statement.
            Token::Whitespace(_) | Token::EOF => {}
            Token::SemiColon if !is_open_set(&current) => add(&mut current, true),
            _ => current.push(token),
        }
    }
    add(&mut current, false);
    statements
}

/// Whether the tokens begin a statement set whose `END` has not come.
fn is_open_set(tokens: &[&TokenWithSpan]) -> bool {
    let is = |token: &TokenWithSpan, word: &str| {
        matches!(&token.token, Token::Word(found)
            if found.quote_style.is_none() && found.value.eq_ignore_ascii_case(word))
    };
    let begins = tokens
        .windows(3)
        .any(|window| is(window[0], "STATEMENT") && is(window[1], "SET") && is(window[2], "BEGIN"));
    // An END closes the set only where a statement would begin.
    let ends = tokens
        .windows(2)
        .last()
        .is_some_and(|window| window[0].token == Token::SemiColon && is(window[1], "END"));
    begins && !ends
}

#[cfg(test)]
mod tests {
    use super::split_script;

    #[test]
    fn statements_end_at_semicolons_between_tokens() {
        let script = "-- a; comment\nSELECT ';' AS `;`; /* ; */\n  EXECUTE STATEMENT SET BEGIN\nINSERT INTO a SELECT 1; \
                      INSERT INTO b SELECT CASE WHEN TRUE THEN 1 END; END;\nBEGIN STATEMENT SET; END; SHOW TABLES";
        let found: Vec<(String, u64, u64, bool)> = split_script(script)
            .into_iter()
            .map(|found| (found.text, found.line, found.column, found.is_terminated))
            .collect();
        let expected = [
            ("SELECT ';' AS `;`", 2, 1, true),
            (
                "EXECUTE STATEMENT SET BEGIN\nINSERT INTO a SELECT 1; INSERT INTO b SELECT CASE WHEN TRUE THEN 1 END; \
                 END",
                3,
                3,
                true,
            ),
            ("BEGIN STATEMENT SET", 5, 1, true),
            ("END", 5, 22, true),
            ("SHOW TABLES", 5, 27, false),
        ];
        let expected = expected.map(|(text, line, column, end)| (text.to_owned(), line, column, end));
        assert_eq!(found, expected);
        assert_eq!(split_script(" ;; -- nothing\n"), []);
        assert!(!split_script("SELECT 'open;")[0].is_terminated);
    }
}
