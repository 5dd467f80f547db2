//! The module `value` that generated structs rest on: field types, and what the derives need of them.
//!
//! It is a text, not a crate: so generated code depends on `cim-core` and on what was asked for
//! (`serde`; `yaserde` with `xml`), and on no version of this crate.

use super::Implements;

const BASE: &str = include_str!("base.rs");
const REFERENCE: &str = include_str!("reference.rs");
const SERDE: &str = include_str!("serde.rs");
const YASERDE: &str = include_str!("yaserde.rs");
const INSTANCE: &str = include_str!("instance.rs");

/// Where the macro of a reference implements the derives.
const DERIVES: &str = "        //DERIVES\n";

/// The text of the module.
pub(crate) fn text(implements: &Implements) -> String {
    let mut out = "//! The field types of the structs.\n\n".to_owned();
    let mut derives = String::new();
    out.push_str(BASE);
    if implements.serde {
        out.push('\n');
        out.push_str(SERDE);
        derives.push_str("        super::value::serde_text!($name, String);\n");
    }
    if implements.yaserde {
        out.push('\n');
        out.push_str(YASERDE);
        derives.push_str("        super::value::yaserde_text!($name);\n");
    }
    if implements.instance {
        out.push('\n');
        out.push_str(INSTANCE);
        derives.push_str("        super::value::reference_field!($name);\n");
    }
    out.push('\n');
    out.push_str(&REFERENCE.replace(DERIVES, &derives));
    out
}
