//! What `dir()` and `help()` say of classes.

use std::collections::BTreeSet;

use super::class::{Binding, Method};
use super::machine::Machine;
use super::signature::JavaType;
use crate::model::MethodKind;

impl Machine {
    /// The names of a class's methods, of static ones if `is_static` says so.
    pub(crate) fn method_names(&self, class: &str, is_static: bool) -> Vec<String> {
        let declared = self
            .classes
            .methods(class)
            .filter(|(_, method)| method.binding != Binding::Constructor)
            .filter(|(_, method)| !is_static || method.binding == Binding::Static)
            .map(|(_, method)| method.name.to_owned());
        let kind = if is_static {
            MethodKind::Static
        } else {
            MethodKind::Instance
        };
        let native = self.session.classes().method_names(class, kind);
        let names: BTreeSet<String> = declared.chain(native.into_iter().map(str::to_owned)).collect();
        names.into_iter().collect()
    }

    /// The names of a class's static members.
    pub(crate) fn static_names(&self, class: &str) -> Vec<String> {
        let mut names: BTreeSet<String> = self.method_names(class, true).into_iter().collect();
        if let Some(declared) = self.classes.get(class) {
            names.extend(declared.constants.iter().map(|name| (*name).to_owned()));
            names.extend(declared.fields.iter().map(|field| field.name.to_owned()));
        }
        names.extend(self.classes.inner_classes(class).into_iter().map(str::to_owned));
        names.into_iter().collect()
    }

    /// The page of a class. A pattern with `*` and `?` chooses the members by their signature.
    pub(crate) fn help(&self, class: &str, pattern: Option<&str>, short: bool) -> String {
        let fits =
            |signature: &str| pattern.is_none_or(|pattern| matches(pattern.as_bytes(), signature.as_bytes()));
        let methods: BTreeSet<String> = self
            .classes
            .methods(class)
            .filter(|(owner, method)| owner.name == class && method.binding != Binding::Constructor)
            .map(|(_, method)| signature(method, short))
            .chain(self.session.classes().signatures(class))
            .filter(|signature| fits(signature))
            .collect();
        let declared = self.classes.get(class);
        let fields: BTreeSet<String> = declared
            .into_iter()
            .flat_map(|class| &class.fields)
            .map(|field| format!("{} : {}", field.name, name_of(field.field_type, short)))
            .filter(|signature| fits(signature))
            .collect();
        let inner: Vec<String> = self
            .classes
            .inner_classes(class)
            .into_iter()
            .map(str::to_owned)
            .collect();
        let (package, simple) = class.rsplit_once('.').unwrap_or(("", class));
        let mut page = format!("Help on class {simple} in package {package}:\n\n{simple} {{\n|  \n");
        for (title, members) in [
            ("Methods defined here:", methods.into_iter().collect::<Vec<_>>()),
            ("Fields defined here:", fields.into_iter().collect()),
            ("Internal classes defined here:", inner),
        ] {
            if members.is_empty() {
                continue;
            }
            page.push_str(&format!("|  {title}\n|  \n"));
            for member in members {
                page.push_str(&format!("|  {member}\n|  \n"));
            }
            page.push_str("|  ------------------------------------------------------------\n");
        }
        page.push_str("}\n");
        page
    }
}

fn signature(method: &Method, short: bool) -> String {
    let parameters: Vec<String> = method
        .parameters
        .iter()
        .map(|parameter| name_of(*parameter, short))
        .collect();
    format!(
        "{}({}) : {}",
        method.name,
        parameters.join(", "),
        name_of(method.result, short)
    )
}

fn name_of(java_type: JavaType, short: bool) -> String {
    let name = java_type.name();
    match name.rsplit_once('.') {
        Some((_, simple)) if short => simple.to_owned(),
        _ => name,
    }
}

/// Whether a text is what a pattern describes: `*` is anything, `?` one character or none.
fn matches(pattern: &[u8], text: &[u8]) -> bool {
    match pattern.split_first() {
        None => text.is_empty(),
        Some((b'*', rest)) => (0..=text.len()).any(|skipped| matches(rest, &text[skipped..])),
        Some((b'?', rest)) => matches(rest, text) || (!text.is_empty() && matches(rest, &text[1..])),
        Some((first, rest)) => text.first() == Some(first) && matches(rest, &text[1..]),
    }
}
