//! The one error that a provider can answer with.
//!
//! It is a closed set of situations. Each binding has one table that turns a situation into its own
//! face: HTTP status and Job body for CIMI REST, fault code, subcode and detail for WS-Management.
//! Nothing below a binding knows those faces. An error carries two messages: what the client may
//! read, and what only the log may.

use std::fmt;

/// What went wrong, seen by a CIM client (DSP0223 status codes) and by a CIMI client (DSP0263).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ErrorKind {
    /// Anything else that failed: a bug or a broken back end. CIM_ERR_FAILED.
    Failed,
    /// The principal may not do this. CIM_ERR_ACCESS_DENIED.
    AccessDenied,
    /// No such CIM namespace. CIM_ERR_INVALID_NAMESPACE.
    InvalidNamespace,
    /// A parameter or property value is wrong; `subject` names it. CIM_ERR_INVALID_PARAMETER.
    InvalidParameter,
    /// A property that must be given is missing; `subject` names it.
    MissingValue,
    /// The value has the wrong type; `subject` names the property. CIM_ERR_TYPE_MISMATCH.
    TypeMismatch,
    /// No such class. CIM_ERR_INVALID_CLASS.
    InvalidClass,
    /// No such instance. CIM_ERR_NOT_FOUND.
    NotFound,
    /// The operation does not exist for this class. CIM_ERR_NOT_SUPPORTED.
    NotSupported,
    /// The instance exists already, or its name clashes. CIM_ERR_ALREADY_EXISTS.
    AlreadyExists,
    /// The class has no such property; `subject` names it. CIM_ERR_NO_SUCH_PROPERTY.
    NoSuchProperty,
    /// The property may not be written; `subject` names it.
    ReadOnly,
    /// The query language is not known. CIM_ERR_QUERY_LANGUAGE_NOT_SUPPORTED.
    QueryLanguageNotSupported,
    /// The query is wrong. CIM_ERR_INVALID_QUERY.
    InvalidQuery,
    /// The class has no such method. CIM_ERR_METHOD_NOT_FOUND.
    MethodNotFound,
    /// The state of the resource does not allow the operation now. CIM_ERR_METHOD_NOT_AVAILABLE.
    WrongState,
    /// Something else still uses the resource.
    InUse,
    /// The etag does not match: somebody else wrote first.
    PreconditionFailed,
    /// A quota or a configured bound is reached.
    QuotaExceeded,
    /// The answer or the request is larger than may be.
    TooLarge,
    /// The time that the client allowed is over.
    TimedOut,
    /// The cursor, bookmark or context is not valid (any more).
    InvalidCursor,
    /// Temporarily unable; `retry_after` may say when to try again.
    Unavailable,
    /// A back end could not be reached or answered nonsense.
    BackEnd,
    /// A write was sent to a back end and no answer came: it may or may not have happened.
    OutcomeUnknown,
}

impl ErrorKind {
    /// All situations.
    pub const ALL: [Self; 25] = [
        Self::Failed,
        Self::AccessDenied,
        Self::InvalidNamespace,
        Self::InvalidParameter,
        Self::MissingValue,
        Self::TypeMismatch,
        Self::InvalidClass,
        Self::NotFound,
        Self::NotSupported,
        Self::AlreadyExists,
        Self::NoSuchProperty,
        Self::ReadOnly,
        Self::QueryLanguageNotSupported,
        Self::InvalidQuery,
        Self::MethodNotFound,
        Self::WrongState,
        Self::InUse,
        Self::PreconditionFailed,
        Self::QuotaExceeded,
        Self::TooLarge,
        Self::TimedOut,
        Self::InvalidCursor,
        Self::Unavailable,
        Self::BackEnd,
        Self::OutcomeUnknown,
    ];

    /// Its name, by which one end of a wire tells the other what exactly went wrong: `NotFound`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Failed => "Failed",
            Self::AccessDenied => "AccessDenied",
            Self::InvalidNamespace => "InvalidNamespace",
            Self::InvalidParameter => "InvalidParameter",
            Self::MissingValue => "MissingValue",
            Self::TypeMismatch => "TypeMismatch",
            Self::InvalidClass => "InvalidClass",
            Self::NotFound => "NotFound",
            Self::NotSupported => "NotSupported",
            Self::AlreadyExists => "AlreadyExists",
            Self::NoSuchProperty => "NoSuchProperty",
            Self::ReadOnly => "ReadOnly",
            Self::QueryLanguageNotSupported => "QueryLanguageNotSupported",
            Self::InvalidQuery => "InvalidQuery",
            Self::MethodNotFound => "MethodNotFound",
            Self::WrongState => "WrongState",
            Self::InUse => "InUse",
            Self::PreconditionFailed => "PreconditionFailed",
            Self::QuotaExceeded => "QuotaExceeded",
            Self::TooLarge => "TooLarge",
            Self::TimedOut => "TimedOut",
            Self::InvalidCursor => "InvalidCursor",
            Self::Unavailable => "Unavailable",
            Self::BackEnd => "BackEnd",
            Self::OutcomeUnknown => "OutcomeUnknown",
        }
    }

    /// The situation of that name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }
}

/// An error of a provider.
#[derive(Debug, Clone)]
pub struct CimError(Box<Details>);

#[derive(Debug, Clone)]
struct Details {
    kind: ErrorKind,
    message: String,
    subject: Option<String>,
    internal: Option<String>,
    retry_after_seconds: Option<u32>,
}

impl CimError {
    /// An error whose message the client reads: say what was wrong, where, and what would be right.
    pub fn new(kind: ErrorKind, message: impl Into<String>) -> Self {
        Self(Box::new(Details {
            kind,
            message: message.into(),
            subject: None,
            internal: None,
            retry_after_seconds: None,
        }))
    }

    /// A failure whose cause only the log may know; the client reads a neutral sentence.
    pub fn internal(cause: impl fmt::Display) -> Self {
        Self::new(
            ErrorKind::Failed,
            "The service could not complete the operation.",
        )
        .with_internal(cause)
    }

    /// No instance at this path.
    pub fn not_found(what: impl fmt::Display) -> Self {
        Self::new(ErrorKind::NotFound, format!("There is no {what}."))
    }

    /// Names the property, parameter or selector in question.
    #[must_use]
    pub fn with_subject(mut self, subject: impl Into<String>) -> Self {
        self.0.subject = Some(subject.into());
        self
    }

    /// Adds what only the log may know.
    #[must_use]
    pub fn with_internal(mut self, cause: impl fmt::Display) -> Self {
        self.0.internal = Some(cause.to_string());
        self
    }

    /// Says after how many seconds another try makes sense.
    #[must_use]
    pub fn with_retry_after(mut self, seconds: u32) -> Self {
        self.0.retry_after_seconds = Some(seconds);
        self
    }

    /// The situation.
    pub fn kind(&self) -> ErrorKind {
        self.0.kind
    }

    /// The message for the client.
    pub fn message(&self) -> &str {
        &self.0.message
    }

    /// The property, parameter or selector in question.
    pub fn subject(&self) -> Option<&str> {
        self.0.subject.as_deref()
    }

    /// The message for the log.
    pub fn internal_message(&self) -> Option<&str> {
        self.0.internal.as_deref()
    }

    /// After how many seconds another try makes sense.
    pub fn retry_after_seconds(&self) -> Option<u32> {
        self.0.retry_after_seconds
    }
}

impl fmt::Display for CimError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.message)
    }
}

impl std::error::Error for CimError {}
