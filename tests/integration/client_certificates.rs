//! Logins with client certificates, by curl, openssl, pypsrp and pywinrm.

use std::path::{Path, PathBuf};
use std::process::Command;

use tempfile::TempDir;

use crate::bridge::{Bridge, Setup, eventually, run};
use crate::oracle;

/// An authority that openssl plays, and what it signs.
struct Authority(TempDir);

impl Authority {
    fn new(name: &str) -> Self {
        let this = Self(tempfile::tempdir().expect("a temporary directory"));
        this.make("authority", &["-subj", &format!("/CN={name}")]);
        this
    }

    fn path(&self, file: &str) -> PathBuf {
        self.0.path().join(file)
    }

    fn certificate(&self) -> String {
        text(&self.path("authority.crt"))
    }

    /// A certificate with its key: the files.
    fn sign(&self, name: &str, more: &[&str]) -> [String; 2] {
        let key = text(&self.path("authority.key"));
        let signed = ["-CA", &self.certificate(), "-CAkey", &key];
        let subject = ["-subj", &format!("/CN={name}")];
        let leaf = ["-addext", "basicConstraints=critical,CA:FALSE"];
        self.make(name, &[&signed[..], &subject, &leaf, more].concat());
        ["crt", "key"].map(|kind| text(&self.path(&format!("{name}.{kind}"))))
    }

    fn make(&self, name: &str, more: &[&str]) {
        let made = Command::new("openssl")
            .args(["req", "-x509", "-newkey", "ec", "-nodes", "-days", "1"])
            .args(["-pkeyopt", "ec_paramgen_curve:P-256", "-keyout"])
            .arg(self.path(&format!("{name}.key")))
            .arg("-out")
            .arg(self.path(&format!("{name}.crt")))
            .args(more)
            .output()
            .expect("openssl runs");
        let said = String::from_utf8_lossy(&made.stderr);
        assert!(made.status.success(), "{said}");
    }
}

fn text(path: &Path) -> String {
    path.to_str().expect("UTF-8").to_owned()
}

/// A service that asks for certificates of this authority.
fn service(authority: &Authority) -> Bridge {
    let [certificate, key] =
        authority.sign("localhost", &["-addext", "subjectAltName=IP:127.0.0.1"]);
    let tls = ["--tls-listen", "127.0.0.1:0", "--tls-cert", &certificate];
    let more = [
        "--tls-key",
        &key,
        "--tls-client-ca",
        &authority.certificate(),
    ];
    Setup::demo().arguments(&[tls, more].concat()).start()
}

fn user(bridge: &Bridge, arguments: &[&str]) {
    let data = text(&bridge.data());
    let output = run(&[&["user"], arguments, &["--data", &data]].concat());
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{said}");
}

/// A request of curl: the status, `000` without an answer.
fn status(
    bridge: &Bridge,
    authority: &Authority,
    identity: Option<&[String; 2]>,
    more: &[&str],
) -> String {
    let mut curl = Command::new("curl");
    curl.args([
        "-sS",
        "--noproxy",
        "*",
        "--max-time",
        "60",
        "-o",
        "/dev/null",
    ])
    .args(["-w", "%{http_code}", "--cacert", &authority.certificate()])
    .args(more);
    if let Some([certificate, key]) = identity {
        curl.args(["--cert", certificate, "--key", key]);
    }
    let output = curl
        .arg(format!("{}/cimi/machines", bridge.tls_url()))
        .output()
        .expect("curl runs");
    String::from_utf8_lossy(&output.stdout).into_owned()
}

#[test]
fn a_certificate_of_the_authority_with_the_name_of_a_user_is_a_login() {
    let ours = Authority::new("ours");
    let bridge = service(&ours);
    let console = ours.sign(
        "console",
        &["-addext", "subjectAltName=email:Ops@example.org"],
    );
    let ask = |identity, more: &[&str]| status(&bridge, &ours, identity, more);

    // A good certificate, and nobody who has its name.
    assert_eq!(ask(Some(&console), &[]), "401");
    assert_eq!(ask(None, &[]), "401");
    user(
        &bridge,
        &["add", "rita", "--certificate", "ops@example.org"],
    );
    eventually("the user is noticed", || {
        (ask(Some(&console), &[]) == "200").then_some(())
    });
    assert_eq!(ask(Some(&console), &["--tls-max", "1.2"]), "200");
    // She is a reader.
    let post = ["-d", "{}", "-H", "Content-Type: application/json"];
    assert_eq!(ask(Some(&console), &post), "403");
    // A password goes before it, also a wrong one.
    assert_eq!(ask(Some(&console), &["-u", "rita:"]), "401");
    assert_eq!(ask(None, &[]), "401");

    // Certificates that are none of a client of this authority have no connection at all.
    let stranger = Authority::new("ours").sign("console", &[]);
    let server = ours.sign("server", &["-addext", "extendedKeyUsage=serverAuth"]);
    for wrong in [&stranger, &server] {
        assert_eq!(ask(Some(wrong), &[]), "000");
    }
    let said = bridge.output();
    assert!(said.contains("TLS handshake failed"), "{said}");

    user(&bridge, &["remove", "rita"]);
    eventually("the user is gone", || {
        (ask(Some(&console), &[]) == "401").then_some(())
    });
}

#[test]
fn a_resumed_session_is_the_same_login() {
    let ours = Authority::new("ours");
    let bridge = service(&ours);
    let [certificate, key] = ours.sign("console", &[]);
    user(&bridge, &["add", "console", "--certificate", "console"]);
    eventually("the user is noticed", || {
        let identity = [certificate.clone(), key.clone()];
        (status(&bridge, &ours, Some(&identity), &[]) == "200").then_some(())
    });
    let session = text(&ours.path("session"));
    let address = bridge.tls_url().replace("https://", "");
    let request = format!(
        "printf 'GET /cimi/machines HTTP/1.1\\r\\nHost: x\\r\\nConnection: close\\r\\n\\r\\n' | \
         openssl s_client -connect {address} -cert {certificate} -key {key} -ign_eof"
    );
    for version in ["-tls1_2", "-tls1_3"] {
        for (session, expected) in [
            (format!("-sess_out {session}"), "New, "),
            (format!("-sess_in {session}"), "Reused, "),
        ] {
            let output = Command::new("bash")
                .args(["-c", &format!("{request} {version} {session}")])
                .output()
                .expect("bash runs");
            let told = String::from_utf8_lossy(&output.stdout);
            assert!(told.contains(expected), "{version} {session}: {told}");
            assert!(
                told.contains("HTTP/1.1 200 OK"),
                "{version} {session}: {told}"
            );
        }
    }
}

#[test]
fn the_clients_of_the_registries_log_in_with_certificates() {
    let ours = Authority::new("ours");
    let bridge = service(&ours);
    let [certificate, key] = ours.sign("console", &[]);
    user(
        &bridge,
        &[
            "add",
            "console",
            "--role",
            "operator",
            "--certificate",
            "console",
        ],
    );
    let identity = [certificate.clone(), key.clone()];
    eventually("the user is noticed", || {
        (status(&bridge, &ours, Some(&identity), &[]) == "200").then_some(())
    });
    let variables = [("CLIENT_CERTIFICATE", certificate), ("CLIENT_KEY", key)];
    oracle::tls_client_with(
        "wsman_certificates.py",
        &bridge,
        &ours.certificate(),
        &variables,
    );
}
