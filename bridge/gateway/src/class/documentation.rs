//! The list of classes and methods as a page, printed from the tables.

use std::fmt::Write as _;

use crate::model::{JavaClass, Method, MethodKind, Support};

const INTRODUCTION: &str = "\
# The gateway

Doors, sessions, the object registry, and the Java classes that clients see. `src/lib.rs` tells how they
fit together; the frames on the wire are those of `nutkin-protocol`.

The tables below are printed from the classes themselves (`src/class`); a test compares, and
`UPDATE_README=1 cargo test --release -p nutkin-gateway readme` writes them anew.

## Calls

- The client chooses the id of every call's result, counting up; an id is used once in a session. An id
  whose call answered with a value names nothing.
- Arguments are checked against the tables: `String...` is any number of arguments, `constant` is any
  value that is no object, `|null` may be null. `int` takes a `long` that fits.
- A call that waits (`await`, `fetch`, `printNext`, `awaitTermination`) gives up when its batch is
  cancelled, with `java.lang.InterruptedException`. It holds no lock that other calls of the session need,
  except those of the same result.
- **Python functions of SQL statements.** When `CREATE FUNCTION ... LANGUAGE PYTHON` names a function that the
  gateway does not hold, it calls the client back: `getPythonFunction` with `module.object`. The client
  answers with a function object, which it may make by further calls meanwhile.
- **Rows.** `fetch` answers with an Arrow IPC stream whose first column, `$row_kind`, is the kind of change
  (0 +I, 1 -U, 2 +U, 3 -D); with no bytes when nothing came in time; with null after the last row.
- **Jobs** end with the session that started them, however it ends: a program that crashed leaves nothing
  behind. With `execution.attached` set to `false` the job of an INSERT lives on in the gateway, until it is
  cancelled through `nutkin.Gateway` or the gateway ends. Queries whose rows are collected always end with
  their session. A failed job is a `JobExecutionException` with the error as its cause; hint and Python
  traceback are on both.
- `execute(jobName)` of `TableEnvironment` returns while the job runs; Java's waits, and so does the Python
  client, through `awaitTermination`.

## Classes
";

/// The page.
#[must_use]
pub fn markdown() -> String {
    let mut classes = super::all();
    classes.sort_by_key(|class| class.name);
    let mut page = INTRODUCTION.to_owned();
    for class in &classes {
        describe(class, &mut page);
    }
    page
}

fn describe(class: &JavaClass, page: &mut String) {
    let parent = class
        .parent
        .map_or_else(String::new, |parent| format!(" Extends `{parent}`."));
    // Writing to a String cannot fail.
    let _ = write!(
        page,
        "\n### `{}`\n\n{}{parent}\n\n| method | returns |\n|---|---|\n",
        class.name, class.description
    );
    for method in &class.methods {
        if matches!(method.support, Support::Handler(_)) {
            let _ = writeln!(
                page,
                "| `{}{}` | `{}` |",
                prefix(method),
                escape(&method.to_string()),
                escape(method.result)
            );
        }
    }
    let refused: Vec<String> = class
        .methods
        .iter()
        .filter(|method| matches!(method.support, Support::Refused { .. }))
        .map(|method| format!("`{}`", method.name))
        .collect();
    if !refused.is_empty() {
        let _ = write!(page, "\nRefused by name: {}.\n", refused.join(", "));
    }
}

fn prefix(method: &Method) -> &'static str {
    match method.kind {
        MethodKind::Static | MethodKind::Field => "static ",
        MethodKind::Constructor | MethodKind::Instance => "",
    }
}

/// A bar would end the column.
fn escape(text: &str) -> String {
    text.replace('|', "\\|")
}
