/// As an object with the name of its class in `@class`.
impl ::serde::Serialize for Object {
    fn serialize<S: ::serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Instance(instance) => serialize_instance(instance, serializer),
            Self::Text(text) => serializer.serialize_str(text),
        }
    }
}

fn serialize_instance<S: ::serde::Serializer>(
    instance: &::cim_core::Instance,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    use ::serde::ser::SerializeMap;

    let mut map = serializer.serialize_map(None)?;
    map.serialize_entry("@class", instance.class().name)?;
    for (property, value) in instance.present() {
        map.serialize_entry(property.name, &Untyped(value))?;
    }
    map.end()
}

struct Untyped<'v>(&'v ::cim_core::Value);

impl ::serde::Serialize for Untyped<'_> {
    fn serialize<S: ::serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        use ::cim_core::Value;

        match self.0 {
            Value::Null => serializer.serialize_unit(),
            Value::Boolean(value) => serializer.serialize_bool(*value),
            Value::Unsigned(n) => serializer.serialize_u64(*n),
            Value::Signed(n) => serializer.serialize_i64(*n),
            Value::Real(n) => serializer.serialize_f64(*n),
            Value::Char16(unit) => serializer.serialize_u16(*unit),
            Value::String(text) => serializer.serialize_str(text),
            Value::DateTime(value) => serializer.collect_str(value),
            Value::Reference(path) => serializer.collect_str(path),
            Value::Instance(instance) => serialize_instance(instance, serializer),
            Value::Array(items) => serializer.collect_seq(items.iter().map(Untyped)),
        }
    }
}

impl<'de> ::serde::Deserialize<'de> for Object {
    fn deserialize<D: ::serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        match Tree::deserialize(deserializer)? {
            Tree::Text(text) => Ok(Self::Text(text)),
            Tree::Map(members) => instance_of(members)
                .map(|instance| Self::Instance(Box::new(instance)))
                .map_err(::serde::de::Error::custom),
            _ => Err(::serde::de::Error::custom("an embedded object is an object or a text")),
        }
    }
}

/// What was read, before it is known of which type it should be.
enum Tree {
    Null,
    Boolean(bool),
    Unsigned(u64),
    Signed(i64),
    Real(f64),
    Text(String),
    List(Vec<Self>),
    Map(Vec<(String, Self)>),
}

impl<'de> ::serde::Deserialize<'de> for Tree {
    fn deserialize<D: ::serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Nodes;

        impl<'de> ::serde::de::Visitor<'de> for Nodes {
            type Value = Tree;

            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("a value")
            }

            fn visit_unit<E>(self) -> Result<Tree, E> {
                Ok(Tree::Null)
            }

            fn visit_bool<E>(self, value: bool) -> Result<Tree, E> {
                Ok(Tree::Boolean(value))
            }

            fn visit_u64<E>(self, n: u64) -> Result<Tree, E> {
                Ok(Tree::Unsigned(n))
            }

            fn visit_i64<E>(self, n: i64) -> Result<Tree, E> {
                Ok(Tree::Signed(n))
            }

            fn visit_f64<E>(self, n: f64) -> Result<Tree, E> {
                Ok(Tree::Real(n))
            }

            fn visit_str<E>(self, text: &str) -> Result<Tree, E> {
                Ok(Tree::Text(text.to_owned()))
            }

            fn visit_seq<A: ::serde::de::SeqAccess<'de>>(
                self,
                mut items: A,
            ) -> Result<Tree, A::Error> {
                let mut list = Vec::new();
                while let Some(item) = items.next_element()? {
                    list.push(item);
                }
                Ok(Tree::List(list))
            }

            fn visit_map<A: ::serde::de::MapAccess<'de>>(
                self,
                mut members: A,
            ) -> Result<Tree, A::Error> {
                let mut map = Vec::new();
                while let Some(member) = members.next_entry()? {
                    map.push(member);
                }
                Ok(Tree::Map(map))
            }
        }

        deserializer.deserialize_any(Nodes)
    }
}

fn instance_of(members: Vec<(String, Tree)>) -> Result<::cim_core::Instance, String> {
    let class = members.iter().find_map(|(name, value)| match value {
        Tree::Text(class) if name == "@class" => Some(class_of(class)),
        _ => None,
    });
    let class = class.ok_or("`@class` does not say of which class the embedded object is")??;
    let mut out = ::cim_core::Instance::new(class);
    for (name, value) in members {
        if let Some((_, property)) = class.property(&name) {
            let value = value_of(property, value)
                .ok_or_else(|| format!("{}.{name} is a {}", class.name, property.ty))?;
            out.set(&name, value);
        }
    }
    Ok(out)
}

/// The value of a property, if it is of its type.
fn value_of(
    property: &::cim_core::PropertyDescriptor,
    value: Tree,
) -> Option<::cim_core::Value> {
    use ::cim_core::{CimType, Value};

    let value = match (property.ty, value) {
        (_, Tree::Null) => return Some(Value::Null),
        (_, Tree::List(items)) => {
            let items = items.into_iter().map(|item| value_of(property, item));
            return items.collect::<Option<_>>().map(Value::Array);
        }
        (_, Tree::Map(members)) => Value::Instance(Box::new(instance_of(members).ok()?)),
        (CimType::Boolean, Tree::Boolean(value)) => Value::Boolean(value),
        (CimType::Char16, Tree::Unsigned(n)) => Value::Char16(n.try_into().ok()?),
        (CimType::Real32 | CimType::Real64, Tree::Real(n)) => Value::Real(n),
        (CimType::Real32 | CimType::Real64, Tree::Unsigned(n)) => Value::Real(n as f64),
        (CimType::Real32 | CimType::Real64, Tree::Signed(n)) => Value::Real(n as f64),
        (ty, Tree::Unsigned(n)) if ty.unsigned_max().is_some() => Value::Unsigned(n),
        (_, Tree::Unsigned(n)) => Value::Signed(n.try_into().ok()?),
        (_, Tree::Signed(n)) => Value::Signed(n),
        (CimType::String, Tree::Text(text)) => Value::from(text),
        (CimType::DateTime, Tree::Text(text)) => Value::DateTime(DateTime::from_text(text).ok()?.0),
        (CimType::Reference, Tree::Text(text)) => {
            Value::Reference(Box::new(::cim_core::ObjectPath::parse(&text).ok()?))
        }
        _ => return None,
    };
    let is_embedded = property.embedded != ::cim_core::Embedded::No;
    (is_embedded || value.fits(property.ty)).then_some(value)
}
