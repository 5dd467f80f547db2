//! XML on the wire: the one hardened reader, the one writer, encodings, and the table codec of WS-CIM.
//!
//! Bytes become text in [`decode`]; [`Reader`] walks the text once, refuses everything that the
//! protocols do not need (DOCTYPE, processing instructions, entities) and hands out elements with
//! resolved names; [`Writer`] appends to one buffer. There is no DOM. [`wscim`] turns CIM instances
//! into elements and back by their class descriptors (DSP0230).
//!
//! The usual shape of a caller:
//!
//! ```
//! use xml_wire::{Limits, Reader};
//!
//! # fn main() -> Result<(), xml_wire::XmlError> {
//! let text = r#"<a:Pull xmlns:a="urn:a"><a:Context>42</a:Context><a:Other/></a:Pull>"#;
//! let mut reader = Reader::new(text, &Limits::default())?;
//! let root = reader.root()?;
//! assert!(root.is("urn:a", "Pull"));
//! let mut context = None;
//! while let Some(child) = reader.child()? {
//!     match (child.ns(), child.local()) {
//!         ("urn:a", "Context") => context = Some(reader.trimmed_text()?.into_owned()),
//!         _ => reader.skip()?,
//!     }
//! }
//! reader.finish()?;
//! assert_eq!(context.as_deref(), Some("42"));
//! # Ok(())
//! # }
//! ```

mod attributes;
mod chars;
pub mod cim_xml;
mod element;
mod encoding;
mod error;
mod limits;
pub mod ns;
mod raw;
mod reader;
mod writer;
pub mod wscim;

pub use element::{Attribute, Element, Name};
pub use encoding::{DecodeError, Decoded, Encoding, decode, encode};
pub use error::{XmlError, XmlErrorKind};
pub use limits::Limits;
pub use raw::RawElement;
pub use reader::{Content, Event, Reader};
pub use writer::{Mark, Writer};
