//! Constants, types and units.
//!
//! The words of types are those of `Types` in Flink 1.9 (`LONG`, `SQL_TIMESTAMP`), not those of SQL.

use super::memo::Rule;
use super::{Parsed, Parser};
use crate::error::PlanError;
use crate::expression::symbol::{Enumeration, TIME_INTERVAL_UNIT, TIME_POINT_UNIT};
use crate::expression::{Expression, LiteralValue};
use crate::function::definitions as built_in;
use crate::types::{LogicalType, MAX_LENGTH, TypeKind};

/// Types without parameters, in the order in which they are tried. `DECIMAL` was a type without
/// precision then; DECIMAL(38, 18) is what Flink converts it to.
const TYPES: [(&str, TypeKind); 14] = [
    ("BYTE", TypeKind::TinyInt),
    ("SHORT", TypeKind::SmallInt),
    ("INTERVAL_MONTHS", TypeKind::IntervalYearMonth),
    ("INTERVAL_MILLIS", TypeKind::IntervalDayTime),
    ("INT", TypeKind::Int),
    ("LONG", TypeKind::BigInt),
    ("FLOAT", TypeKind::Float),
    ("DOUBLE", TypeKind::Double),
    ("BOOLEAN", TypeKind::Boolean),
    ("STRING", TypeKind::VarChar(MAX_LENGTH)),
    ("SQL_DATE", TypeKind::Date),
    ("SQL_TIMESTAMP", TypeKind::Timestamp(3)),
    ("SQL_TIME", TypeKind::Time(0)),
    (
        "DECIMAL",
        TypeKind::Decimal {
            precision: 38,
            scale: 18,
        },
    ),
];

const WHOLE_NUMBER: &str = r"-?\d+";
const DECIMAL_NUMBER: &str = r"(\d+(\.\d*)?|\d*\.\d+)";
const FLOATING_NUMBER: &str = r"-?(\d+(\.\d+)?|\d*\.\d+)([eE][+-]?\d+)?[fFdD]?";
const SINGLE_QUOTED: &str = "'(?:''|[^'])*'";
const DOUBLE_QUOTED: &str = "\"(?:\"\"|[^\"])*\"";

impl Parser {
    pub(super) fn literal(&mut self, at: usize) -> Parsed<Expression> {
        self.remember(Rule::Literal, at, |parser, at| {
            parser
                .number_literal(at)
                .or_else(|| parser.string(at, DOUBLE_QUOTED, double_quoted, '"'))
                .or_else(|| parser.string(at, SINGLE_QUOTED, single_quoted, '\''))
                .or_else(|| parser.boolean(at))
        })
    }

    fn string(
        &mut self,
        at: usize,
        pattern: &'static str,
        length: fn(&[char]) -> Option<usize>,
        quote: char,
    ) -> Parsed<Expression> {
        let (quoted, at) = self.scanner.pattern(at, pattern, length)?;
        let content = &quoted[1..quoted.len() - 1];
        let content = content.replace(&format!("{quote}{quote}"), &quote.to_string());
        Some((Expression::literal(LiteralValue::String(content)), at))
    }

    fn boolean(&mut self, at: usize) -> Parsed<Expression> {
        [("true", true), ("false", false)]
            .into_iter()
            .find_map(|(keyword, value)| {
                let (_, at) = self.scanner.keyword(at, keyword)?;
                Some((truth(value), at))
            })
    }

    pub(super) fn number_literal(&mut self, at: usize) -> Parsed<Expression> {
        self.remember(Rule::NumberLiteral, at, |parser, at| {
            parser
                .long(at)
                .or_else(|| parser.decimal(at))
                .or_else(|| parser.number(at))
        })
    }

    fn long(&mut self, at: usize) -> Parsed<Expression> {
        let (digits, at) = self.scanner.pattern(at, WHOLE_NUMBER, whole_number)?;
        let at = self
            .scanner
            .word(at, "l")
            .or_else(|| self.scanner.word(at, "L"))?;
        let Ok(value) = digits.parse() else {
            return self.number_format(&digits);
        };
        let literal_type = LogicalType::not_null(TypeKind::BigInt);
        let value = LiteralValue::Integer(value);
        Some((Expression::Literal { value, literal_type }, at))
    }

    fn decimal(&mut self, at: usize) -> Parsed<Expression> {
        let (text, at) = self.scanner.pattern(at, DECIMAL_NUMBER, decimal_number)?;
        let at = self
            .scanner
            .word(at, "p")
            .or_else(|| self.scanner.word(at, "P"))?;
        let (whole, fraction) = text.split_once('.').unwrap_or((&text, ""));
        let digits = format!("{whole}{fraction}");
        let decimal = match (digits.parse(), u8::try_from(fraction.len())) {
            (Ok(unscaled), Ok(scale)) => Expression::decimal(unscaled, scale),
            _ => Err(PlanError::validation(format!(
                "A decimal constant can have 38 digits at most, {text} has more."
            ))),
        };
        match decimal {
            Ok(decimal) => Some((decimal, at)),
            Err(error) => {
                self.scanner.throw(error);
                None
            }
        }
    }

    fn number(&mut self, at: usize) -> Parsed<Expression> {
        let (text, at) = self
            .scanner
            .pattern(at, FLOATING_NUMBER, floating_number)
            .or_else(|| self.scanner.pattern(at, DECIMAL_NUMBER, decimal_number))?;
        if text
            .chars()
            .skip(usize::from(text.starts_with('-')))
            .all(|digit| digit.is_ascii_digit())
        {
            return match text.parse::<i32>() {
                Ok(value) => Some((Expression::literal(LiteralValue::Integer(i64::from(value))), at)),
                Err(_) => self.number_format(&text),
            };
        }
        let digits = text.trim_end_matches(['f', 'F', 'd', 'D']);
        let (value, kind) = if text.ends_with(['f', 'F']) {
            (digits.parse::<f32>().map(f64::from), TypeKind::Float)
        } else {
            (digits.parse::<f64>(), TypeKind::Double)
        };
        let Ok(value) = value else {
            return self.number_format(&text);
        };
        let literal_type = LogicalType::not_null(kind);
        let value = LiteralValue::Floating(value);
        Some((Expression::Literal { value, literal_type }, at))
    }

    fn number_format(&mut self, text: &str) -> Parsed<Expression> {
        self.scanner.throw(PlanError::Other {
            class: "java.lang.NumberFormatException",
            message: format!("For input string: \"{text}\""),
        });
        None
    }

    pub(super) fn null_literal(&mut self, at: usize) -> Parsed<Expression> {
        self.remember(Rule::NullLiteral, at, |parser, at| {
            let (_, at) = parser
                .scanner
                .keyword(at, "Null")
                .or_else(|| parser.scanner.keyword(at, "nullOf"))?;
            let at = parser.scanner.word(at, "(")?;
            let (literal_type, at) = parser.data_type(at)?;
            let at = parser.scanner.word(at, ")")?;
            let value = LiteralValue::Null;
            Some((Expression::Literal { value, literal_type }, at))
        })
    }

    pub(super) fn data_type(&mut self, at: usize) -> Parsed<LogicalType> {
        self.array_type(at, "PRIMITIVE_ARRAY")
            .or_else(|| self.array_type(at, "OBJECT_ARRAY"))
            .or_else(|| self.map_type(at))
            .or_else(|| {
                TYPES.iter().find_map(|(keyword, kind)| {
                    let (_, at) = self.scanner.keyword(at, keyword)?;
                    Some((LogicalType::nullable(kind.clone()), at))
                })
            })
    }

    fn array_type(&mut self, at: usize, keyword: &'static str) -> Parsed<LogicalType> {
        let (_, at) = self.scanner.keyword(at, keyword)?;
        let at = self.scanner.word(at, "(")?;
        let (element, at) = self.data_type(at)?;
        let at = self.scanner.word(at, ")")?;
        // Elements of Java's primitive arrays are never null.
        let element = element.with_nullable(keyword == "OBJECT_ARRAY");
        Some((LogicalType::nullable(TypeKind::Array(Box::new(element))), at))
    }

    fn map_type(&mut self, at: usize) -> Parsed<LogicalType> {
        let (_, at) = self.scanner.keyword(at, "MAP")?;
        let at = self.scanner.word(at, "(")?;
        let (key, at) = self.data_type(at)?;
        let at = self.scanner.word(at, ",")?;
        let (value, at) = self.data_type(at)?;
        let at = self.scanner.word(at, ")")?;
        let kind = TypeKind::Map(Box::new(key), Box::new(value));
        Some((LogicalType::nullable(kind), at))
    }

    /// The mode of `trim`, as written.
    pub(super) fn trim_mode(&mut self, at: usize) -> Parsed<String> {
        ["LEADING", "TRAILING", "BOTH"]
            .into_iter()
            .find_map(|mode| self.scanner.keyword(at, mode))
    }

    pub(super) fn time_interval_unit(&mut self, at: usize) -> Parsed<Expression> {
        self.unit(at, &TIME_INTERVAL_UNIT)
    }

    pub(super) fn time_point_unit(&mut self, at: usize) -> Parsed<Expression> {
        self.unit(at, &TIME_POINT_UNIT)
    }

    /// Constants are matched as plain prefixes, so that `YEAR` hides `YEAR_TO_MONTH`.
    fn unit(&mut self, at: usize, units: &'static Enumeration) -> Parsed<Expression> {
        let class = units.simple_name();
        units.constants.iter().find_map(|unit| {
            let at = self.scanner.word(at, unit)?;
            let name = (*unit).to_owned();
            Some((Expression::Symbol { class, name }, at))
        })
    }
}

/// `trim` in a mode. The mode is found without regard to case, but only upper case has a meaning.
pub(super) fn trim(mode: &str, characters: Expression, operand: Expression) -> Expression {
    let leading = truth(matches!(mode, "LEADING" | "BOTH"));
    let trailing = truth(matches!(mode, "TRAILING" | "BOTH"));
    Expression::call(&built_in::TRIM, vec![leading, trailing, characters, operand])
}

/// TRUE or FALSE.
pub(super) fn truth(value: bool) -> Expression {
    Expression::literal(LiteralValue::Boolean(value))
}

fn digits(text: &[char]) -> usize {
    text.iter()
        .take_while(|character| character.is_ascii_digit())
        .count()
}

fn minus(text: &[char]) -> usize {
    usize::from(text.first() == Some(&'-'))
}

fn whole_number(text: &[char]) -> Option<usize> {
    let sign = minus(text);
    let digits = digits(&text[sign..]);
    (digits > 0).then_some(sign + digits)
}

/// Digits with a fraction. Whether the point may end the number is up to the caller.
fn fractional(text: &[char], trailing_point: bool) -> Option<usize> {
    let whole = digits(text);
    if text.get(whole) != Some(&'.') {
        return (whole > 0).then_some(whole);
    }
    let fraction = digits(&text[whole + 1..]);
    if fraction > 0 || trailing_point && whole > 0 {
        Some(whole + 1 + fraction)
    } else {
        (whole > 0).then_some(whole)
    }
}

fn decimal_number(text: &[char]) -> Option<usize> {
    fractional(text, true)
}

fn floating_number(text: &[char]) -> Option<usize> {
    let sign = minus(text);
    let mut end = sign + fractional(&text[sign..], false)?;
    if matches!(text.get(end), Some('e' | 'E')) {
        let exponent_sign = usize::from(matches!(text.get(end + 1), Some('+' | '-')));
        let start = end + 1 + exponent_sign;
        let exponent = text.get(start..).map_or(0, digits);
        if exponent > 0 {
            end = start + exponent;
        }
    }
    Some(end + usize::from(matches!(text.get(end), Some('f' | 'F' | 'd' | 'D'))))
}

fn single_quoted(text: &[char]) -> Option<usize> {
    quoted(text, '\'')
}

fn double_quoted(text: &[char]) -> Option<usize> {
    quoted(text, '"')
}

/// The length of a quoted string. If it does not end, the last doubled quote is taken apart and ends it.
fn quoted(text: &[char], quote: char) -> Option<usize> {
    if text.first() != Some(&quote) {
        return None;
    }
    let mut last_pair = None;
    let mut at = 1;
    while let Some(character) = text.get(at) {
        if *character != quote {
            at += 1;
        } else if text.get(at + 1) == Some(&quote) {
            last_pair = Some(at + 1);
            at += 2;
        } else {
            return Some(at + 1);
        }
    }
    last_pair
}
