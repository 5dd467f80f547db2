//! Enumerations as a stream, against a service that answers from a script.

#![expect(clippy::unwrap_used, reason = "in a test a panic is the report")]

use std::pin::pin;
use std::sync::{Arc, Mutex};

use futures_util::TryStreamExt;
use http_client::Settings;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;
use wsman::epr::Epr;
use wsman_client::client::Enumeration;
use wsman_client::{Client, Error};

/// An answer with these elements in the body; without `RelatesTo`, as some services write.
fn answer(body: &str) -> String {
    envelope("", body)
}

/// The same with these blocks in the header.
fn envelope(header: &str, body: &str) -> String {
    let text = format!(
        "<s:Envelope xmlns:s='http://www.w3.org/2003/05/soap-envelope' \
         xmlns:n='http://schemas.xmlsoap.org/ws/2004/09/enumeration' \
         xmlns:a='http://schemas.xmlsoap.org/ws/2004/08/addressing' \
         xmlns:w='http://schemas.dmtf.org/wbem/wsman/1/wsman.xsd'><s:Header>{header}</s:Header><s:Body>{body}</s:Body></s:Envelope>"
    );
    let length = text.len();
    format!(
        "HTTP/1.1 200 OK\r\nContent-Type: application/soap+xml\r\nContent-Length: {length}\r\n\r\n{text}"
    )
}

async fn client(answers: Vec<String>) -> Client {
    recorded(answers).await.0
}

/// The same, with what the service hears.
async fn recorded(answers: Vec<String>) -> (Client, Arc<Mutex<Vec<String>>>) {
    let heard = Arc::<Mutex<Vec<String>>>::default();
    let hearing = Arc::clone(&heard);
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/wsman", listener.local_addr().unwrap());
    tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.unwrap();
        for answer in answers {
            let mut request = String::new();
            while !request.ends_with("</s:Envelope>") {
                let mut buffer = [0; 4096];
                let count = stream.read(&mut buffer).await.unwrap();
                assert_ne!(count, 0);
                request.push_str(std::str::from_utf8(&buffer[..count]).unwrap());
            }
            hearing.lock().unwrap().push(request);
            stream.write_all(answer.as_bytes()).await.unwrap();
        }
    });
    let client = Client::new(http_client::Client::new(Settings::new(url)).unwrap());
    (client, heard)
}

fn target() -> Epr {
    Epr {
        resource_uri: "urn:class".into(),
        ..Epr::default()
    }
}

const CONTEXT: &str = "<n:EnumerationContext>c</n:EnumerationContext>";

/// Proves 9 enumerate as a stream, over any pages.
#[tokio::test]
async fn items_come_over_page_boundaries_and_empty_pages() {
    let client = client(vec![
        answer(&format!(
            "<n:EnumerateResponse>{CONTEXT}</n:EnumerateResponse>"
        )),
        answer(&format!(
            "<n:PullResponse>{CONTEXT}<n:Items><A/><B/></n:Items></n:PullResponse>"
        )),
        answer(&format!(
            "<n:PullResponse>{CONTEXT}<n:Items/></n:PullResponse>"
        )),
        answer("<n:PullResponse><w:Items><C/></w:Items><n:EndOfSequence/></n:PullResponse>"),
    ])
    .await;
    let items = client.enumerate(target(), Enumeration::default()).items();
    let names: Vec<String> = items
        .map_ok(|item| item.object.unwrap().name().to_owned())
        .try_collect()
        .await
        .unwrap();
    assert_eq!(names, ["A", "B", "C"]);
}

/// Proves 9 faults and exit codes.
#[tokio::test]
async fn a_fault_in_the_middle_is_a_typed_error() {
    let fault = "<s:Fault><s:Code><s:Value>s:Receiver</s:Value><s:Subcode>\
                 <s:Value>n:InvalidEnumerationContext</s:Value></s:Subcode></s:Code></s:Fault>";
    let page = format!("<n:PullResponse>{CONTEXT}<n:Items><A/></n:Items></n:PullResponse>");
    let client = client(vec![answer(&page), answer(fault)]).await;
    let pages = client.resume(target(), Enumeration::default(), "c".into());
    let mut items = pin!(pages.items());
    assert!(items.try_next().await.unwrap().is_some());
    let error = items.try_next().await.unwrap_err();
    assert!(
        matches!(&error, Error::Fault(f) if f.is("InvalidEnumerationContext")),
        "{error}"
    );
}

const CLASS: &str = "<w:XmlFragment><A>1</A></w:XmlFragment>";

/// Proves 9 Renew, GetStatus and Release of an enumeration.
#[tokio::test]
async fn an_enumeration_is_renewed_and_goes_on_with_the_new_context() {
    let expires = "<n:Expires>PT9M</n:Expires>";
    let (client, heard) = recorded(vec![
        answer(&format!("<n:GetStatusResponse>{expires}</n:GetStatusResponse>")),
        answer(&format!("<n:RenewResponse>{expires}<n:EnumerationContext>d</n:EnumerationContext></n:RenewResponse>")),
        answer("<n:PullResponse><n:EnumerationContext>e</n:EnumerationContext><n:Items><A/></n:Items></n:PullResponse>"),
        answer(""),
    ])
    .await;
    let mut pages = client.resume(target(), Enumeration::default(), "c".into());
    assert_eq!(
        pages.status().await.unwrap().expires.as_deref(),
        Some("PT9M")
    );
    let renewed = pages.renew(Some(std::time::Duration::from_secs(540))).await;
    assert_eq!(renewed.unwrap().context.as_deref(), Some("d"));
    assert_eq!(pages.next_page().await.unwrap().unwrap().items.len(), 1);
    pages.release().await.unwrap();
    let heard = heard.lock().unwrap();
    for (request, expected) in heard.iter().zip([
        "<wsen:GetStatus xmlns:wsen=\"http://schemas.xmlsoap.org/ws/2004/09/enumeration\"><wsen:EnumerationContext>c<",
        "<wsen:Expires>PT540S</wsen:Expires>",
        "<wsen:EnumerationContext>d<",
        "<wsen:EnumerationContext>e<",
    ]) {
        assert!(request.contains(expected), "{request}");
    }
}

/// Proves 9 fragments and RequestEPR.
#[tokio::test]
async fn parts_and_references_are_asked_for() {
    let reference = "<w:RequestedEPR><a:EndpointReference><a:Address>x</a:Address><a:ReferenceParameters>\
         <w:ResourceURI>urn:class</w:ResourceURI><w:SelectorSet><w:Selector Name='K'>1</w:Selector></w:SelectorSet>\
         </a:ReferenceParameters></a:EndpointReference></w:RequestedEPR>";
    let with_header = envelope(reference, "<A/>");
    let (client, heard) = recorded(vec![
        answer(CLASS),
        answer(CLASS),
        answer(""),
        answer(""),
        with_header,
    ])
    .await;
    let got = client.get_fragment(&target(), "A").await.unwrap();
    assert_eq!(got.tree().unwrap().child("A").unwrap().text, "1");
    let part = wsman_client::client::fragment(|w| w.element("A", "2 < 3")).unwrap();
    client.put_fragment(&target(), "A", &part).await.unwrap();
    client
        .create_fragment(&target(), "B[1]", &part)
        .await
        .unwrap();
    client.delete_fragment(&target(), "B[2]").await.unwrap();
    let found = client.get_with_reference(&target()).await.unwrap();
    assert_eq!(found.reference.unwrap().selectors[0].name, "K");
    let heard = heard.lock().unwrap();
    for (request, expected) in heard.iter().zip([
        "<wsman:FragmentTransfer s:mustUnderstand=\"true\">A</wsman:FragmentTransfer>",
        "<A>2 &lt; 3</A></wsman:XmlFragment>",
        ">B[1]</wsman:FragmentTransfer>",
        "/transfer/Delete</wsa:Action>",
        "<wsman:RequestEPR",
    ]) {
        assert!(request.contains(expected), "{request}");
    }
}
