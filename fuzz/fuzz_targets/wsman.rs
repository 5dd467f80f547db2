//! A WS-Management message: whatever it is, there is a well-formed answer to it.
#![no_main]

use libfuzzer_sys::fuzz_target;
use wsman::{Answer, Audience, Request};
use xml_wire::{Limits, Reader};

/// The text of the first `RelatesTo` of an answer, which has to be a well-formed document.
fn relates_to(answer: &str) -> Option<String> {
    let mut found = None;
    let mut reader = Reader::new(answer, &Limits::DEFAULT).expect(answer);
    reader.root().expect(answer);
    let header = reader.child().expect(answer).expect("a header");
    assert_eq!(header.local(), "Header");
    while let Some(block) = reader.child().expect(answer) {
        if block.local() == "RelatesTo" && found.is_none() {
            found = Some(reader.text().expect(answer).into_owned());
        } else {
            reader.skip().expect(answer);
        }
    }
    reader.finish().expect(answer);
    found
}

fuzz_target!(|text: &str| {
    let (reply, answer) = match Request::parse(text, &Limits::DEFAULT) {
        Ok(mut request) => {
            if let Some(mut content) = request.take_content() {
                let (reader, _) = content.parts();
                if reader.skip().is_err() || content.finish().is_err() {
                    return;
                }
            }
            let reply = request.headers.reply;
            let mut answer = Answer::new(&reply, &request.headers.action, "uuid:1");
            answer.body();
            (reply, answer.finish())
        }
        Err(rejected) => {
            let audience = Audience::Windows { machine: "here" };
            let answer = wsman::fault(&rejected.fault, &rejected.reply, "uuid:1", audience);
            (rejected.reply, answer)
        }
    };
    assert_eq!(relates_to(&answer), reply.relates_to, "{answer}");
});
