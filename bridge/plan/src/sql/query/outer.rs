//! Names of queries around a query: correlation.
//!
//! While a query inside an expression, or a `LATERAL` one, is planned, the columns of the query around it
//! are kept here as a frame. A name that its own FROM does not have is looked up in the frames, the
//! innermost first, and becomes [`ResolvedExpression::OuterField`].

use std::cell::{Cell, RefCell};

use sqlparser::ast::Ident;
use sqlparser::tokenizer::Span;

use super::super::source::validation_error;
use super::scope::{Found, Scope};
use crate::error::Result;
use crate::expression::ResolvedExpression;

/// The columns of a query around the one that is planned.
#[derive(Debug)]
struct Frame {
    scope: Scope,
    /// If that query is grouped: what it is grouped by, which is what its rows are made of.
    keys: Option<Keys>,
}

/// What a query is grouped by: each grouping over its rows, and as a column of its groups.
type Keys = Vec<(ResolvedExpression, ResolvedExpression)>;

/// The queries around the one that is planned, inner ones last.
#[derive(Debug)]
pub(super) struct Outer {
    frames: RefCell<Vec<Frame>>,
    /// The outermost frame that was referred to since the last look.
    outermost_used: Cell<usize>,
}

/// What a plan refers to outside of itself.
pub(super) struct Planned<T> {
    pub(super) value: T,
    /// Whether it refers to the frame that it was planned in.
    pub(super) is_correlated: bool,
}

impl Outer {
    pub(super) fn new() -> Self {
        Self {
            frames: RefCell::new(Vec::new()),
            outermost_used: Cell::new(usize::MAX),
        }
    }

    /// Plans something for which the scope is the next query further out.
    pub(super) fn inside<T>(
        &self,
        scope: &Scope,
        keys: Option<Keys>,
        plan: impl FnOnce() -> Result<T>,
    ) -> Result<Planned<T>> {
        let frame = Frame {
            scope: scope.clone(),
            keys,
        };
        self.frames.borrow_mut().push(frame);
        let planned = self.noting(plan);
        self.frames.borrow_mut().pop();
        let (value, used) = planned?;
        Ok(Planned {
            value,
            is_correlated: used <= self.depth(),
        })
    }

    /// Plans something, and tells whether it refers to any query around it.
    pub(super) fn is_used_by<T>(&self, plan: impl FnOnce() -> Result<T>) -> Result<Planned<T>> {
        let (value, used) = self.noting(plan)?;
        Ok(Planned {
            value,
            is_correlated: used < self.depth(),
        })
    }

    fn noting<T>(&self, plan: impl FnOnce() -> Result<T>) -> Result<(T, usize)> {
        let before = self.outermost_used.replace(usize::MAX);
        let planned = plan();
        let used = self.outermost_used.get();
        self.outermost_used.set(used.min(before));
        Ok((planned?, used))
    }

    /// How many queries are around this one.
    pub(super) fn depth(&self) -> usize {
        self.frames.borrow().len()
    }

    /// The column of a query around this one that a path means, and how many parts of the path it took.
    pub(super) fn find(&self, path: &[Ident]) -> Result<Option<(ResolvedExpression, usize)>> {
        let frames = self.frames.borrow();
        for (level, frame) in frames.iter().enumerate().rev() {
            let (column, taken) = match frame.scope.find(path)? {
                Found::Nothing => continue,
                Found::Column(column) => (column, path.len()),
                Found::Field(column, taken) => (column, taken),
            };
            self.outermost_used.set(self.outermost_used.get().min(level));
            let column = match &frame.keys {
                None => column,
                Some(keys) => group_column(keys, &column, path)?,
            };
            return Ok(Some((outward(column, frames.len() - level), taken)));
        }
        Ok(None)
    }
}

/// The column of a group that holds a column of its rows.
fn group_column(keys: &Keys, column: &ResolvedExpression, path: &[Ident]) -> Result<ResolvedExpression> {
    let found = keys.iter().find(|(over_rows, _)| over_rows == column);
    found.map(|(_, group)| group.clone()).ok_or_else(|| {
        let written: Vec<&str> = path.iter().map(|part| part.value.as_str()).collect();
        validation_error(
            Span::union_iter(path.iter().map(|part| part.span)),
            &format!("Expression '{}' is not being grouped", written.join(".")),
        )
    })
}

/// An expression over a row of a query further out.
fn outward(expression: ResolvedExpression, depth: usize) -> ResolvedExpression {
    match expression {
        ResolvedExpression::Field {
            index,
            name,
            field_type,
        } => ResolvedExpression::OuterField {
            depth,
            index,
            name,
            field_type,
        },
        ResolvedExpression::OuterField {
            depth: further,
            index,
            name,
            field_type,
        } => ResolvedExpression::OuterField {
            depth: depth + further,
            index,
            name,
            field_type,
        },
        ResolvedExpression::Call {
            function,
            arguments,
            result_type,
        } => ResolvedExpression::Call {
            function,
            arguments: arguments
                .into_iter()
                .map(|argument| outward(argument, depth))
                .collect(),
            result_type,
        },
        other => other,
    }
}
