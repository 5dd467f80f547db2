//! Systems of components, and templates that are acted on in full.

use std::sync::Arc;
use std::time::Duration;

use cim_core::{ErrorKind, Instance, Value};
use cim_query::Query;
use store::{RedbStore, Store};

use super::{config, context, open, suite};
use crate::conformance::{id, texts};
use crate::embedded::{EmbeddedConfig, EmbeddedProvider, FailureRates, Quota};
use crate::{PageRequest, Provider, Role};

const LONG: Duration = Duration::from_secs(3600);

const TYPES: &str = "http://schemas.dmtf.org/cimi/1/";

async fn all_of(provider: &EmbeddedProvider, class: &str) -> Vec<Instance> {
    let query = Query::all(provider.schema().class(class).unwrap());
    let page = PageRequest {
        after: None,
        skip: 0,
        max_items: usize::MAX,
        max_examined: usize::MAX,
        count: false,
    };
    let administrator = context(Role::Administrator, None);
    let page = provider.query(&administrator, &query, page).await.unwrap();
    page.items
        .into_iter()
        .map(|item| item.resource.instance)
        .collect()
}

fn blank(provider: &EmbeddedProvider, class: &str) -> Instance {
    suite(provider).blank(class)
}

fn component(provider: &EmbeddedProvider, name: &str, class: &str, template: Value) -> Instance {
    blank(provider, "CIMI_ComponentDescriptor")
        .with("Name", name)
        .with("Type", format!("{TYPES}{class}"))
        .with(&format!("{class}Template"), template)
}

fn system_of(provider: &EmbeddedProvider, components: Vec<Instance>) -> Instance {
    let components = components.into_iter().map(Value::from).collect();
    let template = blank(provider, "CIMI_SystemTemplate")
        .with("ComponentDescriptors", Value::Array(components));
    blank(provider, "CIMI_SystemCreate")
        .with("ElementName", "a system")
        .with("SystemTemplate", Value::from(template))
}

fn machine_template(provider: &EmbeddedProvider) -> Instance {
    let config = blank(provider, "CIMI_MachineConfiguration")
        .with("Cpu", 1_u64)
        .with("Memory", 1_024_u64);
    blank(provider, "CIMI_MachineTemplate").with("MachineConfig", Value::from(config))
}

async fn nothing_is_left(provider: &EmbeddedProvider) {
    for class in [
        "CIMI_System",
        "CIMI_Machine",
        "CIMI_Volume",
        "CIMI_Network",
        "CIMI_Address",
        "CIMI_Credential",
        "CIMI_ResourceMembership",
        "CIMI_MachineNetworkInterface",
        "CIMI_Disk",
        "CIMI_Meter",
        "CIMI_EventLog",
    ] {
        assert_eq!(all_of(provider, class).await, [], "{class}");
    }
}

#[tokio::test]
async fn the_demonstration_system_is_made_operated_and_deleted_as_one() {
    let provider = open(config(Duration::from_millis(4))).await;
    provider.seed_demo().await.unwrap();
    let suite = suite(&provider);
    let before = all_of(&provider, "CIMI_Resource").await.len();
    let create = suite
        .blank("CIMI_SystemCreate")
        .with("ElementName", "shop 1")
        .with("SystemTemplate", "systemTemplates/demo-shop");
    let created = provider
        .create(&suite.administrator(), create, None)
        .await
        .unwrap();
    let made = created.outcome.resource.clone().unwrap().instance;
    assert_eq!(made.text("State"), Some("CREATING"));
    let job = created.outcome.job.clone().unwrap();
    let system = suite.ready(created).await;
    assert_eq!(system.text("State"), Some("STOPPED"));

    // A nested job for each component; all went well.
    let job = provider
        .get(&suite.administrator(), &job)
        .await
        .unwrap()
        .instance;
    assert_eq!(job.value("NestedJobs").elements().len(), 5);
    for nested in texts(&job, "NestedJobs") {
        let nested = suite.get("CIMI_Job", &nested).await.unwrap().instance;
        assert_eq!(nested.text("State"), Some("SUCCESS"));
        assert_eq!(nested.text("ParentJob"), Some(id(&job)));
    }
    let names: Vec<_> = all_of(&provider, "CIMI_Machine")
        .await
        .iter()
        .filter(|machine| !id(machine).contains("demo"))
        .map(|machine| machine.text("ElementName").unwrap().to_owned())
        .collect();
    assert_eq!(names.len(), 3);
    for name in ["web1", "web2", "database"] {
        assert!(names.iter().any(|n| n == name), "{names:?}");
    }
    assert_eq!(all_of(&provider, "CIMI_SystemMachine").await.len(), 3);
    assert_eq!(all_of(&provider, "CIMI_SystemNetwork").await.len(), 1);
    assert_eq!(all_of(&provider, "CIMI_SystemVolume").await.len(), 1);
    let [attached] = all_of(&provider, "CIMI_MachineVolume")
        .await
        .try_into()
        .unwrap();
    assert_eq!(attached.text("InitialLocation"), Some("/dev/sdb"));
    // Every machine has an address of its own in the network of the system.
    let addresses = all_of(&provider, "CIMI_Address").await;
    let mut ips: Vec<_> = addresses.iter().map(|a| a.text("Ip").unwrap()).collect();
    ips.sort_unstable();
    assert_eq!(ips, ["10.0.0.2", "10.0.0.3", "10.0.0.4"]);
    for address in &addresses {
        assert!(address.text("Resource").unwrap().starts_with("machines/"));
        assert_eq!(address.text("Mask"), Some("255.255.0.0"));
    }

    let system = suite.run(&system, "Start").await;
    assert_eq!(system.text("State"), Some("STARTED"));
    // One machine makes it MIXED; as one again.
    let web = all_of(&provider, "CIMI_Machine")
        .await
        .into_iter()
        .find(|machine| machine.text("ElementName") == Some("web1"))
        .unwrap();
    suite.run(&web, "Stop").await;
    let state = suite
        .get("CIMI_System", id(&system))
        .await
        .unwrap()
        .instance;
    assert_eq!(state.text("State"), Some("MIXED"));
    // It cannot be paused, the others can: the job says so, and the machine stays as it was.
    let invoked = suite.invoke(&system, "Pause", Vec::new()).await.unwrap();
    let job = suite.ended(&invoked.outcome.job.unwrap()).await;
    assert_eq!(job.text("State"), Some("FAILED"));
    let message = job.text("StatusMessage").unwrap();
    assert!(
        message.contains(id(&web)) && message.contains("STOPPED"),
        "{message}"
    );
    let states = || async {
        let mut states: Vec<_> = all_of(&provider, "CIMI_Machine")
            .await
            .iter()
            .filter(|machine| !id(machine).contains("demo"))
            .map(|machine| machine.text("State").unwrap().to_owned())
            .collect();
        states.sort_unstable();
        states
    };
    assert_eq!(states().await, ["PAUSED", "PAUSED", "STOPPED"]);
    let system = suite.run(&system, "Start").await;
    assert_eq!(system.text("State"), Some("STARTED"));
    let system = suite.run(&system, "Suspend").await;
    assert_eq!(system.text("State"), Some("SUSPENDED"));
    let system = suite.run(&system, "Stop").await;
    assert_eq!(system.text("State"), Some("STOPPED"));
    let system = suite.run(&system, "Restart").await;
    assert_eq!(system.text("State"), Some("STARTED"));

    // What was there before is a member only, and what left is no part any more.
    let frontend = suite
        .get("CIMI_Machine", "machines/demo-frontend")
        .await
        .unwrap()
        .instance;
    let member = suite
        .blank("CIMI_SystemMachine")
        .with("GroupComponent", system.path())
        .with("PartComponent", frontend.path());
    let member = suite.create(member).await;
    let of_web = all_of(&provider, "CIMI_SystemMachine")
        .await
        .into_iter()
        .find(|m| {
            m.value("PartComponent")
                .as_reference()
                .unwrap()
                .instance_id()
                == Some(id(&web))
        })
        .unwrap();
    suite.delete(&of_web).await;
    suite.delete(&system).await;
    assert!(suite.get("CIMI_SystemMachine", id(&member)).await.is_err());
    suite
        .get("CIMI_Machine", "machines/demo-frontend")
        .await
        .unwrap();
    let web = suite.get("CIMI_Machine", id(&web)).await.unwrap().instance;
    suite.delete(&web).await;
    assert_eq!(all_of(&provider, "CIMI_Address").await, []);
    let jobs = all_of(&provider, "CIMI_Job").await.len();
    assert_eq!(
        all_of(&provider, "CIMI_Resource").await.len() - jobs,
        before
    );
    provider.shutdown().await;
}

#[tokio::test]
async fn a_system_whose_component_fails_leaves_nothing() {
    // The third machine fails while it is made.
    let mut seed = 0;
    loop {
        let provider = open(EmbeddedConfig {
            failures: FailureRates {
                create: 0.4,
                ..FailureRates::default()
            },
            seed,
            ..config(Duration::from_millis(2))
        })
        .await;
        let template = machine_template(&provider);
        let mut machines = component(&provider, "m", "Machine", Value::from(template));
        machines.set("Quantity", 4_u64);
        let created = provider
            .create(
                &context(Role::Administrator, None),
                system_of(&provider, vec![machines]),
                None,
            )
            .await
            .unwrap();
        let job = suite(&provider).ended(&created.outcome.job.unwrap()).await;
        if job.text("State") == Some("SUCCESS") {
            seed += 1;
            assert!(seed < 50, "some of them fail");
            continue;
        }
        assert_eq!(job.text("State"), Some("FAILED"));
        assert_eq!(job.value("ReturnCode"), &Value::Signed(10_500));
        let message = job.text("StatusMessage").unwrap();
        assert!(message.contains("machines/"), "{message}");
        assert!(message.contains("CREATING"), "{message}");
        nothing_is_left(&provider).await;
        // No job is left running.
        for job in all_of(&provider, "CIMI_Job").await {
            assert_ne!(job.text("State"), Some("RUNNING"), "{job:?}");
        }
        provider.shutdown().await;
        return;
    }
}

#[tokio::test]
async fn a_system_that_cannot_be_made_is_refused_as_a_whole() {
    let provider = open(config(LONG)).await;
    let machine = || Value::from(machine_template(&provider));
    let volume = |href: &str| {
        let volume = blank(&provider, "CIMI_TemplateVolume").with("Href", href);
        let template =
            machine_template(&provider).with("Volumes", Value::Array(vec![Value::from(volume)]));
        Value::from(template)
    };
    let mut twice = component(&provider, "a", "Machine", machine());
    twice.set("Quantity", 2_u64);
    let mut huge = component(&provider, "a", "Machine", machine());
    huge.set("Quantity", u64::MAX);
    let mut none = component(&provider, "a", "Machine", machine());
    none.set("MachineTemplate", Value::Null);
    let mut two = component(&provider, "a", "Machine", machine());
    two.set("VolumeTemplate", "volumeTemplates/x");
    let mut type_of_another = component(&provider, "a", "Machine", machine());
    type_of_another.set("Type", format!("{TYPES}Volume"));
    for (what, components, expected) in [
        (
            "ends",
            vec![component(&provider, "a", "Machine", volume("#b"))],
            "`#b`",
        ),
        (
            "number",
            vec![
                twice.clone(),
                component(&provider, "b", "Machine", volume("#a")),
            ],
            "a1, a2, b",
        ),
        (
            "itself",
            vec![component(&provider, "a", "Machine", volume("#a"))],
            "circle",
        ),
        (
            "same name",
            vec![component(&provider, "a", "Machine", machine()); 2],
            "another component",
        ),
        (
            "number in name",
            vec![twice, component(&provider, "a1", "Machine", machine())],
            "another component",
        ),
        ("too many", vec![huge], "1 to 256"),
        ("no template", vec![none], "no template"),
        ("two templates", vec![two], "several templates"),
        ("type", vec![type_of_another], "makes a"),
        (
            "missing",
            vec![
                component(&provider, "a", "Machine", machine()),
                component(
                    &provider,
                    "b",
                    "Machine",
                    Value::from("machineTemplates/none"),
                ),
            ],
            "machineTemplates/none",
        ),
    ] {
        let create = system_of(&provider, components);
        let template = create
            .value("SystemTemplate")
            .as_instance()
            .unwrap()
            .clone();
        let administrator = context(Role::Administrator, None);
        let error = provider
            .create(&administrator, create, None)
            .await
            .unwrap_err();
        assert_eq!(error.kind(), ErrorKind::InvalidParameter, "{what}: {error}");
        assert!(error.message().contains(expected), "{what}: {error}");
        // No such template can be kept either.
        provider
            .create(&administrator, template, None)
            .await
            .expect_err(what);
    }
    nothing_is_left(&provider).await;
    provider.shutdown().await;
}

#[tokio::test]
async fn systems_in_systems_and_cancelled_systems() {
    let provider = open(config(Duration::from_millis(3))).await;
    let suite = suite(&provider);
    let inner = suite.blank("CIMI_SystemTemplate").with(
        "ComponentDescriptors",
        Value::Array(vec![Value::from(component(
            &provider,
            "deep",
            "Machine",
            Value::from(machine_template(&provider)),
        ))]),
    );
    let login = suite
        .blank("CIMI_CredentialTemplate")
        .with("UserName", "u")
        .with("Password", "p");
    let outer = system_of(
        &provider,
        vec![
            component(&provider, "inner", "System", Value::from(inner)),
            component(&provider, "login", "Credential", Value::from(login)),
            component(
                &provider,
                "flat",
                "Machine",
                Value::from(machine_template(&provider).with("Credential", "#login")),
            ),
        ],
    );
    let system = suite.create(outer.clone()).await;
    assert_eq!(system.text("State"), Some("STOPPED"));
    let system = suite.run(&system, "Start").await;
    assert_eq!(system.text("State"), Some("STARTED"));
    for part in all_of(&provider, "CIMI_System").await {
        assert_eq!(part.text("State"), Some("STARTED"));
        if id(&part) != id(&system) {
            // The outer one cannot be in the inner one.
            let circle = suite
                .blank("CIMI_SystemSystem")
                .with("GroupComponent", part.path())
                .with("PartComponent", system.path());
            let error = provider
                .create(&suite.administrator(), circle, None)
                .await
                .unwrap_err();
            assert!(error.message().contains("cannot be in itself"), "{error}");
            suite.run(&part, "Stop").await;
        }
    }
    let mixed = suite
        .get("CIMI_System", id(&system))
        .await
        .unwrap()
        .instance;
    assert_eq!(mixed.text("State"), Some("MIXED"));
    suite.delete(&system).await;
    nothing_is_left(&provider).await;
    provider.shutdown().await;

    let store: Arc<dyn Store> = Arc::new(RedbStore::in_memory().unwrap());
    for stops in [true, false] {
        let slow = EmbeddedProvider::open(Arc::clone(&store), config(LONG))
            .await
            .unwrap();
        let suite = super::suite(&slow);
        let created = slow
            .create(&suite.administrator(), outer.clone(), None)
            .await
            .unwrap();
        let job = suite.get(
            "CIMI_Job",
            created.outcome.job.as_ref().unwrap().instance_id().unwrap(),
        );
        let job = job.await.unwrap().instance;
        if stops {
            suite.invoke(&job, "Stop", Vec::new()).await.unwrap();
            let ended = suite.ended(&job.path()).await;
            assert_eq!(ended.text("State"), Some("STOPPED"));
        } else {
            // Deleting the job undoes it, too.
            suite.delete(&job).await;
        }
        nothing_is_left(&slow).await;
        slow.shutdown().await;
    }
}

#[tokio::test]
async fn addresses_are_allocated_taken_once_and_given_back() {
    let provider = open(config(Duration::from_millis(1))).await;
    let suite = suite(&provider);
    let network = suite.create(suite.blank("CIMI_Network")).await;
    let range = suite
        .blank("CIMI_AddressTemplate")
        .with("Ip", "192.0.2.0")
        .with("Mask", "255.255.255.248")
        .with("DefaultGateway", "192.0.2.1")
        .with("Network", id(&network));
    suite.create(range).await;
    let create = |ip: Option<&str>| {
        let mut template = suite
            .blank("CIMI_AddressTemplate")
            .with("Network", id(&network));
        if let Some(ip) = ip {
            template.set("Ip", ip);
        }
        suite
            .blank("CIMI_AddressCreate")
            .with("AddressTemplate", Value::from(template))
    };
    let first = suite.create(create(None)).await;
    assert_eq!(first.text("Ip"), Some("192.0.2.2"));
    assert_eq!(first.text("Mask"), Some("255.255.255.248"));
    assert_eq!(first.text("DefaultGateway"), Some("192.0.2.1"));
    assert_eq!(first.text("Allocation"), Some("dynamic"));
    assert_eq!(first.text("Protocol"), Some("IPv4"));
    let administrator = suite.administrator();
    let error = provider
        .create(&administrator, create(Some("192.0.2.2")), None)
        .await
        .unwrap_err();
    assert_eq!(error.kind(), ErrorKind::AlreadyExists);
    assert!(error.message().contains(id(&first)), "{error}");
    let fixed = suite.create(create(Some("192.0.2.4"))).await;
    assert_eq!(fixed.text("Allocation"), Some("static"));
    // A machine takes one by itself, with an interface of the network.
    let interface = suite
        .blank("CIMI_TemplateNetworkInterface")
        .with("Network", id(&network))
        .with("State", "Active");
    let template = machine_template(&provider).with(
        "NetworkInterfaces",
        Value::Array(vec![Value::from(interface)]),
    );
    let create_machine = suite
        .blank("CIMI_MachineCreate")
        .with("MachineTemplate", Value::from(template));
    let machine = suite.create(create_machine.clone()).await;
    let ips = || async {
        let mut ips: Vec<_> = all_of(&provider, "CIMI_Address")
            .await
            .iter()
            .map(|a| a.text("Ip").unwrap().to_owned())
            .collect();
        ips.sort_unstable();
        ips
    };
    assert_eq!(ips().await, ["192.0.2.2", "192.0.2.3", "192.0.2.4"]);
    let [card] = all_of(&provider, "CIMI_MachineNetworkInterface")
        .await
        .try_into()
        .unwrap();
    let mac = card.text("MacAddress").unwrap();
    assert!(mac.starts_with("02:") && mac.len() == 17, "{mac}");
    suite.create(create(None)).await;
    suite.create(create(None)).await;
    let error = provider
        .create(&administrator, create_machine, None)
        .await
        .unwrap_err();
    assert_eq!(error.kind(), ErrorKind::QuotaExceeded);
    assert!(
        error.message().contains("192.0.2.1 to 192.0.2.6"),
        "{error}"
    );
    // Another network has its own.
    let other = suite.create(suite.blank("CIMI_Network")).await;
    let template = suite
        .blank("CIMI_AddressTemplate")
        .with("Network", id(&other))
        .with("Ip", "192.0.2.2");
    suite
        .create(
            suite
                .blank("CIMI_AddressCreate")
                .with("AddressTemplate", Value::from(template)),
        )
        .await;
    // With the machine its address goes, and the next one gets it.
    suite.delete(&machine).await;
    let again = suite.create(create(None)).await;
    assert_eq!(again.text("Ip"), Some("192.0.2.3"));
    // A change is checked, and moves what is taken.
    let error = suite
        .modify(&again, &[("Ip", Value::from("192.0.2.4"))], None)
        .await
        .unwrap_err();
    assert_eq!(error.kind(), ErrorKind::AlreadyExists);
    suite
        .modify(&again, &[("Ip", Value::from("192.0.2.77"))], None)
        .await
        .unwrap();
    assert_eq!(
        suite.create(create(None)).await.text("Ip"),
        Some("192.0.2.3")
    );
    for (ip, mask) in [("no address", None), ("192.0.2.0", Some("255.0.255.0"))] {
        let mut template = suite.blank("CIMI_AddressTemplate").with("Ip", ip);
        if let Some(mask) = mask {
            template.set("Mask", mask);
        }
        let error = provider
            .create(&administrator, template, None)
            .await
            .unwrap_err();
        assert_eq!(error.kind(), ErrorKind::InvalidParameter, "{error}");
    }
    provider.shutdown().await;
}

#[tokio::test]
async fn quotas_and_capacity_say_what_is_left() {
    let provider = open(EmbeddedConfig {
        quota: Quota {
            cpus: Some(5),
            storage: Some(1_000),
            ..Quota::default()
        },
        capacity: Quota {
            machines: Some(4),
            ..Quota::default()
        },
        ..config(Duration::from_millis(1))
    })
    .await;
    let red = context(Role::Operator, Some("red"));
    let blue = context(Role::Operator, Some("blue"));
    let machine = |cpu: u64| {
        blank(&provider, "CIMI_Machine")
            .with("Cpu", cpu)
            .with("Memory", 1_024_u64)
    };
    let first = provider.create(&red, machine(3), None).await.unwrap();
    let error = provider.create(&red, machine(3), None).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::QuotaExceeded);
    let message = error.message();
    assert_eq!(
        message,
        "The quota of tenant red is 5 processors; 2 are left, and this needs 3."
    );
    provider.create(&red, machine(2), None).await.unwrap();
    provider.create(&blue, machine(5), None).await.unwrap();
    let volume = |size: u64| blank(&provider, "CIMI_Volume").with("Capacity", size);
    let kept = provider.create(&blue, volume(900), None).await.unwrap();
    let error = provider.create(&blue, volume(101), None).await.unwrap_err();
    assert!(error.message().contains("100 are left"), "{error}");
    // To grow is to use more.
    let suite = suite(&provider);
    let kept = suite.ready(kept).await;
    let error = suite
        .modify(&kept, &[("Capacity", Value::from(1_001_u64))], None)
        .await
        .unwrap_err();
    assert!(error.message().contains("100 are left"), "{error}");
    // The service itself has no quota, but a capacity.
    let none = context(Role::Administrator, None);
    provider.create(&none, machine(64), None).await.unwrap();
    let error = provider.create(&blue, machine(0), None).await.unwrap_err();
    assert!(
        error
            .message()
            .contains("The capacity of this cloud is 4 machines; 0 are left"),
        "{error}"
    );
    let first = suite.ready(first).await;
    suite.delete(&first).await;
    provider.create(&red, machine(3), None).await.unwrap();
    provider.shutdown().await;
}

#[tokio::test]
async fn meters_and_logs_of_a_template_come_with_its_resource() {
    let provider = open(config(Duration::from_millis(1))).await;
    let suite = suite(&provider);
    let config = suite
        .blank("CIMI_MeterConfiguration")
        .with("Aspect", "http://schemas.dmtf.org/cimi/1/aspect/cpu")
        .with("Units", "percent")
        .with("SampleInterval", 1_u64);
    let meter = suite
        .blank("CIMI_MeterTemplate")
        .with("MeterConfig", Value::from(config));
    let log = suite
        .blank("CIMI_EventLogTemplate")
        .with("Persistence", "daily");
    let template = machine_template(&provider)
        .with("MeterTemplates", Value::Array(vec![Value::from(meter)]))
        .with("EventLogTemplate", Value::from(log));
    let create = suite
        .blank("CIMI_MachineCreate")
        .with("MachineTemplate", Value::from(template.clone()));
    let machine = suite.create(create).await;
    let [meter] = all_of(&provider, "CIMI_Meter").await.try_into().unwrap();
    assert_eq!(meter.text("TargetResource"), Some(id(&machine)));
    assert_eq!(meter.text("Units"), Some("percent"));
    let [log] = all_of(&provider, "CIMI_EventLog").await.try_into().unwrap();
    assert_eq!(log.text("TargetResource"), Some(id(&machine)));
    assert_eq!(machine.text("EventLog"), Some(id(&log)));
    let bad = suite.blank("CIMI_MachineCreate").with(
        "MachineTemplate",
        Value::from(template.with("UserData", "not base64!")),
    );
    let error = provider
        .create(&suite.administrator(), bad, None)
        .await
        .unwrap_err();
    assert!(error.message().contains("base64"), "{error}");
    suite.delete(&machine).await;
    nothing_is_left(&provider).await;
    provider.shutdown().await;
}

/// What is needed in a structure is needed wherever the structure stands.
#[tokio::test]
async fn structures_are_complete() {
    let provider = open(config(Duration::ZERO)).await;
    let suite = suite(&provider);
    let disk = suite
        .blank("CIMI_DiskConfiguration")
        .with("Capacity", 1_u64);
    let disks = Value::Array(vec![Value::from(disk)]);
    let config = suite
        .blank("CIMI_MachineConfiguration")
        .with("Cpu", 1_u64)
        .with("Memory", 1_u64)
        .with("Disks", disks);
    let error = provider
        .create(&suite.administrator(), config.clone(), None)
        .await
        .unwrap_err();
    assert_eq!(error.kind(), ErrorKind::MissingValue);
    assert_eq!(error.subject(), Some("Disks.Format"));
    let template = suite
        .blank("CIMI_MachineTemplate")
        .with("MachineConfig", Value::from(config));
    let error = provider
        .create(&suite.administrator(), template, None)
        .await
        .unwrap_err();
    assert_eq!(error.subject(), Some("MachineConfig.Disks.Format"));
    provider.shutdown().await;
}

/// Deleting a system may fail as anything may; it can be tried again.
#[tokio::test]
async fn a_system_that_could_not_be_deleted_can_be_deleted_again() {
    let provider = open(EmbeddedConfig {
        failures: FailureRates {
            delete: 0.5,
            ..FailureRates::default()
        },
        ..config(Duration::ZERO)
    })
    .await;
    let suite = suite(&provider);
    for failed in 0.. {
        let machines = component(
            &provider,
            "m",
            "Machine",
            Value::from(machine_template(&provider)),
        );
        let system = suite.create(system_of(&provider, vec![machines])).await;
        let administrator = suite.administrator();
        let outcome = provider
            .delete(&administrator, &system.path(), None)
            .await
            .unwrap();
        let job = suite.ended(&outcome.job.unwrap()).await;
        if job.text("State") == Some("SUCCESS") {
            assert!(failed < 40, "some deletions fail");
            continue;
        }
        let broken = suite
            .get("CIMI_System", id(&system))
            .await
            .unwrap()
            .instance;
        // The system shows what its machines do.
        assert_eq!(broken.text("State"), Some("ERROR"));
        for machine in all_of(&provider, "CIMI_Machine").await {
            assert_eq!(machine.text("State"), Some("ERROR"));
        }
        loop {
            let outcome = provider
                .delete(&administrator, &system.path(), None)
                .await
                .unwrap();
            let job = suite.ended(&outcome.job.unwrap()).await;
            if job.text("State") == Some("SUCCESS") {
                break;
            }
        }
        nothing_is_left(&provider).await;
        break;
    }
    provider.shutdown().await;
}

#[tokio::test]
async fn failures_follow_from_the_seed() {
    let fates = async |seed: u64| {
        let provider = open(EmbeddedConfig {
            failures: FailureRates {
                start: 0.5,
                ..FailureRates::default()
            },
            seed,
            ..config(Duration::ZERO)
        })
        .await;
        let suite = suite(&provider);
        let mut fates = Vec::new();
        for _ in 0..12 {
            let machine = suite.machine().await;
            let invoked = suite.invoke(&machine, "Start", Vec::new()).await.unwrap();
            let job = suite.ended(&invoked.outcome.job.unwrap()).await;
            let state = job.text("State").unwrap().to_owned();
            let machine = suite
                .get("CIMI_Machine", id(&machine))
                .await
                .unwrap()
                .instance;
            let expected = if state == "FAILED" {
                "ERROR"
            } else {
                "STARTED"
            };
            assert_eq!(machine.text("State"), Some(expected));
            if state == "FAILED" {
                assert_eq!(
                    job.text("StatusMessage"),
                    Some("The simulated cloud failed while STARTING.")
                );
            }
            fates.push(state);
        }
        provider.shutdown().await;
        fates
    };
    let first = fates(1).await;
    assert!(first.contains(&"FAILED".to_owned()) && first.contains(&"SUCCESS".to_owned()));
    assert_eq!(first, fates(1).await);
    assert_ne!(first, fates(2).await);
}
