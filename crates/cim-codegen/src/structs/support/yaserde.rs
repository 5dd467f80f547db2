/// yaserde for a type that is text.
#[allow(unused_macros)]
macro_rules! yaserde_text {
    ($name:ident) => {
        super::value::yaserde_text!($name, super::value);
    };
    ($name:ident, $($value:tt)::+) => {
        impl ::yaserde::YaSerialize for $name {
            fn serialize<W: std::io::Write>(
                &self,
                writer: &mut ::yaserde::ser::Serializer<W>,
            ) -> Result<(), ::yaserde::Error> {
                $($value)::+::write_text(&$($value)::+::Text::to_text(self), writer)
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
                $($value)::+::Text::from_text($($value)::+::read_text(reader)?)
                    .map_err(::yaserde::Error::custom)
            }
        }
    };
}
#[allow(unused_imports)]
pub(crate) use yaserde_text;

yaserde_text!(Char16, self);

/// Writes an element with this text, by the name that the holder of the value has given.
pub(crate) fn write_text<W: std::io::Write>(
    text: &str,
    writer: &mut ::yaserde::ser::Serializer<W>,
) -> Result<(), ::yaserde::Error> {
    let name = writer.get_start_event_name();
    let name = name.as_deref().filter(|_| !writer.skip_start_end());
    if let Some(name) = name {
        writer.write(::xml::writer::XmlEvent::start_element(name))?;
    }
    writer.write(::xml::writer::XmlEvent::characters(text))?;
    if name.is_some() {
        writer.write(::xml::writer::XmlEvent::end_element())?;
    }
    Ok(())
}

/// Reads from a start element to before its end element: the text in it, at whatever depth (a datetime
/// has an element of its own around it).
pub(crate) fn read_text<R: std::io::Read>(
    reader: &mut ::yaserde::de::Deserializer<R>,
) -> Result<String, ::yaserde::Error> {
    use ::xml::reader::XmlEvent;

    reader.next_event()?;
    let mut text = String::new();
    let mut depth = 0_usize;
    loop {
        match reader.peek()? {
            XmlEvent::Characters(part) => text.push_str(part),
            XmlEvent::StartElement { .. } => depth += 1,
            XmlEvent::EndElement { .. } if depth == 0 => return Ok(text),
            XmlEvent::EndElement { .. } => depth -= 1,
            XmlEvent::EndDocument => {
                return Err(::yaserde::Error::custom("the document ends in a value"));
            }
            _ => {}
        }
        reader.next_event()?;
    }
}

/// A datetime is in an element that says of what kind it is (DSP0230 9).
impl ::yaserde::YaSerialize for DateTime {
    fn serialize<W: std::io::Write>(
        &self,
        writer: &mut ::yaserde::ser::Serializer<W>,
    ) -> Result<(), ::yaserde::Error> {
        use ::xml::writer::XmlEvent;

        let name = writer.get_start_event_name();
        let name = name.as_deref().filter(|_| !writer.skip_start_end());
        if let Some(name) = name {
            writer.write(XmlEvent::start_element(name))?;
        }
        writer.write(
            XmlEvent::start_element("cim:CIM_DateTime")
                .ns("cim", "http://schemas.dmtf.org/wbem/wscim/1/common"),
        )?;
        writer.write(XmlEvent::characters(&self.to_string()))?;
        writer.write(XmlEvent::end_element())?;
        if name.is_some() {
            writer.write(XmlEvent::end_element())?;
        }
        Ok(())
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

impl ::yaserde::YaDeserialize for DateTime {
    fn deserialize<R: std::io::Read>(
        reader: &mut ::yaserde::de::Deserializer<R>,
    ) -> Result<Self, ::yaserde::Error> {
        let text = read_text(reader)?;
        let text = text.trim();
        ::cim_core::DateTime::parse_cim(text)
            .or_else(|_| ::cim_core::DateTime::parse_xs_datetime(text))
            .or_else(|_| ::cim_core::DateTime::parse_xs_duration(text))
            .map(Self)
            .map_err(|error| ::yaserde::Error::custom(error.to_string()))
    }
}
