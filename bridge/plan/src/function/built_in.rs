//! What a built-in function is, and how one is found.
//!
//! Mirrors `org.apache.flink.table.functions.BuiltInFunctionDefinition`. The functions themselves are
//! in [`super::definitions`].

use std::collections::HashMap;
use std::sync::LazyLock;

use super::definitions;
use super::output::{Arguments, Output};
use super::signature::Signature;
use crate::expression::ResolvedExpression;
use crate::types::LogicalType;

/// What role a built-in function plays.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FunctionKind {
    /// One value a row.
    Scalar,
    /// One value a group.
    Aggregate,
    /// One value a row, over the rows of a window: needs `OVER`.
    Window,
    /// Handled by the planner itself, such as `as` and `desc`.
    Other,
}

/// Whether a function that can be named can also be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Support {
    /// It is planned and run.
    Executable,
    /// It is known, and refused by name when a call is resolved; the text says what works instead.
    Refused(&'static str),
}

/// A built-in function.
#[derive(Debug)]
pub struct BuiltInFunction {
    /// The name in the Table API and in plans, such as `greaterThan`.
    pub name: &'static str,
    /// The name or operator in SQL, such as `>`; `None` if SQL has none.
    pub sql_name: Option<&'static str>,
    /// Further names, such as those of string expressions and SQL synonyms.
    pub aliases: &'static [&'static str],
    /// Its role.
    pub kind: FunctionKind,
    /// The arguments it takes, as alternatives.
    pub signatures: &'static [Signature],
    /// How its result type follows from the arguments.
    pub(super) output: Output,
    /// Whether it can be used.
    pub support: Support,
}

/// What a signature makes of a call.
pub(crate) struct Inferred {
    /// The types that the arguments must be cast to; equal to their own where nothing is to be done.
    pub(crate) argument_types: Vec<LogicalType>,
    /// The type of the result.
    pub(crate) result_type: LogicalType,
}

impl BuiltInFunction {
    /// The types of a call of this function; `None` if no signature takes the arguments.
    pub(crate) fn infer(&self, arguments: &[ResolvedExpression]) -> Option<Inferred> {
        let types: Vec<LogicalType> = arguments.iter().map(ResolvedExpression::data_type).collect();
        self.signatures.iter().find_map(|signature| {
            let argument_types = signature.accept(arguments, &types)?;
            let result_type = (self.output)(&Arguments {
                expressions: arguments,
                types: &argument_types,
            })?;
            Some(Inferred {
                argument_types,
                result_type,
            })
        })
    }

    /// The signatures as messages show them, one a line.
    #[must_use]
    pub fn describe_signatures(&self) -> String {
        let lines: Vec<String> = self
            .signatures
            .iter()
            .map(|signature| match signature {
                // However many there have to be, Flink shows one and dots.
                Signature::EqualsComparable(Some(_)) | Signature::FullyComparable(_) => {
                    format!("{}(<COMPARABLE>...)", self.name)
                }
                _ => format!("{}({signature})", self.name),
            })
            .collect();
        lines.join("\n")
    }

    /// The fewest and the most arguments; `None` is no limit.
    pub(crate) fn argument_count(&self) -> (usize, Option<usize>) {
        let counts = || self.signatures.iter().map(Signature::argument_count);
        let fewest = counts().map(|(fewest, _)| fewest).min().unwrap_or(0);
        let most = counts().map(|(_, most)| most).collect::<Option<Vec<_>>>();
        (fewest, most.and_then(|most| most.into_iter().max()))
    }
}

/// Entries of the table are compared by identity: there is one of each.
impl PartialEq for BuiltInFunction {
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq(self, other)
    }
}

/// The built-in function of exactly this Table API name.
#[must_use]
pub fn definition(name: &str) -> Option<&'static BuiltInFunction> {
    static BY_NAME: LazyLock<HashMap<&str, &BuiltInFunction>> = LazyLock::new(|| {
        definitions::all()
            .map(|function| (function.name, function))
            .collect()
    });
    BY_NAME.get(name).copied()
}

/// The built-in function of this Table API name, SQL name or operator, without regard to case.
///
/// `-` is `minus`: the unary one is [`definitions::MINUS_PREFIX`].
#[must_use]
pub fn find_built_in(name: &str) -> Option<&'static BuiltInFunction> {
    let named = |candidate: &str| candidate.eq_ignore_ascii_case(name);
    // The Table API names go first, so that no synonym hides one of them.
    definitions::all()
        .find(|function| named(function.name))
        .or_else(|| {
            definitions::all().find(|function| {
                function.sql_name.is_some_and(named) || function.aliases.iter().any(|alias| named(alias))
            })
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn functions_are_found_by_any_name() {
        for (name, expected) in [
            ("greaterThan", "greaterThan"),
            ("GREATERTHAN", "greaterThan"),
            (">", "greaterThan"),
            ("-", "minus"),
            ("!=", "notEquals"),
            ("%", "mod"),
            ("MOD", "mod"),
            ("upperCase", "upper"),
            ("UPPER", "upper"),
            ("like", "LIKE"),
            ("||", "concat"),
            ("CHAR_LENGTH", "charLength"),
            ("IS NOT NULL", "isNotNull"),
            ("unboundedRange", "unboundedRange"),
        ] {
            assert_eq!(
                find_built_in(name).map(|found| found.name),
                Some(expected),
                "{name}"
            );
        }
        assert!(find_built_in("nofn").is_none());
    }

    /// The words that string expressions of Flink 1.10 know, and the Table API names of those that 2.x
    /// renamed.
    #[test]
    fn every_word_of_the_legacy_list_is_known() {
        let words = "avg count max min sum sum0 stddevPop stddevSamp varPop varSamp collect distinct flatten get \
            start end asc desc proctime rowtime over unboundedRange unboundedRow currentRange currentRow \
            withColumns withoutColumns as streamRecordTimestamp rangeTo and or not ifThenElse equals greaterThan \
            greaterThanOrEqual lessThan lessThanOrEqual notEquals isNull isNotNull isTrue isFalse isNotTrue \
            isNotFalse between notBetween charLength initCap like lowerCase similar substring replace trim \
            upperCase position overlay concat concat_ws lpad rpad regexpExtract fromBase64 toBase64 uuid ltrim \
            rtrim repeat regexpReplace plus minus divide times abs ceil exp floor log10 log2 ln log power mod \
            sqrt minusPrefix sin cos sinh tan tanh cot asin acos atan atan2 cosh degrees radians sign round pi e \
            rand randInteger bin hex truncate extract currentDate currentTime currentTimestamp localTime \
            localTimestamp temporalOverlaps dateTimePlus dateFormat timestampDiff at cardinality array element \
            map row md5 sha1 sha224 sha256 sha384 sha512 sha2 in cast reinterpretCast";
        for word in words.split_whitespace() {
            assert!(find_built_in(word).is_some(), "{word}");
        }
    }

    #[test]
    fn names_are_unique() {
        let mut names: Vec<_> = definitions::all()
            .map(|function| function.name.to_lowercase())
            .collect();
        let total = names.len();
        names.sort();
        names.dedup();
        assert_eq!(names.len(), total);
    }
}
