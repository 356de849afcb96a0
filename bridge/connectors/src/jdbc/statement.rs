//! The texts of statements.

use super::dialect::{Dialect, TableColumn, TableName};

/// The most rows of one statement. Fewer, larger statements gain nothing beyond this.
const MAX_ROWS: usize = 512;

/// What a writer says to its table.
pub(super) struct Statements<'a, D: Dialect> {
    pub(super) dialect: &'a D,
    pub(super) table: &'a TableName,
    pub(super) columns: &'a [TableColumn],
    /// Positions of the key's columns; empty for a table that is appended to.
    pub(super) key: &'a [usize],
}

impl<D: Dialect> Statements<'_, D> {
    /// Inserts so many rows, or overwrites those that have the same key.
    pub(super) fn write(&self, rows: usize) -> String {
        let names: Vec<String> = self
            .columns
            .iter()
            .map(|column| self.dialect.quote(&column.name))
            .collect();
        let mut position = 0;
        let mut row = || {
            let places: Vec<String> = self
                .columns
                .iter()
                .map(|column| {
                    position += 1;
                    self.dialect.placeholder(position, column)
                })
                .collect();
            format!("({})", places.join(", "))
        };
        let values: Vec<String> = (0..rows).map(|_| row()).collect();
        let upsert = if self.key.is_empty() {
            String::new()
        } else {
            self.dialect.upsert_clause(self.columns, self.key)
        };
        format!(
            "INSERT INTO {} ({}) VALUES {}{upsert}",
            self.table.quoted(self.dialect),
            names.join(", "),
            values.join(", ")
        )
    }

    /// Deletes the rows of so many keys.
    pub(super) fn delete(&self, rows: usize) -> String {
        let key: Vec<&TableColumn> = self
            .key
            .iter()
            .filter_map(|position| self.columns.get(*position))
            .collect();
        let mut position = 0;
        let mut condition = |column: &TableColumn| {
            position += 1;
            format!(
                "{} = {}",
                self.dialect.quote(&column.name),
                self.dialect.placeholder(position, column)
            )
        };
        let conditions: Vec<String> = (0..rows)
            .map(|_| {
                let parts: Vec<String> = key.iter().map(|column| condition(column)).collect();
                format!("({})", parts.join(" AND "))
            })
            .collect();
        format!(
            "DELETE FROM {} WHERE {}",
            self.table.quoted(self.dialect),
            conditions.join(" OR ")
        )
    }
}

/// Reads columns of a table; `range` keeps the rows whose column lies between two bound values.
pub(super) fn select<D: Dialect>(
    dialect: &D,
    table: &TableName,
    columns: &[TableColumn],
    range: Option<&TableColumn>,
) -> String {
    let mut expressions: Vec<String> = columns
        .iter()
        .map(|column| dialect.select_expression(column))
        .collect();
    if expressions.is_empty() {
        // Only the number of rows is wanted.
        expressions.push("1".to_owned());
    }
    let condition = range.map_or_else(String::new, |column| {
        format!(
            " WHERE {} BETWEEN {} AND {}",
            dialect.quote(&column.name),
            dialect.placeholder(1, column),
            dialect.placeholder(2, column)
        )
    });
    format!(
        "SELECT {} FROM {}{condition}",
        expressions.join(", "),
        table.quoted(dialect)
    )
}

/// Splits rows into statements whose sizes are powers of two, largest first: so few different texts
/// appear that each is prepared once a connection, whatever a flush holds.
pub(super) fn statement_sizes(rows: usize, values_per_row: usize, max_values: usize) -> Vec<usize> {
    let fitting = (max_values / values_per_row.max(1)).clamp(1, MAX_ROWS);
    let mut size = 1 << fitting.ilog2();
    let mut left = rows;
    let mut sizes = Vec::new();
    while left > 0 {
        while size > left {
            size /= 2;
        }
        sizes.push(size);
        left -= size;
    }
    sizes
}

#[cfg(test)]
mod tests {
    use super::super::dialect::{MySqlDialect, PostgresDialect, SqliteDialect, TypeFamily};
    use super::super::url;
    use super::*;

    fn column(name: &str, type_name: &str, family: TypeFamily) -> TableColumn {
        TableColumn {
            name: name.to_owned(),
            type_name: type_name.to_owned(),
            family,
        }
    }

    fn columns() -> [TableColumn; 3] {
        [
            column("province", "varchar(64)", TypeFamily::Text),
            column("a`b\"c", "bigint", TypeFamily::Integer),
            column("doc", "jsonb", TypeFamily::TextLike),
        ]
    }

    fn write<D: Dialect>(dialect: &D, table: &str, key: &[usize], rows: usize) -> String {
        Statements {
            dialect,
            table: &TableName::parse(table),
            columns: &columns(),
            key,
        }
        .write(rows)
    }

    #[test]
    fn mysql() {
        let dialect = MySqlDialect::new(&url::parse("jdbc:mysql://h/d").unwrap(), None, None).unwrap();
        assert_eq!(
            write(&dialect, "t", &[0], 2),
            "INSERT INTO `t` (`province`, `a``b\"c`, `doc`) VALUES (?, ?, ?), (?, ?, ?) ON DUPLICATE KEY UPDATE \
             `a``b\"c` = VALUES(`a``b\"c`), `doc` = VALUES(`doc`)"
        );
        assert_eq!(
            write(&dialect, "s.t", &[], 1),
            "INSERT INTO `s`.`t` (`province`, `a``b\"c`, `doc`) VALUES (?, ?, ?)"
        );
    }

    #[test]
    fn postgres() {
        let dialect =
            PostgresDialect::new(&url::parse("jdbc:postgresql://h/d").unwrap(), None, None).unwrap();
        assert_eq!(
            write(&dialect, "s.t", &[0, 1], 2),
            "INSERT INTO \"s\".\"t\" (\"province\", \"a`b\"\"c\", \"doc\") VALUES ($1, $2, $3::jsonb), \
             ($4, $5, $6::jsonb) ON CONFLICT (\"province\", \"a`b\"\"c\") DO UPDATE SET \"doc\" = EXCLUDED.\"doc\""
        );
        let statements = Statements {
            dialect: &dialect,
            table: &TableName::parse("t"),
            columns: &columns(),
            key: &[0, 1],
        };
        assert_eq!(
            statements.delete(2),
            "DELETE FROM \"t\" WHERE (\"province\" = $1 AND \"a`b\"\"c\" = $2) OR (\"province\" = $3 AND \
             \"a`b\"\"c\" = $4)"
        );
        assert_eq!(
            select(&dialect, &TableName::parse("t"), &columns(), Some(&columns()[1])),
            "SELECT \"province\", \"a`b\"\"c\", \"doc\"::text FROM \"t\" WHERE \"a`b\"\"c\" BETWEEN $1 AND $2"
        );
    }

    #[test]
    fn sqlite_with_nothing_but_a_key() {
        let dialect = SqliteDialect::new(&url::parse("jdbc:sqlite:x.db").unwrap()).unwrap();
        let statements = Statements {
            dialect: &dialect,
            table: &TableName::parse("t"),
            columns: &columns()[..1],
            key: &[0],
        };
        assert_eq!(
            statements.write(1),
            "INSERT INTO \"t\" (\"province\") VALUES (?) ON CONFLICT (\"province\") DO NOTHING"
        );
        assert_eq!(
            select(&dialect, &TableName::parse("t"), &[], None),
            "SELECT 1 FROM \"t\""
        );
    }

    #[test]
    fn sizes_are_powers_of_two_that_fit() {
        assert_eq!(statement_sizes(0, 3, 100), Vec::<usize>::new());
        assert_eq!(statement_sizes(1_100, 3, 65_535), [512, 512, 64, 8, 4]);
        assert_eq!(statement_sizes(70, 3, 100), [32, 32, 4, 2]);
        assert_eq!(statement_sizes(2, 200, 100), [1, 1]);
    }
}
