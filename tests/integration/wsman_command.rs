//! `cimi-bridge get`, `enumerate` and the other commands of a WS-Management client, as people and scripts run
//! them against the running service.

use std::process::{Command, Output};

use serde_json::Value;

use crate::bridge::{ADMIN, Bridge, PASSWORD, Setup, binary, eventually};
use crate::login::certificate;

/// A command against a service, by default as [`ADMIN`].
fn command(bridge: &Bridge, arguments: &[&str]) -> Command {
    let mut command = Command::new(binary());
    command
        .args(arguments)
        .env("CIMI_BRIDGE_URL", bridge.url())
        .env("CIMI_BRIDGE_USER", ADMIN)
        .env("CIMI_BRIDGE_PASSWORD", PASSWORD)
        .env("CIMI_BRIDGE_PROFILES", "/dev/null")
        .env_remove("CIMI_BRIDGE_PROFILE");
    command
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

#[track_caller]
fn ok(output: &Output) -> String {
    assert!(output.status.success(), "{}", text(&output.stderr));
    text(&output.stdout)
}

/// What a command that works prints.
#[track_caller]
fn says(bridge: &Bridge, arguments: &[&str]) -> String {
    ok(&command(bridge, arguments).output().expect("it runs"))
}

#[track_caller]
fn json(bridge: &Bridge, arguments: &[&str]) -> Value {
    let arguments = [arguments, &["--output", "json"]].concat();
    let said = says(bridge, &arguments);
    serde_json::from_str(&said).unwrap_or_else(|error| panic!("{error}: {said}"))
}

/// Exit code and message of a command that fails.
#[track_caller]
fn fails(bridge: &Bridge, arguments: &[&str]) -> (Option<i32>, String) {
    let output = command(bridge, arguments).output().expect("it runs");
    assert!(!output.status.success(), "{}", text(&output.stdout));
    (output.status.code(), text(&output.stderr))
}

fn ids(list: &Value) -> Vec<&str> {
    let items = list.as_array().expect("a list").iter();
    items
        .map(|item| item["InstanceID"].as_str().expect("an id"))
        .collect()
}

/// Proves 9 commands: instances.
#[test]
fn instances_are_listed_shown_changed_created_and_deleted() {
    let bridge = Bridge::demo();
    let identity = says(&bridge, &["identify"]);
    assert!(identity.contains("cimi-bridge") && identity.contains("secprofile/http/digest"));

    // Enumerate: table, JSON, XML, references, pages of one, filters.
    let table = says(&bridge, &["enumerate", "CIMI_Machine"]);
    assert!(
        table.starts_with("INSTANCEID  ") && table.lines().count() == 3,
        "{table}"
    );
    let all = json(&bridge, &["enumerate", "CIMI_Machine", "--batch", "1"]);
    assert_eq!(
        ids(&all),
        ["machines/demo-backend", "machines/demo-frontend"]
    );
    let plain = json(&bridge, &["enumerate", "CIMI_Machine", "--no-optimize"]);
    assert_eq!(plain, all);
    let later = ["enumerate", "CIMI_Machine", "--addressing", "2005"];
    assert_eq!(json(&bridge, &later), all);
    let xml = says(&bridge, &["enumerate", "CIMI_Machine", "-o", "xml"]);
    let document = roxmltree::Document::parse(&xml).expect("XML");
    assert_eq!(
        document
            .root_element()
            .children()
            .filter(|c| c.is_element())
            .count(),
        2
    );
    let references = says(&bridge, &["enumerate", "CIMI_Machine", "--epr"]);
    assert!(references.contains("CIMI_Machine.InstanceID=\"machines/demo-backend\""));
    let wql = "select * from CIMI_Machine where ElementName = 'backend'";
    for filter in [
        ["enumerate", "*", "--wql", wql],
        ["enumerate", "CIMI_Machine", "--cql", wql],
        [
            "enumerate",
            "CIMI_Machine",
            "--where",
            "ElementName=backend",
        ],
    ] {
        let found = json(&bridge, &filter);
        assert_eq!(ids(&found), ["machines/demo-backend"], "{filter:?}");
    }

    // Get, in every form.
    let machine = json(&bridge, &["get", "CIMI_Machine", "machines/demo-backend"]);
    assert_eq!(machine["ElementName"], "backend");
    assert!(machine["Memory"].is_number());
    let shown = says(
        &bridge,
        &["get", "CIMI_Machine", "InstanceID=machines/demo-backend"],
    );
    assert!(
        shown.contains("ElementName") && !shown.contains("null"),
        "{shown}"
    );

    // Put changes what it is told to, and nothing else.
    let put = [
        "put",
        "CIMI_Machine",
        "machines/demo-backend",
        "--set",
        "Description=a <new> & better one",
    ];
    says(&bridge, &put);
    let changed = json(&bridge, &["get", "CIMI_Machine", "machines/demo-backend"]);
    assert_eq!(changed["Description"], "a <new> & better one");
    for unchanged in ["ElementName", "Memory", "Created"] {
        assert_eq!(changed[unchanged], machine[unchanged]);
    }

    // Create and Delete.
    let templates = json(&bridge, &["enumerate", "CIMI_MachineTemplate"]);
    let template = format!("MachineTemplate={}", ids(&templates)[0]);
    let create = [
        "create",
        "CIMI_Machine",
        "--set",
        "ElementName=made",
        "--set",
        &template,
    ];
    let created = says(&bridge, &create);
    let id = created.split('"').nth(1).expect("an id").to_owned();
    eventually("it is created", || {
        let machine = json(&bridge, &["get", "CIMI_Machine", &id]);
        (machine["State"] != "CREATING").then_some(())
    });
    says(&bridge, &["delete", "CIMI_Machine", &id]);
    eventually("it is gone", || {
        let left = json(&bridge, &["enumerate", "CIMI_Machine"]);
        (!ids(&left).contains(&id.as_str())).then_some(())
    });
}

/// Proves 9 fragments and RequestEPR.
#[test]
fn parts_of_an_instance_are_shown_changed_and_deleted() {
    let bridge = Bridge::demo();
    let machine = ["CIMI_Machine", "machines/demo-backend"];
    let with = |verb: &str, more: &[&str]| says(&bridge, &[&[verb], &machine[..], more].concat());
    assert!(with("get", &["--fragment", "State"]).contains("STOPPED"));
    assert_eq!(
        with("get", &["--fragment", "State/text()"]).trim(),
        "STOPPED"
    );
    let value = ["--fragment", "Description", "--value", "a < b & c"];
    with("put", &value);
    assert_eq!(
        with("get", &["--fragment", "Description/text()"]).trim(),
        "a < b & c"
    );
    with("delete", &["--fragment", "Description"]);
    let whole = json(&bridge, &["get", machine[0], machine[1]]);
    assert!(whole["Description"].is_null() && whole["State"] == "STOPPED");
    let (code, message) = fails(
        &bridge,
        &["get", machine[0], machine[1], "--fragment", "Nothing"],
    );
    assert_eq!(code, Some(3), "{message}");
    assert!(message.contains("Nothing"), "{message}");
}

#[test]
fn associations_are_walked_and_methods_invoked() {
    let bridge = Bridge::demo();
    let of = ["CIMI_Machine", "machines/demo-backend"];
    let disks = json(
        &bridge,
        &[&["associators"], &of[..], &["--result-class", "CIMI_Disk"]].concat(),
    );
    assert_eq!(ids(&disks), ["machines/demo-backend/disks/1"]);
    let references = json(
        &bridge,
        &[
            &["references"],
            &of[..],
            &["--result-class", "CIMI_MachineDisk"],
        ]
        .concat(),
    );
    let part = references[0]["PartComponent"].as_str().expect("a path");
    assert!(part.contains("machines/demo-backend/disks/1"), "{part}");

    let method = match json(&bridge, &[&["get"], &of[..]].concat())["State"].as_str() {
        Some("STARTED") => "Stop",
        _ => "Start",
    };
    let output = json(&bridge, &[&["invoke", method], &of[..]].concat());
    assert!(
        output["ReturnValue"] == 0 || output["ReturnValue"] == 4096,
        "{output}"
    );
    let (code, said) = fails(&bridge, &[&["invoke", "Levitate"], &of[..]].concat());
    assert_eq!(code, Some(3));
    assert!(said.contains("ActionNotSupported"), "{said}");
}

/// Proves 9 commands: classes.
#[test]
fn classes_are_listed_and_shown() {
    let bridge = Bridge::demo();
    let names = says(&bridge, &["class"]);
    assert!(names.lines().any(|name| name == "CIMI_Machine"), "{names}");
    let shown = says(&bridge, &["class", "CIMI_Machine"]);
    assert!(
        shown.starts_with("CIMI_Machine : CIMI_Resource\n"),
        "{shown}"
    );
    assert!(
        shown.contains("InstanceID") && shown.contains("key"),
        "{shown}"
    );
    let declared = json(&bridge, &["class", "CIMI_Machine"]);
    let methods = declared["methods"].as_array().expect("methods");
    assert!(
        methods.iter().any(|method| method["name"] == "Start"),
        "{declared}"
    );
    let (code, said) = fails(&bridge, &["class", "CIMI_Missing"]);
    assert_eq!(code, Some(3), "{said}");
}

/// Proves 9 enumerations that go on from a context.
#[test]
fn an_enumeration_goes_on_where_another_process_stopped() {
    let bridge = Bridge::demo();
    let all = json(&bridge, &["enumerate", "CIMI_MachineConfiguration"]);
    let (mut seen, mut context) = (Vec::new(), None::<String>);
    loop {
        let mut arguments = vec![
            "enumerate",
            "CIMI_MachineConfiguration",
            "--limit",
            "1",
            "--output",
            "json",
        ];
        if let Some(context) = &context {
            arguments.extend(["--resume", context]);
        }
        let output = command(&bridge, &arguments).output().expect("it runs");
        let page: Value = serde_json::from_str(&ok(&output)).expect("JSON");
        seen.extend(page.as_array().expect("a list").clone());
        let said = text(&output.stderr);
        context = said
            .split_once("--resume ")
            .map(|(_, context)| context.trim().to_owned());
        if context.is_none() {
            break;
        }
        assert!(seen.len() < 100);
    }
    assert_eq!(Value::Array(seen), all);
}

/// Proves 9 faults and exit codes.
#[test]
fn failures_have_exit_codes_and_say_why() {
    let bridge = Bridge::demo();
    for (arguments, expected, message) in [
        (
            &["get", "CIMI_Machine", "machines/none"][..],
            3,
            "DestinationUnreachable",
        ),
        (&["get", "CIMI_Machine", "Nmae=x"], 3, "InvalidSelectors"),
        (&["get", "Vendor_Thing", "1"], 2, "needs its name"),
        (
            &["put", "CIMI_Machine", "machines/demo-backend"],
            2,
            "nothing to write",
        ),
        (
            &[
                "put",
                "CIMI_Machine",
                "machines/demo-backend",
                "--set",
                "Cpu=many",
            ],
            2,
            "many",
        ),
        (&["identify", "--url", "ftp://x"], 1, "http:// or https://"),
        (
            &["identify", "--url", "http://127.0.0.1:1"],
            1,
            "cannot connect",
        ),
        (
            &["identify", "--profile", "lab"],
            1,
            "there is no profile `lab`",
        ),
    ] {
        let (code, said) = fails(&bridge, arguments);
        assert_eq!(code, Some(expected), "{arguments:?}: {said}");
        assert!(said.contains(message), "{arguments:?}: {said}");
    }
    let wrong = command(&bridge, &["identify"])
        .env("CIMI_BRIDGE_PASSWORD", "wrong")
        .output()
        .expect("it runs");
    assert_eq!(wrong.status.code(), Some(4));
    assert!(text(&wrong.stderr).contains("user or password is wrong"));
}

/// Proves 9 a trace without secrets.
#[test]
fn a_trace_shows_messages_and_no_login() {
    let bridge = Bridge::demo();
    for login in ["auto", "basic", "digest"] {
        let arguments = [
            "get",
            "CIMI_Machine",
            "machines/demo-backend",
            "--trace",
            "--login",
            login,
        ];
        let output = command(&bridge, &arguments).output().expect("it runs");
        ok(&output);
        let trace = text(&output.stderr);
        assert!(
            trace.contains("> <wsa:Action") && trace.contains("< HTTP 200"),
            "{trace}"
        );
        assert!(
            !trace.contains(PASSWORD) && !trace.contains("Authorization"),
            "{trace}"
        );
    }
}

/// Proves 9 profiles for credentials.
#[test]
fn profiles_know_where_a_service_is_and_how_to_log_in() {
    let folder = tempfile::tempdir().expect("a folder");
    let bridge = Bridge::demo();
    let (profiles, password) = (folder.path().join("p.toml"), folder.path().join("password"));
    std::fs::write(&password, PASSWORD).expect("the password");
    let profile = format!(
        "[default]\nurl = \"{}\"\nuser = \"{ADMIN}\"\nlogin = \"digest\"\npassword-file = \"{}\"\n",
        bridge.url(),
        password.display()
    );
    std::fs::write(&profiles, profile).expect("the profiles");
    let run = |profiles: &std::path::Path| {
        Command::new(binary())
            .args(["identify", "--profiles"])
            .arg(profiles)
            .env_remove("CIMI_BRIDGE_URL")
            .env_remove("CIMI_BRIDGE_USER")
            .env_remove("CIMI_BRIDGE_PASSWORD")
            .output()
            .expect("it runs")
    };
    assert!(ok(&run(&profiles)).contains("ProductVendor"));
    // A password in a file that others can read is refused.
    std::fs::write(&profiles, "[default]\nuser = \"a\"\npassword = \"b\"\n").expect("the profiles");
    let output = run(&profiles);
    assert!(!output.status.success());
    assert!(
        text(&output.stderr).contains("p.toml"),
        "{}",
        text(&output.stderr)
    );
}

#[test]
fn tls_is_verified() {
    let folder = tempfile::tempdir().expect("a folder");
    let (cert, key) = certificate(folder.path());
    let bridge = Setup::demo()
        .arguments(&[
            "--tls-listen",
            "127.0.0.1:0",
            "--tls-cert",
            &cert,
            "--tls-key",
            &key,
        ])
        .start();
    let url = bridge.tls_url();
    assert!(says(&bridge, &["identify", "--url", url, "--ca", &cert]).contains("ProductVendor"));
    assert!(says(&bridge, &["identify", "--url", url, "--insecure"]).contains("ProductVendor"));
    let (code, said) = fails(&bridge, &["identify", "--url", url]);
    assert_eq!(code, Some(1));
    assert!(said.contains("not trusted"), "{said}");
}
