//! The dialects of clouds of other makers, imitated strictly by small servers of our own writing.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test")]

mod common;

use cim_core::{ErrorKind, Instance, ObjectPath, Value};
use cim_query::{CompareOp, Comparison, Literal, Predicate, Query};
use common::administrator;
use common::fake::{Asked, Fake, Says, json, plain};
use provider::{Change, PageRequest, Provider as _};
use rest_provider::RestProvider;
use upstream::{CloudConfig, CloudKind};

fn provider(url: String) -> RestProvider {
    let config = CloudConfig::new("stranger", CloudKind::Rest, Some(url));
    RestProvider::new(&config, cimi_model::schema()).unwrap()
}

fn path(class: &str, id: &str) -> ObjectPath {
    ObjectPath::new(class, "InstanceID", id)
}

const ALL: PageRequest<'static> = PageRequest {
    after: None,
    skip: 0,
    max_items: usize::MAX,
    max_examined: usize::MAX,
    count: true,
};

fn extension<'i>(instance: &'i Instance, name: &str) -> Option<&'i str> {
    let all = instance.value("Extensions").elements().iter();
    all.filter_map(Value::as_instance)
        .find(|e| e.text("Name") == Some(name))
        .and_then(|e| e.text("Value"))
}

/// Absolute URIs, snake case, numbers in strings, dates of any form, actions at URIs of their own, no PUT.
fn front_of_many(base: &str, asked: &Asked) -> Says {
    if asked
        .header("content-type")
        .is_some_and(|t| t.contains(';'))
    {
        return plain(500, "unsupported media type");
    }
    if asked.target.contains("filter") && asked.target.contains("and") {
        return plain(500, "cannot parse");
    }
    let machine = |id: &str, state: &str| {
        format!(
            r#"{{"id":"{base}/cimi/machines/{id}","href":"{base}/cimi/machines/{id}","name":"{id}","description":"",
            "created":"Fri Feb 08 15:25:41 EET 2013","state":"{state}","cpu":"1","memory":"1782579","realm":{{"zone":"eu"}},
            "operations":[{{"rel":"http://schemas.dmtf.org/cimi/1/action/stop","href":"{base}/cimi/machines/{id}/stop"}},
            {{"rel":"http://schemas.dmtf.org/cimi/1/action/delete","href":"{base}/cimi/machines/{id}"}}],
            "disks":{{"href":"{base}/cimi/machines/{id}/disks"}},
            "resourceURI":"http://schemas.dmtf.org/cimi/1/Machine"}}"#
        )
    };
    match (asked.method.as_str(), asked.path()) {
        ("GET", "/cimi/") => Says::Answer(
            301,
            vec![("Location".into(), format!("{base}/cimi/cloudEntryPoint"))],
            String::new(),
        ),
        ("GET", "/cimi/cloudEntryPoint") => json(format!(
            r#"{{"id":"{base}/cimi/cloudEntryPoint","baseURI":"{base}/cimi/","driver":"mock",
            "machines":{{"href":"{base}/cimi/machines"}},"machineConfigs":{{"href":"{base}/cimi/machine_configurations"}},
            "resourceURI":"http://schemas.dmtf.org/cimi/1/CloudEntryPoint"}}"#
        )),
        ("GET", "/cimi/machines") => json(format!(
            r#"{{"id":"{base}/cimi/machines","count":2,"machines":[{},{}],"operations":[{{"rel":"add","href":"{base}/cimi/machines"}}],
            "resourceURI":"http://schemas.dmtf.org/cimi/1/MachineCollection"}}"#,
            machine("m1", "STARTED"),
            machine("m2", "BEING_CLEANED")
        )),
        ("GET", "/cimi/machines/m1") => json(machine("m1", "STARTED")),
        ("GET", "/cimi/machines/m2") => json(machine("m2", "BEING_CLEANED")),
        ("GET", "/cimi/machine_configurations") => json(format!(
            r#"{{"resourceURI":"http://schemas.dmtf.org/cimi/1/MachineConfigurationCollection","count":1,
            "machineConfigurations":[{{"id":"{base}/cimi/machine_configurations/small","cpu":"n/a","memory":1024,
            "disks":[{{"capacity":"10"}}]}}]}}"#
        )),
        ("POST", "/cimi/machines/m1/stop") => {
            Says::Answer(202, vec![("Content-Type".into(), "text/html".into())], String::new())
        }
        ("DELETE", "/cimi/machines/m1") => Says::Answer(200, Vec::new(), String::new()),
        ("DELETE", "/cimi/machines/none") => Says::Answer(
            500,
            vec![("Content-Type".into(), "application/xml".into())],
            "<error status='500'><message>No such thing</message><backtrace>secret</backtrace></error>".into(),
        ),
        _ => Says::Answer(
            404,
            vec![("Content-Type".into(), "text/html".into())],
            "<html><body>trace of a stack</body></html>".into(),
        ),
    }
}

#[tokio::test]
async fn a_front_of_many_clouds() {
    let fake = Fake::start(front_of_many).await;
    let cloud = provider(format!("{}/cimi/", fake.base));
    let context = administrator();

    let machine = cloud
        .get(&context, &path("CIMI_Machine", "machines/m2"))
        .await
        .unwrap();
    let machine = machine.instance;
    assert_eq!(machine.value("Cpu").as_u64(), Some(1));
    assert_eq!(machine.value("Memory").as_u64(), Some(1_782_579));
    assert_eq!(machine.text("State"), Some("BEING_CLEANED"));
    assert!(machine.value("Created").is_null());
    assert_eq!(
        extension(&machine, "created"),
        Some("\"Fri Feb 08 15:25:41 EET 2013\"")
    );
    assert_eq!(extension(&machine, "realm"), Some(r#"{"zone":"eu"}"#));
    let operations: Vec<_> = machine.value("AvailableOperations").elements().to_vec();
    assert_eq!(operations, [Value::from("stop"), Value::from("delete")]);
    // Whatever the login there may do: who may only read here is offered nothing.
    let reader = common::context(provider::Role::Reader, None);
    let at = path("CIMI_Machine", "machines/m2");
    let shown = cloud.get(&reader, &at).await.unwrap().instance;
    assert!(shown.value("AvailableOperations").elements().is_empty());

    let configs = Query::all(cloud.schema().class("CIMI_MachineConfiguration").unwrap());
    let page = cloud.query(&context, &configs, ALL).await.unwrap();
    let config = &page.items[0].resource.instance;
    assert_eq!(
        config.text("InstanceID"),
        Some("machine_configurations/small")
    );
    assert_eq!(extension(config, "cpu"), Some("\"n/a\""));

    // It does not filter, and need not.
    let mut machines = Query::all(machine.class());
    machines.predicate = Some(Predicate::Compare(Comparison {
        path: vec!["State".into()],
        op: CompareOp::Eq,
        value: Literal::String("STARTED".into()),
    }));
    let page = cloud.query(&context, &machines, ALL).await.unwrap();
    assert_eq!((page.items.len(), page.count), (1, Some(1)));
    // It knows no ordinals either.
    machines.predicate = None;
    let request = PageRequest {
        max_items: 1,
        ..ALL
    };
    let page = cloud.query(&context, &machines, request).await.unwrap();
    let after = page.next.unwrap();
    let request = PageRequest {
        after: Some(&after),
        ..ALL
    };
    let rest = cloud.query(&context, &machines, request).await.unwrap();
    assert_eq!(rest.items.len(), 1);
    assert_eq!(
        rest.items[0].resource.instance.text("ElementName"),
        Some("m2")
    );

    let m1 = path("CIMI_Machine", "machines/m1");
    let stop = machine.class().method("Stop").unwrap();
    let force = vec![("Force".to_owned(), Value::Boolean(true))];
    let invoked = cloud.invoke(&context, &m1, stop, force).await.unwrap();
    // It has accepted, and has no jobs: the state of the machine tells how far it is.
    assert_eq!(invoked.return_value.as_u64(), Some(4096));
    let job = invoked.outcome.job.unwrap();
    let job = cloud.get(&context, &job).await.unwrap().instance;
    assert_eq!(job.text("State"), Some("RUNNING"));
    assert_eq!(job.text("TargetResource"), Some("machines/m1"));
    assert!(job.text("Action").unwrap().ends_with("/stop"));
    let sent = &fake.asked("POST", "/cimi/machines/m1/stop")[0];
    assert!(
        sent.body
            .contains("http://schemas.dmtf.org/cimi/1/action/stop"),
        "{}",
        sent.body
    );
    // What was learned needs no further look at the machine.
    let before = fake.all().len();
    cloud.invoke(&context, &m1, stop, Vec::new()).await.unwrap();
    assert_eq!(fake.all().len(), before + 1);
    let start = machine.class().method("Start").unwrap();
    let error = cloud
        .invoke(&context, &m1, start, Vec::new())
        .await
        .unwrap_err();
    assert_eq!(error.kind(), ErrorKind::WrongState);

    cloud.delete(&context, &m1, None).await.unwrap();
    let none = path("CIMI_Machine", "machines/none");
    let error = cloud.delete(&context, &none, None).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::BackEnd);
    let told = error.message();
    assert!(
        told.contains("`stranger`") && told.contains("No such thing") && !told.contains("secret"),
        "{told}"
    );
    assert_eq!(
        fake.asked("DELETE", "/cimi/machines/none").len(),
        1,
        "a change is sent once"
    );
    let rename = vec![Change {
        property: machine.class().property("ElementName").unwrap().1,
        value: Value::from("other"),
    }];
    let error = cloud.modify(&context, &m1, rename, None).await.unwrap_err();
    assert!(!error.message().contains("stack"), "{error}");
}

/// Members of collections are links; bare names of actions, sent to the resource; jobs in a header.
fn broker(base: &str, asked: &Asked) -> Says {
    let answer = |status, headers: &[(&str, String)], body: String| {
        let mut all: Vec<_> = headers
            .iter()
            .map(|(n, v)| ((*n).to_owned(), v.clone()))
            .collect();
        all.push(("Content-Type".into(), "application/json".into()));
        Says::Answer(status, all, body)
    };
    let machine = |state: &str| {
        format!(
            r#"{{"resourceURI":"http://schemas.dmtf.org/cimi/1/Machine","id":"{base}/app/machines/7","state":"{state}",
            "cpu":2,"operations":[{{"rel":"stop","href":"{base}/app/machines/7"}},{{"rel":"edit","href":"{base}/app/machines/7"}}]}}"#
        )
    };
    match (asked.method.as_str(), asked.path()) {
        _ if asked.header("tenantname") != Some("research") => plain(401, "who are you"),
        ("GET", "/app/cloudEntryPoint") => json(format!(
            r#"{{"resourceURI":"http://schemas.dmtf.org/cimi/1/CloudEntryPoint","baseURI":"{base}/app",
            "machines":{{"href":"{base}/app/machines"}},"jobs":{{"href":"{base}/app/jobs"}}}}"#
        )),
        ("GET", "/app/machines") => json(format!(
            r#"{{"resourceURI":"http://schemas.dmtf.org/cimi/1/MachineCollection","id":"{base}/app/machines","count":1,
            "machines":[{{"href":"{base}/app/machines/7"}}],"operations":[{{"rel":"add","href":"{base}/app/machines"}}]}}"#
        )),
        ("GET", "/app/machines/7") => json(machine("STARTED")),
        ("POST", "/app/machines") => answer(
            202,
            &[
                ("Location", format!("{base}/app/machines/7")),
                ("CIMI-Job-URI", format!("{base}/app/jobs/1")),
            ],
            machine("CREATING"),
        ),
        ("POST", "/app/machines/7")
            if asked
                .body
                .contains(r#""http://schemas.dmtf.org/cimi/1/action/stop""#) =>
        {
            Says::Answer(
                202,
                vec![("CIMI-Job-URI".into(), format!("{base}/app/jobs/2"))],
                String::new(),
            )
        }
        ("POST", _) => plain(400, "Unknown action"),
        _ => plain(404, "The resource is not there"),
    }
}

#[tokio::test]
async fn a_broker_with_jobs() {
    let fake = Fake::start(broker).await;
    let url = format!("{}/app/cloudEntryPoint", fake.base);
    let mut config = CloudConfig::new("stranger", CloudKind::Rest, Some(url));
    config
        .headers
        .insert("tenantName".into(), "research".into());
    let cloud = RestProvider::new(&config, cimi_model::schema()).unwrap();
    let context = administrator();

    let class = cloud.schema().class("CIMI_Machine").unwrap();
    let page = cloud
        .query(&context, &Query::all(class), ALL)
        .await
        .unwrap();
    assert_eq!(
        page.items[0].resource.instance.value("Cpu").as_u64(),
        Some(2)
    );

    let new = Instance::new(class)
        .with("ElementName", "new")
        .with("Cpu", 2_u64);
    let created = cloud.create(&context, new, None).await.unwrap();
    assert_eq!(created.path, path("CIMI_Machine", "machines/7"));
    assert!(!created.outcome.completed);
    assert_eq!(created.outcome.job, Some(path("CIMI_Job", "jobs/1")));
    let resource = created.outcome.resource.unwrap().instance;
    assert_eq!(resource.text("State"), Some("CREATING"));

    let stop = class.method("Stop").unwrap();
    let invoked = cloud
        .invoke(&context, &created.path, stop, Vec::new())
        .await
        .unwrap();
    assert_eq!(invoked.return_value.as_u64(), Some(4096));
    assert_eq!(invoked.outcome.job, Some(path("CIMI_Job", "jobs/2")));
    let error = cloud
        .get(&context, &path("CIMI_Job", "jobs/9"))
        .await
        .unwrap_err();
    assert_eq!(error.kind(), ErrorKind::NotFound);
}

/// The entry point is the base; identifiers are relative; collections are named by types; no query.
fn relative(base: &str, asked: &Asked) -> Says {
    let config = r#"{"resourceURI":"http://schemas.dmtf.org/cimi/1/MachineConfiguration",
        "id":"MachineConfiguration/9f","name":"tiny","cpu":1,"memory":512,"acl":{"owner":"x"},
        "operations":[{"rel":"edit","href":"MachineConfiguration/9f"},{"rel":"delete","href":"MachineConfiguration/9f"}]}"#;
    match (asked.method.as_str(), asked.path()) {
        ("GET", "/cimi") => json(format!(
            r#"{{"id":"/cimi","resourceURI":"http://schemas.dmtf.org/cimi/1/CloudEntryPoint","baseURI":"{base}/cimi/",
            "machineConfigs":{{"href":"MachineConfiguration"}},"acl":{{}}}}"#
        )),
        ("GET", "/cimi/MachineConfiguration") => json(format!(
            r#"{{"resourceURI":"http://schemas.dmtf.org/cimi/1/MachineConfigurationCollection","id":"MachineConfiguration",
            "count":1,"machineConfigs":[{config}],"operations":[{{"rel":"add","href":"MachineConfiguration"}}]}}"#
        )),
        ("GET", "/cimi/MachineConfiguration/9f") => json(config),
        ("POST", "/cimi/MachineConfiguration") => Says::Answer(
            201,
            vec![
                ("Location".into(), "MachineConfiguration/9f".into()),
                ("Content-Type".into(), "text/plain".into()),
            ],
            "created MachineConfiguration/9f".into(),
        ),
        ("PUT", "/cimi/MachineConfiguration/9f") => json(config),
        ("DELETE", "/cimi/MachineConfiguration/9f") => Says::Answer(
            204,
            vec![("Content-Type".into(), "text/plain".into())],
            String::new(),
        ),
        _ => Says::Answer(
            403,
            vec![("Content-Type".into(), "application/json".into())],
            r#"{"status":403,"message":"not permitted","uri":"u","request-method":"get"}"#.into(),
        ),
    }
}

#[tokio::test]
async fn relative_identifiers() {
    let fake = Fake::start(relative).await;
    let cloud = provider(format!("{}/cimi", fake.base));
    let context = administrator();
    let class = cloud.schema().class("CIMI_MachineConfiguration").unwrap();

    let page = cloud
        .query(&context, &Query::all(class), ALL)
        .await
        .unwrap();
    let here = path("CIMI_MachineConfiguration", "MachineConfiguration/9f");
    assert_eq!(page.items[0].resource.instance.path(), here);
    let new = Instance::new(class)
        .with("Cpu", 1_u64)
        .with("Memory", 512_u64);
    let created = cloud.create(&context, new, None).await.unwrap();
    assert_eq!(created.path, here);
    assert!(created.outcome.completed);

    // It ignores $select, so that a change sends the whole resource, with what it has beyond the model.
    let change = vec![Change {
        property: class.property("Cpu").unwrap().1,
        value: Value::from(3_u64),
    }];
    cloud.modify(&context, &here, change, None).await.unwrap();
    let sent = &fake.asked("PUT", "/cimi/MachineConfiguration/9f")[0];
    let body: serde_json::Value = serde_json::from_str(&sent.body).unwrap();
    assert_eq!(body["cpu"], 3);
    assert_eq!(body["memory"], 512);
    assert_eq!(body["acl"]["owner"], "x");
    assert!(!sent.target.contains("select"));

    cloud.delete(&context, &here, None).await.unwrap();
    let error = cloud
        .get(
            &context,
            &path("CIMI_MachineConfiguration", "MachineConfiguration/other"),
        )
        .await
        .unwrap_err();
    assert_eq!(error.kind(), ErrorKind::AccessDenied);
    assert_eq!(error.message(), "not permitted");
}

/// No JSON at all.
#[tokio::test]
async fn xml_where_there_is_no_json() {
    let fake = Fake::start(|base, asked| {
        let xml = |body: String| {
            Says::Answer(200, vec![("Content-Type".into(), "text/xml".into())], body)
        };
        if asked.header("accept") == Some("application/json") {
            return Says::Answer(406, Vec::new(), String::new());
        }
        match asked.path() {
            "/c" => xml(format!(
                "<?xml version='1.0'?><CloudEntryPoint xmlns='http://schemas.dmtf.org/cimi/1'><id>{base}/c</id>\
                 <baseURI>{base}/</baseURI><machines href='{base}/ms'/></CloudEntryPoint>"
            )),
            "/ms" => xml(format!(
                "<Collection xmlns='http://schemas.dmtf.org/cimi/1' \
                 resourceURI='http://schemas.dmtf.org/cimi/1/MachineCollection'><id>{base}/ms</id><count>1</count>\
                 <Machine><id>{base}/ms/1</id><state>WEIRD</state><cpu> 4 </cpu><created>yesterday</created>\
                 <shelf>9</shelf></Machine></Collection>"
            )),
            _ => plain(404, "no"),
        }
    })
    .await;
    let cloud = provider(format!("{}/c", fake.base));
    let class = cloud.schema().class("CIMI_Machine").unwrap();
    let page = cloud
        .query(&administrator(), &Query::all(class), ALL)
        .await
        .unwrap();
    let machine = &page.items[0].resource.instance;
    assert_eq!(machine.text("InstanceID"), Some("ms/1"));
    assert_eq!(machine.text("State"), Some("WEIRD"));
    assert_eq!(machine.value("Cpu").as_u64(), Some(4));
    assert_eq!(extension(machine, "created"), Some("\"yesterday\""));
    assert!(extension(machine, "shelf").unwrap().contains('9'));
}

/// A configuration in which every level has something that the model does not know, or has otherwise.
const STRANGE: &str = r#"{"resourceURI":"http://schemas.dmtf.org/cimi/1/MachineConfiguration","id":"BASE/cimi/machineConfigs/1",
"name":"odd","cpu":"many","memory":1024,"disks":[{"capacity":5,"vendor":{"tier":"gold"}},{"capacity":"much"}],
"properties":{"a":"b","n":1,"o":{"p":[2]}},"zone":{"x":[1,null]}}"#;

/// What is read and put back with one change has that change, and everything else as it came.
#[tokio::test]
async fn what_the_model_cannot_say_goes_back_as_it_came() {
    let fake = Fake::start(|base, asked| match (asked.method.as_str(), asked.path()) {
        ("GET", "/cimi/cloudEntryPoint") => json(format!(
            r#"{{"resourceURI":"http://schemas.dmtf.org/cimi/1/CloudEntryPoint","baseURI":"{base}/cimi/",
            "machineConfigs":{{"href":"{base}/cimi/machineConfigs"}}}}"#
        )),
        // It knows no $select.
        ("GET", _) => json(STRANGE.replace("BASE", base)),
        _ => json(asked.body.clone()),
    })
    .await;
    let cloud = provider(format!("{}/cimi/cloudEntryPoint", fake.base));
    let context = administrator();
    let at = path("CIMI_MachineConfiguration", "machineConfigs/1");
    let found = cloud.get(&context, &at).await.unwrap().instance;
    let disks = found.value("Disks").elements();
    assert_eq!(
        disks[0].as_instance().unwrap().value("Capacity").as_u64(),
        Some(5)
    );
    let (_, memory) = found.class().property("Memory").unwrap();
    let change = Change {
        property: memory,
        value: Value::Unsigned(2048),
    };
    cloud
        .modify(&context, &at, vec![change], None)
        .await
        .unwrap();
    let sent = fake.asked("PUT", "/cimi/machineConfigs/1");
    let sent: serde_json::Value = serde_json::from_str(&sent[0].body).unwrap();
    let mut expected: serde_json::Value =
        serde_json::from_str(&STRANGE.replace("BASE", &fake.base)).unwrap();
    expected["memory"] = 2048.into();
    assert_eq!(sent, expected);
}
