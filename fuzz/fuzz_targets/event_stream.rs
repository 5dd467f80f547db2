//! Server-Sent Events: nothing panics, and it makes no difference in which pieces they come.
#![no_main]

use cimi_rest::client::EventStream;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let mut whole = EventStream::default();
    let Ok(messages) = whole.read(data) else {
        return;
    };
    let mut pieces = EventStream::default();
    let mut seen = Vec::new();
    for byte in data.chunks(1) {
        match pieces.read(byte) {
            Ok(more) => seen.extend(more),
            Err(error) => panic!("{error}"),
        }
    }
    assert_eq!(seen, messages);
    assert_eq!(pieces.last_id(), whole.last_id());
});
