//! The module `value` that generated structs rest on: field types, and what the derives need of them.
//!
//! It is a text, not a crate: so generated code depends on `cim-core` and on what was asked for
//! (`serde`; `yaserde` with `xml`), and on no version of this crate.

use super::Implements;

const BASE: [&str; 2] = [include_str!("base.rs"), include_str!("object.rs")];
const REFERENCE: &str = include_str!("reference.rs");
const SERDE: [&str; 2] = [include_str!("serde.rs"), include_str!("object_serde.rs")];
const YASERDE: [&str; 4] = [
    include_str!("yaserde.rs"),
    include_str!("yaserde_values.rs"),
    include_str!("yaserde_reference.rs"),
    include_str!("object_yaserde.rs"),
];
const INSTANCE: &str = include_str!("instance.rs");

/// Where the macro of a reference implements the derives.
const DERIVES: &str = "        //DERIVES\n";

/// The text of the module.
pub(crate) fn text(implements: &Implements) -> String {
    let mut parts = BASE.to_vec();
    let mut derives = String::new();
    if implements.serde {
        parts.extend(SERDE);
        derives.push_str("        super::value::serde_text!($name, String);\n");
    }
    if implements.yaserde {
        parts.extend(YASERDE);
        derives.push_str("        super::value::yaserde_reference!($name);\n");
    }
    if implements.instance {
        parts.push(INSTANCE);
        derives.push_str("        super::value::reference_field!($name);\n");
    }
    let reference = REFERENCE.replace(DERIVES, &derives);
    parts.push(&reference);
    format!(
        "//! The field types of the structs.\n\n{}",
        parts.join("\n")
    )
}
