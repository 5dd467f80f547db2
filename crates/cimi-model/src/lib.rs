//! The CIMI model (DSP0263 1.x, written in CIM after the method of DSP0264) as the rest of the project
//! reads it.
//!
//! [`schema`] has the descriptor of every class. [`classes`] has a module for each class with its table
//! and the positions of its properties:
//!
//! ```
//! use cim_core::Instance;
//! use cimi_model::classes::cimi_machine as machine;
//!
//! let mut vm = Instance::new(&machine::CLASS);
//! vm.set_at(machine::at::CPU, cim_core::Value::from(2u64));
//! assert_eq!(vm.value("Cpu").as_u64(), Some(2));
//! ```
//!
//! [`types`] has the same model as Rust structs in the spelling of CIMI REST:
//!
//! ```
//! use cimi_model::types::{Machine, MachineState};
//!
//! let text = r#"{"id": "machines/1", "state": "STARTED", "cpu": 2}"#;
//! let machine: Machine = serde_json::from_str(text)?;
//! assert_eq!(machine.state, Some(MachineState::Started));
//! # Ok::<(), serde_json::Error>(())
//! ```
//!
//! Everything under `src/generated/` is made from `mof/` by `make generate`.

use std::sync::{Arc, LazyLock};

use cim_core::Schema;

pub use extend::extend;
pub use generated::{classes, types};

/// The MOF of the model: the name of each file below `mof/`, and its text. `cimi.mof` includes all others.
pub static MOF: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/mof.rs"));

mod extend;
#[rustfmt::skip]
mod generated;
pub mod value;
#[cfg(feature = "xml")]
pub mod xml;

/// The schema of the namespace `root/cimi`: every class of `mof/cimi.mof`.
pub fn schema() -> &'static Arc<Schema> {
    static SCHEMA: LazyLock<Arc<Schema>> =
        LazyLock::new(|| Arc::new(Schema::new(classes::CLASSES.iter().copied())));
    &SCHEMA
}
