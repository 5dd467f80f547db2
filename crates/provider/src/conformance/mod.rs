//! What a provider must do: async functions over any [`Provider`] that serves the CIMI classes.
//!
//! They know nothing of the inside of a provider, so that they run over the embedded one and over
//! chains of bindings alike. They make what they need, with names of their own, and do not mind what
//! else is there or who else works on it. They panic where the provider is wrong.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a panic is the report of a test"
)]

mod access;
mod associations;
mod events;
mod life_cycle;
mod queries;
mod templates;
mod types;
mod writes;

use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use cim_core::{CimError, ErrorKind, Instance, ObjectPath, Value};

use crate::{
    Change, Container, Created, IfMatch, Invoked, OperationContext, Outcome, Provider, Resource,
    Role,
};

/// A provider under test.
pub struct Suite<'p> {
    /// The provider.
    pub provider: &'p dyn Provider,
    /// Makes a context for a role and a tenant.
    pub context: &'p (dyn Fn(Role, Option<&str>) -> OperationContext + Sync),
    /// Whether callers of several tenants and roles reach the provider as what they are.
    pub principals: bool,
    /// Whether the provider tells of events.
    pub events: bool,
}

/// Runs everything.
pub async fn all(suite: &Suite<'_>) {
    suite.reading().await;
    suite.extents().await;
    suite.cursors().await;
    suite.ordered_queries().await;
    suite.association_walks().await;
    suite.templates_by_reference().await;
    suite.templates_by_value().await;
    suite.what_a_create_needs().await;
    suite.modifications().await;
    suite.deletions().await;
    suite.machines_live().await;
    suite.jobs_are_stopped().await;
    suite.volumes_are_attached().await;
    suite.images_are_made().await;
    suite.machines_are_set_back().await;
    suite.networks_live().await;
    suite.meters_belong_to_what_they_measure().await;
    suite.groups_have_members().await;
    suite.volumes_have_images().await;
    suite.secrets_stay_secret().await;
    if suite.principals {
        suite.roles_and_tenants().await;
    }
    if suite.events {
        suite.events_tell_everything().await;
    }
}

/// How long anything may take.
const PATIENCE: Duration = Duration::from_secs(30);

/// The path of a resource.
pub fn path(class: &str, id: &str) -> ObjectPath {
    ObjectPath::new(class, "InstanceID", id)
}

/// The InstanceID of an instance.
pub fn id(instance: &Instance) -> &str {
    instance.text("InstanceID").expect("an InstanceID")
}

/// The texts of an array property.
pub fn texts(instance: &Instance, property: &str) -> Vec<String> {
    instance
        .value(property)
        .elements()
        .iter()
        .filter_map(|v| v.as_str().map(str::to_owned))
        .collect()
}

fn expect_error<T: std::fmt::Debug>(result: Result<T, CimError>, kind: ErrorKind) -> CimError {
    let error = result.expect_err("an error");
    assert_eq!(error.kind(), kind, "{error}");
    assert!(!error.message().is_empty());
    error
}

impl Suite<'_> {
    /// The context of an administrator without a tenant.
    pub fn administrator(&self) -> OperationContext {
        (self.context)(Role::Administrator, None)
    }

    /// A name that nobody else uses.
    pub fn name(&self, what: &str) -> String {
        static NEXT: AtomicUsize = AtomicUsize::new(1);
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        format!("{what}-{}-{number}", std::process::id())
    }

    /// An instance with every property absent.
    pub fn blank(&self, class: &str) -> Instance {
        Instance::new(self.provider.schema().class(class).expect(class))
    }

    /// Gets a resource.
    pub async fn get(&self, class: &str, id: &str) -> Result<Resource, CimError> {
        self.provider
            .get(&self.administrator(), &path(class, id))
            .await
    }

    /// Creates a resource of the entry point's collections and waits until it is ready.
    pub async fn create(&self, instance: Instance) -> Instance {
        let created = self
            .provider
            .create(&self.administrator(), instance, None)
            .await
            .expect("create");
        self.ready(created).await
    }

    /// Creates a part of a machine.
    pub async fn create_in(
        &self,
        machine: &Instance,
        association: &str,
        part: Instance,
    ) -> Result<Created, CimError> {
        let container = Container {
            owner: machine.path(),
            association: self
                .provider
                .schema()
                .class(association)
                .expect(association),
        };
        self.provider
            .create(&self.administrator(), part, Some(container))
            .await
    }

    /// Waits until a create is done; returns the new resource as it is then.
    pub async fn ready(&self, created: Created) -> Instance {
        self.done(&created.outcome).await;
        self.provider
            .get(&self.administrator(), &created.path)
            .await
            .expect("a new resource can be read")
            .instance
    }

    /// Waits until a write is done.
    pub async fn done(&self, outcome: &Outcome) {
        if outcome.completed {
            return;
        }
        let job = outcome.job.as_ref().expect("what is not done has a job");
        let job = self.ended(job).await;
        assert_eq!(job.text("State"), Some("SUCCESS"), "{job:?}");
    }

    /// Waits until a job has ended.
    pub async fn ended(&self, job: &ObjectPath) -> Instance {
        let context = self.administrator();
        let until = Instant::now() + PATIENCE;
        loop {
            let job = self.provider.get(&context, job).await.expect("a job");
            let state = job.instance.text("State").expect("a state").to_owned();
            if ["SUCCESS", "FAILED", "STOPPED"].contains(&state.as_str()) {
                assert_eq!(job.instance.value("Progress").as_u64(), Some(100));
                assert!(!job.instance.value("TimeOfStatusChange").is_null());
                return job.instance;
            }
            assert!(Instant::now() < until, "a job is {state} for too long");
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    }

    /// Waits until a resource is gone.
    pub async fn gone(&self, class: &str, id: &str) {
        let until = Instant::now() + PATIENCE;
        loop {
            match self.get(class, id).await {
                Err(error) => {
                    assert_eq!(error.kind(), ErrorKind::NotFound, "{error}");
                    return;
                }
                Ok(_) => assert!(Instant::now() < until, "{id} stays for too long"),
            }
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    }

    /// Sets properties of a resource.
    pub async fn modify(
        &self,
        instance: &Instance,
        changes: &[(&str, Value)],
        if_match: IfMatch<'_>,
    ) -> Result<Outcome, CimError> {
        let class = instance.class();
        let changes = changes
            .iter()
            .map(|(name, value)| Change {
                property: class.property(name).expect(name).1,
                value: value.clone(),
            })
            .collect();
        self.provider
            .modify(&self.administrator(), &instance.path(), changes, if_match)
            .await
    }

    /// Deletes a resource and waits until it is gone.
    pub async fn delete(&self, instance: &Instance) {
        let outcome = self
            .provider
            .delete(&self.administrator(), &instance.path(), None)
            .await
            .expect("delete");
        self.done(&outcome).await;
        self.gone(instance.class().name, id(instance)).await;
    }

    /// Invokes a method.
    pub async fn invoke(
        &self,
        instance: &Instance,
        method: &str,
        parameters: Vec<(String, Value)>,
    ) -> Result<Invoked, CimError> {
        let method = instance.class().method(method).expect(method);
        self.provider
            .invoke(&self.administrator(), &instance.path(), method, parameters)
            .await
    }

    /// Invokes a method without parameters and waits until it is done; returns the resource.
    pub async fn run(&self, instance: &Instance, method: &str) -> Instance {
        let invoked = self
            .invoke(instance, method, Vec::new())
            .await
            .expect(method);
        self.done(&invoked.outcome).await;
        self.get(instance.class().name, id(instance))
            .await
            .expect("the resource is still there")
            .instance
    }

    /// A machine configuration with two disks.
    pub async fn configuration(&self) -> Instance {
        let disk = |capacity: u64, location: &str| {
            let disk = self
                .blank("CIMI_DiskConfiguration")
                .with("Capacity", capacity)
                .with("Format", "ext4")
                .with("InitialLocation", location);
            Value::from(disk)
        };
        let configuration = self
            .blank("CIMI_MachineConfiguration")
            .with("ElementName", self.name("config"))
            .with("Cpu", 2_u64)
            .with("Memory", 4_194_304_u64)
            .with("CpuArch", "x86_64")
            .with(
                "Disks",
                Value::Array(vec![disk(1_000, "/dev/sda"), disk(2_000, "/dev/sdb")]),
            );
        self.create(configuration).await
    }

    /// A machine template of a configuration of its own.
    pub async fn template(&self) -> Instance {
        let configuration = self.configuration().await;
        let template = self
            .blank("CIMI_MachineTemplate")
            .with("ElementName", self.name("template"))
            .with("MachineConfig", id(&configuration));
        self.create(template).await
    }

    /// A machine at rest, with two disks.
    pub async fn machine(&self) -> Instance {
        let template = self.template().await;
        let machine = self
            .blank("CIMI_MachineCreate")
            .with("ElementName", self.name("machine"))
            .with("MachineTemplate", id(&template));
        self.create(machine).await
    }

    /// A volume that can be attached.
    pub async fn volume(&self) -> Instance {
        let volume = self
            .blank("CIMI_Volume")
            .with("ElementName", self.name("volume"))
            .with("Capacity", 5_000_u64);
        self.create(volume).await
    }
}
