//! What can follow an operand, in the order in which it is tried: `a.sum`, `a.cast(LONG)`, `1.hours`.

use super::grammar::named;
use super::literal::{trim, truth};
use super::{Parsed, Parser};
use crate::error::{PlanError, Result};
use crate::expression::{Expression, INTERVAL_UNITS, LiteralValue, row_interval};
use crate::function::{BuiltInFunction, definitions as built_in};
use crate::types::{LogicalType, TypeKind};

/// A suffix: tried after an operand, it gives the operand with the suffix.
type Suffix = fn(&mut Parser, &Expression, usize) -> Parsed<Expression>;

/// The order matters: calls of any name come last.
const SUFFIXES: [Suffix; 20] = [
    |parser, operand, at| parser.bare(operand, at, "flatten", &built_in::FLATTEN),
    Parser::suffix_as,
    Parser::suffix_interval,
    Parser::suffix_rows,
    |parser, operand, at| parser.conversion(operand, at, "toTimestamp", TypeKind::Timestamp(3)),
    |parser, operand, at| parser.conversion(operand, at, "toTime", TypeKind::Time(0)),
    |parser, operand, at| parser.conversion(operand, at, "toDate", TypeKind::Date),
    Parser::suffix_log,
    |parser, operand, at| parser.bare(operand, at, "asc", &built_in::ASC),
    |parser, operand, at| parser.bare(operand, at, "desc", &built_in::DESC),
    Parser::suffix_cast,
    Parser::suffix_trim,
    Parser::suffix_trim_both,
    |parser, operand, at| parser.suffix_unit(operand, at, "extract", &built_in::EXTRACT),
    |parser, operand, at| parser.suffix_unit(operand, at, "floor", &built_in::FLOOR),
    |parser, operand, at| parser.suffix_unit(operand, at, "ceil", &built_in::CEIL),
    Parser::suffix_get,
    Parser::suffix_if,
    |parser, operand, at| parser.bare(operand, at, "distinct", &built_in::DISTINCT),
    Parser::suffix_call,
];

impl Parser {
    pub(super) fn suffixed(&mut self, operand: &Expression, at: usize) -> Parsed<Expression> {
        SUFFIXES.iter().find_map(|suffix| suffix(self, operand, at))
    }

    /// `.keyword`; the answer is where it ends.
    fn dotted(&mut self, at: usize, keyword: &'static str) -> Option<usize> {
        let at = self.scanner.word(at, ".")?;
        let (_, at) = self.scanner.keyword(at, keyword)?;
        Some(at)
    }

    /// `.keyword` with or without `()`.
    fn dotted_bare(&mut self, at: usize, keyword: &'static str) -> Option<usize> {
        let at = self.dotted(at, keyword)?;
        Some(self.scanner.word(at, "()").unwrap_or(at))
    }

    /// `.keyword(`.
    fn dotted_open(&mut self, at: usize, keyword: &'static str) -> Option<usize> {
        let at = self.dotted(at, keyword)?;
        self.scanner.word(at, "(")
    }

    fn bare(
        &mut self,
        operand: &Expression,
        at: usize,
        keyword: &'static str,
        function: &'static BuiltInFunction,
    ) -> Parsed<Expression> {
        let at = self.dotted_bare(at, keyword)?;
        Some((Expression::call(function, vec![operand.clone()]), at))
    }

    fn conversion(
        &mut self,
        operand: &Expression,
        at: usize,
        keyword: &'static str,
        target: TypeKind,
    ) -> Parsed<Expression> {
        let at = self.dotted_bare(at, keyword)?;
        Some((cast(operand.clone(), LogicalType::nullable(target)), at))
    }

    fn suffix_as(&mut self, operand: &Expression, at: usize) -> Parsed<Expression> {
        let at = self.dotted_open(at, "as")?;
        let (names, at) = self.separated(at, Self::field_reference)?;
        let at = self.scanner.word(at, ")")?;
        Some((named(operand.clone(), names), at))
    }

    /// The keyword is found without regard to case, but only the lower-case one has a meaning.
    fn suffix_interval(&mut self, operand: &Expression, at: usize) -> Parsed<Expression> {
        let at = self.scanner.word(at, ".")?;
        let ((written, at), keyword, unit) = INTERVAL_UNITS
            .iter()
            .find_map(|(keyword, unit)| Some((self.scanner.keyword(at, keyword)?, *keyword, *unit)))?;
        if written != keyword {
            self.scanner.throw(PlanError::Other {
                class: "scala.MatchError",
                message: format!(
                    "(({operand}~.)~{written}) (of class scala.util.parsing.combinator.Parsers$$tilde)"
                ),
            });
            return None;
        }
        let interval = unit.interval(operand);
        Some((self.valid(interval)?, at))
    }

    fn suffix_rows(&mut self, operand: &Expression, at: usize) -> Parsed<Expression> {
        let at = self.dotted(at, "rows")?;
        Some((self.valid(row_interval(operand))?, at))
    }

    /// The expression, or the exception that its operand is no constant.
    fn valid(&mut self, expression: Result<Expression>) -> Option<Expression> {
        expression.map_err(|error| self.scanner.throw(error)).ok()
    }

    /// `a.log(base)` is `log(base, a)`.
    fn suffix_log(&mut self, operand: &Expression, at: usize) -> Parsed<Expression> {
        let at = self.dotted_open(at, "log")?;
        let (base, at) = self.expression(at)?;
        let at = self.scanner.word(at, ")")?;
        let call = Expression::call(&built_in::LOG, vec![base, operand.clone()]);
        Some((call, at))
    }

    fn suffix_cast(&mut self, operand: &Expression, at: usize) -> Parsed<Expression> {
        let at = self.dotted_open(at, "cast")?;
        let (target, at) = self.data_type(at)?;
        let at = self.scanner.word(at, ")")?;
        Some((cast(operand.clone(), target), at))
    }

    fn suffix_trim(&mut self, operand: &Expression, at: usize) -> Parsed<Expression> {
        let at = self.dotted_open(at, "trim")?;
        let (mode, at) = self.trim_mode(at)?;
        let at = self.scanner.word(at, ",")?;
        let (characters, at) = self.expression(at)?;
        let at = self.scanner.word(at, ")")?;
        Some((trim(&mode, characters, operand.clone()), at))
    }

    fn suffix_trim_both(&mut self, operand: &Expression, at: usize) -> Parsed<Expression> {
        let at = self.dotted_bare(at, "trim")?;
        Some((trim_both(operand.clone()), at))
    }

    fn suffix_unit(
        &mut self,
        operand: &Expression,
        at: usize,
        keyword: &'static str,
        function: &'static BuiltInFunction,
    ) -> Parsed<Expression> {
        let at = self.dotted_open(at, keyword)?;
        let (unit, at) = self.time_interval_unit(at)?;
        let at = self.scanner.word(at, ")")?;
        Some((Expression::call(function, vec![unit, operand.clone()]), at))
    }

    fn suffix_get(&mut self, operand: &Expression, at: usize) -> Parsed<Expression> {
        let at = self.dotted_open(at, "get")?;
        let (field, at) = self.literal(at)?;
        let at = self.scanner.word(at, ")")?;
        Some((Expression::call(&built_in::GET, vec![operand.clone(), field]), at))
    }

    fn suffix_if(&mut self, operand: &Expression, at: usize) -> Parsed<Expression> {
        let at = self.dotted_open(at, "?")?;
        let (then, at) = self.expression(at)?;
        let at = self.scanner.word(at, ",")?;
        let (otherwise, at) = self.expression(at)?;
        let at = self.scanner.word(at, ")")?;
        let arguments = vec![operand.clone(), then, otherwise];
        Some((Expression::call(&built_in::IF_THEN_ELSE, arguments), at))
    }

    /// `a.f(b)`, else `a.f`.
    fn suffix_call(&mut self, operand: &Expression, at: usize) -> Parsed<Expression> {
        self.suffix_call_with_arguments(operand, at).or_else(|| {
            let at = self.scanner.word(at, ".")?;
            let (name, at) = self.scanner.identifier(at)?;
            Some((Expression::call_by_name(name, vec![operand.clone()]), at))
        })
    }

    fn suffix_call_with_arguments(&mut self, operand: &Expression, at: usize) -> Parsed<Expression> {
        let at = self.scanner.word(at, ".")?;
        let (name, at) = self.scanner.identifier(at)?;
        let at = self.scanner.word(at, "(")?;
        let (rest, at) = self.arguments(at);
        let at = self.scanner.word(at, ")")?;
        let mut arguments = vec![operand.clone()];
        arguments.extend(rest);
        Some((Expression::call_by_name(name, arguments), at))
    }
}

/// `cast(operand, target)`.
pub(super) fn cast(operand: Expression, target: LogicalType) -> Expression {
    Expression::call(&built_in::CAST, vec![operand, Expression::TypeLiteral(target)])
}

/// `trim` of blanks on both sides.
pub(super) fn trim_both(operand: Expression) -> Expression {
    let blank = Expression::literal(LiteralValue::String(" ".to_owned()));
    Expression::call(&built_in::TRIM, vec![truth(true), truth(true), blank, operand])
}
