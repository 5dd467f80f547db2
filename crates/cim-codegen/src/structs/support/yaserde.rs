/// `YaSerialize` and `YaDeserialize` for a struct: an element of WS-CIM with the properties in it
/// (DSP0230 7). yaserde's own derive knows no `xsi:nil`, `xsi:type` or base64, and loses what stands in
/// another namespace than its parent; so the traits are implemented here.
macro_rules! yaserde_element {
    ($name:ident, $element:literal, $class:literal, { $( $property:literal: $kind:ident $field:ident, )* }) => {
        impl super::value::Properties for $name {
            const ELEMENT: &'static str = $element;
            const NAMESPACE: &'static str =
                concat!("http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/", $class);

            #[allow(unused_variables)]
            fn write_properties<W: std::io::Write>(
                &self,
                prefix: &str,
                writer: &mut ::yaserde::ser::Serializer<W>,
            ) -> Result<(), ::yaserde::Error> {
                $( super::value::$kind::write(&self.$field, prefix, $property, writer)?; )*
                Ok(())
            }

            #[allow(unreachable_code, unused_mut, unused_variables)]
            fn read_properties<R: std::io::Read>(
                namespace: &str,
                reader: &mut ::yaserde::de::Deserializer<R>,
            ) -> Result<Self, ::yaserde::Error> {
                $( let mut $field = Default::default(); )*
                super::value::for_each_child(namespace, reader, |name, reader| {
                    match name {
                        $( $property => super::value::$kind::read(&mut $field, $property, reader)?, )*
                        _ => return Ok(false),
                    }
                    Ok(true)
                })?;
                Ok(Self { $( $field, )* })
            }
        }

        impl ::yaserde::YaSerialize for $name {
            fn serialize<W: std::io::Write>(
                &self,
                writer: &mut ::yaserde::ser::Serializer<W>,
            ) -> Result<(), ::yaserde::Error> {
                super::value::write_document(self, writer)
            }

            fn serialize_attributes(
                &self,
                attributes: Vec<::xml::attribute::OwnedAttribute>,
                namespace: ::xml::namespace::Namespace,
            ) -> Result<
                (Vec<::xml::attribute::OwnedAttribute>, ::xml::namespace::Namespace),
                ::yaserde::Error,
            > {
                Ok((attributes, namespace))
            }
        }

        impl ::yaserde::YaDeserialize for $name {
            fn deserialize<R: std::io::Read>(
                reader: &mut ::yaserde::de::Deserializer<R>,
            ) -> Result<Self, ::yaserde::Error> {
                super::value::read_document(reader)
            }
        }
    };
}
pub(crate) use yaserde_element;

/// A struct as an embedded instance: the element of the property is the container, and `xsi:type` names
/// the class (DSP0230 7.2.5.2).
macro_rules! yaserde_embedded {
    ($name:ident) => {
        impl super::value::Xml for $name {
            fn write<W: std::io::Write>(
                &self,
                name: &str,
                writer: &mut ::yaserde::ser::Serializer<W>,
            ) -> Result<(), ::yaserde::Error> {
                super::value::write_embedded(self, name, writer)
            }

            fn read<R: std::io::Read>(
                reader: &mut ::yaserde::de::Deserializer<R>,
            ) -> Result<Self, ::yaserde::Error> {
                super::value::read_embedded(reader)
            }
        }
    };
}
pub(crate) use yaserde_embedded;

/// The document of a value, every character of every text kept.
///
/// # Errors
/// A text has a character that XML 1.0 cannot carry.
pub fn to_xml<T: ::yaserde::YaSerialize>(value: &T) -> Result<String, ::yaserde::Error> {
    ::yaserde::ser::to_string(value)
}

/// Reads a document. `yaserde::de::from_str` does the same, but takes the white space off the ends of
/// every text.
///
/// # Errors
/// It is not well-formed, its root element is another one, or a value does not fit its property.
pub fn from_xml<T: ::yaserde::YaDeserialize>(text: &str) -> Result<T, ::yaserde::Error> {
    let config = ::xml::reader::ParserConfig::new()
        .trim_whitespace(false)
        .whitespace_to_characters(true)
        .cdata_to_characters(true)
        .ignore_comments(true)
        .coalesce_characters(true);
    let reader = ::xml::reader::EventReader::new_with_config(text.as_bytes(), config);
    T::deserialize(&mut ::yaserde::de::Deserializer::new(reader))
}

const COMMON: &str = "http://schemas.dmtf.org/wbem/wscim/1/common";
const XSI: &str = "http://www.w3.org/2001/XMLSchema-instance";

/// What is written as properties in an element.
pub trait Properties: Sized {
    /// The local name of the element as a document of its own.
    const ELEMENT: &'static str;
    /// The namespace of its class.
    const NAMESPACE: &'static str;

    /// Writes the properties, in order.
    ///
    /// # Errors
    /// A text cannot be carried by XML.
    fn write_properties<W: std::io::Write>(
        &self,
        prefix: &str,
        writer: &mut ::yaserde::ser::Serializer<W>,
    ) -> Result<(), ::yaserde::Error>;

    /// Reads the properties, up to the end of the element that was just opened.
    ///
    /// # Errors
    /// The text is not well-formed, or a value does not fit its property.
    fn read_properties<R: std::io::Read>(
        namespace: &str,
        reader: &mut ::yaserde::de::Deserializer<R>,
    ) -> Result<Self, ::yaserde::Error>;
}

/// A value in the element of a property.
pub trait Xml: Sized {
    /// Writes the element of that name.
    ///
    /// # Errors
    /// A text cannot be carried by XML.
    fn write<W: std::io::Write>(
        &self,
        name: &str,
        writer: &mut ::yaserde::ser::Serializer<W>,
    ) -> Result<(), ::yaserde::Error>;

    /// Reads the element that comes next, up to before its end.
    ///
    /// # Errors
    /// The content is no value of the type.
    fn read<R: std::io::Read>(
        reader: &mut ::yaserde::de::Deserializer<R>,
    ) -> Result<Self, ::yaserde::Error>;
}

impl<T: Xml> Xml for Box<T> {
    fn write<W: std::io::Write>(
        &self,
        name: &str,
        writer: &mut ::yaserde::ser::Serializer<W>,
    ) -> Result<(), ::yaserde::Error> {
        (**self).write(name, writer)
    }

    fn read<R: std::io::Read>(
        reader: &mut ::yaserde::de::Deserializer<R>,
    ) -> Result<Self, ::yaserde::Error> {
        T::read(reader).map(Self::new)
    }
}

pub(crate) fn write_document<T: Properties, W: std::io::Write>(
    value: &T,
    writer: &mut ::yaserde::ser::Serializer<W>,
) -> Result<(), ::yaserde::Error> {
    use ::xml::writer::XmlEvent;

    if writer.skip_start_end() {
        return value.write_properties("p", writer);
    }
    // Somebody else's struct may hold this one, and name the element.
    let given = writer.get_start_event_name();
    let own = format!("p:{}", T::ELEMENT);
    let name = given.as_deref().unwrap_or(&own);
    writer.write(
        XmlEvent::start_element(name)
            .ns("p", T::NAMESPACE)
            .ns("cim", COMMON)
            .ns("xsi", XSI),
    )?;
    value.write_properties("p", writer)?;
    writer.write(XmlEvent::end_element())?;
    Ok(())
}

pub(crate) fn read_document<T: Properties, R: std::io::Read>(
    reader: &mut ::yaserde::de::Deserializer<R>,
) -> Result<T, ::yaserde::Error> {
    use ::xml::reader::XmlEvent;

    let is_root = reader.depth() == 0;
    match reader.next_event()? {
        XmlEvent::StartElement { name, .. } => {
            // The name of the element in a struct of somebody else is theirs.
            if is_root && !is_of(&name.local_name, T::ELEMENT) {
                return Err(::yaserde::Error::custom(format!(
                    "the root element is `{}`, not `{}`",
                    name.local_name,
                    T::ELEMENT
                )));
            }
            let namespace = name.namespace.filter(|_| is_root);
            T::read_properties(namespace.as_deref().unwrap_or(T::NAMESPACE), reader)
        }
        _ => Err(::yaserde::Error::custom("there is no root element")),
    }
}

/// Whether an element of a class may stand for another one: its own, or that of a superclass.
fn is_of(found: &str, wanted: &str) -> bool {
    let mut classes = super::super::classes::CLASSES.iter();
    found == wanted || classes.any(|class| class.name == found && class.is_a(wanted))
}

pub(crate) fn write_embedded<T: Properties, W: std::io::Write>(
    value: &T,
    name: &str,
    writer: &mut ::yaserde::ser::Serializer<W>,
) -> Result<(), ::yaserde::Error> {
    use ::xml::writer::XmlEvent;

    // The element itself is of the class around it.
    let prefix = if name.starts_with("e:") { "f" } else { "e" };
    let class = format!("{prefix}:{}_Type", T::ELEMENT);
    writer.write(
        XmlEvent::start_element(name)
            .ns(prefix, T::NAMESPACE)
            .ns("xsi", XSI)
            .attr("xsi:type", &class),
    )?;
    value.write_properties(prefix, writer)?;
    writer.write(XmlEvent::end_element())?;
    Ok(())
}

pub(crate) fn read_embedded<T: Properties, R: std::io::Read>(
    reader: &mut ::yaserde::de::Deserializer<R>,
) -> Result<T, ::yaserde::Error> {
    use ::xml::reader::XmlEvent;

    let XmlEvent::StartElement { name, attributes, namespace } = reader.next_event()? else {
        return Err(::yaserde::Error::custom("an element is missing"));
    };
    let found = attributes
        .iter()
        .find(|a| a.name.local_name == "type" && a.name.namespace.as_deref() == Some(XSI))
        .map(|a| a.value.trim());
    let Some(found) = found else {
        return T::read_properties(T::NAMESPACE, reader);
    };
    let (prefix, local) = found.split_once(':').unwrap_or(("", found));
    let class = local.strip_suffix("_Type").unwrap_or(local);
    if !is_of(class, T::ELEMENT) {
        return Err(::yaserde::Error::custom(format!(
            "`{}` holds an instance of {class}, which is no {}",
            name.local_name,
            T::ELEMENT
        )));
    }
    T::read_properties(namespace.get(prefix).unwrap_or(T::NAMESPACE), reader)
}

/// Asks for each child element in a namespace whether it is known; it is skipped if not, and if it is in
/// another namespace. Reads up to before the end of the element around them.
pub(crate) fn for_each_child<R: std::io::Read>(
    namespace: &str,
    reader: &mut ::yaserde::de::Deserializer<R>,
    mut known: impl FnMut(
        &str,
        &mut ::yaserde::de::Deserializer<R>,
    ) -> Result<bool, ::yaserde::Error>,
) -> Result<(), ::yaserde::Error> {
    use ::xml::reader::XmlEvent;

    loop {
        let name = match reader.peek()? {
            XmlEvent::StartElement { name, .. } => name.clone(),
            XmlEvent::EndElement { .. } => return Ok(()),
            XmlEvent::EndDocument => {
                return Err(::yaserde::Error::custom("the document ends in an instance"));
            }
            _ => {
                reader.next_event()?;
                continue;
            }
        };
        let is_ours = name.namespace.as_deref() == Some(namespace);
        if !is_ours || !known(&name.local_name, reader)? {
            reader.next_event()?;
            reader.skip_element(|_| ())?;
        }
    }
}

/// Reads a property's element whole; `None` if it says that there is no value.
fn read_value<T: Xml, R: std::io::Read>(
    property: &str,
    reader: &mut ::yaserde::de::Deserializer<R>,
) -> Result<Option<T>, ::yaserde::Error> {
    use ::xml::reader::XmlEvent;

    let is_nil = match reader.peek()? {
        XmlEvent::StartElement { attributes, .. } => attributes.iter().any(|a| {
            a.name.local_name == "nil"
                && a.name.namespace.as_deref() == Some(XSI)
                && matches!(a.value.trim(), "true" | "1")
        }),
        _ => false,
    };
    if is_nil {
        reader.next_event()?;
        reader.skip_element(|_| ())?;
        return Ok(None);
    }
    let value = T::read(reader).map_err(|error| error.in_field(property))?;
    reader.next_event()?;
    Ok(Some(value))
}

/// A property with one value.
pub(crate) mod one {
    pub(crate) fn write<T: super::Xml, W: std::io::Write>(
        value: &Option<T>,
        prefix: &str,
        property: &str,
        writer: &mut ::yaserde::ser::Serializer<W>,
    ) -> Result<(), ::yaserde::Error> {
        match value {
            Some(value) => value.write(&format!("{prefix}:{property}"), writer),
            None => Ok(()),
        }
    }

    pub(crate) fn read<T: super::Xml, R: std::io::Read>(
        into: &mut Option<T>,
        property: &str,
        reader: &mut ::yaserde::de::Deserializer<R>,
    ) -> Result<(), ::yaserde::Error> {
        *into = super::read_value(property, reader)?;
        Ok(())
    }
}

/// An array: an element for each value.
pub(crate) mod all {
    pub(crate) fn write<T: super::Xml, W: std::io::Write>(
        values: &[T],
        prefix: &str,
        property: &str,
        writer: &mut ::yaserde::ser::Serializer<W>,
    ) -> Result<(), ::yaserde::Error> {
        let name = format!("{prefix}:{property}");
        values.iter().try_for_each(|value| value.write(&name, writer))
    }

    pub(crate) fn read<T: super::Xml, R: std::io::Read>(
        into: &mut Vec<T>,
        property: &str,
        reader: &mut ::yaserde::de::Deserializer<R>,
    ) -> Result<(), ::yaserde::Error> {
        into.extend(super::read_value(property, reader)?);
        Ok(())
    }
}

/// An array of octets: one element, in base64 (DSP0230 9).
pub(crate) mod octets {
    pub(crate) fn write<W: std::io::Write>(
        octets: &[u8],
        prefix: &str,
        property: &str,
        writer: &mut ::yaserde::ser::Serializer<W>,
    ) -> Result<(), ::yaserde::Error> {
        if octets.is_empty() {
            return Ok(());
        }
        super::write_text(&format!("{prefix}:{property}"), &super::base64(octets), writer)
    }

    pub(crate) fn read<R: std::io::Read>(
        into: &mut Vec<u8>,
        property: &str,
        reader: &mut ::yaserde::de::Deserializer<R>,
    ) -> Result<(), ::yaserde::Error> {
        let text: Option<String> = super::read_value(property, reader)?;
        if let Some(text) = text {
            into.extend(super::octets_of(&text).map_err(|error| error.in_field(property))?);
        }
        Ok(())
    }
}

/// A string of octets: hexadecimal digits, which CIM writes with `0x` in front.
pub(crate) mod hex {
    pub(crate) fn write<W: std::io::Write>(
        value: &Option<String>,
        prefix: &str,
        property: &str,
        writer: &mut ::yaserde::ser::Serializer<W>,
    ) -> Result<(), ::yaserde::Error> {
        super::hexes::write(value.as_slice(), prefix, property, writer)
    }

    pub(crate) fn read<R: std::io::Read>(
        into: &mut Option<String>,
        property: &str,
        reader: &mut ::yaserde::de::Deserializer<R>,
    ) -> Result<(), ::yaserde::Error> {
        *into = super::read_value::<String, R>(property, reader)?.map(super::hexes::with_mark);
        Ok(())
    }
}

/// An array of them.
pub(crate) mod hexes {
    pub(crate) fn write<W: std::io::Write>(
        values: &[String],
        prefix: &str,
        property: &str,
        writer: &mut ::yaserde::ser::Serializer<W>,
    ) -> Result<(), ::yaserde::Error> {
        let name = format!("{prefix}:{property}");
        let mut digits = values.iter().map(|v| v.strip_prefix("0x").unwrap_or(v));
        digits.try_for_each(|digits| super::write_text(&name, digits, writer))
    }

    pub(crate) fn read<R: std::io::Read>(
        into: &mut Vec<String>,
        property: &str,
        reader: &mut ::yaserde::de::Deserializer<R>,
    ) -> Result<(), ::yaserde::Error> {
        into.extend(super::read_value::<String, R>(property, reader)?.map(with_mark));
        Ok(())
    }

    pub(super) fn with_mark(text: String) -> String {
        let text = text.trim();
        if text.starts_with("0x") { text.to_owned() } else { format!("0x{text}") }
    }
}
