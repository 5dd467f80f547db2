//! A typed asynchronous WS-Management client, for any service that speaks the protocol.
//!
//! [`wsman::client`] writes and reads the messages, [`http_client`] carries them; this joins the two. Instances
//! are [`Object`]s: decode them by a class descriptor, or as a tree where the class is not known. Enumerations
//! are pages or a stream, go on from a context, and ask for their first items at once.

mod enumeration;
mod eventing;

use std::fmt;
use std::sync::Arc;

use bytes::Bytes;
use http::{Response, StatusCode, header};
use wsman::client::{
    CLASS_DECLARATIONS, Created, Enumeration, Identity, Object, Referenced, RemoteFault, Requests,
    Unreadable, read,
};
use wsman::enumeration::Mode;
use wsman::epr::{CIM_NAMESPACE_SELECTOR, Epr, Selector, SelectorValue};

pub use enumeration::Pages;
pub use wsman::client;

/// Why a call failed.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The service refuses, and says why.
    #[error("{0}")]
    Fault(Box<RemoteFault>),
    /// No connection, no trust, no login, no answer in time.
    #[error(transparent)]
    Http(#[from] http_client::Error),
    /// An answer without a message.
    #[error("{authority} answered {status}{}", .text.as_ref().map(|t| format!(": {t}")).unwrap_or_default())]
    Status {
        /// Host and port.
        authority: String,
        /// The status.
        status: StatusCode,
        /// The beginning of the body, if it is text for people.
        text: Option<String>,
    },
    /// An answer that cannot be understood.
    #[error("{authority}: {cause}")]
    Answer {
        /// Host and port.
        authority: String,
        /// Why not.
        cause: Unreadable,
    },
}

impl Error {
    /// The fault, if it is one.
    pub fn fault(&self) -> Option<&RemoteFault> {
        match self {
            Self::Fault(fault) => Some(fault),
            _ => None,
        }
    }
}

/// Sees every message, as text: requests and answers.
pub trait Trace: Send + Sync {
    /// A request goes out. Never with the login, which is no part of the message.
    fn request(&self, url: &str, text: &str);
    /// An answer came.
    fn answer(&self, status: u16, text: &str);
}

/// A client of one service. Calls may run at the same time.
#[derive(Clone)]
pub struct Client {
    http: Arc<http_client::Client>,
    requests: Requests,
    trace: Option<Arc<dyn Trace>>,
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client")
            .field("http", &self.http)
            .field("requests", &self.requests)
            .finish_non_exhaustive()
    }
}

const MEDIA_TYPE: &str = "application/soap+xml;charset=UTF-8";

/// Of a body that is no message, what an error shows.
const SHOWN: usize = 200;

impl Client {
    /// A client over this connection.
    pub fn new(http: http_client::Client) -> Self {
        Self {
            requests: Requests::new(http.url()),
            http: Arc::new(http),
            trace: None,
        }
    }

    /// How requests are written: WS-Addressing, time-out, locale, options.
    pub const fn requests_mut(&mut self) -> &mut Requests {
        &mut self.requests
    }

    /// Lets somebody see every message.
    #[must_use]
    pub fn with_trace(mut self, trace: Arc<dyn Trace>) -> Self {
        self.trace = Some(trace);
        self
    }

    /// Who are you?
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn identify(&self) -> Result<Identity, Error> {
        let answer = self.exchange(Requests::identify()).await?;
        self.understood(&answer, read::identity)
    }

    /// The instance that a reference names.
    ///
    /// # Errors
    /// See [`Error`]; the fault `DestinationUnreachable` where there is none.
    pub async fn get(&self, target: &Epr) -> Result<Object, Error> {
        let id = message_id();
        let object = self.call(&id, self.requests.get(&id, target)).await?;
        object.ok_or_else(|| self.empty())
    }

    /// The instance that a reference names, and the reference that the service has for it: whole where
    /// this one names a superclass or only some keys.
    ///
    /// # Errors
    /// As [`Client::get`].
    pub async fn get_with_reference(&self, target: &Epr) -> Result<Referenced, Error> {
        let id = message_id();
        let request = self.requests.get_with_reference(&id, target);
        let answer = self.exchange(request).await?;
        self.understood(&answer, |bytes, media| read::referenced(bytes, media, &id))
    }

    /// A part of an instance: the `wsman:XmlFragment` around what `path` (XPath, such as `ElementName` or
    /// `Notes[2]`) selects.
    ///
    /// # Errors
    /// See [`Error`]; the fault `CannotProcessFilter` for a path that the service cannot follow.
    pub async fn get_fragment(&self, target: &Epr, path: &str) -> Result<Object, Error> {
        let id = message_id();
        let request = self.requests.get_fragment(&id, target, path);
        let object = self.call(&id, request).await?;
        object.ok_or_else(|| self.empty())
    }

    /// Replaces a part of an instance; [`client::fragment`] makes it. The new part, if the service sends it.
    ///
    /// # Errors
    /// As [`Client::get_fragment`].
    pub async fn put_fragment(
        &self,
        target: &Epr,
        path: &str,
        part: &Object,
    ) -> Result<Option<Object>, Error> {
        let id = message_id();
        let request = self.requests.put_fragment(&id, target, path, part);
        self.call(&id, request).await
    }

    /// Adds a part to an instance, such as an entry to an array: before the entry of that number, or
    /// behind the last.
    ///
    /// # Errors
    /// As [`Client::get_fragment`].
    pub async fn create_fragment(
        &self,
        target: &Epr,
        path: &str,
        part: &Object,
    ) -> Result<Created, Error> {
        let id = message_id();
        let request = self.requests.create_fragment(&id, target, path, part);
        let answer = self.exchange(request).await?;
        self.understood(&answer, |bytes, media| read::created(bytes, media, &id))
    }

    /// Deletes a part of an instance.
    ///
    /// # Errors
    /// As [`Client::get_fragment`].
    pub async fn delete_fragment(&self, target: &Epr, path: &str) -> Result<(), Error> {
        let id = message_id();
        let request = self.requests.delete_fragment(&id, target, path);
        self.call(&id, request).await?;
        Ok(())
    }

    /// Replaces an instance. The new one, if the service sends it.
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn put(
        &self,
        target: &Epr,
        representation: &Object,
    ) -> Result<Option<Object>, Error> {
        let id = message_id();
        let request = self.requests.put(&id, target, representation);
        self.call(&id, request).await
    }

    /// Creates an instance of the class that the target names.
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn create(&self, target: &Epr, representation: &Object) -> Result<Created, Error> {
        let id = message_id();
        let answer = self
            .exchange(self.requests.create(&id, target, representation))
            .await?;
        self.understood(&answer, |bytes, media| read::created(bytes, media, &id))
    }

    /// Deletes an instance.
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn delete(&self, target: &Epr) -> Result<(), Error> {
        let id = message_id();
        self.call(&id, self.requests.delete(&id, target)).await?;
        Ok(())
    }

    /// Invokes a method; its output. [`client::method_input`] makes the input.
    ///
    /// # Errors
    /// See [`Error`]. A return value that means failure is no error here.
    pub async fn invoke(
        &self,
        target: &Epr,
        method: &str,
        input: &Object,
    ) -> Result<Option<Object>, Error> {
        let id = message_id();
        let request = self.requests.invoke(&id, target, method, input);
        self.call(&id, request).await
    }

    /// Begins an enumeration; nothing is sent until the first page is asked for.
    pub fn enumerate(&self, target: Epr, wanted: Enumeration) -> Pages {
        Pages::new(self.clone(), target, wanted, None)
    }

    /// Goes on with an enumeration from the context of an earlier page.
    pub fn resume(&self, target: Epr, wanted: Enumeration, context: String) -> Pages {
        Pages::new(self.clone(), target, wanted, Some(context))
    }

    /// The declaration of a class in a CIM namespace, a `CLASS` element of CIM-XML;
    /// [`client::ClassDeclaration::of`] reads it.
    ///
    /// # Errors
    /// See [`Error`]; services without class declarations answer with a fault.
    pub async fn class(&self, namespace: Option<&str>, class: &str) -> Result<Object, Error> {
        let mut client = self.clone();
        let options = [
            "IncludeQualifiers",
            "IncludeInheritedElements",
            "IncludeClassOrigin",
        ];
        client
            .requests
            .options
            .extend(options.map(|name| (name.to_owned(), "true".to_owned())));
        client.get(&class_target(namespace, Some(class))).await
    }

    /// The names of the classes below a class, or of those without a superclass.
    pub fn class_names(&self, namespace: Option<&str>, below: Option<&str>) -> Pages {
        let mut client = self.clone();
        let options = ["IncludeSubClasses"];
        client
            .requests
            .options
            .extend(options.map(|name| (name.to_owned(), "true".to_owned())));
        let wanted = Enumeration {
            mode: Mode::Epr,
            optimize: true,
            ..Enumeration::default()
        };
        client.enumerate(class_target(namespace, below), wanted)
    }

    /// Sends a request and reads the object in the answer.
    pub(crate) async fn call(&self, id: &str, request: String) -> Result<Option<Object>, Error> {
        let answer = self.exchange(request).await?;
        if answer.status().is_success() && answer.body().is_empty() {
            return Ok(None);
        }
        self.understood(&answer, |bytes, media| read::object(bytes, media, id))
    }

    pub(crate) async fn exchange(&self, text: String) -> Result<Response<Bytes>, Error> {
        if let Some(trace) = &self.trace {
            trace.request(self.http.url(), &text);
        }
        let answer = self.http.post(Bytes::from(text), MEDIA_TYPE).await?;
        if let Some(trace) = &self.trace {
            let text = String::from_utf8_lossy(answer.body());
            trace.answer(answer.status().as_u16(), &text);
        }
        Ok(answer)
    }

    /// Reads an answer; faults come with all kinds of status.
    pub(crate) fn understood<T>(
        &self,
        answer: &Response<Bytes>,
        read: impl FnOnce(&[u8], Option<&str>) -> Result<T, Unreadable>,
    ) -> Result<T, Error> {
        let media = answer
            .headers()
            .get(header::CONTENT_TYPE)
            .and_then(|value| value.to_str().ok());
        match read(answer.body(), media) {
            Err(Unreadable::Fault(fault)) => Err(Error::Fault(fault)),
            _ if !answer.status().is_success() => Err(self.status(answer, media)),
            Ok(found) => Ok(found),
            Err(cause) => Err(Error::Answer {
                authority: self.http.authority().to_owned(),
                cause,
            }),
        }
    }

    fn status(&self, answer: &Response<Bytes>, media: Option<&str>) -> Error {
        let plain = media.is_some_and(|media| media.starts_with("text/plain"));
        let text = String::from_utf8_lossy(answer.body());
        let text: String = text.trim().chars().take(SHOWN).collect();
        Error::Status {
            authority: self.http.authority().to_owned(),
            status: answer.status(),
            text: (plain && !text.is_empty()).then_some(text),
        }
    }

    fn empty(&self) -> Error {
        Error::Answer {
            authority: self.http.authority().to_owned(),
            cause: Unreadable::Unexpected("has no instance in its body".into()),
        }
    }
}

fn class_target(namespace: Option<&str>, class: Option<&str>) -> Epr {
    let selectors = [(CIM_NAMESPACE_SELECTOR, namespace), ("ClassName", class)];
    let selectors = selectors.into_iter().filter_map(|(name, value)| {
        Some(Selector {
            name: name.to_owned(),
            value: SelectorValue::Text(value?.to_owned()),
        })
    });
    Epr {
        address: String::new(),
        resource_uri: CLASS_DECLARATIONS.to_owned(),
        selectors: selectors.collect(),
    }
}

/// Upper case, as the tools of Windows write it.
pub(crate) fn message_id() -> String {
    let mut text = "uuid:".to_owned();
    let mut buffer = uuid::Uuid::encode_buffer();
    text.push_str(uuid::Uuid::new_v4().hyphenated().encode_upper(&mut buffer));
    text
}
