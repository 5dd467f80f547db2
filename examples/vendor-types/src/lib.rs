//! The classes of `mof/northwind.mof` as Rust: what `build.rs` generates, and what one does with it.
//!
//! ```
//! use vendor_types::model::structs::{NwFan, NwFanType};
//!
//! let fan: NwFan = serde_json::from_str(r#"{"ID": "left", "Type": 40}"#)?;
//! assert_eq!(fan.r#type, Some(NwFanType::VendorReserved(40)));
//! # Ok::<(), serde_json::Error>(())
//! ```
#![deny(warnings)]

/// `classes` with the descriptor tables, `structs` with the types.
pub mod model {
    include!(concat!(env!("OUT_DIR"), "/model/mod.rs"));
}
