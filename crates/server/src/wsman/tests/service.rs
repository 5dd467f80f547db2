//! A service without sockets: messages in, messages out.

use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::time::{Duration, Instant};

use bytes::Bytes;
use http::{Request, Response};
use provider::embedded::{Durations, EmbeddedConfig, EmbeddedProvider};
use provider::{Principal, Role};
use store::RedbStore;

use crate::wsman::{Settings, WsmanBinding};
use crate::{Binding, EventsConfig, Origin, Subscriptions, TokenSeal};

pub(super) struct Service {
    pub(super) binding: WsmanBinding,
    pub(super) provider: Arc<EmbeddedProvider>,
    /// What protects its contexts.
    pub(super) seal: Arc<TokenSeal>,
    /// Whether somebody can log in with Digest.
    pub(super) digest: Arc<AtomicBool>,
}

/// A machine of the demonstration cloud that runs.
pub(super) const RUNNING: &str = "machines/demo-frontend";
/// One that does not.
pub(super) const STOPPED: &str = "machines/demo-backend";

pub(super) const CIM: &str = "http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/";
pub(super) const TRANSFER: &str = "http://schemas.xmlsoap.org/ws/2004/09/transfer/";
pub(super) const ENUMERATION: &str = "http://schemas.xmlsoap.org/ws/2004/09/enumeration/";

impl Service {
    pub(super) async fn start() -> Self {
        Self::with(Settings::default()).await
    }

    pub(super) async fn with(settings: Settings) -> Self {
        Self::with_events(settings, EventsConfig::default()).await
    }

    pub(super) async fn with_events(settings: Settings, events: EventsConfig) -> Self {
        let config = EmbeddedConfig {
            durations: Durations::all(Duration::from_millis(1)),
            ..EmbeddedConfig::new(Arc::clone(cimi_model::schema()))
        };
        let store = Arc::new(RedbStore::in_memory().unwrap());
        let provider = EmbeddedProvider::open(store, config).await.unwrap();
        provider.seed_demo().await.unwrap();
        let folder = tempfile::tempdir().unwrap();
        let seal = Arc::new(TokenSeal::open_or_create(&folder.path().join("seal.key")).unwrap());
        let subscriptions = Subscriptions::open(
            Arc::new(RedbStore::in_memory().unwrap()),
            Arc::clone(&seal) as Arc<_>,
            events,
            true,
        )
        .await
        .unwrap();
        Self {
            digest: Arc::clone(&settings.logins.digest),
            binding: WsmanBinding::new(
                Arc::clone(&provider) as Arc<_>,
                Arc::clone(&seal) as Arc<_>,
                settings,
            )
            .with_subscriptions(subscriptions),
            provider,
            seal,
        }
    }

    /// Sends a body as the user of that name.
    pub(super) async fn send_as(
        &self,
        name: &str,
        role: Role,
        configure: impl FnOnce(&mut Request<Bytes>),
        body: impl Into<Bytes>,
    ) -> Response<Bytes> {
        let mut request = Request::post("/wsman")
            .header("Content-Type", "application/soap+xml;charset=UTF-8")
            .body(body.into())
            .unwrap();
        request.extensions_mut().insert(Origin {
            scheme: "http",
            authority: "127.0.0.1:5985".to_owned(),
            prefix: String::new(),
        });
        configure(&mut request);
        let principal = Arc::new(Principal {
            name: name.to_owned(),
            role,
            tenant: None,
            password: None,
        });
        let deadline = Instant::now() + Duration::from_secs(60);
        self.binding.call(principal, request, deadline).await
    }

    /// Sends a message as administrator: status and body of the answer.
    pub(super) async fn send(&self, text: &str) -> (u16, String) {
        let response = self
            .send_as("admin", Role::Administrator, |_| {}, text.to_owned())
            .await;
        let status = response.status().as_u16();
        (
            status,
            String::from_utf8(response.into_body().to_vec()).unwrap(),
        )
    }

    /// The body of an answer that has to be a success.
    pub(super) async fn ok(&self, text: &str) -> String {
        let (status, answer) = self.send(text).await;
        assert_eq!(status, 200, "{text}\n{answer}");
        answer
    }

    /// Subcode and FaultDetail of an answer that has to be a fault.
    pub(super) async fn fault(&self, text: &str) -> (String, Option<String>) {
        let (status, answer) = self.send(text).await;
        assert_eq!(status, 500, "{text}\n{answer}");
        fault_of(&answer)
    }

    /// The text of the property in the answer to a Get of the machine.
    pub(super) async fn property(&self, class: &str, id: &str, name: &str) -> Option<String> {
        let answer = self.ok(&get(class, id)).await;
        content(&answer, name).map(str::to_owned)
    }

    /// Waits until the machine is in that state.
    pub(super) async fn await_state(&self, id: &str, state: &str) {
        for _ in 0..500 {
            if self.property("CIMI_Machine", id, "State").await.as_deref() == Some(state) {
                return;
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        panic!("{id} does not become {state}");
    }
}

/// Subcode (or code) and FaultDetail of a fault message.
pub(super) fn fault_of(answer: &str) -> (String, Option<String>) {
    let mut values = answer
        .split("<s:Value>")
        .skip(1)
        .map(|rest| rest.split('<').next().unwrap());
    let code = values
        .next()
        .unwrap_or_else(|| panic!("no fault: {answer}"));
    let subcode = values.next().unwrap_or(code);
    let detail =
        content(answer, "FaultDetail").map(|uri| uri.rsplit('/').next().unwrap().to_owned());
    (subcode.to_owned(), detail)
}

/// The text between the tags of the first element of that local name; of its content if it has
/// children.
pub(super) fn content<'a>(xml: &'a str, local: &str) -> Option<&'a str> {
    let mut from = 0;
    loop {
        let open = from + xml[from..].find('<')? + 1;
        let name_end = open + xml[open..].find([' ', '>', '/'])?;
        let name = &xml[open..name_end];
        let tag_end = open + xml[open..].find('>')?;
        if name.rsplit(':').next() == Some(local) && !name.is_empty() {
            if xml[..tag_end].ends_with('/') {
                return Some("");
            }
            let close = format!("</{name}>");
            let end = tag_end + 1 + xml[tag_end + 1..].find(&close)?;
            return Some(&xml[tag_end + 1..end]);
        }
        from = tag_end;
    }
}

/// How often an element of that local name begins.
pub(super) fn count(xml: &str, local: &str) -> usize {
    xml.match_indices('<')
        .filter(|(at, _)| {
            let name = xml[at + 1..].split([' ', '>', '/']).next().unwrap();
            name.rsplit(':').next() == Some(local) && !name.is_empty()
        })
        .count()
}

/// A message in the manner of pypsrp.
pub(super) fn message(action: &str, resource: &str, more: &str, body: &str) -> String {
    format!(
        "<s:Envelope xmlns:s=\"http://www.w3.org/2003/05/soap-envelope\" xmlns:wsa=\"http://schemas.xmlsoap.org/ws/2004/08/addressing\" \
         xmlns:wsman=\"http://schemas.dmtf.org/wbem/wsman/1/wsman.xsd\" xmlns:wsen=\"http://schemas.xmlsoap.org/ws/2004/09/enumeration\" \
         xmlns:wsmb=\"http://schemas.dmtf.org/wbem/wsman/1/cimbinding.xsd\" xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\">\
         <s:Header><wsa:To>http://127.0.0.1:5985/wsman</wsa:To><wsman:ResourceURI s:mustUnderstand=\"true\">{resource}</wsman:ResourceURI>\
         <wsa:ReplyTo><wsa:Address s:mustUnderstand=\"true\">http://schemas.xmlsoap.org/ws/2004/08/addressing/role/anonymous</wsa:Address></wsa:ReplyTo>\
         <wsa:Action s:mustUnderstand=\"true\">{action}</wsa:Action><wsa:MessageID>uuid:ABCD-1</wsa:MessageID>{more}</s:Header>\
         <s:Body>{body}</s:Body></s:Envelope>"
    )
}

/// A SelectorSet with an InstanceID.
pub(super) fn selected(id: &str) -> String {
    format!(
        "<wsman:SelectorSet><wsman:Selector Name=\"InstanceID\">{id}</wsman:Selector></wsman:SelectorSet>"
    )
}

pub(super) fn get(class: &str, id: &str) -> String {
    message(
        &format!("{TRANSFER}Get"),
        &format!("{CIM}{class}"),
        &selected(id),
        "",
    )
}

pub(super) fn enumerate(class: &str, body: &str) -> String {
    message(
        &format!("{ENUMERATION}Enumerate"),
        &format!("{CIM}{class}"),
        "",
        &format!("<wsen:Enumerate>{body}</wsen:Enumerate>"),
    )
}

pub(super) fn pull(context: &str, more: &str) -> String {
    message(
        &format!("{ENUMERATION}Pull"),
        &format!("{CIM}CIMI_Machine"),
        "",
        &format!(
            "<wsen:Pull><wsen:EnumerationContext>{context}</wsen:EnumerationContext>{more}</wsen:Pull>"
        ),
    )
}

pub(super) fn invoke(class: &str, id: &str, method: &str, input: &str) -> String {
    message(
        &format!("{CIM}{class}/{method}"),
        &format!("{CIM}{class}"),
        &selected(id),
        &format!("<p:{method}_INPUT xmlns:p=\"{CIM}{class}\">{input}</p:{method}_INPUT>"),
    )
}
