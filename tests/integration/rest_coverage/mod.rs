//! A walk over every type, attribute, collection and operation of the profile, in both formats, over a socket;
//! `docs/cimi-rest-coverage.md` is what it met.

mod client;
mod cloud;
mod marks;
pub(crate) mod place;
mod table;

use std::collections::BTreeSet;
use std::sync::Arc;

use cimi_rest::{Format, RestModel};

use self::client::Client;
use self::marks::Marks;
use crate::bridge::{Setup, root};
use crate::oracle;
use crate::rest_schema::{check_defects, without_known_defects};

/// A package of which a system is made.
pub(crate) const PACKAGE: &str = include_str!("../../fixtures/ovf/shop.ovf");

/// Everything is quick but what is to be stopped in the middle, and half of the restores fail.
fn config(place: &str) -> String {
    format!(
        "[provider]\ncreate_millis = 60\nstart_millis = 1\nstop_millis = 1\npause_millis = 1\nsuspend_millis = 1\n\
         capture_millis = 1\nrestore_millis = 1\ndelete_millis = 1\nseed = 7\n\
         contact = \"mailto:ops@cloud.example\"\npackage_places = [\"{place}\"]\n\
         [provider.failures]\nrestore_percent = 50\n"
    )
}

#[test]
fn every_type_attribute_and_operation_is_met_in_both_formats() {
    let model = RestModel::new(Arc::clone(cimi_model::schema())).expect("a model");
    let mut marks = Marks::new(&model);
    let mut documents = BTreeSet::new();
    let place = place::start(PACKAGE);
    for format in [Format::Json, Format::Xml] {
        let bridge = Setup::demo().config(&config(&place.uri)).start();
        let mut client = Client::new(&bridge, &model, &mut marks, format);
        cloud::walk(&mut client, &format!("{}open/shop.ovf", place.uri));
        documents.extend(std::mem::take(&mut client.documents));
    }
    let (table, missing) = table::table(&model, &marks);
    let file = root().join("docs/cimi-rest-coverage.md");
    if std::env::var_os("UPDATE_EXPECT").is_some() {
        std::fs::write(&file, &table).expect("the table");
    }
    assert!(missing.is_empty(), "not met:\n{}", missing.join("\n"));
    let written = std::fs::read_to_string(&file).unwrap_or_default();
    assert!(
        written == table,
        "{} is stale; run this test with UPDATE_EXPECT=1",
        file.display()
    );

    let documents: Vec<String> = documents.into_iter().collect();
    oracle::validate(&root().join("xsd/cimi-rest.xsd"), &documents);
    if let Some(schema) = oracle::schema("cimi/dsp8009_1.0.2.xsd") {
        let mut defects = BTreeSet::new();
        let cleaned: Vec<String> = documents
            .iter()
            .map(|document| without_known_defects(document, &mut defects))
            .collect();
        check_defects(&defects);
        oracle::validate(&schema, &cleaned);
    }
}
