//! Bad input gets the exact fault or status that says what was wrong, and the service goes on.

mod messages;
mod rest;
mod xml;

use crate::bridge::Bridge;
use crate::rest::Rest;
use crate::soap::{Message, Wsman};

const BACKEND: &str = "machines/demo-backend";

/// Checks that the service still answers both ways.
#[track_caller]
fn goes_on(bridge: &Bridge) {
    assert_eq!(
        Wsman::admin(bridge)
            .call(&Message::get("CIMI_Machine", BACKEND))
            .status,
        200
    );
    assert!(Rest::admin(bridge).get(&format!("/cimi/{BACKEND}"))["id"].is_string());
}

/// A fault in short: code, subcode and detail (`-` where there is none).
fn short(wsman: &Wsman, body: &[u8]) -> String {
    let fault = wsman.post(body).fault();
    assert!(
        fault.reason.len() > 10,
        "a reason that helps: {}",
        fault.reason
    );
    let or_none = |part: Option<String>| part.unwrap_or_else(|| "-".into());
    format!(
        "{} {} {}",
        fault.code,
        or_none(fault.subcode),
        or_none(fault.detail)
    )
}
