//! The intrinsic types of CIM.

/// An intrinsic CIM data type (DSP0004 5.2).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum CimType {
    /// `boolean`
    Boolean,
    /// `uint8`
    Uint8,
    /// `uint16`
    Uint16,
    /// `uint32`
    Uint32,
    /// `uint64`
    Uint64,
    /// `sint8`
    Sint8,
    /// `sint16`
    Sint16,
    /// `sint32`
    Sint32,
    /// `sint64`
    Sint64,
    /// `real32`
    Real32,
    /// `real64`
    Real64,
    /// `char16`: one UCS-2 character
    Char16,
    /// `string`
    String,
    /// `datetime`: timestamp or interval
    DateTime,
    /// `<class> REF`
    Reference,
}

impl CimType {
    /// The MOF keyword of the type; `ref` for references.
    pub const fn mof_name(self) -> &'static str {
        match self {
            Self::Boolean => "boolean",
            Self::Uint8 => "uint8",
            Self::Uint16 => "uint16",
            Self::Uint32 => "uint32",
            Self::Uint64 => "uint64",
            Self::Sint8 => "sint8",
            Self::Sint16 => "sint16",
            Self::Sint32 => "sint32",
            Self::Sint64 => "sint64",
            Self::Real32 => "real32",
            Self::Real64 => "real64",
            Self::Char16 => "char16",
            Self::String => "string",
            Self::DateTime => "datetime",
            Self::Reference => "ref",
        }
    }

    /// The type that a MOF keyword names, in any case; `None` if it is no intrinsic type.
    pub fn from_mof_name(name: &str) -> Option<Self> {
        Self::INTRINSIC
            .into_iter()
            .find(|ty| ty.mof_name().eq_ignore_ascii_case(name))
    }

    /// The MOF keyword that is most like `name`, for "did you mean" messages.
    pub fn nearest_mof_name(name: &str) -> Option<&'static str> {
        crate::nearest(name, Self::INTRINSIC.into_iter().map(Self::mof_name))
    }

    /// All types with a keyword of their own; signed ones first, because `int32` means `sint32`.
    const INTRINSIC: [Self; 14] = [
        Self::Boolean,
        Self::Sint8,
        Self::Sint16,
        Self::Sint32,
        Self::Sint64,
        Self::Uint8,
        Self::Uint16,
        Self::Uint32,
        Self::Uint64,
        Self::Real32,
        Self::Real64,
        Self::Char16,
        Self::String,
        Self::DateTime,
    ];

    /// The largest value of an unsigned integer type; `None` for any other type.
    pub const fn unsigned_max(self) -> Option<u64> {
        match self {
            Self::Uint8 => Some(u8::MAX as u64),
            Self::Uint16 => Some(u16::MAX as u64),
            Self::Uint32 => Some(u32::MAX as u64),
            Self::Uint64 => Some(u64::MAX),
            _ => None,
        }
    }

    /// The range of a signed integer type; `None` for any other type.
    pub const fn signed_range(self) -> Option<(i64, i64)> {
        match self {
            Self::Sint8 => Some((i8::MIN as i64, i8::MAX as i64)),
            Self::Sint16 => Some((i16::MIN as i64, i16::MAX as i64)),
            Self::Sint32 => Some((i32::MIN as i64, i32::MAX as i64)),
            Self::Sint64 => Some((i64::MIN, i64::MAX)),
            _ => None,
        }
    }

    /// Whether the type is one of the eight integer types.
    pub const fn is_integer(self) -> bool {
        self.unsigned_max().is_some() || self.signed_range().is_some()
    }
}

impl std::fmt::Display for CimType {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.mof_name())
    }
}
