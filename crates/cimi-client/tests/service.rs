//! The client against the real service over real sockets, in both formats.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test")]

#[allow(unreachable_pub, reason = "an example is a program")]
#[path = "../examples/new_machine.rs"]
mod new_machine;
#[allow(unreachable_pub, reason = "an example is a program")]
#[path = "../examples/overview.rs"]
mod overview;
#[allow(unreachable_pub, reason = "an example is a program")]
#[path = "../examples/packages.rs"]
mod packages;

use std::error::Error;
use std::sync::Arc;
use std::time::Duration;

use cimi_client::cloud::{Cloud, export, import};
use cimi_client::{Client, ClientError, Credentials, Format, Package, Query, Scheme, Settings};
use cimi_model::types::{
    Credential, Job, Machine, MachineConfiguration, MachineCreate, MachineImage, MachineTemplate,
    MachineVolume, SystemTemplate, Volume, VolumeCreate, VolumeTemplate,
};
use cimi_model::value::{Link, Property, Secret};
use cimi_rest::RestModel;
use futures_util::TryStreamExt as _;
use provider::Role;
use provider::embedded::{Durations, EmbeddedConfig, EmbeddedProvider};
use server::rest::{self, RestBinding};
use server::wsman::WsmanBinding;
use server::{Bindings, Config, Running, Users};
use store::RedbStore;
use tempfile::TempDir;

const FORMATS: [Format; 2] = [Format::Json, Format::Xml];

/// A service with small pages, so that collections have several.
struct Service {
    running: Running,
    provider: Arc<EmbeddedProvider>,
    _folder: TempDir,
}

impl Service {
    async fn start(demo: bool) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let config = Config {
            listen: Some(([127, 0, 0, 1], 0).into()),
            data: folder.path().to_owned(),
            ..Config::default()
        };
        let store = Arc::new(RedbStore::in_memory().unwrap());
        let provider = EmbeddedProvider::open(
            store,
            EmbeddedConfig {
                durations: Durations::all(Duration::from_millis(20)),
                ..EmbeddedConfig::new(Arc::clone(cimi_model::schema()))
            },
        )
        .await
        .unwrap();
        if demo {
            provider.seed_demo().await.unwrap();
        }
        Users::edit(
            &config.users_file(),
            |users| -> Result<(), Box<dyn Error>> {
                users.add("admin", Role::Administrator, None, "correct horse")?;
                users.add("guest", Role::Reader, None, "only looking")?;
                Ok(())
            },
        )
        .unwrap();
        let behind = Arc::clone(&provider);
        let running = server::start_bindings(&config, move |seal| {
            let settings = rest::Settings {
                page_items: 3,
                ..rest::Settings::default()
            };
            let rest = RestBinding::new(Arc::clone(&behind) as _, Arc::clone(&seal), settings);
            Ok(Bindings {
                rest: Arc::new(rest.unwrap()),
                wsman: Arc::new(WsmanBinding::new(behind, seal, Default::default())),
            })
        })
        .await
        .unwrap();
        Self {
            running,
            provider,
            _folder: folder,
        }
    }

    fn settings(&self, user: &str, password: &str) -> Settings {
        let address = self.running.http().unwrap();
        let mut settings = Settings::new(format!("http://{address}/cimi/"));
        settings.credentials = Some(Credentials {
            user: user.into(),
            password: password.into(),
            scheme: Scheme::Basic,
        });
        settings
    }

    fn admin(&self) -> Settings {
        self.settings("admin", "correct horse")
    }

    async fn client(&self, format: Format) -> Client {
        Client::connect(self.admin(), format).await.unwrap()
    }

    async fn stop(self) {
        self.running.stop().await;
        self.provider.shutdown().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_examples_run() {
    let service = Service::start(true).await;
    for format in FORMATS {
        let lines = overview::overview(service.admin(), format).await.unwrap();
        let words: Vec<Vec<&str>> = lines
            .lines()
            .map(|line| line.split_whitespace().collect())
            .collect();
        assert_eq!(words.len(), 2, "{lines}");
        assert_eq!(words[0][..4], ["backend", "STOPPED", "edit", "delete"]);
        assert_eq!(words[1][..4], ["frontend", "STARTED", "edit", "delete"]);
        assert!(words[0].contains(&"start") && words[1].contains(&"stop"));
        let states = new_machine::life(service.admin(), format).await.unwrap();
        assert_eq!(states, ["STOPPED", "STARTED", "STOPPED"]);
        let package = include_bytes!("../../../tests/fixtures/ovf/shop.ovf");
        let (names, package) = packages::tour(service.admin(), format, package)
            .await
            .unwrap();
        assert_eq!(names, ["db", "web"]);
        assert!(package.contains("<VirtualSystemCollection"), "{package}");
    }
    service.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn collections_are_followed_to_their_end() {
    let service = Service::start(false).await;
    for format in FORMATS {
        let client = service.client(format).await;
        let configs = client.entry_point().machine_configs.clone().unwrap().href;
        let add = client.adding(&configs).await.unwrap();
        let set = format!("{format:?}");
        for n in 0..8 {
            let config = MachineConfiguration {
                name: Some(format!("c{n}")),
                cpu: Some(n % 2 + 1),
                properties: vec![Property {
                    key: "set".into(),
                    value: set.clone(),
                }],
                ..MachineConfiguration::default()
            };
            assert!(client.create(&add, &config).await.unwrap().completed);
        }
        let mine = || {
            Query::new()
                .filter(format!("property['set']='{set}'"))
                .order_by_descending("name")
        };
        let names = async |query: Query| -> Vec<String> {
            client
                .list::<MachineConfiguration>(&configs, query)
                .map_ok(|config| config.value.name.unwrap())
                .try_collect()
                .await
                .unwrap()
        };
        assert_eq!(names(mine()).await.join(" "), "c7 c6 c5 c4 c3 c2 c1 c0");
        assert_eq!(names(mine().filter("cpu=2")).await.join(" "), "c7 c5 c3 c1");
        assert_eq!(
            names(mine().first(2).last(6)).await.join(" "),
            "c6 c5 c4 c3 c2"
        );
        let page = client
            .page::<MachineConfiguration>(&configs, &mine())
            .await
            .unwrap();
        assert_eq!((page.count, page.items.len()), (Some(8), 3));
        assert!(page.next.is_some());
    }
    service.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn changes_are_conditional_and_refusals_say_why() {
    let service = Service::start(false).await;
    for format in FORMATS {
        let client = service.client(format).await;
        let configs = client.entry_point().machine_configs.clone().unwrap().href;
        let add = client.adding(&configs).await.unwrap();
        let config = MachineConfiguration {
            name: Some("one".into()),
            description: Some("  blanks  and <&> ".into()),
            cpu: Some(1),
            ..MachineConfiguration::default()
        };
        let made = client.create(&add, &config).await.unwrap();
        let first = client
            .made::<MachineConfiguration>(&made, |_| ())
            .await
            .unwrap();
        assert_eq!(first.description, config.description);
        assert!(first.etag.is_some());
        assert_eq!(client.read_changed(&first).await.unwrap(), None);

        let change = MachineConfiguration {
            name: Some("two".into()),
            ..MachineConfiguration::default()
        };
        client
            .update(&first, &["name", "description"], &change)
            .await
            .unwrap();
        let second = client.read_changed(&first).await.unwrap().unwrap();
        assert_eq!(second.name.as_deref(), Some("two"));
        assert_eq!((second.description.as_deref(), second.cpu), (None, Some(1)));
        // Somebody was faster.
        let late = client.update(&first, &["name"], &change).await.unwrap_err();
        assert_eq!(late.status(), Some(412), "{late}");

        let mut third = second.clone();
        third.value.cpu = None;
        third.value.memory = Some(1024);
        client.replace(&third).await.unwrap();
        let third = client
            .read::<MachineConfiguration>(&third.id)
            .await
            .unwrap();
        assert_eq!((third.cpu, third.memory), (None, Some(1024)));

        let part = Query::new().select(["name"]);
        let part = client
            .read_part::<MachineConfiguration>(&third.id, &part)
            .await
            .unwrap();
        assert_eq!((part.memory, part.name.as_deref()), (None, Some("two")));

        client.delete(&third).await.unwrap();
        let gone = client
            .read::<MachineConfiguration>(&third.id)
            .await
            .unwrap_err();
        assert_eq!(gone.status(), Some(404), "{gone}");
        assert!(gone.to_string().contains("machineConfigs/"), "{gone}");

        let machines = client.entry_point().machines.clone().unwrap().href;
        let add = client.adding(&machines).await.unwrap();
        let refused = client.create(&add, &Machine::default()).await.unwrap_err();
        assert_eq!(
            refused.to_string(),
            "400: Machine needs a value for cpu, or use MachineCreate."
        );
        let other = client.read::<Machine>(&configs).await.unwrap_err();
        assert!(
            matches!(other, cimi_client::Error::Service(ClientError::Answer(_))),
            "{other}"
        );
    }
    let wrong = Client::connect(service.settings("admin", "wrong"), Format::Json).await;
    assert!(wrong.unwrap_err().to_string().contains("refused the login"));
    let guest = service.settings("guest", "only looking");
    let guest = Client::connect(guest, Format::Json).await.unwrap();
    let configs = guest.entry_point().machine_configs.clone().unwrap().href;
    let no = guest.adding(&configs).await.unwrap_err();
    assert!(
        no.to_string()
            .ends_with("does not offer add now; it offers nothing"),
        "{no}"
    );
    service.stop().await;
}

/// A cloud with something of every kind: an attached volume, a started machine, a secret.
async fn furnish(client: &Client) {
    let entry = client.entry_point();
    let machines: Vec<_> = client
        .list::<Machine>(&entry.machines.clone().unwrap().href, Query::new())
        .try_collect()
        .await
        .unwrap();
    let volumes = entry.volumes.clone().unwrap().href;
    let volume = VolumeCreate {
        name: Some("data".into()),
        volume_template: Some(VolumeTemplate {
            volume_config: Some(cimi_model::types::VolumeConfiguration {
                capacity: Some(5000),
                ..Default::default()
            }),
            ..VolumeTemplate::default()
        }),
        ..VolumeCreate::default()
    };
    let add = client.adding(&volumes).await.unwrap();
    let made = client.create(&add, &volume).await.unwrap();
    let volume = client.made::<Volume>(&made, |_| ()).await.unwrap();
    let stopped = machines
        .iter()
        .find(|m| m.name.as_deref() == Some("backend"))
        .unwrap();
    let attach = MachineVolume {
        initial_location: Some("/dev/vdz".into()),
        volume: Some(Link {
            href: volume.id.clone(),
        }),
        ..MachineVolume::default()
    };
    let add = client
        .adding(&stopped.volumes.clone().unwrap().href)
        .await
        .unwrap();
    let made = client.create(&add, &attach).await.unwrap();
    client.made::<MachineVolume>(&made, |_| ()).await.unwrap();
    let credentials = entry.credentials.clone().unwrap().href;
    let add = client.adding(&credentials).await.unwrap();
    let secret = Credential {
        name: Some("login".into()),
        user_name: Some("ann".into()),
        password: Some(Secret::new("never-to-be-seen")),
        ..Credential::default()
    };
    client.create(&add, &secret).await.unwrap();
}

/// What a cloud is, whatever its identifiers are: names with what matters of each.
async fn essence(client: &Client) -> Vec<String> {
    let entry = client.entry_point().clone();
    let mut lines = Vec::new();
    let href = |link: &Option<Link>| link.clone().unwrap().href;
    let mut machines = Box::pin(client.list::<Machine>(&href(&entry.machines), Query::new()));
    while let Some(machine) = machines.try_next().await.unwrap() {
        let disks = client
            .page::<cimi_model::types::Disk>(&href(&machine.disks), &Query::new())
            .await
            .unwrap();
        let volumes = client
            .page::<MachineVolume>(&href(&machine.volumes), &Query::new())
            .await
            .unwrap();
        let mut at = Vec::new();
        for volume in &volumes.items {
            let target = client.read::<Volume>(&href(&volume.volume)).await.unwrap();
            at.push((volume.initial_location.clone(), target.value.name));
        }
        lines.push(format!(
            "machine {:?} {:?} {:?} {:?} disks {:?} volumes {at:?}",
            machine.name,
            machine.state,
            machine.cpu,
            machine.memory,
            disks.items.iter().map(|d| d.capacity).collect::<Vec<_>>(),
        ));
    }
    let templates = href(&entry.machine_templates);
    let mut templates = Box::pin(client.list::<MachineTemplate>(&templates, Query::new()));
    while let Some(template) = templates.try_next().await.unwrap() {
        let config = template
            .machine_config
            .as_ref()
            .unwrap()
            .href
            .clone()
            .unwrap();
        let config = client.read::<MachineConfiguration>(&config).await.unwrap();
        lines.push(format!("template {:?} of {:?}", template.name, config.name));
    }
    let mut credentials =
        Box::pin(client.list::<Credential>(&href(&entry.credentials), Query::new()));
    while let Some(credential) = credentials.try_next().await.unwrap() {
        assert_eq!((&credential.password, &credential.key), (&None, &None));
        lines.push(format!(
            "credential {:?} {:?}",
            credential.name, credential.user_name
        ));
    }
    let volumes: Vec<_> = client
        .list::<Volume>(&href(&entry.volumes), Query::new())
        .map_ok(|v| format!("volume {:?} {:?} {:?}", v.name, v.capacity, v.state))
        .try_collect()
        .await
        .unwrap();
    lines.extend(volumes);
    lines.sort();
    lines
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cloud_moves_elsewhere() {
    let model = RestModel::new(Arc::clone(cimi_model::schema())).unwrap();
    let from = Service::start(true).await;
    let source = from.client(Format::Json).await;
    furnish(&source).await;
    let expected = essence(&source).await;
    assert!(
        expected.iter().any(|line| line.contains("/dev/vdz")),
        "{expected:#?}"
    );
    for format in FORMATS {
        let client = from.client(format).await;
        let cloud = export(&client, &model).await.unwrap();
        let file = cloud.write(&model, format).unwrap();
        assert!(!file.contains("never-to-be-seen"));
        assert_eq!(Cloud::read(&model, &file).unwrap(), cloud, "{file}");

        let to = Service::start(false).await;
        let target = to.client(format).await;
        let mut seen = 0;
        let report = import(&target, &model, &cloud, |_| seen += 1)
            .await
            .unwrap();
        assert_eq!(report.failed, Vec::<String>::new());
        assert_eq!(report.made.len(), seen);
        assert!(
            report.notes.iter().any(|note| note.ends_with("password and key never leave a service; set them anew")),
            "{:?}",
            report.notes
        );
        assert_eq!(essence(&target).await, expected);
        to.stop().await;
    }
    from.stop().await;
}

#[test]
fn files_that_are_none_are_refused() {
    let model = RestModel::new(Arc::clone(cimi_model::schema())).unwrap();
    for (text, why) in [
        ("", "EOF"),
        ("{}", "resourceURI"),
        (
            r#"{"resourceURI": "x", "baseURI": "http://h/", "collections": []}"#,
            "it is a x",
        ),
        (
            r#"{"resourceURI": "urn:x-cimi-bridge:cloud", "baseURI": "h", "collections": []}"#,
            "no base URI",
        ),
        (
            r#"{"resourceURI": "urn:x-cimi-bridge:cloud", "baseURI": "http://h/cimi/", "collections": [{"id": "http://h/cimi/x"}]}"#,
            "no collection",
        ),
        ("<Cloud/>", "its root is Cloud"),
        ("<!DOCTYPE a><a/>", ""),
        ("<Cloud xmlns=\"urn:x-cimi-bridge:cloud\"/>", "no baseURI"),
    ] {
        let error = Cloud::read(&model, text).unwrap_err().to_string();
        assert!(error.contains(why), "{text}: {error}");
    }
    let empty = r#"{"resourceURI": "urn:x-cimi-bridge:cloud", "baseURI": "http://h/cimi/", "collections": []}"#;
    assert!(Cloud::read(&model, empty).unwrap().is_empty());
}

/// Everything that can be done to machines, systems, jobs and collections, by name.
#[tokio::test(flavor = "multi_thread")]
async fn actions_have_names() {
    let service = Service::start(true).await;
    for format in FORMATS {
        let client = service.client(format).await;
        let entry = client.entry_point();
        let machines = entry.machines.clone().unwrap().href;
        let by_value = |cpu: u64| MachineCreate {
            name: Some("acted on".into()),
            machine_template: Some(MachineTemplate {
                machine_config: Some(MachineConfiguration {
                    cpu: Some(cpu),
                    memory: Some(1024),
                    ..MachineConfiguration::default()
                }),
                ..MachineTemplate::default()
            }),
            ..MachineCreate::default()
        };
        let made = client.add(&machines, &by_value(2)).await.unwrap();
        let machine = client.made::<Machine>(&made, |_| ()).await.unwrap();
        let read = async || client.read::<Machine>(&machine.id).await.unwrap();
        let mut progress = Vec::new();
        for (expected, step) in [
            ("STARTED", "start"),
            ("PAUSED", "pause"),
            ("STARTED", "start"),
            ("STARTED", "restart"),
            ("SUSPENDED", "suspend"),
            ("STOPPED", "stop"),
        ] {
            let now = read().await;
            let outcome = match step {
                "start" => client.start(&now).await,
                "pause" => client.pause(&now).await,
                "restart" => client.restart(&now).await,
                "suspend" => client.suspend(&now).await,
                _ => client.stop(&now).await,
            };
            let done = client
                .wait(&outcome.unwrap(), |job| progress.push(job.progress))
                .await
                .unwrap();
            assert_eq!(done.unwrap().progress, Some(100));
            assert_eq!(read().await.state.as_ref().unwrap().as_str(), expected);
        }
        assert!(progress.len() >= 6, "{progress:?}");
        let named = MachineImage {
            name: Some("golden".into()),
            ..MachineImage::default()
        };
        let captured = client.capture(&read().await, &named).await.unwrap();
        let image = client
            .made::<MachineImage>(&captured, |_| ())
            .await
            .unwrap();
        assert_eq!(image.name.as_deref(), Some("golden"));
        // What is not possible now is said before anything is sent.
        let refused = client.pause(&read().await).await.unwrap_err();
        assert!(refused.to_string().contains("does not offer"), "{refused}");

        // A volume is attached and detached.
        let volumes = read().await.volumes.clone().unwrap().href;
        let archive = entry.base_uri.clone().unwrap() + "volumes/demo-archive";
        let membership = MachineVolume {
            volume: Some(Link {
                href: archive.clone(),
            }),
            initial_location: Some("/dev/vdz".into()),
            ..MachineVolume::default()
        };
        let added = client.add(&volumes, &membership).await.unwrap();
        let membership = client.made::<MachineVolume>(&added, |_| ()).await.unwrap();
        let removed = client.remove(&membership).await.unwrap();
        client.wait(&removed, |_| ()).await.unwrap();
        assert!(client.read::<Volume>(&archive).await.is_ok());

        // A job is cancelled while it runs; some have ended by then.
        let mut cancelled = false;
        for _ in 0..100 {
            let made = client.add(&machines, &by_value(1)).await.unwrap();
            let job = client
                .read::<Job>(made.job.as_ref().unwrap())
                .await
                .unwrap();
            if client.cancel(&job).await.is_ok() {
                let error = client.wait(&made, |_| ()).await;
                cancelled = error.is_err_and(|error| error.to_string().contains("STOPPED"));
                if cancelled {
                    break;
                }
            }
        }
        assert!(cancelled, "no job of a hundred could be cancelled");

        let template = entry.base_uri.clone().unwrap() + "systemTemplates/demo-shop";
        let template = client.read::<SystemTemplate>(&template).await.unwrap();
        let package = client.export(&template, |_| ()).await.unwrap();
        let templates = entry.system_templates.clone().unwrap().href;
        let imported = client
            .import(&templates, Package::Bytes(&package))
            .await
            .unwrap();
        let imported = client.made::<SystemTemplate>(&imported, |_| ()).await;
        assert!(!imported.unwrap().component_descriptors.is_empty());
        let elsewhere = "https://store.example/shop.ovf";
        for refused in [
            client.import(&templates, Package::At(elsewhere)).await,
            client.export_to(&template, elsewhere).await,
        ] {
            assert_eq!(refused.unwrap_err().status(), Some(400));
        }
    }
    service.stop().await;
}
