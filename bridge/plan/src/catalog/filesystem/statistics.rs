//! What `ANALYZE TABLE` found, as JSON.

use serde_json::{Map, Value, json};

use crate::catalog::{ColumnStatistics, TableStatistics};

pub(super) fn write(statistics: &TableStatistics) -> Value {
    let columns: Map<String, Value> = statistics
        .columns
        .iter()
        .map(|(name, column)| {
            let value = json!({
                "distinctCount": column.distinct_count,
                "nullCount": column.null_count,
                "minimum": column.minimum,
                "maximum": column.maximum,
            });
            (name.clone(), value)
        })
        .collect();
    json!({"version": 1, "rowCount": statistics.row_count, "columns": columns})
}

pub(super) fn read(value: &Value) -> TableStatistics {
    let number = |value: &Value, key: &str| value.get(key).and_then(Value::as_u64).unwrap_or_default();
    let text = |value: &Value, key: &str| value.get(key).and_then(Value::as_str).map(str::to_owned);
    TableStatistics {
        row_count: number(value, "rowCount"),
        columns: value
            .get("columns")
            .and_then(Value::as_object)
            .into_iter()
            .flatten()
            .map(|(name, column)| {
                let statistics = ColumnStatistics {
                    distinct_count: number(column, "distinctCount"),
                    null_count: number(column, "nullCount"),
                    minimum: text(column, "minimum"),
                    maximum: text(column, "maximum"),
                };
                (name.clone(), statistics)
            })
            .collect(),
    }
}
