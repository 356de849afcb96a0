//! `List` and its classes; the ends of `Deque` and `Stack` with them.

use std::sync::Arc;

use super::super::call::Call;
use super::super::class::Class;
use super::super::collection::compare::sort;
use super::super::collection::list::{JavaList, checked};
use super::super::collection::{array_list, elements_of};
use super::super::failure::{Failure, Outcome};
use super::super::value::JavaValue;

pub(super) fn classes() -> Vec<Class> {
    vec![
        interface(),
        list("java.util.ArrayList").implements(&["java.util.RandomAccess"]),
        ends(list("java.util.LinkedList")).implements(&["java.util.Deque", "java.util.Queue"]),
        list("java.util.Vector"),
        stack(),
        list("java.util.concurrent.CopyOnWriteArrayList"),
        ends(deque()),
        Class::new("java.util.Arrays$ArrayList").implements(&["java.util.List"]),
        Class::new("java.util.ImmutableCollections$ListN").implements(&["java.util.List"]),
        Class::new("java.util.Collections$UnmodifiableRandomAccessList").implements(&["java.util.List"]),
        Class::interface("java.util.RandomAccess"),
        Class::interface("java.util.Queue").implements(&["java.util.Collection"]),
        Class::interface("java.util.Deque").implements(&["java.util.Queue"]),
    ]
}

fn list(name: &'static str) -> Class {
    constructors(Class::new(name).implements(&["java.util.List", "java.io.Serializable"]))
}

fn deque() -> Class {
    shared(constructors(
        Class::new("java.util.ArrayDeque").implements(&["java.util.Deque", "java.util.Collection"]),
    ))
}

fn constructors(class: Class) -> Class {
    class
        .constructor("()", |call| Ok(new(call, Vec::new())))
        .constructor("(int)", |call| match call.int(0)? {
            capacity if capacity < 0 => Err(Failure::illegal(format!("Illegal Capacity: {capacity}"))),
            _ => Ok(new(call, Vec::new())),
        })
        .constructor("(Collection)", |call| {
            let elements = elements_of(call.value(0)?)?;
            Ok(new(call, elements))
        })
}

fn new(call: &Call<'_>, elements: Vec<JavaValue>) -> JavaValue {
    JavaValue::object(JavaList::new(call.class, elements))
}

fn this(call: &Call<'_>) -> Outcome<Arc<JavaList>> {
    call.this()
}

fn interface() -> Class {
    shared(Class::interface("java.util.List").implements(&["java.util.Collection"]))
        .method("Object get(int)", |call| {
            let index = call.long(0)?;
            this(call)?.get(index)
        })
        .method("Object set(int, Object)", |call| {
            let list = this(call)?;
            let mut elements = list.replace()?;
            let position = checked(call.long(0)?, elements.len())?;
            Ok(std::mem::replace(&mut elements[position], call.value(1)?.clone()))
        })
        .method("void add(int, Object)", |call| {
            let list = this(call)?;
            let mut elements = list.change()?;
            let position = checked(call.long(0)?, elements.len() + 1)?;
            elements.insert(position, call.value(1)?.clone());
            Ok(JavaValue::Void)
        })
        .method("Object remove(int)", |call| {
            let list = this(call)?;
            let mut elements = list.change()?;
            let position = checked(call.long(0)?, elements.len())?;
            Ok(elements.remove(position))
        })
        .method("boolean addAll(int, Collection)", |call| {
            let more = elements_of(call.value(1)?)?;
            let list = this(call)?;
            let mut elements = list.change()?;
            let position = checked(call.long(0)?, elements.len() + 1)?;
            let changed = !more.is_empty();
            elements.splice(position..position, more);
            Ok(changed.into())
        })
        .method("int indexOf(Object)", |call| {
            let wanted = call.value(0)?;
            let found = this(call)?.lock().iter().position(|one| one.equals(wanted));
            Ok(found.map_or(JavaValue::Int(-1), JavaValue::count))
        })
        .method("int lastIndexOf(Object)", |call| {
            let wanted = call.value(0)?;
            let found = this(call)?.lock().iter().rposition(|one| one.equals(wanted));
            Ok(found.map_or(JavaValue::Int(-1), JavaValue::count))
        })
        .method("List subList(int, int)", |call| {
            let elements = this(call)?.elements();
            let (start, end) = (call.index(0)?, call.index(1)?);
            match elements.get(start..end) {
                Some(part) => Ok(JavaValue::object(JavaList::new(
                    "java.util.Collections$UnmodifiableRandomAccessList",
                    part.to_vec(),
                ))),
                None => Err(Failure::thrown(
                    "java.lang.IndexOutOfBoundsException",
                    format!("fromIndex: {start}, toIndex: {end}, size: {}", elements.len()),
                )),
            }
        })
        .method("void sort(Comparator)", |call| {
            let list = this(call)?;
            let mut sorted = list.elements();
            let comparator = call.value(0)?.clone();
            sort(call, &mut sorted, &comparator)?;
            *list.replace()? = sorted;
            Ok(JavaValue::Void)
        })
        .method("void replaceAll(java.util.function.UnaryOperator)", |call| {
            let function = call.value(0)?.clone();
            let list = this(call)?;
            let mapped = list
                .elements()
                .into_iter()
                .map(|element| call.apply(&function, "apply", vec![element]))
                .collect::<Outcome<Vec<_>>>()?;
            *list.replace()? = mapped;
            Ok(JavaValue::Void)
        })
        .function("List of(Object[])", |call| {
            Ok(JavaValue::object(JavaList::new(
                "java.util.ImmutableCollections$ListN",
                elements_of(call.value(0)?)?,
            )))
        })
        .function("List of()", |call| immutable_list(call))
        .function("List of(Object)", |call| immutable_list(call))
        .function("List of(Object, Object)", |call| immutable_list(call))
        .function("List of(Object, Object, Object)", |call| immutable_list(call))
        .function("List copyOf(Collection)", |call| {
            Ok(JavaValue::object(JavaList::new(
                "java.util.ImmutableCollections$ListN",
                elements_of(call.value(0)?)?,
            )))
        })
}

fn immutable_list(call: &Call<'_>) -> Outcome {
    Ok(JavaValue::object(JavaList::new(
        "java.util.ImmutableCollections$ListN",
        call.arguments.clone(),
    )))
}

/// What lists and double-ended queues have in common.
fn shared(class: Class) -> Class {
    class
        .method("int size()", |call| {
            Ok(JavaValue::count(this(call)?.lock().len()))
        })
        .method("boolean add(Object)", |call| {
            this(call)?.change()?.push(call.value(0)?.clone());
            Ok(true.into())
        })
        .method("boolean remove(Object)", |call| {
            let list = this(call)?;
            let mut elements = list.change()?;
            let wanted = call.value(0)?;
            let found = elements.iter().position(|one| one.equals(wanted));
            if let Some(position) = found {
                elements.remove(position);
            }
            Ok(found.is_some().into())
        })
        .method("boolean addAll(Collection)", |call| {
            let more = elements_of(call.value(0)?)?;
            let changed = !more.is_empty();
            this(call)?.change()?.extend(more);
            Ok(changed.into())
        })
        .method("boolean removeAll(Collection)", |call| {
            let unwanted = elements_of(call.value(0)?)?;
            let list = this(call)?;
            let mut elements = list.change()?;
            let before = elements.len();
            elements.retain(|one| !unwanted.iter().any(|other| other.equals(one)));
            Ok((elements.len() != before).into())
        })
        .method("boolean retainAll(Collection)", |call| {
            let wanted = elements_of(call.value(0)?)?;
            let list = this(call)?;
            let mut elements = list.change()?;
            let before = elements.len();
            elements.retain(|one| wanted.iter().any(|other| other.equals(one)));
            Ok((elements.len() != before).into())
        })
        .method("boolean removeIf(Predicate)", |call| {
            let predicate = call.value(0)?.clone();
            let list = this(call)?;
            let mut kept = Vec::new();
            let all = list.elements();
            let before = all.len();
            for element in all {
                let answer = call.apply(&predicate, "test", vec![element.clone()])?;
                if !matches!(answer, JavaValue::Boolean(true)) {
                    kept.push(element);
                }
            }
            let changed = kept.len() != before;
            *list.change()? = kept;
            Ok(changed.into())
        })
        .method("void clear()", |call| {
            this(call)?.change()?.clear();
            Ok(JavaValue::Void)
        })
        .method("void ensureCapacity(int)", |_| Ok(JavaValue::Void))
        .method("Object clone()", |call| {
            let list = this(call)?;
            Ok(match list.elements() {
                elements if call.this.class_name() == "java.util.ArrayList" => array_list(elements),
                elements => JavaValue::object(JavaList::new(call.this.class_name(), elements)),
            })
        })
}

fn stack() -> Class {
    list("java.util.Stack")
        .extends("java.util.Vector")
        .method("Object push(Object)", |call| {
            let value = call.value(0)?.clone();
            this(call)?.change()?.push(value.clone());
            Ok(value)
        })
        .method("Object pop()", |call| {
            let last = this(call)?.change()?.pop();
            last.ok_or_else(|| Failure::bare("java.util.EmptyStackException"))
        })
        .method("Object peek()", |call| {
            let last = this(call)?.lock().last().cloned();
            last.ok_or_else(|| Failure::bare("java.util.EmptyStackException"))
        })
        .method("boolean empty()", |call| Ok(this(call)?.lock().is_empty().into()))
}

/// The methods of queues with two ends.
fn ends(class: Class) -> Class {
    class
        .method("void addFirst(Object)", add_first)
        .method("void push(Object)", add_first)
        .method("boolean offerFirst(Object)", |call| {
            add_first(call).map(|_| true.into())
        })
        .method("void addLast(Object)", |call| {
            this(call)?.change()?.push(call.value(0)?.clone());
            Ok(JavaValue::Void)
        })
        .method("boolean offer(Object)", |call| {
            this(call)?.change()?.push(call.value(0)?.clone());
            Ok(true.into())
        })
        .method("Object getFirst()", |call| required(first(call)?))
        .method("Object element()", |call| required(first(call)?))
        .method(
            "Object peek()",
            |call| Ok(first(call)?.unwrap_or(JavaValue::Null)),
        )
        .method("Object peekFirst()", |call| {
            Ok(first(call)?.unwrap_or(JavaValue::Null))
        })
        .method("Object getLast()", |call| {
            required(this(call)?.lock().last().cloned())
        })
        .method("Object peekLast()", |call| {
            Ok(this(call)?.lock().last().cloned().unwrap_or(JavaValue::Null))
        })
        .method("Object removeFirst()", |call| required(take_first(call)?))
        .method("Object remove()", |call| required(take_first(call)?))
        .method("Object pop()", |call| required(take_first(call)?))
        .method("Object poll()", |call| {
            Ok(take_first(call)?.unwrap_or(JavaValue::Null))
        })
        .method("Object pollFirst()", |call| {
            Ok(take_first(call)?.unwrap_or(JavaValue::Null))
        })
        .method("Object removeLast()", |call| {
            required(this(call)?.change()?.pop())
        })
        .method("Object pollLast()", |call| {
            Ok(this(call)?.change()?.pop().unwrap_or(JavaValue::Null))
        })
}

fn add_first(call: &mut Call<'_>) -> Outcome {
    this(call)?.change()?.insert(0, call.value(0)?.clone());
    Ok(JavaValue::Void)
}

fn first(call: &Call<'_>) -> Outcome<Option<JavaValue>> {
    Ok(this(call)?.lock().first().cloned())
}

fn take_first(call: &Call<'_>) -> Outcome<Option<JavaValue>> {
    let list = this(call)?;
    let mut elements = list.change()?;
    Ok((!elements.is_empty()).then(|| elements.remove(0)))
}

fn required(value: Option<JavaValue>) -> Outcome {
    value.ok_or_else(|| Failure::bare("java.util.NoSuchElementException"))
}
