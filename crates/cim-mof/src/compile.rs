//! Files, includes and the whole compilation.

use std::path::{Component, Path, PathBuf};

use cim_core::ClassDescriptor;
use rustc_hash::FxHashMap;

use crate::ast::{Class, Declaration, InstanceDeclaration, QualifierDeclaration};
use crate::diagnostic::{Diagnostic, JsonDiagnostic, Severity, render, usual_cure};
use crate::source::{Encoding, SourceMap, Span, decode};
use crate::{check, dump, lower, parser};

/// Bounds and choices of a compilation.
#[derive(Debug, Clone)]
pub struct Options {
    /// Includes may not leave this folder; `None` lets them go anywhere.
    pub root: Option<PathBuf>,
    /// The largest file, in bytes.
    pub max_file_bytes: u64,
    /// The most files.
    pub max_files: usize,
    /// The most errors; then the compilation stops.
    pub max_errors: usize,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            root: None,
            max_file_bytes: 64 << 20,
            max_files: 20_000,
            max_errors: 1_000,
        }
    }
}

/// What a compilation found.
#[derive(Debug, Default)]
pub struct Compilation {
    pub(crate) sources: SourceMap,
    pub(crate) diagnostics: Vec<Diagnostic>,
    pub(crate) qualifiers: Vec<QualifierDeclaration>,
    pub(crate) classes: Vec<Class>,
    pub(crate) instances: Vec<InstanceDeclaration>,
    pub(crate) class_index: FxHashMap<String, usize>,
    pub(crate) qualifier_index: FxHashMap<String, usize>,
}

impl Compilation {
    /// Every mistake, in the order of the files.
    pub fn diagnostics(&self) -> &[Diagnostic] {
        &self.diagnostics
    }

    /// The files that were read.
    pub fn sources(&self) -> &SourceMap {
        &self.sources
    }

    /// How many of the mistakes are errors.
    pub fn error_count(&self) -> usize {
        self.diagnostics
            .iter()
            .filter(|d| d.severity == Severity::Error)
            .count()
    }

    /// How many classes were declared.
    pub fn class_count(&self) -> usize {
        self.classes.len()
    }

    /// The diagnostics as rustc prints its own.
    pub fn render(&self, styled: bool) -> String {
        render(&self.diagnostics, &self.sources, styled)
    }

    /// The diagnostics as a JSON array.
    pub fn diagnostics_json(&self) -> serde_json::Value {
        let all: Vec<_> = self
            .diagnostics
            .iter()
            .map(|d| JsonDiagnostic::new(d, &self.sources))
            .collect();
        serde_json::to_value(all).unwrap_or_default()
    }

    /// Qualifier types and classes as declared, as JSON; with `flatten` also inherited features, each
    /// marked `"propagated": true`.
    pub fn dump(&self, flatten: bool) -> serde_json::Value {
        dump::dump(self, flatten)
    }

    /// The descriptors of all classes, superclasses first; empty if there are errors. They live as long
    /// as the process: a schema is loaded once.
    pub fn lower(&self) -> Vec<&'static ClassDescriptor> {
        if self.error_count() > 0 {
            Vec::new()
        } else {
            lower::lower(self)
        }
    }

    pub(crate) fn class(&self, name: &str) -> Option<&Class> {
        self.class_index
            .get(&name.to_ascii_lowercase())
            .and_then(|at| self.classes.get(*at))
    }

    pub(crate) fn qualifier(&self, name: &str) -> Option<&QualifierDeclaration> {
        self.qualifier_index
            .get(&name.to_ascii_lowercase())
            .and_then(|at| self.qualifiers.get(*at))
    }

    /// The superclasses of a class, nearest first; ends at an unknown one and at [`MAX_ANCESTORS`].
    pub(crate) fn ancestors<'a>(&'a self, class: &'a Class) -> Vec<&'a Class> {
        let mut found: Vec<&Class> = Vec::new();
        let mut current = class;
        while let Some(parent) = current
            .superclass
            .as_ref()
            .and_then(|name| self.class(&name.text))
        {
            // A circle ends here too: it is reported by itself.
            if std::ptr::eq(parent, class) || found.len() >= MAX_ANCESTORS {
                break;
            }
            found.push(parent);
            current = parent;
        }
        found
    }
}

/// Compiles files with everything that they include.
pub fn compile(files: &[PathBuf], options: &Options) -> Compilation {
    let mut loader = Loader {
        options,
        out: Compilation::default(),
        stack: Vec::new(),
        done: Vec::new(),
    };
    for file in files {
        loader.load(file, None);
    }
    finish(loader.out)
}

/// Compiles one text without includes; `name` stands for it in diagnostics.
pub fn compile_text(name: &str, text: &str) -> Compilation {
    let options = Options::default();
    let mut loader = Loader {
        options: &options,
        out: Compilation::default(),
        stack: Vec::new(),
        done: Vec::new(),
    };
    let file = loader.out.sources.add(Path::new(name), text.to_owned());
    loader.declarations(file, text, Path::new(name));
    finish(loader.out)
}

fn finish(mut compilation: Compilation) -> Compilation {
    check::check(&mut compilation);
    for diagnostic in &mut compilation.diagnostics {
        if diagnostic.help.is_none() {
            diagnostic.help = usual_cure(diagnostic.code).map(str::to_owned);
        }
    }
    compilation.diagnostics.sort_by_key(|d| {
        d.labels
            .first()
            .map_or((0, 0), |l| (l.span.file, l.span.start))
    });
    compilation
}

/// Files that include files that include files: more than any schema has.
const MAX_INCLUDE_DEPTH: usize = 64;
/// Superclasses above a class: more than any schema has.
pub(crate) const MAX_ANCESTORS: usize = 256;

struct Loader<'o> {
    options: &'o Options,
    out: Compilation,
    /// Files being read, outermost first.
    stack: Vec<PathBuf>,
    done: Vec<PathBuf>,
}

impl Loader<'_> {
    fn load(&mut self, path: &Path, included_at: Option<Span>) {
        let canonical = path.canonicalize().unwrap_or_else(|_| normalize(path));
        let place = |sources: &mut SourceMap| {
            included_at.unwrap_or_else(|| Span {
                file: sources.add(path, String::new()),
                start: 0,
                end: 0,
            })
        };
        if self.stack.contains(&canonical) {
            let chain: Vec<_> = self
                .stack
                .iter()
                .chain([&canonical])
                .map(|p| file_name(p))
                .collect();
            let span = place(&mut self.out.sources);
            self.out.diagnostics.push(
                Diagnostic::error(
                    "E0103",
                    span,
                    format!("`{}` includes itself", file_name(&canonical)),
                )
                .label("this include closes the circle")
                .help(format!("remove one include of {}", chain.join(" -> "))),
            );
            return;
        }
        if self.done.contains(&canonical) {
            return;
        }
        if let Some(root) = &self.options.root {
            let shown = root;
            let root = root.canonicalize().unwrap_or_else(|_| normalize(root));
            if !canonical.starts_with(&root) {
                let span = place(&mut self.out.sources);
                self.out.diagnostics.push(
                    Diagnostic::error(
                        "E0105",
                        span,
                        format!("`{}` is outside of `{}`", path.display(), shown.display()),
                    )
                    .help("keep included files below the folder that --root names"),
                );
                return;
            }
        }
        if self.stack.len() >= MAX_INCLUDE_DEPTH {
            let span = place(&mut self.out.sources);
            self.out.diagnostics.push(
                Diagnostic::error(
                    "E0108",
                    span,
                    format!("includes are nested deeper than {MAX_INCLUDE_DEPTH} files"),
                )
                .help("include the files side by side from one file"),
            );
            return;
        }
        if self.done.len() + self.stack.len() >= self.options.max_files
            || self.out.error_count() >= self.options.max_errors
        {
            if !self.out.diagnostics.iter().any(|d| d.code == "E0107") {
                let span = place(&mut self.out.sources);
                self.out.diagnostics.push(
                    Diagnostic::error("E0107", span, "too many files or errors")
                        .help("mend the errors above first, or compile fewer files"),
                );
            }
            return;
        }
        let bytes = match read_bounded(path, self.options.max_file_bytes) {
            Ok(Some(bytes)) => bytes,
            Ok(None) => {
                let span = place(&mut self.out.sources);
                let message = format!(
                    "`{}` is larger than {} bytes",
                    path.display(),
                    self.options.max_file_bytes
                );
                self.out.diagnostics.push(
                    Diagnostic::error("E0106", span, message).help("split it into several files"),
                );
                return;
            }
            Err(error) => {
                let span = place(&mut self.out.sources);
                self.out.diagnostics.push(
                    Diagnostic::error(
                        "E0104",
                        span,
                        format!("cannot read `{}`: {error}", path.display()),
                    )
                    .help("paths of includes are relative to the including file"),
                );
                return;
            }
        };
        let (text, encoding) = decode(&bytes);
        drop(bytes);
        let file = self.out.sources.add(path, String::new());
        if let Encoding::Windows1252 { first } = encoding {
            self.out.diagnostics.push(
                Diagnostic::warning(
                    "W0001",
                    Span {
                        file,
                        start: 0,
                        end: 0,
                    },
                    format!("not UTF-8 from byte {first} on: read as Windows-1252"),
                )
                .help("save the file as UTF-8"),
            );
        }
        self.stack.push(canonical.clone());
        self.declarations(file, &text, path);
        self.stack.pop();
        self.done.push(canonical);
        self.out.sources.set_text(file, text);
    }

    fn declarations(&mut self, file: u32, text: &str, path: &Path) {
        for declaration in parser::parse(text, file, &mut self.out.diagnostics) {
            match declaration {
                Declaration::Qualifier(qualifier) => self.out.qualifiers.push(qualifier),
                Declaration::Class(class) => self.out.classes.push(class),
                Declaration::Instance(instance) => self.out.instances.push(instance),
                Declaration::Pragma { name, value } if name.is("include") => {
                    let target = path
                        .parent()
                        .unwrap_or(Path::new(""))
                        .join(value.value.replace('\\', "/"));
                    self.load(&target, Some(value.span));
                }
                Declaration::Pragma { name, .. }
                    if [
                        "locale",
                        "instancelocale",
                        "namespace",
                        "nonlocal",
                        "nonlocaltype",
                        "source",
                        "sourcetype",
                    ]
                    .iter()
                    .any(|known| name.is(known)) => {}
                Declaration::Pragma { name, .. } => self.out.diagnostics.push(
                    Diagnostic::warning(
                        "W0101",
                        name.span,
                        format!("unknown pragma `{}`", name.text),
                    )
                    .help("remove it: it has no effect"),
                ),
            }
        }
    }
}

fn read_bounded(path: &Path, max: u64) -> std::io::Result<Option<Vec<u8>>> {
    use std::io::Read as _;
    let mut bytes = Vec::new();
    std::fs::File::open(path)?
        .take(max + 1)
        .read_to_end(&mut bytes)?;
    Ok((bytes.len() as u64 <= max).then_some(bytes))
}

fn file_name(path: &Path) -> String {
    path.file_name()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned()
}

/// The path without `.` and `..`, for files that do not exist.
fn normalize(path: &Path) -> PathBuf {
    let mut out = PathBuf::new();
    for component in path.components() {
        match component {
            Component::ParentDir => {
                out.pop();
            }
            Component::CurDir => {}
            other => out.push(other),
        }
    }
    out
}
