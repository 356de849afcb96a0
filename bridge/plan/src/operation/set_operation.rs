//! Set operations.

/// Which rows of two inputs are kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SetKind {
    /// Those of either.
    Union,
    /// Those of both.
    Intersect,
    /// Those of the first without those of the second; `EXCEPT`, also called `MINUS`.
    Minus,
}
