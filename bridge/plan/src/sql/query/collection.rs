//! Forms of arrays, maps and rows: `ARRAY[...]`, `(a, b)`, `a[1]`, `r.field`.

use sqlparser::ast::{AccessExpr, Expr, Ident, Subscript};
use sqlparser::tokenizer::Span;

use super::super::source::validation_error;
use super::call::{built_in, with_type};
use super::expression::Translator;
use super::names::field_of;
use super::refuse::refused;
use crate::error::Result;
use crate::expression::{LiteralValue, ResolvedExpression};
use crate::function::definitions;
use crate::operation::expression_type;
use crate::types::TypeKind;

/// A row of these values, with the names that SQL gives to columns without one.
pub(super) fn row(operands: Vec<ResolvedExpression>, span: Span) -> Result<ResolvedExpression> {
    if operands
        .iter()
        .any(|operand| expression_type(operand).kind == TypeKind::Null)
    {
        return Err(validation_error(span, "Illegal use of 'NULL'"));
    }
    let called = built_in(&definitions::ROW, operands, span)?;
    let mut row_type = expression_type(&called);
    if let TypeKind::Row(fields) = &mut row_type.kind {
        for (index, field) in fields.iter_mut().enumerate() {
            field.name = format!("EXPR${index}");
        }
    }
    Ok(with_type(called, row_type))
}

impl Translator<'_, '_> {
    /// `ARRAY[...]`.
    pub(super) fn array(&mut self, elements: &[Expr], span: Span) -> Result<ResolvedExpression> {
        let operands: Vec<&Expr> = elements.iter().collect();
        let operands = self.all(&operands)?;
        built_in(&definitions::ARRAY, operands, span)
    }

    /// `(a, b)`.
    pub(super) fn tuple(&mut self, elements: &[Expr], span: Span) -> Result<ResolvedExpression> {
        let operands: Vec<&Expr> = elements.iter().collect();
        row(self.all(&operands)?, span)
    }

    /// Subscripts and fields, one after the other.
    pub(super) fn access(
        &mut self,
        root: &Expr,
        chain: &[AccessExpr],
        span: Span,
    ) -> Result<ResolvedExpression> {
        // A name with parts is one path up to the first subscript.
        let mut path: Vec<Ident> = match root {
            Expr::Identifier(name) => vec![name.clone()],
            Expr::CompoundIdentifier(path) => path.clone(),
            _ => Vec::new(),
        };
        let mut rest = chain;
        let mut value = if path.is_empty() {
            self.translate(root)?
        } else {
            while let [AccessExpr::Dot(Expr::Identifier(name)), behind @ ..] = rest {
                path.push(name.clone());
                rest = behind;
            }
            self.path(&path)?
        };
        for step in rest {
            value = match step {
                AccessExpr::Dot(Expr::Identifier(name)) => {
                    let row_type = expression_type(&value);
                    field_of(value, name).ok_or_else(|| {
                        let row = row_type.as_summary_string();
                        validation_error(name.span, &format!("Column '{}' not found in {row}", name.value))
                    })??
                }
                AccessExpr::Subscript(Subscript::Index { index }) => {
                    let index = self.translate(index)?;
                    element_at(value, index, span)?
                }
                other => {
                    return Err(refused(
                        span,
                        &format!("the access {other}"),
                        "Write a[index] or r.field.",
                    ));
                }
            };
        }
        Ok(value)
    }
}

fn element_at(
    container: ResolvedExpression,
    index: ResolvedExpression,
    span: Span,
) -> Result<ResolvedExpression> {
    if let ResolvedExpression::Literal {
        value: LiteralValue::Integer(position),
        ..
    } = &index
        && *position < 1
        && matches!(expression_type(&container).kind, TypeKind::Array(_))
    {
        return Err(validation_error(
            span,
            &format!("Array element access needs an index starting at 1 but was {position}."),
        ));
    }
    built_in(&definitions::AT, vec![container, index], span)
}
