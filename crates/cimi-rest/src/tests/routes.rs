//! The URI space, read off the model.

use std::sync::Arc;

use cim_core::Schema;

use super::MODEL;
use crate::{MemberKind, ModelError, RestModel, Route, route};

/// What a path names, in short.
fn name(path: &str) -> String {
    match route(&MODEL, path) {
        None => "nothing".to_owned(),
        Some(Route::Base) => "base".to_owned(),
        Some(Route::Resource { class, id }) => format!("{} {id}", class.class.name),
        Some(Route::Collection {
            collection,
            owner,
            id,
        }) => {
            let owner = owner.map_or("-".to_owned(), |(class, id)| {
                format!("{}={id}", class.type_name)
            });
            format!("{}[] {id} of {owner}", collection.item.name)
        }
        Some(Route::Action {
            class,
            id,
            operation,
        }) => {
            format!("{} of {} {id}", operation.method.name, class.type_name)
        }
        Some(Route::CollectionAction {
            collection,
            id,
            operation,
        }) => format!(
            "{} of {}[] {id}",
            operation.method.name, collection.item.name
        ),
    }
}

#[test]
fn paths_name_what_they_should() {
    for (path, expected) in [
        ("", "base"),
        ("cloudEntryPoint", "CIMI_CloudEntryPoint cloudEntryPoint"),
        ("machines", "CIMI_Machine[] machines of -"),
        ("machines/", "CIMI_Machine[] machines of -"),
        ("machines/1", "CIMI_Machine machines/1"),
        ("%6dachines/1", "CIMI_Machine machines/1"),
        ("machines/1/start", "Start of Machine machines/1"),
        (
            "machines/1/disks",
            "CIMI_Disk[] machines/1/disks of Machine=machines/1",
        ),
        ("machines/1/disks/2", "CIMI_Disk machines/1/disks/2"),
        (
            "machines/1/volumes",
            "CIMI_MachineVolume[] machines/1/volumes of Machine=machines/1",
        ),
        (
            "machines/1/volumes/9",
            "CIMI_MachineVolume machines/1/volumes/9",
        ),
        ("jobs/3/stop", "Stop of Job jobs/3"),
        ("systems/import", "Import of CIMI_System[] systems"),
        (
            "systemTemplates/import/",
            "Import of CIMI_SystemTemplate[] systemTemplates",
        ),
        ("systems/7/import", "CIMI_Resource systems/7/import"),
        ("machines/import", "CIMI_Machine machines/import"),
        ("c/far/systems/import", "nothing"),
        // Of a back end with another layout, or of nobody.
        ("x/aHR0cA", "CIMI_Resource x/aHR0cA"),
        ("machines/1/fly", "CIMI_Resource machines/1/fly"),
        ("start", "CIMI_Resource start"),
        ("machines//1", "nothing"),
        ("machines/../1", "nothing"),
        ("/machines", "nothing"),
        ("machines/%ff", "nothing"),
    ] {
        assert_eq!(name(path), expected, "{path}");
    }
}

#[test]
fn every_collection_of_the_model_has_a_uri_and_a_type() {
    let mut seen = 0;
    for class in MODEL.schema().classes() {
        let class = MODEL.class(class);
        for member in &class.shape.members {
            if let MemberKind::Collection(collection) = &member.kind {
                let item = MODEL.class(collection.item);
                assert!(
                    item.type_uri.is_some() && item.json_group.is_some(),
                    "{}",
                    member.name
                );
                assert!(collection.type_uri.ends_with("Collection"));
                assert_eq!(
                    collection.is_extent,
                    std::ptr::eq(class, MODEL.entry_point())
                );
                seen += 1;
            }
        }
    }
    // The 29 of the entry point, and those of the resources.
    assert_eq!(seen, 52);
}

#[test]
fn members_stand_in_the_order_of_the_schema() {
    let machine = MODEL.resource_type("Machine").unwrap();
    let names: Vec<_> = machine.shape.members.iter().map(|m| m.name).collect();
    assert_eq!(
        names,
        [
            "id",
            "name",
            "description",
            "created",
            "updated",
            "properties",
            "state",
            "cpu",
            "memory",
            "disks",
            "cpuArch",
            "cpuSpeed",
            "volumes",
            "networkInterfaces",
            "latestSnapshot",
            "snapshots",
            "meters",
            "eventLog",
            "operations"
        ]
    );
}

#[test]
fn a_schema_that_cannot_be_served_is_refused() {
    let error = RestModel::new(Arc::new(Schema::new([]))).unwrap_err();
    assert_eq!(error, ModelError::NoType("CloudEntryPoint"));
    let without_owner = cimi_model::schema()
        .classes()
        .iter()
        .copied()
        .filter(|c| c.name != "CIMI_Machine");
    let error = RestModel::new(Arc::new(Schema::new(without_owner))).unwrap_err();
    assert!(
        matches!(
            error,
            ModelError::NoEnds { .. } | ModelError::NoOwner { .. }
        ),
        "{error}"
    );
}
