//! Subscriptions as consoles write them that know WMI: its classes of events, `WITHIN`, `TargetInstance`.

use super::eventing::{PULL, configuration, context, delete, drain, eventing, pulled, put, wql};
use super::service::{Service, content, count};

const WMI: &str = "http://schemas.microsoft.com/wbem/wsman/1/wmi/root/cimi/";

/// Subscribes to a resource of the URI space of such consoles.
fn of_wmi(resource: &str, filter: &str) -> String {
    let inner = format!("<wse:Delivery Mode=\"{PULL}\"/>{filter}");
    eventing("Subscribe", &format!("{WMI}{resource}"), "", &inner)
}

/// Proves E events of WMI: every class, `WITHIN`, conditions on TargetInstance and PreviousInstance.
#[tokio::test]
async fn queries_of_wmi_consoles_are_served() {
    let service = Service::start().await;
    let isa = "TargetInstance ISA 'CIMI_MachineConfiguration'";
    let mut contexts = Vec::new();
    for (resource, query, expected) in [
        (
            "*",
            format!("SELECT * FROM __InstanceCreationEvent WITHIN 10 WHERE {isa}"),
            "C",
        ),
        (
            "*",
            format!("select * from __instancemodificationevent within 0.5 where {isa}"),
            "MM",
        ),
        (
            "*",
            format!("SELECT * FROM __InstanceDeletionEvent WITHIN 1 WHERE {isa}"),
            "D",
        ),
        (
            "*",
            format!("SELECT * FROM __InstanceOperationEvent WITHIN 5 WHERE {isa}"),
            "CMMD",
        ),
        (
            "*",
            format!(
                "SELECT * FROM __InstanceModificationEvent WITHIN 5 WHERE {isa} AND TargetInstance.Memory <> PreviousInstance.Memory"
            ),
            "M",
        ),
        (
            "*",
            format!(
                "SELECT * FROM __InstanceOperationEvent WITHIN 5 WHERE {isa} AND TargetInstance.Memory = 4096"
            ),
            "MD",
        ),
        (
            "*",
            "select * from __INSTANCEmodificationevent within 5 where targetinstance isa 'cimi_machineconfiguration' \
             and targetinstance.memory <> previousinstance.memory"
                .to_owned(),
            "M",
        ),
        (
            "*",
            format!("SELECT TargetInstance FROM __InstanceCreationEvent WITHIN 5 WHERE {isa}"),
            "F",
        ),
        (
            "__InstanceDeletionEvent",
            format!("SELECT * FROM __InstanceDeletionEvent WITHIN 5 WHERE {isa}"),
            "D",
        ),
        (
            "*",
            "SELECT * FROM __InstanceCreationEvent WITHIN 5 WHERE TargetInstance ISA 'CIMI_Volume'"
                .to_owned(),
            "",
        ),
    ] {
        let answer = service.ok(&of_wmi(resource, &wql(&query))).await;
        contexts.push((context(&answer), expected, query));
    }
    let standard = wql(
        "SELECT * FROM CIM_InstDeletion WITHIN 5 WHERE SourceInstance ISA 'CIMI_MachineConfiguration'",
    );
    let standard = context(&service.ok(&pulled("*", &standard)).await);

    let id = configuration(&service, "one").await;
    put(&service, &id, "Description", "no change of memory").await;
    put(&service, &id, "Memory", "4096").await;
    delete(&service, &id).await;

    for (context, expected, query) in contexts {
        let text = drain(&service, context).await.0.concat();
        let mut found = String::new();
        for (at, _) in text.match_indices('<') {
            let tag = &text[at..];
            found += match tag {
                _ if tag.starts_with("<p:__InstanceCreationEvent ") => "C",
                _ if tag.starts_with("<p:__InstanceModificationEvent ") => "M",
                _ if tag.starts_with("<p:__InstanceDeletionEvent ") => "D",
                _ if tag.starts_with("<wsman:XmlFragment") => "F",
                _ => "",
            };
        }
        assert_eq!(found, expected, "{query}: {text}");
        assert_eq!(
            count(&text, "TargetInstance"),
            expected.len(),
            "{query}: {text}"
        );
        assert_eq!(count(&text, "SourceInstance"), 0, "{query}: {text}");
        let modified = expected.matches('M').count();
        assert_eq!(
            count(&text, "PreviousInstance"),
            modified,
            "{query}: {text}"
        );
        if expected == "C" {
            assert!(
                text.contains(&format!("xmlns:p=\"{WMI}__InstanceCreationEvent\"")),
                "{text}"
            );
            // 100 ns since 1601: this century.
            let ticks: u64 = content(&text, "TIME_CREATED").unwrap().parse().unwrap();
            assert!((126_000_000_000_000_000..157_800_000_000_000_000).contains(&ticks));
        }
    }
    let text = drain(&service, standard).await.0.concat();
    assert_eq!(count(&text, "CIM_InstDeletion"), 1, "{text}");
}

/// Proves E a class of WMI's events without a filter; a restart finds the subscription again.
#[tokio::test]
async fn classes_of_wmi_are_sources() {
    let service = Service::start().await;
    let context = context(&service.ok(&of_wmi("__InstanceCreationEvent", "")).await);
    configuration(&service, "one").await;
    let text = drain(&service, context).await.0.concat();
    assert_eq!(
        count(&text, "__InstanceCreationEvent"),
        count(&text, "TargetInstance")
    );
    assert!(text.contains("one"), "{text}");
    // Only as a source of events are they there.
    let found = service.fault(&of_wmi("__InstanceRenameEvent", "")).await;
    assert_eq!(found.0, "wsa:DestinationUnreachable");
}
