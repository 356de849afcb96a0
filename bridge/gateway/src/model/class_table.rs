//! All classes by name, and what to say about a name that is not among them.

use ahash::{HashMap, HashMapExt};

use super::argument::Argument;
use super::class::{JavaClass, Method, MethodKind};
use super::parameter::Parameter;
use crate::{GatewayError, Result};

/// How alike two names must be for one to be suggested in place of the other.
const LEAST_SIMILARITY: f64 = 0.7;

/// The classes that clients can use.
#[derive(Debug)]
pub struct ClassTable {
    classes: HashMap<&'static str, JavaClass>,
    /// For each class its methods by name, with those of the classes above it: every call looks here.
    overloads: HashMap<&'static str, HashMap<&'static str, Overloads>>,
}

/// Methods of one name, in the order in which they are tried.
#[derive(Debug, Default)]
struct Overloads {
    of_class: Vec<Method>,
    of_objects: Vec<Method>,
}

impl ClassTable {
    /// A table of these classes.
    #[must_use]
    pub fn new(classes: Vec<JavaClass>) -> Self {
        let mut table = Self {
            classes: classes.into_iter().map(|class| (class.name, class)).collect(),
            overloads: HashMap::new(),
        };
        table.overloads = table
            .classes
            .keys()
            .map(|class| (*class, table.overloads_of(class)))
            .collect();
        table
    }

    fn overloads_of(&self, class: &str) -> HashMap<&'static str, Overloads> {
        let mut by_name: HashMap<&'static str, Overloads> = HashMap::new();
        for method in self.methods(class) {
            let overloads = by_name.entry(method.name).or_default();
            match method.kind {
                MethodKind::Instance => overloads.of_objects.push(method.clone()),
                MethodKind::Constructor | MethodKind::Static | MethodKind::Field => {
                    overloads.of_class.push(method.clone())
                }
            }
        }
        by_name
    }

    /// All classes, by name.
    #[must_use]
    pub fn classes(&self) -> Vec<&JavaClass> {
        let mut classes: Vec<&JavaClass> = self.classes.values().collect();
        classes.sort_by_key(|class| class.name);
        classes
    }

    /// Whether objects of `class` can stand where `ancestor` is asked for.
    #[must_use]
    pub fn is_subclass(&self, class: &str, ancestor: &str) -> bool {
        class == ancestor || self.lineage(class).any(|found| found.name == ancestor)
    }

    /// The method that takes these arguments.
    ///
    /// # Errors
    /// When there is no such class, or no such method, or it takes other arguments.
    pub(crate) fn find(
        &self,
        class: &str,
        on_object: bool,
        name: &str,
        arguments: &[Argument],
    ) -> Result<&Method> {
        let Some(by_name) = self.overloads.get(class) else {
            return Err(self.unknown_class(class));
        };
        let overloads = match by_name.get(name) {
            Some(overloads) if on_object => overloads.of_objects.as_slice(),
            Some(overloads) => overloads.of_class.as_slice(),
            None => &[],
        };
        if overloads.is_empty() {
            return Err(self.unknown_method(class, on_object, name));
        }
        overloads
            .iter()
            .find(|method| {
                matches!(method.support, super::Support::Refused { .. })
                    || Parameter::accept(&method.parameters, arguments, self)
            })
            .ok_or_else(|| GatewayError::WrongArguments {
                class: class.to_owned(),
                method: name.to_owned(),
                expected: overloads.iter().map(ToString::to_string).collect(),
                got: arguments.iter().map(Argument::java_type).collect(),
            })
    }

    /// Whether a class, or one above it, has a method of this name.
    #[must_use]
    pub fn has_method(&self, class: &str, name: &str) -> bool {
        self.methods(class).any(|method| method.name == name)
    }

    /// Whether a class has a static field of this name.
    #[must_use]
    pub fn has_field(&self, class: &str, name: &str) -> bool {
        self.methods(class)
            .any(|method| method.kind == MethodKind::Field && method.name == name)
    }

    /// The names of a class's methods of a kind, those of the classes above it included.
    #[must_use]
    pub fn method_names(&self, class: &str, kind: MethodKind) -> Vec<&'static str> {
        let of_kind = self.methods(class).filter(|method| method.kind == kind);
        of_kind.map(|method| method.name).collect()
    }

    /// The class's own methods as they are declared.
    #[must_use]
    pub fn signatures(&self, class: &str) -> Vec<String> {
        let methods = self
            .classes
            .get(class)
            .into_iter()
            .flat_map(|class| &class.methods);
        methods
            .map(|method| format!("{method} : {}", method.result))
            .collect()
    }

    /// The class and those above it.
    fn lineage(&self, class: &str) -> impl Iterator<Item = &JavaClass> {
        let first = self.classes.get(class);
        std::iter::successors(first, |class| self.classes.get(class.parent?))
    }

    fn methods(&self, class: &str) -> impl Iterator<Item = &Method> {
        self.lineage(class).flat_map(|class| &class.methods)
    }

    fn unknown_class(&self, class: &str) -> GatewayError {
        GatewayError::UnknownClass {
            class: class.to_owned(),
            nearest: nearest(class, self.classes.keys().copied()),
        }
    }

    fn unknown_method(&self, class: &str, on_object: bool, name: &str) -> GatewayError {
        let same_kind = |method: &&Method| (method.kind == MethodKind::Instance) == on_object;
        GatewayError::UnknownMethod {
            class: class.to_owned(),
            method: name.to_owned(),
            nearest: nearest(
                name,
                self.methods(class).filter(same_kind).map(|method| method.name),
            ),
        }
    }
}

/// Up to three of the names that are most like `name`, the most alike first.
fn nearest<'a>(name: &str, candidates: impl Iterator<Item = &'a str>) -> Vec<String> {
    let mut scored: Vec<(f64, &str)> = candidates
        .map(|candidate| {
            let similarity = strsim::jaro_winkler(&name.to_lowercase(), &candidate.to_lowercase());
            (similarity, candidate)
        })
        .filter(|(similarity, _)| *similarity >= LEAST_SIMILARITY)
        .collect();
    scored.sort_by(|left, right| right.0.total_cmp(&left.0).then(left.1.cmp(right.1)));
    scored.dedup_by_key(|(_, candidate)| *candidate);
    scored
        .into_iter()
        .take(3)
        .map(|(_, candidate)| candidate.to_owned())
        .collect()
}
