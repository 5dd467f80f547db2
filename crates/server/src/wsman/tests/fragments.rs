//! Parts of resources: `wsman:FragmentTransfer` (DSP0226 7) and XPath filters.

use proptest::prelude::*;

use super::service::{
    CIM, RUNNING, STOPPED, Service, TRANSFER, content, count, enumerate, get, message, selected,
};

/// A request about a part of a machine.
fn fragment(operation: &str, id: &str, path: &str, body: &str) -> String {
    let header = format!(
        "{}<wsman:FragmentTransfer s:mustUnderstand=\"true\">{path}</wsman:FragmentTransfer>",
        selected(id)
    );
    message(
        &format!("{TRANSFER}{operation}"),
        &format!("{CIM}CIMI_Machine"),
        &header,
        body,
    )
}

/// `wsman:XmlFragment` with elements of the machine's class.
fn body(inner: &str) -> String {
    format!(
        "<wsman:XmlFragment xmlns:p=\"{CIM}CIMI_Machine\" xmlns:q=\"{CIM}CIMI_Property\">{inner}</wsman:XmlFragment>"
    )
}

fn pair(name: &str, value: &str) -> String {
    format!(
        "<p:Properties xsi:type=\"q:CIMI_Property_Type\"><q:Name>{name}</q:Name><q:Value>{value}</q:Value></p:Properties>"
    )
}

/// What is in the fragment of an answer, without the declarations of prefixes.
fn inner(answer: &str) -> String {
    let inner = content(answer, "XmlFragment").unwrap_or_else(|| panic!("{answer}"));
    let mut plain = String::new();
    for (n, piece) in inner.split(" xmlns:").enumerate() {
        match (n, piece.splitn(3, '"').nth(2)) {
            (0, _) => plain.push_str(piece),
            (_, rest) => plain.push_str(rest.unwrap_or_default()),
        }
    }
    plain
}

async fn read(service: &Service, path: &str) -> String {
    inner(&service.ok(&fragment("Get", STOPPED, path, "")).await)
}

/// Proves 3 fragment Get: properties, entries, `text()`, attributes.
#[tokio::test]
async fn get_of_a_fragment() {
    let service = Service::start().await;
    let all = format!("{}{}", pair("a", "1"), pair("b", "2"));
    service
        .ok(&fragment("Put", STOPPED, "Properties", &body(&all)))
        .await;
    for (path, expected) in [
        ("State", "<p:State>STOPPED</p:State>"),
        ("./p:State", "<p:State>STOPPED</p:State>"),
        ("/p:CIMI_Machine/p:State", "<p:State>STOPPED</p:State>"),
        ("State/text()", "STOPPED"),
        ("Properties[2]/Value", "<p:Value>2</p:Value>"),
        ("Properties[Name='b']/Value/text()", "2"),
        ("Properties/Name/text()", "ab"),
        ("Memory[9]", ""),
        ("LatestSnapshot", "<p:LatestSnapshot xsi:nil=\"true\" />"),
        ("LatestSnapshot/@xsi:nil", "true"),
        ("State/@xsi:nil", ""),
    ] {
        assert_eq!(read(&service, path).await, expected, "{path}");
    }
    let answer = service
        .ok(&fragment("Get", STOPPED, "Properties", ""))
        .await;
    assert_eq!(
        count(content(&answer, "XmlFragment").unwrap(), "Properties"),
        2
    );
    assert!(answer.contains("s:mustUnderstand=\"true\">Properties</wsman:FragmentTransfer>"));
    // Nothing there: the fragment itself is nil.
    let answer = service
        .ok(&fragment("Get", STOPPED, "Properties[7]", ""))
        .await;
    assert!(
        answer.contains("<wsman:XmlFragment xsi:nil=\"true\""),
        "{answer}"
    );
    // The text of a datetime is what stands in its element.
    assert!(read(&service, "Created/text()").await.starts_with("20"));
    // `/` is everything.
    let answer = service.ok(&fragment("Get", STOPPED, "/", "")).await;
    assert!(
        content(&answer, "XmlFragment")
            .unwrap()
            .contains("<p:CIMI_Machine ")
    );
}

/// Proves 3 fragment Put, Create and Delete.
#[tokio::test]
async fn put_create_and_delete_of_fragments() {
    let service = Service::start().await;
    let change = async |operation: &str, path: &str, inner: &str| {
        let body = if operation == "Delete" {
            String::new()
        } else {
            body(inner)
        };
        service.ok(&fragment(operation, STOPPED, path, &body)).await
    };
    let names = async || read(&service, "Properties/Name/text()").await;
    let answer = change("Put", "Description", "<p:Description>new</p:Description>").await;
    assert_eq!(inner(&answer), "<p:Description>new</p:Description>");
    change("Put", "Description/text()", "newer").await;
    assert_eq!(read(&service, "Description/text()").await, "newer");
    // Without a prefix, as Windows sends it.
    change(
        "Put",
        "Description",
        "<Description xmlns=\"\">newest</Description>",
    )
    .await;
    assert_eq!(read(&service, "Description/text()").await, "newest");
    change("Delete", "Description", "").await;
    assert_eq!(read(&service, "Description/@xsi:nil").await, "true");
    let created = change(
        "Create",
        "Description",
        "<p:Description>again</p:Description>",
    )
    .await;
    assert!(content(&created, "Selector").is_some());
    assert!(created.contains("ResourceCreated") && created.contains(STOPPED));

    change(
        "Put",
        "Properties",
        &format!("{}{}", pair("a", "1"), pair("b", "2")),
    )
    .await;
    change("Create", "Properties", &pair("d", "4")).await;
    change("Create", "Properties[3]", &pair("c", "3")).await;
    assert_eq!(names().await, "abcd");
    change("Put", "Properties[2]", &pair("B", "20")).await;
    change("Put", "Properties[Name='c']/Value", "<q:Value>30</q:Value>").await;
    change("Delete", "Properties[1]", "").await;
    assert_eq!(names().await, "Bcd");
    assert_eq!(read(&service, "Properties/Value/text()").await, "20304");
    change("Put", "Properties", "").await;
    assert_eq!(names().await, "");
    // A file that holds only the element, as the wsman command sends it.
    let bare = format!("<p:Description xmlns:p=\"{CIM}CIMI_Machine\">file</p:Description>");
    service
        .ok(&fragment("Put", STOPPED, "Description", &bare))
        .await;
    assert_eq!(read(&service, "Description/text()").await, "file");
    // Everything.
    let whole = "<p:CIMI_Machine><p:ElementName>whole</p:ElementName></p:CIMI_Machine>";
    change("Put", "/", whole).await;
    assert_eq!(read(&service, "ElementName/text()").await, "whole");
    assert_eq!(read(&service, "Description/text()").await, "file");
}

/// Proves 3 fragments that are wrong.
/// Proves 6 FragmentDialectNotSupported, InvalidFragment.
#[tokio::test]
async fn what_fragments_cannot_do() {
    let service = Service::start().await;
    let one = "<p:Description>x</p:Description>";
    for (operation, path, inner, expected) in [
        ("Get", "Descripton", "", ("wsen:CannotProcessFilter", None)),
        (
            "Get",
            "Description[",
            "",
            ("wsen:CannotProcessFilter", None),
        ),
        (
            "Get",
            "/p:CIMI_Volume/p:State",
            "",
            ("wsen:CannotProcessFilter", None),
        ),
        ("Put", "*", one, ("wsen:CannotProcessFilter", None)),
        (
            "Put",
            "Properties/Name",
            one,
            ("wsen:CannotProcessFilter", None),
        ),
        (
            "Put",
            "Description/@xsi:nil",
            one,
            ("wsen:CannotProcessFilter", None),
        ),
        (
            "Put",
            "Description",
            "<p:State>x</p:State>",
            ("wxf:InvalidRepresentation", Some("InvalidFragment")),
        ),
        (
            "Put",
            "Description",
            "",
            ("wxf:InvalidRepresentation", Some("InvalidFragment")),
        ),
        (
            "Put",
            "Description",
            "x",
            ("wxf:InvalidRepresentation", Some("InvalidFragment")),
        ),
        (
            "Put",
            "Properties[3]",
            &pair("a", "1"),
            ("wxf:InvalidRepresentation", Some("InvalidFragment")),
        ),
        (
            "Create",
            "Properties[3]",
            &pair("a", "1"),
            ("wxf:InvalidRepresentation", Some("InvalidFragment")),
        ),
        (
            "Create",
            "ElementName",
            "<p:ElementName>x</p:ElementName>",
            ("wsman:AlreadyExists", None),
        ),
        (
            "Put",
            "Cpu",
            "<p:Cpu>many</p:Cpu>",
            ("wxf:InvalidRepresentation", Some("InvalidValues")),
        ),
        (
            "Put",
            "State",
            "<p:State>STARTED</p:State>",
            ("wxf:InvalidRepresentation", Some("InvalidValues")),
        ),
        (
            "Put",
            "InstanceID",
            "<p:InstanceID>x</p:InstanceID>",
            ("wxf:InvalidRepresentation", Some("InvalidValues")),
        ),
        (
            "Delete",
            "InstanceID",
            "",
            ("wxf:InvalidRepresentation", Some("MissingValues")),
        ),
        (
            "Delete",
            "Properties[1]",
            "",
            ("wxf:InvalidRepresentation", Some("InvalidFragment")),
        ),
    ] {
        let body = if matches!(operation, "Get" | "Delete") {
            String::new()
        } else {
            body(inner)
        };
        let (subcode, detail) = service
            .fault(&fragment(operation, STOPPED, path, &body))
            .await;
        assert_eq!(
            (subcode.as_str(), detail.as_deref()),
            expected,
            "{operation} {path}"
        );
    }
    let (subcode, detail) = service
        .fault(&fragment(
            "Put",
            STOPPED,
            "Description",
            "<p:X xmlns:p=\"urn:x\"/>",
        ))
        .await;
    assert_eq!(
        (subcode.as_str(), detail.as_deref()),
        ("wxf:InvalidRepresentation", Some("InvalidFragment"))
    );
    let other = fragment("Get", STOPPED, "State", "").replace(
        "<wsman:FragmentTransfer ",
        "<wsman:FragmentTransfer Dialect=\"urn:x\" ",
    );
    let (_, answer) = service.send(&other).await;
    assert!(answer.contains("<wsman:FragmentDialect>http://www.w3.org/TR/1999/REC-xpath-19991116</wsman:FragmentDialect>"));
    assert_eq!(
        service.fault(&other).await.0,
        "wsman:FragmentDialectNotSupported"
    );
    let enumerated = enumerate("CIMI_Machine", "").replace(
        "</s:Header>",
        "<wsman:FragmentTransfer s:mustUnderstand=\"true\">State</wsman:FragmentTransfer></s:Header>",
    );
    let (subcode, detail) = service.fault(&enumerated).await;
    assert_eq!(
        (subcode.as_str(), detail.as_deref()),
        ("wsman:UnsupportedFeature", Some("FragmentLevelAccess"))
    );
}

/// Proves 4 XPath filters.
#[tokio::test]
async fn xpath_filters() {
    let service = Service::start().await;
    for (filter, expected) in [
        ("State='STARTED'", 1),
        ("/p:CIMI_Machine[p:State='STARTED']", 1),
        ("../CIMI_Machine[Cpu &gt; 0 and not(State='STARTED')]", 1),
        ("Cpu &gt;= 1", 2),
        ("LatestSnapshot", 0),
        ("InstanceID and (State='STARTED' or State='STOPPED')", 2),
        ("Properties/Name='none'", 0),
    ] {
        let text = enumerate(
            "CIMI_Machine",
            // XPath is what a filter without a dialect is in.
            &format!(
                "<wsman:OptimizeEnumeration/><wsman:MaxElements>1</wsman:MaxElements><wsman:Filter>{filter}</wsman:Filter>"
            ),
        );
        let mut answer = service.ok(&text).await;
        let mut found = count(&answer, "CIMI_Machine");
        while let Some(context) = content(&answer, "EnumerationContext").filter(|c| !c.is_empty()) {
            answer = service.ok(&super::service::pull(context, "")).await;
            found += count(&answer, "CIMI_Machine");
        }
        assert_eq!(found, expected, "{filter}");
    }
    let wrong = enumerate("CIMI_Machine", "<wsman:Filter>Stat='x'</wsman:Filter>");
    let (_, answer) = service.send(&wrong).await;
    assert!(answer.contains("did you mean `State`?"), "{answer}");
}

/// What a fragment Put and the same change as a whole Put write.
#[derive(Debug, Clone)]
struct Change {
    path: String,
    fragment: String,
    whole: Vec<(String, String)>,
    /// The element of Description, if it changes.
    description: Option<String>,
}

const NIL: &str =
    "<p:Description xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" xsi:nil=\"true\"/>";

fn described(text: &str) -> String {
    format!("<p:Description>{text}</p:Description>")
}

fn changes() -> impl Strategy<Value = (Vec<(String, String)>, Change)> {
    let pairs =
        proptest::collection::vec(("[a-z]{1,3}", "[a-zä&<' ]{0,4}"), 1..4).prop_map(|mut pairs| {
            pairs.sort();
            pairs.dedup_by(|a, b| a.0 == b.0);
            pairs
        });
    (pairs, "[a-zä&<' ]{1,5}", 0..7u8, 0..9usize).prop_map(|(pairs, text, kind, at)| {
        let at = at % pairs.len();
        let mut whole = pairs.clone();
        let escaped = text.replace('&', "&amp;").replace('<', "&lt;");
        let (path, fragment, wanted) = match kind {
            0 => {
                whole[at].1.clone_from(&text);
                (
                    format!("Properties[{}]", at + 1),
                    pair(&pairs[at].0, &escaped),
                    None,
                )
            }
            1 => {
                whole[at].1.clone_from(&text);
                (
                    format!("Properties[{}]/Value", at + 1),
                    format!("<q:Value>{escaped}</q:Value>"),
                    None,
                )
            }
            2 => {
                whole[at].1.clone_from(&text);
                (
                    format!(
                        "/CIMI_Machine/Properties[Name='{}']/q:Value/text()",
                        pairs[at].0
                    ),
                    escaped.clone(),
                    None,
                )
            }
            3 => {
                whole = vec![("only".to_owned(), text.clone())];
                ("Properties".to_owned(), pair("only", &escaped), None)
            }
            4 => (
                "Description/text()".to_owned(),
                escaped.clone(),
                Some(described(&escaped)),
            ),
            5 => (
                "Description".to_owned(),
                NIL.to_owned(),
                Some(NIL.to_owned()),
            ),
            _ => (
                "./Description".to_owned(),
                described(&escaped),
                Some(described(&escaped)),
            ),
        };
        (
            pairs,
            Change {
                path,
                fragment,
                whole,
                description: wanted,
            },
        )
    })
}

fn whole_put(id: &str, pairs: &[(String, String)], description: &str) -> String {
    let pairs: String = pairs
        .iter()
        .map(|(name, value)| pair(name, &value.replace('&', "&amp;").replace('<', "&lt;")))
        .collect();
    message(
        &format!("{TRANSFER}Put"),
        &format!("{CIM}CIMI_Machine"),
        &selected(id),
        &format!(
            "<p:CIMI_Machine xmlns:p=\"{CIM}CIMI_Machine\" xmlns:q=\"{CIM}CIMI_Property\">{description}{pairs}</p:CIMI_Machine>"
        ),
    )
}

/// The representation without what changes by itself.
fn settled(answer: &str) -> String {
    let machine = content(answer, "Body").unwrap();
    let (before, rest) = machine.split_once("<p:Updated>").unwrap();
    let (_, after) = rest.split_once("</p:Updated>").unwrap();
    format!("{before}{after}")
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    /// Proves 3 any fragment Put equals the same change by a whole Put.
    #[test]
    fn a_fragment_put_is_the_same_change_by_a_whole_put((pairs, change) in changes()) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        let (by_fragment, by_whole) = runtime.block_on(async {
            let service = Service::start().await;
            let before = described("before");
            service.ok(&whole_put(RUNNING, &pairs, &before)).await;
            service.ok(&fragment("Put", RUNNING, &change.path, &body(&change.fragment))).await;
            let by_fragment = settled(&service.ok(&get("CIMI_Machine", RUNNING)).await);
            service.ok(&whole_put(RUNNING, &pairs, &before)).await;
            let description = change.description.as_deref().unwrap_or(&before);
            service.ok(&whole_put(RUNNING, &change.whole, description)).await;
            (by_fragment, settled(&service.ok(&get("CIMI_Machine", RUNNING)).await))
        });
        prop_assert_eq!(by_fragment, by_whole, "{:?}", change);
    }
}
