const ADDRESSING: &str = "http://schemas.xmlsoap.org/ws/2004/08/addressing";
const MANAGEMENT: &str = "http://schemas.dmtf.org/wbem/wsman/1/wsman.xsd";
const CLASS_URI: &str = "http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/";
const ANONYMOUS: &str = "http://schemas.xmlsoap.org/ws/2004/08/addressing/role/anonymous";
/// The selector that names the CIM namespace (DSP0227 7.2).
const NAMESPACE_SELECTOR: &str = "__cimnamespace";

/// A reference is an endpoint reference (DSP0230 9.3): the class as resource URI, the keys as selectors.
pub(crate) fn write_reference<W: std::io::Write>(
    name: &str,
    path: &::cim_core::ObjectPath,
    writer: &mut ::yaserde::ser::Serializer<W>,
) -> Result<(), ::yaserde::Error> {
    use ::cim_core::KeyValue;
    use ::xml::writer::XmlEvent;

    let selector = |name| XmlEvent::start_element("wsman:Selector").attr("Name", name);
    writer.write(XmlEvent::start_element(name).ns("wsa", ADDRESSING).ns("wsman", MANAGEMENT))?;
    write_text("wsa:Address", ANONYMOUS, writer)?;
    writer.write(XmlEvent::start_element("wsa:ReferenceParameters"))?;
    write_text("wsman:ResourceURI", &[CLASS_URI, &::cim_core::name_in_uri(&path.class)].concat(), writer)?;
    writer.write(XmlEvent::start_element("wsman:SelectorSet"))?;
    if let Some(namespace) = &path.namespace {
        writer.write(selector(NAMESPACE_SELECTOR))?;
        write_content(namespace, writer)?;
        writer.write(XmlEvent::end_element())?;
    }
    for (key, value) in &path.keys {
        writer.write(selector(key))?;
        match value {
            KeyValue::String(text) => write_content(text, writer)?,
            KeyValue::Boolean(value) => write_content(&value.to_string(), writer)?,
            KeyValue::Unsigned(n) => write_content(&n.to_string(), writer)?,
            KeyValue::Signed(n) => write_content(&n.to_string(), writer)?,
            KeyValue::Reference(path) => write_reference("wsa:EndpointReference", path, writer)?,
        }
        writer.write(XmlEvent::end_element())?;
    }
    for _ in 0..3 {
        writer.write(XmlEvent::end_element())?;
    }
    Ok(())
}

/// Reads from the start element around an endpoint reference to before its end.
pub(crate) fn read_reference<R: std::io::Read>(
    reader: &mut ::yaserde::de::Deserializer<R>,
) -> Result<::cim_core::ObjectPath, ::yaserde::Error> {
    use ::xml::reader::XmlEvent;

    let mut path = ::cim_core::ObjectPath::of_class("");
    let bottom = reader.depth() + 1;
    reader.next_event()?;
    let mut text = String::new();
    loop {
        let is_bottom = reader.depth() == bottom;
        let name = match reader.peek()? {
            XmlEvent::StartElement { name, attributes, .. } => {
                if name.local_name == "Selector" {
                    let key = attributes.iter().find(|a| a.name.local_name == "Name");
                    let key = key.map(|a| a.value.clone());
                    read_selector(key.unwrap_or_default(), &mut path, reader)?;
                    continue;
                }
                name.local_name.clone()
            }
            XmlEvent::EndElement { .. } if is_bottom => break,
            // A text that is an object path is taken, too.
            XmlEvent::Characters(part) if is_bottom => {
                text.push_str(part);
                String::new()
            }
            XmlEvent::EndDocument => {
                return Err(::yaserde::Error::custom("the document ends in a reference"));
            }
            _ => String::new(),
        };
        if name == "ResourceURI" {
            let uri = read_text(reader)?;
            path.class = uri.trim().rsplit('/').next().map(::cim_core::iri).unwrap_or_default().into_owned();
        }
        reader.next_event()?;
    }
    if path.class.is_empty() {
        return ::cim_core::ObjectPath::parse(text.trim())
            .map_err(|error| ::yaserde::Error::custom(error.to_string()));
    }
    // What type a key is of is known to its class.
    let mut classes = super::super::classes::CLASSES.iter();
    let class = classes.find(|class| class.name.eq_ignore_ascii_case(&path.class));
    for (key, value) in &mut path.keys {
        let property = class.and_then(|class| class.property(key));
        if let (Some((_, property)), Some(text)) = (property, value.as_str())
            && let Some(typed) = key_of(property.ty, text)
        {
            *value = typed;
        }
    }
    Ok(path)
}

fn read_selector<R: std::io::Read>(
    key: String,
    path: &mut ::cim_core::ObjectPath,
    reader: &mut ::yaserde::de::Deserializer<R>,
) -> Result<(), ::yaserde::Error> {
    use ::cim_core::KeyValue;
    use ::xml::reader::XmlEvent;

    reader.next_event()?;
    let mut value = KeyValue::String(String::new());
    loop {
        match reader.peek()? {
            XmlEvent::Characters(part) => {
                if let KeyValue::String(text) = &mut value {
                    text.push_str(part);
                }
                reader.next_event()?;
            }
            XmlEvent::StartElement { .. } => {
                value = KeyValue::Reference(Box::new(read_reference(reader)?));
                reader.next_event()?;
            }
            XmlEvent::EndElement { .. } => break,
            XmlEvent::EndDocument => {
                return Err(::yaserde::Error::custom("the document ends in a selector"));
            }
            _ => {
                reader.next_event()?;
            }
        }
    }
    reader.next_event()?;
    match value {
        KeyValue::String(text) if key == NAMESPACE_SELECTOR => path.namespace = Some(text),
        value => path.keys.push((key, value)),
    }
    Ok(())
}

fn key_of(ty: ::cim_core::CimType, text: &str) -> Option<::cim_core::KeyValue> {
    use ::cim_core::{CimType, KeyValue};

    match ty {
        CimType::Boolean => text.parse().ok().map(KeyValue::Boolean),
        ty if ty.is_integer() => {
            let unsigned = text.parse().ok().map(KeyValue::Unsigned);
            unsigned.or_else(|| text.parse().ok().map(KeyValue::Signed))
        }
        _ => None,
    }
}

/// A reference type.
macro_rules! yaserde_reference {
    ($name:ident) => {
        impl super::value::Xml for $name {
            fn write<W: std::io::Write>(
                &self,
                name: &str,
                writer: &mut ::yaserde::ser::Serializer<W>,
            ) -> Result<(), ::yaserde::Error> {
                super::value::write_reference(name, &self.0, writer)
            }

            fn read<R: std::io::Read>(
                reader: &mut ::yaserde::de::Deserializer<R>,
            ) -> Result<Self, ::yaserde::Error> {
                super::value::read_reference(reader).map(Self)
            }
        }
    };
}
pub(crate) use yaserde_reference;
