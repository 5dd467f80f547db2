//! `mof tree`: who derives from whom.

use std::io::{self, Write};

use clap::Args;

use super::sources::{Sources, report};
use crate::failure::Failure;

/// Show the classes as a tree by inheritance
#[derive(Debug, Args)]
pub(super) struct Tree {
    #[command(flatten)]
    sources: Sources,
    /// Only this class and what derives from it
    #[arg(long, value_name = "NAME")]
    class: Option<String>,
}

impl Tree {
    pub(super) fn run(self) -> Result<(), Failure> {
        let compilation = self.sources.compile()?;
        report(&compilation)?;
        match compilation.tree(self.class.as_deref()) {
            Some(tree) => io::stdout()
                .write_all(tree.as_bytes())
                .map_err(Failure::new),
            None => {
                let name = self.class.unwrap_or_default();
                Err(Failure::usage(match compilation.nearest_class(&name) {
                    Some(similar) => {
                        format!("there is no class `{name}`; did you mean `{similar}`?")
                    }
                    None => format!("there is no class `{name}`"),
                }))
            }
        }
    }
}
