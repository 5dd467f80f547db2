impl Xml for Object {
    fn write<W: std::io::Write>(
        &self,
        name: &str,
        writer: &mut ::yaserde::ser::Serializer<W>,
    ) -> Result<(), ::yaserde::Error> {
        match self {
            Self::Instance(instance) => write_object(instance, name, writer),
            Self::Text(text) => write_text(name, text, writer),
        }
    }

    fn read<R: std::io::Read>(
        reader: &mut ::yaserde::de::Deserializer<R>,
    ) -> Result<Self, ::yaserde::Error> {
        use ::xml::reader::XmlEvent;

        let is_typed = match reader.peek()? {
            XmlEvent::StartElement { attributes, .. } => attributes
                .iter()
                .any(|a| a.name.local_name == "type" && a.name.namespace.as_deref() == Some(XSI)),
            _ => false,
        };
        if is_typed {
            read_object(reader).map(|instance| Self::Instance(Box::new(instance)))
        } else {
            read_text(reader).map(Self::Text)
        }
    }
}

fn write_object<W: std::io::Write>(
    instance: &::cim_core::Instance,
    name: &str,
    writer: &mut ::yaserde::ser::Serializer<W>,
) -> Result<(), ::yaserde::Error> {
    use ::xml::writer::XmlEvent;

    let class = instance.class();
    let prefix = if name.starts_with("e:") { "f" } else { "e" };
    let ty = format!("{prefix}:{}_Type", class.name);
    let namespace = [CLASS_URI, &::cim_core::name_in_uri(class.name)].concat();
    writer.write(
        XmlEvent::start_element(name)
            .ns(prefix, &namespace)
            .ns("xsi", XSI)
            .attr("xsi:type", &ty),
    )?;
    for at in class.alphabetical.iter().copied().map(usize::from) {
        if let (Some(property), Some(value)) = (class.properties.get(at), instance.at(at)) {
            write_value(property, value, &format!("{prefix}:{}", property.name), writer)?;
        }
    }
    writer.write(XmlEvent::end_element())?;
    Ok(())
}

fn write_value<W: std::io::Write>(
    property: &::cim_core::PropertyDescriptor,
    value: &::cim_core::Value,
    name: &str,
    writer: &mut ::yaserde::ser::Serializer<W>,
) -> Result<(), ::yaserde::Error> {
    use ::cim_core::{CimType, Value};
    use ::xml::writer::XmlEvent;

    match value {
        Value::Null => {
            writer.write(XmlEvent::start_element(name).attr("xsi:nil", "true"))?;
            writer.write(XmlEvent::end_element())?;
            Ok(())
        }
        Value::Boolean(value) => value.write(name, writer),
        Value::Unsigned(n) => n.write(name, writer),
        Value::Signed(n) => n.write(name, writer),
        Value::Real(n) if property.ty == CimType::Real32 => (*n as f32).write(name, writer),
        Value::Real(n) => n.write(name, writer),
        Value::Char16(unit) => Char16(*unit).write(name, writer),
        Value::String(text) if property.flags.octet_string => {
            write_text(name, text.strip_prefix("0x").unwrap_or(text), writer)
        }
        Value::String(text) => write_text(name, text, writer),
        Value::DateTime(value) => DateTime(*value).write(name, writer),
        Value::Reference(path) => write_reference(name, path, writer),
        Value::Instance(instance) => write_object(instance, name, writer),
        Value::Array(items) if is_octets(property) => {
            let octets = items.iter().filter_map(Value::as_u64);
            let octets: Vec<u8> = octets.filter_map(|n| n.try_into().ok()).collect();
            write_text(name, &base64(&octets), writer)
        }
        Value::Array(items) => items
            .iter()
            .try_for_each(|item| write_value(property, item, name, writer)),
    }
}

fn is_octets(property: &::cim_core::PropertyDescriptor) -> bool {
    property.flags.octet_string && property.is_array && property.ty == ::cim_core::CimType::Uint8
}

fn read_object<R: std::io::Read>(
    reader: &mut ::yaserde::de::Deserializer<R>,
) -> Result<::cim_core::Instance, ::yaserde::Error> {
    use ::xml::reader::XmlEvent;

    let XmlEvent::StartElement { attributes, namespace, .. } = reader.next_event()? else {
        return Err(::yaserde::Error::custom("an element is missing"));
    };
    let ty = attributes
        .iter()
        .find(|a| a.name.local_name == "type" && a.name.namespace.as_deref() == Some(XSI))
        .map_or("", |a| a.value.trim());
    let (prefix, local) = ty.split_once(':').unwrap_or(("", ty));
    let class = class_of(local.strip_suffix("_Type").unwrap_or(local))
        .map_err(::yaserde::Error::custom)?;
    let mut out = ::cim_core::Instance::new(class);
    let namespace = namespace.get(prefix).unwrap_or_default();
    for_each_child(namespace, reader, |name, reader| {
        let Some((_, property)) = class.property(name) else {
            return Ok(false);
        };
        read_slot(property, &mut out, reader).map_err(|error| error.in_field(name))?;
        Ok(true)
    })?;
    Ok(out)
}

/// Reads an element of a property, and adds its value to those that are there.
fn read_slot<R: std::io::Read>(
    property: &'static ::cim_core::PropertyDescriptor,
    out: &mut ::cim_core::Instance,
    reader: &mut ::yaserde::de::Deserializer<R>,
) -> Result<(), ::yaserde::Error> {
    use ::cim_core::Value;
    use ::xml::reader::XmlEvent;

    let is_nil = match reader.peek()? {
        XmlEvent::StartElement { attributes, .. } => attributes
            .iter()
            .any(|a| a.name.local_name == "nil" && matches!(a.value.trim(), "true" | "1")),
        _ => false,
    };
    let value = if is_nil {
        read_text(reader)?;
        Value::Null
    } else if property.embedded != ::cim_core::Embedded::No {
        match Object::read(reader)? {
            Object::Instance(instance) => Value::Instance(instance),
            Object::Text(text) => Value::from(text),
        }
    } else if property.ty == ::cim_core::CimType::Reference {
        Value::Reference(Box::new(read_reference(reader)?))
    } else if property.ty == ::cim_core::CimType::DateTime {
        Value::DateTime(DateTime::read(reader)?.0)
    } else if is_octets(property) {
        let octets = octets_of(&read_text(reader)?)?;
        let octets = octets.into_iter().map(|n| Value::Unsigned(n.into()));
        Value::Array(octets.collect())
    } else {
        scalar_of(property, read_text(reader)?).map_err(::yaserde::Error::custom)?
    };
    reader.next_event()?;
    let value = match (value, out.get(property.name)) {
        (value @ (Value::Null | Value::Array(_)), _) => value,
        (value, Some(Value::Array(before))) => {
            let mut items = before.clone();
            items.push(value);
            Value::Array(items)
        }
        (value, _) if property.is_array => Value::Array(vec![value]),
        (value, _) => value,
    };
    out.set(property.name, value);
    Ok(())
}

fn scalar_of(
    property: &::cim_core::PropertyDescriptor,
    text: String,
) -> Result<::cim_core::Value, String> {
    use ::cim_core::{CimType, Value};

    let value = match property.ty {
        CimType::Boolean => Value::Boolean(bool::from_text(text)?),
        CimType::Real32 => Value::Real(f32::from_text(text)?.into()),
        CimType::Real64 => Value::Real(f64::from_text(text)?),
        CimType::Char16 => Value::Char16(Char16::from_text(text)?.0),
        CimType::String if property.flags.octet_string => Value::from(hexes::with_mark(text)),
        CimType::String => Value::from(text),
        ty if ty.unsigned_max().is_some() => Value::Unsigned(u64::from_text(text)?),
        _ => Value::Signed(i64::from_text(text)?),
    };
    if value.fits(property.ty) {
        Ok(value)
    } else {
        Err(format!("the value does not fit {}", property.ty))
    }
}
