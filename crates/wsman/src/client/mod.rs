//! The client side: requests written, answers read. Bytes in, bytes out, as on the service side; who
//! connects, waits and logs in is somebody else.
//!
//! Requests are strict and plain, answers are read tolerantly: any prefix, either WS-Addressing, `Items` in
//! either namespace, headers that are missing. An instance comes out as an [`Object`], which is the text that
//! the service wrote: decoded by a class descriptor where the class is known ([`Object::instance`]), as a
//! plain tree where it is not ([`Object::tree`]), so nothing is ever lost.

mod answer;
mod class;
pub mod eventing;
mod fault;
mod object;
mod request;
#[cfg(test)]
mod tests;
mod tree;

pub use answer::{
    Created, Identity, Initiative, Item, Lifetime, Page, Referenced, RemoteJob, Represented,
    Stored, Unreadable, Written, read,
};
pub use class::{ClassDeclaration, DeclaredMethod, DeclaredProperty};
pub use fault::{RemoteCimError, RemoteFault};
pub use object::Object;
pub use request::{Enumeration, FilterText, Requests, fragment, method_input, text_property};
pub use tree::Node;

/// The resource URI of class declarations (`GetClass` and its kind), in CIM-XML.
pub const CLASS_DECLARATIONS: &str = "http://schemas.dmtf.org/wbem/cim-xml/2/cim-schema/2/*";
