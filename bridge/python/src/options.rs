//! The options of a job that concern Python functions.

use std::collections::BTreeMap;

use nutkin_engine::EngineError;

use crate::failure::plain_error;

/// Where functions run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ExecutionMode {
    /// In this process.
    Thread,
    /// In worker processes.
    Process,
}

/// What [`crate::open_runtime`] takes from a job's options.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PythonOptions {
    /// `python.execution-mode`; `None` leaves it to the gateway.
    pub mode: Option<ExecutionMode>,
    /// `python.executable`: the interpreter of worker processes.
    pub executable: Option<String>,
    /// `python.files`: files and directories to import from, in order.
    pub files: Vec<String>,
    /// `table.local-time-zone`.
    pub time_zone: Option<String>,
    /// `pipeline.global-job-parameters`, which functions read through their context.
    pub job_parameters: BTreeMap<String, String>,
}

/// Options that PyFlink has and that cannot be followed, with what works instead.
const REFUSED: [(&str, &str); 3] = [
    (
        "python.requirements",
        "install the packages into a Python environment and name its interpreter in 'python.executable'",
    ),
    (
        "python.archives",
        "unpack the archive and add the directory to 'python.files' with add_python_file(...)",
    ),
    (
        "python.pythonpath",
        "add the directories to 'python.files' with add_python_file(...)",
    ),
];

impl PythonOptions {
    /// Reads a job's options.
    ///
    /// # Errors
    /// When an option has no valid value, or cannot be followed.
    pub fn from_options(options: &BTreeMap<String, String>) -> Result<Self, EngineError> {
        let given = |key: &str| {
            options
                .get(key)
                .map(|value| value.trim())
                .filter(|value| !value.is_empty())
        };
        for (key, instead) in REFUSED {
            if given(key).is_some() {
                return Err(plain_error(
                    format!("The option '{key}' is not supported"),
                    Some(instead),
                ));
            }
        }
        let mode = match given("python.execution-mode") {
            None => None,
            Some(mode) if mode.eq_ignore_ascii_case("thread") => Some(ExecutionMode::Thread),
            Some(mode) if mode.eq_ignore_ascii_case("process") => Some(ExecutionMode::Process),
            Some(mode) => {
                return Err(plain_error(
                    format!("The option 'python.execution-mode' is '{mode}'"),
                    Some("use 'process' or 'thread'"),
                ));
            }
        };
        Ok(Self {
            mode,
            executable: given("python.executable").map(str::to_owned),
            files: given("python.files").map(split_list).unwrap_or_default(),
            time_zone: given("table.local-time-zone").map(str::to_owned),
            job_parameters: given("pipeline.global-job-parameters")
                .map(parse_map)
                .transpose()?
                .unwrap_or_default(),
        })
    }
}

fn split_list(text: &str) -> Vec<String> {
    text.split(',')
        .map(str::trim)
        .filter(|item| !item.is_empty())
        .map(str::to_owned)
        .collect()
}

/// Flink's notation of maps: `key:value,'key,2':'value:2'`; a quote within quotes is doubled.
fn parse_map(text: &str) -> Result<BTreeMap<String, String>, EngineError> {
    let mut map = BTreeMap::new();
    for entry in split_outside_quotes(text, ',') {
        let parts = split_outside_quotes(&entry, ':');
        let [key, value] = parts.as_slice() else {
            return Err(plain_error(
                format!("The option 'pipeline.global-job-parameters' has the entry '{entry}'"),
                Some("write entries as 'key:value,key:value' and quote with '...' what has a comma or colon"),
            ));
        };
        map.insert(unquote(key), unquote(value));
    }
    Ok(map)
}

fn split_outside_quotes(text: &str, separator: char) -> Vec<String> {
    let mut parts = vec![String::new()];
    let mut quote = None;
    for character in text.chars() {
        match quote {
            Some(open) if character == open => quote = None,
            None if character == '\'' || character == '"' => quote = Some(character),
            None if character == separator => {
                parts.push(String::new());
                continue;
            }
            _ => {}
        }
        if let Some(part) = parts.last_mut() {
            part.push(character);
        }
    }
    parts
}

fn unquote(text: &str) -> String {
    let text = text.trim();
    for quote in ['\'', '"'] {
        if let Some(inner) = text.strip_prefix(quote).and_then(|text| text.strip_suffix(quote)) {
            return inner.replace(&format!("{quote}{quote}"), &quote.to_string());
        }
    }
    text.to_owned()
}
