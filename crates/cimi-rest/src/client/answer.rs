//! What the service answered.

use bytes::Bytes;
use cimi_model::types::Job;
use cimi_model::value::Operation;
use http::{HeaderMap, Response, StatusCode, header};

use super::document::{self, Items, Resource, Typed, offered};
use super::{ClientError, Query, Service};
use crate::{Format, JOB_HEADER};

/// A part of a collection.
#[derive(Debug, Clone, PartialEq)]
pub struct Page<T> {
    /// The URI of the collection.
    pub id: String,
    /// How many items there are in all pages together.
    pub count: Option<u64>,
    /// The items of this page.
    pub items: Vec<Resource<T>>,
    /// What the caller may do with the collection.
    pub operations: Vec<Operation>,
    /// Where the next page is, if the service says so.
    pub next: Option<String>,
}

impl<T> Page<T> {
    /// The operation with that rel, usually `add`.
    ///
    /// # Errors
    /// [`ClientError::NotOffered`] if it is not possible for this caller.
    pub fn operation(&self, rel: &str) -> Result<&Operation, ClientError> {
        offered(&self.id, &self.operations, rel)
    }

    /// What to ask for after this page, which is not the first to have been read: `seen` items were there
    /// up to and with this one. A service that cuts its answers without a link to the next one is asked
    /// by positions (DSP0263 4.1.6.2).
    pub fn following(&self, query: &Query, seen: u64) -> Option<Query> {
        let before = query.first.unwrap_or(1).saturating_sub(1);
        let position = before.saturating_add(seen);
        let more = self.next.is_none()
            && !self.items.is_empty()
            && self.count.is_some_and(|count| position < count)
            && query.last.is_none_or(|last| position < last);
        more.then(|| query.clone().first(position + 1))
    }
}

/// The answer to a change.
#[derive(Debug, Clone)]
pub struct Outcome {
    /// Whether everything is done; if not, the job says how far it is.
    pub completed: bool,
    /// The URI of a new resource.
    pub location: Option<String>,
    /// The URI of the job.
    pub job: Option<String>,
    /// The version after the change.
    pub etag: Option<String>,
    format: Format,
    body: String,
}

impl Outcome {
    /// The body, if it is a document of that type: the changed resource, or the job.
    ///
    /// # Errors
    /// The body says that it is of that type and cannot be read.
    pub fn body<T: Typed>(&self) -> Result<Option<Resource<T>>, ClientError> {
        if document::type_name(self.format, &self.body).as_deref() != Some(T::ROOT) {
            return Ok(None);
        }
        let mut resource = document::resource(self.format, &self.body)?;
        resource.etag.clone_from(&self.etag);
        Ok(Some(resource))
    }
}

impl Service {
    /// Reads the answer to [`Service::read`] of a resource.
    ///
    /// # Errors
    /// The service refused, or answered with something else.
    pub fn resource<T: Typed>(&self, answer: &Response<Bytes>) -> Result<Resource<T>, ClientError> {
        let (format, text) = successful(answer)?;
        let mut resource = document::resource(format, &text)?;
        resource.etag = text_of(answer.headers(), header::ETAG.as_str());
        Ok(resource)
    }

    /// The same for a read with a known version: `None` if it is still that one.
    ///
    /// # Errors
    /// As for [`Service::resource`].
    pub fn changed<T: Typed>(
        &self,
        answer: &Response<Bytes>,
    ) -> Result<Option<Resource<T>>, ClientError> {
        if answer.status() == StatusCode::NOT_MODIFIED {
            return Ok(None);
        }
        self.resource(answer).map(Some)
    }

    /// Reads the answer to [`Service::read`] of a collection.
    ///
    /// # Errors
    /// As for [`Service::resource`].
    pub fn page<T: Typed>(&self, answer: &Response<Bytes>) -> Result<Page<T>, ClientError> {
        let (format, text) = successful(answer)?;
        let collection = Items::read(format, &text)?;
        let items = collection.documents.iter();
        Ok(Page {
            items: items
                .map(|item| document::resource(format, item))
                .collect::<Result<_, _>>()?,
            id: collection.id,
            count: collection.count,
            operations: collection.operations,
            next: next_link(answer.headers()),
        })
    }

    /// Reads the answer to a change.
    ///
    /// # Errors
    /// The service refused.
    pub fn outcome(&self, answer: &Response<Bytes>) -> Result<Outcome, ClientError> {
        let (format, body) = match answer.body().is_empty() {
            true => {
                check(answer)?;
                (self.format(), String::new())
            }
            false => successful(answer)?,
        };
        let mut outcome = Outcome {
            completed: answer.status() != StatusCode::ACCEPTED,
            location: text_of(answer.headers(), header::LOCATION.as_str()),
            job: text_of(answer.headers(), JOB_HEADER),
            etag: text_of(answer.headers(), header::ETAG.as_str()),
            format,
            body,
        };
        if outcome.job.is_none()
            && let Ok(Some(job)) = outcome.body::<Job>()
        {
            outcome.job = Some(job.id).filter(|id| !id.is_empty());
        }
        Ok(outcome)
    }

    /// The format and the text of an answer, whatever it is; of XML without the declaration.
    ///
    /// # Errors
    /// The service refused, or what came is neither JSON nor XML.
    pub fn document(&self, answer: &Response<Bytes>) -> Result<(Format, String), ClientError> {
        successful(answer)
    }

    /// The bytes of an answer that is no document of CIMI: a package.
    ///
    /// # Errors
    /// The service refused.
    pub fn bytes(&self, answer: &Response<Bytes>) -> Result<Bytes, ClientError> {
        check(answer)?;
        Ok(answer.body().clone())
    }

    /// Where a collection goes on, if the answer is a page of one and says so.
    pub fn next(&self, answer: &Response<Bytes>) -> Option<String> {
        next_link(answer.headers())
    }

    /// Where the service says that the resource is, if it is elsewhere.
    pub fn redirect(&self, answer: &Response<Bytes>) -> Option<String> {
        if !answer.status().is_redirection() || answer.status() == StatusCode::NOT_MODIFIED {
            return None;
        }
        text_of(answer.headers(), header::LOCATION.as_str())
    }
}

fn text_of(headers: &HeaderMap, name: &str) -> Option<String> {
    Some(headers.get(name)?.to_str().ok()?.to_owned())
}

/// The `rel="next"` of a Link header (RFC 8288).
pub fn next_link(headers: &HeaderMap) -> Option<String> {
    headers.get_all(header::LINK).iter().find_map(|value| {
        let mut rest = value.to_str().ok()?;
        while let Some((_, behind)) = rest.split_once('<') {
            let (uri, behind) = behind.split_once('>')?;
            let end = behind.find('<').unwrap_or(behind.len());
            let is_next = behind.get(..end)?.split([';', ',']).any(|parameter| {
                let rel = parameter.trim().strip_prefix("rel=");
                rel.is_some_and(|rel| rel.trim_matches('"').eq_ignore_ascii_case("next"))
            });
            if is_next {
                return Some(uri.to_owned());
            }
            rest = behind.get(end..)?;
        }
        None
    })
}

/// The format and the text of a successful answer.
fn successful(answer: &Response<Bytes>) -> Result<(Format, String), ClientError> {
    check(answer)?;
    text(answer)
}

fn text(answer: &Response<Bytes>) -> Result<(Format, String), ClientError> {
    let content_type = text_of(answer.headers(), header::CONTENT_TYPE.as_str());
    let content_type = content_type.as_deref();
    let format = content_type
        .and_then(Format::of_content_type)
        .ok_or_else(|| {
            ClientError::Answer(match content_type {
                Some(other) => format!("it is {other}, neither JSON nor XML"),
                None => "it has no Content-Type".to_owned(),
            })
        })?;
    let text = match format {
        Format::Json => String::from_utf8(answer.body().to_vec())
            .map_err(|_| ClientError::Answer("it is not UTF-8".to_owned()))?,
        Format::Xml => {
            let decoded = xml_wire::decode(answer.body(), content_type)
                .map_err(|error| ClientError::Answer(error.to_string()))?;
            without_declaration(&decoded.text).to_owned()
        }
    };
    Ok((format, text))
}

/// The declaration names the encoding of the bytes, which the text no longer has.
fn without_declaration(text: &str) -> &str {
    match text.strip_prefix("<?xml") {
        Some(rest) => rest.split_once("?>").map_or(text, |(_, body)| body),
        None => text,
    }
}

fn check(answer: &Response<Bytes>) -> Result<(), ClientError> {
    let status = answer.status();
    if status.is_success() {
        return Ok(());
    }
    let report = text(answer)
        .ok()
        .and_then(|(format, text)| document::resource::<Job>(format, &text).ok())
        .map(|job| job.value);
    let message = report
        .as_ref()
        .and_then(|job| job.status_message.clone())
        .unwrap_or_else(|| {
            status
                .canonical_reason()
                .unwrap_or("the service does not say why")
                .to_owned()
        });
    Err(ClientError::Refused {
        status: status.as_u16(),
        message,
        retry_after: text_of(answer.headers(), header::RETRY_AFTER.as_str())
            .and_then(|seconds| seconds.parse().ok()),
        report: report.map(Box::new),
    })
}
