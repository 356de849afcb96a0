//! Views: what a name without a package means, by the imports that were made.

use std::collections::{BTreeSet, HashMap};
use std::sync::{Mutex, MutexGuard, PoisonError};

use crate::java::Machine;
use crate::model::JavaObject;

/// The imports of a view.
pub(super) struct View {
    name: String,
    state: Mutex<Imports>,
}

struct Imports {
    /// Classes by simple name.
    single: HashMap<String, String>,
    /// Packages whose classes are all imported.
    packages: BTreeSet<String>,
    /// Counts the changes of `single`.
    sequence: u64,
}

impl View {
    /// A view with `java.lang` imported.
    pub(super) fn new(name: &str) -> Self {
        Self {
            name: name.to_owned(),
            state: Mutex::new(Imports {
                single: HashMap::new(),
                packages: BTreeSet::from(["java.lang".to_owned()]),
                sequence: 1,
            }),
        }
    }

    /// Imports a class, or with `*` at the end a package. The first import of a simple name stays.
    pub(super) fn import(&self, text: &str) {
        let mut imports = self.lock();
        if let Some(package) = text.strip_suffix(".*") {
            imports.packages.insert(package.to_owned());
            return;
        }
        let simple = text.rsplit('.').next().unwrap_or(text).to_owned();
        imports.single.entry(simple).or_insert_with(|| text.to_owned());
        imports.sequence += 1;
    }

    /// Takes an import back; whether it was there.
    pub(super) fn remove(&self, text: &str) -> bool {
        let mut imports = self.lock();
        if let Some(package) = text.strip_suffix(".*") {
            return imports.packages.remove(package);
        }
        let simple = text.rsplit('.').next().unwrap_or(text);
        let removed = imports.single.get(simple).is_some_and(|full| full == text);
        if removed {
            imports.single.remove(simple);
            imports.sequence += 1;
        }
        removed
    }

    /// The class that a name means; `None` when it can only be a package.
    pub(super) fn resolve(&self, name: &str, machine: &Machine) -> Option<String> {
        const PRIMITIVES: [&str; 9] = [
            "int", "short", "char", "byte", "long", "float", "double", "boolean", "void",
        ];
        if name.contains('.') {
            return machine.classes.known(name).map(str::to_owned);
        }
        if PRIMITIVES.contains(&name) {
            return Some(name.to_owned());
        }
        let imports = self.lock();
        if let Some(full) = imports.single.get(name) {
            return machine.classes.known(full).map(str::to_owned);
        }
        imports
            .packages
            .iter()
            .find_map(|package| machine.classes.known(&format!("{package}.{name}")))
            .map(str::to_owned)
    }

    /// The imported simple names with the number of their last change.
    pub(super) fn names(&self) -> (u64, Vec<String>) {
        let imports = self.lock();
        let mut names: Vec<String> = imports.single.keys().cloned().collect();
        names.sort_unstable();
        (imports.sequence, names)
    }

    fn lock(&self) -> MutexGuard<'_, Imports> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl JavaObject for View {
    fn class_name(&self) -> &'static str {
        "py4j.JVMView"
    }

    fn java_string(&self) -> String {
        format!("JVMView {}", self.name)
    }
}
