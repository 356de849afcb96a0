//! String expressions of Flink 1.9 to 1.15, such as `"a, b.sum as c"`.
//!
//! Mirrors `PlannerExpressionParserImpl`: the grammar is its grammar, surprises and error messages
//! included, as the golden file `tests/data/legacy-expressions.txt` shows. A parsing expression grammar:
//! [`scanner`] matches words and remembers the furthest failure, [`memo`] keeps results by rule and
//! position, [`grammar`] is the operators, [`composite`] the rule that recurs on its left, with its
//! [`suffix`]es and [`prefix`]es, [`literal`] constants and types. Names are looked up later, by
//! [`crate::expression::resolve`].

mod composite;
mod grammar;
mod literal;
mod memo;
mod prefix;
mod scanner;
mod suffix;

#[cfg(test)]
mod tests;

use crate::error::{PlanError, Result};
use crate::expression::Expression;
use scanner::Scanner;

/// Expressions separated by commas, as in `select("a, b as c")`.
pub fn parse_expression_list(text: &str) -> Result<Vec<Expression>> {
    parse(text, |parser| parser.expression_list(0))
}

/// One expression, as in `filter("a > 1")`.
pub fn parse_expression(text: &str) -> Result<Expression> {
    parse(text, |parser| parser.expression(0))
}

fn parse<T>(text: &str, rule: impl FnOnce(&mut Parser) -> Parsed<T>) -> Result<T> {
    let mut parser = Parser {
        scanner: Scanner::new(text),
        memo: memo::Memo::default(),
        depth: 0,
    };
    let parsed = rule(&mut parser);
    if let Some(fault) = parser.scanner.fault {
        return Err(fault);
    }
    // Words that come after the last rule are a fault, which is reported where the parse got stuck.
    let (found, stuck_at) = match parsed {
        Some((value, end)) => (Some(value), parser.scanner.skip_whitespace(end)),
        None => (None, 0),
    };
    match found {
        Some(value) if parser.scanner.is_end(stuck_at) => Ok(value),
        _ => Err(PlanError::ExpressionParser {
            message: parser.scanner.describe_failure(stuck_at),
        }),
    }
}

/// What a rule found and where it ended; `None` if it did not match.
type Parsed<T> = Option<(T, usize)>;

/// The state of a parse. The rules are methods; each takes the position where it is tried.
struct Parser {
    scanner: Scanner,
    memo: memo::Memo,
    /// How many expressions enclose the present one.
    depth: usize,
}
