//! Packages of the Open Virtualization Format (DSP0243): what a cloud wants to know of a descriptor, read
//! from it and written as one.
//!
//! A package is a descriptor (`.ovf`) with files beside it, or all of them in one tar file (`.ova`). Only
//! the descriptor is looked at; what is in a disk is for a hypervisor. A manifest in the tar file has to be right. Versions 1 and 2 of the envelope are
//! read, version 1 is written. Everything is bounded, because packages come from anywhere.

mod archive;
mod manifest;
mod package;
mod read;
mod units;
mod write;

pub use archive::descriptor;
pub use package::{
    Adapter, Collection, Content, Disk, DiskDrive, File, Network, Package, VirtualSystem,
};
pub use read::read;
pub use write::write;

/// The media type of a package (DSP0263 5.13.1).
pub const MEDIA_TYPE: &str = "application/ovf";

/// Bounds of one package.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of the package, of which the descriptor is a part.
    pub package_bytes: usize,
    /// Bytes of the descriptor.
    pub descriptor_bytes: usize,
    /// Files, disks, networks, systems and devices together.
    pub items: usize,
    /// Collections inside one another.
    pub depth: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            package_bytes: 64 << 20,
            descriptor_bytes: 4 << 20,
            items: 4_096,
            depth: 8,
        }
    }
}

/// Why bytes are no package, or none that can be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum OvfError {
    /// The descriptor is no XML, or beyond a bound of XML.
    #[error("the descriptor is no XML that can be read: {0}")]
    Xml(String),
    /// The archive is broken, or has no descriptor.
    #[error("the archive cannot be read: {0}")]
    Archive(String),
    /// Something is missing or makes no sense; the text says where.
    #[error("{place}: {why}")]
    Wrong {
        /// The element.
        place: String,
        /// What is wrong with it, and what would be right.
        why: String,
    },
    /// A bound is reached.
    #[error("the package has more than {limit} {what}")]
    Limit {
        /// What there are too many of.
        what: &'static str,
        /// The bound.
        limit: usize,
    },
}

impl OvfError {
    pub(crate) fn wrong(place: impl Into<String>, why: impl Into<String>) -> Self {
        Self::Wrong {
            place: place.into(),
            why: why.into(),
        }
    }
}
