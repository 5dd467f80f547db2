//! Types that `build.rs` generates. A warning in them is an error here.
#![deny(warnings)]

/// All classes of MOF that is trouble for Rust and XML.
pub mod odd {
    include!(concat!(env!("OUT_DIR"), "/odd/mod.rs"));
}

/// Sixty classes of the CIM Schema with all derives.
#[cfg(cim_schema)]
pub mod cim {
    include!(concat!(env!("OUT_DIR"), "/cim/mod.rs"));
}
