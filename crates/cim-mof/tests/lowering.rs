//! A checked schema as descriptors: what is inherited, what is replaced, what propagates.

use cim_core::{CimType, ClassDescriptor, Embedded, QualifierValue, Schema};
use cim_mof::{compile, compile_text};

fn lower(text: &str) -> Schema {
    let compilation = compile_text("lower.mof", text);
    assert!(
        compilation.diagnostics().is_empty(),
        "{}",
        compilation.render(false)
    );
    Schema::new(compilation.lower())
}

fn everything() -> Schema {
    lower(include_str!("fixtures/everything.mof"))
}

fn names(class: &ClassDescriptor) -> Vec<&'static str> {
    class.properties.iter().map(|p| p.name).collect()
}

#[test]
fn inherited_features_come_first_and_overriding_ones_stay_in_place() {
    let schema = everything();
    let lamp = schema.class("x_lamp").unwrap();
    assert_eq!(lamp.superclass, Some("X_Top"));
    assert_eq!(lamp.ancestors, ["X_Top"]);
    assert_eq!(
        names(lamp),
        [
            "Name", "State", "Level", "Parts", "Secret", "Load", "Letter", "Since", "Flags", "Next"
        ]
    );
    assert_eq!(lamp.keys, [0]);
    let sorted: Vec<_> = lamp
        .alphabetical
        .iter()
        .map(|at| lamp.properties[usize::from(*at)].name)
        .collect();
    assert!(sorted.is_sorted(), "{sorted:?}");
    assert!(lamp.flags == cim_core::ClassFlags::default());
    assert!(schema.class("X_Top").unwrap().flags.is_abstract);
    assert!(schema.class("X_Link").unwrap().flags.is_association);
}

#[test]
fn an_overriding_feature_keeps_its_origin_and_inherits_qualifiers() {
    let schema = everything();
    let lamp = schema.class("X_Lamp").unwrap();
    let (_, state) = lamp.property("STATE").unwrap();
    assert_eq!(state.class_origin, "X_Top");
    assert_eq!(state.default, QualifierValue::Unsigned(0));
    assert!(state.flags.write && state.flags.read);
    assert!(state.value_map.unwrap().is_open());
    let values = state.qualifier("values").unwrap();
    assert!(values.propagated && values.flavor.translatable);
    let description = state.qualifier("Description").unwrap();
    assert_eq!(description.value.as_str(), Some("Brightness."));
    assert!(!description.propagated);
    // Restricted: holds for the class that has it only.
    assert!(state.qualifier("Override").is_some());
    assert!(lamp.qualifier("Abstract").is_none());
    let reset = lamp.method("reset").unwrap();
    assert!(reset.is_static);
    assert_eq!(reset.class_origin, "X_Top");
    assert!(!schema.class("X_Top").unwrap().methods[0].is_static);
}

#[test]
fn every_kind_of_property_is_told() {
    let schema = everything();
    let property = |name: &str| schema.class("X_Lamp").unwrap().property(name).unwrap().1;
    assert_eq!(property("Name").max_len, Some(64));
    assert!(property("Name").flags.key);
    assert_eq!(property("Level").min_value, Some(-5));
    let parts = property("Parts");
    assert!(parts.is_array && parts.ty == CimType::String);
    assert_eq!(parts.embedded, Embedded::Instance("X_Part"));
    assert!(!property("Secret").flags.read);
    assert_eq!(property("Load").default, QualifierValue::Real(-150.0));
    assert_eq!(
        property("Load").qualifier("Weights").unwrap().value,
        QualifierValue::Integers(&[1, -2])
    );
    assert_eq!(property("Flags").array_size, Some(4));
    assert_eq!(property("Next").reference_class, Some("X_Lamp"));
    let link = schema.class("X_Link").unwrap();
    assert_eq!(link.references().count(), 2);
    assert_eq!(link.keys, [0, 1]);
    let label = schema.class("X_Part").unwrap().property("Label").unwrap().1;
    assert_eq!(label.default.as_str(), Some("a\"bA\n"));
}

#[test]
fn parameters_go_in_unless_they_say_otherwise() {
    let schema = everything();
    let reset = schema.class("X_Lamp").unwrap().method("Reset").unwrap();
    assert_eq!(reset.returns, Some(CimType::Uint32));
    let force = reset.parameter("force").unwrap();
    assert!(force.input && !force.output && force.value.flags.required);
    let report = reset.parameter("Report").unwrap();
    assert!(!report.input && report.output && report.value.is_array);
}

#[test]
fn superclasses_come_first_whatever_the_order_of_the_text() {
    let schema = lower("class X_B : X_A { string B; };\nclass X_A { string A; };");
    let order: Vec<_> = schema.classes().iter().map(|c| c.name).collect();
    assert_eq!(order, ["X_A", "X_B"]);
    assert_eq!(names(schema.class("X_B").unwrap()), ["A", "B"]);
}

#[test]
fn a_schema_with_errors_gives_no_descriptors() {
    let compilation = compile_text("bad.mof", "class X_A : X_B {};");
    assert_eq!(compilation.error_count(), 1);
    assert!(compilation.lower().is_empty());
}

/// The largest schema there is. It breaks some rules itself, which are warnings therefore.
#[test]
fn dmtf_schema_compiles() {
    let zip = std::path::Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../../shared/data/cim-schema/cim_schema_2.49.0Final-MOFs.zip");
    let folder = tempfile::tempdir().unwrap();
    let unzipped = zip.exists()
        && std::process::Command::new("python3")
            .args(["-m", "zipfile", "-e"])
            .arg(&zip)
            .arg(folder.path())
            .status()
            .is_ok_and(|status| status.success());
    if !unzipped {
        eprintln!("SKIPPED: ../shared/data/cim-schema or python3 is not there");
        return;
    }
    let top = folder.path().join("cim_schema_2.49.0.mof");
    let compilation = compile(&[top], &cim_mof::Options::default());
    assert_eq!(
        compilation.error_count(),
        0,
        "{}",
        compilation.render(false)
    );
    assert_eq!(compilation.class_count(), 1631);
    // Its own violations, each of them and no others.
    let mut counts = std::collections::BTreeMap::new();
    for diagnostic in compilation.diagnostics() {
        *counts
            .entry(diagnostic.lint.unwrap_or(diagnostic.code))
            .or_insert(0) += 1;
    }
    let expected = [
        // CompressionIdleInterval, the bounds of three reals, two scalar octet strings.
        ("misplaced-qualifier", 3 + 3 * 2 + 2),
        ("out-without-in", 223),
        ("abstract-below-concrete", 1),
        ("several-gaps", 17),
    ];
    assert_eq!(counts, expected.into_iter().collect());
    let schema = Schema::new(compilation.lower());
    assert_eq!(schema.classes().len(), 1631);
    let system = schema.class("CIM_ComputerSystem").unwrap();
    assert_eq!(system.ancestors.last().copied(), Some("CIM_ManagedElement"));
    let keys: Vec<_> = system.key_properties().map(|p| p.name).collect();
    assert_eq!(keys, ["Name", "CreationClassName"]);
}
