//! What must hold of the model in `mof/`, class by class.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::Command;

use cim_core::{CimType, ClassDescriptor, Embedded, PropertyDescriptor, Qualifier};
use cimi_model::schema;

const ATTRIBUTE: &str = "ATTR.DMTF|CIMI.1|";
const URI: &str = "URI.DMTF|CIMI.1|";
const TYPES: &str = "http://schemas.dmtf.org/cimi/1/";
const ACTIONS: &str = "http://schemas.dmtf.org/cimi/1/action/";

fn classes() -> impl Iterator<Item = &'static ClassDescriptor> {
    schema().classes().iter().copied()
}

/// The classes that are CIMI's, not of the CIM Schema.
fn cimi_classes() -> impl Iterator<Item = &'static ClassDescriptor> {
    classes().filter(|c| c.name.starts_with("CIMI_"))
}

fn mappings(qualifiers: &'static [Qualifier], kind: &'static str) -> Vec<&'static str> {
    qualifiers
        .iter()
        .filter(|q| q.name == "MappingStrings")
        .flat_map(|q| q.value.strings())
        .filter_map(|text| text.strip_prefix(kind))
        .collect()
}

fn text(qualifiers: &'static [Qualifier], name: &str) -> Option<&'static str> {
    let found = qualifiers.iter().find(|q| q.name == name)?;
    found.value.as_str()
}

fn is(qualifiers: &'static [Qualifier], name: &str) -> bool {
    qualifiers
        .iter()
        .any(|q| q.name == name && q.value == cim_core::QualifierValue::Boolean(true))
}

fn order(qualifiers: &'static [Qualifier]) -> Option<u64> {
    let found = qualifiers.iter().find(|q| q.name == "CIMI_Order")?;
    found.value.as_u64()
}

/// `Machine` of `http://schemas.dmtf.org/cimi/1/Machine`
fn type_name(class: &ClassDescriptor) -> Option<&'static str> {
    mappings(class.qualifiers, URI)
        .first()
        .and_then(|uri| uri.strip_prefix(TYPES))
}

#[test]
fn everything_is_described() {
    for class in classes() {
        let about = |qualifiers, what: &str| {
            let description = text(qualifiers, "Description").unwrap_or_default();
            assert!(
                description.ends_with('.'),
                "{} {what}: {description:?} is no sentence",
                class.name
            );
        };
        about(class.qualifiers, "");
        for property in class.properties {
            about(property.qualifiers, property.name);
        }
        for method in class.methods {
            about(method.qualifiers, method.name);
            for parameter in method.parameters {
                about(parameter.value.qualifiers, parameter.value.name);
            }
        }
    }
}

#[test]
fn access_agrees_with_read_and_write() {
    for class in cimi_classes() {
        for property in class.properties {
            let at = format!("{}.{}", class.name, property.name);
            let flags = property.flags;
            let expected = match text(property.qualifiers, "CIMI_Access") {
                Some("RO" | "CO") => (true, false),
                Some("RW") => (true, true),
                Some("WO") => (false, true),
                Some(other) => panic!("{at}: CIMI_Access {other:?}"),
                None => {
                    let may_lack_it = mappings(property.qualifiers, ATTRIBUTE).is_empty()
                        || class.flags.is_structure && !class.is_a("CIMI_ResourceCreate");
                    assert!(may_lack_it, "{at}: CIMI_Access is missing");
                    (true, false)
                }
            };
            assert_eq!((flags.read, flags.write), expected, "{at}");
        }
    }
}

/// Every attribute stands once in a type, and every type once in the model.
#[test]
fn attributes_and_types_are_mapped_once() {
    let mut types = BTreeSet::new();
    for class in cimi_classes() {
        if let Some(name) = type_name(class) {
            assert_eq!(class.name, format!("CIMI_{name}"));
            assert!(types.insert(name), "{name} is mapped twice");
        }
        let own = type_name(class).or_else(|| class.name.strip_prefix("CIMI_"));
        let mut seen = BTreeSet::new();
        let collections = classes()
            .filter(|c| c.flags.is_association)
            .flat_map(|c| mappings(c.qualifiers, ATTRIBUTE))
            .filter(|text| text.split('.').next() == own);
        let attributes = class
            .properties
            .iter()
            .flat_map(|p| mappings(p.qualifiers, ATTRIBUTE));
        for attribute in attributes.chain(collections) {
            let (owner, name) = attribute.rsplit_once('.').unwrap();
            assert!(
                seen.insert(name),
                "{}: {attribute} is mapped twice",
                class.name
            );
            let shared = ["Resource", "ResourceCreate"].contains(&owner);
            let is_map = class.name == "CIMI_Property";
            let inherited = class.is_a(&format!("CIMI_{owner}"));
            assert!(
                Some(owner) == own || shared || is_map || inherited,
                "{}: {attribute} belongs to another type",
                class.name
            );
        }
    }
}

/// The CIM name of an attribute is its name with the first letter in upper case; the common ones have
/// CIM's own names.
#[test]
fn names_follow_the_rule() {
    for class in cimi_classes() {
        for property in class.properties {
            for attribute in mappings(property.qualifiers, ATTRIBUTE) {
                let (owner, name) = attribute.rsplit_once('.').unwrap();
                let expected = match (owner, name) {
                    ("Resource", "id") => "InstanceID".to_owned(),
                    ("Resource" | "ResourceCreate" | "ResourceMetadata", "name") => {
                        "ElementName".to_owned()
                    }
                    ("Resource", "operations") => "AvailableOperations".to_owned(),
                    ("Property", "key") => "Name".to_owned(),
                    _ if property.ty == CimType::Reference => "PartComponent".to_owned(),
                    _ => capitalised(name),
                };
                assert_eq!(property.name, expected, "{}: {attribute}", class.name);
            }
        }
        for method in class.methods {
            let uris = mappings(method.qualifiers, URI);
            let [uri] = uris[..] else {
                panic!("{}.{}: {uris:?}", class.name, method.name);
            };
            let action = uri.strip_prefix(ACTIONS).unwrap();
            assert_eq!(method.name, capitalised(action), "{}", class.name);
        }
    }
}

fn capitalised(name: &str) -> String {
    let mut chars = name.chars();
    let first = chars.next().into_iter().flat_map(char::to_uppercase);
    first.chain(chars).collect()
}

#[test]
fn xml_places_are_distinct_and_arrays_have_item_names() {
    for class in cimi_classes() {
        let mut places = BTreeSet::new();
        let own = type_name(class);
        let collections = classes()
            .filter(|c| {
                mappings(c.qualifiers, ATTRIBUTE)
                    .first()
                    .is_some_and(|text| text.split('.').next() == own)
            })
            .map(|c| (c.name, order(c.qualifiers)));
        let attributes = class
            .properties
            .iter()
            .filter(|p| !mappings(p.qualifiers, ATTRIBUTE).is_empty())
            .map(|p| (p.name, order(p.qualifiers)));
        for (name, order) in attributes.chain(collections) {
            if class.name != "CIMI_Property" {
                let place = order.unwrap_or_else(|| panic!("{}.{name}: no place", class.name));
                assert!(places.insert(place), "{}.{name}: place taken", class.name);
            }
        }
        for property in class.properties.iter().filter(|p| p.is_array) {
            let at = format!("{}.{}", class.name, property.name);
            let mapped = !mappings(property.qualifiers, ATTRIBUTE).is_empty();
            assert_eq!(
                text(property.qualifiers, "CIMI_XmlItem").is_some(),
                mapped,
                "{at}"
            );
            assert_eq!(
                text(property.qualifiers, "ArrayType"),
                Some("Ordered"),
                "{at}"
            );
        }
    }
}

fn values(class: &'static ClassDescriptor) -> impl Iterator<Item = &'static PropertyDescriptor> {
    let parameters = class.methods.iter().flat_map(|m| m.parameters);
    class.properties.iter().chain(parameters.map(|p| &p.value))
}

#[test]
fn every_class_that_is_named_exists() {
    for class in classes() {
        for value in values(class) {
            let embedded = match value.embedded {
                Embedded::Instance(name) => Some(name),
                _ => None,
            };
            for name in value.reference_class.into_iter().chain(embedded) {
                let found = schema().class(name);
                assert!(found.is_some(), "{}.{}: {name}", class.name, value.name);
            }
            // Both qualifiers together say: by reference or by value.
            let both = value.ty == CimType::String
                && value.reference_class.is_some()
                && embedded.is_some();
            assert_eq!(is(value.qualifiers, "CIMI_ByValue"), both, "{}", value.name);
            if both {
                assert_eq!(value.reference_class, embedded);
            }
        }
        if let Some(made) = text(class.qualifiers, "CIMI_Creates") {
            assert!(schema().class(made).is_some_and(|c| !c.flags.is_abstract));
            assert_eq!(class.name, format!("{made}Create"));
        }
    }
}

#[test]
fn associations_join_two_resources() {
    let kinds = [
        "CIMI_ResourceContainment",
        "CIMI_ResourceReference",
        "CIMI_HostedResource",
        "CIMI_ResourceMembership",
    ];
    for class in cimi_classes().filter(|c| c.flags.is_association) {
        let ends: Vec<_> = class.references().collect();
        assert_eq!(ends.len(), 2, "{}", class.name);
        assert_eq!(
            kinds.iter().filter(|kind| class.is_a(kind)).count(),
            1,
            "{}",
            class.name
        );
        for end in ends {
            let target = schema().class(end.reference_class.unwrap()).unwrap();
            assert!(target.is_a("CIMI_Resource"), "{}.{}", class.name, end.name);
        }
        if class.flags.is_abstract {
            continue;
        }
        let is_reference = class.is_a("CIMI_ResourceReference");
        let source = text(class.qualifiers, "CIMI_ReferenceProperty");
        let is_containment = class.is_a("CIMI_ResourceContainment");
        assert!(
            source.is_some() == is_reference || is_containment,
            "{}",
            class.name
        );
        if let Some(source) = source {
            let (one, other) = if is_reference {
                ("Antecedent", "Dependent")
            } else {
                ("GroupComponent", "PartComponent")
            };
            let end = |name| class.property(name).unwrap().1.reference_class.unwrap();
            let mut holder = schema().class(end(other)).unwrap();
            let mut source = source;
            while let Some((outer, inner)) = source.split_once('.') {
                let (_, structure) = holder.property(outer).unwrap();
                let Embedded::Instance(name) = structure.embedded else {
                    panic!("{}: {outer} is no structure", class.name);
                };
                holder = schema().class(name).unwrap();
                source = inner;
            }
            let (_, property) = holder.property(source).unwrap();
            let target = schema().class(end(one)).unwrap();
            assert!(
                target.is_a(property.reference_class.unwrap()),
                "{}",
                class.name
            );
        }
        // A collection is one association.
        assert_eq!(
            mappings(class.qualifiers, ATTRIBUTE).len(),
            usize::from(!is_reference),
            "{}",
            class.name
        );
    }
}

/// Memberships with attributes of their own are these and no others.
#[test]
fn memberships_are_those_of_the_profile() {
    let memberships: Vec<&str> = classes()
        .filter(|c| c.is_a("CIMI_ResourceMembership") && !c.flags.is_abstract)
        .map(|c| c.name.trim_start_matches("CIMI_"))
        .collect();
    let mut expected = [
        "MachineVolume",
        "MachineSnapshot",
        "MachineNetworkInterfaceAddress",
        "SystemSystem",
        "SystemMachine",
        "SystemCredential",
        "SystemVolume",
        "SystemNetwork",
        "SystemNetworkPort",
        "SystemAddress",
        "SystemForwardingGroup",
        "VolumeVolumeImage",
        "NetworkNetworkPort",
        "ForwardingGroupNetwork",
    ];
    let mut found = memberships;
    found.sort_unstable();
    expected.sort_unstable();
    assert_eq!(found, expected);
}

/// Every reference attribute can be walked, those in structures too: an association is computed from it.
#[test]
fn reference_attributes_have_associations() {
    let computed: BTreeSet<(&str, &str)> = classes()
        .filter_map(|class| {
            let source = text(class.qualifiers, "CIMI_ReferenceProperty")?;
            let (_, end) = class.property("Dependent")?;
            Some((end.reference_class?, source))
        })
        .collect();
    let is_reference =
        |p: &&PropertyDescriptor| p.ty == CimType::String && p.reference_class.is_some();
    for class in cimi_classes().filter(|c| c.is_a("CIMI_Resource")) {
        let mut wanted = Vec::new();
        for property in class.properties {
            if is_reference(&property) {
                wanted.push(property.name.to_owned());
            } else if let Embedded::Instance(structure) = property.embedded {
                let inner = schema().class(structure).unwrap().properties;
                let inner = inner.iter().filter(is_reference);
                wanted.extend(inner.map(|p| format!("{}.{}", property.name, p.name)));
            }
        }
        for name in wanted {
            assert!(
                computed.contains(&(class.name, name.as_str())),
                "{}.{name}",
                class.name
            );
        }
    }
}

#[test]
fn methods_start_jobs_from_states_that_exist() {
    let mut seen = 0;
    for class in cimi_classes() {
        for method in class.methods {
            seen += 1;
            let at = format!("{}.{}", class.name, method.name);
            assert_eq!(method.returns, Some(CimType::Uint32), "{at}");
            let returns = method.value_map.unwrap().values;
            assert!(returns.contains(&"0") && returns.contains(&"4096"), "{at}");
            let job = method.parameter("Job").unwrap();
            assert_eq!(job.value.reference_class, Some("CIMI_Job"), "{at}");
            for parameter in method.parameters {
                assert_ne!(
                    parameter.input, parameter.output,
                    "{at}: {} goes both ways",
                    parameter.value.name
                );
            }
            // Meters and templates have no state, and that of a system is the state of its machines.
            let Some(from) = method.qualifier("CIMI_FromStates") else {
                let stateless = ["CIMI_System", "CIMI_SystemTemplate", "CIMI_Meter"];
                assert!(stateless.contains(&class.name), "{at}: from which states?");
                continue;
            };
            let from = from.value.strings();
            let (_, state) = class.property("State").unwrap();
            let states = state.value_map.unwrap().values;
            assert!(!from.is_empty(), "{at}");
            for value in from {
                assert!(states.contains(value), "{at}: no state {value}");
            }
        }
    }
    assert_eq!(seen, 24);
}

/// The compiler of somebody else takes the model too, with all that it checks.
#[test]
fn pywbem_accepts_the_model() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let installed: PathBuf = root.join("tests/.venv/bin/python");
    let python = if installed.exists() {
        installed
    } else {
        PathBuf::from("python3")
    };
    let has_pywbem = Command::new(&python)
        .args(["-c", "import pywbem_mock"])
        .output();
    if !has_pywbem.is_ok_and(|o| o.status.success()) {
        eprintln!("SKIPPED: pywbem is not installed (make test installs it into tests/.venv)");
        return;
    }
    let script = "import pywbem_mock\n\
        connection = pywbem_mock.FakedWBEMConnection(default_namespace='root/cimi')\n\
        connection.compile_mof_file('mof/cimi.mof')\n\
        print(len(connection.EnumerateClassNames(DeepInheritance=True)))\n";
    let output = Command::new(python)
        .args(["-c", script])
        .current_dir(root)
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{said}");
    let count = String::from_utf8_lossy(&output.stdout);
    assert_eq!(count.trim(), schema().classes().len().to_string());
}

/// What the model has of CIMI, in the form of the table in `fixtures/profile_v1.txt`.
fn profile() -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let add_attribute = |found: &mut BTreeSet<String>, attribute: &str| {
        // Requests share the common attributes; the entries of maps are no attributes.
        let shared = ["ResourceCreate.", "Property."];
        if !shared.iter().any(|prefix| attribute.starts_with(prefix)) {
            found.insert(attribute.to_owned());
        }
    };
    for class in cimi_classes() {
        for attribute in mappings(class.qualifiers, ATTRIBUTE) {
            add_attribute(&mut found, attribute);
        }
        if let Some(uri) = mappings(class.qualifiers, URI).first() {
            found.insert(format!("{} {uri}", type_name(class).unwrap_or_default()));
        }
        for property in class.properties {
            for attribute in mappings(property.qualifiers, ATTRIBUTE) {
                add_attribute(&mut found, attribute);
                let is_enum = !attribute.starts_with("Resource.");
                let values = property.value_map.filter(|_| is_enum).map(|m| m.values);
                for value in values.unwrap_or_default() {
                    found.insert(format!("{attribute} = {value}"));
                }
            }
        }
        for method in class.methods {
            let uri = mappings(method.qualifiers, URI).concat();
            let parameters: Vec<_> = method
                .parameters
                .iter()
                .flat_map(|p| mappings(p.value.qualifiers, ATTRIBUTE))
                .map(|text| text.trim_start_matches("Action."))
                .collect();
            found.insert(format!(
                "{}.{}({}) {uri}",
                type_name(class).unwrap_or_default(),
                uri.rsplit('/').next().unwrap_or_default(),
                parameters.join(", ")
            ));
        }
    }
    found
}

/// Nothing of the profile is lost, and nothing is there that the profile lacks.
#[test]
fn the_model_is_the_version_1_profile() {
    let table = include_str!("fixtures/profile_v1.txt");
    let lines = || {
        table
            .lines()
            .filter(|l| !l.is_empty() && !l.starts_with('#'))
    };
    let wanted: BTreeSet<String> = lines().map(str::to_owned).collect();
    let found = profile();
    let missing: Vec<_> = wanted.difference(&found).collect();
    assert!(missing.is_empty(), "missing in the MOF: {missing:#?}");
    let invented: Vec<_> = found.difference(&wanted).collect();
    assert!(invented.is_empty(), "not in the profile: {invented:#?}");
}
