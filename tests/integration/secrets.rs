//! Passwords and keys go in and never come out: in no representation, error, event, log or export, of no
//! protocol, and nobody can guess them by asking for resources that have them.

use std::collections::{BTreeSet, VecDeque};
use std::process::Command;

use serde_json::{Value, json};

use crate::bridge::{ADMIN, Bridge, PASSWORD, Setup, binary};
use crate::curl::curl;
use crate::rest::{CIMI, Rest, href};
use crate::soap::{Message, Wsman};

const SECRET: &str = "s3cret-in-clear";
/// The same as a key, which is hexadecimal.
const KEY: &str = "5ec3e70ff1ce";

#[track_caller]
fn is_clean(what: &str, text: &str) {
    let lower = text.to_lowercase();
    for secret in [SECRET, KEY] {
        let at = lower.find(secret);
        assert_eq!(at, None, "{what} tells a secret: {text}");
    }
}

/// Every way by which a secret can come in, right requests and wrong ones; the answers.
fn tell(rest: &Rest) -> Vec<(&'static str, String)> {
    let template = json!({ "userName": "root", "password": SECRET, "key": KEY });
    let credentials = rest.collection("credentials");
    let mut heard = Vec::new();
    let mut post = |what: &'static str, collection: &str, body: &Value| {
        let answer = rest.json("POST", collection, body);
        if matches!(answer.status, 201 | 202) {
            assert_eq!(rest.job(&answer)["state"], "SUCCESS", "{what}");
        }
        heard.push((what, answer.text()));
        answer
    };
    let made = post(
        "a create by value",
        &credentials,
        &json!({ "credentialTemplate": template }),
    );
    assert!(matches!(made.status, 201 | 202), "{}", made.text());
    let credential = made.header("location").expect("Location").to_owned();
    let templates = rest.collection("credentialTemplates");
    let made = post("a template", &templates, &template);
    assert_eq!(made.status, 201, "{}", made.text());
    let by_reference = json!({ "credentialTemplate": { "href": made.header("location") } });
    let made = post("a create by reference", &credentials, &by_reference);
    assert!(matches!(made.status, 201 | 202), "{}", made.text());
    let machine = json!({
        "machineTemplate": {
            "machineConfig": { "cpu": 1, "memory": 1024 },
            "machineImage": { "href": "machineImages/demo-debian" },
            "credential": template,
        }
    });
    let made = post(
        "a machine with a login",
        &rest.collection("machines"),
        &machine,
    );
    assert!(matches!(made.status, 201 | 202), "{}", made.text());
    post(
        "a machine template with a login",
        &rest.collection("machineTemplates"),
        &machine["machineTemplate"],
    );
    // Wrong requests: the messages quote what is wrong, but no secret.
    for (what, body) in [
        (
            "an unknown attribute",
            json!({ "credentialTemplate": { "password": SECRET, "colour": "red" } }),
        ),
        (
            "a secret that is no string",
            json!({ "credentialTemplate": { "password": [SECRET] } }),
        ),
        (
            "a secret in an object",
            json!({ "credentialTemplate": { "password": { "text": SECRET } } }),
        ),
        (
            "a key that is no number of bytes",
            json!({ "credentialTemplate": { "key": format!("{KEY}x") } }),
        ),
        (
            "a key twice",
            json!({ "credentialTemplate": { "key": KEY, "password": SECRET, "userName": 5 } }),
        ),
    ] {
        post(what, &credentials, &body);
    }
    let broken =
        format!("{{\"credentialTemplate\": {{\"password\": \"{SECRET}\" \"key\": \"{KEY}\"");
    let answer = rest.send("POST", &credentials, "application/json", broken.as_bytes());
    assert_eq!(answer.status, 400);
    heard.push(("broken JSON", answer.text()));
    let xml = format!(
        "<CredentialCreate><credentialTemplate><password>{SECRET}</passwort></credentialTemplate>"
    );
    let answer = rest.send("POST", &credentials, "application/xml", xml.as_bytes());
    assert_eq!(answer.status, 400);
    heard.push(("broken XML", answer.text()));
    // Changes: with the secret, without it, and on condition.
    for (what, query, body) in [
        (
            "an update in part",
            "?$select=password,key",
            json!({ "password": SECRET, "key": KEY }),
        ),
        (
            "a whole update",
            "",
            json!({ "name": "login", "userName": "admin", "password": SECRET }),
        ),
        (
            "a whole update without it",
            "",
            json!({ "name": "login", "userName": "admin" }),
        ),
        (
            "a wrong update",
            "?$select=userName",
            json!({ "password": SECRET }),
        ),
    ] {
        let answer = rest.json("PUT", &format!("{credential}{query}"), &body);
        heard.push((what, answer.text()));
    }
    heard
}

/// Everything that links lead to from the entry point, in one format.
fn everything(bridge: &Bridge, accept: &str) -> Vec<String> {
    let base = format!("{}/cimi/", bridge.url());
    let mut queue = VecDeque::from([format!("{base}cloudEntryPoint")]);
    let mut known: BTreeSet<String> = queue.iter().cloned().collect();
    let mut texts = Vec::new();
    while let Some(uri) = queue.pop_front() {
        let got = curl(&["-H", &format!("Accept: {accept}"), &uri]);
        // Jobs end, and links to operations are no resources.
        if got.status != 200 {
            continue;
        }
        for link in got.body.split('"').chain(got.body.split(['<', '>'])) {
            if link.starts_with(&base) && known.insert(link.to_owned()) {
                queue.push_back(link.to_owned());
            }
        }
        texts.push(got.body);
    }
    texts
}

fn exported(bridge: &Bridge, format: &str) -> String {
    let password = tempfile::NamedTempFile::new().expect("a file");
    std::fs::write(password.path(), PASSWORD).expect("the password file");
    let output = Command::new(binary())
        .args([
            "export",
            "--url",
            &format!("{}/cimi/", bridge.url()),
            "--user",
            ADMIN,
        ])
        .args(["--format", format, "--password-file"])
        .arg(password.path())
        .output()
        .expect("cimi-bridge runs");
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(output.status.success() && text.contains("root"), "{text}");
    text
}

#[test]
fn secrets_never_come_out() {
    let bridge = Setup::demo().config("[log]\nlevel = \"trace\"\n").start();
    let rest = Rest::admin(&bridge);
    for (what, text) in tell(&rest) {
        is_clean(what, &text);
    }
    for accept in ["application/json", "application/xml"] {
        let texts = everything(&bridge, accept);
        assert!(texts.len() > 100, "{}", texts.len());
        for text in texts {
            is_clean(accept, &text);
        }
        for collection in [
            "credentials",
            "credentialTemplates",
            "machines",
            "machineTemplates",
        ] {
            let uri = format!("{}/cimi/{collection}?$expand=*/*&$select=*", bridge.url());
            is_clean(
                "expanded",
                &curl(&["-H", &format!("Accept: {accept}"), &uri])
                    .is(200)
                    .body,
            );
            let uri = format!(
                "{}/cimi/{collection}?$select=password,key,userName",
                bridge.url()
            );
            is_clean(
                "selected",
                &curl(&["-H", &format!("Accept: {accept}"), &uri])
                    .is(200)
                    .body,
            );
        }
    }
    let wsman = Wsman::admin(&bridge);
    for class in [
        "CIMI_Credential",
        "CIMI_CredentialTemplate",
        "CIMI_MachineTemplate",
        "CIMI_Job",
        "CIMI_Event",
    ] {
        for reply in wsman.enumerate(class, "", "") {
            is_clean(class, &reply.xml);
        }
    }
    for format in ["json", "xml"] {
        is_clean("export", &exported(&bridge, format));
    }
    let log = bridge.output();
    assert!(log.contains("TRACE") || log.contains("DEBUG"), "{log}");
    is_clean("the log", &log);
    assert!(
        !log.contains(PASSWORD),
        "the log has the password of a user"
    );
}

/// Whoever may compare with a secret can find it letter by letter.
#[test]
fn secrets_cannot_be_compared_with() {
    let bridge = Bridge::demo();
    let rest = Rest::admin(&bridge);
    let create =
        json!({ "credentialTemplate": { "userName": "root", "password": SECRET, "key": KEY } });
    let made = rest.json("POST", &rest.collection("credentials"), &create);
    assert_eq!(rest.job(&made)["state"], "SUCCESS");
    for query in [
        format!("$filter=password='{SECRET}'"),
        format!("$filter=key='{KEY}'"),
        "$orderby=password".to_owned(),
        "$orderby=key:desc".to_owned(),
    ] {
        let answer = rest.send("GET", &format!("/cimi/credentials?{query}"), "", b"");
        assert_eq!(answer.status, 400, "{query}: {}", answer.text());
    }
    let wsman = Wsman::admin(&bridge);
    let wql = "http://schemas.microsoft.com/wbem/wsman/1/WQL";
    for condition in [
        format!("Password = \"{SECRET}\""),
        "Password LIKE \"s%\"".to_owned(),
        "NOT Password IS NULL".to_owned(),
    ] {
        let filter = format!(
            "<wsman:Filter Dialect=\"{wql}\">SELECT * FROM CIMI_Credential WHERE {}</wsman:Filter>",
            condition.replace('"', "&quot;")
        );
        let reply = wsman.call(&Message::enumerate("CIMI_Credential", &filter));
        if !reply.has("Fault") {
            for page in wsman.enumerate("CIMI_Credential", &filter, "") {
                assert!(!page.has("InstanceID"), "{condition}: {}", page.xml);
            }
        }
    }
    // The type says that they are there, and no more.
    let entry = rest.get("/cimi/cloudEntryPoint");
    assert_eq!(href(&entry["credentials"]), rest.collection("credentials"));
    assert!(
        rest.items("credentials")
            .iter()
            .all(|c| c["password"].is_null()),
        "{CIMI}Credential"
    );
}
