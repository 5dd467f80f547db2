//! What a package says, as far as a cloud can do something with it.

/// A package.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Package {
    /// Files beside the descriptor (`References`).
    pub files: Vec<File>,
    /// Virtual disks (`DiskSection`).
    pub disks: Vec<Disk>,
    /// Logical networks (`NetworkSection`).
    pub networks: Vec<Network>,
    /// What there is to run.
    pub content: Content,
}

/// A file of the package.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct File {
    /// What others refer to it by.
    pub id: String,
    /// Where it is: relative to the descriptor, or a URI.
    pub href: String,
    /// Its length in bytes, if the package says so.
    pub size: Option<u64>,
}

/// A virtual disk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Disk {
    /// What others refer to it by.
    pub id: String,
    /// The file with its content, if it has one.
    pub file: Option<String>,
    /// How large it is, in bytes.
    pub capacity: u64,
    /// The URI of the format of its file.
    pub format: Option<String>,
}

/// A logical network.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Network {
    /// What adapters refer to it by.
    pub name: String,
    /// What it is for.
    pub description: Option<String>,
}

/// What a package has, or a collection in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Content {
    /// One virtual machine.
    System(VirtualSystem),
    /// Several, which belong together.
    Collection(Collection),
}

/// Virtual machines and collections that belong together.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Collection {
    /// What it is known by in the package.
    pub id: String,
    /// Its display name.
    pub name: Option<String>,
    /// What it is.
    pub info: String,
    /// What is in it.
    pub content: Vec<Content>,
}

/// A virtual machine.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct VirtualSystem {
    /// What it is known by in the package.
    pub id: String,
    /// Its display name.
    pub name: Option<String>,
    /// What it is.
    pub info: String,
    /// Virtual processors.
    pub cpus: u64,
    /// Memory in bytes.
    pub memory: u64,
    /// Its disks, in the order of the descriptor.
    pub drives: Vec<DiskDrive>,
    /// Its network adapters, in the order of the descriptor.
    pub adapters: Vec<Adapter>,
}

/// A disk drive of a virtual machine.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct DiskDrive {
    /// What a person calls it.
    pub name: String,
    /// The disk of the package that is in it; `None` for an empty one of `capacity`.
    pub disk: Option<String>,
    /// How large it is in bytes, where there is no disk.
    pub capacity: Option<u64>,
}

/// A network adapter of a virtual machine.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Adapter {
    /// What a person calls it.
    pub name: String,
    /// The network of the package that it is on.
    pub network: Option<String>,
    /// Its hardware address.
    pub mac: Option<String>,
}
