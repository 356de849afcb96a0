//! `SHOW`. What it answers is in [`super::answer`].

use super::cursor::Cursor;
use super::fault::Parsed;
use super::insert::{PartitionValue, read_partition};

/// `SHOW ...`.
#[derive(Debug, Clone)]
pub struct Show {
    /// What is shown.
    pub target: ShowTarget,
    /// Which names are shown.
    pub like: Option<LikePattern>,
}

/// What to show.
#[derive(Debug, Clone)]
pub enum ShowTarget {
    /// `SHOW CATALOGS`.
    Catalogs,
    /// `SHOW CURRENT CATALOG`.
    CurrentCatalog,
    /// `SHOW DATABASES [FROM catalog]`.
    Databases {
        /// The catalog, if not the current one.
        catalog: Option<String>,
    },
    /// `SHOW CURRENT DATABASE`.
    CurrentDatabase,
    /// `SHOW TABLES [FROM [catalog.]database]`.
    Tables {
        /// The database, if not the current one.
        database: Option<Vec<String>>,
    },
    /// `SHOW MATERIALIZED TABLES [FROM [catalog.]database]`.
    MaterializedTables {
        /// The database, if not the current one.
        database: Option<Vec<String>>,
    },
    /// `SHOW VIEWS [FROM [catalog.]database]`.
    Views {
        /// The database, if not the current one.
        database: Option<Vec<String>>,
    },
    /// `SHOW MODELS [FROM [catalog.]database]`.
    Models {
        /// The database, if not the current one.
        database: Option<Vec<String>>,
    },
    /// `SHOW PROCEDURES [FROM [catalog.]database]`.
    Procedures {
        /// The database, if not the current one.
        database: Option<Vec<String>>,
    },
    /// `SHOW [USER] FUNCTIONS [FROM [catalog.]database]`.
    Functions {
        /// Whether built-in functions are left out.
        only_user: bool,
        /// The database, if not the current one.
        database: Option<Vec<String>>,
    },
    /// `SHOW COLUMNS FROM path`.
    Columns(Vec<String>),
    /// `SHOW PARTITIONS path [PARTITION (...)]`.
    Partitions {
        /// The table's path as written.
        path: Vec<String>,
        /// Values that the partitions must have.
        partition: Vec<PartitionValue>,
    },
    /// `SHOW [FULL] MODULES`.
    Modules {
        /// Whether modules that are not in use are shown too.
        full: bool,
    },
    /// `SHOW JARS`.
    Jars,
    /// `SHOW JOBS`.
    Jobs,
    /// `SHOW CREATE TABLE path`.
    CreateTable(Vec<String>),
    /// `SHOW CREATE MATERIALIZED TABLE path`.
    CreateMaterializedTable(Vec<String>),
    /// `SHOW CREATE VIEW path`.
    CreateView(Vec<String>),
    /// `SHOW CREATE CATALOG name`.
    CreateCatalog(String),
    /// `SHOW CREATE MODEL path`.
    CreateModel(Vec<String>),
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

/// Reads `SHOW ...`.
pub(super) fn read(cursor: &mut Cursor<'_>) -> Parsed<Show> {
    cursor.expect_words(&["SHOW"])?;
    let target = read_target(cursor)?;
    let like = match target {
        ShowTarget::CurrentCatalog
        | ShowTarget::CurrentDatabase
        | ShowTarget::Partitions { .. }
        | ShowTarget::Modules { .. }
        | ShowTarget::Jars
        | ShowTarget::Jobs
        | ShowTarget::CreateTable(_)
        | ShowTarget::CreateMaterializedTable(_)
        | ShowTarget::CreateView(_)
        | ShowTarget::CreateCatalog(_)
        | ShowTarget::CreateModel(_) => None,
        _ => read_like(cursor)?,
    };
    Ok(Show { target, like })
}

fn read_target(cursor: &mut Cursor<'_>) -> Parsed<ShowTarget> {
    if cursor.word("CURRENT") {
        if cursor.word("CATALOG") {
            return Ok(ShowTarget::CurrentCatalog);
        }
        cursor.expect_words(&["DATABASE"])?;
        return Ok(ShowTarget::CurrentDatabase);
    }
    if cursor.word("CREATE") {
        return read_create(cursor);
    }
    if cursor.word("CATALOGS") {
        return Ok(ShowTarget::Catalogs);
    }
    if cursor.word("DATABASES") {
        let catalog = read_from(cursor)?.map(|path| path.join("."));
        return Ok(ShowTarget::Databases { catalog });
    }
    if cursor.word("TABLES") {
        let database = read_from(cursor)?;
        return Ok(ShowTarget::Tables { database });
    }
    if cursor.words(&["MATERIALIZED", "TABLES"]) {
        let database = read_from(cursor)?;
        return Ok(ShowTarget::MaterializedTables { database });
    }
    if cursor.word("VIEWS") {
        let database = read_from(cursor)?;
        return Ok(ShowTarget::Views { database });
    }
    if cursor.word("MODELS") {
        let database = read_from(cursor)?;
        return Ok(ShowTarget::Models { database });
    }
    if cursor.word("PROCEDURES") {
        let database = read_from(cursor)?;
        return Ok(ShowTarget::Procedures { database });
    }
    let only_user = cursor.words(&["USER", "FUNCTIONS"]);
    if only_user || cursor.word("FUNCTIONS") {
        let database = read_from(cursor)?;
        return Ok(ShowTarget::Functions { only_user, database });
    }
    if cursor.word("COLUMNS") {
        return match read_from(cursor)? {
            Some(path) => Ok(ShowTarget::Columns(path)),
            None => Err(cursor.expected("FROM or IN")),
        };
    }
    if cursor.word("PARTITIONS") {
        let path = cursor.path()?;
        let partition = match cursor.at_word("PARTITION") {
            true => read_partition(cursor)?,
            false => Vec::new(),
        };
        return Ok(ShowTarget::Partitions { path, partition });
    }
    if cursor.words(&["FULL", "MODULES"]) {
        return Ok(ShowTarget::Modules { full: true });
    }
    if cursor.word("MODULES") {
        return Ok(ShowTarget::Modules { full: false });
    }
    if cursor.word("JARS") {
        return Ok(ShowTarget::Jars);
    }
    if cursor.word("JOBS") {
        return Ok(ShowTarget::Jobs);
    }
    Err(cursor.expected(
        "CATALOGS, DATABASES, TABLES, VIEWS, COLUMNS, PARTITIONS, [USER] FUNCTIONS, [FULL] MODULES, JARS, JOBS, \
         PROCEDURES, MODELS, MATERIALIZED TABLES, CREATE ... or CURRENT ...",
    ))
}

fn read_create(cursor: &mut Cursor<'_>) -> Parsed<ShowTarget> {
    if cursor.word("TABLE") {
        cursor.path().map(ShowTarget::CreateTable)
    } else if cursor.word("VIEW") {
        cursor.path().map(ShowTarget::CreateView)
    } else if cursor.words(&["MATERIALIZED", "TABLE"]) {
        cursor.path().map(ShowTarget::CreateMaterializedTable)
    } else if cursor.word("CATALOG") {
        Ok(ShowTarget::CreateCatalog(cursor.identifier()?.value))
    } else if cursor.word("MODEL") {
        cursor.path().map(ShowTarget::CreateModel)
    } else {
        Err(cursor.expected("TABLE, VIEW, CATALOG, MODEL or MATERIALIZED TABLE"))
    }
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
