//! `Set` and its classes.

use std::sync::Arc;

use super::super::call::Call;
use super::super::class::Class;
use super::super::collection::elements_of;
use super::super::collection::map::Order;
use super::super::collection::set::JavaSet;
use super::super::failure::{Failure, Outcome};
use super::super::value::JavaValue;

pub(super) fn classes() -> Vec<Class> {
    vec![
        interface(),
        Class::interface("java.util.SortedSet").implements(&["java.util.Set"]),
        set("java.util.HashSet"),
        set("java.util.LinkedHashSet").extends("java.util.HashSet"),
        set("java.util.TreeSet")
            .implements(&["java.util.SortedSet"])
            .method("Object first()", |call| end(call, false))
            .method("Object last()", |call| end(call, true)),
        Class::new("java.util.HashMap$KeySet").implements(&["java.util.Set"]),
        Class::new("java.util.HashMap$EntrySet").implements(&["java.util.Set"]),
        Class::new("java.util.Collections$UnmodifiableSet").implements(&["java.util.Set"]),
        Class::new("java.util.ImmutableCollections$SetN").implements(&["java.util.Set"]),
    ]
}

fn order(class: &str) -> Order {
    match class {
        "java.util.LinkedHashSet" => Order::Insertion,
        "java.util.TreeSet" => Order::Natural,
        _ => Order::Hash,
    }
}

fn new(call: &Call<'_>, elements: Vec<JavaValue>) -> Outcome {
    Ok(JavaValue::object(JavaSet::new(
        call.class,
        order(call.class),
        elements,
    )?))
}

fn set(name: &'static str) -> Class {
    Class::new(name)
        .implements(&["java.util.Set", "java.io.Serializable"])
        .constructor("()", |call| new(call, Vec::new()))
        .constructor("(int)", |call| new(call, Vec::new()))
        .constructor("(Collection)", |call| {
            let elements = elements_of(call.value(0)?)?;
            new(call, elements)
        })
}

fn this(call: &Call<'_>) -> Outcome<Arc<JavaSet>> {
    call.this()
}

fn interface() -> Class {
    Class::interface("java.util.Set")
        .implements(&["java.util.Collection"])
        .method("int size()", |call| {
            Ok(JavaValue::count(this(call)?.lock().len()))
        })
        .method("boolean contains(Object)", |call| {
            Ok(this(call)?.lock().get(call.value(0)?).is_some().into())
        })
        .method("boolean add(Object)", |call| {
            let before = this(call)?
                .change()?
                .put(call.value(0)?.clone(), JavaValue::Null)?;
            Ok(before.is_none().into())
        })
        .method("boolean remove(Object)", |call| {
            Ok(this(call)?.change()?.remove(call.value(0)?).is_some().into())
        })
        .method("boolean addAll(Collection)", |call| {
            let more = elements_of(call.value(0)?)?;
            let set = this(call)?;
            let mut entries = set.change()?;
            let before = entries.len();
            for element in more {
                entries.put(element, JavaValue::Null)?;
            }
            Ok((entries.len() != before).into())
        })
        .method("boolean removeAll(Collection)", |call| {
            let unwanted = elements_of(call.value(0)?)?;
            let set = this(call)?;
            let mut entries = set.change()?;
            let before = entries.len();
            for element in unwanted {
                entries.remove(&element);
            }
            Ok((entries.len() != before).into())
        })
        .method("boolean retainAll(Collection)", |call| {
            let wanted = elements_of(call.value(0)?)?;
            let set = this(call)?;
            let mut entries = set.change()?;
            let before = entries.len();
            for element in entries.keys() {
                if !wanted.iter().any(|one| one.equals(&element)) {
                    entries.remove(&element);
                }
            }
            Ok((entries.len() != before).into())
        })
        .method("void clear()", |call| {
            this(call)?.change()?.clear();
            Ok(JavaValue::Void)
        })
        .function("Set of()", |call| immutable(call))
        .function("Set of(Object)", |call| immutable(call))
        .function("Set of(Object, Object)", |call| immutable(call))
        .function("Set of(Object, Object, Object)", |call| immutable(call))
}

fn immutable(call: &Call<'_>) -> Outcome {
    Ok(JavaValue::object(JavaSet::new(
        "java.util.ImmutableCollections$SetN",
        Order::Hash,
        call.arguments.clone(),
    )?))
}

fn end(call: &Call<'_>, last: bool) -> Outcome {
    let elements = this(call)?.elements();
    let element = if last { elements.last() } else { elements.first() };
    element
        .cloned()
        .ok_or_else(|| Failure::bare("java.util.NoSuchElementException"))
}
