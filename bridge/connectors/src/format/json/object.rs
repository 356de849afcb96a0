//! Finding fields of a JSON object without building it.

use std::collections::HashMap;
use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, Visitor};
use serde_json::value::RawValue;

/// Finds the values of some fields: one slot a name, `None` for a field that is not there. Of several
/// fields with one name the last counts.
pub(super) fn find_fields<'j, 'n>(
    json: &'j str,
    names: impl Iterator<Item = &'n str> + Clone,
) -> serde_json::Result<Vec<Option<&'j RawValue>>> {
    let mut slots = vec![None; names.clone().count()];
    let mut deserializer = serde_json::Deserializer::from_str(json);
    FieldsSeed {
        names,
        slots: &mut slots,
    }
    .deserialize(&mut deserializer)?;
    deserializer.end()?;
    Ok(slots)
}

/// Finds all entries of an object, in order; of several with one key the last counts.
pub(super) fn find_entries(json: &str) -> serde_json::Result<Vec<(String, &RawValue)>> {
    let mut deserializer = serde_json::Deserializer::from_str(json);
    let mut entries: Vec<(String, &RawValue)> = Vec::new();
    EntriesSeed(&mut entries).deserialize(&mut deserializer)?;
    deserializer.end()?;
    let mut last = HashMap::with_capacity(entries.len());
    for (position, (key, _)) in entries.iter().enumerate() {
        last.insert(key.clone(), position);
    }
    let mut position = 0;
    entries.retain(|(key, _)| {
        position += 1;
        last.get(key) == Some(&(position - 1))
    });
    Ok(entries)
}

struct FieldsSeed<'s, 'j, N> {
    names: N,
    slots: &'s mut [Option<&'j RawValue>],
}

impl<'j, 'n, N: Iterator<Item = &'n str> + Clone> DeserializeSeed<'j> for FieldsSeed<'_, 'j, N> {
    type Value = ();

    fn deserialize<D: Deserializer<'j>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'j, 'n, N: Iterator<Item = &'n str> + Clone> Visitor<'j> for FieldsSeed<'_, 'j, N> {
    type Value = ();

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a JSON object")
    }

    fn visit_map<A: MapAccess<'j>>(self, mut map: A) -> Result<(), A::Error> {
        while let Some(position) = map.next_key_seed(NameSeed(self.names.clone()))? {
            match position.and_then(|position| self.slots.get_mut(position)) {
                Some(slot) => *slot = Some(map.next_value()?),
                None => {
                    map.next_value::<IgnoredAny>()?;
                }
            }
        }
        Ok(())
    }
}

/// Compares a key with the names, without allocating.
struct NameSeed<N>(N);

impl<'j, 'n, N: Iterator<Item = &'n str>> DeserializeSeed<'j> for NameSeed<N> {
    type Value = Option<usize>;

    fn deserialize<D: Deserializer<'j>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl<'n, N: Iterator<Item = &'n str>> Visitor<'_> for NameSeed<N> {
    type Value = Option<usize>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a field name")
    }

    fn visit_str<E>(mut self, key: &str) -> Result<Self::Value, E> {
        Ok(self.0.position(|name| name == key))
    }
}

struct EntriesSeed<'s, 'j>(&'s mut Vec<(String, &'j RawValue)>);

impl<'j> DeserializeSeed<'j> for EntriesSeed<'_, 'j> {
    type Value = ();

    fn deserialize<D: Deserializer<'j>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'j> Visitor<'j> for EntriesSeed<'_, 'j> {
    type Value = ();

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a JSON object")
    }

    fn visit_map<A: MapAccess<'j>>(self, mut map: A) -> Result<(), A::Error> {
        while let Some(key) = map.next_key::<String>()? {
            self.0.push((key, map.next_value()?));
        }
        Ok(())
    }
}
