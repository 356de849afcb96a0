//! `IS JSON [VALUE | OBJECT | ARRAY | SCALAR]`.

use std::sync::Arc;

use datafusion_physical_expr::PhysicalExpr;

use super::parse::parse;
use super::value::Json;
use crate::call::Call;
use crate::columns::boolean_column;
use crate::error::Result;

/// `IS_JSON(text, kind)`: FALSE for NULL.
pub(super) fn is_json(call: Call<'_>) -> Result<Arc<dyn PhysicalExpr>> {
    Ok(call.with(Arc::new(|values| {
        let text = values.texts(0)?;
        let kind = (values.count() > 1).then(|| values.texts(1)).transpose()?;
        boolean_column(values.rows(), |row| {
            let kind = kind.as_ref().and_then(|kind| kind.get(row)).unwrap_or("VALUE");
            let Some(Ok(value)) = text.get(row).map(parse) else {
                return Some(false);
            };
            Some(match kind {
                "OBJECT" => matches!(value, Json::Object(_)),
                "ARRAY" => matches!(value, Json::Array(_)),
                "SCALAR" => value.is_scalar(),
                _ => true,
            })
        })
    })))
}
