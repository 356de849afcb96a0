//! Which kinds of changes an operator emits.

use super::StreamNode;

/// Kinds of changes. Insertions are always among them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct ChangeKinds {
    /// -U: the row before an update.
    pub update_before: bool,
    /// +U: the row after an update.
    pub update_after: bool,
    /// -D.
    pub delete: bool,
}

impl ChangeKinds {
    /// Whether there is anything but insertions: an aggregate over such an input has to retract.
    #[must_use]
    pub fn is_updating(self) -> bool {
        self.update_before || self.update_after || self.delete
    }

    /// The kinds of both.
    #[must_use]
    pub fn union(self, other: Self) -> Self {
        Self {
            update_before: self.update_before || other.update_before,
            update_after: self.update_after || other.update_after,
            delete: self.delete || other.delete,
        }
    }
}

impl std::fmt::Display for ChangeKinds {
    /// Prints `[I,UB,UA,D]`, as `EXPLAIN CHANGELOG_MODE` does.
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let part = |present, text| if present { text } else { "" };
        write!(
            formatter,
            "[I{}{}{}]",
            part(self.update_before, ",UB"),
            part(self.update_after, ",UA"),
            part(self.delete, ",D")
        )
    }
}

impl StreamNode {
    /// The kinds of changes that the operator emits.
    #[must_use]
    pub fn change_kinds(&self) -> ChangeKinds {
        match self {
            Self::TableSourceScan { .. } | Self::Values { .. } => ChangeKinds::default(),
            Self::Calc { input, .. } | Self::PythonCalc { input, .. } | Self::Exchange { input, .. } => {
                input.change_kinds()
            }
            // A group vanishes only when rows are taken out of it.
            Self::GroupAggregate {
                input,
                emit_update_before,
                ..
            } => ChangeKinds {
                update_before: *emit_update_before,
                update_after: true,
                delete: input.change_kinds().is_updating(),
            },
            Self::Union { inputs, .. } => inputs.iter().fold(ChangeKinds::default(), |kinds, input| {
                kinds.union(input.change_kinds())
            }),
        }
    }
}
