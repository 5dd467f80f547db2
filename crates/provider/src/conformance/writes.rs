//! Modify and delete.

use cim_core::{ErrorKind, Etag, Value};

use super::{Suite, expect_error, id};

impl Suite<'_> {
    /// Pairs of property and value: others stay, NULL clears, the version moves.
    pub async fn modifications(&self) {
        let config = self.configuration().await;
        let class = config.class().name;
        let before = self.get(class, id(&config)).await.expect("get");
        let outcome = self
            .modify(
                &config,
                &[("Cpu", Value::from(3_u64)), ("CpuArch", Value::Null)],
                Some(&before.etag),
            )
            .await
            .expect("modify");
        self.done(&outcome).await;
        let after = self.get(class, id(&config)).await.expect("get");
        assert_eq!(after.instance.value("Cpu").as_u64(), Some(3));
        assert!(after.instance.value("CpuArch").is_null());
        assert_eq!(
            after.instance.value("Memory"),
            before.instance.value("Memory")
        );
        assert_ne!(after.etag, before.etag);
        assert_eq!(
            after.instance.value("Created"),
            before.instance.value("Created")
        );
        assert_ne!(
            after.instance.value("Updated"),
            before.instance.value("Updated")
        );

        // Who read an older version does not overwrite a newer one.
        for stale in [before.etag, Etag("nonsense".to_owned())] {
            expect_error(
                self.modify(&config, &[("Cpu", Value::from(9_u64))], Some(&stale))
                    .await,
                ErrorKind::PreconditionFailed,
            );
        }
        for (property, value, kind) in [
            ("InstanceID", Value::from("x"), ErrorKind::ReadOnly),
            ("Created", Value::Null, ErrorKind::ReadOnly),
            ("Memory", Value::from("much"), ErrorKind::TypeMismatch),
        ] {
            let error = expect_error(self.modify(&config, &[(property, value)], None).await, kind);
            assert_eq!(error.subject(), Some(property));
        }
        let unchanged = self.get(class, id(&config)).await.expect("get");
        assert_eq!(unchanged, after, "a refused change changes nothing");

        let template = self.template().await;
        let error = expect_error(
            self.modify(
                &template,
                &[("MachineConfig", Value::from("machineConfigs/none"))],
                None,
            )
            .await,
            ErrorKind::InvalidParameter,
        );
        assert_eq!(error.subject(), Some("MachineConfig"));
        self.modify(
            &template,
            &[("MachineConfig", Value::from(id(&config)))],
            None,
        )
        .await
        .expect("another configuration");

        let machine = self.machine().await;
        for property in ["State", "CpuSpeed"] {
            let error = expect_error(
                self.modify(&machine, &[(property, Value::Null)], None)
                    .await,
                ErrorKind::ReadOnly,
            );
            assert_eq!(error.subject(), Some(property));
        }
        let missing = super::path(class, "machineConfigs/none");
        expect_error(
            self.provider
                .modify(&self.administrator(), &missing, Vec::new(), None)
                .await,
            ErrorKind::NotFound,
        );
        self.delete(&machine).await;
        self.delete(&template).await;
        self.delete(&config).await;
    }

    /// What a resource contains goes with it; who referred to it does so no more (DSP0263 4.2.1.4).
    pub async fn deletions(&self) {
        let template = self.template().await;
        let config = self
            .get(
                "CIMI_MachineConfiguration",
                template.text("MachineConfig").expect("config"),
            )
            .await
            .expect("get")
            .instance;
        self.delete(&config).await;
        let read = self
            .get("CIMI_MachineTemplate", id(&template))
            .await
            .expect("get");
        assert!(
            read.instance.value("MachineConfig").is_null(),
            "the reference to a deleted resource is empty"
        );
        expect_error(
            self.provider
                .delete(
                    &self.administrator(),
                    &template.path(),
                    Some(&Etag("nonsense".to_owned())),
                )
                .await,
            ErrorKind::PreconditionFailed,
        );
        self.delete(&template).await;
        expect_error(
            self.provider
                .delete(&self.administrator(), &template.path(), None)
                .await,
            ErrorKind::NotFound,
        );

        let machine = self.machine().await;
        let disk = self
            .create_in(
                &machine,
                "CIMI_MachineDisk",
                self.blank("CIMI_Disk")
                    .with("Capacity", 4_000_u64)
                    .with("InitialLocation", "/dev/sdd"),
            )
            .await
            .expect("a new disk");
        let disk = self.ready(disk).await;
        let other = self
            .create_in(
                &machine,
                "CIMI_MachineDisk",
                self.blank("CIMI_Disk").with("Capacity", 4_000_u64),
            )
            .await
            .expect("another disk");
        let other = self.ready(other).await;
        assert_ne!(id(&disk), id(&other));
        let error = expect_error(
            self.modify(&disk, &[("InitialLocation", Value::from("/dev/x"))], None)
                .await,
            ErrorKind::ReadOnly,
        );
        assert_eq!(error.subject(), Some("InitialLocation"));
        self.delete(&other).await;
        self.delete(&machine).await;
        self.gone("CIMI_Disk", id(&disk)).await;
        expect_error(
            self.create_in(
                &machine,
                "CIMI_MachineDisk",
                self.blank("CIMI_Disk").with("Capacity", 1_u64),
            )
            .await,
            ErrorKind::NotFound,
        );
        expect_error(
            self.provider
                .delete(
                    &self.administrator(),
                    &super::path("CIMI_CloudEntryPoint", "cloudEntryPoint"),
                    None,
                )
                .await,
            ErrorKind::NotSupported,
        );
    }
}
