//! Iterators: over copies, over lists that may change meanwhile, and over rows that come one by one.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};

use super::super::value::JavaValue;
use super::list::JavaList;
use crate::model::JavaObject;

/// An iterator.
pub(crate) struct JavaIterator {
    source: Mutex<Source>,
}

enum Source {
    Elements(VecDeque<JavaValue>),
    List(Arc<JavaList>, usize),
}

impl JavaIterator {
    /// An iterator over these elements.
    pub(crate) fn new(elements: Vec<JavaValue>) -> Self {
        Self {
            source: Mutex::new(Source::Elements(elements.into())),
        }
    }

    /// An iterator over a list, which sees later changes.
    pub(crate) fn over_list(list: Arc<JavaList>) -> Self {
        Self {
            source: Mutex::new(Source::List(list, 0)),
        }
    }

    /// The next element.
    pub(crate) fn advance(&self) -> Option<JavaValue> {
        match &mut *self.source.lock().unwrap_or_else(PoisonError::into_inner) {
            Source::Elements(elements) => elements.pop_front(),
            Source::List(list, position) => {
                let element = list.lock().get(*position).cloned();
                *position += usize::from(element.is_some());
                element
            }
        }
    }

    /// Whether there is another element.
    pub(crate) fn has_next(&self) -> bool {
        match &*self.source.lock().unwrap_or_else(PoisonError::into_inner) {
            Source::Elements(elements) => !elements.is_empty(),
            Source::List(list, position) => *position < list.lock().len(),
        }
    }
}

impl JavaObject for JavaIterator {
    fn class_name(&self) -> &'static str {
        "java.util.ArrayList$Itr"
    }
}
