//! The commands of a WS-Management client: `identify`, `get`, `put`, `create`, `delete`, `enumerate`,
//! `associators`, `references`, `invoke`, `class`, `watch` and `sink`, for any service that speaks the protocol.

mod address;
mod assign;
mod commands;
mod declaration;
mod follow;
mod fragment;
mod listing;
mod profile;
mod service;
mod show;
mod sink;
mod table;
mod trace;
mod watch;

pub(crate) use commands::{Create, Delete, Get, Identify, Invoke, Put};
pub(crate) use declaration::Class;
pub(crate) use listing::{Associators, Enumerate, References};
pub(crate) use service::Login;
pub(crate) use sink::Sink;
pub(crate) use watch::Watch;

use cim_core::Schema;
use wsman_client::Error;
use xml_wire::wscim::ReadContext;

use crate::failure::Failure;

/// The service answered, with a fault.
const FAULT: u8 = 3;
/// The service refused the login.
const LOGIN: u8 = 4;

/// What everybody who runs these commands sees below the options.
const EXIT_CODES: &str = "\
Exit codes: 0 done, 1 no answer, 2 wrong arguments, 3 the service answered with a fault, 4 it refused the
login.";

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        let code = match &error {
            Error::Fault(_) => FAULT,
            Error::Http(http_client::Error::Login { .. }) => LOGIN,
            _ => 1,
        };
        Self::coded(code, error)
    }
}

/// Where the classes that are known here live; references into it need not name it.
const NAMESPACE: &str = "root/cimi";

/// The classes that are known without asking a service.
fn known() -> &'static Schema {
    cimi_model::schema()
}

/// How answers are decoded.
fn context() -> ReadContext<'static> {
    ReadContext {
        schema: known(),
        namespace: NAMESPACE,
        rest_base: None,
    }
}
