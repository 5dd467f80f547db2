// Generated from MOF by cim-codegen. Change the MOF, not this file.

/// Descriptor tables of the classes.
pub mod classes;
/// Typed structs in the spelling of CIMI REST.
pub mod types;
