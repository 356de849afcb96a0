//! Which arguments a built-in function takes.
//!
//! Mirrors the input type strategies of `org.apache.flink.table.types.inference`: a signature accepts
//! arguments or not, and says what they are cast to implicitly.

use std::fmt;

use crate::expression::ResolvedExpression;
use crate::types::derive::{
    are_equals_comparable, are_fully_comparable, common_type, is_binary_string, is_character_string,
    is_constructed, is_date_time, is_exact_numeric, is_interval, is_numeric,
};
use crate::types::{LogicalType, MAX_LENGTH, TypeKind, supports_implicit_cast};

/// One way to call a function.
#[derive(Debug, Clone, Copy)]
pub enum Signature {
    /// These parameters in order.
    Sequence(&'static [Parameter]),
    /// These parameters in order; the last one once or more.
    Varying(&'static [Parameter]),
    /// So many arguments that can be compared by `=`; `None` is any number from two on.
    EqualsComparable(Option<usize>),
    /// So many arguments that can be compared by `<`.
    FullyComparable(usize),
    /// At least so many arguments that can be compared by `<`.
    FullyComparableFrom(usize),
    /// A symbol, then any number of pairs of such a key and of anything.
    Pairs(Parameter),
    /// These parameters, then at least so many arguments of a common type, and at most so many.
    Common(&'static [Parameter], usize, Option<usize>),
    /// Arguments whose types depend on each other.
    Adapted {
        /// The fewest arguments.
        fewest: usize,
        /// The most arguments; `None` is no limit.
        most: Option<usize>,
        /// How messages show the arguments.
        shown: &'static str,
        /// The types that the arguments are cast to; `None` if they are not accepted.
        adapt: fn(&[LogicalType]) -> Option<Vec<LogicalType>>,
    },
}

/// What one argument may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Parameter {
    /// Anything.
    Any,
    /// Anything but constructed types.
    Predefined,
    /// BOOLEAN.
    Boolean,
    /// Any number.
    Numeric,
    /// An integer or DECIMAL.
    ExactNumeric,
    /// INT, or what widens to it.
    Integer,
    /// Any integer type.
    AnyInteger,
    /// CHAR or VARCHAR.
    CharacterString,
    /// BINARY or VARBINARY.
    BinaryString,
    /// A date, time or timestamp.
    DateTime,
    /// TIMESTAMP or TIMESTAMP_LTZ.
    Timestamp,
    /// An interval.
    Interval,
    /// INTERVAL DAY TO SECOND.
    IntervalDayTime,
    /// INTERVAL YEAR TO MONTH.
    IntervalYearMonth,
    /// An enumeration constant.
    Symbol,
}

impl Parameter {
    /// The type that an argument is cast to; `None` if it is not accepted.
    fn accept(self, argument: &ResolvedExpression, actual: &LogicalType) -> Option<LogicalType> {
        let is_symbol = matches!(argument, ResolvedExpression::Symbol { .. });
        if is_symbol || self == Self::Symbol {
            return (is_symbol && matches!(self, Self::Symbol | Self::Any)).then(|| actual.clone());
        }
        let kind = &actual.kind;
        let accepted = match self {
            Self::Any => true,
            Self::Predefined => !is_constructed(kind) && *kind != TypeKind::Null,
            Self::Boolean => *kind == TypeKind::Boolean,
            Self::Numeric => is_numeric(kind),
            Self::ExactNumeric => is_exact_numeric(kind),
            Self::Integer => *kind == TypeKind::Int,
            Self::AnyInteger => is_exact_numeric(kind) && !matches!(kind, TypeKind::Decimal { .. }),
            Self::Timestamp => matches!(kind, TypeKind::Timestamp(_) | TypeKind::TimestampLtz(_)),
            Self::CharacterString => is_character_string(kind),
            Self::BinaryString => is_binary_string(kind),
            Self::DateTime => is_date_time(kind),
            Self::Interval => is_interval(kind),
            Self::IntervalDayTime => *kind == TypeKind::IntervalDayTime,
            Self::IntervalYearMonth => *kind == TypeKind::IntervalYearMonth,
            Self::Symbol => false,
        };
        if accepted {
            return Some(actual.clone());
        }
        // What converts without loss is cast, an untyped NULL for one.
        let target = LogicalType {
            kind: self.fallback()?,
            nullable: actual.nullable,
        };
        supports_implicit_cast(actual, &target).then_some(target)
    }

    /// The type that stands for the parameter when an argument has to be cast.
    fn fallback(self) -> Option<TypeKind> {
        Some(match self {
            Self::Boolean => TypeKind::Boolean,
            Self::Numeric | Self::Integer | Self::AnyInteger | Self::ExactNumeric => TypeKind::Int,
            Self::Timestamp => TypeKind::Timestamp(3),
            Self::BinaryString => TypeKind::VarBinary(MAX_LENGTH),
            Self::CharacterString | Self::Predefined => LogicalType::string().kind,
            _ => return None,
        })
    }
}

impl Signature {
    /// The types that the arguments are cast to; `None` if they are not accepted.
    pub(super) fn accept(
        &self,
        arguments: &[ResolvedExpression],
        types: &[LogicalType],
    ) -> Option<Vec<LogicalType>> {
        let (fewest, most) = self.argument_count();
        if arguments.len() < fewest || most.is_some_and(|most| arguments.len() > most) {
            return None;
        }
        match *self {
            Self::Sequence(parameters) | Self::Varying(parameters) => arguments
                .iter()
                .zip(types)
                .enumerate()
                .map(|(position, (argument, actual))| {
                    let parameter = parameters.get(position).or(parameters.last())?;
                    parameter.accept(argument, actual)
                })
                .collect(),
            Self::Pairs(key) => {
                let mut accepted = vec![types.first()?.clone()];
                if !matches!(arguments.first(), Some(ResolvedExpression::Symbol { .. })) {
                    return None;
                }
                for (arguments, types) in arguments.get(1..)?.chunks(2).zip(types.get(1..)?.chunks(2)) {
                    let ([name, value], [name_type, value_type]) = (arguments, types) else {
                        return None;
                    };
                    accepted.push(key.accept(name, name_type)?);
                    accepted.push(Parameter::Any.accept(value, value_type)?);
                }
                Some(accepted)
            }
            Self::EqualsComparable(_) => comparable(types, are_equals_comparable),
            Self::FullyComparable(_) | Self::FullyComparableFrom(_) => {
                comparable(types, are_fully_comparable)
            }
            Self::Adapted { adapt, .. } => adapt(types),
            Self::Common(parameters, ..) => {
                let (leading, rest) = types.split_at(parameters.len());
                let mut accepted: Vec<LogicalType> = parameters
                    .iter()
                    .zip(arguments.iter().zip(leading))
                    .map(|(parameter, (argument, actual))| parameter.accept(argument, actual))
                    .collect::<Option<_>>()?;
                let common = common_type(rest)?;
                // Each argument keeps its own nullability, so that no NOT NULL is claimed.
                accepted.extend(rest.iter().map(|actual| common.with_nullable(actual.nullable)));
                Some(accepted)
            }
        }
    }

    /// The fewest and the most arguments; `None` is no limit.
    pub(super) fn argument_count(&self) -> (usize, Option<usize>) {
        match *self {
            Self::Sequence(parameters) => (parameters.len(), Some(parameters.len())),
            Self::Varying(parameters) => (parameters.len(), None),
            Self::Pairs(_) => (1, None),
            Self::EqualsComparable(count) => (count.unwrap_or(2), count),
            Self::FullyComparable(count) => (count, Some(count)),
            Self::Adapted { fewest, most, .. } => (fewest, most),
            Self::FullyComparableFrom(fewest) => (fewest, None),
            Self::Common(parameters, fewest, most) => (
                parameters.len() + fewest,
                most.map(|most| parameters.len() + most),
            ),
        }
    }
}

fn comparable(
    types: &[LogicalType],
    compare: fn(&LogicalType, &LogicalType) -> bool,
) -> Option<Vec<LogicalType>> {
    let first = types.first()?;
    if !types.iter().all(|other| compare(first, other)) {
        return None;
    }
    // An untyped NULL is compared in the type of the others; NULLs alone have no type to compare in.
    let typed = types.iter().find(|candidate| candidate.kind != TypeKind::Null)?;
    let adapted = types.iter().map(|actual| match actual.kind {
        TypeKind::Null => typed.with_nullable(true),
        _ => actual.clone(),
    });
    Some(adapted.collect())
}

impl fmt::Display for Signature {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (leading, repeated, count, open): (&[Parameter], &str, usize, bool) = match *self {
            Self::Sequence(parameters) => (parameters, "", 0, false),
            Self::Varying(parameters) => (parameters, "", 0, true),
            Self::Pairs(_) => (&[], "<KEY>, <ANY>", 1, true),
            Self::EqualsComparable(count) => (&[], "<COMPARABLE>", count.unwrap_or(2), count.is_none()),
            Self::FullyComparable(count) => (&[], "<COMPARABLE>", count, false),
            Self::Adapted { shown, .. } => return formatter.write_str(shown),
            Self::FullyComparableFrom(fewest) => (&[], "<COMPARABLE>", fewest, true),
            Self::Common(parameters, fewest, most) => (parameters, "<COMMON>", fewest, most != Some(fewest)),
        };
        let mut parts: Vec<String> = leading.iter().map(ToString::to_string).collect();
        parts.extend(std::iter::repeat_n(repeated.to_owned(), count));
        if let (true, Some(last)) = (open, parts.last_mut()) {
            last.push_str("...");
        }
        formatter.write_str(&parts.join(", "))
    }
}

impl fmt::Display for Parameter {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Any => "<ANY>",
            Self::Predefined => "<PREDEFINED>",
            Self::Boolean => "<BOOLEAN>",
            Self::Numeric => "<NUMERIC>",
            Self::ExactNumeric => "<EXACT_NUMERIC>",
            Self::Integer => "<INTEGER>",
            Self::AnyInteger => "<INTEGER_NUMERIC>",
            Self::Timestamp => "<TIMESTAMP>",
            Self::CharacterString => "<CHARACTER_STRING>",
            Self::BinaryString => "<BINARY_STRING>",
            Self::DateTime => "<DATETIME>",
            Self::Interval => "<INTERVAL>",
            Self::IntervalDayTime => "<INTERVAL_DAY_TIME>",
            Self::IntervalYearMonth => "<INTERVAL_YEAR_MONTH>",
            Self::Symbol => "<SYMBOL>",
        })
    }
}
