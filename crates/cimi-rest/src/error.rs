//! Errors of the protocol: one table from a situation to a status, and the error body, which is a Job
//! (DSP0263 4.2.2; spec/cimi-rest 7).

use cim_core::{CimError, DateTime, ErrorKind, Instance, Value};
use percent_encoding::{NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};

use crate::model::ClassModel;
use crate::{Links, RestModel};

/// Return codes below belong to the specification, which defines none.
const FIRST_RETURN_CODE: i64 = 10_000;

/// As much of a message goes into a header, in bytes before they are escaped.
const MOST_TOLD: usize = 1024;

/// The state of a job that did not do what it should.
const FAILED: &str = "FAILED";

/// An error as a client gets it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RestError {
    /// The HTTP status.
    pub status: u16,
    /// What was wrong and what would be right.
    pub message: String,
    /// After how many seconds another try makes sense.
    pub retry_after: Option<u32>,
}

impl RestError {
    /// An error with that status.
    pub fn new(status: u16, message: impl Into<String>) -> Self {
        Self {
            status,
            message: message.into(),
            retry_after: None,
        }
    }

    /// A mistake in the request.
    pub fn bad_request(message: impl Into<String>) -> Self {
        Self::new(400, message)
    }
}

/// The status of each situation.
pub const fn status(kind: ErrorKind) -> u16 {
    match kind {
        ErrorKind::InvalidParameter
        | ErrorKind::MissingValue
        | ErrorKind::TypeMismatch
        | ErrorKind::InvalidClass
        | ErrorKind::NoSuchProperty
        | ErrorKind::ReadOnly
        | ErrorKind::QueryLanguageNotSupported
        | ErrorKind::InvalidQuery
        | ErrorKind::MethodNotFound
        | ErrorKind::InvalidCursor => 400,
        ErrorKind::AccessDenied | ErrorKind::QuotaExceeded => 403,
        ErrorKind::NotFound | ErrorKind::InvalidNamespace => 404,
        ErrorKind::NotSupported => 405,
        ErrorKind::AlreadyExists | ErrorKind::WrongState | ErrorKind::InUse => 409,
        ErrorKind::PreconditionFailed => 412,
        ErrorKind::TooLarge => 413,
        ErrorKind::Failed => 500,
        ErrorKind::BackEnd => 502,
        ErrorKind::Unavailable | ErrorKind::TimedOut => 503,
        ErrorKind::OutcomeUnknown => 504,
    }
}

impl From<&CimError> for RestError {
    fn from(error: &CimError) -> Self {
        Self {
            status: status(error.kind()),
            message: error.message().to_owned(),
            retry_after: error.retry_after_seconds(),
        }
    }
}

/// What [`crate::SITUATION_HEADER`] says: the situation, the CIM property in question, and the message in the
/// words of CIM, each escaped.
pub fn situation(kind: ErrorKind, subject: Option<&str>, message: &str) -> String {
    let end = message.floor_char_boundary(MOST_TOLD);
    let escaped = |text| utf8_percent_encode(text, NON_ALPHANUMERIC);
    let message = message.get(..end).unwrap_or_default();
    format!(
        "{};{};{}",
        kind.name(),
        escaped(subject.unwrap_or_default()),
        escaped(message)
    )
}

/// The error that [`situation`] was made of.
pub fn error_of_situation(text: &str) -> Option<CimError> {
    let mut parts = text.splitn(3, ';');
    let kind = ErrorKind::from_name(parts.next()?)?;
    let mut unescaped = || {
        let text = percent_decode_str(parts.next()?);
        Some(text.decode_utf8().ok()?.into_owned())
    };
    let (subject, message) = (unescaped()?, unescaped()?);
    let error = CimError::new(kind, message);
    Some(if subject.is_empty() {
        error
    } else {
        error.with_subject(subject)
    })
}

/// The message of a provider's error in the words of REST: the property in question (`subject`) by its
/// attribute of one of the classes that the request is about, and classes by their resource types.
pub fn in_words_of_rest(
    model: &RestModel,
    about: &[&ClassModel],
    message: &str,
    subject: Option<&str>,
) -> String {
    let subject = subject.map(|subject| (subject, model.attribute_path(about, subject)));
    let is_word = |c: char| c.is_alphanumeric() || matches!(c, '_' | '.');
    let message = with_uris_as_written(message);
    let mut out = String::with_capacity(message.len());
    let mut rest = message.as_str();
    while !rest.is_empty() {
        let (word, behind) = rest.split_at(rest.find(|c| !is_word(c)).unwrap_or(rest.len()));
        let bare = word.trim_end_matches('.');
        if let Some((named, next)) = path_in_words(model, word, behind) {
            out.push_str(&named);
            rest = next;
            continue;
        }
        match &subject {
            Some((name, attribute)) if bare == *name => out.push_str(attribute),
            _ => match model.schema().class(bare).map(|class| model.class(class)) {
                Some(class) if class.type_uri.is_some() => out.push_str(class.type_name),
                _ => out.push_str(bare),
            },
        }
        out.push_str(&word[bare.len()..]);
        let (gap, next) = behind.split_at(behind.find(is_word).unwrap_or(behind.len()));
        out.push_str(gap);
        rest = next;
    }
    out
}

/// An object path with one key, such as `CIMI_Machine.InstanceID="machines/1"`, in the words of a client of REST, and what
/// stands behind it.
fn path_in_words<'m>(model: &RestModel, word: &str, behind: &'m str) -> Option<(String, &'m str)> {
    let (class, key) = word.split_once('.')?;
    let class = model.schema().class(class)?;
    let (_, property) = class.property(key)?;
    if !property.flags.key || class.keys.len() != 1 {
        return None;
    }
    let (id, next) = behind.strip_prefix("=\"")?.split_once('"')?;
    let class = model.class(class);
    let name = match class.type_uri {
        Some(_) => class.type_name,
        None => "resource",
    };
    Some((format!("{name} {id}"), next))
}

/// A message with the URIs of other services as the client wrote them: in flight they are InstanceIDs.
fn with_uris_as_written(message: &str) -> String {
    let is_in_id = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '/');
    let mut out = String::with_capacity(message.len());
    let mut rest = message;
    while let Some(at) = rest.find(is_in_id) {
        let (gap, id) = rest.split_at(at);
        let (id, next) = id.split_at(id.find(|c| !is_in_id(c)).unwrap_or(id.len()));
        out.push_str(gap);
        match Links::foreign(id) {
            Some(uri) => out.push_str(&uri),
            None => out.push_str(id),
        }
        rest = next;
    }
    out.push_str(rest);
    out
}

/// The job that reports an error: no resource, hence with an empty id.
pub fn error_report(
    model: &RestModel,
    error: &RestError,
    target: Option<&str>,
    action: Option<&str>,
    now: DateTime,
) -> Instance {
    let class = model.job();
    let mut report = Instance::new(class.class);
    let mut set = |attribute: &str, value: Value| {
        if let Some(member) = class.shape.member(attribute) {
            report.set_at(member.position, value);
        }
    };
    set(crate::words::ID, Value::from(""));
    set("state", Value::from(FAILED));
    if let Some(target) = target {
        set("targetResource", Value::from(target));
        set("affectedResources", Value::Array(vec![Value::from(target)]));
    }
    if let Some(action) = action {
        set("action", Value::from(action));
    }
    set(
        "returnCode",
        Value::Signed(FIRST_RETURN_CODE + i64::from(error.status)),
    );
    set("progress", Value::Unsigned(100));
    set("statusMessage", Value::from(error.message.as_str()));
    set("timeOfStatusChange", Value::from(now));
    report
}
