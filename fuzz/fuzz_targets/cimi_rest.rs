//! CIMI documents in both formats, actions, `$filter`, query strings and paths: nothing panics, and what is
//! read once is read again from what was written.
#![no_main]

use std::sync::LazyLock;

use cim_query::parse_filter;
use cimi_rest::{
    Context, Format, ItemAttributes, Links, Parameters, ReadContext, ResourceView, RestModel, Unknown,
    read_action, read_resource, route, write_json, write_xml,
};
use libfuzzer_sys::fuzz_target;

static MODEL: LazyLock<RestModel> =
    LazyLock::new(|| RestModel::new(cimi_model::schema().clone()).expect("the model of the project"));

fuzz_target!(|data: &[u8]| {
    let links = Links::new("http", "h", "/cimi/");
    let reading = ReadContext {
        model: &MODEL,
        links: &links,
        unknown: Unknown::Keep,
        content_type: None,
    };
    let writing = Context {
        model: &MODEL,
        links: &links,
        request: true,
    };
    for name in ["Machine", "MachineCreate", "MachineTemplate", "Job"] {
        let Some(class) = MODEL.resource_type(name) else {
            continue;
        };
        for format in [Format::Json, Format::Xml] {
            let Ok(read) = read_resource(&reading, format, &[class], data) else {
                continue;
            };
            let mut out = String::new();
            let view = ResourceView::whole(&read);
            match format {
                Format::Json => write_json(&mut out, &writing, &view),
                Format::Xml => write_xml(&mut out, &writing, &view),
            }
            let again = read_resource(&reading, format, &[class], out.as_bytes());
            assert!(again.is_ok(), "{again:?}: {out}");
        }
        let _ = read_action(&reading, Format::Json, class, data);
        let _ = read_action(&reading, Format::Xml, class, data);
        if let Ok(text) = std::str::from_utf8(data) {
            let attributes = ItemAttributes {
                class,
                links: &links,
            };
            let _ = parse_filter(text, &attributes);
        }
    }
    if let Ok(text) = std::str::from_utf8(data) {
        let _ = Parameters::parse(Some(text));
        let _ = route(&MODEL, text);
    }
});
