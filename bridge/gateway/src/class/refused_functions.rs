//! Methods for the built-in functions that are known and not run: calling one names it and says what
//! works instead.

use nutkin_plan::function::{FunctionKind, Support, definitions};

use crate::model::{JavaClass, MethodKind};

/// Adds a refusal for every function that is not run, unless the class has a method of its name.
pub(super) fn refused_functions(class: JavaClass, kind: MethodKind) -> JavaClass {
    definitions::all()
        .filter(|function| function.kind != FunctionKind::Other || kind == MethodKind::Instance)
        .filter_map(|function| match function.support {
            Support::Refused(hint) => Some((java_name(function.name), hint)),
            Support::Executable => None,
        })
        .fold(class, |class, (name, hint)| {
            if class.methods.iter().any(|method| method.name == name) {
                return class;
            }
            match kind {
                MethodKind::Instance => class.refused(name, hint),
                _ => class.refused_function(name, hint),
            }
        })
}

/// `ARRAY_APPEND` and `array_append` are `arrayAppend` in Java. Names live as long as the class table,
/// which lives as long as the process: they are made once and kept.
fn java_name(name: &'static str) -> &'static str {
    if !name.contains('_') && name.chars().any(|character| character.is_ascii_lowercase()) {
        return name;
    }
    let mut java = String::with_capacity(name.len());
    let mut starts_word = false;
    for character in name.chars() {
        match character {
            '_' => starts_word = true,
            _ if starts_word => {
                java.push(character.to_ascii_uppercase());
                starts_word = false;
            }
            _ => java.push(character.to_ascii_lowercase()),
        }
    }
    Box::leak(java.into_boxed_str())
}
