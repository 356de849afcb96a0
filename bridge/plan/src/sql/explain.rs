//! `EXPLAIN`.

use sqlparser::tokenizer::Token;

use super::cursor::Cursor;
use super::fault::Parsed;
use super::parse::read_statement;
use super::statement::Statement;
use super::statement_set;

/// `EXPLAIN [PLAN FOR | details] {query | insert | STATEMENT SET ...}`.
#[derive(Debug, Clone)]
pub struct Explain {
    /// What to show beside the plans, in the order written.
    pub details: Vec<ExplainDetail>,
    /// A query, an insert or a statement set.
    pub statement: Box<Statement>,
}

/// What `EXPLAIN` shows on demand. Mirrors `org.apache.flink.table.api.ExplainDetail`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ExplainDetail {
    /// Costs of the optimised plan's nodes.
    EstimatedCost,
    /// Which changes each node of the optimised plan emits.
    ChangelogMode,
    /// The execution plan as JSON.
    JsonExecutionPlan,
    /// Advice on the optimised plan.
    PlanAdvice,
}

impl ExplainDetail {
    /// All details.
    pub const ALL: [Self; 4] = [
        Self::EstimatedCost,
        Self::ChangelogMode,
        Self::JsonExecutionPlan,
        Self::PlanAdvice,
    ];

    /// The name in SQL and in the Table API.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::EstimatedCost => "ESTIMATED_COST",
            Self::ChangelogMode => "CHANGELOG_MODE",
            Self::JsonExecutionPlan => "JSON_EXECUTION_PLAN",
            Self::PlanAdvice => "PLAN_ADVICE",
        }
    }
}

pub(super) fn read(cursor: &mut Cursor<'_>) -> Parsed<Explain> {
    cursor.expect_words(&["EXPLAIN"])?;
    let mut details = Vec::new();
    if !cursor.words(&["PLAN", "FOR"]) {
        while let Some(detail) = ExplainDetail::ALL
            .into_iter()
            .find(|detail| cursor.at_word(detail.name()))
        {
            cursor.expect_words(&[detail.name()])?;
            details.push(detail);
            if !cursor.token(&Token::Comma) {
                break;
            }
            if !ExplainDetail::ALL
                .iter()
                .any(|detail| cursor.at_word(detail.name()))
            {
                return Err(
                    cursor.expected("ESTIMATED_COST, CHANGELOG_MODE, JSON_EXECUTION_PLAN or PLAN_ADVICE")
                );
            }
        }
    }
    let statement = if cursor.words(&["STATEMENT", "SET", "BEGIN"]) {
        Statement::StatementSet(statement_set::read_inserts(cursor)?)
    } else {
        let explainable = ["SELECT", "VALUES", "WITH", "INSERT"]
            .iter()
            .any(|word| cursor.at_word(word));
        if !explainable && cursor.parser.peek_token_ref().token != Token::LParen {
            return Err(cursor.expected("a query, INSERT or STATEMENT SET"));
        }
        read_statement(cursor)?
    };
    Ok(Explain {
        details,
        statement: Box::new(statement),
    })
}
