//! WS-MetadataExchange GetMetadata: the XML Schemas of the representations (DSP0230), for clients that
//! know nothing of the model. DSP0226 asks for none of it and fixes no resource URI: that of a class
//! gives the class's, that of all classes everything.

use wsman::{Content, Fault, Headers, Subcode};
use xml_wire::Writer;
use xml_wire::wscim::{class_uri, parse_class_uri};

use super::address::Space;
use super::exchange::Exchange;

/// The action of the request.
pub(super) const GET_METADATA: &str =
    "http://schemas.xmlsoap.org/ws/2004/09/mex/GetMetadata/Request";
/// The action of the answer, without its last word.
const ANSWER: &str = "http://schemas.xmlsoap.org/ws/2004/09/mex/GetMetadata/";
const MEX: &str = "http://schemas.xmlsoap.org/ws/2004/09/mex";
/// The only dialect: WSDL would say nothing that the schemas do not.
const XML_SCHEMA: &str = "http://www.w3.org/2001/XMLSchema";
/// The namespace of the data types that all schemas share.
const COMMON: &str = "http://schemas.dmtf.org/wbem/wscim/1/common";

/// What a request wants; both absent mean everything about the resource.
#[derive(Default)]
struct Wanted {
    dialect: Option<String>,
    identifier: Option<String>,
}

/// Answers with one section for each schema. A dialect or identifier that is not here has none.
pub(super) fn get(
    x: &Exchange<'_>,
    headers: &Headers,
    content: Option<Content<'_>>,
) -> Result<String, Fault> {
    let target = x
        .space()
        .target(&headers.resource_uri, &headers.selectors)?;
    Space::no_keys(&headers.selectors)?;
    let wanted = read(content)?;
    let class = match &wanted.identifier {
        None => target.class.map(|class| class.name),
        Some(identifier) => match parse_class_uri(identifier).and_then(|uri| uri.class) {
            Some(name) => Some(x.schema().class(name).map_or("", |class| class.name)),
            None => Some(if identifier == COMMON { "common" } else { "" }),
        },
    };
    let is_dialect = wanted.dialect.is_none_or(|dialect| dialect == XML_SCHEMA);
    let mut answer = x.answer(ANSWER);
    answer.body();
    let mut writer = Writer::new(answer.text());
    writer.start("mex:Metadata");
    writer.namespace("mex", MEX);
    let schemas = if is_dialect { x.realm.schemas() } else { &[] };
    for (name, text) in schemas {
        // A class is of no use without the data types.
        let common = wanted.identifier.is_none() && *name == "common";
        if class.is_none_or(|class| class == name) || common {
            section(&mut writer, name, text);
        }
    }
    writer.end();
    x.finish(answer, false)
}

fn section(writer: &mut Writer<'_>, name: &str, text: &str) {
    writer.start("mex:MetadataSection");
    writer.attribute("Dialect", XML_SCHEMA);
    match name {
        "common" => writer.attribute("Identifier", COMMON),
        class => writer.attribute("Identifier", &class_uri(class)),
    }
    writer.raw(text);
    writer.end();
}

fn read(content: Option<Content<'_>>) -> Result<Wanted, Fault> {
    let mut wanted = Wanted::default();
    let Some(mut content) = content else {
        return Ok(wanted);
    };
    let (reader, element) = content.parts();
    if !element.is(MEX, "GetMetadata") {
        return Err(Fault::new(Subcode::SchemaValidationError).because(format!(
            "The body has <{}> where the action asks for <GetMetadata> of {MEX}.",
            element.local()
        )));
    }
    while let Some(part) = reader.child()? {
        match (part.ns(), part.local()) {
            (MEX, "Dialect") => wanted.dialect = Some(reader.trimmed_text()?.into_owned()),
            (MEX, "Identifier") => {
                wanted.identifier = Some(cim_core::iri(&reader.trimmed_text()?).into_owned());
            }
            _ => reader.skip()?,
        }
    }
    content.finish()?;
    Ok(wanted)
}

/// The schemas of all classes by name, and `common`, without what only files have.
pub(super) fn schemas(schema: &cim_core::Schema) -> Vec<(String, String)> {
    cim_codegen::xsd(schema.classes())
        .into_iter()
        .filter_map(|file| {
            let name = file.path.file_stem()?.to_str()?.to_owned();
            // `all` is for offline use, and the XML form of the REST binding is another binding's.
            if name == "all" || name == cim_codegen::REST_XSD {
                return None;
            }
            let start = file.text.find("<xs:schema")?;
            let text = file.text.get(start..)?.trim_end().to_owned();
            Some((name, text))
        })
        .collect()
}
