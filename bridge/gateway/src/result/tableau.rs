//! The frame around printed rows, as Flink draws it. Mirrors `TableauStyle`.

use std::fmt::Write as _;

use nutkin_plan::catalog::Column;
use nutkin_plan::types::TypeKind;

/// How wide a column of texts is, whose length is not known before all rows are.
const TEXT_WIDTH: usize = 30;
/// What is shown for NULL.
pub(super) const NULL: &str = "<NULL>";
const CUT: &str = "...";

/// Widths of the columns of a table that is being printed.
#[derive(Debug, Clone)]
pub(super) struct Tableau {
    widths: Vec<usize>,
}

impl Tableau {
    /// Widths that hold the values of each column's type, so that rows can be printed as they come.
    /// `row_kind` puts a column for the kind of change in front.
    pub(super) fn of_types(columns: &[Column], row_kind: bool) -> Self {
        let mut widths = Vec::with_capacity(columns.len() + 1);
        if row_kind {
            widths.push("op".len());
        }
        widths.extend(columns.iter().map(|column| {
            type_width(&column.column_type.kind)
                .max(NULL.len())
                .max(display_width(&column.name))
        }));
        Self { widths }
    }

    /// Widths that hold exactly these rows, headers included.
    pub(super) fn of_content<'a>(rows: impl Iterator<Item = &'a [String]>) -> Self {
        let mut widths: Vec<usize> = Vec::new();
        for row in rows {
            widths.resize(widths.len().max(row.len()), 0);
            for (width, text) in widths.iter_mut().zip(row) {
                *width = (*width).max(display_width(text));
            }
        }
        Self { widths }
    }

    /// A line between parts.
    pub(super) fn border(&self, text: &mut String) {
        text.push('+');
        for width in &self.widths {
            text.extend(std::iter::repeat_n('-', width + 2));
            text.push('+');
        }
        text.push('\n');
    }

    /// A row, aligned to the right; what is too long is cut.
    pub(super) fn row(&self, values: &[String], text: &mut String) {
        text.push('|');
        for (width, value) in self.widths.iter().zip(values) {
            let used = display_width(value);
            if used <= *width {
                let _ = write!(text, " {}{value} |", " ".repeat(width - used));
            } else {
                let _ = write!(text, " {}{CUT} |", cut(value, width.saturating_sub(CUT.len())));
            }
        }
        text.push('\n');
    }
}

/// The beginning of a text, filled up in front to exactly `width`.
fn cut(value: &str, width: usize) -> String {
    let mut used = 0;
    let kept: String = value
        .chars()
        .take_while(|character| {
            used += character_width(*character);
            used <= width
        })
        .collect();
    format!("{}{kept}", " ".repeat(width - display_width(&kept)))
}

fn type_width(kind: &TypeKind) -> usize {
    match kind {
        // The digits and a sign.
        TypeKind::TinyInt => 4,
        TypeKind::SmallInt => 6,
        TypeKind::Int => 11,
        TypeKind::BigInt => 20,
        TypeKind::Decimal { precision, .. } => usize::from(*precision) + 2,
        TypeKind::Boolean => 5,
        TypeKind::Date => 10,
        TypeKind::Time(0) => 8,
        TypeKind::Time(precision) => usize::from(*precision) + 9,
        TypeKind::Timestamp(precision) | TypeKind::TimestampLtz(precision) => match precision {
            0 => 19,
            1..=3 => 23,
            4..=6 => 26,
            _ => 29,
        },
        _ => TEXT_WIDTH,
    }
}

fn display_width(text: &str) -> usize {
    text.chars().map(character_width).sum()
}

/// Two for the wide and full-width characters of East Asian scripts, and emoji.
fn character_width(character: char) -> usize {
    match character as u32 {
        0x1100..=0x115f
        | 0x2e80..=0x303e
        | 0x3041..=0x33ff
        | 0x3400..=0x4dbf
        | 0x4e00..=0x9fff
        | 0xa000..=0xa4cf
        | 0xa960..=0xa97f
        | 0xac00..=0xd7a3
        | 0xf900..=0xfaff
        | 0xfe30..=0xfe6f
        | 0xff00..=0xff60
        | 0xffe0..=0xffe6
        | 0x1f300..=0x1f64f
        | 0x1f900..=0x1f9ff
        | 0x20000..=0x3fffd => 2,
        _ => 1,
    }
}

#[cfg(test)]
mod tests {
    use nutkin_plan::types::LogicalType;

    use super::*;

    fn texts(values: &[&str]) -> Vec<String> {
        values.iter().map(|value| (*value).to_owned()).collect()
    }

    #[test]
    fn columns_are_as_wide_as_their_types() {
        let column = |name: &str, kind| Column {
            name: name.to_owned(),
            column_type: LogicalType::nullable(kind),
            comment: None,
        };
        let columns = [
            column("province", TypeKind::VarChar(100)),
            column("n", TypeKind::BigInt),
            column("b", TypeKind::Boolean),
        ];
        let tableau = Tableau::of_types(&columns, true);
        let mut text = String::new();
        tableau.border(&mut text);
        tableau.row(&texts(&["op", "province", "n", "b"]), &mut text);
        tableau.border(&mut text);
        tableau.row(&texts(&["+I", "Hebei", "-12", "<NULL>"]), &mut text);
        tableau.row(
            &texts(&["-U", "a province with a name far too long", "3", "TRUE"]),
            &mut text,
        );
        tableau.row(&texts(&["+U", "河北", "3", "FALSE"]), &mut text);
        assert_eq!(
            text,
            "\
+----+--------------------------------+----------------------+--------+
| op |                       province |                    n |      b |
+----+--------------------------------+----------------------+--------+
| +I |                          Hebei |                  -12 | <NULL> |
| -U | a province with a name far ... |                    3 |   TRUE |
| +U |                           河北 |                    3 |  FALSE |
"
        );
    }

    #[test]
    fn wide_characters_are_cut_whole() {
        // Four wide characters take eight places; five of them are left beside the dots.
        assert_eq!(cut("河北山东", 5), " 河北");
    }

    #[test]
    fn content_decides_the_width_of_short_tables() {
        let rows = [
            texts(&["table name"]),
            texts(&["a"]),
            texts(&["a_much_longer_table"]),
        ];
        let tableau = Tableau::of_content(rows.iter().map(Vec::as_slice));
        let mut text = String::new();
        for row in &rows {
            tableau.row(row, &mut text);
        }
        assert_eq!(
            text,
            "|          table name |\n|                   a |\n| a_much_longer_table |\n"
        );
    }
}
