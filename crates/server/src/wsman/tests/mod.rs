//! The binding in front of the embedded provider with the demonstration cloud in it.

mod enumeration;
mod fixtures;
mod fragments;
mod operations;
mod refusals;
mod service;
mod validity;
