//! What is to be generated.

use std::fmt;
use std::str::FromStr;

use cim_core::ClassDescriptor;

/// Some of the classes of a schema.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Selection {
    /// None of them.
    #[default]
    None,
    /// All of them.
    All,
    /// Those with these names, in any case.
    Named(Vec<String>),
}

impl Selection {
    /// The classes of these names.
    pub fn named<S: Into<String>>(names: impl IntoIterator<Item = S>) -> Self {
        Self::Named(names.into_iter().map(Into::into).collect())
    }

    /// Whether a class is among them.
    pub fn contains(&self, class: &ClassDescriptor) -> bool {
        match self {
            Self::None => false,
            Self::All => true,
            Self::Named(names) => names.iter().any(|n| n.eq_ignore_ascii_case(class.name)),
        }
    }
}

/// What a typed struct implements beyond its fields.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Derive {
    /// `serde`: `Serialize` and `Deserialize`, in JSON an object with the names of the MOF.
    Serde,
    /// `yaserde`: `YaSerialize` and `YaDeserialize`, the XML of WS-CIM (DSP0230).
    Yaserde,
    /// `instance`: `From` into [`cim_core::Instance`] and `TryFrom` out of it.
    Instance,
    /// Any other derive macro, by its path: `Debug`, `Clone`, `schemars::JsonSchema`.
    Macro(String),
}

impl Derive {
    /// The derives of a list such as `Debug, Clone, serde`.
    ///
    /// # Errors
    /// A word is no path of Rust.
    pub fn list(text: &str) -> Result<Vec<Self>, OptionError> {
        text.split(',')
            .map(str::trim)
            .filter(|word| !word.is_empty())
            .map(str::parse)
            .collect()
    }
}

impl FromStr for Derive {
    type Err = OptionError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let is_path = !text.is_empty()
            && text.trim_start_matches("::").split("::").all(|part| {
                part.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
                    && part.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
            });
        match text {
            "serde" => Ok(Self::Serde),
            "yaserde" => Ok(Self::Yaserde),
            "instance" => Ok(Self::Instance),
            path if is_path => Ok(Self::Macro(path.to_owned())),
            other => Err(OptionError(format!(
                "`{other}` is no derive: write serde, yaserde, instance, or the path of a derive macro \
                 such as Debug"
            ))),
        }
    }
}

/// An option that cannot be followed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OptionError(pub(crate) String);

impl fmt::Display for OptionError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for OptionError {}

/// Typed structs of some classes.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Structs {
    /// The classes.
    pub classes: Selection,
    /// What their structs implement.
    pub derives: Vec<Derive>,
}

/// What is to be generated in Rust, beside the descriptor tables of all classes.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Options {
    /// Typed structs. A class that several entries choose has the derives of all of them.
    pub structs: Vec<Structs>,
    /// Typed structs in the spelling of CIMI REST, of the classes that have one (`types/`). Their crate
    /// has a module `value` with the field types, as `cimi-model` has it.
    pub rest: bool,
}
