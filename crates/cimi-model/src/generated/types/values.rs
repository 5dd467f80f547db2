// Generated from MOF by cim-codegen. Change the MOF, not this file.

//! The enumerated values of the model.

///How far the job is.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum JobState {
    /// `QUEUED`
    Queued,
    /// `RUNNING`
    Running,
    /// `FAILED`
    Failed,
    /// `SUCCESS`
    Success,
    /// `STOPPING`
    Stopping,
    /// `STOPPED`
    Stopped,
    /// A value that this model does not know; it is kept as it is.
    Unlisted(String),
}

impl JobState {
    /// The value as it is sent.
    pub fn as_str(&self) -> &str {
        match self {
            Self::Queued => "QUEUED",
            Self::Running => "RUNNING",
            Self::Failed => "FAILED",
            Self::Success => "SUCCESS",
            Self::Stopping => "STOPPING",
            Self::Stopped => "STOPPED",
            Self::Unlisted(value) => value,
        }
    }
}

impl From<&str> for JobState {
    fn from(value: &str) -> Self {
        match value {
            "QUEUED" => Self::Queued,
            "RUNNING" => Self::Running,
            "FAILED" => Self::Failed,
            "SUCCESS" => Self::Success,
            "STOPPING" => Self::Stopping,
            "STOPPED" => Self::Stopped,
            other => Self::Unlisted(other.to_owned()),
        }
    }
}

crate::value::enumeration!(JobState);

///Architecture of the processors. Providers may have others than those listed.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum MachineCpuArch {
    /// `68000`
    Motorola68000,
    /// `Alpha`
    Alpha,
    /// `ARM`
    Arm,
    /// `Itanium`
    Itanium,
    /// `MIPS`
    Mips,
    /// `PA_RISC`
    PaRisc,
    /// `POWER`
    Power,
    /// `PowerPC`
    PowerPc,
    /// `x86`
    X86,
    /// `x86_64`
    X8664,
    /// `z/Architecture`
    ZArchitecture,
    /// `SPARC`
    Sparc,
    /// A value that this model does not know; it is kept as it is.
    Unlisted(String),
}

impl MachineCpuArch {
    /// The value as it is sent.
    pub fn as_str(&self) -> &str {
        match self {
            Self::Motorola68000 => "68000",
            Self::Alpha => "Alpha",
            Self::Arm => "ARM",
            Self::Itanium => "Itanium",
            Self::Mips => "MIPS",
            Self::PaRisc => "PA_RISC",
            Self::Power => "POWER",
            Self::PowerPc => "PowerPC",
            Self::X86 => "x86",
            Self::X8664 => "x86_64",
            Self::ZArchitecture => "z/Architecture",
            Self::Sparc => "SPARC",
            Self::Unlisted(value) => value,
        }
    }
}

impl From<&str> for MachineCpuArch {
    fn from(value: &str) -> Self {
        match value {
            "68000" => Self::Motorola68000,
            "Alpha" => Self::Alpha,
            "ARM" => Self::Arm,
            "Itanium" => Self::Itanium,
            "MIPS" => Self::Mips,
            "PA_RISC" => Self::PaRisc,
            "POWER" => Self::Power,
            "PowerPC" => Self::PowerPc,
            "x86" => Self::X86,
            "x86_64" => Self::X8664,
            "z/Architecture" => Self::ZArchitecture,
            "SPARC" => Self::Sparc,
            other => Self::Unlisted(other.to_owned()),
        }
    }
}

crate::value::enumeration!(MachineCpuArch);

///State of the image.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum MachineImageState {
    /// `CREATING`
    Creating,
    /// `AVAILABLE`
    Available,
    /// `DELETING`
    Deleting,
    /// `ERROR`
    Error,
    /// A value that this model does not know; it is kept as it is.
    Unlisted(String),
}

impl MachineImageState {
    /// The value as it is sent.
    pub fn as_str(&self) -> &str {
        match self {
            Self::Creating => "CREATING",
            Self::Available => "AVAILABLE",
            Self::Deleting => "DELETING",
            Self::Error => "ERROR",
            Self::Unlisted(value) => value,
        }
    }
}

impl From<&str> for MachineImageState {
    fn from(value: &str) -> Self {
        match value {
            "CREATING" => Self::Creating,
            "AVAILABLE" => Self::Available,
            "DELETING" => Self::Deleting,
            "ERROR" => Self::Error,
            other => Self::Unlisted(other.to_owned()),
        }
    }
}

crate::value::enumeration!(MachineImageState);

///What it holds.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum MachineImageType {
    /// `IMAGE`
    Image,
    /// `SNAPSHOT`
    Snapshot,
    /// `PARTIAL_SNAPSHOT`
    PartialSnapshot,
    /// A value that this model does not know; it is kept as it is.
    Unlisted(String),
}

impl MachineImageType {
    /// The value as it is sent.
    pub fn as_str(&self) -> &str {
        match self {
            Self::Image => "IMAGE",
            Self::Snapshot => "SNAPSHOT",
            Self::PartialSnapshot => "PARTIAL_SNAPSHOT",
            Self::Unlisted(value) => value,
        }
    }
}

impl From<&str> for MachineImageType {
    fn from(value: &str) -> Self {
        match value {
            "IMAGE" => Self::Image,
            "SNAPSHOT" => Self::Snapshot,
            "PARTIAL_SNAPSHOT" => Self::PartialSnapshot,
            other => Self::Unlisted(other.to_owned()),
        }
    }
}

crate::value::enumeration!(MachineImageType);

///Kind of the volume. Providers may have others than those listed.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum VolumeType {
    /// `http://schemas.dmtf.org/cimi/1/mapped`
    Mapped,
    /// A value that this model does not know; it is kept as it is.
    Unlisted(String),
}

impl VolumeType {
    /// The value as it is sent.
    pub fn as_str(&self) -> &str {
        match self {
            Self::Mapped => "http://schemas.dmtf.org/cimi/1/mapped",
            Self::Unlisted(value) => value,
        }
    }
}

impl From<&str> for VolumeType {
    fn from(value: &str) -> Self {
        match value {
            "http://schemas.dmtf.org/cimi/1/mapped" => Self::Mapped,
            other => Self::Unlisted(other.to_owned()),
        }
    }
}

crate::value::enumeration!(VolumeType);

///State of the volume.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum VolumeState {
    /// `CREATING`
    Creating,
    /// `AVAILABLE`
    Available,
    /// `CAPTURING`
    Capturing,
    /// `RESTORING`
    Restoring,
    /// `DELETING`
    Deleting,
    /// `ERROR`
    Error,
    /// A value that this model does not know; it is kept as it is.
    Unlisted(String),
}

impl VolumeState {
    /// The value as it is sent.
    pub fn as_str(&self) -> &str {
        match self {
            Self::Creating => "CREATING",
            Self::Available => "AVAILABLE",
            Self::Capturing => "CAPTURING",
            Self::Restoring => "RESTORING",
            Self::Deleting => "DELETING",
            Self::Error => "ERROR",
            Self::Unlisted(value) => value,
        }
    }
}

impl From<&str> for VolumeState {
    fn from(value: &str) -> Self {
        match value {
            "CREATING" => Self::Creating,
            "AVAILABLE" => Self::Available,
            "CAPTURING" => Self::Capturing,
            "RESTORING" => Self::Restoring,
            "DELETING" => Self::Deleting,
            "ERROR" => Self::Error,
            other => Self::Unlisted(other.to_owned()),
        }
    }
}

crate::value::enumeration!(VolumeState);

///State of the machine. It changes through operations only.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum MachineState {
    /// `CREATING`
    Creating,
    /// `STARTING`
    Starting,
    /// `STARTED`
    Started,
    /// `STOPPING`
    Stopping,
    /// `STOPPED`
    Stopped,
    /// `PAUSING`
    Pausing,
    /// `PAUSED`
    Paused,
    /// `SUSPENDING`
    Suspending,
    /// `SUSPENDED`
    Suspended,
    /// `CAPTURING`
    Capturing,
    /// `RESTORING`
    Restoring,
    /// `DELETING`
    Deleting,
    /// `ERROR`
    Error,
    /// A value that this model does not know; it is kept as it is.
    Unlisted(String),
}

impl MachineState {
    /// The value as it is sent.
    pub fn as_str(&self) -> &str {
        match self {
            Self::Creating => "CREATING",
            Self::Starting => "STARTING",
            Self::Started => "STARTED",
            Self::Stopping => "STOPPING",
            Self::Stopped => "STOPPED",
            Self::Pausing => "PAUSING",
            Self::Paused => "PAUSED",
            Self::Suspending => "SUSPENDING",
            Self::Suspended => "SUSPENDED",
            Self::Capturing => "CAPTURING",
            Self::Restoring => "RESTORING",
            Self::Deleting => "DELETING",
            Self::Error => "ERROR",
            Self::Unlisted(value) => value,
        }
    }
}

impl From<&str> for MachineState {
    fn from(value: &str) -> Self {
        match value {
            "CREATING" => Self::Creating,
            "STARTING" => Self::Starting,
            "STARTED" => Self::Started,
            "STOPPING" => Self::Stopping,
            "STOPPED" => Self::Stopped,
            "PAUSING" => Self::Pausing,
            "PAUSED" => Self::Paused,
            "SUSPENDING" => Self::Suspending,
            "SUSPENDED" => Self::Suspended,
            "CAPTURING" => Self::Capturing,
            "RESTORING" => Self::Restoring,
            "DELETING" => Self::Deleting,
            "ERROR" => Self::Error,
            other => Self::Unlisted(other.to_owned()),
        }
    }
}

crate::value::enumeration!(MachineState);
