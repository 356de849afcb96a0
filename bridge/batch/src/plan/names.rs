//! Names that no other column of a plan has.

/// Makes names.
#[derive(Debug, Default)]
pub(crate) struct Names {
    made: usize,
}

impl Names {
    /// A name that was not given before; what a user called the column is in front of it.
    pub(crate) fn fresh(&mut self, name: &str) -> String {
        self.made += 1;
        format!("{name}#{}", self.made)
    }
}
