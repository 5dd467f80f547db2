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
/// `CIMI_AttributeMetadata`
pub mod cimi_attribute_metadata;
/// `CIMI_CapabilityMetadata`
pub mod cimi_capability_metadata;
/// `CIMI_ActionMetadata`
pub mod cimi_action_metadata;
/// `CIMI_ResourceMetadata`
pub mod cimi_resource_metadata;
/// `CIMI_System`
pub mod cimi_system;
/// `CIMI_AddressTemplate`
pub mod cimi_address_template;
/// `CIMI_CredentialTemplate`
pub mod cimi_credential_template;
/// `CIMI_EventLogTemplate`
pub mod cimi_event_log_template;
/// `CIMI_ForwardingGroupTemplate`
pub mod cimi_forwarding_group_template;
/// `CIMI_DiskConfiguration`
pub mod cimi_disk_configuration;
/// `CIMI_MachineConfiguration`
pub mod cimi_machine_configuration;
/// `CIMI_MachineImage`
pub mod cimi_machine_image;
/// `CIMI_Credential`
pub mod cimi_credential;
/// `CIMI_TemplateVolume`
pub mod cimi_template_volume;
/// `CIMI_VolumeConfiguration`
pub mod cimi_volume_configuration;
/// `CIMI_VolumeImage`
pub mod cimi_volume_image;
/// `CIMI_MeterConfiguration`
pub mod cimi_meter_configuration;
/// `CIMI_MeterTemplate`
pub mod cimi_meter_template;
/// `CIMI_VolumeTemplate`
pub mod cimi_volume_template;
/// `CIMI_TemplateVolumeTemplate`
pub mod cimi_template_volume_template;
/// `CIMI_Address`
pub mod cimi_address;
/// `CIMI_TemplateNetworkInterface`
pub mod cimi_template_network_interface;
/// `CIMI_MachineTemplate`
pub mod cimi_machine_template;
/// `CIMI_NetworkPortConfiguration`
pub mod cimi_network_port_configuration;
/// `CIMI_NetworkPortTemplate`
pub mod cimi_network_port_template;
/// `CIMI_NetworkConfiguration`
pub mod cimi_network_configuration;
/// `CIMI_NetworkTemplate`
pub mod cimi_network_template;
/// `CIMI_ComponentDescriptor`
pub mod cimi_component_descriptor;
/// `CIMI_SystemTemplate`
pub mod cimi_system_template;
/// `CIMI_Machine`
pub mod cimi_machine;
/// `CIMI_Disk`
pub mod cimi_disk;
/// `CIMI_MachineNetworkInterface`
pub mod cimi_machine_network_interface;
/// `CIMI_Volume`
pub mod cimi_volume;
/// `CIMI_Network`
pub mod cimi_network;
/// `CIMI_NetworkPort`
pub mod cimi_network_port;
/// `CIMI_ForwardingGroup`
pub mod cimi_forwarding_group;
/// `CIMI_Meter`
pub mod cimi_meter;
/// `CIMI_Sample`
pub mod cimi_sample;
/// `CIMI_EventSummary`
pub mod cimi_event_summary;
/// `CIMI_EventLog`
pub mod cimi_event_log;
/// `CIMI_EventContent`
pub mod cimi_event_content;
/// `CIMI_StateEventContent`
pub mod cimi_state_event_content;
/// `CIMI_AlarmEventContent`
pub mod cimi_alarm_event_content;
/// `CIMI_ModelEventContent`
pub mod cimi_model_event_content;
/// `CIMI_AccessEventContent`
pub mod cimi_access_event_content;
/// `CIMI_Event`
pub mod cimi_event;
/// `CIMI_SystemCreate`
pub mod cimi_system_create;
/// `CIMI_MachineCreate`
pub mod cimi_machine_create;
/// `CIMI_CredentialCreate`
pub mod cimi_credential_create;
/// `CIMI_VolumeCreate`
pub mod cimi_volume_create;
/// `CIMI_NetworkCreate`
pub mod cimi_network_create;
/// `CIMI_NetworkPortCreate`
pub mod cimi_network_port_create;
/// `CIMI_AddressCreate`
pub mod cimi_address_create;
/// `CIMI_ForwardingGroupCreate`
pub mod cimi_forwarding_group_create;
/// `CIMI_MeterCreate`
pub mod cimi_meter_create;
/// `CIMI_EventLogCreate`
pub mod cimi_event_log_create;
/// `CIMI_HostedResource`
pub mod cimi_hosted_resource;
/// `CIMI_ForwardingGroupNetwork`
pub mod cimi_forwarding_group_network;
/// `CIMI_NetworkNetworkPort`
pub mod cimi_network_network_port;
/// `CIMI_VolumeVolumeImage`
pub mod cimi_volume_volume_image;
/// `CIMI_SystemForwardingGroup`
pub mod cimi_system_forwarding_group;
/// `CIMI_SystemAddress`
pub mod cimi_system_address;
/// `CIMI_SystemNetworkPort`
pub mod cimi_system_network_port;
/// `CIMI_SystemNetwork`
pub mod cimi_system_network;
/// `CIMI_SystemVolume`
pub mod cimi_system_volume;
/// `CIMI_SystemCredential`
pub mod cimi_system_credential;
/// `CIMI_SystemMachine`
pub mod cimi_system_machine;
/// `CIMI_SystemSystem`
pub mod cimi_system_system;
/// `CIMI_MachineSnapshot`
pub mod cimi_machine_snapshot;
/// `CIMI_MachineNetworkInterfaceAddress`
pub mod cimi_machine_network_interface_address;
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
/// `CIMI_CloudEntryPointResourceMetadata`
pub mod cimi_cloud_entry_point_resource_metadata;
/// `CIMI_CloudEntryPointSystem`
pub mod cimi_cloud_entry_point_system;
/// `CIMI_CloudEntryPointSystemTemplate`
pub mod cimi_cloud_entry_point_system_template;
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
/// `CIMI_CloudEntryPointVolumeImage`
pub mod cimi_cloud_entry_point_volume_image;
/// `CIMI_CloudEntryPointNetwork`
pub mod cimi_cloud_entry_point_network;
/// `CIMI_CloudEntryPointNetworkTemplate`
pub mod cimi_cloud_entry_point_network_template;
/// `CIMI_CloudEntryPointNetworkConfiguration`
pub mod cimi_cloud_entry_point_network_configuration;
/// `CIMI_CloudEntryPointNetworkPort`
pub mod cimi_cloud_entry_point_network_port;
/// `CIMI_CloudEntryPointNetworkPortTemplate`
pub mod cimi_cloud_entry_point_network_port_template;
/// `CIMI_CloudEntryPointNetworkPortConfiguration`
pub mod cimi_cloud_entry_point_network_port_configuration;
/// `CIMI_CloudEntryPointAddress`
pub mod cimi_cloud_entry_point_address;
/// `CIMI_CloudEntryPointAddressTemplate`
pub mod cimi_cloud_entry_point_address_template;
/// `CIMI_CloudEntryPointForwardingGroup`
pub mod cimi_cloud_entry_point_forwarding_group;
/// `CIMI_CloudEntryPointForwardingGroupTemplate`
pub mod cimi_cloud_entry_point_forwarding_group_template;
/// `CIMI_CloudEntryPointJob`
pub mod cimi_cloud_entry_point_job;
/// `CIMI_CloudEntryPointMeter`
pub mod cimi_cloud_entry_point_meter;
/// `CIMI_CloudEntryPointMeterTemplate`
pub mod cimi_cloud_entry_point_meter_template;
/// `CIMI_CloudEntryPointMeterConfiguration`
pub mod cimi_cloud_entry_point_meter_configuration;
/// `CIMI_CloudEntryPointEventLog`
pub mod cimi_cloud_entry_point_event_log;
/// `CIMI_CloudEntryPointEventLogTemplate`
pub mod cimi_cloud_entry_point_event_log_template;
/// `CIMI_SystemMeter`
pub mod cimi_system_meter;
/// `CIMI_SystemEventLog`
pub mod cimi_system_event_log;
/// `CIMI_SystemTemplateComponentDescriptorsAddressTemplate`
pub mod cimi_system_template_component_descriptors_address_template;
/// `CIMI_SystemTemplateComponentDescriptorsCredentialTemplate`
pub mod cimi_system_template_component_descriptors_credential_template;
/// `CIMI_SystemTemplateComponentDescriptorsEventLogTemplate`
pub mod cimi_system_template_component_descriptors_event_log_template;
/// `CIMI_SystemTemplateComponentDescriptorsForwardingGroupTemplate`
pub mod cimi_system_template_component_descriptors_forwarding_group_template;
/// `CIMI_SystemTemplateComponentDescriptorsMachineTemplate`
pub mod cimi_system_template_component_descriptors_machine_template;
/// `CIMI_SystemTemplateComponentDescriptorsMeterTemplate`
pub mod cimi_system_template_component_descriptors_meter_template;
/// `CIMI_SystemTemplateComponentDescriptorsNetworkPortTemplate`
pub mod cimi_system_template_component_descriptors_network_port_template;
/// `CIMI_SystemTemplateComponentDescriptorsNetworkTemplate`
pub mod cimi_system_template_component_descriptors_network_template;
/// `CIMI_SystemTemplateComponentDescriptorsSystemTemplate`
pub mod cimi_system_template_component_descriptors_system_template;
/// `CIMI_SystemTemplateComponentDescriptorsVolumeTemplate`
pub mod cimi_system_template_component_descriptors_volume_template;
/// `CIMI_SystemTemplateMeterTemplates`
pub mod cimi_system_template_meter_templates;
/// `CIMI_SystemTemplateEventLogTemplate`
pub mod cimi_system_template_event_log_template;
/// `CIMI_MachineDisk`
pub mod cimi_machine_disk;
/// `CIMI_MachineMachineNetworkInterface`
pub mod cimi_machine_machine_network_interface;
/// `CIMI_MachineLatestSnapshot`
pub mod cimi_machine_latest_snapshot;
/// `CIMI_MachineMeter`
pub mod cimi_machine_meter;
/// `CIMI_MachineEventLog`
pub mod cimi_machine_event_log;
/// `CIMI_MachineNetworkInterfaceNetwork`
pub mod cimi_machine_network_interface_network;
/// `CIMI_MachineNetworkInterfaceNetworkPort`
pub mod cimi_machine_network_interface_network_port;
/// `CIMI_MachineTemplateMachineConfig`
pub mod cimi_machine_template_machine_config;
/// `CIMI_MachineTemplateMachineImage`
pub mod cimi_machine_template_machine_image;
/// `CIMI_MachineTemplateCredential`
pub mod cimi_machine_template_credential;
/// `CIMI_MachineTemplateVolumes`
pub mod cimi_machine_template_volumes;
/// `CIMI_MachineTemplateVolumeTemplates`
pub mod cimi_machine_template_volume_templates;
/// `CIMI_MachineTemplateNetworkInterfacesAddresses`
pub mod cimi_machine_template_network_interfaces_addresses;
/// `CIMI_MachineTemplateNetworkInterfacesNetwork`
pub mod cimi_machine_template_network_interfaces_network;
/// `CIMI_MachineTemplateNetworkInterfacesNetworkPort`
pub mod cimi_machine_template_network_interfaces_network_port;
/// `CIMI_MachineTemplateMeterTemplates`
pub mod cimi_machine_template_meter_templates;
/// `CIMI_MachineTemplateEventLogTemplate`
pub mod cimi_machine_template_event_log_template;
/// `CIMI_MachineImageRelatedImage`
pub mod cimi_machine_image_related_image;
/// `CIMI_VolumeMeter`
pub mod cimi_volume_meter;
/// `CIMI_VolumeEventLog`
pub mod cimi_volume_event_log;
/// `CIMI_VolumeTemplateVolumeConfig`
pub mod cimi_volume_template_volume_config;
/// `CIMI_VolumeTemplateVolumeImage`
pub mod cimi_volume_template_volume_image;
/// `CIMI_VolumeTemplateMeterTemplates`
pub mod cimi_volume_template_meter_templates;
/// `CIMI_VolumeTemplateEventLogTemplate`
pub mod cimi_volume_template_event_log_template;
/// `CIMI_NetworkForwardingGroup`
pub mod cimi_network_forwarding_group;
/// `CIMI_NetworkMeter`
pub mod cimi_network_meter;
/// `CIMI_NetworkEventLog`
pub mod cimi_network_event_log;
/// `CIMI_NetworkTemplateNetworkConfig`
pub mod cimi_network_template_network_config;
/// `CIMI_NetworkTemplateForwardingGroup`
pub mod cimi_network_template_forwarding_group;
/// `CIMI_NetworkTemplateMeterTemplates`
pub mod cimi_network_template_meter_templates;
/// `CIMI_NetworkTemplateEventLogTemplate`
pub mod cimi_network_template_event_log_template;
/// `CIMI_NetworkPortNetwork`
pub mod cimi_network_port_network;
/// `CIMI_NetworkPortMeter`
pub mod cimi_network_port_meter;
/// `CIMI_NetworkPortEventLog`
pub mod cimi_network_port_event_log;
/// `CIMI_NetworkPortTemplateNetwork`
pub mod cimi_network_port_template_network;
/// `CIMI_NetworkPortTemplateNetworkPortConfig`
pub mod cimi_network_port_template_network_port_config;
/// `CIMI_NetworkPortTemplateMeterTemplates`
pub mod cimi_network_port_template_meter_templates;
/// `CIMI_NetworkPortTemplateEventLogTemplate`
pub mod cimi_network_port_template_event_log_template;
/// `CIMI_AddressNetwork`
pub mod cimi_address_network;
/// `CIMI_AddressResource`
pub mod cimi_address_resource;
/// `CIMI_AddressTemplateNetwork`
pub mod cimi_address_template_network;
/// `CIMI_ForwardingGroupTemplateNetworks`
pub mod cimi_forwarding_group_template_networks;
/// `CIMI_MeterTargetResource`
pub mod cimi_meter_target_resource;
/// `CIMI_MeterSample`
pub mod cimi_meter_sample;
/// `CIMI_MeterTemplateTargetResource`
pub mod cimi_meter_template_target_resource;
/// `CIMI_MeterTemplateMeterConfig`
pub mod cimi_meter_template_meter_config;
/// `CIMI_EventLogTargetResource`
pub mod cimi_event_log_target_resource;
/// `CIMI_EventLogEvent`
pub mod cimi_event_log_event;
/// `CIMI_EventLogTemplateTargetResource`
pub mod cimi_event_log_template_target_resource;
/// `CIMI_EventContentResource`
pub mod cimi_event_content_resource;

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
    &cimi_attribute_metadata::CLASS,
    &cimi_capability_metadata::CLASS,
    &cimi_action_metadata::CLASS,
    &cimi_resource_metadata::CLASS,
    &cimi_system::CLASS,
    &cimi_address_template::CLASS,
    &cimi_credential_template::CLASS,
    &cimi_event_log_template::CLASS,
    &cimi_forwarding_group_template::CLASS,
    &cimi_disk_configuration::CLASS,
    &cimi_machine_configuration::CLASS,
    &cimi_machine_image::CLASS,
    &cimi_credential::CLASS,
    &cimi_template_volume::CLASS,
    &cimi_volume_configuration::CLASS,
    &cimi_volume_image::CLASS,
    &cimi_meter_configuration::CLASS,
    &cimi_meter_template::CLASS,
    &cimi_volume_template::CLASS,
    &cimi_template_volume_template::CLASS,
    &cimi_address::CLASS,
    &cimi_template_network_interface::CLASS,
    &cimi_machine_template::CLASS,
    &cimi_network_port_configuration::CLASS,
    &cimi_network_port_template::CLASS,
    &cimi_network_configuration::CLASS,
    &cimi_network_template::CLASS,
    &cimi_component_descriptor::CLASS,
    &cimi_system_template::CLASS,
    &cimi_machine::CLASS,
    &cimi_disk::CLASS,
    &cimi_machine_network_interface::CLASS,
    &cimi_volume::CLASS,
    &cimi_network::CLASS,
    &cimi_network_port::CLASS,
    &cimi_forwarding_group::CLASS,
    &cimi_meter::CLASS,
    &cimi_sample::CLASS,
    &cimi_event_summary::CLASS,
    &cimi_event_log::CLASS,
    &cimi_event_content::CLASS,
    &cimi_state_event_content::CLASS,
    &cimi_alarm_event_content::CLASS,
    &cimi_model_event_content::CLASS,
    &cimi_access_event_content::CLASS,
    &cimi_event::CLASS,
    &cimi_system_create::CLASS,
    &cimi_machine_create::CLASS,
    &cimi_credential_create::CLASS,
    &cimi_volume_create::CLASS,
    &cimi_network_create::CLASS,
    &cimi_network_port_create::CLASS,
    &cimi_address_create::CLASS,
    &cimi_forwarding_group_create::CLASS,
    &cimi_meter_create::CLASS,
    &cimi_event_log_create::CLASS,
    &cimi_hosted_resource::CLASS,
    &cimi_forwarding_group_network::CLASS,
    &cimi_network_network_port::CLASS,
    &cimi_volume_volume_image::CLASS,
    &cimi_system_forwarding_group::CLASS,
    &cimi_system_address::CLASS,
    &cimi_system_network_port::CLASS,
    &cimi_system_network::CLASS,
    &cimi_system_volume::CLASS,
    &cimi_system_credential::CLASS,
    &cimi_system_machine::CLASS,
    &cimi_system_system::CLASS,
    &cimi_machine_snapshot::CLASS,
    &cimi_machine_network_interface_address::CLASS,
    &cimi_machine_volume::CLASS,
    &cimi_job_target_resource::CLASS,
    &cimi_job_affected_resources::CLASS,
    &cimi_job_parent_job::CLASS,
    &cimi_job_nested_jobs::CLASS,
    &cimi_cloud_entry_point_resource_metadata::CLASS,
    &cimi_cloud_entry_point_system::CLASS,
    &cimi_cloud_entry_point_system_template::CLASS,
    &cimi_cloud_entry_point_machine::CLASS,
    &cimi_cloud_entry_point_machine_template::CLASS,
    &cimi_cloud_entry_point_machine_configuration::CLASS,
    &cimi_cloud_entry_point_machine_image::CLASS,
    &cimi_cloud_entry_point_credential::CLASS,
    &cimi_cloud_entry_point_credential_template::CLASS,
    &cimi_cloud_entry_point_volume::CLASS,
    &cimi_cloud_entry_point_volume_template::CLASS,
    &cimi_cloud_entry_point_volume_configuration::CLASS,
    &cimi_cloud_entry_point_volume_image::CLASS,
    &cimi_cloud_entry_point_network::CLASS,
    &cimi_cloud_entry_point_network_template::CLASS,
    &cimi_cloud_entry_point_network_configuration::CLASS,
    &cimi_cloud_entry_point_network_port::CLASS,
    &cimi_cloud_entry_point_network_port_template::CLASS,
    &cimi_cloud_entry_point_network_port_configuration::CLASS,
    &cimi_cloud_entry_point_address::CLASS,
    &cimi_cloud_entry_point_address_template::CLASS,
    &cimi_cloud_entry_point_forwarding_group::CLASS,
    &cimi_cloud_entry_point_forwarding_group_template::CLASS,
    &cimi_cloud_entry_point_job::CLASS,
    &cimi_cloud_entry_point_meter::CLASS,
    &cimi_cloud_entry_point_meter_template::CLASS,
    &cimi_cloud_entry_point_meter_configuration::CLASS,
    &cimi_cloud_entry_point_event_log::CLASS,
    &cimi_cloud_entry_point_event_log_template::CLASS,
    &cimi_system_meter::CLASS,
    &cimi_system_event_log::CLASS,
    &cimi_system_template_component_descriptors_address_template::CLASS,
    &cimi_system_template_component_descriptors_credential_template::CLASS,
    &cimi_system_template_component_descriptors_event_log_template::CLASS,
    &cimi_system_template_component_descriptors_forwarding_group_template::CLASS,
    &cimi_system_template_component_descriptors_machine_template::CLASS,
    &cimi_system_template_component_descriptors_meter_template::CLASS,
    &cimi_system_template_component_descriptors_network_port_template::CLASS,
    &cimi_system_template_component_descriptors_network_template::CLASS,
    &cimi_system_template_component_descriptors_system_template::CLASS,
    &cimi_system_template_component_descriptors_volume_template::CLASS,
    &cimi_system_template_meter_templates::CLASS,
    &cimi_system_template_event_log_template::CLASS,
    &cimi_machine_disk::CLASS,
    &cimi_machine_machine_network_interface::CLASS,
    &cimi_machine_latest_snapshot::CLASS,
    &cimi_machine_meter::CLASS,
    &cimi_machine_event_log::CLASS,
    &cimi_machine_network_interface_network::CLASS,
    &cimi_machine_network_interface_network_port::CLASS,
    &cimi_machine_template_machine_config::CLASS,
    &cimi_machine_template_machine_image::CLASS,
    &cimi_machine_template_credential::CLASS,
    &cimi_machine_template_volumes::CLASS,
    &cimi_machine_template_volume_templates::CLASS,
    &cimi_machine_template_network_interfaces_addresses::CLASS,
    &cimi_machine_template_network_interfaces_network::CLASS,
    &cimi_machine_template_network_interfaces_network_port::CLASS,
    &cimi_machine_template_meter_templates::CLASS,
    &cimi_machine_template_event_log_template::CLASS,
    &cimi_machine_image_related_image::CLASS,
    &cimi_volume_meter::CLASS,
    &cimi_volume_event_log::CLASS,
    &cimi_volume_template_volume_config::CLASS,
    &cimi_volume_template_volume_image::CLASS,
    &cimi_volume_template_meter_templates::CLASS,
    &cimi_volume_template_event_log_template::CLASS,
    &cimi_network_forwarding_group::CLASS,
    &cimi_network_meter::CLASS,
    &cimi_network_event_log::CLASS,
    &cimi_network_template_network_config::CLASS,
    &cimi_network_template_forwarding_group::CLASS,
    &cimi_network_template_meter_templates::CLASS,
    &cimi_network_template_event_log_template::CLASS,
    &cimi_network_port_network::CLASS,
    &cimi_network_port_meter::CLASS,
    &cimi_network_port_event_log::CLASS,
    &cimi_network_port_template_network::CLASS,
    &cimi_network_port_template_network_port_config::CLASS,
    &cimi_network_port_template_meter_templates::CLASS,
    &cimi_network_port_template_event_log_template::CLASS,
    &cimi_address_network::CLASS,
    &cimi_address_resource::CLASS,
    &cimi_address_template_network::CLASS,
    &cimi_forwarding_group_template_networks::CLASS,
    &cimi_meter_target_resource::CLASS,
    &cimi_meter_sample::CLASS,
    &cimi_meter_template_target_resource::CLASS,
    &cimi_meter_template_meter_config::CLASS,
    &cimi_event_log_target_resource::CLASS,
    &cimi_event_log_event::CLASS,
    &cimi_event_log_template_target_resource::CLASS,
    &cimi_event_content_resource::CLASS,
];
