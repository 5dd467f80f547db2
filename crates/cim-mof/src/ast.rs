//! What the parser finds: declarations as written, with their places.
//!
//! One tree for the three languages that look like MOF: DSP0004 (2.x), DSP0221 (3.0) and Microsoft's.

use std::sync::Arc;

use cim_core::CimType;

pub(crate) use crate::name::Name;
use crate::name::{self, Key};
use crate::number::Integer;
use crate::source::Span;
use crate::text::Text;

/// A literal or array of literals.
#[derive(Debug, Clone)]
pub(crate) enum Literal {
    Null,
    Boolean(bool),
    Integer(Integer),
    Real(f64),
    Char(u16),
    String(Text),
    Array(Box<[Spanned<Self>]>),
    /// `$name`
    Alias(Box<Name>),
    /// `instance of X { ... }` as a value (Microsoft), `value of X { ... }` (DSP0221)
    Instance(Box<Instance>),
    /// `Enumeration.Literal` or `Literal` (DSP0221)
    Enumerator(Box<(Option<Name>, Name)>),
}

/// Two literals are equal if they mean the same, wherever they stand.
impl PartialEq for Literal {
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Null, Self::Null) => true,
            (Self::Boolean(a), Self::Boolean(b)) => a == b,
            (Self::Integer(a), Self::Integer(b)) => a == b,
            (Self::Real(a), Self::Real(b)) => a.to_bits() == b.to_bits(),
            (Self::Char(a), Self::Char(b)) => a == b,
            (Self::String(a), Self::String(b)) => a == b,
            (Self::Array(a), Self::Array(b)) => {
                a.len() == b.len() && a.iter().zip(b).all(|(a, b)| a.value == b.value)
            }
            (Self::Alias(a), Self::Alias(b)) => a.key == b.key,
            (Self::Enumerator(a), Self::Enumerator(b)) => a.1.key == b.1.key,
            (Self::Instance(a), Self::Instance(b)) => {
                a.class.key == b.class.key
                    && a.values.len() == b.values.len()
                    && a.values.iter().zip(&b.values).all(|(a, b)| {
                        a.name.key == b.name.key
                            && a.value.as_ref().map(|v| &v.value)
                                == b.value.as_ref().map(|v| &v.value)
                    })
            }
            _ => false,
        }
    }
}

impl Literal {
    /// The text of a string.
    pub(crate) fn text(&self) -> Option<std::borrow::Cow<'_, str>> {
        match self {
            Self::String(text) => Some(text.value()),
            _ => None,
        }
    }

    /// The value of an integer.
    pub(crate) fn integer(&self) -> Option<i128> {
        match self {
            Self::Integer(n) => Some(n.value()),
            _ => None,
        }
    }

    /// The elements of an array; a scalar counts as an array of one.
    pub(crate) fn strings(&self) -> Vec<&Text> {
        match self {
            Self::String(text) => vec![text],
            Self::Array(items) => items
                .iter()
                .filter_map(|item| match &item.value {
                    Self::String(text) => Some(text),
                    _ => None,
                })
                .collect(),
            _ => Vec::new(),
        }
    }
}

#[derive(Debug, Clone)]
pub(crate) struct Spanned<T> {
    pub value: T,
    pub span: Span,
}

#[derive(Debug, Clone)]
pub(crate) struct QualifierUse {
    pub name: Name,
    pub value: Option<Spanned<Literal>>,
    pub flavors: Box<[Name]>,
}

/// The qualifiers of an element.
pub(crate) trait Qualifiers {
    /// The one with that key.
    fn find(&self, key: Key) -> Option<&QualifierUse>;

    /// The one with that key, if it is TRUE.
    fn truth(&self, key: Key) -> Option<&QualifierUse> {
        self.find(key).filter(|used| used.is_true())
    }

    /// The text of the one with that key.
    fn string(&self, key: Key) -> Option<&Text> {
        match &self.find(key)?.value.as_ref()?.value {
            Literal::String(text) => Some(text),
            _ => None,
        }
    }
}

impl Qualifiers for [QualifierUse] {
    fn find(&self, key: Key) -> Option<&QualifierUse> {
        self.iter().find(|used| used.name.key == key)
    }
}

impl QualifierUse {
    pub(crate) fn is_true(&self) -> bool {
        match &self.value {
            None => true,
            Some(value) => matches!(value.value, Literal::Boolean(true)),
        }
    }
}

#[derive(Debug)]
pub(crate) struct QualifierDeclaration {
    pub name: Name,
    pub ty: CimType,
    /// The enumeration that is its type (DSP0221); `ty` is string then.
    pub enumeration: Option<Name>,
    pub is_array: bool,
    pub default: Option<Spanned<Literal>>,
    pub scopes: Vec<Name>,
    pub flavors: Vec<Name>,
    /// Made up for a qualifier that is used without a declaration (Microsoft).
    pub is_implied: bool,
    /// It could not be read: nothing is known of its type.
    pub is_broken: bool,
}

impl QualifierDeclaration {
    pub(crate) fn has_flavor(&self, flavor: Key) -> bool {
        self.flavors.iter().any(|f| f.key == flavor)
    }
}

/// The declared type of a feature.
#[derive(Debug, Clone)]
pub(crate) enum TypeName {
    Intrinsic(CimType),
    /// `Class REF`
    Reference(Name),
    /// `void` (Microsoft, DSP0221)
    Void,
    /// A class, structure or enumeration as a type (Microsoft, DSP0221)
    Named(Name),
    /// `object` (Microsoft)
    Object,
    /// `octetstring` (DSP0221)
    Octets,
    /// What the parser could not understand and has reported.
    Unknown,
}

impl TypeName {
    /// The CIM type that its values have.
    pub(crate) fn cim_type(&self) -> CimType {
        match self {
            Self::Intrinsic(ty) => *ty,
            Self::Reference(_) => CimType::Reference,
            Self::Void => CimType::Boolean,
            Self::Named(_) | Self::Object | Self::Unknown => CimType::String,
            Self::Octets => CimType::Uint8,
        }
    }

    pub(crate) fn is_reference(&self) -> bool {
        matches!(self, Self::Reference(_))
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ArrayShape {
    Scalar,
    Variable,
    Fixed(u32),
}

impl ArrayShape {
    pub(crate) fn is_array(self) -> bool {
        self != Self::Scalar
    }
}

#[derive(Debug)]
pub(crate) struct Property {
    pub qualifiers: Vec<QualifierUse>,
    pub ty: TypeName,
    pub name: Name,
    pub array: ArrayShape,
    pub default: Option<Spanned<Literal>>,
    /// It may have more qualifiers: one could not be read.
    pub is_partial: bool,
}

#[derive(Debug)]
pub(crate) struct Method {
    pub qualifiers: Vec<QualifierUse>,
    pub returns: TypeName,
    /// An array of the type (DSP0221).
    pub returns_array: bool,
    pub name: Name,
    pub parameters: Vec<Property>,
    /// It may have more qualifiers: one could not be read.
    pub is_partial: bool,
}

/// How a class is declared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Keyword {
    Class,
    /// `association` (DSP0221)
    Association,
    /// `structure` (DSP0221)
    Structure,
}

/// The namespace that `#pragma namespace` names; 0 is the one without a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub(crate) struct Namespace(pub u32);

#[derive(Debug)]
pub(crate) struct Class {
    pub keyword: Keyword,
    pub namespace: Namespace,
    pub qualifiers: Vec<QualifierUse>,
    pub name: Name,
    pub alias: Option<Name>,
    pub superclass: Option<Name>,
    pub properties: Vec<Property>,
    pub methods: Vec<Method>,
    /// The declaration, from its first qualifier to its semicolon.
    pub span: Span,
    /// Features of it could not be read: what seems to be missing may be there.
    pub is_broken: bool,
    /// It or a feature of it may have more qualifiers: one could not be read.
    pub is_partial: bool,
}

/// `enumeration` (DSP0221)
#[derive(Debug)]
pub(crate) struct Enumeration {
    pub qualifiers: Vec<QualifierUse>,
    pub name: Name,
    /// `integer`, `string`, or the enumeration that this one extends.
    pub base: Name,
    pub literals: Vec<Enumerator>,
    pub namespace: Namespace,
    /// Literals of it could not be read.
    pub is_broken: bool,
}

#[derive(Debug)]
pub(crate) struct Enumerator {
    pub qualifiers: Vec<QualifierUse>,
    pub name: Name,
    pub value: Option<Spanned<Literal>>,
}

#[derive(Debug, Clone)]
pub(crate) struct ValueInitializer {
    pub qualifiers: Vec<QualifierUse>,
    pub name: Name,
    /// None in `Name;` (Microsoft).
    pub value: Option<Spanned<Literal>>,
}

/// `instance of X`, or `value of X` (DSP0221)
#[derive(Debug, Clone)]
pub(crate) struct Instance {
    pub is_value: bool,
    pub namespace: Namespace,
    pub qualifiers: Vec<QualifierUse>,
    pub class: Name,
    pub alias: Option<Name>,
    pub values: Vec<ValueInitializer>,
    /// Some of its values could not be read.
    pub is_broken: bool,
}

#[derive(Debug)]
pub(crate) struct Pragma {
    pub name: Name,
    pub arguments: Vec<Spanned<Literal>>,
}

#[derive(Debug)]
pub(crate) enum Declaration {
    Pragma(Pragma),
    Qualifier(QualifierDeclaration),
    Class(Class),
    Enumeration(Enumeration),
    Instance(Instance),
}

/// The intrinsic type of a keyword.
pub(crate) fn intrinsic(key: Key) -> Option<CimType> {
    Some(match key {
        name::BOOLEAN => CimType::Boolean,
        name::STRING => CimType::String,
        name::UINT8 => CimType::Uint8,
        name::UINT16 => CimType::Uint16,
        name::UINT32 => CimType::Uint32,
        name::UINT64 => CimType::Uint64,
        name::SINT8 => CimType::Sint8,
        name::SINT16 => CimType::Sint16,
        name::SINT32 => CimType::Sint32,
        name::SINT64 => CimType::Sint64,
        name::REAL32 => CimType::Real32,
        name::REAL64 => CimType::Real64,
        name::CHAR16 => CimType::Char16,
        name::DATETIME => CimType::DateTime,
        _ => return None,
    })
}

/// A source that is being parsed.
#[derive(Debug, Clone)]
pub(crate) struct Source {
    pub file: u32,
    pub text: Arc<String>,
}
