//! The operators, from the weakest to the strongest.
//!
//! ```text
//! list       := expression ("," expression)*
//! expression := range | over constant | alias
//! alias      := logic AS field | logic AS "(" field ("," field)* ")" | logic
//! logic      := comparison (("&&" | "||") comparison)*      one level, from the left
//! comparison := term operator term | term                   not repeated
//! term       := product (("+" | "-") product)*
//! product    := unary (("*" | "/" | "%") unary)*
//! unary      := composite | "!" composite | "-" composite | "+" composite
//! ```

use super::memo::Rule;
use super::scanner::Expected;
use super::{Parsed, Parser};
use crate::expression::{Expression, LiteralValue};
use crate::function::{BuiltInFunction, definitions as built_in};

/// Binary operators of one level with their functions.
type Operators = &'static [(&'static str, &'static BuiltInFunction)];

/// The spellings of each comparison, in the order in which they are tried.
const COMPARISONS: [(&[&str], &BuiltInFunction); 6] = [
    (&["===", "==", "="], &built_in::EQUALS),
    (&["!==", "!=", "<>"], &built_in::NOT_EQUALS),
    (&[">"], &built_in::GREATER_THAN),
    (&[">="], &built_in::GREATER_THAN_OR_EQUAL),
    (&["<"], &built_in::LESS_THAN),
    (&["<="], &built_in::LESS_THAN_OR_EQUAL),
];

/// The bounds of over windows.
const OVER_CONSTANTS: [(&str, &BuiltInFunction); 4] = [
    ("current_range", &built_in::CURRENT_RANGE),
    ("current_row", &built_in::CURRENT_ROW),
    ("unbounded_range", &built_in::UNBOUNDED_RANGE),
    ("unbounded_row", &built_in::UNBOUNDED_ROW),
];

impl Parser {
    pub(super) fn expression_list(&mut self, at: usize) -> Parsed<Vec<Expression>> {
        self.separated(at, Self::expression)
    }

    /// One or more of a rule, separated by commas.
    pub(super) fn separated(
        &mut self,
        at: usize,
        rule: fn(&mut Self, usize) -> Parsed<Expression>,
    ) -> Parsed<Vec<Expression>> {
        let (first, mut end) = rule(self, at)?;
        let mut found = vec![first];
        while let Some(after) = self.scanner.word(end, ",") {
            let Some((next, next_end)) = rule(self, after) else {
                break;
            };
            found.push(next);
            end = next_end;
        }
        Some((found, end))
    }

    /// None or more expressions, separated by commas.
    pub(super) fn arguments(&mut self, at: usize) -> (Vec<Expression>, usize) {
        self.separated(at, Self::expression).unwrap_or((Vec::new(), at))
    }

    pub(super) fn expression(&mut self, at: usize) -> Parsed<Expression> {
        self.remember(Rule::Expression, at, |parser, at| {
            parser
                .range(at, Self::field_reference)
                .or_else(|| parser.range(at, Self::number_literal))
                .or_else(|| parser.over_constant(at))
                .or_else(|| parser.alias(at))
                .or_else(|| parser.expected(at, "Invalid expression."))
        })
    }

    /// Fails with a message.
    pub(super) fn expected<T>(&mut self, at: usize, message: &'static str) -> Option<T> {
        self.scanner.fail(at, Expected::Rule(message));
        None
    }

    /// `a to c` or `1 to 3`.
    fn range(&mut self, at: usize, bound: fn(&mut Self, usize) -> Parsed<Expression>) -> Parsed<Expression> {
        let (start, at) = bound(self, at)?;
        let (_, at) = self.scanner.keyword(at, "TO")?;
        let (end, at) = bound(self, at)?;
        Some((Expression::call(&built_in::RANGE_TO, vec![start, end]), at))
    }

    fn over_constant(&mut self, at: usize) -> Parsed<Expression> {
        OVER_CONSTANTS.iter().find_map(|(keyword, function)| {
            let (_, at) = self.scanner.keyword(at, keyword)?;
            Some((Expression::call(function, Vec::new()), at))
        })
    }

    fn alias(&mut self, at: usize) -> Parsed<Expression> {
        self.remember(Rule::Alias, at, |parser, at| {
            parser
                .single_alias(at)
                .or_else(|| parser.multiple_alias(at))
                .or_else(|| parser.logic(at))
        })
    }

    fn single_alias(&mut self, at: usize) -> Parsed<Expression> {
        let (operand, at) = self.logic(at)?;
        let (_, at) = self.scanner.keyword(at, "as")?;
        let (name, at) = self.field_reference(at)?;
        Some((named(operand, vec![name]), at))
    }

    fn multiple_alias(&mut self, at: usize) -> Parsed<Expression> {
        let (operand, at) = self.logic(at)?;
        let (_, at) = self.scanner.keyword(at, "as")?;
        let at = self.scanner.word(at, "(")?;
        let (names, at) = self.separated(at, Self::field_reference)?;
        let at = self.scanner.word(at, ")")?;
        Some((named(operand, names), at))
    }

    fn logic(&mut self, at: usize) -> Parsed<Expression> {
        self.remember(Rule::Logic, at, |parser, at| {
            const OPERATORS: Operators = &[("&&", &built_in::AND), ("||", &built_in::OR)];
            parser
                .chain(at, Self::comparison, OPERATORS)
                .or_else(|| parser.expected(at, "Logic expected."))
        })
    }

    /// Operands with operators between them, grouped from the left.
    fn chain(
        &mut self,
        at: usize,
        operand: fn(&mut Self, usize) -> Parsed<Expression>,
        operators: Operators,
    ) -> Parsed<Expression> {
        let (mut left, mut end) = operand(self, at)?;
        let mut links = 0;
        loop {
            let operator = operators
                .iter()
                .find_map(|(sign, function)| Some((self.scanner.word(end, sign)?, *function)));
            let Some((after, function)) = operator else {
                return Some((left, end));
            };
            let Some((right, right_end)) = operand(self, after) else {
                return Some((left, end));
            };
            left = Expression::call(function, vec![left, right]);
            end = right_end;
            links += 1;
            self.check_nesting(links)?;
        }
    }

    fn comparison(&mut self, at: usize) -> Parsed<Expression> {
        self.remember(Rule::Comparison, at, |parser, at| {
            COMPARISONS
                .iter()
                .find_map(|(signs, function)| {
                    let (left, at) = parser.term(at)?;
                    let at = signs.iter().find_map(|sign| parser.scanner.word(at, sign))?;
                    let (right, at) = parser.term(at)?;
                    Some((Expression::call(function, vec![left, right]), at))
                })
                .or_else(|| parser.term(at))
                .or_else(|| parser.expected(at, "Comparison expected."))
        })
    }

    fn term(&mut self, at: usize) -> Parsed<Expression> {
        self.remember(Rule::Term, at, |parser, at| {
            const OPERATORS: Operators = &[("+", &built_in::PLUS), ("-", &built_in::MINUS)];
            parser
                .chain(at, Self::product, OPERATORS)
                .or_else(|| parser.expected(at, "Term expected."))
        })
    }

    fn product(&mut self, at: usize) -> Parsed<Expression> {
        self.remember(Rule::Product, at, |parser, at| {
            const OPERATORS: Operators = &[
                ("*", &built_in::TIMES),
                ("/", &built_in::DIVIDE),
                ("%", &built_in::MOD),
            ];
            parser
                .chain(at, Self::unary, OPERATORS)
                .or_else(|| parser.expected(at, "Product expected."))
        })
    }

    fn unary(&mut self, at: usize) -> Parsed<Expression> {
        self.remember(Rule::Unary, at, |parser, at| {
            parser
                .composite(at)
                .or_else(|| {
                    parser.remember(Rule::UnaryNot, at, |parser, at| {
                        parser.signed(at, "!", Some(&built_in::NOT))
                    })
                })
                .or_else(|| {
                    parser.remember(Rule::UnaryMinus, at, |parser, at| {
                        parser.signed(at, "-", Some(&built_in::MINUS_PREFIX))
                    })
                })
                .or_else(|| parser.remember(Rule::UnaryPlus, at, |parser, at| parser.signed(at, "+", None)))
                .or_else(|| parser.expected(at, "Unary expression expected."))
        })
    }

    fn signed(
        &mut self,
        at: usize,
        sign: &'static str,
        function: Option<&'static BuiltInFunction>,
    ) -> Parsed<Expression> {
        let at = self.scanner.word(at, sign)?;
        let (operand, at) = self.composite(at)?;
        let signed = match function {
            Some(function) => Expression::call(function, vec![operand]),
            None => operand,
        };
        Some((signed, at))
    }
}

/// `as(operand, 'name', ...)` from field references.
pub(super) fn named(operand: Expression, names: Vec<Expression>) -> Expression {
    let mut arguments = vec![operand];
    arguments.extend(names.into_iter().map(|name| match name {
        Expression::Reference(name) => Expression::literal(LiteralValue::String(name)),
        other => other,
    }));
    Expression::call(&built_in::AS, arguments)
}
