//! Calls in prefix notation, in the order in which they are tried: `cast(a, LONG)`, `sum(a)`.

use super::grammar::named;
use super::literal::trim;
use super::memo::Rule;
use super::suffix::{cast, trim_both};
use super::{Parsed, Parser};
use crate::expression::Expression;
use crate::function::{BuiltInFunction, definitions as built_in};
use crate::types::{LogicalType, TypeKind};

/// The order matters: calls of any name come last.
const PREFIXES: [fn(&mut Parser, usize) -> Parsed<Expression>; 16] = [
    Parser::prefix_flatten,
    Parser::prefix_as,
    |parser, at| parser.prefix_conversion(at, "toTimestamp", TypeKind::Timestamp(3)),
    |parser, at| parser.prefix_conversion(at, "toTime", TypeKind::Time(0)),
    |parser, at| parser.prefix_conversion(at, "toDate", TypeKind::Date),
    Parser::prefix_cast,
    Parser::prefix_trim,
    Parser::prefix_trim_both,
    |parser, at| parser.prefix_unit(at, "extract", &built_in::EXTRACT),
    |parser, at| parser.prefix_unit(at, "floor", &built_in::FLOOR),
    |parser, at| parser.prefix_unit(at, "ceil", &built_in::CEIL),
    Parser::prefix_timestamp_diff,
    Parser::prefix_get,
    Parser::prefix_if,
    Parser::prefix_distinct,
    Parser::prefix_call,
];

impl Parser {
    pub(super) fn prefixed(&mut self, at: usize) -> Parsed<Expression> {
        self.remember(Rule::Prefixed, at, |parser, at| {
            PREFIXES.iter().find_map(|prefix| prefix(parser, at))
        })
    }

    /// `keyword(`; the answer is where it ends.
    fn opened(&mut self, at: usize, keyword: &'static str) -> Option<usize> {
        let (_, at) = self.scanner.keyword(at, keyword)?;
        self.scanner.word(at, "(")
    }

    /// An expression and the sign after it.
    fn expression_then(&mut self, at: usize, sign: &'static str) -> Parsed<Expression> {
        let (expression, at) = self.expression(at)?;
        let at = self.scanner.word(at, sign)?;
        Some((expression, at))
    }

    fn prefix_flatten(&mut self, at: usize) -> Parsed<Expression> {
        let at = self.opened(at, "flatten")?;
        let (operand, at) = self.composite(at)?;
        let at = self.scanner.word(at, ")")?;
        Some((Expression::call(&built_in::FLATTEN, vec![operand]), at))
    }

    fn prefix_as(&mut self, at: usize) -> Parsed<Expression> {
        let at = self.opened(at, "as")?;
        let (operand, at) = self.expression_then(at, ",")?;
        let (names, at) = self.separated(at, Self::field_reference)?;
        let at = self.scanner.word(at, ")")?;
        Some((named(operand, names), at))
    }

    fn prefix_conversion(
        &mut self,
        at: usize,
        keyword: &'static str,
        target: TypeKind,
    ) -> Parsed<Expression> {
        let at = self.opened(at, keyword)?;
        let (operand, at) = self.expression_then(at, ")")?;
        Some((cast(operand, LogicalType::nullable(target)), at))
    }

    fn prefix_cast(&mut self, at: usize) -> Parsed<Expression> {
        let at = self.opened(at, "cast")?;
        let (operand, at) = self.expression_then(at, ",")?;
        let (target, at) = self.data_type(at)?;
        let at = self.scanner.word(at, ")")?;
        Some((cast(operand, target), at))
    }

    fn prefix_trim(&mut self, at: usize) -> Parsed<Expression> {
        let at = self.opened(at, "trim")?;
        let (mode, at) = self.trim_mode(at)?;
        let at = self.scanner.word(at, ",")?;
        let (characters, at) = self.expression_then(at, ",")?;
        let (operand, at) = self.expression_then(at, ")")?;
        Some((trim(&mode, characters, operand), at))
    }

    fn prefix_trim_both(&mut self, at: usize) -> Parsed<Expression> {
        let at = self.opened(at, "trim")?;
        let (operand, at) = self.expression_then(at, ")")?;
        Some((trim_both(operand), at))
    }

    fn prefix_unit(
        &mut self,
        at: usize,
        keyword: &'static str,
        function: &'static BuiltInFunction,
    ) -> Parsed<Expression> {
        let at = self.opened(at, keyword)?;
        let (operand, at) = self.expression_then(at, ",")?;
        let (unit, at) = self.time_interval_unit(at)?;
        let at = self.scanner.word(at, ")")?;
        Some((Expression::call(function, vec![unit, operand]), at))
    }

    fn prefix_timestamp_diff(&mut self, at: usize) -> Parsed<Expression> {
        let at = self.opened(at, "timestampDiff")?;
        let (unit, at) = self.time_point_unit(at)?;
        let at = self.scanner.word(at, ",")?;
        let (start, at) = self.expression_then(at, ",")?;
        let (end, at) = self.expression_then(at, ")")?;
        let arguments = vec![unit, start, end];
        Some((Expression::call(&built_in::TIMESTAMP_DIFF, arguments), at))
    }

    fn prefix_get(&mut self, at: usize) -> Parsed<Expression> {
        let at = self.opened(at, "get")?;
        let (operand, at) = self.composite(at)?;
        let at = self.scanner.word(at, ",")?;
        let (field, at) = self.literal(at)?;
        let at = self.scanner.word(at, ")")?;
        Some((Expression::call(&built_in::GET, vec![operand, field]), at))
    }

    fn prefix_if(&mut self, at: usize) -> Parsed<Expression> {
        let at = self.opened(at, "?")?;
        let (condition, at) = self.expression_then(at, ",")?;
        let (then, at) = self.expression_then(at, ",")?;
        let (otherwise, at) = self.expression_then(at, ")")?;
        let arguments = vec![condition, then, otherwise];
        Some((Expression::call(&built_in::IF_THEN_ELSE, arguments), at))
    }

    /// `f.distinct(a)` is `distinct(f(a))`.
    fn prefix_distinct(&mut self, at: usize) -> Parsed<Expression> {
        let (name, at) = self.scanner.identifier(at)?;
        let at = self.scanner.word(at, ".")?;
        let at = self.opened(at, "distinct")?;
        let (arguments, at) = self.arguments(at);
        let at = self.scanner.word(at, ")")?;
        let call = Expression::call_by_name(name, arguments);
        Some((Expression::call(&built_in::DISTINCT, vec![call]), at))
    }

    fn prefix_call(&mut self, at: usize) -> Parsed<Expression> {
        let (name, at) = self.scanner.identifier(at)?;
        let at = self.scanner.word(at, "(")?;
        let (arguments, at) = self.arguments(at);
        let at = self.scanner.word(at, ")")?;
        Some((Expression::call_by_name(name, arguments), at))
    }
}
