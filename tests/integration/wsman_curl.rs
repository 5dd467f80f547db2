//! curl as a client of WS-Management: it is also the transport of the `wsman` command.

use std::io::Write;
use std::process::{Command, Stdio};

use crate::bridge::{ADMIN, Bridge, PASSWORD, Setup};
use crate::soap::Message;

const BACKEND: &str = "machines/demo-backend";
const SOAP: &str = "Content-Type: application/soap+xml;charset=UTF-8";

/// Posts a message: status, and the answer with all that curl tells about the exchange.
fn post(bridge: &Bridge, arguments: &[&str], body: &[u8]) -> (String, Vec<u8>, String) {
    let url = format!("{}/wsman", bridge.url());
    let mut curl = Command::new("curl")
        .args(["-sSv", "--noproxy", "*", "--max-time", "60"])
        .args(["--data-binary", "@-", "-w", "%{stderr}status=%{http_code}"])
        .args(["-u", &format!("{ADMIN}:{PASSWORD}")])
        .args(arguments)
        .arg(url)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("curl is there: `make test` installs it");
    let mut input = curl.stdin.take().expect("its input");
    input.write_all(body).expect("written");
    drop(input);
    let output = curl.wait_with_output().expect("curl ends");
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    let status = told
        .rsplit_once("status=")
        .map_or("", |(_, code)| code)
        .to_owned();
    (status, output.stdout, told)
}

#[track_caller]
fn machine(bridge: &Bridge, arguments: &[&str], body: &[u8]) -> String {
    let (status, answer, told) = post(bridge, arguments, body);
    let answer = String::from_utf8_lossy(&answer).into_owned();
    assert_eq!(status, "200", "{arguments:?}: {answer}\n{told}");
    assert!(answer.contains(BACKEND), "{arguments:?}: {answer}");
    told
}

#[test]
fn curl_in_all_its_ways() {
    // Proves 3 Get.
    // Proves 7 keep-alive, pipelining, chunks, Expect, bodies in pieces.
    // Proves 7 UTF-8 and UTF-16, answered in kind.
    let bridge = Bridge::demo();
    let get = Message::get("CIMI_Machine", BACKEND).envelope();
    for arguments in [
        vec!["-H", SOAP],
        vec!["-H", SOAP, "-H", "Transfer-Encoding: chunked"],
        vec!["-H", "Content-Type:"],
        vec!["-H", SOAP, "--http1.0"],
        vec!["-H", SOAP, "--anyauth"],
    ] {
        machine(&bridge, &arguments, get.as_bytes());
    }
    // A large body: curl waits for `100 Continue` before it sends it.
    let comment = format!("<s:Header><!--{}-->", "x".repeat(900_000));
    let large = get.replacen("<s:Header>", &comment, 1);
    let expect = ["-H", SOAP, "-H", "Expect: 100-continue"];
    let told = machine(&bridge, &expect, large.as_bytes());
    assert!(told.contains("100 Continue"), "{told}");
    // UTF-16, which it answers in.
    let units = std::iter::once(0xfeff).chain(get.encode_utf16());
    let wide: Vec<u8> = units.flat_map(u16::to_le_bytes).collect();
    let media = "Content-Type: application/soap+xml;charset=UTF-16";
    let (status, answer, told) = post(&bridge, &["-H", media], &wide);
    assert_eq!(status, "200", "{told}");
    assert_eq!(answer.get(..2), Some([0xff, 0xfe].as_slice()));
}

#[test]
fn curl_logs_in_with_either_digest() {
    // Proves 8 Digest with MD5 and SHA-256.
    let get = Message::get("CIMI_Machine", BACKEND).envelope();
    let digest = ["-H", SOAP, "--digest"];
    let both = Bridge::demo();
    let told = machine(&both, &digest, get.as_bytes());
    assert!(told.contains("Authorization: Digest "), "{told}");
    let strict = Setup::demo()
        .config("[login]\ndigest_md5 = false\n")
        .start();
    let told = machine(&strict, &digest, get.as_bytes());
    assert!(told.contains("algorithm=SHA-256"), "{told}");
    // What Identify says is true.
    let identify = crate::soap::IDENTIFY;
    let (status, answer, told) = post(&strict, &digest, identify.as_bytes());
    assert_eq!(status, "200", "{told}");
    assert!(String::from_utf8_lossy(&answer).contains("secprofile/http/digest"));
}
