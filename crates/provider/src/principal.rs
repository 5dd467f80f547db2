//! Who asks. No path to a provider exists without a principal.

use std::fmt;
use std::sync::Arc;

/// An authenticated caller.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Principal {
    /// The user name.
    pub name: String,
    /// What the caller may do.
    pub role: Role,
    /// The tenant whose resources the caller sees; `None` sees those of every tenant.
    pub tenant: Option<String>,
    /// The password that the caller sent, where one of the back ends wants to be shown it.
    pub password: Option<Password>,
}

/// A password that is passed on to a back end. It shows itself to nobody who does not say so.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Password(Arc<str>);

impl Password {
    /// A password.
    pub fn new(password: impl Into<Arc<str>>) -> Self {
        Self(password.into())
    }

    /// The password itself: for a login, and nothing else.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Password {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Password(..)")
    }
}

/// What a principal may do; each role includes the ones before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    /// May read.
    Reader,
    /// May also create, modify, delete and invoke.
    Operator,
    /// May also do what concerns the service itself.
    Administrator,
}

impl Role {
    /// The name in users files and on the command line: `reader`, `operator`, `admin`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Reader => "reader",
            Self::Operator => "operator",
            Self::Administrator => "admin",
        }
    }
}

impl std::str::FromStr for Role {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        [Self::Reader, Self::Operator, Self::Administrator]
            .into_iter()
            .find(|role| role.name() == text)
            .ok_or_else(|| format!("`{text}` is no role: use reader, operator or admin"))
    }
}
