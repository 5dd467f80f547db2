//! What the service promises, tested from outside: the real binary, real sockets, clients and schemas
//! that nobody here wrote. What needs no socket is tested beside its code instead.

#![expect(clippy::expect_used, reason = "in a test a panic is the report")]

// The harness.
mod bridge;
mod curl;
mod http;
mod oracle;
mod rest;
mod sink;
mod soap;

// The promises.
mod bad_input;
mod cli;
mod client_certificates;
mod crash;
mod dialects;
mod embedded_cloud;
mod first_light;
mod hygiene;
mod liars;
mod login;
mod mistakes;
mod mof_command;
mod mof_schema;
mod packages;
mod readme;
mod remote_cloud;
mod rest_clients;
mod rest_coverage;
mod rest_event_stream;
mod rest_resources;
mod rest_schema;
mod reverse_proxy;
mod secrets;
mod vendor_classes;
mod wsman_clients;
mod wsman_command;
mod wsman_curl;
mod wsman_endurance;
mod wsman_event_sinks;
mod wsman_events;
mod wsman_events_storm;
mod wsman_messages;
mod wsman_schema;
mod wsman_transport;
mod wsman_vendors;
