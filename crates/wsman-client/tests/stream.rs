//! Enumerations as a stream, against a service that answers from a script.

#![expect(clippy::unwrap_used, reason = "in a test a panic is the report")]

use std::pin::pin;

use futures_util::TryStreamExt;
use http_client::Settings;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;
use wsman::epr::Epr;
use wsman_client::client::Enumeration;
use wsman_client::{Client, Error};

/// An answer with these elements in the body; without `RelatesTo`, as some services write.
fn answer(body: &str) -> String {
    let text = format!(
        "<s:Envelope xmlns:s='http://www.w3.org/2003/05/soap-envelope' \
         xmlns:n='http://schemas.xmlsoap.org/ws/2004/09/enumeration' \
         xmlns:w='http://schemas.dmtf.org/wbem/wsman/1/wsman.xsd'><s:Body>{body}</s:Body></s:Envelope>"
    );
    let length = text.len();
    format!(
        "HTTP/1.1 200 OK\r\nContent-Type: application/soap+xml\r\nContent-Length: {length}\r\n\r\n{text}"
    )
}

async fn client(answers: Vec<String>) -> Client {
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
            stream.write_all(answer.as_bytes()).await.unwrap();
        }
    });
    Client::new(http_client::Client::new(Settings::new(url)).unwrap())
}

fn target() -> Epr {
    Epr {
        resource_uri: "urn:class".into(),
        ..Epr::default()
    }
}

const CONTEXT: &str = "<n:EnumerationContext>c</n:EnumerationContext>";

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
