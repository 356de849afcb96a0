//! `GROUPING SETS`, `ROLLUP` and `CUBE` as lists of sets.
//!
//! Each part of GROUP BY stands for one set or several; several parts stand for all combinations.

use sqlparser::ast::{Expr, Function, FunctionArg, FunctionArgExpr, FunctionArguments, Spanned};

use super::super::source::validation_error;
use crate::error::Result;

/// How many sets a GROUP BY may have.
const MAXIMUM_SETS: usize = 4_096;

/// The sets that the parts of a GROUP BY mean together.
pub(super) fn sets_of<'t>(parts: &[&'t Expr]) -> Result<Vec<Vec<&'t Expr>>> {
    let mut sets: Vec<Vec<&Expr>> = vec![Vec::new()];
    for part in parts {
        let alternatives = alternatives(part)?;
        if sets.len().saturating_mul(alternatives.len()) > MAXIMUM_SETS {
            return Err(validation_error(
                part.span(),
                &format!("GROUP BY has more than {MAXIMUM_SETS} grouping sets"),
            ));
        }
        sets = sets
            .iter()
            .flat_map(|set| {
                alternatives.iter().map(move |alternative| {
                    let mut combined = set.clone();
                    combined.extend(alternative);
                    combined
                })
            })
            .collect();
    }
    Ok(sets)
}

/// The sets that one part means.
fn alternatives(part: &Expr) -> Result<Vec<Vec<&Expr>>> {
    Ok(match part {
        Expr::GroupingSets(sets) => {
            let mut all = Vec::new();
            for set in sets {
                match set.as_slice() {
                    // A set can itself be a ROLLUP or a CUBE.
                    [only] => all.extend(alternatives(only)?),
                    many => all.push(many.iter().collect()),
                }
            }
            all
        }
        Expr::Rollup(groups) => rollup(
            &groups
                .iter()
                .map(|group| group.iter().collect())
                .collect::<Vec<_>>(),
        ),
        Expr::Cube(groups) => cube(
            part,
            &groups
                .iter()
                .map(|group| group.iter().collect())
                .collect::<Vec<_>>(),
        )?,
        Expr::Function(call) => match nested(call) {
            Some(("ROLLUP", groups)) => rollup(&groups),
            Some((_, groups)) => cube(part, &groups)?,
            None => vec![vec![part]],
        },
        Expr::Tuple(parts) => vec![parts.iter().collect()],
        Expr::Nested(inner) => alternatives(inner)?,
        _ => vec![vec![part]],
    })
}

/// All prefixes, the longest first.
fn rollup<'t>(groups: &[Vec<&'t Expr>]) -> Vec<Vec<&'t Expr>> {
    (0..=groups.len())
        .rev()
        .map(|length| groups[..length].iter().flatten().copied().collect())
        .collect()
}

/// All subsets, the largest first.
fn cube<'t>(part: &Expr, groups: &[Vec<&'t Expr>]) -> Result<Vec<Vec<&'t Expr>>> {
    if groups.len() > 12 {
        return Err(validation_error(part.span(), "CUBE of more than 12 columns"));
    }
    Ok((0..1_usize << groups.len())
        .map(|left_out| {
            groups
                .iter()
                .enumerate()
                .filter(|(position, _)| left_out & (1 << (groups.len() - 1 - position)) == 0)
                .flat_map(|(_, group)| group.iter().copied())
                .collect()
        })
        .collect())
}

/// `ROLLUP(...)` and `CUBE(...)` inside GROUPING SETS, which the parser reads as calls.
fn nested(call: &Function) -> Option<(&'static str, Vec<Vec<&Expr>>)> {
    let name = call.name.to_string();
    let name = ["ROLLUP", "CUBE"]
        .into_iter()
        .find(|candidate| name.eq_ignore_ascii_case(candidate))?;
    let FunctionArguments::List(list) = &call.args else {
        return None;
    };
    let groups = list
        .args
        .iter()
        .map(|argument| match argument {
            FunctionArg::Unnamed(FunctionArgExpr::Expr(Expr::Tuple(parts))) => Some(parts.iter().collect()),
            FunctionArg::Unnamed(FunctionArgExpr::Expr(single)) => Some(vec![single]),
            _ => None,
        })
        .collect::<Option<Vec<_>>>()?;
    Some((name, groups))
}
