//! A binding in two files: the server's adapter and the client's.
//!
//! A request is a JSON object in a line, and so is its answer; each has a TCP connection of its own. The form of
//! values is [`provider::plain`]. It is an example: whoever connects is believed to be who the line says, so it
//! is for loopback only.

mod client;
mod server;

pub use client::Lines;
pub use server::serve;

/// Bytes of a line, at most.
const MAX_LINE: u64 = 64 * 1024 * 1024;
