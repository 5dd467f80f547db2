//! Machines, volumes and images through their states, and the jobs that lead there.

use cim_core::{ErrorKind, Instance, Value};
use cim_query::{Association, Query, Source};

use super::queries::ALL;
use super::{Suite, expect_error, id, texts};

fn operations(instance: &Instance) -> Vec<String> {
    let mut operations = texts(instance, "AvailableOperations");
    operations.sort();
    operations
}

impl Suite<'_> {
    /// The volumes that are attached to a machine.
    pub async fn attached_volumes(&self, machine: &Instance) -> Vec<String> {
        let schema = self.provider.schema();
        let mut query = Query::all(schema.class("CIMI_Volume").expect("class"));
        query.source = Source::Associators(Association {
            object: machine.path(),
            association_class: Some("CIMI_MachineVolume".to_owned()),
            role: None,
            result_role: None,
        });
        let page = self
            .provider
            .query(&self.administrator(), &query, ALL)
            .await
            .expect("query");
        page.items
            .iter()
            .map(|item| id(&item.resource.instance).to_owned())
            .collect()
    }

    /// Start, pause, suspend, restart, stop, delete; and what is not possible when.
    pub async fn machines_live(&self) {
        let machine = self.machine().await;
        assert_eq!(machine.text("State"), Some("STOPPED"));
        assert_eq!(
            operations(&machine),
            [
                "capture", "delete", "edit", "restart", "restore", "snapshot", "start"
            ]
        );
        let error = expect_error(
            self.invoke(&machine, "Stop", Vec::new()).await,
            ErrorKind::WrongState,
        );
        assert!(
            error.message().contains("STOPPED") && error.message().contains("STARTED"),
            "says what the state is and what it should be: {error}"
        );

        let started = self.invoke(&machine, "Start", Vec::new()).await;
        let started = started.expect("start");
        if let Some(job) = &started.outcome.job {
            assert_eq!(started.return_value.as_u64(), Some(4096));
            let output = started
                .outputs
                .iter()
                .find(|(name, _)| name == "Job")
                .and_then(|(_, value)| value.as_reference())
                .expect("the job is an output parameter");
            assert_eq!(output.instance_id(), job.instance_id());
            let job = self.ended(job).await;
            assert_eq!(job.text("TargetResource"), Some(id(&machine)));
            assert_eq!(texts(&job, "AffectedResources"), [id(&machine)]);
            assert!(
                job.text("Action")
                    .is_some_and(|uri| uri.ends_with("/action/start")),
                "{job:?}"
            );
        }
        self.done(&started.outcome).await;
        let running = self.get("CIMI_Machine", id(&machine)).await.expect("get");
        assert_eq!(running.instance.text("State"), Some("STARTED"));
        assert_eq!(
            running.instance.value("Updated"),
            machine.value("Updated"),
            "operations do not move it"
        );
        assert_eq!(
            operations(&running.instance),
            [
                "capture", "delete", "edit", "pause", "restart", "restore", "snapshot", "stop",
                "suspend"
            ]
        );
        for (method, state) in [
            ("Pause", "PAUSED"),
            ("Start", "STARTED"),
            ("Suspend", "SUSPENDED"),
            ("Start", "STARTED"),
            ("Restart", "STARTED"),
            ("Stop", "STOPPED"),
            ("Restart", "STARTED"),
        ] {
            let machine = self.run(&machine, method).await;
            assert_eq!(machine.text("State"), Some(state), "after {method}");
        }
        let force = vec![("Force".to_owned(), Value::from(true))];
        let stopped = self.invoke(&machine, "Stop", force).await.expect("stop");
        self.done(&stopped.outcome).await;
        for parameters in [
            vec![("Force".to_owned(), Value::from("yes"))],
            vec![("Why".to_owned(), Value::from(true))],
        ] {
            let error = self
                .invoke(&machine, "Stop", parameters)
                .await
                .expect_err("an error");
            assert!(
                [ErrorKind::TypeMismatch, ErrorKind::InvalidParameter].contains(&error.kind()),
                "{error}"
            );
        }
        self.delete(&machine).await;
        expect_error(
            self.invoke(&machine, "Start", Vec::new()).await,
            ErrorKind::NotFound,
        );
    }

    /// A stop in the middle of a start; a delete in the middle of anything.
    pub async fn jobs_are_stopped(&self) {
        let machine = self.machine().await;
        let start = self
            .invoke(&machine, "Start", Vec::new())
            .await
            .expect("start");
        let stop = self.invoke(&machine, "Stop", Vec::new()).await;
        match stop {
            // The start was still under way, or over already: both lead to STOPPED.
            Ok(stop) => self.done(&stop.outcome).await,
            Err(error) => panic!("stop is possible in STARTING and in STARTED: {error}"),
        }
        if let Some(job) = &start.outcome.job {
            self.ended(job).await;
        }
        let read = self.get("CIMI_Machine", id(&machine)).await.expect("get");
        assert_eq!(read.instance.text("State"), Some("STOPPED"));

        let start = self
            .invoke(&machine, "Start", Vec::new())
            .await
            .expect("start");
        if let Some(job) = &start.outcome.job {
            let running = self
                .provider
                .get(&self.administrator(), job)
                .await
                .expect("job")
                .instance;
            match self.invoke(&running, "Stop", Vec::new()).await {
                Ok(_) => {
                    let job = self.ended(job).await;
                    assert_eq!(job.text("State"), Some("STOPPED"));
                    let read = self.get("CIMI_Machine", id(&machine)).await.expect("get");
                    assert_eq!(read.instance.text("State"), Some("STOPPED"));
                }
                // It had ended already.
                Err(error) => assert_eq!(error.kind(), ErrorKind::WrongState, "{error}"),
            }
            let over = self.ended(job).await;
            expect_error(
                self.invoke(&over, "Stop", Vec::new()).await,
                ErrorKind::WrongState,
            );
            self.provider
                .delete(&self.administrator(), job, None)
                .await
                .expect("an ended job can be deleted");
        }
        let create = self
            .blank("CIMI_Machine")
            .with("Cpu", 1_u64)
            .with("Memory", 1_024_u64);
        let created = self
            .provider
            .create(&self.administrator(), create, None)
            .await
            .expect("create");
        // DSP0263 5.14.1: a machine can be deleted while it is made.
        let deleted = self
            .provider
            .delete(&self.administrator(), &created.path, None)
            .await
            .expect("delete");
        self.done(&deleted).await;
        self.gone("CIMI_Machine", created.path.instance_id().expect("id"))
            .await;
        self.delete(&machine).await;
    }

    /// Attach, detach, and who may not.
    pub async fn volumes_are_attached(&self) {
        let volume = self.volume().await;
        assert_eq!(volume.text("State"), Some("AVAILABLE"));
        let (one, two) = (self.machine().await, self.machine().await);
        let membership = || {
            self.blank("CIMI_MachineVolume")
                .with("PartComponent", volume.path())
                .with("InitialLocation", "/dev/sdb")
        };
        let attached = self
            .provider
            .create(
                &self.administrator(),
                membership().with("GroupComponent", one.path()),
                None,
            )
            .await
            .expect("attach, both ends named");
        let attached = self.ready(attached).await;
        assert_eq!(attached.text("InitialLocation"), Some("/dev/sdb"));
        assert_eq!(self.attached_volumes(&one).await, [id(&volume)]);
        expect_error(
            self.create_in(&two, "CIMI_MachineVolume", membership())
                .await,
            ErrorKind::InUse,
        );
        expect_error(
            self.provider
                .delete(&self.administrator(), &volume.path(), None)
                .await,
            ErrorKind::InUse,
        );
        let error = expect_error(
            self.create_in(
                &two,
                "CIMI_MachineVolume",
                membership().with("PartComponent", super::path("CIMI_Volume", "volumes/none")),
            )
            .await,
            ErrorKind::InvalidParameter,
        );
        assert_eq!(error.subject(), Some("PartComponent"));
        let error = expect_error(
            self.provider
                .create(&self.administrator(), membership(), None)
                .await,
            ErrorKind::MissingValue,
        );
        assert_eq!(error.subject(), Some("GroupComponent"));

        self.delete(&attached).await;
        assert!(self.attached_volumes(&one).await.is_empty());
        let again = self
            .create_in(&two, "CIMI_MachineVolume", membership())
            .await
            .expect("attach to the other");
        self.ready(again).await;
        // The machine goes, the attachment with it, the volume stays.
        self.delete(&two).await;
        let error = expect_error(
            self.modify(&volume, &[("Capacity", Value::from(1_u64))], None)
                .await,
            ErrorKind::InvalidParameter,
        );
        assert_eq!(error.subject(), Some("Capacity"));
        self.modify(&volume, &[("Capacity", Value::from(6_000_u64))], None)
            .await
            .expect("a volume can grow");
        self.delete(&volume).await;
        self.delete(&one).await;
    }

    /// Images of data, and of machines (DSP0263 5.14.7.1).
    pub async fn images_are_made(&self) {
        let image = self
            .blank("CIMI_MachineImage")
            .with("ElementName", self.name("image"))
            .with("ImageLocation", "https://images.example/x.qcow2");
        let image = self.create(image).await;
        assert_eq!(image.text("State"), Some("AVAILABLE"));
        assert_eq!(image.text("Type"), Some("IMAGE"));

        let machine = self.machine().await;
        let mut snapshots = Vec::new();
        for _ in 0..2 {
            let snapshot = self
                .blank("CIMI_MachineImage")
                .with("Type", "SNAPSHOT")
                .with("ImageLocation", id(&machine));
            let snapshot = self.create(snapshot).await;
            assert_eq!(snapshot.text("State"), Some("AVAILABLE"));
            assert_ne!(snapshot.text("ImageLocation"), Some(id(&machine)));
            snapshots.push(snapshot);
        }
        assert!(snapshots[0].value("RelatedImage").is_null());
        assert_eq!(
            snapshots[1].text("RelatedImage"),
            Some(id(&snapshots[0])),
            "a snapshot knows the one before it"
        );
        let read = self.get("CIMI_Machine", id(&machine)).await.expect("get");
        assert_eq!(read.instance.text("State"), Some("STOPPED"));
        assert_eq!(
            read.instance.text("LatestSnapshot"),
            Some(id(&snapshots[1]))
        );
        self.delete(&snapshots[0]).await;
        let later = self
            .get("CIMI_MachineImage", id(&snapshots[1]))
            .await
            .expect("get");
        assert!(later.instance.value("RelatedImage").is_null());
        self.delete(&snapshots[1]).await;
        let read = self.get("CIMI_Machine", id(&machine)).await.expect("get");
        assert!(read.instance.value("LatestSnapshot").is_null());

        let error = expect_error(
            self.provider
                .create(
                    &self.administrator(),
                    self.blank("CIMI_MachineImage").with("Type", "IMAGE"),
                    None,
                )
                .await,
            ErrorKind::MissingValue,
        );
        assert_eq!(error.subject(), Some("ImageLocation"));
        self.delete(&image).await;
        self.delete(&machine).await;
    }
}
