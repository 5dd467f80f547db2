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

///The state that all machines of the system have; MIXED if they differ or there are none.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum SystemState {
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
    /// `MIXED`
    Mixed,
    /// `DELETING`
    Deleting,
    /// `ERROR`
    Error,
    /// A value that this model does not know; it is kept as it is.
    Unlisted(String),
}

impl SystemState {
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
            Self::Mixed => "MIXED",
            Self::Deleting => "DELETING",
            Self::Error => "ERROR",
            Self::Unlisted(value) => value,
        }
    }
}

impl From<&str> for SystemState {
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
            "MIXED" => Self::Mixed,
            "DELETING" => Self::Deleting,
            "ERROR" => Self::Error,
            other => Self::Unlisted(other.to_owned()),
        }
    }
}

crate::value::enumeration!(SystemState);

///How the address is found.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum AddressAllocation {
    /// `dynamic`
    Dynamic,
    /// `static`
    Static,
    /// A value that this model does not know; it is kept as it is.
    Unlisted(String),
}

impl AddressAllocation {
    /// The value as it is sent.
    pub fn as_str(&self) -> &str {
        match self {
            Self::Dynamic => "dynamic",
            Self::Static => "static",
            Self::Unlisted(value) => value,
        }
    }
}

impl From<&str> for AddressAllocation {
    fn from(value: &str) -> Self {
        match value {
            "dynamic" => Self::Dynamic,
            "static" => Self::Static,
            other => Self::Unlisted(other.to_owned()),
        }
    }
}

crate::value::enumeration!(AddressAllocation);

///Version of IP.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum AddressProtocol {
    /// `IPv4`
    Ipv4,
    /// `IPv6`
    Ipv6,
    /// A value that this model does not know; it is kept as it is.
    Unlisted(String),
}

impl AddressProtocol {
    /// The value as it is sent.
    pub fn as_str(&self) -> &str {
        match self {
            Self::Ipv4 => "IPv4",
            Self::Ipv6 => "IPv6",
            Self::Unlisted(value) => value,
        }
    }
}

impl From<&str> for AddressProtocol {
    fn from(value: &str) -> Self {
        match value {
            "IPv4" => Self::Ipv4,
            "IPv6" => Self::Ipv6,
            other => Self::Unlisted(other.to_owned()),
        }
    }
}

crate::value::enumeration!(AddressProtocol);

///How long events are kept. Providers may have other values than those listed.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum EventLogPersistence {
    /// `daily`
    Daily,
    /// `weekly`
    Weekly,
    /// `monthly`
    Monthly,
    /// `yearly`
    Yearly,
    /// A value that this model does not know; it is kept as it is.
    Unlisted(String),
}

impl EventLogPersistence {
    /// The value as it is sent.
    pub fn as_str(&self) -> &str {
        match self {
            Self::Daily => "daily",
            Self::Weekly => "weekly",
            Self::Monthly => "monthly",
            Self::Yearly => "yearly",
            Self::Unlisted(value) => value,
        }
    }
}

impl From<&str> for EventLogPersistence {
    fn from(value: &str) -> Self {
        match value {
            "daily" => Self::Daily,
            "weekly" => Self::Weekly,
            "monthly" => Self::Monthly,
            "yearly" => Self::Yearly,
            other => Self::Unlisted(other.to_owned()),
        }
    }
}

crate::value::enumeration!(EventLogPersistence);

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
pub enum VolumeImageState {
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

impl VolumeImageState {
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

impl From<&str> for VolumeImageState {
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

crate::value::enumeration!(VolumeImageState);

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

///What is measured. Providers may have others than those listed.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum MeterAspect {
    /// `http://schemas.dmtf.org/cimi/1/aspect/cpu`
    Cpu,
    /// `http://schemas.dmtf.org/cimi/1/aspect/memory`
    Memory,
    /// `http://schemas.dmtf.org/cimi/1/aspect/disk`
    Disk,
    /// `http://schemas.dmtf.org/cimi/1/aspect/bandwidth`
    Bandwidth,
    /// `http://schemas.dmtf.org/cimi/1/aspect/inputBandwidth`
    InputBandwidth,
    /// `http://schemas.dmtf.org/cimi/1/aspect/outputBandwidth`
    OutputBandwidth,
    /// A value that this model does not know; it is kept as it is.
    Unlisted(String),
}

impl MeterAspect {
    /// The value as it is sent.
    pub fn as_str(&self) -> &str {
        match self {
            Self::Cpu => "http://schemas.dmtf.org/cimi/1/aspect/cpu",
            Self::Memory => "http://schemas.dmtf.org/cimi/1/aspect/memory",
            Self::Disk => "http://schemas.dmtf.org/cimi/1/aspect/disk",
            Self::Bandwidth => "http://schemas.dmtf.org/cimi/1/aspect/bandwidth",
            Self::InputBandwidth => {
                "http://schemas.dmtf.org/cimi/1/aspect/inputBandwidth"
            }
            Self::OutputBandwidth => {
                "http://schemas.dmtf.org/cimi/1/aspect/outputBandwidth"
            }
            Self::Unlisted(value) => value,
        }
    }
}

impl From<&str> for MeterAspect {
    fn from(value: &str) -> Self {
        match value {
            "http://schemas.dmtf.org/cimi/1/aspect/cpu" => Self::Cpu,
            "http://schemas.dmtf.org/cimi/1/aspect/memory" => Self::Memory,
            "http://schemas.dmtf.org/cimi/1/aspect/disk" => Self::Disk,
            "http://schemas.dmtf.org/cimi/1/aspect/bandwidth" => Self::Bandwidth,
            "http://schemas.dmtf.org/cimi/1/aspect/inputBandwidth" => {
                Self::InputBandwidth
            }
            "http://schemas.dmtf.org/cimi/1/aspect/outputBandwidth" => {
                Self::OutputBandwidth
            }
            other => Self::Unlisted(other.to_owned()),
        }
    }
}

crate::value::enumeration!(MeterAspect);

///Whether a value stands for a point in time or for an interval.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum MeterTimeScope {
    /// `Point`
    Point,
    /// `Interval`
    Interval,
    /// A value that this model does not know; it is kept as it is.
    Unlisted(String),
}

impl MeterTimeScope {
    /// The value as it is sent.
    pub fn as_str(&self) -> &str {
        match self {
            Self::Point => "Point",
            Self::Interval => "Interval",
            Self::Unlisted(value) => value,
        }
    }
}

impl From<&str> for MeterTimeScope {
    fn from(value: &str) -> Self {
        match value {
            "Point" => Self::Point,
            "Interval" => Self::Interval,
            other => Self::Unlisted(other.to_owned()),
        }
    }
}

crate::value::enumeration!(MeterTimeScope);

///Whether the interface is in use.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum MachineNetworkInterfaceState {
    /// `Active`
    Active,
    /// `Passive`
    Passive,
    /// `Disabled`
    Disabled,
    /// A value that this model does not know; it is kept as it is.
    Unlisted(String),
}

impl MachineNetworkInterfaceState {
    /// The value as it is sent.
    pub fn as_str(&self) -> &str {
        match self {
            Self::Active => "Active",
            Self::Passive => "Passive",
            Self::Disabled => "Disabled",
            Self::Unlisted(value) => value,
        }
    }
}

impl From<&str> for MachineNetworkInterfaceState {
    fn from(value: &str) -> Self {
        match value {
            "Active" => Self::Active,
            "Passive" => Self::Passive,
            "Disabled" => Self::Disabled,
            other => Self::Unlisted(other.to_owned()),
        }
    }
}

crate::value::enumeration!(MachineNetworkInterfaceState);

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

///Whether the port carries one network or several.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum NetworkPortPortType {
    /// `ACCESS`
    Access,
    /// `TRUNK`
    Trunk,
    /// A value that this model does not know; it is kept as it is.
    Unlisted(String),
}

impl NetworkPortPortType {
    /// The value as it is sent.
    pub fn as_str(&self) -> &str {
        match self {
            Self::Access => "ACCESS",
            Self::Trunk => "TRUNK",
            Self::Unlisted(value) => value,
        }
    }
}

impl From<&str> for NetworkPortPortType {
    fn from(value: &str) -> Self {
        match value {
            "ACCESS" => Self::Access,
            "TRUNK" => Self::Trunk,
            other => Self::Unlisted(other.to_owned()),
        }
    }
}

crate::value::enumeration!(NetworkPortPortType);

///Whether the network can be reached from outside.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum NetworkNetworkType {
    /// `PRIVATE`
    Private,
    /// `PUBLIC`
    Public,
    /// A value that this model does not know; it is kept as it is.
    Unlisted(String),
}

impl NetworkNetworkType {
    /// The value as it is sent.
    pub fn as_str(&self) -> &str {
        match self {
            Self::Private => "PRIVATE",
            Self::Public => "PUBLIC",
            Self::Unlisted(value) => value,
        }
    }
}

impl From<&str> for NetworkNetworkType {
    fn from(value: &str) -> Self {
        match value {
            "PRIVATE" => Self::Private,
            "PUBLIC" => Self::Public,
            other => Self::Unlisted(other.to_owned()),
        }
    }
}

crate::value::enumeration!(NetworkNetworkType);

///State of the network. It changes through operations only.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum NetworkState {
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
    /// `DELETING`
    Deleting,
    /// `ERROR`
    Error,
    /// A value that this model does not know; it is kept as it is.
    Unlisted(String),
}

impl NetworkState {
    /// The value as it is sent.
    pub fn as_str(&self) -> &str {
        match self {
            Self::Creating => "CREATING",
            Self::Starting => "STARTING",
            Self::Started => "STARTED",
            Self::Stopping => "STOPPING",
            Self::Stopped => "STOPPED",
            Self::Deleting => "DELETING",
            Self::Error => "ERROR",
            Self::Unlisted(value) => value,
        }
    }
}

impl From<&str> for NetworkState {
    fn from(value: &str) -> Self {
        match value {
            "CREATING" => Self::Creating,
            "STARTING" => Self::Starting,
            "STARTED" => Self::Started,
            "STOPPING" => Self::Stopping,
            "STOPPED" => Self::Stopped,
            "DELETING" => Self::Deleting,
            "ERROR" => Self::Error,
            other => Self::Unlisted(other.to_owned()),
        }
    }
}

crate::value::enumeration!(NetworkState);

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

///What kind of event it is. Providers may have others than those listed.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum EventType {
    /// `http://schemas.dmtf.org/cimi/1/event/state`
    State,
    /// `http://schemas.dmtf.org/cimi/1/event/alarm`
    Alarm,
    /// `http://schemas.dmtf.org/cimi/1/event/model`
    Model,
    /// `http://schemas.dmtf.org/cimi/1/event/access`
    Access,
    /// `http://schemas.dmtf.org/cloud/audit/1.0/`
    Audit,
    /// A value that this model does not know; it is kept as it is.
    Unlisted(String),
}

impl EventType {
    /// The value as it is sent.
    pub fn as_str(&self) -> &str {
        match self {
            Self::State => "http://schemas.dmtf.org/cimi/1/event/state",
            Self::Alarm => "http://schemas.dmtf.org/cimi/1/event/alarm",
            Self::Model => "http://schemas.dmtf.org/cimi/1/event/model",
            Self::Access => "http://schemas.dmtf.org/cimi/1/event/access",
            Self::Audit => "http://schemas.dmtf.org/cloud/audit/1.0/",
            Self::Unlisted(value) => value,
        }
    }
}

impl From<&str> for EventType {
    fn from(value: &str) -> Self {
        match value {
            "http://schemas.dmtf.org/cimi/1/event/state" => Self::State,
            "http://schemas.dmtf.org/cimi/1/event/alarm" => Self::Alarm,
            "http://schemas.dmtf.org/cimi/1/event/model" => Self::Model,
            "http://schemas.dmtf.org/cimi/1/event/access" => Self::Access,
            "http://schemas.dmtf.org/cloud/audit/1.0/" => Self::Audit,
            other => Self::Unlisted(other.to_owned()),
        }
    }
}

crate::value::enumeration!(EventType);

///What it means on the whole. Providers may have other values than those listed.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum EventOutcome {
    /// `Pending`
    Pending,
    /// `Unknown`
    Unknown,
    /// `Status`
    Status,
    /// `Success`
    Success,
    /// `Warning`
    Warning,
    /// `Failure`
    Failure,
    /// A value that this model does not know; it is kept as it is.
    Unlisted(String),
}

impl EventOutcome {
    /// The value as it is sent.
    pub fn as_str(&self) -> &str {
        match self {
            Self::Pending => "Pending",
            Self::Unknown => "Unknown",
            Self::Status => "Status",
            Self::Success => "Success",
            Self::Warning => "Warning",
            Self::Failure => "Failure",
            Self::Unlisted(value) => value,
        }
    }
}

impl From<&str> for EventOutcome {
    fn from(value: &str) -> Self {
        match value {
            "Pending" => Self::Pending,
            "Unknown" => Self::Unknown,
            "Status" => Self::Status,
            "Success" => Self::Success,
            "Warning" => Self::Warning,
            "Failure" => Self::Failure,
            other => Self::Unlisted(other.to_owned()),
        }
    }
}

crate::value::enumeration!(EventOutcome);

///How serious it is. Absent where that has no meaning.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum EventSeverity {
    /// `critical`
    Critical,
    /// `high`
    High,
    /// `medium`
    Medium,
    /// `low`
    Low,
    /// A value that this model does not know; it is kept as it is.
    Unlisted(String),
}

impl EventSeverity {
    /// The value as it is sent.
    pub fn as_str(&self) -> &str {
        match self {
            Self::Critical => "critical",
            Self::High => "high",
            Self::Medium => "medium",
            Self::Low => "low",
            Self::Unlisted(value) => value,
        }
    }
}

impl From<&str> for EventSeverity {
    fn from(value: &str) -> Self {
        match value {
            "critical" => Self::Critical,
            "high" => Self::High,
            "medium" => Self::Medium,
            "low" => Self::Low,
            other => Self::Unlisted(other.to_owned()),
        }
    }
}

crate::value::enumeration!(EventSeverity);
