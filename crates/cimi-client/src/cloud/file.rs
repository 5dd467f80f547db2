//! The file: the collections as CIMI documents, in JSON or XML, behind one another.

use std::fmt::Write as _;

use cimi_rest::client::Items;
use cimi_rest::{
    CollectionView, Context, Format, ReadContext, ResourceView, RestModel, Route, Selection,
    Unknown, read_resource, route, write_collection_json, write_collection_xml,
};
use serde::Deserialize;
use serde_json::value::RawValue;
use xml_wire::{Limits, Reader, Writer};

use super::{Cloud, Collection, links_of};
use crate::Error;

/// What the file says that it is: the JSON type and the XML namespace.
const TYPE: &str = "urn:x-cimi-bridge:cloud";
/// The XML root element.
const ROOT: &str = "Cloud";

/// A file is the user's own, but may still be cut or wrong.
const LIMITS: Limits = Limits {
    document_bytes: 1 << 30,
    ..Limits::DEFAULT
};

impl Cloud {
    /// The file.
    ///
    /// # Errors
    /// The base URI is none.
    pub fn write(&self, model: &RestModel, format: Format) -> Result<String, Error> {
        let links = links_of(&self.base)?;
        let context = Context {
            model,
            links: &links,
            request: false,
        };
        let mut out = String::new();
        match format {
            Format::Json => {
                let base = serde_json::Value::from(self.base.as_str());
                let _ = write!(
                    out,
                    "{{\"resourceURI\":\"{TYPE}\",\n\"baseURI\":{base},\n\"collections\":["
                );
            }
            Format::Xml => {
                out.push_str("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
                let mut writer = Writer::new(&mut out);
                writer.start("c:Cloud");
                writer.namespace("c", TYPE);
                writer.attribute("baseURI", &self.base);
                writer.text("\n");
            }
        }
        let mut first = true;
        for collection in &self.collections {
            let Some(Route::Collection { collection: of, .. }) = route(model, &collection.id)
            else {
                return Err(Error::File(format!("{} is no collection", collection.id)));
            };
            let items: Vec<_> = collection.items.iter().map(ResourceView::whole).collect();
            let view = CollectionView {
                collection: of,
                id: &collection.id,
                count: items.len() as u64,
                items: &items,
                select: &Selection::All,
                add: false,
            };
            match format {
                Format::Json => {
                    out.push_str(if first { "\n" } else { ",\n" });
                    write_collection_json(&mut out, &context, &view);
                }
                Format::Xml => {
                    write_collection_xml(&mut out, &context, &view);
                    out.push('\n');
                }
            }
            first = false;
        }
        out.push_str(match format {
            Format::Json => "\n]}\n",
            Format::Xml => "</c:Cloud>\n",
        });
        Ok(out)
    }

    /// Reads a file of either format.
    ///
    /// # Errors
    /// It is no such file, or the model does not know what is in it.
    pub fn read(model: &RestModel, text: &str) -> Result<Self, Error> {
        let (format, base, documents) = if text.trim_start().starts_with('<') {
            let (base, documents) = xml(text)?;
            (Format::Xml, base, documents)
        } else {
            let (base, documents) = json(text)?;
            (Format::Json, base, documents)
        };
        let links = links_of(&base)?;
        let context = ReadContext {
            model,
            links: &links,
            unknown: Unknown::Keep,
            content_type: None,
        };
        let mut collections = Vec::new();
        for document in documents {
            let read = Items::read(format, &document)?;
            let id = links.instance_id(&read.id).into_owned();
            let Some(Route::Collection { collection, .. }) = route(model, &id) else {
                return Err(Error::File(format!("`{}` is no collection", read.id)));
            };
            let class = model.class(collection.item);
            let items = read
                .documents
                .iter()
                .map(|item| read_resource(&context, format, &[class], item.as_bytes()))
                .collect::<Result<_, _>>()
                .map_err(|error| Error::File(format!("{id}: {error}")))?;
            collections.push(Collection { id, items });
        }
        Ok(Self { base, collections })
    }
}

fn json(text: &str) -> Result<(String, Vec<String>), Error> {
    #[derive(Deserialize)]
    struct File {
        #[serde(rename = "resourceURI")]
        resource_uri: String,
        #[serde(rename = "baseURI")]
        base_uri: String,
        collections: Vec<Box<RawValue>>,
    }
    let file: File = serde_json::from_str(text).map_err(|error| Error::File(error.to_string()))?;
    if file.resource_uri != TYPE {
        return Err(Error::File(format!(
            "it is a {}, not a {TYPE}",
            file.resource_uri
        )));
    }
    let documents = file.collections.iter().map(|c| c.get().to_owned());
    Ok((file.base_uri, documents.collect()))
}

fn xml(text: &str) -> Result<(String, Vec<String>), Error> {
    let wrong = |error: xml_wire::XmlError| Error::File(error.to_string());
    let mut reader = Reader::new(text, &LIMITS).map_err(wrong)?;
    let root = reader.root().map_err(wrong)?;
    if !root.is(TYPE, ROOT) {
        return Err(Error::File(format!(
            "its root is {}, not {ROOT} of {TYPE}",
            root.local()
        )));
    }
    let base = root.attribute("", "baseURI");
    let base = base.ok_or_else(|| Error::File("it has no baseURI".to_owned()))?;
    let base = base.to_owned();
    let mut documents = Vec::new();
    while let Some(child) = reader.child().map_err(wrong)? {
        documents.push(reader.raw(&child).map_err(wrong)?.to_standalone());
    }
    reader.finish().map_err(wrong)?;
    Ok((base, documents))
}
