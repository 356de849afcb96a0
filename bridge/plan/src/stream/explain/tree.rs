//! A tree of lines, drawn as Calcite draws it.

use std::fmt;

/// A line and the trees below it.
#[derive(Debug, Clone)]
pub(super) struct Tree {
    /// The line, without indentation.
    pub(super) line: String,
    /// What is below, in order.
    pub(super) children: Vec<Tree>,
}

impl Tree {
    fn draw(&self, formatter: &mut fmt::Formatter<'_>, first: &str, others: &str) -> fmt::Result {
        writeln!(formatter, "{first}{}", self.line)?;
        let last = self.children.len().saturating_sub(1);
        for (position, child) in self.children.iter().enumerate() {
            let (branch, stem) = if position == last {
                ("+- ", "   ")
            } else {
                (":- ", ":  ")
            };
            child.draw(
                formatter,
                &format!("{others}{branch}"),
                &format!("{others}{stem}"),
            )?;
        }
        Ok(())
    }
}

impl fmt::Display for Tree {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.draw(formatter, "", "")
    }
}

#[cfg(test)]
mod tests {
    use super::Tree;

    #[test]
    fn draws_branches() {
        let leaf = |line: &str| Tree {
            line: line.to_owned(),
            children: Vec::new(),
        };
        let inner = Tree {
            children: vec![leaf("c")],
            ..leaf("b")
        };
        let tree = Tree {
            children: vec![inner, leaf("d")],
            ..leaf("a")
        };
        assert_eq!(tree.to_string(), "a\n:- b\n:  +- c\n+- d\n");
    }
}
