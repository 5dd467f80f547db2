//! Any sequence of operations gives the same world through every combination of bindings.

use std::time::Duration;

use cim_core::{CimError, ErrorKind, Instance, ObjectPath, Value};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use provider::{Change, Container, Outcome, Provider, Role};

use crate::link::{Binding, Chain, cloud, context};

/// One operation; numbers choose among what was made before.
#[derive(Debug, Clone)]
enum Op {
    Config {
        name: String,
        capacity: u64,
    },
    Machine {
        cpu: u64,
        memory: Option<u64>,
    },
    Disk {
        of: usize,
        capacity: u64,
    },
    Credential {
        user: String,
        password: String,
    },
    Set {
        of: usize,
        property: &'static str,
        value: Option<String>,
    },
    Capacity {
        of: usize,
        to: u64,
    },
    Properties {
        of: usize,
        all: Vec<(String, String)>,
    },
    Invoke {
        of: usize,
        method: &'static str,
    },
    Delete {
        of: usize,
    },
    Again {
        of: usize,
    },
}

fn ops(exact: bool) -> impl Strategy<Value = Vec<Op>> {
    // Everything that XML and JSON have to escape, and nothing that XML cannot hold. Clouds that speak REST send
    // empty names for none, which is how they are read.
    let text = move || match exact {
        true => "[ -~äß€\u{1F600}]{0,12}",
        false => "[!-~äß€\u{1F600}]([ -~äß€\u{1F600}]{0,10}[!-~äß€\u{1F600}])?",
    };
    let of = || 0_usize..8;
    let properties = prop_oneof![
        Just("ElementName"),
        Just("Description"),
        Just("Format"),
        Just("Created"),
        Just("State"),
        Just("Password"),
    ];
    let methods = prop_oneof![Just("Start"), Just("Stop"), Just("Pause"), Just("Snapshot")];
    let op = prop_oneof![
        3 => (text(), 1_u64..1_000_000).prop_map(|(name, capacity)| Op::Config { name, capacity }),
        2 => (1_u64..4, prop::option::weighted(0.8, 1_u64..10_000))
            .prop_map(|(cpu, memory)| Op::Machine { cpu, memory }),
        2 => (of(), 1_u64..5_000).prop_map(|(of, capacity)| Op::Disk { of, capacity }),
        1 => (text(), text()).prop_map(|(user, password)| Op::Credential { user, password }),
        4 => (of(), properties, prop::option::of(text()))
            .prop_map(|(of, property, value)| Op::Set { of, property, value }),
        2 => (of(), 1_u64..u64::MAX).prop_map(|(of, to)| Op::Capacity { of, to }),
        2 => (of(), prop::collection::vec(("[a-c]", text()), 0..3))
            .prop_map(|(of, all)| Op::Properties { of, all }),
        3 => (of(), methods).prop_map(|(of, method)| Op::Invoke { of, method }),
        2 => of().prop_map(|of| Op::Delete { of }),
        1 => of().prop_map(|of| Op::Again { of }),
    ];
    prop::collection::vec(op, 1..14)
}

/// What operations have left behind, seen through a provider.
struct World<'p> {
    provider: &'p dyn Provider,
    made: Vec<ObjectPath>,
    /// How each operation ended.
    log: Vec<String>,
    /// Whether errors are told apart. REST has no word for some mistakes: a part of what has none such is a URI
    /// that does not exist, and a JSON object has no name twice.
    exact: bool,
}

impl World<'_> {
    async fn run(&mut self, op: &Op) {
        let ended = match self.perform(op).await {
            Ok(text) => text,
            Err(error) if self.exact => format!("{:?} {:?}", error.kind(), error.subject()),
            Err(_) => "refused".to_owned(),
        };
        self.log.push(ended);
    }

    fn blank(&self, class: &str) -> Instance {
        Instance::new(self.provider.schema().class(class).unwrap())
    }

    fn chosen(&self, of: usize) -> Result<&ObjectPath, CimError> {
        let none = || CimError::new(ErrorKind::NotFound, "nothing was made yet");
        self.made.get(of % self.made.len().max(1)).ok_or_else(none)
    }

    async fn perform(&mut self, op: &Op) -> Result<String, CimError> {
        let admin = context(Role::Administrator, None);
        let provider = self.provider;
        match op {
            Op::Config { name, capacity } => {
                let new = self
                    .blank("CIMI_VolumeConfiguration")
                    .with("ElementName", name.as_str())
                    .with("Capacity", *capacity);
                self.create(new, None).await
            }
            Op::Machine { cpu, memory } => {
                let mut new = self.blank("CIMI_Machine").with("Cpu", *cpu);
                if let Some(memory) = memory {
                    new.set("Memory", *memory);
                }
                self.create(new, None).await
            }
            Op::Disk { of, capacity } => {
                let container = Container {
                    owner: self.chosen(*of)?.clone(),
                    association: provider.schema().class("CIMI_MachineDisk").unwrap(),
                };
                let new = self.blank("CIMI_Disk").with("Capacity", *capacity);
                self.create(new, Some(container)).await
            }
            Op::Credential { user, password } => {
                let new = self
                    .blank("CIMI_Credential")
                    .with("UserName", user.as_str())
                    .with("Password", password.as_str());
                self.create(new, None).await
            }
            Op::Set {
                of,
                property,
                value,
            } => {
                let value = value.as_deref().map_or(Value::Null, Value::from);
                self.modify(*of, property, value).await
            }
            Op::Capacity { of, to } => self.modify(*of, "Capacity", Value::from(*to)).await,
            Op::Properties { of, all } => {
                let entries = all.iter().map(|(name, value)| {
                    let entry = self.blank("CIMI_Property").with("Name", name.as_str());
                    Value::from(entry.with("Value", value.as_str()))
                });
                let value = Value::Array(entries.collect());
                self.modify(*of, "Properties", value).await
            }
            Op::Invoke { of, method } => {
                let path = self.chosen(*of)?.clone();
                let class = provider.schema().class(&path.class).unwrap();
                let Some(method) = class.method(method) else {
                    return Ok("no such method".into());
                };
                let invoked = provider.invoke(&admin, &path, method, Vec::new()).await?;
                self.done(&invoked.outcome).await;
                Ok(format!("returned {:?}", invoked.return_value))
            }
            Op::Delete { of } => {
                let path = self.chosen(*of)?.clone();
                let outcome = provider.delete(&admin, &path, None).await?;
                self.done(&outcome).await;
                Ok("deleted".into())
            }
            // A write on condition that nothing was written since, and one that was too late.
            Op::Again { of } => {
                let path = self.chosen(*of)?.clone();
                let read = provider.get(&admin, &path).await?;
                // A new text each time: WS-Management takes a Put of what is there already for no change.
                let turn = self.log.len();
                let change = |text: &str| {
                    let (_, property) = read.instance.class().property("Description").unwrap();
                    vec![Change {
                        property,
                        value: Value::from(format!("{text} {turn}")),
                    }]
                };
                provider
                    .modify(&admin, &path, change("first"), Some(&read.etag))
                    .await?;
                provider
                    .modify(&admin, &path, change("second"), Some(&read.etag))
                    .await?;
                Ok("the second was not too late".into())
            }
        }
    }

    async fn create(
        &mut self,
        new: Instance,
        container: Option<Container>,
    ) -> Result<String, CimError> {
        let admin = context(Role::Administrator, None);
        let created = self.provider.create(&admin, new, container).await?;
        self.done(&created.outcome).await;
        self.made.push(created.path);
        Ok("created".into())
    }

    async fn modify(&self, of: usize, property: &str, value: Value) -> Result<String, CimError> {
        let admin = context(Role::Administrator, None);
        let path = self.chosen(of)?;
        let class = self.provider.schema().class(&path.class).unwrap();
        let Some((_, property)) = class.property(property) else {
            return Ok("no such property".into());
        };
        let changes = vec![Change { property, value }];
        let outcome = self.provider.modify(&admin, path, changes, None).await?;
        self.done(&outcome).await;
        Ok("modified".into())
    }

    async fn done(&self, outcome: &Outcome) {
        let Some(job) = outcome.job.as_ref().filter(|_| !outcome.completed) else {
            return;
        };
        let admin = context(Role::Administrator, None);
        loop {
            let job = self.provider.get(&admin, job).await.unwrap().instance;
            if ["SUCCESS", "FAILED", "STOPPED"].contains(&job.text("State").unwrap_or_default()) {
                return;
            }
            tokio::time::sleep(Duration::from_millis(2)).await;
        }
    }

    /// Everything that was made, as it is now.
    async fn everything(&self) -> Vec<Result<Instance, ErrorKind>> {
        let admin = context(Role::Administrator, None);
        let mut all = Vec::new();
        for path in &self.made {
            let found = self.provider.get(&admin, path).await;
            all.push(match found {
                Ok(resource) => Ok(resource.instance),
                Err(error) => Err(error.kind()),
            });
        }
        all
    }
}

/// Without what differs from cloud to cloud: names of things, and times.
fn without_names(all: &[Result<Instance, ErrorKind>]) -> Vec<Result<Instance, ErrorKind>> {
    let one = |instance: &Instance| {
        let mut instance = instance.clone();
        for property in ["InstanceID", "Created", "Updated", "LatestSnapshot"] {
            instance.unset(property);
        }
        instance
    };
    all.iter()
        .map(|found| found.as_ref().map(one).map_err(|kind| *kind))
        .collect()
}

/// Runs sequences at a cloud itself and through a chain to another.
fn same_world(bindings: &'static [Binding], cases: u32) {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .unwrap();
    let (direct, chain) = runtime.block_on(async {
        let direct = cloud(Duration::from_millis(1)).await;
        (direct, Chain::of(bindings).await)
    });
    let config = Config {
        cases,
        failure_persistence: None,
        max_shrink_iters: 30,
        ..Config::default()
    };
    let exact = bindings.iter().all(|binding| *binding == Binding::Wsman);
    let result = TestRunner::new(config).run(&ops(exact), |ops| {
        runtime.block_on(async {
            let mut here = world(&*direct, exact);
            let mut there = world(&*chain.provider, exact);
            for op in &ops {
                here.run(op).await;
                there.run(op).await;
            }
            prop_assert_eq!(&here.log, &there.log);
            let seen = there.everything().await;
            let same = without_names(&here.everything().await) == without_names(&seen);
            prop_assert!(same, "{:?}\n{:?}", here.everything().await, seen);
            // Through the chain and at its far end: equal, names and times included.
            there.provider = &*chain.cloud;
            prop_assert_eq!(there.everything().await, seen);
            Ok(())
        })
    });
    if let Err(error) = result {
        panic!("{error}");
    }
    runtime.block_on(async {
        chain.cloud.shutdown().await;
        direct.shutdown().await;
    });
}

fn world(provider: &dyn Provider, exact: bool) -> World<'_> {
    World {
        provider,
        exact,
        made: Vec::new(),
        log: Vec::new(),
    }
}

#[test]
fn the_same_world_through_wsman() {
    same_world(&[Binding::Wsman], 48);
}

#[test]
fn the_same_world_through_json() {
    same_world(&[Binding::Json], 24);
}

#[test]
fn the_same_world_through_xml() {
    same_world(&[Binding::Xml], 24);
}

#[test]
fn the_same_world_through_two_bridges() {
    same_world(&[Binding::Wsman, Binding::Wsman], 8);
    same_world(&[Binding::Json, Binding::Wsman], 8);
    same_world(&[Binding::Wsman, Binding::Xml], 8);
}

#[test]
fn the_same_world_through_four_bridges() {
    use Binding::{Json, Wsman, Xml};
    let cases = std::env::var("CIMI_BRIDGE_STORM_CASES");
    let cases = cases.map_or(64, |number| number.parse().unwrap());
    same_world(&[Wsman, Wsman, Wsman, Wsman], cases);
    same_world(&[Json, Wsman, Xml, Wsman], cases);
    same_world(&[Wsman, Json, Wsman, Xml], cases);
}

/// Every property of a resource is filled, changed and cleared through every binding and through chains, by whoever
/// has read the resource and by whoever has not.
#[tokio::test]
async fn what_was_filled_can_be_cleared() {
    use Binding::{Json, Wsman, Xml};
    let chains: [&[Binding]; 6] = [
        &[Json],
        &[Xml],
        &[Wsman],
        &[Json, Wsman],
        &[Wsman, Json],
        &[Json, Wsman, Xml, Wsman],
    ];
    for bindings in chains {
        let chain = Chain::of(bindings).await;
        let mut world = world(&*chain.provider, false);
        for (op, at) in [
            Op::Config {
                name: "a".into(),
                capacity: 1,
            },
            Op::Machine {
                cpu: 1,
                memory: Some(1),
            },
            Op::Credential {
                user: "u".into(),
                password: "p".into(),
            },
            Op::Disk { of: 1, capacity: 1 },
        ]
        .iter()
        .zip(0..)
        {
            assert_eq!(world.perform(op).await.unwrap(), "created");
            let entries: [&[(&str, &str)]; 4] = [
                &[("a", "1"), ("b", " 2 ")],
                &[("b", "")],
                &[],
                &[("c", "3")],
            ];
            for (turn, all) in entries.into_iter().enumerate() {
                let owned = all.iter().map(|(n, v)| ((*n).into(), (*v).into()));
                let fill = Op::Properties {
                    of: at,
                    all: owned.collect(),
                };
                let done = world.perform(&fill).await;
                let done = done.unwrap_or_else(|error| panic!("{bindings:?} {fill:?}: {error}"));
                assert_eq!(done, "modified", "{bindings:?}");
                if turn % 2 == 1 {
                    // Who has read may send what is there.
                    world.everything().await;
                }
                let found = &world.everything().await[at];
                let found = found.as_ref().unwrap().value("Properties").clone();
                let count = found.elements().len();
                assert_eq!(count, all.len(), "{bindings:?} {fill:?}: {found:?}");
            }
        }
        chain.cloud.shutdown().await;
    }
}
