// Generated from MOF by cim-codegen. Change the MOF, not this file.

// The classes of the model, a module for each.

mod qualifiers;
/// `CIM_ManagedElement`
pub mod cim_managed_element;
/// `CIM_Dependency`
pub mod cim_dependency;
/// `CIM_Component`
pub mod cim_component;
/// `CIM_Error`
pub mod cim_error;
/// `CIM_Indication`
pub mod cim_indication;
/// `CIM_InstIndication`
pub mod cim_inst_indication;
/// `CIM_InstCreation`
pub mod cim_inst_creation;
/// `CIM_InstModification`
pub mod cim_inst_modification;
/// `CIM_InstDeletion`
pub mod cim_inst_deletion;
/// `CIMI_Property`
pub mod cimi_property;
/// `CIMI_Extension`
pub mod cimi_extension;
/// `CIMI_Resource`
pub mod cimi_resource;
/// `CIMI_ResourceCreate`
pub mod cimi_resource_create;
/// `CIMI_ResourceMembership`
pub mod cimi_resource_membership;
/// `CIMI_ResourceContainment`
pub mod cimi_resource_containment;
/// `CIMI_ResourceReference`
pub mod cimi_resource_reference;
/// `CIMI_Job`
pub mod cimi_job;
/// `CIMI_CloudEntryPoint`
pub mod cimi_cloud_entry_point;
/// `CIMI_Credential`
pub mod cimi_credential;
/// `CIMI_CredentialTemplate`
pub mod cimi_credential_template;
/// `CIMI_DiskConfiguration`
pub mod cimi_disk_configuration;
/// `CIMI_MachineConfiguration`
pub mod cimi_machine_configuration;
/// `CIMI_MachineImage`
pub mod cimi_machine_image;
/// `CIMI_VolumeConfiguration`
pub mod cimi_volume_configuration;
/// `CIMI_VolumeTemplate`
pub mod cimi_volume_template;
/// `CIMI_Volume`
pub mod cimi_volume;
/// `CIMI_Disk`
pub mod cimi_disk;
/// `CIMI_TemplateVolume`
pub mod cimi_template_volume;
/// `CIMI_TemplateVolumeTemplate`
pub mod cimi_template_volume_template;
/// `CIMI_MachineTemplate`
pub mod cimi_machine_template;
/// `CIMI_Machine`
pub mod cimi_machine;
/// `CIMI_MachineCreate`
pub mod cimi_machine_create;
/// `CIMI_CredentialCreate`
pub mod cimi_credential_create;
/// `CIMI_VolumeCreate`
pub mod cimi_volume_create;
/// `CIMI_HostedResource`
pub mod cimi_hosted_resource;
/// `CIMI_MachineVolume`
pub mod cimi_machine_volume;
/// `CIMI_JobTargetResource`
pub mod cimi_job_target_resource;
/// `CIMI_JobAffectedResources`
pub mod cimi_job_affected_resources;
/// `CIMI_JobParentJob`
pub mod cimi_job_parent_job;
/// `CIMI_JobNestedJobs`
pub mod cimi_job_nested_jobs;
/// `CIMI_CloudEntryPointMachine`
pub mod cimi_cloud_entry_point_machine;
/// `CIMI_CloudEntryPointMachineTemplate`
pub mod cimi_cloud_entry_point_machine_template;
/// `CIMI_CloudEntryPointMachineConfiguration`
pub mod cimi_cloud_entry_point_machine_configuration;
/// `CIMI_CloudEntryPointMachineImage`
pub mod cimi_cloud_entry_point_machine_image;
/// `CIMI_CloudEntryPointCredential`
pub mod cimi_cloud_entry_point_credential;
/// `CIMI_CloudEntryPointCredentialTemplate`
pub mod cimi_cloud_entry_point_credential_template;
/// `CIMI_CloudEntryPointVolume`
pub mod cimi_cloud_entry_point_volume;
/// `CIMI_CloudEntryPointVolumeTemplate`
pub mod cimi_cloud_entry_point_volume_template;
/// `CIMI_CloudEntryPointVolumeConfiguration`
pub mod cimi_cloud_entry_point_volume_configuration;
/// `CIMI_CloudEntryPointJob`
pub mod cimi_cloud_entry_point_job;
/// `CIMI_MachineImageRelatedImage`
pub mod cimi_machine_image_related_image;
/// `CIMI_VolumeTemplateVolumeConfig`
pub mod cimi_volume_template_volume_config;
/// `CIMI_MachineTemplateMachineConfig`
pub mod cimi_machine_template_machine_config;
/// `CIMI_MachineTemplateMachineImage`
pub mod cimi_machine_template_machine_image;
/// `CIMI_MachineTemplateCredential`
pub mod cimi_machine_template_credential;
/// `CIMI_MachineDisk`
pub mod cimi_machine_disk;
/// `CIMI_MachineLatestSnapshot`
pub mod cimi_machine_latest_snapshot;

/// Every class, superclasses before subclasses.
pub static CLASSES: &[&::cim_core::ClassDescriptor] = &[
    &cim_managed_element::CLASS,
    &cim_dependency::CLASS,
    &cim_component::CLASS,
    &cim_error::CLASS,
    &cim_indication::CLASS,
    &cim_inst_indication::CLASS,
    &cim_inst_creation::CLASS,
    &cim_inst_modification::CLASS,
    &cim_inst_deletion::CLASS,
    &cimi_property::CLASS,
    &cimi_extension::CLASS,
    &cimi_resource::CLASS,
    &cimi_resource_create::CLASS,
    &cimi_resource_membership::CLASS,
    &cimi_resource_containment::CLASS,
    &cimi_resource_reference::CLASS,
    &cimi_job::CLASS,
    &cimi_cloud_entry_point::CLASS,
    &cimi_credential::CLASS,
    &cimi_credential_template::CLASS,
    &cimi_disk_configuration::CLASS,
    &cimi_machine_configuration::CLASS,
    &cimi_machine_image::CLASS,
    &cimi_volume_configuration::CLASS,
    &cimi_volume_template::CLASS,
    &cimi_volume::CLASS,
    &cimi_disk::CLASS,
    &cimi_template_volume::CLASS,
    &cimi_template_volume_template::CLASS,
    &cimi_machine_template::CLASS,
    &cimi_machine::CLASS,
    &cimi_machine_create::CLASS,
    &cimi_credential_create::CLASS,
    &cimi_volume_create::CLASS,
    &cimi_hosted_resource::CLASS,
    &cimi_machine_volume::CLASS,
    &cimi_job_target_resource::CLASS,
    &cimi_job_affected_resources::CLASS,
    &cimi_job_parent_job::CLASS,
    &cimi_job_nested_jobs::CLASS,
    &cimi_cloud_entry_point_machine::CLASS,
    &cimi_cloud_entry_point_machine_template::CLASS,
    &cimi_cloud_entry_point_machine_configuration::CLASS,
    &cimi_cloud_entry_point_machine_image::CLASS,
    &cimi_cloud_entry_point_credential::CLASS,
    &cimi_cloud_entry_point_credential_template::CLASS,
    &cimi_cloud_entry_point_volume::CLASS,
    &cimi_cloud_entry_point_volume_template::CLASS,
    &cimi_cloud_entry_point_volume_configuration::CLASS,
    &cimi_cloud_entry_point_job::CLASS,
    &cimi_machine_image_related_image::CLASS,
    &cimi_volume_template_volume_config::CLASS,
    &cimi_machine_template_machine_config::CLASS,
    &cimi_machine_template_machine_image::CLASS,
    &cimi_machine_template_credential::CLASS,
    &cimi_machine_disk::CLASS,
    &cimi_machine_latest_snapshot::CLASS,
];
