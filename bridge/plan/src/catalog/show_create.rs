//! DDL from a table: what `SHOW CREATE TABLE` prints.

use super::identifier::quote_identifier;
use super::table::CatalogTable;

/// The `CREATE TABLE` statement that makes such a table. Mirrors `ShowCreateUtil`.
#[must_use]
pub fn create_statement(table: &CatalogTable, temporary: bool) -> String {
    let schema = &table.schema;
    let mut lines: Vec<String> = schema
        .columns
        .iter()
        .map(|column| {
            let comment = column.comment.as_ref().map_or_else(String::new, |comment| {
                format!(" COMMENT {}", quote_string(comment))
            });
            format!(
                "  {} {}{comment}",
                quote_identifier(&column.name),
                column.column_type.as_serializable_string()
            )
        })
        .collect();
    let key: Vec<&str> = schema
        .primary_key
        .iter()
        .map(|position| schema.columns[*position].name.as_str())
        .collect();
    if !key.is_empty() {
        let quoted: Vec<String> = key.iter().map(|name| quote_identifier(name)).collect();
        lines.push(format!(
            "  CONSTRAINT `PK_{}` PRIMARY KEY ({}) NOT ENFORCED",
            java_list_hash(&key),
            quoted.join(", ")
        ));
    }
    let temporary = if temporary { "TEMPORARY " } else { "" };
    let mut text = format!(
        "CREATE {temporary}TABLE {} (\n{}\n)\n",
        table.identifier,
        lines.join(",\n")
    );
    if let Some(comment) = &table.comment {
        text.push_str(&format!("COMMENT {}\n", quote_string(comment)));
    }
    if !table.partition_keys.is_empty() {
        let keys: Vec<String> = table
            .partition_keys
            .iter()
            .map(|key| quote_identifier(key))
            .collect();
        text.push_str(&format!("PARTITIONED BY ({})\n", keys.join(", ")));
    }
    if !table.options.is_empty() {
        let options: Vec<String> = table
            .options
            .iter()
            .map(|(key, value)| format!("  {} = {}", quote_string(key), quote_string(value)))
            .collect();
        text.push_str(&format!("WITH (\n{}\n)\n", options.join(",\n")));
    }
    text
}

fn quote_string(text: &str) -> String {
    format!("'{}'", text.replace('\'', "''"))
}

/// `List.hashCode` of Java, by which Flink names the keys of users who do not.
fn java_list_hash(names: &[&str]) -> i32 {
    names.iter().fold(1, |hash: i32, name| {
        let name_hash = name.encode_utf16().fold(0, |hash: i32, unit| {
            hash.wrapping_mul(31).wrapping_add(i32::from(unit))
        });
        hash.wrapping_mul(31).wrapping_add(name_hash)
    })
}

#[cfg(test)]
mod tests {
    use super::java_list_hash;

    #[test]
    fn keys_are_named_as_java_hashes_lists() {
        // Flink's own documentation and tests show PK_3599338 for the key [user].
        assert_eq!(java_list_hash(&["user"]), 3_599_338);
    }
}
