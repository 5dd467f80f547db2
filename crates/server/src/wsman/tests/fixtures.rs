//! The requests of real clients, answered as `tests/fixtures/wsman/*/answers.md` says.

use std::path::Path;

use super::service::{CIM, RUNNING, Service, content, count, fault_of};

pub(super) fn request(client: &str, name: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../tests/fixtures/wsman")
        .join(client)
        .join(format!("{name}.xml"));
    std::fs::read_to_string(path)
        .unwrap()
        .replace("machines/web-1", RUNNING)
        .replace("machineTemplates/small", "machineTemplates/demo-web")
}

/// Sends a recorded request; every client needs its MessageID back, byte for byte.
async fn answer(service: &Service, text: &str) -> String {
    let id = content(text, "MessageID").unwrap();
    let answer = service.ok(text).await;
    assert!(
        answer.contains(&format!("<wsa:RelatesTo>{id}</wsa:RelatesTo>")),
        "{answer}"
    );
    answer
}

/// Pulls in the manner of a client until the end.
async fn pull_all(service: &Service, client: &str, first: &str, item: &str) -> usize {
    let mut answer_text = first.to_owned();
    let mut total = count(content(&answer_text, "Items").unwrap_or_default(), item);
    loop {
        let context = content(&answer_text, "EnumerationContext")
            .unwrap_or_default()
            .to_owned();
        if context.is_empty() {
            return total;
        }
        assert!(context.is_ascii() && context.trim() == context);
        answer_text = answer(
            service,
            &request(client, "pull").replace("CONTEXT", &context),
        )
        .await;
        let items = content(&answer_text, "Items").expect("Items, even if there are none");
        assert!(answer_text.contains("<wsen:Items>"));
        total += count(items, item);
    }
}

/// Proves 7 requests of pypsrp.
#[tokio::test]
async fn pypsrp() {
    let service = Service::start().await;
    let got = answer(&service, &request("pypsrp", "get")).await;
    assert!(got.contains(&format!("<p:CIMI_Machine xmlns:p=\"{CIM}CIMI_Machine\">")));
    let first = answer(&service, &request("pypsrp", "enumerate-optimised")).await;
    assert_eq!(count(content(&first, "Items").unwrap(), "CIMI_Machine"), 2);
    assert!(first.contains("<wsman:EndOfSequence>"), "both machines fit");
    let first = answer(&service, &request("pypsrp", "enumerate-epr")).await;
    assert_eq!(count(&first, "Items"), 0);
    assert_eq!(
        pull_all(&service, "pypsrp", &first, "EndpointReference").await,
        2
    );
    let put = answer(&service, &request("pypsrp", "put")).await;
    assert!(put.contains("<p:CIMI_Machine "));
    let created = answer(&service, &request("pypsrp", "create")).await;
    assert!(created.contains("<wxf:ResourceCreated xmlns:wxf=\"http://schemas.xmlsoap.org/ws/2004/09/transfer\"><wsa:Address>"));
    let invoked = answer(&service, &request("pypsrp", "invoke-parameter")).await;
    assert!(invoked.contains(&format!("<p:Stop_OUTPUT xmlns:p=\"{CIM}CIMI_Machine\">")));
    service.await_state(RUNNING, "STOPPED").await;
    let deleted = answer(&service, &request("pypsrp", "delete")).await;
    assert!(deleted.contains("<s:Body></s:Body>"));
    let service = Service::start().await;
    let invoked = answer(&service, &request("pypsrp", "invoke")).await;
    assert!(content(&invoked, "ReturnValue").is_some());
}

/// Proves 7 requests of pywinrm.
#[tokio::test]
async fn pywinrm() {
    let service = Service::start().await;
    let ask = async |name: &str| answer(&service, &request("pywinrm", name)).await;
    let got = ask("get").await;
    assert_eq!(content(&got, "InstanceID"), Some(RUNNING));
    let cpu = content(&got, "Cpu").map(str::to_owned);
    let put = ask("put").await;
    assert_eq!(
        content(&put, "Description"),
        Some("changed &lt;by&gt; pywinrm")
    );
    assert_eq!(content(&put, "Cpu").map(str::to_owned), cpu);
    let first = ask("enumerate").await;
    assert_eq!(count(&first, "Items"), 0);
    assert_eq!(
        pull_all(&service, "pywinrm", &first, "CIMI_Machine").await,
        2
    );
    let first = ask("enumerate-optimised").await;
    assert_eq!(count(content(&first, "Items").unwrap(), "CIMI_Machine"), 1);
    assert_eq!(
        pull_all(&service, "pywinrm", &first, "CIMI_Machine").await,
        2
    );
    let columns = ask("enumerate-wql").await;
    assert_eq!(count(&columns, "XmlFragment"), 1);
    assert_eq!(content(&columns, "ElementName"), Some("frontend"));
    assert_eq!(count(&columns, "State"), 0, "not selected");
    let first = ask("enumerate").await;
    let context = content(&first, "EnumerationContext").unwrap();
    let release = request("pywinrm", "release").replace("CONTEXT", context);
    assert!(
        answer(&service, &release)
            .await
            .contains("<s:Body></s:Body>")
    );
    let created = ask("create").await;
    assert!(created.contains("<wxf:ResourceCreated "));
    let invoked = ask("invoke").await;
    assert!(content(&invoked, "ReturnValue").is_some());
    service.await_state(RUNNING, "STOPPED").await;
    assert!(ask("delete").await.contains("<s:Body></s:Body>"));
}

/// Proves 7 requests of python-dracclient.
#[tokio::test]
async fn dracclient() {
    let service = Service::start().await;
    for (name, expected) in [
        ("enumerate-optimised", 2),
        ("enumerate-cql", 2),
        ("enumerate-wql", 1),
    ] {
        let first = answer(&service, &request("dracclient", name)).await;
        assert!(first.contains("<wsman:Items>"), "{name}");
        assert_eq!(
            pull_all(&service, "dracclient", &first, "CIMI_Machine").await,
            expected,
            "{name}"
        );
    }
    // Two at a time, as wsman:MaxElements in a Pull says.
    let plain = request("dracclient", "enumerate-optimised").replace(
        "<wsman:OptimizeEnumeration/><wsman:MaxElements>2</wsman:MaxElements>",
        "",
    );
    let first = answer(&service, &plain).await;
    let context = content(&first, "EnumerationContext").unwrap().to_owned();
    let page = answer(
        &service,
        &request("dracclient", "pull").replace("CONTEXT", &context),
    )
    .await;
    assert_eq!(count(content(&page, "Items").unwrap(), "CIMI_Machine"), 2);
    let invoked = answer(&service, &request("dracclient", "invoke")).await;
    assert!(content(&invoked, "ReturnValue").is_some());
}

/// Proves 7 requests of napalm-amt.
#[tokio::test]
async fn napalm_amt() {
    let service = Service::start().await;
    let got = answer(&service, &request("napalm-amt", "get")).await;
    assert!(got.contains("<p:CIMI_Machine "), "its real class");
    let first = answer(&service, &request("napalm-amt", "enumerate")).await;
    let context = content(&first, "EnumerationContext").unwrap().to_owned();
    assert!(!context.is_empty());
    let page = answer(
        &service,
        &request("napalm-amt", "pull").replace("CONTEXT", &context),
    )
    .await;
    assert!(page.contains("<wsen:PullResponse ") && page.contains("<wsen:EndOfSequence>"));
    assert!(count(content(&page, "Items").unwrap(), "InstanceID") > 10);
    let invoked = answer(&service, &request("napalm-amt", "invoke")).await;
    assert!(content(&invoked, "ReturnValue").is_some());
    // Its parser splits tags at blanks: an empty tag without one is lost on it.
    for text in [got, page, invoked] {
        let bad = text
            .match_indices("/>")
            .any(|(at, _)| !text[..at].ends_with(' '));
        assert!(!bad, "{text}");
    }
}

/// Proves 7 requests in the shape of PowerShell's CIM cmdlets and winrm.
/// Proves 5 UsePreciseArrays.
#[tokio::test]
async fn windows() {
    let service = Service::start().await;
    let ask = async |name: &str| answer(&service, &request("windows", name)).await;
    for (name, item, expected) in [
        ("get-ciminstance", "CIMI_Machine", 2),
        ("get-ciminstance-keyonly", "EndpointReference", 2),
        ("get-ciminstance-shallow", "Item", 0),
        ("get-ciminstance-query", "CIMI_Machine", 1),
        ("winrm-enumerate-selector", "CIMI_Machine", 1),
    ] {
        let first = ask(name).await;
        assert!(first.contains("<wsman:EndOfSequence>"), "{name}: all fit");
        assert_eq!(
            count(content(&first, "Items").unwrap(), item),
            expected,
            "{name}"
        );
        let namespace = first.contains("<wsman:Selector Name=\"__cimnamespace\">root/cimi<");
        assert_eq!(namespace, expected == 2, "{name}");
    }
    let query = ask("get-ciminstance-query").await;
    assert!(query.contains(
        "<wsman:ResourceURI>http://schemas.microsoft.com/wbem/wsman/1/wmi/root/cimi/CIMI_Machine<"
    ));
    let got = ask("get-ciminstance-inputobject").await;
    assert!(got.contains("<p:Properties xmlns:m=\"http://schemas.microsoft.com/wbem/wsman/1/wsman.xsd\" m:IsNullArray=\"true\" xsi:nil=\"true\""), "{got}");
    let set = ask("set-ciminstance").await;
    assert_eq!(content(&set, "Description"), Some("patched"));
    assert_eq!(content(&set, "ElementName"), Some("frontend"));
    let created = ask("new-ciminstance").await;
    assert!(
        content(&created, "ResourceCreated")
            .unwrap()
            .contains("__cimnamespace")
    );
    let disks = ask("get-cimassociatedinstance").await;
    assert_eq!(count(&disks, "CIMI_Disk"), count(&disks, "Item"));
    assert!(count(&disks, "Item") > 0);
    let class = ask("get-cimclass").await;
    assert!(class.contains("<s:Body><CLASS NAME=\"CIMI_Machine\"") && class.contains("DERIVATION"));
    let classes = ask("get-cimclass-all").await;
    // More than one envelope holds.
    assert_eq!(
        pull_all(&service, "windows", &classes, "CLASS").await,
        cimi_model::schema().classes().len()
    );
    let part = ask("winrm-get-fragment").await;
    assert_eq!(content(&part, "State"), Some("STARTED"));
    let part = ask("winrm-set-fragment").await;
    assert_eq!(content(&part, "Description"), Some("by fragment"));
    let first = ask("get-ciminstance").await;
    assert_eq!(content(&first, "EnumerationContext"), Some(""));
    // One machine more than at first. A small envelope makes it pull; what is abandoned is released.
    let unoptimised = request("windows", "get-ciminstance").replace("<w:OptimizeEnumeration/>", "");
    let first = answer(&service, &unoptimised).await;
    assert_eq!(
        pull_all(&service, "windows", &first, "CIMI_Machine").await,
        3
    );
    let first = answer(&service, &unoptimised).await;
    let context = content(&first, "EnumerationContext").unwrap();
    let released = request("windows", "release").replace("CONTEXT", context);
    assert!(
        answer(&service, &released)
            .await
            .contains("<s:Body></s:Body>")
    );
    let invoked = ask("invoke-cimmethod").await;
    assert!(invoked.contains("/Stop") && invoked.contains("<p:Stop_OUTPUT "));
    service.await_state(RUNNING, "STOPPED").await;
    assert!(
        ask("remove-ciminstance")
            .await
            .contains("<s:Body></s:Body>")
    );
}

/// Proves 7 requests in the shape of PowerShell's CIM cmdlets and winrm.
#[tokio::test]
async fn winrm() {
    let service = Service::start().await;
    let ask = async |name: &str| answer(&service, &request("windows", name)).await;
    let wmi = "http://schemas.microsoft.com/wbem/wsman/1/wmi/root/cimi/CIMI_Machine";
    let got = ask("winrm-get").await;
    assert!(
        got.contains(&format!("<p:CIMI_Machine xmlns:p=\"{wmi}\"")),
        "{got}"
    );
    for (name, item, expected) in [
        ("winrm-enumerate", "CIMI_Machine", 2),
        ("winrm-enumerate-query", "CIMI_Machine", 1),
        ("winrm-enumerate-epr", "EndpointReference", 2),
        ("winrm-enumerate-associations", "CIMI_MachineDisk", 1),
        ("get-ciminstance-querydialect", "Item", 1),
        ("get-ciminstance-property", "XmlFragment", 2),
        ("get-cimassociatedinstance-association", "Item", 1),
        ("get-cimassociatedinstance-keyonly", "EndpointReference", 1),
    ] {
        let first = ask(name).await;
        assert!(first.contains("<wsman:EndOfSequence>"), "{name}: {first}");
        let items = content(&first, "Items").unwrap();
        // References of associations are endpoint references, too.
        assert!(count(items, item) >= expected, "{name}: {items}");
        assert!(!items.is_empty());
    }
    let columns = ask("get-ciminstance-property").await;
    assert_eq!(count(&columns, "State"), 2);
    assert_eq!(count(&columns, "Cpu"), 0, "not selected");
    let names = ask("get-cimclass-names").await;
    assert!(names.contains("<wsman:Selector Name=\"ClassName\">CIMI_Machine<"));
    assert_eq!(count(&names, "CLASS"), 0);
    let set = ask("winrm-set").await;
    assert_eq!(content(&set, "Description"), Some("set by winrm"));
    let created = ask("winrm-create").await;
    assert!(created.contains("ResourceCreated"));
    // Several structures as one argument, NULL ones, none.
    let restarted = ask("invoke-cimmethod-arguments").await;
    assert!(content(&restarted, "ReturnValue").is_some());
    service.await_state(RUNNING, "STARTED").await;
    let stopped = ask("invoke-cimmethod-null").await;
    assert!(stopped.contains("<p:Stop_OUTPUT "));
    service.await_state(RUNNING, "STOPPED").await;
    assert!(ask("winrm-delete").await.contains("<s:Body></s:Body>"));

    let service = Service::start().await;
    let stopped = answer(&service, &request("windows", "winrm-invoke")).await;
    assert!(
        stopped.contains(&format!("<p:Stop_OUTPUT xmlns:p=\"{wmi}\"")),
        "{stopped}"
    );
}

/// Proves 7 requests that are refused, of wsman and of Windows consoles.
#[tokio::test]
async fn refused() {
    let service = Service::start().await;
    for (client, name, subcode, detail) in [
        ("wsmancli", "subscribe-push", "wse:InvalidMessage", None),
        (
            "wsmancli",
            "subscribe-push-with-ack",
            "wse:InvalidMessage",
            None,
        ),
        ("wsmancli", "subscribe-events", "wse:InvalidMessage", None),
        ("wsmancli", "subscribe-pull", "wse:InvalidMessage", None),
        (
            "wsmancli",
            "unsubscribe",
            "wsa:DestinationUnreachable",
            None,
        ),
        ("wsmancli", "renew", "wse:InvalidExpirationTime", None),
        (
            "wsmancli",
            "get-empty-selector",
            "wsman:InvalidSelectors",
            Some("InvalidValue"),
        ),
        ("wsmancli", "get-issued-tokens", "s:MustUnderstand", None),
        (
            "wsmancli",
            "invoke-whole-action",
            "wsman:SchemaValidationError",
            None,
        ),
        (
            "wsmancli",
            "associators-nothing",
            "wsman:UnsupportedFeature",
            Some("FilteringRequired"),
        ),
        (
            "windows",
            "winrm-get-shell",
            "wsa:DestinationUnreachable",
            Some("InvalidResourceURI"),
        ),
        (
            "pywinrm",
            "open-shell",
            "wsa:DestinationUnreachable",
            Some("InvalidResourceURI"),
        ),
        (
            "windows",
            "winrm-get-othernamespace",
            "wsman:InvalidSelectors",
            Some("InvalidValue"),
        ),
        (
            "windows",
            "get-ciminstance-datalocale",
            "wsman:UnsupportedFeature",
            Some("DataLocale"),
        ),
    ] {
        let text = request(client, &format!("refused/{name}"));
        let (status, answer) = service.send(&text).await;
        assert_eq!(status, 500, "{name}");
        let (found, found_detail) = fault_of(&answer);
        assert_eq!(
            (found.as_str(), found_detail.as_deref()),
            (subcode, detail),
            "{name}: {answer}"
        );
        // Also a fault says which request it answers.
        let id = content(&text, "MessageID").unwrap();
        assert_eq!(content(&answer, "RelatesTo"), Some(id), "{name}");
    }
}

/// Proves 7 requests in the shape of the wsman command.
#[tokio::test]
async fn wsmancli_enumerates() {
    let service = Service::start().await;
    let ask = async |name: &str| answer(&service, &request("wsmancli", name)).await;
    let first = ask("enumerate-epr").await;
    let context = content(&first, "EnumerationContext").unwrap().to_owned();
    let page = answer(
        &service,
        &request("wsmancli", "pull-max").replace("CONTEXT", &context),
    )
    .await;
    assert_eq!(
        count(content(&page, "Items").unwrap(), "EndpointReference"),
        1
    );
    assert_eq!(content(&page, "TotalItemsCountEstimate"), Some("2"));
    for (name, item, expected) in [
        ("enumerate-objepr", "Item", 2),
        ("enumerate-selector", "CIMI_Machine", 1),
        ("enumerate-wql", "XmlFragment", 1),
        ("enumerate-none", "CIMI_Resource", 0),
        ("associators-roles", "CIMI_Disk", 1),
    ] {
        let found = ask(name).await;
        assert_eq!(content(&found, "EnumerationContext"), Some(""), "{name}");
        assert_eq!(
            count(content(&found, "Items").unwrap(), item),
            expected,
            "{name}: {found}"
        );
    }
    // As what they are, or as the class that was asked for.
    let include = ask("enumerate-include").await;
    assert!(count(&include, "CIMI_Machine") > 0 && count(&include, "CIMI_Resource") == 0);
    let exclude = ask("enumerate-exclude").await;
    assert!(count(&exclude, "CIMI_Machine") == 0 && count(&exclude, "CIMI_Resource") > 0);
    let everything = ask("associators-all").await;
    assert!(count(&everything, "EndpointReference") >= 2);
    // One empty IncludeResultProperty asks for whole instances.
    let of_class = ask("references-class").await;
    assert_eq!(
        pull_all(&service, "wsmancli", &of_class, "CIMI_MachineDisk").await,
        1
    );
    let links = ask("references-all").await;
    assert!(count(&links, "CIMI_MachineDisk") > 0 && count(&links, "XmlFragment") == 0);
    let put = ask("put-file").await;
    assert_eq!(content(&put, "Description"), Some("put &amp; kept"));
    let got = ask("get-options").await;
    assert!(got.contains("cim:Key=\"true\""));
}

/// Proves 7 requests in the shape of the wsman command.
#[tokio::test]
async fn wsmancli() {
    let service = Service::start().await;
    let ask = async |name: &str| answer(&service, &request("wsmancli", name)).await;
    let who = service.ok(&request("wsmancli", "identify")).await;
    assert!(content(&who, "ProductVendor").is_some());
    let got = ask("get").await;
    assert!(got.contains("cim:Key=\"true\""));
    // Get, change one text, put everything back.
    let plain = ask("get").await;
    let body = content(&plain, "Body").unwrap();
    let body = body
        .replacen("<p:CIMI_Machine ", "<p:CIMI_Machine xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" xmlns:cim=\"http://schemas.dmtf.org/wbem/wscim/1/common\" ", 1)
        .replace("<p:ElementName>frontend<", "<p:ElementName>renamed<");
    let put = answer(
        &service,
        &request("wsmancli", "put").replace("<BODY/>", &body),
    )
    .await;
    assert_eq!(content(&put, "ElementName"), Some("renamed"));
    assert_eq!(
        content(&ask("get-fragment").await, "State"),
        Some("STARTED")
    );
    let file = ask("put-fragment-file").await;
    assert_eq!(content(&file, "Description"), Some("from a file"));
    let first = ask("enumerate").await;
    assert_eq!(content(&first, "TotalItemsCountEstimate"), Some("2"));
    assert_eq!(
        pull_all(&service, "wsmancli", &first, "CIMI_Machine").await,
        2
    );
    for (name, expected) in [
        ("enumerate-optimised", 2),
        ("enumerate-xpath", 1),
        ("enumerate-cql", 1),
    ] {
        let answer = ask(name).await;
        assert_eq!(content(&answer, "EnumerationContext"), Some(""), "{name}");
        assert_eq!(count(&answer, "CIMI_Machine"), expected, "{name}");
    }
    let disks = ask("associators").await;
    assert!(count(&disks, "XmlFragment") > 0);
    assert_eq!(count(&disks, "XmlFragment"), count(&disks, "InstanceID"));
    assert_eq!(
        count(&ask("references").await, "CIMI_MachineDisk"),
        count(&disks, "XmlFragment")
    );
    assert_eq!(
        service
            .fault(&request("wsmancli", "enumerate-nothing"))
            .await,
        (
            "wsman:UnsupportedFeature".to_owned(),
            Some("FilteringRequired".to_owned())
        )
    );
    let first = ask("enumerate").await;
    let context = content(&first, "EnumerationContext").unwrap();
    let released = request("wsmancli", "release").replace("CONTEXT", context);
    assert!(
        answer(&service, &released)
            .await
            .contains("<s:Body></s:Body>")
    );
    assert!(ask("create").await.contains("ResourceCreated"));
    assert!(content(&ask("invoke").await, "ReturnValue").is_some());
    service.await_state(RUNNING, "STOPPED").await;
    assert!(ask("delete").await.contains("<s:Body></s:Body>"));
    let service = Service::start().await;
    let invoked = answer(&service, &request("wsmancli", "invoke-no-parameters")).await;
    assert!(content(&invoked, "ReturnValue").is_some());
}
