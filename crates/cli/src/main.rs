//! The command `cimi-bridge`.
fn main() {}
