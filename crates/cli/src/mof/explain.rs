//! `mof explain` and `mof lints`: what the diagnostics mean.

use std::io::{self, Write};

use cim_mof::Level;
use clap::Args;

use crate::failure::Failure;

/// Say what a diagnostic code means and how to satisfy the rule behind it
#[derive(Debug, Args)]
pub(super) struct Explain {
    /// A code such as E0201, or the name of a lint
    code: String,
}

impl Explain {
    pub(super) fn run(self) -> Result<(), Failure> {
        match cim_mof::explain(&self.code) {
            Some(text) => writeln!(io::stdout(), "{text}").map_err(Failure::new),
            None => {
                let known = cim_mof::codes().chain(cim_mof::lints().map(|(name, _, _)| name));
                let help = match cim_core::nearest(&self.code, known) {
                    Some(similar) => format!("did you mean `{similar}`?"),
                    None => "the codes look like E0201 or W0301".to_owned(),
                };
                Err(Failure::usage(format!(
                    "there is no diagnostic `{}`; {help}",
                    self.code
                )))
            }
        }
    }
}

/// List the deviations from the standard that -A, -W and -D name, with their level in each dialect
#[derive(Debug, Args)]
pub(super) struct Lints {}

impl Lints {
    pub(super) fn run(self) -> Result<(), Failure> {
        let word = |level: &Level| match level {
            Level::Allow => "allow",
            Level::Warn => "warn",
            Level::Deny => "deny",
        };
        let mut out = format!(
            "{:<28} {:<6} {:<7} {:<7} {}\n",
            "lint", "code", "strict", "dmtf", "wmi"
        );
        for (name, code, levels) in cim_mof::lints() {
            let [strict, dmtf, wmi] = levels.each_ref().map(word);
            out.push_str(&format!(
                "{name:<28} {code:<6} {strict:<7} {dmtf:<7} {wmi}\n"
            ));
        }
        io::stdout().write_all(out.as_bytes()).map_err(Failure::new)
    }
}
