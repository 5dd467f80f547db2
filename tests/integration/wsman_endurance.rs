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

/// Proves 4 contexts: no server memory, good after a crash, and their ends too.
#[test]
fn contexts_and_their_ends_outlive_a_crash() {
    const ALL: &str = "<wsen:MaxElements>100</wsen:MaxElements>";
    let mut bridge = Bridge::demo();
    let class = "CIMI_Machine";
    let (open, ended, released) = {
        let wsman = Wsman::admin(&bridge);
        let begin = || {
            let answer = wsman.call(&Message::enumerate(class, "")).ok();
            answer.value("EnumerationContext")
        };
        let (open, ended, released) = (begin(), begin(), begin());
        let first = "<wsen:MaxElements>1</wsen:MaxElements>";
        let open = wsman.call(&Message::pull(class, &open, first)).ok();
        assert!(
            wsman
                .call(&Message::pull(class, &ended, ALL))
                .ok()
                .has("EndOfSequence")
        );
        wsman.call(&Message::release(class, &released)).ok();
        (open.value("EnumerationContext"), ended, released)
    };
    bridge.crash_and_restart();
    bridge.add_user("eve", "another", &["--role", "admin"]);
    let wsman = Wsman::admin(&bridge);
    for over in [&ended, &released] {
        let fault = wsman.call(&Message::pull(class, over, ALL)).fault();
        assert_eq!(fault.subcode.as_deref(), Some("InvalidEnumerationContext"));
        assert!(fault.reason.contains("has ended"), "{}", fault.reason);
    }
    // Nobody else goes on with what is open; its owner does, exactly where it stopped.
    let eve = Wsman::user(&bridge, "eve", "another");
    let fault = eve.call(&Message::pull(class, &open, ALL)).fault();
    assert_eq!(fault.subcode.as_deref(), Some("InvalidEnumerationContext"));
    let rest = wsman.call(&Message::pull(class, &open, ALL)).ok();
    assert_eq!(rest.texts("InstanceID"), ["machines/demo-frontend"]);
    assert!(rest.has("EndOfSequence"));
}

/// Proves 7 operations that wait delay nobody.
#[test]
fn operations_that_wait_are_in_nobodys_way() {
    const WAITING: usize = 48;
    let bridge = Bridge::demo();
    let wsman = Wsman::admin(&bridge);
    // A subscription that is pulled: each Pull waits until something happens, or for a minute.
    let eventing = "http://schemas.xmlsoap.org/ws/2004/08/eventing";
    let subscribe = Message::new(&format!("{eventing}/Subscribe"), "CIM_InstModification").body(&format!(
        "<e:Subscribe xmlns:e=\"{eventing}\"><e:Delivery Mode=\"http://schemas.dmtf.org/wbem/wsman/1/wsman/Pull\"/></e:Subscribe>"
    ));
    let context = wsman.call(&subscribe).ok().value("EnumerationContext");
    let pull = Message::pull(
        "CIM_InstModification",
        &context,
        "<wsen:MaxTime>PT60S</wsen:MaxTime>",
    );
    let pull = pull.envelope();
    let login = http::basic(ADMIN, PASSWORD);
    let head = format!(
        "POST /wsman HTTP/1.1\r\nHost: {}\r\nAuthorization: {login}\r\nContent-Type: {CONTENT_TYPE}\r\nContent-Length: {}\r\n\r\n",
        bridge.authority(),
        pull.len(),
    );
    let mut waiting: Vec<Connection> = (0..WAITING)
        .map(|_| {
            let mut connection = Connection::open(bridge.authority());
            connection
                .write((head.clone() + &pull).as_bytes())
                .expect("a request");
            connection
        })
        .collect();
    // Everything else is answered, and none of those is: whoever waits takes no thread with him.
    for _ in 0..50 {
        wsman.call(&Message::get("CIMI_Machine", BACKEND)).ok();
        wsman.enumerate("CIMI_Machine", "", "");
    }
    for connection in &waiting {
        assert!(!connection.is_answered(), "nothing has happened yet");
    }
    let change = [("Description", "woke them up")];
    wsman
        .call(&Message::put("CIMI_Machine", BACKEND, &change))
        .ok();
    for connection in &mut waiting {
        let answer = connection.read("POST").expect("an answer");
        assert_eq!(answer.status, 200);
        assert!(answer.text().contains("woke them up"));
    }
}
