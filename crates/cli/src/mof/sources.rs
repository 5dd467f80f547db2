//! What every command that compiles MOF takes, and how it says what is wrong.

use std::io::{self, IsTerminal, Write};
use std::path::PathBuf;

use cim_mof::{Compilation, Dialect, Level, Levels, Options, UnknownLint};
use clap::builder::PossibleValue;
use clap::{Args, ValueEnum};

use crate::failure::Failure;

/// The files, and how they are read.
#[derive(Debug, Args)]
pub(super) struct Sources {
    /// The files, or `-` for standard input; what they include is read too
    #[arg(required = true, value_name = "FILE", value_hint = clap::ValueHint::FilePath)]
    files: Vec<PathBuf>,
    #[command(flatten)]
    language: Language,
}

/// How MOF is read.
#[derive(Debug, Args)]
pub(super) struct Language {
    /// Whose MOF it is: what is accepted, and with a warning or without
    #[arg(long, value_enum, default_value_t = WhichDialect::Dmtf)]
    dialect: WhichDialect,
    /// Read MOF 3 (DSP0221): structures, enumerations, values
    #[arg(long)]
    mof3: bool,
    #[command(flatten)]
    lints: Lints,
    /// Refuse includes of files outside of this folder
    #[arg(long, value_name = "DIR", value_hint = clap::ValueHint::DirPath)]
    root: Option<PathBuf>,
    /// Look for included files in this folder too
    #[arg(short = 'I', long = "include", value_name = "DIR", value_hint = clap::ValueHint::DirPath)]
    include: Vec<PathBuf>,
}

/// Lints with their levels in the order of the arguments: the last one holds, as with rustc. (An argument
/// each would lose that order.)
#[derive(Debug, Clone, Default)]
struct Lints {
    changes: Vec<(String, Level)>,
}

const LINT_ARGUMENTS: [(&str, char, Level, &str); 3] = [
    (
        "allow",
        'A',
        Level::Allow,
        "Say nothing about a lint; `mof lints` lists them",
    ),
    ("warn", 'W', Level::Warn, "Make a lint a warning"),
    (
        "deny",
        'D',
        Level::Deny,
        "Make a lint an error, or all warnings with `-D warnings`",
    ),
];

impl Args for Lints {
    fn augment_args(command: clap::Command) -> clap::Command {
        command.args(LINT_ARGUMENTS.map(|(name, short, _, help)| {
            clap::Arg::new(name)
                .short(short)
                .long(name)
                .value_name("LINT")
                .help(help)
                .action(clap::ArgAction::Append)
                .value_parser(lint)
        }))
    }

    fn augment_args_for_update(command: clap::Command) -> clap::Command {
        Self::augment_args(command)
    }
}

impl clap::FromArgMatches for Lints {
    fn from_arg_matches(matches: &clap::ArgMatches) -> Result<Self, clap::Error> {
        let mut found: Vec<(usize, String, Level)> = Vec::new();
        for (argument, _, level, _) in LINT_ARGUMENTS {
            let names = matches.get_many::<String>(argument).into_iter().flatten();
            let places = matches.indices_of(argument).into_iter().flatten();
            found.extend(
                places
                    .zip(names)
                    .map(|(at, name)| (at, name.clone(), level)),
            );
        }
        found.sort_by_key(|(at, _, _)| *at);
        Ok(Self {
            changes: found
                .into_iter()
                .map(|(_, name, level)| (name, level))
                .collect(),
        })
    }

    fn update_from_arg_matches(&mut self, matches: &clap::ArgMatches) -> Result<(), clap::Error> {
        *self = Self::from_arg_matches(matches)?;
        Ok(())
    }
}

/// [`Dialect`] as an argument.
#[derive(Debug, Clone, Copy)]
pub(super) enum WhichDialect {
    Strict,
    Dmtf,
    Wmi,
}

impl ValueEnum for WhichDialect {
    fn value_variants<'a>() -> &'a [Self] {
        &[Self::Strict, Self::Dmtf, Self::Wmi]
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(match self {
            Self::Strict => PossibleValue::new("strict").help("DSP0004 to the letter"),
            Self::Dmtf => {
                PossibleValue::new("dmtf").help("and what DMTF's own releases do, with warnings")
            }
            Self::Wmi => PossibleValue::new("wmi").help("and what Microsoft's compiler accepts"),
        })
    }
}

impl From<WhichDialect> for Dialect {
    fn from(which: WhichDialect) -> Self {
        match which {
            WhichDialect::Strict => Self::Strict,
            WhichDialect::Dmtf => Self::Dmtf,
            WhichDialect::Wmi => Self::Wmi,
        }
    }
}

/// A lint that exists: a wrong one is wrong usage, exit code 2.
fn lint(name: &str) -> Result<String, UnknownLint> {
    Levels::default().set(name, Level::Warn)?;
    Ok(name.to_owned())
}

impl Language {
    pub(super) fn options(&self) -> Result<Options, Failure> {
        let mut levels = Levels::of(self.dialect.into());
        for (name, level) in &self.lints.changes {
            levels.set(name, *level).map_err(Failure::usage)?;
        }
        if let Some(root) = self.root.as_ref().filter(|root| !root.is_dir()) {
            let root = root.display();
            return Err(Failure::usage(format!("--root: `{root}` is no folder")));
        }
        Ok(Options {
            levels,
            mof3: self.mof3,
            root: self.root.clone(),
            search: self.include.clone(),
            progress: io::stderr().is_terminal().then_some(progress as fn(usize)),
            ..Options::default()
        })
    }
}

impl Sources {
    pub(super) fn compile(&self) -> Result<Compilation, Failure> {
        let compilation = compile(&self.files, &self.language)?;
        Ok(compilation)
    }
}

/// Compiles files, with progress on a terminal.
pub(super) fn compile(files: &[PathBuf], language: &Language) -> Result<Compilation, Failure> {
    let options = language.options()?;
    let compilation = cim_mof::compile(files, &options);
    if options.progress.is_some() && compilation.sources().len() >= STEP {
        // The line of the progress is removed.
        eprint!("\r\u{1b}[K");
    }
    Ok(compilation)
}

/// Files between two lines of progress: short runs show none.
const STEP: usize = 256;

fn progress(files: usize) {
    if files.is_multiple_of(STEP) {
        eprint!("\r{files} files ...");
    }
}

/// Whether standard error is for people who want colours.
pub(super) fn styled() -> bool {
    io::stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none_or(|v| v.is_empty())
}

/// Prints the diagnostics; fails if there are errors.
pub(crate) fn report(compilation: &Compilation) -> Result<(), Failure> {
    // Nobody is left to tell if standard error fails.
    let _ = write!(io::stderr(), "{}", compilation.render(styled()));
    match compilation.error_count() {
        0 => Ok(()),
        errors => Err(Failure::new(format!(
            "{errors} {} found; `cimi-bridge mof explain CODE` says more about each",
            if errors == 1 {
                "error was"
            } else {
                "errors were"
            }
        ))),
    }
}

/// A number of things.
pub(super) fn count(n: usize, one: &str) -> String {
    let end = match (n, one.ends_with('s')) {
        (1, _) => "",
        (_, true) => "es",
        (_, false) => "s",
    };
    format!("{n} {one}{end}")
}
