//! Create from templates: by reference, by value, with overrides; and what is refused.

use cim_core::{ErrorKind, Instance, Value};

use super::{Suite, expect_error, id, texts};

impl Suite<'_> {
    fn machine_create(&self, template: impl Into<Value>) -> Instance {
        self.blank("CIMI_MachineCreate")
            .with("ElementName", self.name("machine"))
            .with("MachineTemplate", template)
    }

    /// A template by reference, as it is and with some attributes replaced.
    pub async fn templates_by_reference(&self) {
        let template = self.template().await;
        let property = self
            .blank("CIMI_Property")
            .with("Name", "tier")
            .with("Value", "web");
        let create = self
            .machine_create(id(&template))
            .with("Description", "one of two")
            .with("Properties", Value::Array(vec![Value::from(property)]));
        let context = self.administrator();
        let created = self
            .provider
            .create(&context, create, None)
            .await
            .expect("create");
        let at_once = created.outcome.resource.clone().expect("the new resource");
        assert_eq!(at_once.instance.path(), created.path);
        let job = created.outcome.job.clone();
        let machine = self.ready(created).await;
        assert_eq!(machine.text("State"), Some("STOPPED"), "the default");
        assert_eq!(machine.value("Cpu").as_u64(), Some(2));
        assert_eq!(machine.value("Memory").as_u64(), Some(4_194_304));
        assert_eq!(machine.text("CpuArch"), Some("x86_64"));
        assert_eq!(machine.text("Description"), Some("one of two"));
        assert_eq!(machine.value("Properties").elements().len(), 1);
        if let Some(job) = job {
            let job = self.ended(&job).await;
            assert!(texts(&job, "AffectedResources").contains(&id(&machine).to_owned()));
        }

        // Overrides replace a top-level attribute as a whole; the template itself stays as it is.
        let config = self
            .blank("CIMI_MachineConfiguration")
            .with(
                "InstanceID",
                template.text("MachineConfig").expect("config"),
            )
            .with("Cpu", 8_u64)
            .with("Disks", Value::Null);
        let overriding = self
            .blank("CIMI_MachineTemplate")
            .with("InstanceID", id(&template))
            .with("InitialState", "STARTED")
            .with("MachineConfig", config);
        let big = self.create(self.machine_create(overriding)).await;
        assert_eq!(big.text("State"), Some("STARTED"));
        assert_eq!(big.value("Cpu").as_u64(), Some(8));
        assert_eq!(
            big.value("Memory").as_u64(),
            Some(4_194_304),
            "what is not replaced is the template's"
        );
        let again = self
            .get("CIMI_MachineTemplate", id(&template))
            .await
            .expect("get");
        assert_eq!(again.instance, template);

        // NULL erases: without a configuration there is no machine.
        let erasing = self
            .blank("CIMI_MachineTemplate")
            .with("InstanceID", id(&template))
            .with("MachineConfig", Value::Null);
        let error = expect_error(
            self.provider
                .create(&context, self.machine_create(erasing), None)
                .await,
            ErrorKind::MissingValue,
        );
        assert_eq!(error.subject(), Some("MachineConfig"));
        self.delete(&machine).await;
        self.delete(&big).await;
        self.delete(&template).await;
    }

    /// A template by value, parts by value too; a resource that is its own template.
    pub async fn templates_by_value(&self) {
        let disk = self
            .blank("CIMI_DiskConfiguration")
            .with("Capacity", 7_000_u64)
            .with("Format", "ext4");
        let config = self
            .blank("CIMI_MachineConfiguration")
            .with("Cpu", 1_u64)
            .with("Memory", 1_024_u64)
            .with("Disks", Value::Array(vec![Value::from(disk)]));
        let volume_config = self
            .blank("CIMI_VolumeConfiguration")
            .with("Capacity", 3_000_u64);
        let volume_template = self
            .blank("CIMI_VolumeTemplate")
            .with("VolumeConfig", volume_config);
        let attached = self
            .blank("CIMI_TemplateVolumeTemplate")
            .with("Href", volume_template)
            .with("InitialLocation", "/dev/sdb");
        let template = self
            .blank("CIMI_MachineTemplate")
            .with("MachineConfig", config)
            .with("VolumeTemplates", Value::Array(vec![Value::from(attached)]));
        let machine = self.create(self.machine_create(template)).await;
        assert_eq!(machine.value("Memory").as_u64(), Some(1_024));
        let job_made = self.attached_volumes(&machine).await;
        assert_eq!(job_made.len(), 1);
        let volume = self.get("CIMI_Volume", &job_made[0]).await.expect("volume");
        assert_eq!(volume.instance.text("State"), Some("AVAILABLE"));
        assert_eq!(volume.instance.value("Capacity").as_u64(), Some(3_000));
        self.delete(&machine).await;
        // Volumes outlive their machine.
        let volume = self.get("CIMI_Volume", &job_made[0]).await.expect("volume");
        self.delete(&volume.instance).await;

        let plain = self
            .blank("CIMI_Machine")
            .with("ElementName", self.name("plain"))
            .with("Cpu", 1_u64)
            .with("Memory", 2_048_u64);
        let machine = self.create(plain).await;
        assert_eq!(machine.text("State"), Some("STOPPED"));
        self.delete(&machine).await;

        let credential_template = self
            .blank("CIMI_CredentialTemplate")
            .with("UserName", "root")
            .with("Password", "of the template");
        let credential_template = self.create(credential_template).await;
        let credential = self
            .blank("CIMI_CredentialCreate")
            .with("CredentialTemplate", id(&credential_template));
        let credential = self.create(credential).await;
        assert_eq!(credential.text("UserName"), Some("root"));
        self.delete(&credential).await;
        self.delete(&credential_template).await;
    }

    /// What is missing, unknown or of the wrong kind is named.
    pub async fn what_a_create_needs(&self) {
        let context = self.administrator();
        let create =
            async |instance: Instance| self.provider.create(&context, instance, None).await;
        let error = expect_error(
            create(self.blank("CIMI_MachineCreate")).await,
            ErrorKind::MissingValue,
        );
        assert_eq!(error.subject(), Some("MachineTemplate"));
        let error = expect_error(
            create(self.machine_create("machineTemplates/none")).await,
            ErrorKind::InvalidParameter,
        );
        assert_eq!(error.subject(), Some("MachineTemplate"));
        assert!(error.message().contains("machineTemplates/none"), "{error}");
        let error = expect_error(
            create(self.blank("CIMI_Machine").with("Cpu", 1_u64)).await,
            ErrorKind::MissingValue,
        );
        assert_eq!(error.subject(), Some("Memory"));
        assert!(error.message().contains("CIMI_MachineCreate"), "{error}");
        expect_error(
            create(self.blank("CIMI_Job")).await,
            ErrorKind::NotSupported,
        );
        expect_error(
            create(self.blank("CIMI_CloudEntryPoint")).await,
            ErrorKind::NotSupported,
        );
        expect_error(
            create(self.blank("CIMI_Property").with("Name", "n")).await,
            ErrorKind::NotSupported,
        );
        expect_error(
            create(self.blank("CIMI_Disk").with("Capacity", 1_u64)).await,
            ErrorKind::MissingValue,
        );
        let error = expect_error(
            create(
                self.blank("CIMI_MachineTemplate")
                    .with("MachineConfig", "machineConfigs/none"),
            )
            .await,
            ErrorKind::InvalidParameter,
        );
        assert_eq!(error.subject(), Some("MachineConfig"));
        let error = expect_error(
            create(
                self.blank("CIMI_VolumeConfiguration")
                    .with("Capacity", "big"),
            )
            .await,
            ErrorKind::TypeMismatch,
        );
        assert_eq!(error.subject(), Some("Capacity"));
        let twice = || {
            Value::from(
                self.blank("CIMI_Property")
                    .with("Name", "k")
                    .with("Value", "v"),
            )
        };
        let error = expect_error(
            create(
                self.blank("CIMI_VolumeConfiguration")
                    .with("Properties", Value::Array(vec![twice(), twice()])),
            )
            .await,
            ErrorKind::InvalidParameter,
        );
        assert_eq!(error.subject(), Some("Properties"));

        // What only the service sets is left out, whoever copies a resource sends it.
        let copied = self
            .blank("CIMI_VolumeConfiguration")
            .with("InstanceID", "volumeConfigs/mine")
            .with("ElementName", self.name("copied"))
            .with("Capacity", 1_u64);
        let config = self.create(copied).await;
        assert_ne!(id(&config), "volumeConfigs/mine");
        self.delete(&config).await;
    }
}
