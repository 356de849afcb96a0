//! The oldest spelling of Kafka's lists, one option a part of an element.

use std::collections::BTreeMap;

use crate::error::{PlanError, Result};

/// The oldest spelling of Kafka's lists: `connector.properties.N.key` with `connector.properties.N.value`,
/// and `connector.specific-offsets.N.partition` with `connector.specific-offsets.N.offset`.
#[derive(Debug, Default)]
pub(super) struct IndexedOptions {
    properties: BTreeMap<u32, (Option<String>, Option<String>)>,
    offsets: BTreeMap<u32, (Option<String>, Option<String>)>,
}

impl IndexedOptions {
    /// Keeps the option if it is one of those. Says whether it was.
    pub(super) fn take(&mut self, key: &str, value: &str) -> bool {
        let (entries, rest, first, second) = if let Some(rest) = key.strip_prefix("connector.properties.") {
            (&mut self.properties, rest, "key", "value")
        } else if let Some(rest) = key.strip_prefix("connector.specific-offsets.") {
            (&mut self.offsets, rest, "partition", "offset")
        } else {
            return false;
        };
        let Some((index, part)) = rest.split_once('.') else {
            return false;
        };
        let Ok(index) = index.parse() else {
            return false;
        };
        let is_first = part == first;
        if !is_first && part != second {
            return false;
        }
        let pair: &mut (Option<String>, Option<String>) = entries.entry(index).or_default();
        let place = if is_first { &mut pair.0 } else { &mut pair.1 };
        *place = Some(value.to_owned());
        true
    }

    /// Writes the options under their present names.
    pub(super) fn finish(self, present: &mut BTreeMap<String, String>) -> Result<()> {
        for (index, pair) in self.properties {
            let prefix = format!("connector.properties.{index}");
            let (key, value) = both(pair, &prefix, "key", "value")?;
            if key != "zookeeper.connect" {
                present.insert(format!("properties.{key}"), value);
            }
        }
        let offsets = self
            .offsets
            .into_iter()
            .map(|(index, pair)| {
                let prefix = format!("connector.specific-offsets.{index}");
                both(pair, &prefix, "partition", "offset")
                    .map(|(partition, offset)| format!("partition:{partition},offset:{offset}"))
            })
            .collect::<Result<Vec<_>>>()?;
        if !offsets.is_empty() {
            present.insert("scan.startup.specific-offsets".to_owned(), offsets.join(";"));
        }
        Ok(())
    }
}

fn both(
    pair: (Option<String>, Option<String>),
    prefix: &str,
    first: &str,
    second: &str,
) -> Result<(String, String)> {
    match pair {
        (Some(key), Some(value)) => Ok((key, value)),
        (None, _) => Err(missing(prefix, first)),
        (_, None) => Err(missing(prefix, second)),
    }
}

fn missing(prefix: &str, part: &str) -> PlanError {
    PlanError::validation(format!("Could not find required property '{prefix}.{part}'."))
}
