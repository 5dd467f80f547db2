//! Every binding in front of every back end, and chains of bridges, over real sockets in one process.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "in a test a panic is the report"
)]

mod conformance;
mod link;
mod trouble;
mod world;
