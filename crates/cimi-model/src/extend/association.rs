//! Associations of a vendor: what they need to be collections.

use cim_core::{ClassDescriptor, PropertyDescriptor, QualifierValue};

use super::{
    CLASS_URI, CONTAINMENT, FIRST_ORDER, GROUP, MEMBERSHIP, PART, attribute, copy, find, leak,
    mapping, plural, qualifier, small, type_name, with_mapping, without_schema,
};

/// A containment or membership with what it does not say itself: the collection of its owner that it
/// stands for, and for a membership, whose instances are resources, what resources have.
pub(super) fn complete(
    class: &'static ClassDescriptor,
    own: &[&'static ClassDescriptor],
) -> &'static ClassDescriptor {
    let is_membership = class.is_a(MEMBERSHIP);
    if class.flags.is_abstract || !(is_membership || class.is_a(CONTAINMENT)) {
        return class;
    }
    let end = |role| {
        let found = class.references().find(|end| end.name == role)?;
        found.reference_class
    };
    let (Some(owner), Some(part)) = (end(GROUP), end(PART)) else {
        return class;
    };
    let mut qualifiers = class.qualifiers.to_vec();
    // What the superclass stands for is not its own.
    qualifiers.retain(|q| !(q.propagated && q.name.eq_ignore_ascii_case("MappingStrings")));
    if is_membership && mapping(&qualifiers, "URI.").is_none() {
        let uri = format!(
            "URI.DMTF|CIMI.1|{CLASS_URI}{}",
            cim_core::name_in_uri(class.name)
        );
        qualifiers = with_mapping(&qualifiers, &uri);
    }
    if mapping(&qualifiers, "ATTR.").is_none() {
        let (owner, attributes) = type_and_attributes(owner, own);
        let usual = plural(&small(without_schema(part)));
        let name = if attributes.contains(&usual) {
            plural(&small(without_schema(class.name)))
        } else {
            usual
        };
        qualifiers = with_mapping(&qualifiers, &format!("ATTR.DMTF|CIMI.1|{owner}.{name}"));
    }
    if find(&qualifiers, "CIMI_Order").is_none() {
        qualifiers.push(qualifier(
            "CIMI_Order",
            QualifierValue::Unsigned(FIRST_ORDER),
        ));
    }
    if !is_membership {
        return Box::leak(Box::new(ClassDescriptor {
            qualifiers: leak(qualifiers),
            ..copy(class)
        }));
    }
    if find(&qualifiers, "CIMI_Crud").is_none() {
        qualifiers.push(qualifier(
            "CIMI_Crud",
            QualifierValue::Strings(&["create", "read", "update", "delete"]),
        ));
    }
    let own_type = type_name(class.name, &qualifiers);
    let properties = class
        .properties
        .iter()
        .enumerate()
        .map(|(at, property)| member(property, at, own_type, part))
        .collect();
    Box::leak(Box::new(ClassDescriptor {
        properties: leak(properties),
        qualifiers: leak(qualifiers),
        ..copy(class)
    }))
}

/// A property of a membership: the owner is where the resource stands, the member has the name of its class.
fn member(
    property: &'static PropertyDescriptor,
    at: usize,
    own_type: &str,
    part: &'static str,
) -> PropertyDescriptor {
    if property.name == GROUP {
        return *property;
    }
    if property.name == PART && mapping(property.qualifiers, "ATTR.").is_none() {
        let name = small(without_schema(part));
        let name = format!("ATTR.DMTF|CIMI.1|{own_type}.{name}");
        let mut qualifiers = with_mapping(property.qualifiers, &name);
        let order = FIRST_ORDER + u64::try_from(at).unwrap_or(0);
        qualifiers.push(qualifier("CIMI_Order", QualifierValue::Unsigned(order)));
        return PropertyDescriptor {
            qualifiers: leak(qualifiers),
            ..*property
        };
    }
    attribute(property, at, own_type, true)
}

/// What REST calls a class, and what it has there already.
fn type_and_attributes(
    class: &'static str,
    own: &[&'static ClassDescriptor],
) -> (&'static str, Vec<String>) {
    let base = crate::schema().classes();
    let Some(owner) = base.iter().chain(own).find(|c| c.name == class) else {
        return (class, Vec::new());
    };
    let is_of_model = base.iter().any(|c| c.name == class);
    let name = if is_of_model {
        type_name(class, owner.qualifiers)
    } else {
        let mapped = owner
            .qualifier("MappingStrings")
            .filter(|q| !q.propagated && mapping(owner.qualifiers, "URI.").is_some());
        mapped.map_or(class, |_| type_name(class, owner.qualifiers))
    };
    let front = format!("ATTR.DMTF|CIMI.1|{name}.");
    let collections = base.iter().chain(own).filter(|c| c.flags.is_association);
    let taken = collections
        .filter_map(|c| mapping(c.qualifiers, "ATTR.")?.strip_prefix(&front))
        .map(str::to_owned)
        .chain(owner.properties.iter().map(|p| {
            let mapped = mapping(p.qualifiers, "ATTR.").and_then(|m| m.rsplit('.').next());
            mapped.map_or_else(|| small(p.name), str::to_owned)
        }))
        .collect();
    (name, taken)
}
