//! The client side of the protocol, without a socket: requests to send, answers to read.
//!
//! A [`Service`] knows where a service is and in which format to speak with it. It makes requests, and
//! reads what was answered as the typed structures of `cimi_model::types`, in JSON through serde, in XML
//! through yaserde behind the hardened reader. Who sends the requests is another matter: the crate
//! `cimi-client` does it over HTTP, a test in memory.
//!
//! ```
//! use cimi_model::types::Machine;
//! use cimi_rest::Format;
//! use cimi_rest::client::{Query, Service};
//!
//! let service = Service::new("https://cloud.example/cimi/", Format::Json)?;
//! let running = Query::new().filter("state='STARTED'").select(["name", "cpu"]);
//! let request = service.read("machines", &running, None)?;
//! assert_eq!(
//!     request.uri(),
//!     "/cimi/machines?$filter=state='STARTED'&$select=name,cpu"
//! );
//!
//! let answer = http::Response::builder()
//!     .header("content-type", "application/json")
//!     .body(r#"{"count": 1, "machines": [{"name": "web-1", "cpu": 2}]}"#.into())?;
//! let page = service.page::<Machine>(&answer)?;
//! assert_eq!(page.items[0].name.as_deref(), Some("web-1"));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod action;
mod answer;
mod document;
mod error;
mod event_stream;
mod query;
mod service;
mod waiting;

#[cfg(test)]
mod tests;

pub use action::{Action, ActionValue};
pub use answer::{Outcome, Page, next_link};
pub use document::{Items, Resource, Typed, common, links};
pub use error::ClientError;
pub use event_stream::{EventMessage, EventStream, MAX_MESSAGE};
pub use query::{Query, encode};
pub use service::Service;
pub use waiting::{Step, Waiting};
