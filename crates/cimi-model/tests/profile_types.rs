//! Type, access and unit of each attribute are those of the version 1 profile.

use std::collections::BTreeSet;

use cim_core::{CimType, ClassDescriptor, Embedded, PropertyDescriptor, Qualifier};
use cimi_model::schema;

const ATTRIBUTE: &str = "ATTR.DMTF|CIMI.1|";
const TYPE: &str = "URI.DMTF|CIMI.1|http://schemas.dmtf.org/cimi/1/";

fn mappings(qualifiers: &'static [Qualifier], kind: &'static str) -> Vec<&'static str> {
    let strings = qualifiers.iter().filter(|q| q.name == "MappingStrings");
    strings
        .flat_map(|q| q.value.strings())
        .filter_map(|text| text.strip_prefix(kind))
        .collect()
}

fn text(qualifiers: &'static [Qualifier], name: &str) -> Option<&'static str> {
    qualifiers.iter().find(|q| q.name == name)?.value.as_str()
}

/// The name of a class in CIMI.
fn name(class: &str) -> String {
    if class == "CIMI_Resource" {
        return "*".to_owned();
    }
    let mapped = schema().class(class).map(|c| mappings(c.qualifiers, TYPE));
    let mapped = mapped.and_then(|names| names.first().copied());
    mapped
        .unwrap_or(class.trim_start_matches("CIMI_"))
        .to_owned()
}

fn kind(property: &PropertyDescriptor) -> String {
    let one = match (property.embedded, property.reference_class, property.ty) {
        (_, Some(class), _) => format!("ref<{}>", name(class)),
        (Embedded::Instance("CIMI_Property"), ..) => return "map".to_owned(),
        (Embedded::Instance("CIMI_Extension"), ..) => "any".to_owned(),
        (Embedded::Instance(class), ..) => name(class),
        (_, _, CimType::Boolean) => "boolean".to_owned(),
        (_, _, CimType::DateTime) => "time".to_owned(),
        (_, _, ty) if ty.is_integer() => "integer".to_owned(),
        _ => "string".to_owned(),
    };
    if property.is_array {
        format!("array<{one}>")
    } else {
        one
    }
}

/// The unit of a property in the profile's word for it.
fn unit(qualifiers: &'static [Qualifier]) -> &'static str {
    match text(qualifiers, "PUnit") {
        None => "-",
        Some("byte * 10^3") => "kilobyte",
        Some("byte * 2^10") => "kibibyte",
        Some("hertz * 10^6") => "megahertz",
        Some(other) => other,
    }
}

/// What the items of a collection are: the association where that is a resource.
fn items(association: &'static ClassDescriptor) -> String {
    if let Some(own) = mappings(association.qualifiers, TYPE).first() {
        return (*own).to_owned();
    }
    let part = association
        .references()
        .find(|end| end.name != "GroupComponent" && end.name != "Antecedent");
    part.and_then(|end| end.reference_class)
        .map_or_else(String::new, name)
}

#[test]
fn types_access_and_units_are_those_of_the_profile() {
    let mut found = BTreeSet::new();
    for class in schema().classes() {
        for attribute in mappings(class.qualifiers, ATTRIBUTE) {
            let items = items(class);
            found.insert(format!("{attribute} collection<{items}> RO -"));
        }
        let of_class = mappings(class.qualifiers, TYPE);
        for property in class.properties {
            let access = text(property.qualifiers, "CIMI_Access").unwrap_or("-");
            for attribute in mappings(property.qualifiers, ATTRIBUTE) {
                let is_type = attribute
                    .split('.')
                    .next()
                    .is_some_and(|owner| owner == "Resource" || of_class.contains(&owner));
                if is_type {
                    let (kind, unit) = (kind(property), unit(property.qualifiers));
                    found.insert(format!("{attribute} {kind} {access} {unit}"));
                }
            }
        }
    }
    let table = include_str!("fixtures/profile_v1_types.txt").lines();
    let wanted: BTreeSet<String> = table
        .filter(|line| !line.starts_with('#'))
        .map(str::to_owned)
        .collect();
    let missing: Vec<_> = wanted.difference(&found).collect();
    assert!(missing.is_empty(), "not so in the MOF: {missing:#?}");
    // The rest is what the table of the profile does not have: requests, structures and their members.
    let attributes = |lines: &BTreeSet<String>| -> BTreeSet<String> {
        let first = |line: &String| line.split(' ').next().unwrap_or_default().to_owned();
        lines.iter().map(first).collect()
    };
    let (wanted, found) = (attributes(&wanted), attributes(&found));
    let owners: BTreeSet<&str> = wanted.iter().filter_map(|a| a.split('.').next()).collect();
    let invented: Vec<_> = found
        .difference(&wanted)
        .filter(|a| {
            a.split('.')
                .next()
                .is_some_and(|owner| owners.contains(owner))
        })
        .collect();
    assert!(invented.is_empty(), "not in the profile: {invented:#?}");
}
