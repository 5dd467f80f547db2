//! WS-CIM (DSP0230): CIM instances, references and method parameters as XML, by class descriptor.
//!
//! One table-driven writer and one reader serve every class, generated or loaded at run time. The
//! writer appends straight to the response; the reader fills an instance while it walks the document.
//!
//! What the writer expects of its surroundings: the prefixes `wsa`, `wsman`, `xsi` and `cim`
//! ([`crate::ns`]) are declared, as the root element of every message does; or it is told to declare
//! them itself ([`WriteContext::declare`]).

mod datetime;
mod error;
mod method;
mod read;
mod reference;
mod scalar;
#[cfg(test)]
mod schema_tests;
#[cfg(test)]
mod tests;
mod uri;
mod write;

pub use error::WsCimError;
pub use method::{ReadParameters, read_input, read_output, write_input, write_output};
pub use read::{ReadContext, class_of_element, read_fragment, read_instance, read_property};
pub use reference::{
    CIM_NAMESPACE_SELECTOR, Epr, Selector, SelectorValue, object_path, parse_reference, read_epr,
    read_selector_set, write_epr, write_selector_set,
};
pub use uri::{ALL_CLASSES, CIM_SCHEMA, ClassUri, class_uri, is_class_namespace, parse_class_uri};
pub use write::{
    Addressing, Nil, WriteContext, write_fragment, write_instance, write_properties, write_text,
};
