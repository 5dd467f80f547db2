//! Class descriptors: what a codec, a provider or a console needs to know of a class.
//!
//! A descriptor is flat: inherited properties and methods stand in it too, with the name of the
//! class that declared them, so that nothing walks a superclass chain on a request. Generated
//! descriptors are constants; those of classes loaded at start are leaked once, because a schema
//! lives as long as the process.

use crate::qualifier::{self, Qualifier, QualifierValue};
use crate::{CimType, Value};

/// A CIM class, association or indication.
#[derive(Debug)]
pub struct ClassDescriptor {
    /// Its name in the schema's spelling.
    pub name: &'static str,
    /// The name of its direct superclass.
    pub superclass: Option<&'static str>,
    /// The names of all its superclasses, nearest first.
    pub ancestors: &'static [&'static str],
    /// What kind of class it is.
    pub flags: ClassFlags,
    /// All properties: inherited ones first, each group in the order of the MOF. The position here is
    /// the position of the value in an [`crate::Instance`].
    pub properties: &'static [PropertyDescriptor],
    /// Positions in `properties`, sorted by name in code point order: the order of WS-CIM (DSP0230).
    pub alphabetical: &'static [u16],
    /// Positions of the key properties, in order of `properties`.
    pub keys: &'static [u16],
    /// All methods: inherited ones first.
    pub methods: &'static [MethodDescriptor],
    /// All qualifiers that apply to the class itself.
    pub qualifiers: &'static [Qualifier],
}

/// What kind of class it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct ClassFlags {
    /// `Abstract`: has no instances of its own.
    pub is_abstract: bool,
    /// `Association`.
    pub is_association: bool,
    /// `Indication`.
    pub is_indication: bool,
    /// `Structure`: occurs only embedded in other instances.
    pub is_structure: bool,
}

/// A property or reference of a class.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PropertyDescriptor {
    /// Its name in the schema's spelling.
    pub name: &'static str,
    /// Its type, or that of its elements.
    pub ty: CimType,
    /// Whether it is an array.
    pub is_array: bool,
    /// The length of a fixed-size array.
    pub array_size: Option<u32>,
    /// What it refers to: the class of a REF, or of a string with the `Reference` qualifier. A string
    /// property may have `EmbeddedInstance` beside it: then its value is given by reference
    /// ([`Value::String`], the InstanceID) or by value ([`Value::Instance`]; one that has its
    /// InstanceID set means the referenced instance with these properties replaced).
    pub reference_class: Option<&'static str>,
    /// What a string property embeds, if anything.
    pub embedded: Embedded,
    /// Its qualifiers in brief.
    pub flags: PropertyFlags,
    /// `ValueMap` and `Values`.
    pub value_map: Option<ValueMap>,
    /// `MaxLen` of a string, in characters.
    pub max_len: Option<u64>,
    /// `MinValue` of an integer.
    pub min_value: Option<i64>,
    /// `MaxValue` of an integer.
    pub max_value: Option<i64>,
    /// The default value of the MOF, for new instances; NULL where there is none.
    pub default: QualifierValue,
    /// The class that declared it.
    pub class_origin: &'static str,
    /// All qualifiers that apply to it.
    pub qualifiers: &'static [Qualifier],
}

/// The qualifiers of a property that are asked for on every request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct PropertyFlags {
    /// `Key`.
    pub key: bool,
    /// `Required`: never NULL.
    pub required: bool,
    /// `Read` (true by default).
    pub read: bool,
    /// `Write`.
    pub write: bool,
    /// `OctetString`.
    pub octet_string: bool,
}

impl PropertyFlags {
    /// What they are where the MOF says nothing: `Read` is true, all others are false (DSP0004 5.6.3).
    pub const DEFAULT: Self = Self {
        key: false,
        required: false,
        read: true,
        write: false,
        octet_string: false,
    };
}

/// What a string property embeds (DSP0004 5.6.3.13, 5.6.3.14).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Embedded {
    /// Nothing: it is a plain string.
    No,
    /// `EmbeddedInstance("class")`: an instance of that class or a subclass.
    Instance(&'static str),
    /// `EmbeddedObject`: an instance or class of any kind.
    Object,
}

/// `ValueMap` with its `Values`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ValueMap {
    /// The values in their order; `..` alone stands for any other value.
    pub values: &'static [&'static str],
    /// The readable name of each; empty where the MOF has none.
    pub names: &'static [&'static str],
}

impl ValueMap {
    /// Whether values beyond the listed ones are legal (a `..` entry).
    pub fn is_open(&self) -> bool {
        self.values.contains(&"..")
    }
}

/// An extrinsic method.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct MethodDescriptor {
    /// Its name in the schema's spelling.
    pub name: &'static str,
    /// Its return type; `None` for void.
    pub returns: Option<CimType>,
    /// `ValueMap` of the return value.
    pub value_map: Option<ValueMap>,
    /// Its parameters in the order of the MOF.
    pub parameters: &'static [ParameterDescriptor],
    /// `Static`: invoked on the class.
    pub is_static: bool,
    /// The class that declared it.
    pub class_origin: &'static str,
    /// All qualifiers that apply to it.
    pub qualifiers: &'static [Qualifier],
}

/// A parameter of a method.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ParameterDescriptor {
    /// The parameter seen as a property: name, type, embedding, value map, qualifiers. Codecs read and
    /// write both alike.
    pub value: PropertyDescriptor,
    /// `In` (true by default).
    pub input: bool,
    /// `Out`.
    pub output: bool,
}

/// The features of a class, for generated tables: those of its superclass, of which some are replaced
/// where they stand, and then its own. A table that names each of them again would keep the compiler busy
/// with thousands of inherited ones.
///
/// # Panics
/// The numbers do not match; in a constant that is an error of the compiler.
pub const fn inherit<T: Copy, const N: usize>(
    above: &[T],
    replaced: &[(usize, T)],
    own: &[T],
) -> [T; N] {
    assert!(
        N > 0 && above.len() + own.len() == N,
        "the features of a class are those above it and its own"
    );
    let mut all = [if above.is_empty() { own[0] } else { above[0] }; N];
    let (first, last) = all.split_at_mut(above.len());
    first.copy_from_slice(above);
    last.copy_from_slice(own);
    let mut at = 0;
    while at < replaced.len() {
        first[replaced[at].0] = replaced[at].1;
        at += 1;
    }
    all
}

/// Positions of features, for generated tables: decimal numbers with a space between them. Tens of
/// thousands of literals would take a compiler longer than this.
///
/// # Panics
/// There are more or fewer than N; in a constant that is an error of the compiler.
pub const fn positions<const N: usize>(text: &str) -> [u16; N] {
    let mut all = [0; N];
    let bytes = text.as_bytes();
    let (mut at, mut count) = (0, 0);
    while at < bytes.len() {
        if bytes[at] == b' ' {
            count += 1;
        } else {
            all[count] = all[count] * 10 + (bytes[at] - b'0') as u16;
        }
        at += 1;
    }
    assert!(count + 1 == N, "a position for each feature");
    all
}

impl ClassDescriptor {
    /// The property of that name, in any case, with its position.
    pub fn property(&self, name: &str) -> Option<(usize, &'static PropertyDescriptor)> {
        self.properties
            .iter()
            .position(|p| p.name == name)
            .or_else(|| {
                self.properties
                    .iter()
                    .position(|p| p.name.eq_ignore_ascii_case(name))
            })
            .map(|at| (at, &self.properties[at]))
    }

    /// The property that the model maps from an attribute of that name, in any case: the last part of
    /// an `ATTR` entry of its `MappingStrings` (DSP0004 5.6.3.31). `name` is ElementName of a CIMI class.
    pub fn mapped_property(&self, name: &str) -> Option<(usize, &'static PropertyDescriptor)> {
        let is_mapped = |property: &PropertyDescriptor| {
            let entries = property.qualifier("MappingStrings")?.value.strings();
            let attribute = entries.iter().find(|entry| entry.starts_with("ATTR."))?;
            let (_, last) = attribute.rsplit_once('.')?;
            Some(last.eq_ignore_ascii_case(name))
        };
        let at = self
            .properties
            .iter()
            .position(|p| is_mapped(p) == Some(true))?;
        Some((at, &self.properties[at]))
    }

    /// The method of that name, in any case.
    pub fn method(&self, name: &str) -> Option<&'static MethodDescriptor> {
        self.methods
            .iter()
            .find(|m| m.name.eq_ignore_ascii_case(name))
    }

    /// The qualifier of that name, in any case.
    pub fn qualifier(&self, name: &str) -> Option<&'static Qualifier> {
        qualifier::find(self.qualifiers, name)
    }

    /// Whether it is the named class or derives from it; case-insensitive.
    pub fn is_a(&self, class: &str) -> bool {
        self.name.eq_ignore_ascii_case(class)
            || self.ancestors.iter().any(|a| a.eq_ignore_ascii_case(class))
    }

    /// The key properties.
    pub fn key_properties(&self) -> impl Iterator<Item = &'static PropertyDescriptor> + use<> {
        let properties = self.properties;
        self.keys
            .iter()
            .filter_map(move |at| properties.get(usize::from(*at)))
    }

    /// The reference properties of an association.
    pub fn references(&self) -> impl Iterator<Item = &'static PropertyDescriptor> + use<> {
        self.properties
            .iter()
            .filter(|p| p.ty == CimType::Reference)
    }
}

impl PropertyDescriptor {
    /// What most properties are: a generated table names what is different.
    pub const DEFAULT: Self = Self {
        name: "",
        ty: CimType::String,
        is_array: false,
        array_size: None,
        reference_class: None,
        embedded: Embedded::No,
        flags: PropertyFlags::DEFAULT,
        value_map: None,
        max_len: None,
        min_value: None,
        max_value: None,
        default: QualifierValue::Null,
        class_origin: "",
        qualifiers: &[],
    };

    /// The qualifier of that name, in any case.
    pub fn qualifier(&self, name: &str) -> Option<&'static Qualifier> {
        qualifier::find(self.qualifiers, name)
    }

    /// The value that it has where none is given (DSP0004 5.1.2.6): its default, or NULL, which is `None` here.
    pub fn default_value(&self) -> Option<Value> {
        let text = |text: &str| match self.ty {
            CimType::DateTime => crate::DateTime::parse_cim(text).ok().map(Value::DateTime),
            CimType::String => Some(Value::from(text)),
            _ => None,
        };
        Some(match self.default {
            QualifierValue::Null => return None,
            QualifierValue::Boolean(b) => Value::Boolean(b),
            QualifierValue::Unsigned(n) => Value::Unsigned(n),
            QualifierValue::Signed(n) => match self.ty.unsigned_max() {
                Some(_) => Value::Unsigned(u64::try_from(n).ok()?),
                None => Value::Signed(n),
            },
            QualifierValue::Real(n) => Value::Real(n),
            QualifierValue::String(s) => text(s)?,
            QualifierValue::Strings(all) => {
                Value::Array(all.iter().map(|s| text(s)).collect::<Option<_>>()?)
            }
            QualifierValue::Integers(all) => Value::Array(
                all.iter()
                    .map(|n| match self.ty.unsigned_max() {
                        Some(_) => u64::try_from(*n).ok().map(Value::Unsigned),
                        None => Some(Value::Signed(*n)),
                    })
                    .collect::<Option<_>>()?,
            ),
            QualifierValue::Booleans(all) => {
                Value::Array(all.iter().map(|b| Value::Boolean(*b)).collect())
            }
        })
    }

    /// Whether `value` may stand here: shape, type and range; NULL always may.
    pub fn accepts(&self, value: &Value) -> bool {
        match value {
            Value::Null => true,
            Value::Array(items) => self.is_array && items.iter().all(|item| self.accepts_one(item)),
            _ => !self.is_array && self.accepts_one(value),
        }
    }

    fn accepts_one(&self, value: &Value) -> bool {
        match (self.embedded, value) {
            (_, Value::Array(_)) => false,
            (Embedded::No, Value::Instance(_)) => false,
            // By reference or by value: both qualifiers stand on the property.
            (Embedded::Instance(_), Value::String(_)) => self.reference_class.is_some(),
            (Embedded::Instance(class), Value::Instance(instance)) => instance.class().is_a(class),
            (Embedded::Instance(_), value) => value.is_null(),
            _ => value.fits(self.ty),
        }
    }
}

impl MethodDescriptor {
    /// The qualifier of that name, in any case.
    pub fn qualifier(&self, name: &str) -> Option<&'static Qualifier> {
        qualifier::find(self.qualifiers, name)
    }

    /// The parameter of that name, in any case.
    pub fn parameter(&self, name: &str) -> Option<&'static ParameterDescriptor> {
        self.parameters
            .iter()
            .find(|p| p.value.name.eq_ignore_ascii_case(name))
    }
}
