//! CIMI over REST (DSP0263): documents in JSON and XML, routes, parameters, errors.
//!
//! Bytes in, bytes out: no socket, no clock, no provider. Everything that a document or a URI may name
//! is read from the class descriptors by [`RestModel`], once; readers and writers are driven by it.

mod any;
#[cfg(feature = "client")]
pub mod client;
mod document;
mod error;
mod filter;
mod json_reader;
mod json_writer;
mod links;
mod media;
mod model;
mod parameters;
mod pieces;
mod read;
mod route;
mod verbatim;
mod words;
mod xml_reader;
mod xml_writer;

#[cfg(test)]
mod tests;

pub use document::{
    CollectionView, Context, Expanded, Format, Inlined, ResourceView, Selection, Target,
    collection_id, selections,
};
pub use error::{RestError, error_of_situation, error_report, in_words_of_rest, situation, status};
pub use filter::ItemAttributes;
pub use json_writer::{write_collection_json, write_json};
pub use links::Links;
pub use media::{JOB_HEADER, SITUATION_HEADER, VERSION_HEADER, VERSIONS, negotiate_version};
pub use model::{
    Access, ClassModel, CollectionModel, Crud, ExtensionModel, MakesModel, MapModel, Member,
    MemberKind, ModelError, OperationModel, RestModel, Shape,
};
pub use parameters::{AFTER, Expansion, ParameterError, Parameters};
pub use pieces::CollectionPieces;
pub use read::{
    Action, ActionError, DocumentError, ReadContext, Unknown, is_action, new_extensions,
    read_action, read_any_resource, read_resource,
};
pub use route::{Route, route};
pub use verbatim::has_verbatim;
pub use words::{ADD, DELETE, EDIT, ENTRY_POINT_ID};
pub use xml_writer::{write_collection_xml, write_xml};
