//! Which results can be printed in which time zone.
//!
//! TIMESTAMP_LTZ is shown in the session's time zone. Printing knows UTC only, and must not show an
//! instant in another zone than the program asked for.

use nutkin_plan::PlanError;
use nutkin_plan::catalog::Schema;
use nutkin_plan::types::{LogicalType, TypeKind};

use crate::Result;

/// The names of UTC.
const UTC: [&str; 6] = ["UTC", "Etc/UTC", "GMT", "Z", "+00:00", "default"];

/// Checks that values of these columns can be printed in a time zone.
///
/// # Errors
/// When a column holds instants and the zone is not UTC.
pub(super) fn check_printable(schema: &Schema, time_zone: Option<&str>) -> Result<()> {
    let Some(zone) = time_zone.filter(|zone| !UTC.contains(zone)) else {
        return Ok(());
    };
    match schema
        .columns
        .iter()
        .find(|column| has_instants(&column.column_type))
    {
        Some(column) => Err(PlanError::unsupported(
            format!(
                "Printing column '{}' of type {} in the time zone '{zone}'",
                column.name, column.column_type
            ),
            "set 'table.local-time-zone' to 'UTC', or use collect(), which gives the values themselves",
        )
        .into()),
        None => Ok(()),
    }
}

fn has_instants(logical_type: &LogicalType) -> bool {
    match &logical_type.kind {
        TypeKind::TimestampLtz(_) => true,
        TypeKind::Array(element) | TypeKind::Multiset(element) => has_instants(element),
        TypeKind::Map(key, value) => has_instants(key) || has_instants(value),
        TypeKind::Row(fields) => fields.iter().any(|field| has_instants(&field.field_type)),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use nutkin_plan::catalog::Column;
    use nutkin_plan::types::{TypeDialect, parse_type};

    use super::*;

    fn schema(column_type: &str) -> Schema {
        Schema {
            columns: vec![Column {
                name: "at".to_owned(),
                column_type: parse_type(column_type, TypeDialect::Ddl).unwrap(),
                comment: None,
            }],
            primary_key: Vec::new(),
        }
    }

    #[test]
    fn only_instants_care_for_the_zone() {
        for kind in ["TIMESTAMP_LTZ(3)", "ARRAY<ROW<a MAP<STRING, TIMESTAMP_LTZ(3)>>>"] {
            assert!(check_printable(&schema(kind), None).is_ok());
            assert!(check_printable(&schema(kind), Some("UTC")).is_ok());
            let error = check_printable(&schema(kind), Some("Asia/Shanghai")).unwrap_err();
            let text = error.to_string();
            assert!(text.starts_with("Printing column 'at' of type "), "{text}");
            assert!(
                text.ends_with("in the time zone 'Asia/Shanghai' is not supported"),
                "{text}"
            );
        }
        assert!(check_printable(&schema("TIMESTAMP(3)"), Some("Asia/Shanghai")).is_ok());
    }
}
