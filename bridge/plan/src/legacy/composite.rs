//! Operands: the one rule that begins with itself, as in `a.b().c`.
//!
//! ```text
//! composite := over | suffixed | null | prefixed | atom
//! over      := composite OVER field
//! atom      := "(" expression ")" | the longer of field and literal
//! field     := "*" | identifier
//! ```
//!
//! The left recursion is grown from a seed: the alternatives that do not begin with `composite` give a
//! first result, to which suffixes are added while one matches.

use super::memo::Rule;
use super::{Parsed, Parser};
use crate::error::PlanError;
use crate::expression::Expression;
use crate::function::definitions as built_in;

/// Expressions in one another; more would exhaust the stack.
const MAXIMUM_DEPTH: usize = 100;

/// Operators or suffixes in one chain, each of which is a level of the tree.
const MAXIMUM_CHAIN: usize = 1_000;

impl Parser {
    pub(super) fn composite(&mut self, at: usize) -> Parsed<Expression> {
        self.remember(Rule::Composite, at, |parser, at| {
            if parser.depth >= MAXIMUM_DEPTH {
                return parser.too_deep();
            }
            parser.depth += 1;
            let grown = parser.seed(at).and_then(|seed| parser.grow(seed));
            parser.depth -= 1;
            grown
        })
    }

    fn seed(&mut self, at: usize) -> Parsed<Expression> {
        self.time_indicator(at)
            .or_else(|| self.null_literal(at))
            .or_else(|| self.prefixed(at))
            .or_else(|| self.atom(at))
            .or_else(|| self.expected(at, "Composite expression expected."))
    }

    fn grow(&mut self, seed: (Expression, usize)) -> Parsed<Expression> {
        let (mut operand, mut end) = seed;
        let mut links = 0;
        while let Some((grown, grown_end)) = self.over(&operand, end).or_else(|| self.suffixed(&operand, end))
        {
            (operand, end) = (grown, grown_end);
            links += 1;
            self.check_nesting(links)?;
        }
        Some((operand, end))
    }

    /// Ends the parse if a chain has too many links.
    pub(super) fn check_nesting(&mut self, links: usize) -> Option<()> {
        if links <= MAXIMUM_CHAIN {
            return Some(());
        }
        self.too_deep()
    }

    fn too_deep<T>(&mut self) -> Option<T> {
        self.scanner.throw(PlanError::ExpressionParser {
            message: format!(
                "The expression is nested too deeply: {MAXIMUM_DEPTH} parentheses in one another and \
                 {MAXIMUM_CHAIN} operators in a row are the most."
            ),
        });
        None
    }

    fn over(&mut self, operand: &Expression, at: usize) -> Parsed<Expression> {
        let (_, at) = self.scanner.keyword(at, "over")?;
        let (window, at) = self.field_reference(at)?;
        Some((
            Expression::call(&built_in::OVER, vec![operand.clone(), window]),
            at,
        ))
    }

    /// `field.proctime` and `field.rowtime`.
    fn time_indicator(&mut self, at: usize) -> Parsed<Expression> {
        self.remember(Rule::TimeIndicator, at, |parser, at| {
            [("proctime", &built_in::PROCTIME), ("rowtime", &built_in::ROWTIME)]
                .into_iter()
                .find_map(|(keyword, function)| {
                    let (field, at) = parser.field_reference(at)?;
                    let at = parser.scanner.word(at, ".")?;
                    let (_, at) = parser.scanner.keyword(at, keyword)?;
                    Some((Expression::call(function, vec![field]), at))
                })
        })
    }

    fn atom(&mut self, at: usize) -> Parsed<Expression> {
        self.remember(Rule::Atom, at, |parser, at| {
            parser.parenthesized(at).or_else(|| {
                let field = parser.field_reference(at);
                let literal = parser.literal(at);
                match (field, literal) {
                    // `true` is a literal, `trueish` is a field.
                    (Some(field), Some(literal)) if literal.1 < field.1 => Some(field),
                    (field, literal) => literal.or(field),
                }
            })
        })
    }

    fn parenthesized(&mut self, at: usize) -> Parsed<Expression> {
        let at = self.scanner.word(at, "(")?;
        let (expression, at) = self.expression(at)?;
        let at = self.scanner.word(at, ")")?;
        Some((expression, at))
    }

    pub(super) fn field_reference(&mut self, at: usize) -> Parsed<Expression> {
        self.remember(Rule::FieldReference, at, |parser, at| {
            let (name, at) = parser
                .scanner
                .keyword(at, "*")
                .or_else(|| parser.scanner.identifier(at))?;
            Some((Expression::Reference(name), at))
        })
    }
}
