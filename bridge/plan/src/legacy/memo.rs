//! Results of rules by position, so that a rule is tried at most once at each place.
//!
//! That makes the time linear, and it decides which failure is the last at its place: a result that is
//! remembered fails silently.

use std::collections::HashMap;

use super::scanner::Expected;
use super::{Parsed, Parser};
use crate::expression::Expression;

/// The rules whose results are remembered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Rule {
    Expression,
    Alias,
    Logic,
    Comparison,
    Term,
    Product,
    Unary,
    UnaryNot,
    UnaryMinus,
    UnaryPlus,
    Composite,
    TimeIndicator,
    NullLiteral,
    Prefixed,
    Atom,
    FieldReference,
    Literal,
    NumberLiteral,
}

/// The results known so far.
#[derive(Default)]
pub(super) struct Memo(HashMap<(Rule, usize), Parsed<Expression>>);

impl Parser {
    /// The result of a rule at this place: the one that is known, or what `parse` finds.
    pub(super) fn remember(
        &mut self,
        rule: Rule,
        at: usize,
        parse: fn(&mut Self, usize) -> Parsed<Expression>,
    ) -> Parsed<Expression> {
        if let Some(known) = self.memo.0.get(&(rule, at)) {
            return known.clone();
        }
        // Entering a rule counts as a failure at its place until something else is tried there.
        self.scanner.fail(at, Expected::Rule("Base Failure"));
        let result = parse(self, at);
        self.memo.0.insert((rule, at), result.clone());
        result
    }
}
