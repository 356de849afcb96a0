//! All declared classes by name, and how they stand to one another.

use std::collections::{HashMap, VecDeque};

use super::array::JavaArray;
use super::class::{Binding, Class, ClassKind, Method};
use super::value::{JavaValue, ObjectKind};
use super::{flink, lang, util};
use crate::gateway::Shared;

/// The declared classes.
pub(crate) struct Classes {
    table: HashMap<&'static str, Class>,
    /// Parents of the classes of the native object model.
    native: HashMap<&'static str, Option<&'static str>>,
}

impl Classes {
    /// All classes.
    pub(crate) fn new(shared: &Shared) -> Self {
        let mut declared = lang::classes();
        declared.extend(util::classes());
        declared.extend(flink::classes());
        let native = shared.classes.classes();
        Self {
            table: declared.into_iter().map(|class| (class.name, class)).collect(),
            native: native
                .into_iter()
                .map(|class| (class.name, class.parent))
                .collect(),
        }
    }

    /// A declared class.
    pub(crate) fn get(&self, name: &str) -> Option<&Class> {
        self.table.get(name)
    }

    /// The name of a class that exists, declared here or in the native object model.
    pub(crate) fn known(&self, name: &str) -> Option<&'static str> {
        self.table
            .get_key_value(name)
            .map(|(known, _)| *known)
            .or_else(|| self.native.get_key_value(name).map(|(known, _)| *known))
            .or_else(|| flink::known::class(name))
    }

    /// The class above a class.
    pub(crate) fn parent(&self, name: &str) -> Option<&'static str> {
        const OBJECT: &str = "java.lang.Object";
        let declared = self.table.get(name).map(|class| class.parent);
        if let Some(parent) = declared
            && parent != Some(OBJECT)
        {
            return parent;
        }
        // A class that is in both tables has its parent in one of them.
        if let Some(parent) = self.native.get(name) {
            return parent.or(Some(OBJECT));
        }
        declared
            .flatten()
            .or_else(|| flink::known::parent(name))
            .or_else(|| lang::throwable_parent(name))
    }

    fn interfaces(&self, name: &str) -> &[&'static str] {
        self.table.get(name).map_or(&[], |class| &class.interfaces)
    }

    /// How many steps lead from a class up to another: superclasses first, then interfaces by their
    /// distance. `None` when the other is not above it.
    pub(crate) fn distance(&self, ancestor: &str, class: &str) -> Option<u32> {
        if ancestor == class {
            return Some(0);
        }
        let mut steps = 0;
        let mut above = self.parent(class);
        while let Some(name) = above {
            steps += 1;
            if name == ancestor {
                return Some(steps);
            }
            above = self.parent(name);
        }
        let mut queue: VecDeque<(&str, u32)> = VecDeque::from([(class, 0)]);
        while let Some((name, steps)) = queue.pop_front() {
            for interface in self.interfaces(name) {
                if *interface == ancestor {
                    return Some(steps + 1);
                }
                queue.push_back((interface, steps + 1));
            }
            if let Some(parent) = self.parent(name) {
                queue.push_back((parent, steps));
            }
        }
        // Interfaces have no superclass, yet everything is an Object.
        (ancestor == "java.lang.Object").then_some(1)
    }

    /// Whether objects of `class` can stand where `ancestor` is asked for.
    pub(crate) fn is_assignable(&self, ancestor: &str, class: &str) -> bool {
        self.distance(ancestor, class).is_some()
    }

    /// Whether a value is an array whose elements can stand for this type.
    pub(crate) fn is_array_of(&self, value: &JavaValue, element: &str) -> bool {
        if let JavaValue::Bytes(_) = value {
            return element == "byte";
        }
        value.peek::<JavaArray>().is_some_and(|array| {
            array.component == element
                || (super::signature::Primitive::named(array.component).is_none()
                    && self.is_assignable(element, array.component))
        })
    }

    /// The declared methods of a class and everything above it, the nearest first.
    pub(crate) fn methods<'a>(&'a self, class: &str) -> impl Iterator<Item = (&'a Class, &'a Method)> {
        let mut seen: Vec<&'static str> = Vec::new();
        let mut queue: VecDeque<&'a Class> = VecDeque::new();
        // Superclasses first, then the interfaces of all of them.
        queue.extend(self.table.get(class));
        let mut above = self.parent(class);
        while let Some(name) = above {
            queue.extend(self.table.get(name));
            above = self.parent(name);
        }
        let mut classes: Vec<&'a Class> = Vec::new();
        while let Some(found) = queue.pop_front() {
            if seen.contains(&found.name) {
                continue;
            }
            seen.push(found.name);
            classes.push(found);
            for interface in &found.interfaces {
                if let Some(interface) = self.table.get(interface) {
                    queue.push_back(interface);
                }
            }
        }
        if !seen.contains(&"java.lang.Object")
            && let Some(object) = self.table.get("java.lang.Object")
        {
            classes.push(object);
        }
        classes
            .into_iter()
            .flat_map(|class| class.methods.iter().map(move |method| (class, method)))
    }

    /// Whether a class has a static method of this name.
    pub(crate) fn has_static_method(&self, class: &str, name: &str) -> bool {
        self.methods(class)
            .any(|(_, method)| method.binding == Binding::Static && method.name == name)
    }

    /// What an object is to a client.
    pub(crate) fn kind(&self, class: &str) -> ObjectKind {
        const KINDS: [(&str, ObjectKind); 4] = [
            ("java.util.List", ObjectKind::List),
            ("java.util.Map", ObjectKind::Map),
            ("java.util.Set", ObjectKind::Set),
            ("java.util.Iterator", ObjectKind::Iterator),
        ];
        if class.starts_with('[') {
            return ObjectKind::Array;
        }
        if !self.table.contains_key(class) {
            return ObjectKind::Other;
        }
        KINDS
            .into_iter()
            .find(|(ancestor, _)| self.is_assignable(ancestor, class))
            .map_or(ObjectKind::Other, |(_, kind)| kind)
    }

    /// Whether a class is an interface.
    pub(crate) fn is_interface(&self, name: &str) -> bool {
        self.table
            .get(name)
            .is_some_and(|class| class.kind == ClassKind::Interface)
    }

    /// The simple names of the classes inside of a class.
    pub(crate) fn inner_classes(&self, class: &str) -> Vec<&'static str> {
        let prefix = format!("{class}$");
        let mut names: Vec<&'static str> = self
            .table
            .keys()
            .filter_map(|name| name.strip_prefix(&prefix))
            .filter(|rest| !rest.contains('$'))
            .collect();
        names.sort_unstable();
        names
    }
}
