//! The line editor of `nutkin sql`: several lines up to a semicolon, history in a file, completion of words.
//!
//! What a statement is, is known to the plan crate; which names there are, the Python side says.

use std::borrow::Cow;
use std::path::{Path, PathBuf};

use nutkin_plan::sql::split_script as split;
use pyo3::exceptions::{PyKeyboardInterrupt, PyOSError};
use pyo3::prelude::*;
use rustyline::completion::{Completer, Pair};
use rustyline::error::ReadlineError;
use rustyline::highlight::Highlighter;
use rustyline::hint::Hinter;
use rustyline::history::FileHistory;
use rustyline::validate::{ValidationContext, ValidationResult, Validator};
use rustyline::{CompletionType, Config, Context, Editor, Helper};

/// How many lines the history keeps.
const HISTORY_LINES: usize = 10_000;

/// The statements of a script: text, line, column, and whether a semicolon ends it.
#[pyfunction]
pub(crate) fn split_script(text: &str) -> Vec<(String, u64, u64, bool)> {
    split(text)
        .into_iter()
        .map(|found| (found.text, found.line, found.column, found.is_terminated))
        .collect()
}

/// Reads statements from a terminal.
#[pyclass]
pub(crate) struct LineEditor {
    editor: Editor<SqlHelper, FileHistory>,
    history_path: Option<PathBuf>,
}

#[pymethods]
impl LineEditor {
    /// An editor that completes `words`, and takes `commands` without a semicolon.
    #[new]
    fn new(history_path: Option<PathBuf>, words: Vec<String>, commands: Vec<String>) -> PyResult<Self> {
        let config = Config::builder()
            .max_history_size(HISTORY_LINES)
            .map_err(failed)?
            .history_ignore_space(true)
            .completion_type(CompletionType::List)
            .build();
        let mut editor = Editor::with_config(config).map_err(failed)?;
        editor.set_helper(Some(SqlHelper {
            words,
            names: Vec::new(),
            commands,
        }));
        // There is none before the first session.
        if let Some(path) = history_path.as_deref().filter(|path| path.exists()) {
            editor.load_history(path).map_err(failed)?;
        }
        Ok(Self { editor, history_path })
    }

    /// One statement or several, up to a semicolon; None at the end of the input.
    fn read(&mut self, py: Python<'_>, prompt: &str) -> PyResult<Option<String>> {
        let editor = &mut self.editor;
        match py.detach(|| editor.readline(prompt)) {
            Ok(text) => {
                if !text.trim().is_empty() {
                    editor.add_history_entry(text.as_str()).map_err(failed)?;
                    self.save()?;
                }
                Ok(Some(text))
            }
            Err(ReadlineError::Eof) => Ok(None),
            Err(ReadlineError::Interrupted) => Err(PyKeyboardInterrupt::new_err(())),
            Err(error) => Err(failed(error)),
        }
    }

    /// Says which names of tables, columns and functions are completed.
    fn set_names(&mut self, names: Vec<String>) {
        if let Some(helper) = self.editor.helper_mut() {
            helper.names = names;
        }
    }
}

impl LineEditor {
    fn save(&mut self) -> PyResult<()> {
        let Some(path) = self.history_path.clone() else {
            return Ok(());
        };
        if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
            make_folder(folder)?;
        }
        self.editor.append_history(&path).map_err(failed)
    }
}

fn make_folder(folder: &Path) -> PyResult<()> {
    std::fs::create_dir_all(folder)
        .map_err(|error| PyOSError::new_err(format!("cannot make {}: {error}", folder.display())))
}

fn failed(error: ReadlineError) -> PyErr {
    PyOSError::new_err(error.to_string())
}

struct SqlHelper {
    words: Vec<String>,
    names: Vec<String>,
    commands: Vec<String>,
}

impl Helper for SqlHelper {}

impl Validator for SqlHelper {
    fn validate(&self, context: &mut ValidationContext<'_>) -> rustyline::Result<ValidationResult> {
        let text = context.input().trim();
        let is_command = self
            .commands
            .iter()
            .any(|command| text.eq_ignore_ascii_case(command));
        let is_complete = text.is_empty()
            || is_command
            || split(text).last().is_none_or(|statement| statement.is_terminated);
        Ok(match is_complete {
            true => ValidationResult::Valid(None),
            false => ValidationResult::Incomplete,
        })
    }
}

impl Completer for SqlHelper {
    type Candidate = Pair;

    fn complete(&self, line: &str, place: usize, _: &Context<'_>) -> rustyline::Result<(usize, Vec<Pair>)> {
        let before = line.get(..place).unwrap_or_default();
        let is_part = |character: char| character.is_alphanumeric() || matches!(character, '_' | '$' | '`');
        let start = before
            .char_indices()
            .rev()
            .find(|(_, character)| !is_part(*character))
            .map_or(0, |(index, character)| index + character.len_utf8());
        let typed = before.get(start..).unwrap_or_default();
        if typed.is_empty() {
            return Ok((start, Vec::new()));
        }
        let lower = typed.trim_start_matches('`').to_lowercase();
        let matches = |candidate: &&String| {
            let name = candidate.trim_start_matches('`').to_lowercase();
            name.starts_with(&lower) && name != lower
        };
        let is_lower = typed.chars().all(|character| !character.is_uppercase());
        let words = self.words.iter().filter(matches).map(|word| match is_lower {
            true => word.to_lowercase(),
            false => word.clone(),
        });
        let mut found: Vec<String> = self.names.iter().filter(matches).cloned().chain(words).collect();
        found.sort();
        found.dedup();
        let pairs = found
            .into_iter()
            .map(|name| Pair {
                display: name.clone(),
                replacement: name,
            })
            .collect();
        Ok((start, pairs))
    }
}

impl Hinter for SqlHelper {
    type Hint = String;
}

impl Highlighter for SqlHelper {
    /// The prompt stands out from what is typed.
    fn highlight_prompt<'b, 's: 'b, 'p: 'b>(&'s self, prompt: &'p str, _: bool) -> Cow<'b, str> {
        Cow::Owned(format!("\x1b[1m{prompt}\x1b[0m"))
    }
}
