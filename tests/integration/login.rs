//! Who may come in, what they may do, and what they see.

use std::fs;
use std::path::Path;
use std::process::Command;

use serde_json::json;

use crate::bridge::{ADMIN, Bridge, PASSWORD, Setup, binary, eventually};
use crate::http;
use crate::oracle;
use crate::rest::{CIMI, Rest, instance_id, operation};
use crate::soap::{CONTENT_TYPE, IDENTIFY, Message, Wsman};

#[test]
fn nobody_comes_in_without_the_right_password() {
    let bridge = Bridge::demo();
    let request = Message::get("CIMI_Machine", "machines/demo-backend").envelope();
    let wrong = http::basic(ADMIN, "wrong");
    let unknown = http::basic("nobody", PASSWORD);
    let empty = http::basic("", "");
    let attempts = [
        "",
        &wrong,
        &unknown,
        &empty,
        "Basic",
        "Basic !!!",
        "Bearer abc",
        "Basic Og==",
        "Negotiate abc",
    ];
    for authorization in attempts {
        let mut headers = vec![("Content-Type", CONTENT_TYPE)];
        if !authorization.is_empty() {
            headers.push(("Authorization", authorization));
        }
        for (method, path) in [
            ("POST", "/wsman"),
            ("GET", "/cimi/cloudEntryPoint"),
            ("GET", "/cimi/machines"),
            ("GET", "/metrics"),
        ] {
            let body = if method == "POST" {
                request.as_bytes()
            } else {
                b""
            };
            let answer = http::send(bridge.authority(), method, path, &headers, body);
            assert_eq!(answer.status, 401, "{method} {path} with `{authorization}`");
            let challenge = answer.header("www-authenticate").expect("a challenge");
            assert!(challenge.starts_with("Basic realm=\""), "{challenge}");
            assert!(!answer.text().contains("demo-"), "{}", answer.text());
        }
    }
    assert_eq!(
        Wsman::admin(&bridge)
            .call(&Message::get("CIMI_Machine", "machines/demo-backend"))
            .status,
        200
    );
}

#[test]
fn health_and_identify_need_no_login() {
    let bridge = Bridge::demo();
    let health = http::send(bridge.authority(), "GET", "/healthz", &[], b"");
    assert_eq!(health.status, 200);
    let anonymous = http::send(
        bridge.authority(),
        "POST",
        "/wsman-anon/identify",
        &[("Content-Type", CONTENT_TYPE)],
        IDENTIFY.as_bytes(),
    );
    assert_eq!(anonymous.status, 200, "{}", anonymous.text());
    assert!(anonymous.text().contains("IdentifyResponse"));
    let winrm = http::send(
        bridge.authority(),
        "POST",
        "/wsman",
        &[
            ("Content-Type", CONTENT_TYPE),
            ("WSMANIDENTIFY", "unauthenticated"),
        ],
        IDENTIFY.as_bytes(),
    );
    assert_eq!(winrm.status, 200, "{}", winrm.text());
    // Neither way leads to anything else.
    let get = Message::get("CIMI_Machine", "machines/demo-backend").envelope();
    for (path, header) in [
        ("/wsman-anon/identify", ("X-Nothing", "")),
        ("/wsman", ("WSMANIDENTIFY", "unauthenticated")),
    ] {
        let headers = [("Content-Type", CONTENT_TYPE), header];
        let answer = http::send(bridge.authority(), "POST", path, &headers, get.as_bytes());
        assert!(
            !answer.text().contains("CIMI_Machine>"),
            "{}",
            answer.text()
        );
        assert_ne!(answer.status, 200, "{}", answer.text());
    }
}

#[test]
fn metrics_are_for_the_administrator() {
    let bridge = Bridge::demo();
    let authorization = http::basic(ADMIN, PASSWORD);
    let headers = [("Authorization", authorization.as_str())];
    let metrics = http::send(bridge.authority(), "GET", "/metrics", &headers, b"");
    assert_eq!(metrics.status, 200);
    assert!(metrics.text().contains("# TYPE"), "{}", metrics.text());
}

#[test]
fn a_reader_reads_and_an_operator_writes() {
    let bridge = Bridge::demo();
    bridge.add_user("rita", "reads only 1", &["--role", "reader"]);
    bridge.add_user("otto", "writes too 2", &["--role", "operator"]);

    let rita = Rest::user(&bridge, "rita", "reads only 1");
    let machine = rita.get("/cimi/machines/demo-backend");
    assert_eq!(
        machine["operations"],
        serde_json::Value::Null,
        "nothing is offered to a reader"
    );
    let action = json!({ "action": format!("{CIMI}action/start") });
    assert_eq!(
        rita.json(
            "PUT",
            "/cimi/machines/demo-backend",
            &json!({ "name": "mine" })
        )
        .status,
        403
    );
    assert_eq!(
        rita.send("DELETE", "/cimi/machines/demo-backend", "", b"")
            .status,
        403
    );
    let admin = Rest::admin(&bridge);
    let start = operation(
        &admin.get("/cimi/machines/demo-backend"),
        &format!("{CIMI}action/start"),
    );
    assert_eq!(
        rita.json("POST", &start.expect("start is offered"), &action)
            .status,
        403
    );

    let rita = Wsman::user(&bridge, "rita", "reads only 1");
    rita.call(&Message::get("CIMI_Machine", "machines/demo-backend"))
        .ok();
    for refused in [
        Message::invoke("CIMI_Machine", "machines/demo-backend", "Start", &[]),
        Message::put(
            "CIMI_Machine",
            "machines/demo-backend",
            &[("ElementName", "mine")],
        ),
        Message::delete("CIMI_Machine", "machines/demo-backend"),
        Message::create(
            "CIMI_Machine",
            "CIMI_MachineCreate",
            &[("ElementName", "mine")],
        ),
    ] {
        let fault = rita.call(&refused).fault();
        assert_eq!(
            fault.subcode.as_deref(),
            Some("AccessDenied"),
            "{}",
            fault.reason
        );
    }

    let otto = Wsman::user(&bridge, "otto", "writes too 2");
    otto.call(&Message::put(
        "CIMI_Machine",
        "machines/demo-backend",
        &[("ElementName", "his")],
    ))
    .ok();
    assert_eq!(admin.get("/cimi/machines/demo-backend")["name"], "his");
    let metrics = http::send(
        bridge.authority(),
        "GET",
        "/metrics",
        &[("Authorization", &http::basic("otto", "writes too 2"))],
        b"",
    );
    assert_eq!(metrics.status, 403);
}

#[test]
fn a_tenant_sees_its_own_and_nobody_elses() {
    let bridge = Bridge::demo();
    bridge.add_user(
        "ann",
        "tenant one 1",
        &["--role", "operator", "--tenant", "one"],
    );
    bridge.add_user(
        "bob",
        "tenant two 2",
        &["--role", "operator", "--tenant", "two"],
    );
    let ann = Rest::user(&bridge, "ann", "tenant one 1");
    let uri = ann.create_machine("ann's own", "STOPPED");
    ann.wait_for(&uri, "STOPPED");
    let id = instance_id(&uri);

    let bob = Rest::user(&bridge, "bob", "tenant two 2");
    assert_eq!(bob.find(&uri), None);
    assert!(
        bob.items("machines")
            .iter()
            .all(|machine| machine["id"] != uri.as_str())
    );
    assert_eq!(
        bob.json("PUT", &uri, &json!({ "name": "bob's" })).status,
        404
    );
    assert_eq!(bob.send("DELETE", &uri, "", b"").status, 404);
    let bob = Wsman::user(&bridge, "bob", "tenant two 2");
    for hidden in [
        Message::get("CIMI_Machine", id),
        Message::delete("CIMI_Machine", id),
        Message::invoke("CIMI_Machine", id, "Start", &[]),
    ] {
        let fault = bob.call(&hidden).fault();
        assert_eq!(
            fault.subcode.as_deref(),
            Some("DestinationUnreachable"),
            "{}",
            fault.reason
        );
    }
    for reply in bob.enumerate("CIMI_Machine", "", "") {
        assert!(!reply.texts("InstanceID").iter().any(|other| other == id));
    }
    assert_eq!(Rest::admin(&bridge).get(&uri)["name"], "ann's own");
}

#[test]
fn an_enumeration_belongs_to_its_user() {
    let bridge = Bridge::demo();
    bridge.add_user("rita", "reads only 1", &["--role", "reader"]);
    let first = Wsman::admin(&bridge)
        .call(&Message::enumerate("CIMI_Machine", ""))
        .ok();
    let context = first.value("EnumerationContext");
    let rita = Wsman::user(&bridge, "rita", "reads only 1");
    let fault = rita
        .call(&Message::pull("CIMI_Machine", &context, ""))
        .fault();
    assert_eq!(fault.subcode.as_deref(), Some("InvalidEnumerationContext"));
    Wsman::admin(&bridge)
        .call(&Message::pull("CIMI_Machine", &context, ""))
        .ok();
}

#[test]
fn passwords_are_kept_as_argon2_hashes_only() {
    let bridge = Bridge::demo();
    bridge.add_user("rita", "reads only 1", &["--role", "reader"]);
    let users = fs::read_to_string(bridge.data().join("users.toml")).expect("the users file");
    assert_eq!(users.matches("$argon2id$").count(), 2, "{users}");
    assert!(
        !users.contains(PASSWORD) && !users.contains("reads only 1"),
        "{users}"
    );
    // Nobody else on this machine reads them.
    use std::os::unix::fs::PermissionsExt;
    let mode = fs::metadata(bridge.data())
        .expect("the data folder")
        .permissions()
        .mode();
    assert_eq!(mode & 0o077, 0, "{mode:o}");
}

#[test]
fn there_is_no_default_password() {
    // Without a password file the service makes one up, and prints it once.
    let password = |bridge: &Bridge| {
        let output = bridge.output();
        let line = output
            .lines()
            .find_map(|line| line.split_once("export PASSWORD="));
        line.map(|(_, password)| password.trim_matches(['\'', '"', ' ']).to_owned())
    };
    let mut bridge = Setup::demo().without_password().start();
    let made_up = eventually("a password is printed", || password(&bridge));
    assert!(made_up.len() >= 16, "{made_up}");
    let comes_in = |bridge: &Bridge| {
        let answer = Rest::user(bridge, ADMIN, &made_up).send("GET", "/cimi/machines", "", b"");
        assert_eq!(answer.status, 200);
    };
    comes_in(&bridge);
    bridge.crash_and_restart();
    comes_in(&bridge);
    assert_eq!(password(&bridge), None, "it is printed once");
}

/// A self-signed certificate for 127.0.0.1 and its key, in files of this folder.
pub(crate) fn certificate(directory: &Path) -> (String, String) {
    let path = |name: &str| directory.join(name).to_str().expect("a path").to_owned();
    let (certificate, key) = (path("certificate.pem"), path("key.pem"));
    let made = Command::new("openssl")
        .args([
            "req",
            "-x509",
            "-newkey",
            "rsa:2048",
            "-nodes",
            "-days",
            "1",
            "-subj",
            "/CN=127.0.0.1",
        ])
        .args([
            "-addext",
            "subjectAltName=IP:127.0.0.1",
            "-keyout",
            &key,
            "-out",
            &certificate,
        ])
        .output()
        .expect("openssl is there: `make test` installs it");
    assert!(
        made.status.success(),
        "{}",
        String::from_utf8_lossy(&made.stderr)
    );
    (certificate, key)
}

#[test]
fn tls_with_a_certificate_of_our_own() {
    let directory = tempfile::tempdir().expect("a temporary directory");
    let (certificate, key) = certificate(directory.path());
    let bridge = Setup::demo()
        .arguments(&[
            "--tls-listen",
            "127.0.0.1:0",
            "--tls-cert",
            &certificate,
            "--tls-key",
            &key,
        ])
        .start();

    let curl = |more: &[&str]| {
        let output = Command::new("curl")
            .args([
                "-sS",
                "--noproxy",
                "*",
                "--user",
                &format!("{ADMIN}:{PASSWORD}"),
            ])
            .args(more)
            .arg(format!("{}/cimi/cloudEntryPoint", bridge.tls_url()))
            .output()
            .expect("curl runs");
        (
            output.status.code(),
            String::from_utf8_lossy(&output.stdout).into_owned(),
        )
    };
    let (code, body) = curl(&["--cacert", &certificate]);
    assert_eq!(code, Some(0), "{body}");
    let entry: serde_json::Value = serde_json::from_str(&body).expect("JSON");
    // Links keep to the way that the client came.
    assert_eq!(entry["baseURI"], format!("{}/cimi/", bridge.tls_url()));
    assert_eq!(curl(&[]).0, Some(60), "curl does not know the certificate");
    assert_ne!(
        curl(&["--cacert", &certificate, "--tls-max", "1.1"]).0,
        Some(0),
        "TLS 1.1 is over"
    );
    oracle::tls_client("wsman_pypsrp.py", &bridge, &certificate);
}

#[test]
fn other_machines_are_served_only_when_the_configuration_says_so() {
    let directory = tempfile::tempdir().expect("a temporary directory");
    let password = directory.path().join("password");
    fs::write(&password, PASSWORD).expect("a password file");
    let output = Command::new(binary())
        .args([
            "serve",
            "--demo",
            "--listen",
            "0.0.0.0:0",
            "--password-file",
        ])
        .arg(&password)
        .arg("--data")
        .arg(directory.path().join("data"))
        .output()
        .expect("cimi-bridge runs");
    assert_eq!(output.status.code(), Some(1));
    let message = String::from_utf8_lossy(&output.stderr);
    assert!(
        message.contains("0.0.0.0") && message.contains("tls"),
        "{message}"
    );
}

#[test]
fn digest_is_for_whom_it_was_given() {
    let bridge = Bridge::demo();
    bridge.add_user("ann", "pass word", &["--digest"]);
    bridge.add_user("bob", "pass word", &[]);
    let users = bridge.data().join("users.toml");
    let mode = std::os::unix::fs::PermissionsExt::mode(
        &fs::metadata(&users).expect("the users file").permissions(),
    );
    assert_eq!(mode & 0o777, 0o600);

    let url = format!("{}/wsman", bridge.url());
    let log_in = |user: &str, scheme: &str| {
        let output = Command::new("curl")
            .args([
                "-sS",
                "--noproxy",
                "*",
                "-o",
                "/dev/null",
                "-w",
                "%{http_code}",
            ])
            .args([
                scheme,
                "-u",
                user,
                "-H",
                "Content-Type: application/soap+xml",
            ])
            .args(["--data", IDENTIFY, &url])
            .output()
            .expect("curl runs");
        String::from_utf8_lossy(&output.stdout).into_owned()
    };
    eventually("the service knows ann", || {
        (log_in("ann:pass word", "--digest") == "200").then_some(())
    });
    eventually("the service knows bob", || {
        (log_in("bob:pass word", "--basic") == "200").then_some(())
    });
    assert_eq!(log_in("ann:pass word", "--basic"), "200");
    assert_eq!(log_in("bob:pass word", "--digest"), "401");
    assert_eq!(log_in("ann:pass worD", "--digest"), "401");
}

#[test]
fn challenges_stand_in_the_order_that_clients_need() {
    let bridge = Bridge::demo();
    let answer = http::send(bridge.authority(), "GET", "/cimi/machines", &[], b"");
    let schemes: Vec<_> = answer
        .headers("www-authenticate")
        .map(|value| {
            let algorithm = value.split("algorithm=").nth(1).unwrap_or_default();
            (
                value.split(' ').next().unwrap_or_default().to_owned(),
                algorithm.split(',').next().unwrap_or_default().to_owned(),
            )
        })
        .collect();
    let expected = [("Basic", ""), ("Digest", "SHA-256"), ("Digest", "MD5")];
    assert_eq!(
        schemes,
        expected.map(|(scheme, algorithm)| (scheme.to_owned(), algorithm.to_owned()))
    );
}
