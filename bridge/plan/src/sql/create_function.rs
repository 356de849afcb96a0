//! `CREATE FUNCTION`.

use std::collections::BTreeMap;

use sqlparser::tokenizer::Token;

use super::cursor::Cursor;
use super::fault::{Fault, Parsed};
use crate::error::{PlanError, Result};

/// `CREATE [TEMPORARY [SYSTEM]] FUNCTION [IF NOT EXISTS] path AS 'module.object' LANGUAGE PYTHON`.
///
/// The object lives in the client's Python; whoever runs the statement fetches it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CreateFunction {
    /// The function's path as written.
    pub path: Vec<String>,
    /// Whether the function is temporary.
    pub temporary: bool,
    /// Whether the function is in no catalog and may hide a built-in one.
    pub system: bool,
    /// Whether an existing function is left as it is.
    pub if_not_exists: bool,
    /// What the function is.
    pub body: FunctionBody,
}

/// `AS 'name' [LANGUAGE language] [USING JAR 'path', ...] [WITH (options)]`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FunctionBody {
    /// The name of a Java class, or `module.object` of Python.
    pub name: String,
    /// The language in upper case; JAVA if none was written.
    pub language: Option<String>,
    /// Paths with the word before them, such as `JAR`.
    pub resources: Vec<(String, String)>,
    /// Options of `WITH`.
    pub options: BTreeMap<String, String>,
}

const HINT: &str = "Functions are Python: AS 'module.object' LANGUAGE PYTHON.";

/// Reads `[SYSTEM] FUNCTION ...`.
pub(super) fn read(cursor: &mut Cursor<'_>, temporary: bool) -> Parsed<CreateFunction> {
    let system = cursor.word("SYSTEM");
    cursor.expect_words(&["FUNCTION"])?;
    let if_not_exists = cursor.if_not_exists();
    let path = cursor.path()?;
    if system && path.len() > 1 {
        return Err(Fault::Refused(PlanError::validation(
            "System functions have a name of one part: they are in no catalog.",
        )));
    }
    Ok(CreateFunction {
        path,
        temporary,
        system,
        if_not_exists,
        body: read_body(cursor)?,
    })
}

/// Reads what follows the path.
pub(super) fn read_body(cursor: &mut Cursor<'_>) -> Parsed<FunctionBody> {
    cursor.expect_words(&["AS"])?;
    let name = cursor.string()?;
    let mut language = None;
    if cursor.word("LANGUAGE") {
        let found = ["PYTHON", "JAVA", "SCALA"]
            .into_iter()
            .find(|language| cursor.word(language));
        let Some(found) = found else {
            return Err(Fault::Refused(PlanError::validation_with_hint(
                format!(
                    "Unrecognized function language string {}",
                    cursor.parser.peek_token_ref().token
                ),
                HINT,
            )));
        };
        language = Some(found.to_owned());
    }
    let mut resources = Vec::new();
    if cursor.word("USING") {
        loop {
            let Some(kind) = ["JAR", "FILE", "ARCHIVE"]
                .into_iter()
                .find(|kind| cursor.word(kind))
            else {
                return Err(cursor.expected("JAR, FILE or ARCHIVE"));
            };
            resources.push((kind.to_owned(), cursor.string()?));
            if !cursor.token(&Token::Comma) {
                break;
            }
        }
    }
    Ok(FunctionBody {
        name,
        language,
        resources,
        options: cursor.with_options()?,
    })
}

impl FunctionBody {
    /// The module and the object of a Python function.
    ///
    /// # Errors
    /// When the function is of another language, or has what Python functions have not.
    pub fn python_path(&self) -> Result<(&str, &str)> {
        match self.language.as_deref() {
            Some("PYTHON") => {}
            Some(language) => {
                return Err(PlanError::unsupported(
                    format!("CREATE FUNCTION ... LANGUAGE {language}"),
                    HINT,
                ));
            }
            None => {
                return Err(PlanError::unsupported(
                    "CREATE FUNCTION without LANGUAGE, which means JAVA,",
                    HINT,
                ));
            }
        }
        if let Some((kind, path)) = self.resources.first() {
            return Err(PlanError::unsupported(
                format!("USING {kind} '{path}' of a Python function"),
                "Add the function's file by add_python_file, or by -pyfs of nutkin sql.",
            ));
        }
        if !self.options.is_empty() {
            return Err(PlanError::unsupported(
                "WITH of CREATE FUNCTION",
                "Leave the clause out.",
            ));
        }
        self.name
            .rsplit_once('.')
            .filter(|(module, object)| !module.is_empty() && !object.is_empty())
            .ok_or_else(|| {
                PlanError::validation_with_hint(
                    format!(
                        "The fully qualified name is invalid: '{}'. It is expected to be 'module.object'.",
                        self.name
                    ),
                    HINT,
                )
            })
    }
}
