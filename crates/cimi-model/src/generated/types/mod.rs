// Generated from MOF by cim-codegen. Change the MOF, not this file.

//! The resources, requests and structures of the model as Rust structs, in the spelling
//! of CIMI REST.

mod values;
mod job;
mod cloud_entry_point;
mod credential;
mod credential_template;
mod disk_configuration;
mod machine_configuration;
mod machine_image;
mod volume_configuration;
mod volume_template;
mod volume;
mod disk;
mod template_volume;
mod template_volume_template;
mod machine_template;
mod machine;
mod machine_create;
mod credential_create;
mod volume_create;
mod machine_volume;

pub use values::*;
pub use job::Job;
pub use cloud_entry_point::CloudEntryPoint;
pub use credential::Credential;
pub use credential_template::CredentialTemplate;
pub use disk_configuration::DiskConfiguration;
pub use machine_configuration::MachineConfiguration;
pub use machine_image::MachineImage;
pub use volume_configuration::VolumeConfiguration;
pub use volume_template::VolumeTemplate;
pub use volume::Volume;
pub use disk::Disk;
pub use template_volume::TemplateVolume;
pub use template_volume_template::TemplateVolumeTemplate;
pub use machine_template::MachineTemplate;
pub use machine::Machine;
pub use machine_create::MachineCreate;
pub use credential_create::CredentialCreate;
pub use volume_create::VolumeCreate;
pub use machine_volume::MachineVolume;
