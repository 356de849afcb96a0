//! `Map` and its classes.

use std::sync::{Arc, Mutex, PoisonError};

use super::super::call::Call;
use super::super::class::Class;
use super::super::collection::list::JavaList;
use super::super::collection::map::{Entries, JavaMap, MapEntry, Order};
use super::super::collection::set::JavaSet;
use super::super::failure::{Failure, Outcome};
use super::super::value::JavaValue;

pub(super) fn classes() -> Vec<Class> {
    vec![
        updates(interface()),
        Class::interface("java.util.SortedMap").implements(&["java.util.Map"]),
        map("java.util.HashMap"),
        map("java.util.LinkedHashMap").extends("java.util.HashMap"),
        map("java.util.Hashtable"),
        map("java.util.concurrent.ConcurrentHashMap"),
        map("java.util.TreeMap")
            .implements(&["java.util.SortedMap"])
            .method("Object firstKey()", |call| end_key(call, false))
            .method("Object lastKey()", |call| end_key(call, true)),
        properties(),
        Class::new("java.util.Collections$UnmodifiableMap").implements(&["java.util.Map"]),
        Class::new("java.util.ImmutableCollections$MapN").implements(&["java.util.Map"]),
        entry(),
        Class::new("java.util.HashMap$Node").implements(&["java.util.Map$Entry"]),
        Class::new("java.util.AbstractMap$SimpleEntry")
            .implements(&["java.util.Map$Entry"])
            .constructor("(Object, Object)", |call| {
                Ok(JavaValue::object(MapEntry {
                    map: None,
                    key: call.value(0)?.clone(),
                    value: Mutex::new(call.value(1)?.clone()),
                }))
            }),
        Class::new("java.util.HashMap$Values").implements(&["java.util.Collection"]),
    ]
}

/// In which order a class keeps its entries.
fn order(class: &str) -> Order {
    match class {
        "java.util.LinkedHashMap" => Order::Insertion,
        "java.util.TreeMap" => Order::Natural,
        _ => Order::Hash,
    }
}

fn map(name: &'static str) -> Class {
    Class::new(name)
        .implements(&["java.util.Map", "java.io.Serializable"])
        .constructor("()", |call| {
            Ok(JavaValue::object(JavaMap::new(
                call.class,
                Entries::new(order(call.class)),
            )))
        })
        .constructor("(int)", |call| {
            Ok(JavaValue::object(JavaMap::new(
                call.class,
                Entries::new(order(call.class)),
            )))
        })
        .constructor("(Map)", |call| {
            let entries = call.object::<JavaMap>(0)?.entries();
            Ok(JavaValue::object(JavaMap::new(
                call.class,
                Entries::of(order(call.class), entries)?,
            )))
        })
}

fn this(call: &Call<'_>) -> Outcome<Arc<JavaMap>> {
    call.this()
}

fn or_null(value: Option<JavaValue>) -> JavaValue {
    value.unwrap_or(JavaValue::Null)
}

fn interface() -> Class {
    Class::interface("java.util.Map")
        .method("int size()", |call| {
            Ok(JavaValue::count(this(call)?.lock().len()))
        })
        .method("boolean isEmpty()", |call| {
            Ok((this(call)?.lock().len() == 0).into())
        })
        .method("Object get(Object)", |call| {
            Ok(or_null(this(call)?.lock().get(call.value(0)?).cloned()))
        })
        .method("Object getOrDefault(Object, Object)", |call| {
            let found = this(call)?.lock().get(call.value(0)?).cloned();
            found.map_or_else(|| call.value(1).cloned(), Ok)
        })
        .method("boolean containsKey(Object)", |call| {
            Ok(this(call)?.lock().get(call.value(0)?).is_some().into())
        })
        .method("boolean containsValue(Object)", |call| {
            let wanted = call.value(0)?;
            Ok(this(call)?
                .entries()
                .iter()
                .any(|(_, value)| value.equals(wanted))
                .into())
        })
        .method("Set keySet()", |call| {
            JavaSet::view("java.util.HashMap$KeySet", this(call)?.lock().keys())
        })
        .method("Collection values()", |call| {
            let values = this(call)?
                .entries()
                .into_iter()
                .map(|(_, value)| value)
                .collect();
            Ok(JavaValue::object(JavaList::new(
                "java.util.HashMap$Values",
                values,
            )))
        })
        .method("Set entrySet()", |call| {
            let map = this(call)?;
            let entries = map.entries().into_iter().map(|(key, value)| {
                JavaValue::object(MapEntry {
                    map: Some(Arc::clone(&map)),
                    key,
                    value: Mutex::new(value),
                })
            });
            JavaSet::view("java.util.HashMap$EntrySet", entries.collect())
        })
        .method("void forEach(BiConsumer)", |call| {
            let consumer = call.value(0)?.clone();
            for (key, value) in this(call)?.entries() {
                call.apply(&consumer, "accept", vec![key, value])?;
            }
            Ok(JavaValue::Void)
        })
        .function("Map of()", |call| pairs(call))
        .function("Map of(Object, Object)", |call| pairs(call))
        .function("Map of(Object, Object, Object, Object)", |call| pairs(call))
        .function("Map of(Object, Object, Object, Object, Object, Object)", |call| {
            pairs(call)
        })
}

fn updates(class: Class) -> Class {
    class
        .method("Object put(Object, Object)", |call| {
            let before = this(call)?
                .change()?
                .put(call.value(0)?.clone(), call.value(1)?.clone())?;
            Ok(or_null(before))
        })
        .method("Object putIfAbsent(Object, Object)", |call| {
            let map = this(call)?;
            let mut entries = map.change()?;
            let key = call.value(0)?;
            if let Some(found) = entries.get(key)
                && !found.is_null()
            {
                return Ok(found.clone());
            }
            entries.put(key.clone(), call.value(1)?.clone())?;
            Ok(JavaValue::Null)
        })
        .method("void putAll(Map)", |call| {
            let more = call.object::<JavaMap>(0)?.entries();
            let map = this(call)?;
            let mut entries = map.change()?;
            for (key, value) in more {
                entries.put(key, value)?;
            }
            Ok(JavaValue::Void)
        })
        .method("Object remove(Object)", |call| {
            Ok(or_null(this(call)?.change()?.remove(call.value(0)?)))
        })
        .method("Object replace(Object, Object)", |call| {
            let map = this(call)?;
            let mut entries = map.change()?;
            if entries.get(call.value(0)?).is_none() {
                return Ok(JavaValue::Null);
            }
            Ok(or_null(
                entries.put(call.value(0)?.clone(), call.value(1)?.clone())?,
            ))
        })
        .method("Object computeIfAbsent(Object, Function)", |call| {
            let map = this(call)?;
            let key = call.value(0)?.clone();
            if let Some(found) = map.lock().get(&key) {
                return Ok(found.clone());
            }
            let function = call.value(1)?.clone();
            // Not under the lock: the function may use the map.
            let value = call.apply(&function, "apply", vec![key.clone()])?;
            map.change()?.put(key, value.clone())?;
            Ok(value)
        })
        .method("void clear()", |call| {
            this(call)?.change()?.clear();
            Ok(JavaValue::Void)
        })
        .method("Object clone()", |call| {
            let class = call.this.class_name();
            let entries = Entries::of(order(class), this(call)?.entries())?;
            Ok(JavaValue::object(JavaMap::new(class, entries)))
        })
}

fn properties() -> Class {
    map("java.util.Properties")
        .extends("java.util.Hashtable")
        .method("String getProperty(String)", |call| {
            Ok(or_null(this(call)?.lock().get(call.value(0)?).cloned()))
        })
        .method("String getProperty(String, String)", |call| {
            let found = this(call)?.lock().get(call.value(0)?).cloned();
            found.map_or_else(|| call.value(1).cloned(), Ok)
        })
        .method("Object setProperty(String, String)", |call| {
            let before = this(call)?
                .change()?
                .put(call.value(0)?.clone(), call.value(1)?.clone())?;
            Ok(or_null(before))
        })
        .method("Set stringPropertyNames()", |call| {
            JavaSet::view("java.util.HashMap$KeySet", this(call)?.lock().keys())
        })
}

fn entry() -> Class {
    Class::interface("java.util.Map$Entry")
        .method("Object getKey()", |call| Ok(call.this::<MapEntry>()?.key.clone()))
        .method("Object getValue()", |call| Ok(call.this::<MapEntry>()?.value()))
        .method("Object setValue(Object)", |call| {
            let entry = call.this::<MapEntry>()?;
            let value = call.value(0)?.clone();
            if let Some(map) = &entry.map {
                map.change()?.put(entry.key.clone(), value.clone())?;
            }
            let mut slot = entry.value.lock().unwrap_or_else(PoisonError::into_inner);
            Ok(std::mem::replace(&mut *slot, value))
        })
}

/// An immutable map of keys and values in turn.
fn pairs(call: &Call<'_>) -> Outcome {
    let entries = call
        .arguments
        .chunks_exact(2)
        .map(|pair| (pair[0].clone(), pair[1].clone()))
        .collect();
    Ok(JavaValue::object(JavaMap::new(
        "java.util.ImmutableCollections$MapN",
        Entries::of(Order::Hash, entries)?,
    )))
}

fn end_key(call: &Call<'_>, last: bool) -> Outcome {
    let keys = this(call)?.lock().keys();
    let key = if last { keys.last() } else { keys.first() };
    key.cloned()
        .ok_or_else(|| Failure::bare("java.util.NoSuchElementException"))
}
