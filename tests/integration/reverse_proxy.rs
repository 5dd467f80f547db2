//! The service behind a reverse proxy that puts it below a path of its own.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::process::Command;
use std::sync::{Arc, OnceLock};

use serde_json::json;

use crate::bridge::{ADMIN, PASSWORD, Setup};
use crate::rest::{Rest, href, operation};
use crate::soap::{Message, Wsman};

/// What the proxy does with a request before it hands it on.
#[derive(Clone, Copy)]
struct Manner {
    /// Takes `/north` away from the path.
    strips: bool,
    /// Headers that it adds.
    adds: &'static str,
}

/// A reverse proxy for one request a connection, on a port of its own.
struct Proxy {
    authority: String,
    upstream: Arc<OnceLock<String>>,
}

impl Proxy {
    fn open(manner: Manner) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let authority = listener.local_addr().expect("its address").to_string();
        let upstream = Arc::new(OnceLock::<String>::new());
        let (known, own) = (Arc::clone(&upstream), authority.clone());
        std::thread::spawn(move || {
            for client in listener.incoming().map_while(Result::ok) {
                let (known, own) = (Arc::clone(&known), own.clone());
                std::thread::spawn(move || {
                    let upstream = known.get().expect("the service runs");
                    // A client that is gone needs no answer.
                    let _ = pass(client, upstream, &own, manner);
                });
            }
        });
        Self {
            authority,
            upstream,
        }
    }
}

fn pass(client: TcpStream, upstream: &str, own: &str, manner: Manner) -> std::io::Result<()> {
    let mut client = BufReader::new(client);
    let mut head = String::new();
    let mut length = 0;
    loop {
        let mut line = String::new();
        client.read_line(&mut line)?;
        let lower = line.to_ascii_lowercase();
        if head.is_empty() {
            if manner.strips {
                line = line.replacen(" /north/", " /", 1);
            }
        } else if line.trim().is_empty() {
            break;
        } else if let Some(value) = lower.strip_prefix("content-length:") {
            length = value.trim().parse().unwrap_or(0);
        } else if lower.starts_with("host:") {
            line = format!("Host: {upstream}\r\n");
        } else if lower.starts_with("connection:") {
            continue;
        }
        head.push_str(&line);
    }
    head.push_str("Connection: close\r\n");
    head.push_str(&manner.adds.replace("PROXY", own));
    head.push_str("\r\n");
    let mut body = vec![0; length];
    client.read_exact(&mut body)?;
    let mut service = TcpStream::connect(upstream)?;
    service.write_all(head.as_bytes())?;
    service.write_all(&body)?;
    std::io::copy(&mut service, client.get_mut())?;
    Ok(())
}

/// Follows links from the entry point to a new resource, its change and its end, all through the proxy.
#[track_caller]
fn is_whole(rest: &Rest, base: &str) {
    let entry = rest.get("/north/cimi/cloudEntryPoint");
    assert_eq!(entry["baseURI"], format!("{base}/cimi/"));
    let configurations = rest.get(&href(&entry["machineConfigs"]));
    let add = operation(&configurations, "add").expect("`add` is offered");
    let body = json!({ "name": "behind a proxy", "cpu": 1, "memory": 1024 });
    let made = rest.json("POST", &add, &body);
    assert_eq!(made.status, 201, "{}", made.text());
    let uri = made.header("location").expect("Location").to_owned();
    assert!(
        uri.starts_with(&format!("{base}/cimi/machineConfigs/")),
        "{uri}"
    );
    assert_eq!(rest.job(&made)["state"], "SUCCESS");
    // URIs of this origin come back as references, absolute or relative to the base.
    let image = rest.items_of(&href(&entry["machineImages"])).remove(0);
    for config in [uri.clone(), uri.replace(&format!("{base}/cimi/"), "")] {
        let template =
            json!({ "machineConfig": { "href": config }, "machineImage": { "href": image["id"] } });
        let made = rest.json("POST", &href(&entry["machineTemplates"]), &template);
        assert_eq!(made.status, 201, "{}", made.text());
        let shown: serde_json::Value = serde_json::from_slice(&made.body).expect("JSON");
        assert_eq!(href(&shown["machineConfig"]), uri);
        rest.delete(made.header("location").expect("Location"));
    }
    let missing = rest.send("GET", &format!("{base}/cimi/machines/none"), "", b"");
    let report: serde_json::Value = serde_json::from_slice(&missing.body).expect("JSON");
    assert_eq!(
        href(&report["targetResource"]),
        format!("{base}/cimi/machines/none")
    );
    rest.delete(&uri);
}

fn through(proxy: &Proxy) -> Rest {
    Rest::at(&proxy.authority, ADMIN, PASSWORD)
}

#[test]
fn a_configured_base_url_may_have_a_path() {
    for strips in [true, false] {
        let proxy = Proxy::open(Manner { strips, adds: "" });
        let base = format!("http://{}/north", proxy.authority);
        let bridge = Setup::demo()
            .config(&format!("base_url = \"{base}/\"\n"))
            .start();
        proxy
            .upstream
            .set(bridge.authority().to_owned())
            .expect("once");
        is_whole(&through(&proxy), &base);
        // HTTP Digest computes with the target as the client wrote it.
        if !strips {
            bridge.add_user("ann", "pass word", &["--digest"]);
            let output = Command::new("curl")
                .args([
                    "-sS",
                    "-o",
                    "/dev/null",
                    "-w",
                    "%{http_code}",
                    "--noproxy",
                    "*",
                ])
                .args(["--digest", "-u", "ann:pass word"])
                .arg(format!("{base}/cimi/cloudEntryPoint"))
                .output()
                .expect("curl is there");
            assert_eq!(String::from_utf8_lossy(&output.stdout), "200");
        }
        // WS-Management understands references in the form of REST, too.
        let wsman = Wsman::admin(&bridge);
        let machine = wsman
            .call(&Message::get("CIMI_Machine", "machines/demo-frontend"))
            .ok();
        assert_eq!(machine.value("ElementName"), "frontend");
    }
}

#[test]
fn a_trusted_proxy_says_where_the_client_came_in() {
    let manner = Manner {
        strips: true,
        adds: "X-Forwarded-Proto: http\r\nX-Forwarded-Host: PROXY\r\nX-Forwarded-Prefix: /north\r\n",
    };
    let proxy = Proxy::open(manner);
    let bridge = Setup::demo().config("trust_forwarded = true\n").start();
    proxy
        .upstream
        .set(bridge.authority().to_owned())
        .expect("once");
    is_whole(
        &through(&proxy),
        &format!("http://{}/north", proxy.authority),
    );
    // Whoever comes directly is answered directly.
    let entry = Rest::admin(&bridge).get("/cimi/cloudEntryPoint");
    assert_eq!(entry["baseURI"], format!("{}/cimi/", bridge.url()));
}

#[test]
fn a_proxy_that_is_not_trusted_says_nothing() {
    let manner = Manner {
        strips: true,
        adds: "X-Forwarded-Proto: https\r\nX-Forwarded-Host: evil.example\r\nForwarded: host=evil.example\r\n",
    };
    let proxy = Proxy::open(manner);
    let bridge = Setup::demo().start();
    proxy
        .upstream
        .set(bridge.authority().to_owned())
        .expect("once");
    let entry = through(&proxy).get("/north/cimi/cloudEntryPoint");
    assert_eq!(entry["baseURI"], format!("{}/cimi/", bridge.url()));
    assert!(!entry.to_string().contains("evil"), "{entry}");
}
