//! The binding in front of the embedded provider with the demonstration cloud in it.

mod batches;
mod classes;
mod coverage;
mod enumeration;
mod eventing;
mod failing;
mod faults;
mod fixtures;
mod fragments;
mod indications;
mod interop;
mod intrinsic;
mod metadata;
mod methods;
mod operations;
mod refusals;
mod service;
mod validity;
mod wmi_events;
