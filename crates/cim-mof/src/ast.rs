//! What the parser finds: declarations as written, with their places.

use cim_core::CimType;

use crate::source::Span;

/// A name with its place.
#[derive(Debug, Clone)]
pub(crate) struct Name {
    pub text: String,
    pub span: Span,
}

impl Name {
    pub(crate) fn is(&self, other: &str) -> bool {
        self.text.eq_ignore_ascii_case(other)
    }
}

/// A literal or array of literals.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Literal {
    Null,
    Boolean(bool),
    Integer(i128),
    Real(f64),
    Char(u16),
    String(String),
    Array(Vec<Self>),
    /// `$name`
    Alias(String),
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
    pub flavors: Vec<Name>,
}

#[derive(Debug)]
pub(crate) struct QualifierDeclaration {
    pub name: Name,
    pub ty: CimType,
    pub is_array: bool,
    pub default: Option<Spanned<Literal>>,
    pub scopes: Vec<Name>,
    pub flavors: Vec<Name>,
}

/// The declared type of a feature.
#[derive(Debug, Clone)]
pub(crate) enum TypeName {
    Intrinsic(CimType),
    /// `Class REF`
    Reference(Name),
    Void,
}

impl TypeName {
    pub(crate) fn cim_type(&self) -> CimType {
        match self {
            Self::Intrinsic(ty) => *ty,
            Self::Reference(_) => CimType::Reference,
            Self::Void => CimType::Boolean,
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ArrayShape {
    Scalar,
    Variable,
    Fixed(u32),
}

#[derive(Debug)]
pub(crate) struct Property {
    pub qualifiers: Vec<QualifierUse>,
    pub ty: TypeName,
    pub name: Name,
    pub array: ArrayShape,
    pub default: Option<Spanned<Literal>>,
}

#[derive(Debug)]
pub(crate) struct Method {
    pub qualifiers: Vec<QualifierUse>,
    pub returns: TypeName,
    pub name: Name,
    pub parameters: Vec<Property>,
}

#[derive(Debug)]
pub(crate) struct Class {
    pub qualifiers: Vec<QualifierUse>,
    pub name: Name,
    pub superclass: Option<Name>,
    pub properties: Vec<Property>,
    pub methods: Vec<Method>,
}

#[derive(Debug)]
pub(crate) struct InstanceDeclaration {
    pub class: Name,
    pub values: Vec<(Name, Spanned<Literal>)>,
}

#[derive(Debug)]
pub(crate) enum Declaration {
    Pragma { name: Name, value: Spanned<String> },
    Qualifier(QualifierDeclaration),
    Class(Class),
    Instance(InstanceDeclaration),
}
