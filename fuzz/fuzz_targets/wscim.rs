//! The content of a machine in WS-CIM: read, written, read again.
#![no_main]

use cim_core::Instance;
use libfuzzer_sys::fuzz_target;
use xml_wire::wscim::{CIM_SCHEMA, ReadContext, WriteContext, read_instance, write_instance};
use xml_wire::{Limits, Reader, Writer, ns};

fn read(text: &str) -> Option<Instance> {
    let schema = cimi_model::schema();
    let class = schema.class("CIMI_Machine")?;
    let context = ReadContext {
        schema,
        namespace: "root/cimi",
        rest_base: Some("http://cloud.example.org/cimi/"),
    };
    let mut reader = Reader::new(text, &Limits::DEFAULT).ok()?;
    let root = reader.root().ok()?;
    let instance = read_instance(&mut reader, &root, class, &context).ok()?;
    reader.finish().ok()?;
    Some(instance)
}

fuzz_target!(|content: &str| {
    let text = format!(
        "<p:CIMI_Machine xmlns:p='{CIM_SCHEMA}CIMI_Machine' xmlns:e='{CIM_SCHEMA}CIMI_Property' \
         xmlns:xsi='{}' xmlns:cim='{}' xmlns:wsa='{}' xmlns:wsman='{}'>{content}</p:CIMI_Machine>",
        ns::XSI,
        ns::CIM_COMMON,
        ns::WSA_2004,
        ns::WSMAN,
    );
    let Some(instance) = read(&text) else {
        return;
    };
    let mut out = String::new();
    let context = WriteContext {
        declare: true,
        ..WriteContext::request("root/cimi")
    };
    write_instance(&mut Writer::new(&mut out), &instance, &context);
    assert_eq!(read(&out).as_ref(), Some(&instance), "{out}");
});
