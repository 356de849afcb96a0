//! What all collections have, and iterators.

use super::super::array::JavaArray;
use super::super::class::Class;
use super::super::collection::iterator::JavaIterator;
use super::super::collection::{elements_of, immutable, iterator_of};
use super::super::failure::Failure;
use super::super::value::JavaValue;

pub(super) fn classes() -> Vec<Class> {
    vec![
        Class::interface("java.util.Collection")
            .implements(&["java.lang.Iterable"])
            .method("int size()", |call| {
                Ok(JavaValue::count(elements_of(&call.this)?.len()))
            })
            .method("boolean isEmpty()", |call| {
                Ok(elements_of(&call.this)?.is_empty().into())
            })
            .method("Iterator iterator()", |call| iterator_of(&call.this))
            .method("Object[] toArray()", |call| {
                Ok(JavaValue::object(JavaArray::new(
                    "java.lang.Object",
                    elements_of(&call.this)?,
                )))
            })
            .method("Object[] toArray(Object[])", |call| {
                let component = call.object::<JavaArray>(0)?.component;
                Ok(JavaValue::object(JavaArray::new(
                    component,
                    elements_of(&call.this)?,
                )))
            })
            .method("boolean contains(Object)", |call| {
                let wanted = call.value(0)?;
                Ok(elements_of(&call.this)?
                    .iter()
                    .any(|one| one.equals(wanted))
                    .into())
            })
            .method("boolean containsAll(Collection)", |call| {
                let all = elements_of(&call.this)?;
                let wanted = elements_of(call.value(0)?)?;
                let found = wanted.iter().all(|one| all.iter().any(|other| other.equals(one)));
                Ok(found.into())
            })
            .method("void forEach(Consumer)", |call| {
                let consumer = call.value(0)?.clone();
                for element in elements_of(&call.this)? {
                    call.apply(&consumer, "accept", vec![element])?;
                }
                Ok(JavaValue::Void)
            })
            .method("boolean add(Object)", |_| Err(immutable()))
            .method("boolean remove(Object)", |_| Err(immutable()))
            .method("void clear()", |_| Err(immutable())),
        Class::interface("java.util.Iterator")
            .method("boolean hasNext()", |call| {
                Ok(call.this::<JavaIterator>()?.has_next().into())
            })
            .method("Object next()", |call| {
                call.this::<JavaIterator>()?
                    .advance()
                    .ok_or_else(|| Failure::bare("java.util.NoSuchElementException"))
            })
            .method("void remove()", |_| {
                Err(Failure::unsupported(
                    "Iterator.remove",
                    "remove the element from its collection",
                ))
            }),
        Class::interface("java.util.Enumeration"),
        Class::new("java.util.ArrayList$Itr").implements(&["java.util.Iterator"]),
    ]
}
