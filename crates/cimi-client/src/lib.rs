//! A client of CIMI REST services (DSP0263), this one or any other.
//!
//! A [`Client`] finds everything from the entry point, reads and writes the typed structures of
//! `cimi_model::types` in JSON or XML, follows collections from page to page as a stream, and waits for
//! jobs. What it sends and how it reads the answers is `cimi_rest::client`, which knows no sockets; the
//! connections, TLS and logins are `http_client`.
//!
//! ```no_run
//! use cimi_client::{Client, Credentials, Format, Query, Settings};
//! use cimi_model::types::Machine;
//! use futures_util::TryStreamExt as _;
//!
//! # async fn example() -> Result<(), Box<dyn std::error::Error>> {
//! let mut settings = Settings::new("https://cloud.example/cimi/");
//! settings.credentials = Some(Credentials {
//!     user: "ann".into(),
//!     password: std::fs::read_to_string("password")?,
//!     scheme: Default::default(),
//! });
//! let client = Client::connect(settings, Format::Json).await?;
//! let stopped = Query::new().filter("state='STOPPED'");
//! let machines: Vec<_> = client.list::<Machine>("machines", stopped).try_collect().await?;
//! for machine in &machines {
//!     let started = client.start(machine).await?;
//!     client.wait(&started, |job| println!("{:?} %", job.progress)).await?;
//! }
//! # Ok(())
//! # }
//! ```

mod actions;
mod client;
pub mod cloud;
mod error;

pub use actions::{Image, Package};
pub use cimi_rest::Format;
pub use cimi_rest::client::{
    Action, ActionValue, ClientError, Outcome, Page, Query, Resource, Typed,
};
pub use client::{Client, Document};
pub use error::Error;
pub use http_client::{Credentials, Scheme, Security, Settings, Trust};
