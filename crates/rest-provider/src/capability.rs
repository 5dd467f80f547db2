//! What the cloud can do beyond the least, found out from its answers.

use std::collections::HashMap;
use std::sync::atomic::{AtomicU8, Ordering};
use std::sync::{Mutex, PoisonError};

/// Whether a cloud can do something.
#[derive(Debug, Default)]
pub(crate) struct Capability(AtomicU8);

const YES: u8 = 1;
const NO: u8 = 2;

impl Capability {
    /// Whether it may be tried: unless the cloud has shown that it cannot.
    pub(crate) fn may_be_tried(&self) -> bool {
        self.0.load(Ordering::Relaxed) != NO
    }

    /// What is known; `None` for nothing yet.
    pub(crate) fn known(&self) -> Option<bool> {
        match self.0.load(Ordering::Relaxed) {
            YES => Some(true),
            NO => Some(false),
            _ => None,
        }
    }

    pub(crate) fn learn(&self, can: bool) {
        self.0.store(if can { YES } else { NO }, Ordering::Relaxed);
    }
}

/// Where an action of a class is sent: what its URI has behind that of the resource, and its `rel`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Target {
    pub(crate) suffix: String,
    pub(crate) rel: String,
}

/// What is known of one cloud.
#[derive(Debug, Default)]
pub(crate) struct Capabilities {
    /// `$filter`
    pub(crate) filter: Capability,
    /// `$filter` with more than one comparison, or another than that of equality.
    pub(crate) any_filter: Capability,
    /// `$orderby`
    pub(crate) order: Capability,
    /// `$select`, which is what makes a PUT of some attributes possible.
    pub(crate) select: Capability,
    /// `$select` of a collection meaning the attributes of its items.
    pub(crate) select_items: Capability,
    actions: Mutex<HashMap<(&'static str, &'static str), Target>>,
}

impl Capabilities {
    /// Where an action of a class was found to be sent.
    pub(crate) fn action(&self, class: &'static str, action: &'static str) -> Option<Target> {
        let actions = self.actions.lock().unwrap_or_else(PoisonError::into_inner);
        actions.get(&(class, action)).cloned()
    }

    pub(crate) fn learn_action(&self, class: &'static str, action: &'static str, target: Target) {
        let mut actions = self.actions.lock().unwrap_or_else(PoisonError::into_inner);
        actions.insert((class, action), target);
    }
}
