//! Where an inherited feature is declared.

use cim_core::{ClassDescriptor, MethodDescriptor, PropertyDescriptor, Qualifier};
use rustc_hash::FxHashMap;

/// The classes by name, to walk up from one.
#[derive(Debug)]
pub(crate) struct Homes {
    by_name: FxHashMap<&'static str, &'static ClassDescriptor>,
}

impl Homes {
    pub(crate) fn of(classes: &[&'static ClassDescriptor]) -> Self {
        Self {
            by_name: classes.iter().map(|c| (c.name, *c)).collect(),
        }
    }

    /// The classes above, nearest first, as far as they are there without a gap.
    pub(crate) fn ancestors(
        &self,
        class: &ClassDescriptor,
    ) -> impl Iterator<Item = &'static ClassDescriptor> + use<'_> {
        class
            .ancestors
            .iter()
            .map_while(|name| self.by_name.get(name).copied())
    }

    /// The class in whose module a property stands: this one, or the highest that has the very same.
    pub(crate) fn of_property(
        &self,
        class: &ClassDescriptor,
        property: &PropertyDescriptor,
    ) -> &'static str {
        let same = |above: &&'static ClassDescriptor| {
            // Inheritance keeps positions, but for a property that redeclares another.
            above.properties.iter().any(|p| same_property(p, property))
        };
        let home = self.ancestors(class).take_while(same).last();
        home.map_or(class_name(self, class), |home| home.name)
    }

    /// The class in whose module a method stands.
    pub(crate) fn of_method(
        &self,
        class: &ClassDescriptor,
        method: &MethodDescriptor,
    ) -> &'static str {
        let same =
            |above: &&'static ClassDescriptor| above.methods.iter().any(|m| same_method(m, method));
        let home = self.ancestors(class).take_while(same).last();
        home.map_or(class_name(self, class), |home| home.name)
    }
}

fn class_name(homes: &Homes, class: &ClassDescriptor) -> &'static str {
    homes.by_name.get(class.name).map_or("", |c| c.name)
}

/// Whether two descriptors are the same. Lowered ones share their qualifiers with what they inherit from,
/// which is quick to see; but equal constants may share an address too, so that alone proves nothing.
pub(crate) fn same_property(a: &PropertyDescriptor, b: &PropertyDescriptor) -> bool {
    let bare = |p: &PropertyDescriptor| PropertyDescriptor {
        qualifiers: &[],
        ..*p
    };
    a.name == b.name
        && a.class_origin == b.class_origin
        && bare(a) == bare(b)
        && same_qualifiers(a.qualifiers, b.qualifiers)
}

pub(crate) fn same_method(a: &MethodDescriptor, b: &MethodDescriptor) -> bool {
    let bare = |m: &MethodDescriptor| MethodDescriptor {
        qualifiers: &[],
        ..*m
    };
    a.name == b.name
        && a.class_origin == b.class_origin
        && bare(a) == bare(b)
        && same_qualifiers(a.qualifiers, b.qualifiers)
}

fn same_qualifiers(a: &'static [Qualifier], b: &'static [Qualifier]) -> bool {
    std::ptr::eq(a, b) || a == b
}
