//! Conversations without a socket: the requests as they go out, answers as services give them.

use bytes::Bytes;
use cimi_model::types::{
    CloudEntryPoint, Job, JobState, Machine, MachineConfiguration, MachineCreate, MachineTemplate,
};
use http::{Request, Response};

use super::*;
use crate::Format;

const NS: &str = "http://schemas.dmtf.org/cimi/1";

fn answer(status: u16, headers: &[(&str, &str)], body: &str) -> Response<Bytes> {
    let mut answer = Response::builder().status(status);
    if !headers.iter().any(|(name, _)| *name == "content-type") {
        let kind = match body.starts_with('<') {
            true => "application/xml",
            false => "application/json",
        };
        answer = answer.header("content-type", kind);
    }
    for (name, value) in headers {
        answer = answer.header(*name, *value);
    }
    answer.body(Bytes::from(body.to_owned())).unwrap()
}

fn service(format: Format) -> Service {
    let mut service = Service::new("http://cloud.example/cimi/cloudEntryPoint", format).unwrap();
    let entry =
        r#"{"baseURI": "https://inner.example:8443/cimi/", "machines": {"href": "machines"}}"#;
    let entry = service
        .resource::<CloudEntryPoint>(&answer(200, &[], entry))
        .unwrap();
    service.discovered(&entry).unwrap();
    service
}

fn shown(request: &Request<Bytes>) -> String {
    let header = |name| request.headers().get(name).and_then(|v| v.to_str().ok());
    format!(
        "{} {} accept={} type={} match={}\n{}",
        request.method(),
        request.uri(),
        header("accept").unwrap_or("-"),
        header("content-type").unwrap_or("-"),
        header("if-match")
            .or(header("if-none-match"))
            .unwrap_or("-"),
        String::from_utf8(request.body().to_vec()).unwrap()
    )
}

#[test]
fn urls_of_services() {
    for (url, first, relative) in [
        (
            "http://h:1/cimi/cloudEntryPoint",
            "/cimi/cloudEntryPoint",
            "/cimi/machines",
        ),
        ("https://h/cimi/", "/cimi/", "/cimi/machines"),
        ("https://h/", "/", "/machines"),
        ("https://h", "/", "/machines"),
    ] {
        let service = Service::new(url, Format::Json).unwrap();
        assert_eq!(service.entry_point().unwrap().uri(), first, "{url}");
        let request = service.read("machines", &Query::new(), None).unwrap();
        assert_eq!(request.uri(), relative, "{url}");
    }
    for wrong in ["", "h", "ftp://h/", "http://", "http:///cimi"] {
        assert!(Service::new(wrong, Format::Json).is_err(), "{wrong}");
    }
}

#[test]
fn only_uris_of_the_service_are_followed() {
    let service = service(Format::Json);
    for (uri, target) in [
        ("http://cloud.example/cimi/machines/1", "/cimi/machines/1"),
        // Behind a proxy the service may know another name of itself; it is asked where the user said.
        (
            "https://inner.example:8443/cimi/machines/1",
            "/cimi/machines/1",
        ),
        ("/cimi/machines/1", "/cimi/machines/1"),
        (" machines/1 ", "/cimi/machines/1"),
        ("machines/1?a=b#c", "/cimi/machines/1?a=b"),
    ] {
        let request = service.read(uri, &Query::new(), None).unwrap();
        assert_eq!(request.uri(), target, "{uri}");
    }
    for foreign in [
        "http://evil.example/cimi/machines/1",
        "http://cloud.example.evil/cimi/",
        "//evil.example/cimi/",
        "file:///etc/passwd",
        "",
        "machines/a b",
    ] {
        let error = service.read(foreign, &Query::new(), None).unwrap_err();
        assert!(
            matches!(error, ClientError::Uri { .. }),
            "{foreign}: {error}"
        );
    }
}

#[test]
fn queries_are_escaped_and_appended() {
    let service = service(Format::Json);
    let query = Query::new()
        .filter("name='a&b+c #1' or property['k']=\"x\"")
        .filter("cpu>=2")
        .order_by("name")
        .order_by_descending("created")
        .expand(["disks"])
        .first(2)
        .last(9);
    let request = service
        .read("machines?kept=1", &query, Some("\"v1\""))
        .unwrap();
    let uri = request.uri().to_string();
    assert_eq!(
        uri,
        "/cimi/machines?kept=1&$filter=name='a%26b%2Bc%20%231'%20or%20property%5B'k'%5D=%22x%22\
         &$filter=cpu%3E=2&$orderby=name,created:desc&$expand=disks&$first=2&$last=9"
    );
    // What the service reads is what was meant.
    let read = crate::Parameters::parse(request.uri().query()).unwrap();
    assert_eq!(
        read.filters,
        ["name='a&b+c #1' or property['k']=\"x\"", "cpu>=2"]
    );
    assert_eq!((read.first, read.last), (Some(2), Some(9)));
    assert_eq!(request.headers()["if-none-match"], "\"v1\"");
    assert_eq!(request.headers()["cimi-specification-version"], "1.1,1.0");
}

#[test]
fn requests_in_both_formats() {
    let mut out = String::new();
    for format in [Format::Json, Format::Xml] {
        let service = service(format);
        let create = MachineCreate {
            name: Some("web & co".into()),
            machine_template: Some(MachineTemplate {
                href: Some("machineTemplates/1".into()),
                ..MachineTemplate::default()
            }),
            ..MachineCreate::default()
        };
        out += &shown(&service.create("machines", &create).unwrap());
        let change = MachineConfiguration {
            cpu: Some(4),
            ..MachineConfiguration::default()
        };
        let update = service.update(
            "machineConfigs/1",
            &["cpu", "name"],
            &change,
            Some("\"v1\""),
        );
        out += &format!("\n{}", shown(&update.unwrap()));
        let delete = service.delete("machines/1", None).unwrap();
        out += &format!("\n{}", shown(&delete));
        let machine = Resource {
            value: Machine::default(),
            id: "http://cloud.example/cimi/machines/1".into(),
            operations: vec![cimi_model::value::Operation {
                rel: format!("{NS}/action/stop"),
                href: "http://cloud.example/cimi/machines/1/stop".into(),
            }],
            etag: None,
        };
        let stop = Action::new("stop")
            .force()
            .with("image", ActionValue::Link("machineImages/<1>".into()))
            .with("format", ActionValue::Text("a&b".into()))
            .property("why", "\"maintenance\"");
        out += &format!("{}\n", shown(&service.act(&machine, &stop).unwrap()));
        let error = service.act(&machine, &Action::new("start")).unwrap_err();
        assert_eq!(
            error.to_string(),
            "http://cloud.example/cimi/machines/1 does not offer start now; it offers stop"
        );
    }
    expect_test::expect![[r#"
        POST /cimi/machines accept=application/json type=application/json match=-
        {"resourceURI":"http://schemas.dmtf.org/cimi/1/MachineCreate","name":"web & co","machineTemplate":{"href":"machineTemplates/1"}}
        PUT /cimi/machineConfigs/1?$select=cpu,name accept=application/json type=application/json match="v1"
        {"resourceURI":"http://schemas.dmtf.org/cimi/1/MachineConfiguration","cpu":4}
        DELETE /cimi/machines/1 accept=application/json type=- match=-
        POST /cimi/machines/1/stop accept=application/json type=application/json match=-
        {"action":"http://schemas.dmtf.org/cimi/1/action/stop","force":true,"format":"a&b","image":{"href":"machineImages/<1>"},"properties":{"why":"\"maintenance\""},"resourceURI":"http://schemas.dmtf.org/cimi/1/Action"}
        POST /cimi/machines accept=application/xml type=application/xml match=-
        <?xml version="1.0" encoding="UTF-8"?><MachineCreate xmlns="http://schemas.dmtf.org/cimi/1"><name>web &amp; co</name><machineTemplate href="machineTemplates/1" /></MachineCreate>
        PUT /cimi/machineConfigs/1?$select=cpu,name accept=application/xml type=application/xml match="v1"
        <?xml version="1.0" encoding="UTF-8"?><MachineConfiguration xmlns="http://schemas.dmtf.org/cimi/1"><cpu>4</cpu></MachineConfiguration>
        DELETE /cimi/machines/1 accept=application/xml type=- match=-
        POST /cimi/machines/1/stop accept=application/xml type=application/xml match=-
        <Action xmlns="http://schemas.dmtf.org/cimi/1"><action>http://schemas.dmtf.org/cimi/1/action/stop</action><force>true</force><image href="machineImages/&lt;1&gt;" /><format>a&amp;b</format><property key="why">"maintenance"</property></Action>
    "#]].assert_eq(&out);
}

const XML_MACHINE: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<Machine xmlns="http://schemas.dmtf.org/cimi/1" xmlns:x="urn:x"><id> http://h/machines/1 </id><name>a  b</name>
<property key="k">v</property><state>STARTED</state><cpu>2</cpu><disks href="http://h/machines/1/disks"><count>1</count></disks>
<operation rel="edit" href="http://h/machines/1"/><operation rel="http://schemas.dmtf.org/cimi/1/action/stop" href="u"/>
<x:rack>12</x:rack></Machine>"#;
const JSON_MACHINE: &str = r#"{"resourceURI": "http://schemas.dmtf.org/cimi/1/Machine", "id": "http://h/machines/1", "name": "a  b",
"properties": {"k": "v"}, "state": "STARTED", "cpu": 2, "disks": {"href": "http://h/machines/1/disks", "count": 1},
"operations": [{"rel": "edit", "href": "http://h/machines/1"}, {"rel": "http://schemas.dmtf.org/cimi/1/action/stop", "href": "u"}],
"rack": 12}"#;

#[test]
fn resources_in_both_formats() {
    let service = service(Format::Json);
    for text in [XML_MACHINE, JSON_MACHINE] {
        let machine = service
            .resource::<Machine>(&answer(200, &[("etag", "\"1\"")], text))
            .unwrap();
        assert_eq!(machine.id, "http://h/machines/1");
        assert_eq!(machine.etag.as_deref(), Some("\"1\""));
        assert_eq!(machine.name.as_deref(), Some("a  b"));
        assert_eq!((machine.cpu, machine.properties.len()), (Some(2), 1));
        assert_eq!(
            machine.disks.as_ref().unwrap().href,
            "http://h/machines/1/disks"
        );
        assert_eq!(machine.operation("stop").unwrap().href, "u");
        assert_eq!(
            machine.operation("edit").unwrap().href,
            "http://h/machines/1"
        );
        let wrong = service.resource::<MachineTemplate>(&answer(200, &[], text));
        assert_eq!(
            wrong.unwrap_err().to_string(),
            "the answer cannot be read: a MachineTemplate was expected, and a Machine came"
        );
    }
    let unchanged = service.changed::<Machine>(&answer(304, &[], "")).unwrap();
    assert_eq!(unchanged, None);
}

#[test]
fn what_is_no_answer_is_refused() {
    let service = service(Format::Xml);
    let deep = format!(
        "<Machine xmlns=\"{NS}\">{}",
        "<a xmlns:p=\"urn:p\">".repeat(4000)
    );
    for (kind, body) in [
        ("application/xml", "<Machine"),
        ("application/xml", "<!DOCTYPE x><Machine/>"),
        ("application/xml", "<Machine/>"),
        (
            "application/xml",
            "<Machine xmlns=\"http://schemas.dmtf.org/cimi/1\"><cpu>two</cpu></Machine>",
        ),
        ("application/xml", deep.as_str()),
        ("application/json", "{"),
        ("application/json", "[]"),
        ("application/json", r#"{"cpu": "two"}"#),
        ("text/html", "<html/>"),
    ] {
        let read = service.resource::<Machine>(&answer(200, &[("content-type", kind)], body));
        assert!(
            matches!(read, Err(ClientError::Answer(_))),
            "{kind} {}: {read:?}",
            body.chars().take(40).collect::<String>()
        );
    }
}

#[test]
fn collections_in_both_formats() {
    let service = service(Format::Json);
    let xml = format!(
        "<Collection xmlns=\"{NS}\" resourceURI=\"{NS}/MachineCollection\"><id>http://h/machines</id><count>7</count>\
         <Machine><id>http://h/machines/1</id><name>one</name><operation rel=\"delete\" href=\"d\"/></Machine>\
         <Machine><id>http://h/machines/2</id></Machine><operation rel=\"add\" href=\"http://h/machines\"/></Collection>"
    );
    let json = format!(
        r#"{{"resourceURI": "{NS}/MachineCollection", "id": "http://h/machines", "count": 7,
        "machines": [{{"id": "http://h/machines/1", "name": "one", "operations": [{{"rel": "delete", "href": "d"}}]}},
        {{"id": "http://h/machines/2"}}], "operations": [{{"rel": "add", "href": "http://h/machines"}}]}}"#
    );
    for text in [xml, json] {
        let page = service.page::<Machine>(&answer(200, &[], &text)).unwrap();
        assert_eq!((page.count, page.items.len()), (Some(7), 2), "{text}");
        assert_eq!(page.items[0].name.as_deref(), Some("one"));
        assert_eq!(page.items[0].operation("delete").unwrap().href, "d");
        assert_eq!(page.items[1].id, "http://h/machines/2");
        assert_eq!(page.operation("add").unwrap().href, "http://h/machines");
        // The service cut its answer and has no link to the rest.
        let following = page.following(&Query::new().first(3).last(9), 2).unwrap();
        assert_eq!((following.first, following.last), (Some(5), Some(9)));
        assert_eq!(page.following(&Query::new().last(2), 2), None);
        assert_eq!(page.following(&Query::new(), 7), None);
    }
    let empty = service
        .page::<Machine>(&answer(200, &[], r#"{"count": 0}"#))
        .unwrap();
    assert_eq!((empty.items.len(), empty.next), (0, None));
    let link = r#"<http://h/a>; rel="prev", <http://h/b?x=1,2>; rel="next""#;
    let next = service
        .page::<Machine>(&answer(200, &[("link", link)], r#"{"count": 0}"#))
        .unwrap();
    assert_eq!(next.next.as_deref(), Some("http://h/b?x=1,2"));
    let single = service.page::<Machine>(&answer(200, &[], JSON_MACHINE));
    assert!(single.is_err());
}

#[test]
fn outcomes_lead_to_the_resource_and_the_job() {
    let service = service(Format::Json);
    let job = r#"{"resourceURI": "http://schemas.dmtf.org/cimi/1/Job", "id": "http://h/jobs/1", "state": "RUNNING"}"#;
    let accepted = service
        .outcome(&answer(202, &[("location", "http://h/machines/1")], job))
        .unwrap();
    assert!(!accepted.completed);
    assert_eq!(accepted.location.as_deref(), Some("http://h/machines/1"));
    // Also from a service that has no header for it.
    assert_eq!(accepted.job.as_deref(), Some("http://h/jobs/1"));
    assert!(accepted.body::<Machine>().unwrap().is_none());
    let made = service
        .outcome(&answer(
            201,
            &[("etag", "\"1\""), ("cimi-job-uri", "j")],
            JSON_MACHINE,
        ))
        .unwrap();
    assert!(made.completed && made.job.as_deref() == Some("j"));
    let machine = made.body::<Machine>().unwrap().unwrap();
    assert_eq!(
        (machine.cpu, machine.etag.as_deref()),
        (Some(2), Some("\"1\""))
    );
    let silent = service.outcome(&answer(200, &[], "")).unwrap();
    assert!(silent.completed && silent.body::<Job>().unwrap().is_none());
}

#[test]
fn refusals_say_why() {
    let service = service(Format::Json);
    let report =
        r#"{"id": "", "state": "FAILED", "statusMessage": "not now", "returnCode": 10409}"#;
    let xml = format!(
        "<Job xmlns=\"{NS}\"><id></id><state>FAILED</state><statusMessage>not now</statusMessage></Job>"
    );
    for body in [report, &xml] {
        let error = service
            .outcome(&answer(409, &[("retry-after", "3")], body))
            .unwrap_err();
        assert_eq!(error.to_string(), "409: not now");
        let ClientError::Refused {
            report,
            retry_after,
            ..
        } = error
        else {
            panic!("{error}");
        };
        assert_eq!(report.unwrap().state, Some(JobState::Failed));
        assert_eq!(retry_after, Some(3));
    }
    let html = answer(502, &[("content-type", "text/html")], "<html>");
    let error = service.resource::<Machine>(&html).unwrap_err();
    assert_eq!(error.to_string(), "502: Bad Gateway");
}

#[test]
fn waiting_for_a_job_grows_patient() {
    let mut waiting = Waiting::new();
    let mut job = Job {
        state: Some(JobState::Running),
        ..Job::default()
    };
    let mut waits = Vec::new();
    for _ in 0..20 {
        let Step::Wait(time) = waiting.step(&job).unwrap() else {
            panic!("it runs");
        };
        waits.push(time.as_millis());
    }
    assert_eq!(waits[..3], [50, 75, 112]);
    assert_eq!(waits.last(), Some(&2000));
    job.state = Some(JobState::Success);
    assert_eq!(waiting.step(&job), Ok(Step::Done));
    job.state = Some(JobState::Stopped);
    job.status_message = Some("as asked".into());
    let error = waiting.step(&job).unwrap_err();
    assert_eq!(
        error.to_string(),
        "the job (unnamed) ended in STOPPED: as asked"
    );
}

proptest::proptest! {
    /// Whatever a service sends: an answer or a refusal, never a panic.
    #[test]
    fn any_answer(status in 200u16..599, kind in 0..3, text in ".{0,80}", cut in 0usize..600, xml: bool) {
        let service = service(Format::Json);
        let source = if xml { XML_MACHINE } else { JSON_MACHINE };
        let body = format!("{}{text}", source.get(..cut).unwrap_or(source));
        let kind = ["application/json", "application/xml", "text/xml; charset=utf-16"][kind as usize];
        let answer = answer(status, &[("content-type", kind), ("link", "<a>;<b>,rel=next")], &body);
        let _ = service.resource::<Machine>(&answer);
        let _ = service.page::<Machine>(&answer);
        let _ = service.outcome(&answer).map(|o| o.body::<Job>());
    }
}
