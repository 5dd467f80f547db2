//! Further classes beside those of the model: a vendor's, loaded when the service starts.
//!
//! What the bindings need to know of a class stands in its qualifiers. A vendor may write them, as the
//! model does; what is missing follows from these rules, and stands in the descriptors that come out:
//!
//! * A class derived from `CIMI_Resource` is a resource type. Its type URI is the URI of the class in
//!   WS-Management, so that its REST type has the name of the class.
//! * A property is an attribute of its name with a small beginning: `FanSpeed` is `fanSpeed`, `RPM` is
//!   `rpm`, `DNSName` is `dnsName`. Attributes come in the order of the MOF, behind those that all
//!   resources have.
//! * Resources that nothing contains are in a collection of the entry point: the plural of the class
//!   name without its schema (`ACME_Fan`: `fans`), or with it where the short name is taken.
//! * An association derived from `CIMI_ResourceContainment` is a collection of its owner: the plural of the
//!   class of the part. What it contains has no other place.
//! * An association derived from `CIMI_ResourceMembership` is one, too; its instances are resources that
//!   name a member, which lives elsewhere.
//! * Clients may create, read, update and delete instances. A property with `Write` they may set at any
//!   time, any other when they create the instance: there is no code that would compute it.
//!
//! A class that derives from no `CIMI_Resource` and has keys of its own is served by the bindings that
//! name instances by keys: WS-Management.

mod association;

use std::sync::Arc;

use cim_core::{
    ClassDescriptor, PropertyDescriptor, Qualifier, QualifierFlavor, QualifierValue, Schema,
};

use crate::classes;

/// Where WS-CIM has the resource URIs of classes (DSP0230 7.2).
const CLASS_URI: &str = "http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/";
const RESOURCE: &str = "CIMI_Resource";
const HOSTED: &str = "CIMI_HostedResource";
const CONTAINMENT: &str = "CIMI_ResourceContainment";
const MEMBERSHIP: &str = "CIMI_ResourceMembership";
const REFERENCE: &str = "CIMI_ResourceReference";
const GROUP: &str = "GroupComponent";
const PART: &str = "PartComponent";
/// Behind the attributes that every resource begins with, before its operations.
const FIRST_ORDER: u64 = 100;

/// The model with these classes beside its own. Those that the model has already are left out.
pub fn extend(further: &[&'static ClassDescriptor]) -> Arc<Schema> {
    let base = crate::schema();
    let own: Vec<&'static ClassDescriptor> = further
        .iter()
        .copied()
        .filter(|class| base.class(class.name).is_none())
        .collect();
    let mut all = base.classes().to_vec();
    let mut taken = collections(base.classes());
    taken.extend(collections(&own));
    for class in &own {
        all.push(if class.flags.is_association && !has_instances(class) {
            association::complete(class, &own)
        } else {
            complete(class)
        });
        if needs_collection(class, &own) {
            all.push(hosting(class, &mut taken));
        }
    }
    Arc::new(Schema::new(all))
}

fn is_concrete_resource(class: &ClassDescriptor) -> bool {
    let flags = class.flags;
    class.is_a(RESOURCE) && !flags.is_abstract && !flags.is_association && !flags.is_structure
}

/// Whether instances of a class stand for themselves; those of the model's associations follow from others.
fn has_instances(class: &ClassDescriptor) -> bool {
    let flags = class.flags;
    let stands = !flags.is_abstract && !flags.is_structure && !flags.is_indication;
    let is_of_model = || {
        [HOSTED, CONTAINMENT, MEMBERSHIP, REFERENCE]
            .iter()
            .any(|base| class.is_a(base))
    };
    stands && !class.keys.is_empty() && !(flags.is_association && is_of_model())
}

/// Whether no association makes a collection of it.
fn needs_collection(class: &ClassDescriptor, own: &[&'static ClassDescriptor]) -> bool {
    let base = crate::schema().classes();
    // Members of a membership live elsewhere.
    let mut homes = base.iter().chain(own).filter_map(|a| {
        let role = match a {
            a if a.is_a(HOSTED) => "Dependent",
            a if a.is_a(CONTAINMENT) => PART,
            _ => return None,
        };
        let end = a.references().find(|end| end.name == role)?;
        end.reference_class.filter(|_| !a.flags.is_abstract)
    });
    let created = base
        .iter()
        .chain(own)
        .any(|c| text(c.qualifiers, "CIMI_Creates") == Some(class.name));
    is_concrete_resource(class)
        && !created
        && !homes.any(|item| item != RESOURCE && class.is_a(item))
}

/// The attributes of the entry point that are collections.
fn collections(classes: &[&'static ClassDescriptor]) -> Vec<String> {
    let entry_point = classes::cimi_cloud_entry_point::CLASS.name;
    let attributes = classes.iter().filter(|c| c.flags.is_association);
    let own = classes
        .iter()
        .filter(|c| c.name == entry_point)
        .flat_map(|c| c.properties)
        .map(|p| p.qualifiers);
    attributes
        .map(|c| c.qualifiers)
        .chain(own)
        .filter_map(|qualifiers| mapping(qualifiers, "ATTR."))
        .filter_map(|name| name.rsplit('.').next().map(str::to_owned))
        .collect()
}

fn leak<T>(items: Vec<T>) -> &'static [T] {
    Box::leak(items.into_boxed_slice())
}

fn leak_str(text: &str) -> &'static str {
    Box::leak(text.to_owned().into_boxed_str())
}

fn find(qualifiers: &[Qualifier], name: &str) -> Option<QualifierValue> {
    qualifiers
        .iter()
        .find(|q| q.name.eq_ignore_ascii_case(name))
        .map(|q| q.value)
}

fn text(qualifiers: &[Qualifier], name: &str) -> Option<&'static str> {
    find(qualifiers, name).and_then(|value| value.as_str())
}

fn mapping(qualifiers: &[Qualifier], kind: &str) -> Option<&'static str> {
    let strings = find(qualifiers, "MappingStrings")?.strings();
    strings
        .iter()
        .copied()
        .find(|text| text.starts_with(kind) && text.contains("DMTF|CIMI.1|"))
}

fn qualifier(name: &'static str, value: QualifierValue) -> Qualifier {
    Qualifier {
        name,
        value,
        flavor: QualifierFlavor {
            to_subclass: true,
            overridable: true,
            translatable: false,
        },
        propagated: false,
    }
}

/// These qualifiers with one mapping more.
fn with_mapping(qualifiers: &[Qualifier], mapping: &str) -> Vec<Qualifier> {
    let mut strings =
        find(qualifiers, "MappingStrings").map_or_else(Vec::new, |v| v.strings().to_vec());
    strings.push(leak_str(mapping));
    let mut out: Vec<Qualifier> = qualifiers
        .iter()
        .copied()
        .filter(|q| !q.name.eq_ignore_ascii_case("MappingStrings"))
        .collect();
    out.push(qualifier(
        "MappingStrings",
        QualifierValue::Strings(leak(strings)),
    ));
    out
}

/// The class with what it does not say itself.
fn complete(class: &'static ClassDescriptor) -> &'static ClassDescriptor {
    let is_structure = class.flags.is_structure;
    if !has_instances(class) && !is_structure {
        return class;
    }
    let is_resource = is_concrete_resource(class);
    let mut qualifiers = class.qualifiers.to_vec();
    let own_uri = class
        .qualifier("MappingStrings")
        .filter(|q| !q.propagated)
        .is_some_and(|_| mapping(class.qualifiers, "URI.").is_some());
    if is_resource && !own_uri {
        let uri = format!(
            "URI.DMTF|CIMI.1|{CLASS_URI}{}",
            cim_core::name_in_uri(class.name)
        );
        // That of a superclass is not its own.
        qualifiers.retain(|q| !(q.propagated && q.name.eq_ignore_ascii_case("MappingStrings")));
        qualifiers = with_mapping(&qualifiers, &uri);
    }
    if !is_structure && find(&qualifiers, "CIMI_Crud").is_none() {
        qualifiers.push(qualifier(
            "CIMI_Crud",
            QualifierValue::Strings(&["create", "read", "update", "delete"]),
        ));
    }
    let type_name = type_name(class.name, &qualifiers);
    let has_name = is_resource || is_structure;
    let properties = class
        .properties
        .iter()
        .enumerate()
        .map(|(at, property)| attribute(property, at, type_name, has_name))
        .collect();
    Box::leak(Box::new(ClassDescriptor {
        properties: leak(properties),
        qualifiers: leak(qualifiers),
        ..copy(class)
    }))
}

const fn copy(class: &'static ClassDescriptor) -> ClassDescriptor {
    ClassDescriptor {
        name: class.name,
        superclass: class.superclass,
        ancestors: class.ancestors,
        flags: class.flags,
        properties: class.properties,
        alphabetical: class.alphabetical,
        keys: class.keys,
        methods: class.methods,
        qualifiers: class.qualifiers,
    }
}

fn attribute(
    property: &PropertyDescriptor,
    at: usize,
    type_name: &str,
    has_name: bool,
) -> PropertyDescriptor {
    let from_model = crate::schema()
        .class(property.class_origin)
        .is_some_and(|origin| {
            let is_common = origin.is_a(RESOURCE) || origin.is_a(MEMBERSHIP);
            is_common || mapping(property.qualifiers, "ATTR.").is_some()
        });
    if from_model {
        return *property;
    }
    let mut qualifiers = property.qualifiers.to_vec();
    if has_name && mapping(&qualifiers, "ATTR.").is_none() {
        let name = small(property.name);
        qualifiers = with_mapping(&qualifiers, &format!("ATTR.DMTF|CIMI.1|{type_name}.{name}"));
    }
    if find(&qualifiers, "CIMI_Order").is_none() {
        let order = FIRST_ORDER + u64::try_from(at).unwrap_or(0);
        qualifiers.push(qualifier("CIMI_Order", QualifierValue::Unsigned(order)));
    }
    if find(&qualifiers, "CIMI_Access").is_none() {
        let access = if property.flags.write && !property.flags.key {
            "RW"
        } else {
            "CO"
        };
        qualifiers.push(qualifier("CIMI_Access", QualifierValue::String(access)));
    }
    PropertyDescriptor {
        qualifiers: leak(qualifiers),
        ..*property
    }
}

/// The association that puts a class into a collection of the entry point.
fn hosting(class: &'static ClassDescriptor, taken: &mut Vec<String>) -> &'static ClassDescriptor {
    let pattern = &classes::cimi_cloud_entry_point_volume::CLASS;
    let short = without_schema(class.name);
    let short_name = plural(&small(short));
    let name = if taken.contains(&short_name) {
        plural(&small(&class.name.replace('_', "")))
    } else {
        short_name
    };
    taken.push(name.clone());
    let own_name = leak_str(&format!("{}_Hosted", class.name));
    let properties = pattern
        .properties
        .iter()
        .map(|property| {
            let is_item = property
                .reference_class
                .is_some_and(|c| c != classes::cimi_cloud_entry_point::CLASS.name);
            PropertyDescriptor {
                reference_class: if is_item {
                    Some(class.name)
                } else {
                    property.reference_class
                },
                ..*property
            }
        })
        .collect();
    let attribute = leak_str(&format!("ATTR.DMTF|CIMI.1|CloudEntryPoint.{name}"));
    let about = leak_str(&format!("The instances of {} in the cloud.", class.name));
    Box::leak(Box::new(ClassDescriptor {
        name: own_name,
        properties: leak(properties),
        qualifiers: leak(vec![
            qualifier("Association", QualifierValue::Boolean(true)),
            qualifier("Description", QualifierValue::String(about)),
            qualifier("CIMI_Order", QualifierValue::Unsigned(FIRST_ORDER)),
            qualifier(
                "MappingStrings",
                QualifierValue::Strings(leak(vec![attribute])),
            ),
        ]),
        ..copy(pattern)
    }))
}

/// The name of a class without that of its schema.
fn without_schema(class: &'static str) -> &'static str {
    class.split_once('_').map_or(class, |(_, name)| name)
}

/// The name of a class in REST: the end of its type URI.
fn type_name(class: &'static str, qualifiers: &[Qualifier]) -> &'static str {
    mapping(qualifiers, "URI.")
        .and_then(|uri| uri.rsplit('/').next())
        .unwrap_or(class)
}

/// A name with a small beginning: all capitals of a run but one that begins a word.
fn small(name: &str) -> String {
    let chars: Vec<char> = name.chars().collect();
    let run = chars.iter().take_while(|c| c.is_uppercase()).count();
    let word_begins = chars.get(run).is_some_and(|c| c.is_lowercase());
    let down = if run > 1 && word_begins { run - 1 } else { run };
    chars
        .iter()
        .enumerate()
        .map(|(at, c)| {
            if at < down {
                c.to_ascii_lowercase()
            } else {
                *c
            }
        })
        .collect()
}

/// The plural of an English name.
fn plural(name: &str) -> String {
    let sibilant = ["s", "x", "z", "ch", "sh"]
        .iter()
        .any(|end| name.ends_with(end));
    if sibilant {
        return format!("{name}es");
    }
    match name.strip_suffix('y') {
        Some(stem) if !stem.ends_with(['a', 'e', 'i', 'o', 'u']) => format!("{stem}ies"),
        _ => format!("{name}s"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_follow_the_rules() {
        let names = [
            ("FanSpeed", "fanSpeed"),
            ("RPM", "rpm"),
            ("DNSName", "dnsName"),
            ("x", "x"),
            ("Name", "name"),
        ];
        for (cim, rest) in names {
            assert_eq!(small(cim), rest);
        }
        assert_eq!(plural("fan"), "fans");
        assert_eq!(plural("battery"), "batteries");
        assert_eq!(plural("gateway"), "gateways");
        assert_eq!(plural("switch"), "switches");
    }
}
