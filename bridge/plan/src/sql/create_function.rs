//! `CREATE FUNCTION ... LANGUAGE PYTHON`.

use super::cursor::Cursor;
use super::fault::{Fault, Parsed};
use crate::error::PlanError;

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
    /// The Python module, such as `my_udf`.
    pub module: String,
    /// The object in the module.
    pub object: String,
}

const HINT: &str = "Functions are Python: AS 'module.object' LANGUAGE PYTHON.";

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
    cursor.expect_words(&["AS"])?;
    let name = cursor.string()?;
    read_language(cursor)?;
    if cursor.at_word("USING") {
        return Err(cursor.refuse(
            "USING of CREATE FUNCTION",
            "Add the function's file by add_python_file.",
        ));
    }
    if cursor.at_word("WITH") {
        return Err(cursor.refuse("WITH of CREATE FUNCTION", "Leave the clause out."));
    }
    let Some((module, object)) = name
        .rsplit_once('.')
        .filter(|(module, object)| !module.is_empty() && !object.is_empty())
    else {
        return Err(Fault::Refused(PlanError::validation_with_hint(
            format!("The fully qualified name is invalid: '{name}'. It is expected to be 'module.object'."),
            HINT,
        )));
    };
    Ok(CreateFunction {
        path,
        temporary,
        system,
        if_not_exists,
        module: module.to_owned(),
        object: object.to_owned(),
    })
}

fn read_language(cursor: &mut Cursor<'_>) -> Parsed<()> {
    if !cursor.word("LANGUAGE") {
        return Err(cursor.refuse("CREATE FUNCTION without LANGUAGE, which means JAVA,", HINT));
    }
    for language in ["JAVA", "SCALA"] {
        if cursor.at_word(language) {
            return Err(cursor.refuse(&format!("CREATE FUNCTION ... LANGUAGE {language}"), HINT));
        }
    }
    if !cursor.word("PYTHON") {
        return Err(Fault::Refused(PlanError::validation_with_hint(
            format!(
                "Unrecognized function language string {}",
                cursor.parser.peek_token_ref().token
            ),
            HINT,
        )));
    }
    Ok(())
}
