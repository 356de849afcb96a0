//! `LIKE`: what a new table takes over from another one.
//!
//! Mirrors `MergeTableLikeUtil`: each kind of thing is included, excluded or overwritten, by its own option
//! or by `ALL`; without either, everything is included, and options and generated columns may not collide.

use sqlparser::tokenizer::Location;

use super::super::cursor::Cursor;
use super::super::fault::{Fault, Parsed};
use super::validate_error;

/// `LIKE path (options)`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LikeClause {
    /// The other table's path as written.
    pub path: Vec<String>,
    /// Where the path is.
    pub place: Location,
    /// The options, in the order written.
    pub options: Vec<(MergingStrategy, LikeFeature)>,
}

/// What happens to a thing of the other table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MergingStrategy {
    /// Taken over; a thing of the same name is an error.
    Including,
    /// Left out.
    Excluding,
    /// Taken over, unless the new table has one of the same name.
    Overwriting,
}

/// A kind of thing that a table has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LikeFeature {
    /// Everything.
    All,
    /// The primary key.
    Constraints,
    /// The distribution.
    Distribution,
    /// Computed columns.
    Generated,
    /// Metadata columns.
    Metadata,
    /// Options of `WITH`.
    Options,
    /// Columns of `PARTITIONED BY`.
    Partitions,
    /// The watermark.
    Watermarks,
}

const FEATURES: [(&str, LikeFeature); 8] = [
    ("ALL", LikeFeature::All),
    ("CONSTRAINTS", LikeFeature::Constraints),
    ("DISTRIBUTION", LikeFeature::Distribution),
    ("GENERATED", LikeFeature::Generated),
    ("METADATA", LikeFeature::Metadata),
    ("OPTIONS", LikeFeature::Options),
    ("PARTITIONS", LikeFeature::Partitions),
    ("WATERMARKS", LikeFeature::Watermarks),
];

const STRATEGIES: [(&str, MergingStrategy); 3] = [
    ("INCLUDING", MergingStrategy::Including),
    ("EXCLUDING", MergingStrategy::Excluding),
    ("OVERWRITING", MergingStrategy::Overwriting),
];

/// Reads what follows `LIKE`.
pub(super) fn read_like(cursor: &mut Cursor<'_>) -> Parsed<LikeClause> {
    let place = cursor.span().start;
    let path = cursor.path()?;
    let mut options: Vec<(MergingStrategy, LikeFeature)> = Vec::new();
    if cursor.token(&sqlparser::tokenizer::Token::LParen) {
        loop {
            let Some((_, strategy)) = STRATEGIES.iter().find(|(word, _)| cursor.word(word)) else {
                if cursor.token(&sqlparser::tokenizer::Token::RParen) && !options.is_empty() {
                    break;
                }
                return Err(cursor.expected("INCLUDING, EXCLUDING or OVERWRITING"));
            };
            let found = FEATURES.iter().find(|(word, _)| cursor.word(word));
            let Some((name, feature)) = found else {
                let names: Vec<&str> = FEATURES.iter().map(|(name, _)| *name).collect();
                return Err(cursor.expected(&names.join(", ")));
            };
            if options.iter().any(|(_, other)| other == feature) {
                return Err(Fault::Refused(validate_error(
                    "Each like option feature can be declared only once.".to_owned(),
                )));
            }
            let overwritable = matches!(
                feature,
                LikeFeature::Generated
                    | LikeFeature::Metadata
                    | LikeFeature::Options
                    | LikeFeature::Watermarks
            );
            if *strategy == MergingStrategy::Overwriting && !overwritable {
                return Err(Fault::Refused(validate_error(format!(
                    "Illegal merging strategy 'OVERWRITING' for '{name}' option."
                ))));
            }
            options.push((*strategy, *feature));
        }
    }
    Ok(LikeClause { path, place, options })
}

impl LikeClause {
    /// What happens to things of a kind. Mirrors `MergeTableLikeUtil.computeMergingStrategies`.
    #[must_use]
    pub fn strategy(&self, feature: LikeFeature) -> MergingStrategy {
        let find = |wanted: LikeFeature| {
            self.options
                .iter()
                .find(|(_, feature)| *feature == wanted)
                .map(|(strategy, _)| *strategy)
        };
        let default = match feature {
            LikeFeature::Options => MergingStrategy::Overwriting,
            _ => MergingStrategy::Including,
        };
        find(feature)
            .or_else(|| find(LikeFeature::All))
            .unwrap_or(default)
    }
}
