//! Much, large and slow input over WS-Management: bounded, answered precisely, and nobody else notices.

use std::fs;
use std::net::TcpStream;

use crate::bridge::{ADMIN, Bridge, PASSWORD};
use crate::http::{self, Connection};
use crate::soap::{CONTENT_TYPE, Message, Wsman};

const BACKEND: &str = "machines/demo-backend";

/// Resident memory of the service in KiB.
fn resident(bridge: &Bridge) -> u64 {
    let status = fs::read_to_string(format!("/proc/{}/status", bridge.pid())).expect("proc(5)");
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    let number = line.and_then(|line| line.split_whitespace().next());
    number.expect("VmRSS").parse().expect("a number")
}

/// Proves 4 abandoned enumerations cost the service nothing.
#[test]
fn abandoned_enumerations_leave_memory_flat() {
    let bridge = Bridge::demo();
    let mut connection = Connection::open(bridge.authority());
    let login = http::basic(ADMIN, PASSWORD);
    let headers = [("Content-Type", CONTENT_TYPE), ("Authorization", &*login)];
    let body = Message::enumerate("CIMI_Machine", "").envelope();
    let mut abandon = |count: usize| {
        for _ in 0..count {
            let answer = connection.send("POST", "/wsman", &headers, body.as_bytes());
            assert_eq!(answer.status, 200);
        }
    };
    abandon(500); // warms everything up
    let before = resident(&bridge);
    abandon(3000);
    let grown = resident(&bridge).saturating_sub(before);
    // What one of them costs elsewhere (390 KB) would be a gigabyte.
    assert!(grown < 16 * 1024, "{grown} KiB more");
}

/// Proves 7 256 idle connections, and requests beside them.
#[test]
fn idle_connections_are_in_nobodys_way() {
    let bridge = Bridge::demo();
    let idle: Vec<TcpStream> = (0..256)
        .map(|_| TcpStream::connect(bridge.authority()).expect("a connection"))
        .collect();
    let wsman = Wsman::admin(&bridge);
    for _ in 0..10 {
        wsman.call(&Message::get("CIMI_Machine", BACKEND)).ok();
    }
    // And they are connections still.
    let mut last = Connection::open(bridge.authority());
    let answer = last.send("GET", "/healthz", &[], b"");
    assert_eq!(answer.status, 200);
    drop(idle);
}

/// Proves 6 filters of pathological cost.
#[test]
fn filters_that_would_take_forever() {
    let bridge = Bridge::demo();
    let wsman = Wsman::admin(&bridge);
    let deep = |open: &str, close: &str, n: usize| {
        [&open.repeat(n), "State='x'", &close.repeat(n)].concat()
    };
    let wql = "http://schemas.microsoft.com/wbem/wsman/1/WQL";
    let cql = "http://schemas.dmtf.org/wbem/cql/1/dsp0202.pdf";
    let xpath = "http://www.w3.org/TR/1999/REC-xpath-19991116";
    let select = |rest: &str| format!("select * from CIMI_Machine where {rest}");
    let percent = format!("Description like '{}x'", "%a".repeat(900));
    let texts = [
        (wql, select(&deep("(", ")", 2000))),
        (wql, select(&deep("not ", "", 1500))),
        (wql, select(&percent)),
        (wql, select(&vec!["State='x'"; 600].join(" or "))),
        (
            wql,
            select(&format!("Description like '{}'", "[a-z]".repeat(1000))),
        ),
        (cql, select(&deep("(", ")", 2000))),
        (cql, select(&vec!["State='x'"; 600].join(" and "))),
        (xpath, deep("not(", ")", 1200)),
        (xpath, format!("{}State", "//".repeat(2000))),
        (xpath, format!("State{}", "[1]".repeat(2000))),
        (xpath, format!("{}State='x'", "../".repeat(2000))),
        (xpath, "*".repeat(4000)),
    ];
    wsman
        .call(&Message::put(
            "CIMI_Machine",
            BACKEND,
            &[("Description", &"a".repeat(4000))],
        ))
        .ok();
    for (dialect, text) in texts {
        let filter = format!(
            "<wsman:OptimizeEnumeration/><wsman:Filter Dialect=\"{dialect}\">{}</wsman:Filter>",
            text.replace('<', "&lt;")
        );
        let reply = wsman.call(&Message::enumerate("CIMI_Machine", &filter));
        if reply.status != 200 {
            let fault = reply.fault();
            assert_eq!(
                fault.subcode.as_deref(),
                Some("CannotProcessFilter"),
                "{}",
                fault.reason
            );
        }
        wsman.call(&Message::get("CIMI_Machine", BACKEND)).ok();
    }
}

/// Proves 6 enormous selectors, fragments and options.
#[test]
fn names_and_values_that_are_enormous() {
    let bridge = Bridge::demo();
    let wsman = Wsman::admin(&bridge);
    let huge = "x".repeat(300_000);
    let get = || Message::get("CIMI_Machine", BACKEND);
    let many: String = (0..5000)
        .map(|n| format!("<wsman:Selector Name=\"N{n}\">1</wsman:Selector>"))
        .collect();
    let own = |selectors: &str| {
        let envelope = get().envelope();
        let from = envelope.find("<wsman:SelectorSet>").expect("selectors");
        let end = "</wsman:SelectorSet>";
        let to = envelope.find(end).expect("their end") + end.len();
        let (before, after) = (&envelope[..from], &envelope[to..]);
        format!("{before}<wsman:SelectorSet>{selectors}{end}{after}")
    };
    for (envelope, subcode, detail) in [
        (
            own(&format!("<wsman:Selector Name=\"InstanceID\">{huge}</wsman:Selector>")),
            "EncodingLimit",
            Some("SelectorLimit"),
        ),
        (
            own(&format!("<wsman:Selector Name=\"{huge}\">1</wsman:Selector>")),
            "EncodingLimit",
            None,
        ),
        (own(&many), "EncodingLimit", Some("SelectorLimit")),
        (
            get()
                .header(&format!(
                    "<wsman:FragmentTransfer s:mustUnderstand=\"true\">{huge}</wsman:FragmentTransfer>"
                ))
                .envelope(),
            "CannotProcessFilter",
            None,
        ),
        (
            get()
                .header(&format!(
                    "<wsman:OptionSet><wsman:Option Name=\"{huge}\">1</wsman:Option></wsman:OptionSet>"
                ))
                .envelope(),
            "",
            None,
        ),
    ] {
        let reply = wsman.post(envelope.as_bytes());
        if subcode.is_empty() {
            assert!(matches!(reply.status, 200 | 500), "{}", reply.status);
            continue;
        }
        let fault = reply.fault();
        assert_eq!(fault.subcode.as_deref(), Some(subcode), "{}", fault.reason);
        if detail.is_some() {
            assert_eq!(fault.detail.as_deref(), detail, "{}", fault.reason);
        }
        assert!(fault.reason.len() < 1000, "a reason can be read");
    }
    wsman.call(&get()).ok();
}
