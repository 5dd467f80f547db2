//! WS-Management below the message: encodings, framing, connections, and requests of real clients byte for
//! byte.

use std::fs;
use std::path::PathBuf;

use crate::bridge::{ADMIN, Bridge, PASSWORD, eventually, root};
use crate::http::{self, Connection};
use crate::rest::Rest;
use crate::soap::{CONTENT_TYPE, Message, Wsman, first_template};

const BACKEND: &str = "machines/demo-backend";
const FRONTEND: &str = "machines/demo-frontend";

/// Proves 7 UTF-8 and UTF-16, answered in kind.
#[test]
fn utf_16_is_answered_in_utf_16() {
    let bridge = Bridge::demo();
    let wsman = Wsman::admin(&bridge);
    let put = Message::put("CIMI_Machine", BACKEND, &[("ElementName", "Zürich Ω 𝄞")]);
    let encode = |big: bool, mark: bool| {
        let text = put.envelope();
        let units = mark
            .then_some(0xfeff)
            .into_iter()
            .chain(text.encode_utf16());
        units
            .flat_map(|unit| {
                if big {
                    unit.to_be_bytes()
                } else {
                    unit.to_le_bytes()
                }
            })
            .collect::<Vec<u8>>()
    };
    for (big, mark) in [(false, true), (true, true), (false, false)] {
        let answer = wsman.post_raw("application/soap+xml;charset=UTF-16", &encode(big, mark));
        assert_eq!(answer.status, 200, "big-endian {big}, mark {mark}");
        let content_type = answer
            .header("content-type")
            .expect("Content-Type")
            .to_ascii_lowercase();
        assert_eq!(content_type, "application/soap+xml;charset=utf-16");
        // With a mark that says which way round it is: the way of the request.
        let decode = if big {
            u16::from_be_bytes
        } else {
            u16::from_le_bytes
        };
        let mut units: Vec<_> = answer
            .body
            .chunks(2)
            .map(|pair| decode([pair[0], pair[1]]))
            .collect();
        assert_eq!(units.remove(0), 0xfeff);
        let text = String::from_utf16(&units).expect("UTF-16");
        assert!(text.contains("Zürich Ω 𝄞"), "{text}");
    }
    assert_eq!(
        Rest::admin(&bridge).get(&format!("/cimi/{BACKEND}"))["name"],
        "Zürich Ω 𝄞"
    );
}

/// Proves 7 keep-alive, pipelining, chunks, Expect, bodies in pieces.
#[test]
fn one_connection_carries_many_requests_in_every_framing() {
    let bridge = Bridge::demo();
    let mut connection = Connection::open(bridge.authority());
    let authorization = http::basic(ADMIN, PASSWORD);
    let get = Message::get("CIMI_Machine", BACKEND).envelope();
    let headers = [
        ("Content-Type", CONTENT_TYPE),
        ("Authorization", authorization.as_str()),
    ];
    for _ in 0..100 {
        let answer = connection.send("POST", "/wsman", &headers, get.as_bytes());
        assert_eq!(answer.status, 200);
        assert!(answer.header("content-length").is_some());
    }
    // Without a Content-Type, as dracclient sends it; with other types that are meant well.
    assert_eq!(
        connection
            .send("POST", "/wsman", &headers[1..], get.as_bytes())
            .status,
        200
    );
    for content_type in [
        "text/xml",
        "application/soap+xml; charset=\"utf-8\"; action=\"urn:x\"",
    ] {
        let headers = [("Content-Type", content_type), headers[1]];
        let answer = connection.send("POST", "/wsman?PSVersion=7.4", &headers, get.as_bytes());
        assert_eq!(answer.status, 200, "{content_type}");
    }
    // In chunks.
    let head = format!(
        "POST /wsman HTTP/1.1\r\nHost: {}\r\nAuthorization: {authorization}\r\nContent-Type: {CONTENT_TYPE}\r\n",
        bridge.authority()
    );
    let mut message = format!("{head}Transfer-Encoding: chunked\r\n\r\n");
    for chunk in get.as_bytes().chunks(100) {
        let text = std::str::from_utf8(chunk).expect("ASCII");
        message.push_str(&format!("{:x}\r\n{text}\r\n", chunk.len()));
    }
    message.push_str("0\r\n\r\n");
    connection.write(message.as_bytes()).expect("written");
    assert_eq!(connection.read("POST").expect("an answer").status, 200);
    // After `100 Continue`.
    let head = format!(
        "{head}Content-Length: {}\r\nExpect: 100-continue\r\n\r\n",
        get.len()
    );
    connection.write(head.as_bytes()).expect("written");
    std::thread::sleep(std::time::Duration::from_millis(50));
    connection.write(get.as_bytes()).expect("written");
    assert_eq!(connection.read("POST").expect("an answer").status, 200);
}

/// Proves 7 requests of real clients over a socket.
#[test]
fn requests_of_real_clients_are_understood() {
    let bridge = Bridge::demo();
    let wsman = Wsman::admin(&bridge);
    let folder = root().join("tests/fixtures/wsman");
    let mut replayed = 0;
    let mut files = Vec::new();
    for client in fs::read_dir(&folder).expect("fixtures").flatten() {
        if client.path().is_dir() {
            files.extend(
                fs::read_dir(client.path())
                    .expect("fixtures")
                    .flatten()
                    .map(|file| file.path()),
            );
        }
    }
    files.retain(|path| path.extension().is_some_and(|extension| extension == "xml"));
    let mut requests: Vec<(PathBuf, String)> = files
        .into_iter()
        .map(|path| {
            let request = fs::read_to_string(&path).expect("a request");
            (path, request)
        })
        // Identify has no MessageID, one Put needs a body of its own, and one request is to be refused:
        // these are tested beside the code.
        .filter(|(path, request)| {
            request.contains("MessageID")
                && !request.contains("<BODY/>")
                && !path.ends_with("enumerate-nothing.xml")
        })
        .collect();
    // One deletion, and that last: it takes the machine away.
    let is_delete = |request: &str| request.contains("/transfer/Delete<");
    requests.sort_by_key(|(path, request)| (is_delete(request), path.clone()));
    let first_delete = requests
        .iter()
        .position(|(_, request)| is_delete(request))
        .expect("a deletion");
    requests.truncate(first_delete + 1);
    for (path, request) in requests {
        let context = || {
            let class = if request.contains("/CIM_ManagedElement") {
                "CIM_ManagedElement"
            } else {
                "CIMI_Machine"
            };
            wsman
                .call(&Message::enumerate(class, ""))
                .ok()
                .value("EnumerationContext")
        };
        let context = if request.contains("CONTEXT") {
            context()
        } else {
            String::new()
        };
        let template = first_template(&bridge);
        let request = request
            .replace("CONTEXT", &context)
            .replace("machines/web-1", FRONTEND)
            .replace(
                "CIMI_MachineTemplate.InstanceID=\"machineTemplates/small\"",
                &template,
            )
            .replace("machineTemplates/small", &template);
        // A method that the state allows: both need a started machine.
        if request.contains("/Stop<") || request.contains("/Restart<") {
            start(&bridge, FRONTEND);
        }
        let reply = wsman.post(request.as_bytes());
        assert_eq!(reply.status, 200, "{}: {}", path.display(), reply.xml);
        let (_, id) = request.split_once("MessageID").expect("a message id");
        let (_, id) = id.split_once('>').expect("its start");
        let (id, _) = id.split_once('<').expect("its end");
        assert_eq!(reply.value("RelatesTo"), id, "{}", path.display());
        replayed += 1;
    }
    assert!(replayed >= 60, "{replayed}");
}

/// Brings a machine to STARTED, from whatever it is in.
fn start(bridge: &Bridge, id: &str) {
    let rest = Rest::admin(bridge);
    let uri = format!("/cimi/{id}");
    let state = eventually("it rests", || {
        let state = rest.state(&uri).expect("it is there");
        ["STARTED", "STOPPED"]
            .contains(&state.as_str())
            .then_some(state)
    });
    if state == "STOPPED" {
        rest.act(&uri, "start");
    }
    rest.wait_for(&uri, "STARTED");
}
