//! The table of built-in functions.
//!
//! Mirrors `org.apache.flink.table.functions.BuiltInFunctionDefinitions`.

/// What role a built-in function plays.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FunctionKind {
    /// One value a row.
    Scalar,
    /// One value a group.
    Aggregate,
    /// Handled by the planner itself, such as `as` and `desc`.
    Other,
}

/// A built-in function.
#[derive(Debug)]
pub struct BuiltInFunction {
    /// The name in the Table API, such as `greaterThan`.
    pub name: &'static str,
    /// The name or operator in SQL, such as `>`; `None` if SQL has none.
    pub sql_name: Option<&'static str>,
    /// Its role.
    pub kind: FunctionKind,
}

/// Entries of the table are compared by identity: there is one of each.
impl PartialEq for BuiltInFunction {
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq(self, other)
    }
}
