//! `SHOW` and `DESCRIBE`. What they answer is in [`super::answer`].

use super::cursor::Cursor;
use super::fault::Parsed;

/// What to show.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Show {
    /// `SHOW CATALOGS`.
    Catalogs(Option<LikePattern>),
    /// `SHOW CURRENT CATALOG`.
    CurrentCatalog,
    /// `SHOW DATABASES [FROM catalog]`.
    Databases {
        /// The catalog, if not the current one.
        catalog: Option<String>,
        /// Which names to show.
        like: Option<LikePattern>,
    },
    /// `SHOW CURRENT DATABASE`.
    CurrentDatabase,
    /// `SHOW TABLES [FROM [catalog.]database]`.
    Tables {
        /// The database, if not the current one.
        database: Option<Vec<String>>,
        /// Which names to show.
        like: Option<LikePattern>,
    },
    /// `SHOW VIEWS [FROM [catalog.]database]`.
    Views {
        /// The database, if not the current one.
        database: Option<Vec<String>>,
        /// Which names to show.
        like: Option<LikePattern>,
    },
    /// `SHOW [USER] FUNCTIONS`.
    Functions {
        /// Whether built-in functions are left out.
        only_user: bool,
        /// Which names to show.
        like: Option<LikePattern>,
    },
    /// `SHOW CREATE TABLE path`.
    CreateTable(Vec<String>),
    /// `SHOW CREATE VIEW path`.
    CreateView(Vec<String>),
    /// `DESCRIBE path`.
    Describe(Vec<String>),
}

/// `[NOT] LIKE 'pattern'` or `[NOT] ILIKE 'pattern'`: `%` is any text, `_` any character.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LikePattern {
    /// The pattern.
    pub pattern: String,
    /// Whether names that match are left out.
    pub negated: bool,
    /// Whether case is ignored.
    pub ignore_case: bool,
}

pub(super) fn read(cursor: &mut Cursor<'_>) -> Parsed<Show> {
    if cursor.word("DESCRIBE") || cursor.word("DESC") {
        // EXTENDED adds nothing to what a table of ours has.
        cursor.word("EXTENDED");
        return cursor.path().map(Show::Describe);
    }
    cursor.expect_words(&["SHOW"])?;
    if cursor.words(&["CURRENT", "CATALOG"]) {
        Ok(Show::CurrentCatalog)
    } else if cursor.words(&["CURRENT", "DATABASE"]) {
        Ok(Show::CurrentDatabase)
    } else if cursor.words(&["CREATE", "TABLE"]) {
        cursor.path().map(Show::CreateTable)
    } else if cursor.words(&["CREATE", "VIEW"]) {
        cursor.path().map(Show::CreateView)
    } else if cursor.word("CATALOGS") {
        read_like(cursor).map(Show::Catalogs)
    } else if cursor.word("DATABASES") {
        let catalog = read_from(cursor)?.map(|path| path.join("."));
        let like = read_like(cursor)?;
        Ok(Show::Databases { catalog, like })
    } else if cursor.word("TABLES") {
        let database = read_from(cursor)?;
        let like = read_like(cursor)?;
        Ok(Show::Tables { database, like })
    } else if cursor.word("VIEWS") {
        let database = read_from(cursor)?;
        let like = read_like(cursor)?;
        Ok(Show::Views { database, like })
    } else if cursor.words(&["USER", "FUNCTIONS"]) {
        let like = read_like(cursor)?;
        Ok(Show::Functions {
            only_user: true,
            like,
        })
    } else if cursor.word("FUNCTIONS") {
        let like = read_like(cursor)?;
        Ok(Show::Functions {
            only_user: false,
            like,
        })
    } else {
        Err(refuse_other(cursor))
    }
}

fn refuse_other(cursor: &Cursor<'_>) -> super::fault::Fault {
    const OTHERS: [(&str, &str); 8] = [
        ("COLUMNS", "DESCRIBE shows the columns of a table."),
        (
            "PARTITIONS",
            "The system that holds the table lists its partitions.",
        ),
        ("MODULES", "Built-in functions are always there."),
        ("FULL", "Built-in functions are always there."),
        ("JARS", "Connectors are built in."),
        ("JOBS", "The client of a job tells its state."),
        ("PROCEDURES", "Procedures are of catalogs in a JVM."),
        ("MODELS", "A Python function can call a model."),
    ];
    for (word, hint) in OTHERS {
        if cursor.at_word(word) {
            return cursor.refuse(&format!("SHOW {word}"), hint);
        }
    }
    cursor.expected(
        "CATALOGS, DATABASES, TABLES, VIEWS, [USER] FUNCTIONS, CREATE TABLE, CREATE VIEW, CURRENT CATALOG or \
         CURRENT DATABASE",
    )
}

fn read_from(cursor: &mut Cursor<'_>) -> Parsed<Option<Vec<String>>> {
    if cursor.word("FROM") || cursor.word("IN") {
        return cursor.path().map(Some);
    }
    Ok(None)
}

fn read_like(cursor: &mut Cursor<'_>) -> Parsed<Option<LikePattern>> {
    let negated = cursor.word("NOT");
    let ignore_case = cursor.word("ILIKE");
    if !ignore_case && !cursor.word("LIKE") {
        if negated {
            return Err(cursor.expected("LIKE"));
        }
        return Ok(None);
    }
    Ok(Some(LikePattern {
        pattern: cursor.string()?,
        negated,
        ignore_case,
    }))
}

impl LikePattern {
    /// Whether a name is to be shown.
    #[must_use]
    pub fn accepts(&self, name: &str) -> bool {
        let matched = if self.ignore_case {
            matches(&chars(&self.pattern.to_lowercase()), &chars(&name.to_lowercase()))
        } else {
            matches(&chars(&self.pattern), &chars(name))
        };
        matched != self.negated
    }
}

fn chars(text: &str) -> Vec<char> {
    text.chars().collect()
}

/// Whether the pattern matches the whole name, by a row of the usual table a character.
fn matches(pattern: &[char], name: &[char]) -> bool {
    // reached[i] says whether what has been read of the pattern matches the first i characters.
    let mut reached = vec![false; name.len() + 1];
    reached[0] = true;
    for wanted in pattern {
        let mut next = vec![false; name.len() + 1];
        for index in 0..=name.len() {
            next[index] = if *wanted == '%' {
                reached[index] || (index > 0 && next[index - 1])
            } else {
                index > 0 && reached[index - 1] && (*wanted == '_' || *wanted == name[index - 1])
            };
        }
        reached = next;
    }
    reached[name.len()]
}

#[cfg(test)]
mod tests {
    use super::LikePattern;

    #[test]
    fn patterns() {
        for (pattern, name, expected) in [
            ("a%", "abc", true),
            ("a%", "ba", false),
            ("%b%", "abc", true),
            ("a_c", "abc", true),
            ("a_c", "ac", false),
            ("%", "", true),
            ("", "", true),
            ("", "a", false),
            ("%c%c", "ccc", true),
            ("A%", "abc", false),
        ] {
            for negated in [false, true] {
                let like = LikePattern {
                    pattern: pattern.to_owned(),
                    negated,
                    ignore_case: false,
                };
                assert_eq!(like.accepts(name), expected != negated, "{pattern} {name}");
            }
        }
        let ignoring = LikePattern {
            pattern: "A%".to_owned(),
            negated: false,
            ignore_case: true,
        };
        assert!(ignoring.accepts("abc"));
    }
}
