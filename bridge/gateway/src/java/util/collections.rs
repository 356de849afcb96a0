//! `Collections` and `Arrays`.

use std::sync::Arc;

use super::super::array::JavaArray;
use super::super::call::Call;
use super::super::class::Class;
use super::super::collection::compare::{ReverseOrder, compare, sort};
use super::super::collection::list::JavaList;
use super::super::collection::map::{Entries, JavaMap, Order};
use super::super::collection::set::JavaSet;
use super::super::collection::{array_list, elements_of, text_of};
use super::super::failure::{Failure, Outcome};
use super::super::value::JavaValue;

const UNMODIFIABLE_LIST: &str = "java.util.Collections$UnmodifiableRandomAccessList";

pub(super) fn classes() -> Vec<Class> {
    vec![
        collections(),
        Class::new("java.util.Collections$ReverseComparator").implements(&["java.util.Comparator"]),
        arrays(),
    ]
}

fn unmodifiable(elements: Vec<JavaValue>) -> JavaValue {
    JavaValue::object(JavaList::new(UNMODIFIABLE_LIST, elements))
}

fn list(call: &Call<'_>) -> Outcome<Arc<JavaList>> {
    call.object(0)
}

fn collections() -> Class {
    Class::new("java.util.Collections")
        .function("List emptyList()", |_| Ok(unmodifiable(Vec::new())))
        .function("Map emptyMap()", |_| {
            let map = JavaMap::new("java.util.Collections$UnmodifiableMap", Entries::new(Order::Hash));
            Ok(JavaValue::object(map))
        })
        .function("Set emptySet()", |_| {
            JavaSet::view("java.util.Collections$UnmodifiableSet", Vec::new())
        })
        .function("List singletonList(Object)", |call| {
            Ok(unmodifiable(vec![call.value(0)?.clone()]))
        })
        .function("Set singleton(Object)", |call| {
            JavaSet::view(
                "java.util.Collections$UnmodifiableSet",
                vec![call.value(0)?.clone()],
            )
        })
        .function("Map singletonMap(Object, Object)", |call| {
            let entries = vec![(call.value(0)?.clone(), call.value(1)?.clone())];
            let entries = Entries::of(Order::Hash, entries)?;
            Ok(JavaValue::object(JavaMap::new(
                "java.util.Collections$UnmodifiableMap",
                entries,
            )))
        })
        .function("List nCopies(int, Object)", |call| {
            Ok(unmodifiable(vec![call.value(1)?.clone(); call.index(0)?]))
        })
        .function("List unmodifiableList(List)", |call| {
            Ok(unmodifiable(elements_of(call.value(0)?)?))
        })
        .function("Map unmodifiableMap(Map)", |call| {
            let entries = Entries::of(Order::Insertion, call.object::<JavaMap>(0)?.entries())?;
            Ok(JavaValue::object(JavaMap::new(
                "java.util.Collections$UnmodifiableMap",
                entries,
            )))
        })
        .function("List synchronizedList(List)", |call| Ok(call.value(0)?.clone()))
        .function("Comparator reverseOrder()", |_| {
            Ok(JavaValue::object(ReverseOrder))
        })
        .function("void sort(List)", |call| sort_list(call, &JavaValue::Null))
        .function("void sort(List, Comparator)", |call| {
            let comparator = call.value(1)?.clone();
            sort_list(call, &comparator)
        })
        .function("void reverse(List)", |call| {
            list(call)?.replace()?.reverse();
            Ok(JavaValue::Void)
        })
        .function("void swap(List, int, int)", |call| {
            let list = list(call)?;
            let mut elements = list.replace()?;
            let (left, right) = (call.index(1)?, call.index(2)?);
            if left.max(right) >= elements.len() {
                return Err(Failure::bare("java.lang.IndexOutOfBoundsException"));
            }
            elements.swap(left, right);
            Ok(JavaValue::Void)
        })
        .function("boolean addAll(Collection, Object[])", |call| {
            let more = elements_of(call.value(1)?)?;
            let collection = call.value(0)?.clone();
            call.machine
                .call(call.thread, &collection, "addAll", vec![array_list(more)])
        })
        .function("Object max(Collection)", |call| {
            extreme(call, std::cmp::Ordering::Greater)
        })
        .function("Object min(Collection)", |call| {
            extreme(call, std::cmp::Ordering::Less)
        })
        .function("int frequency(Collection, Object)", |call| {
            let wanted = call.value(1)?;
            let elements = elements_of(call.value(0)?)?;
            Ok(JavaValue::count(
                elements.iter().filter(|one| one.equals(wanted)).count(),
            ))
        })
}

fn sort_list(call: &Call<'_>, comparator: &JavaValue) -> Outcome {
    let list = list(call)?;
    let mut elements = list.elements();
    sort(call, &mut elements, comparator)?;
    *list.replace()? = elements;
    Ok(JavaValue::Void)
}

fn extreme(call: &Call<'_>, wanted: std::cmp::Ordering) -> Outcome {
    let mut found: Option<JavaValue> = None;
    for element in elements_of(call.value(0)?)? {
        let better = match &found {
            Some(best) => compare(call, &element, best, &JavaValue::Null)? == wanted,
            None => true,
        };
        if better {
            found = Some(element);
        }
    }
    found.ok_or_else(|| Failure::bare("java.util.NoSuchElementException"))
}

fn arrays() -> Class {
    Class::new("java.util.Arrays")
        .function("List asList(Object[])", |call| {
            Ok(JavaValue::object(JavaList::new(
                "java.util.Arrays$ArrayList",
                elements_of(call.value(0)?)?,
            )))
        })
        .function("String toString(Object)", |call| {
            Ok(match call.value(0)? {
                JavaValue::Null => "null".into(),
                other => text_of(&elements_of(other)?).into(),
            })
        })
        .function("boolean equals(Object, Object)", |call| {
            let (left, right) = (elements_of(call.value(0)?)?, elements_of(call.value(1)?)?);
            let equal =
                left.len() == right.len() && left.iter().zip(&right).all(|(left, right)| left.equals(right));
            Ok(equal.into())
        })
        .function("int hashCode(Object)", |call| {
            let elements = elements_of(call.value(0)?)?;
            let hash = elements.iter().fold(1i32, |hash, element| {
                hash.wrapping_mul(31).wrapping_add(element.hash_code())
            });
            Ok(hash.into())
        })
        .function("void sort(Object)", |call| {
            let array = call.object::<JavaArray>(0)?;
            let mut elements = array.elements();
            sort(call, &mut elements, &JavaValue::Null)?;
            *array.lock() = elements;
            Ok(JavaValue::Void)
        })
        .function("void sort(Object[], Comparator)", |call| {
            let array = call.object::<JavaArray>(0)?;
            let mut elements = array.elements();
            let comparator = call.value(1)?.clone();
            sort(call, &mut elements, &comparator)?;
            *array.lock() = elements;
            Ok(JavaValue::Void)
        })
        .function("void fill(Object, Object)", |call| {
            let value = call.value(1)?.clone();
            call.object::<JavaArray>(0)?.lock().fill(value);
            Ok(JavaValue::Void)
        })
        .function("byte[] copyOf(byte[], int)", |call| {
            let JavaValue::Bytes(bytes) = call.value(0)? else {
                return Err(Failure::bare("java.lang.NullPointerException"));
            };
            let mut copy = bytes.to_vec();
            copy.resize(call.index(1)?, 0);
            Ok(copy.into())
        })
        .function("Object copyOf(Object, int)", |call| {
            let array = call.object::<JavaArray>(0)?;
            let length = call.index(1)?;
            let copy = JavaArray::filled(array.component, &[length]);
            if let Some(copy) = copy.peek::<JavaArray>() {
                for (slot, element) in copy.lock().iter_mut().zip(array.elements()) {
                    *slot = element;
                }
            }
            Ok(copy)
        })
        .function("Object copyOfRange(Object, int, int)", |call| {
            let array = call.object::<JavaArray>(0)?;
            let (start, end) = (call.index(1)?, call.index(2)?);
            let elements = array.elements();
            match elements.get(start..end) {
                Some(part) => Ok(JavaValue::object(JavaArray::new(array.component, part.to_vec()))),
                None => Err(Failure::bare("java.lang.ArrayIndexOutOfBoundsException")),
            }
        })
}
