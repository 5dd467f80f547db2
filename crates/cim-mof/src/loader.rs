//! Files and what they include.

use std::io::Read;
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

use rustc_hash::FxHashSet;

use crate::ast::{Declaration, Literal, Namespace, Pragma, Source};
use crate::compile::{Compilation, Options};
use crate::diagnostic::{Diagnostic, Report};
use crate::lint::Lint;
use crate::name;
use crate::parser::{self, Context, Doubts, Memory};
use crate::source::{Encoding, Span, decode};

/// Files that include files that include files: more than any schema has.
const MAX_INCLUDE_DEPTH: usize = 64;

/// Places in a text are 32 bits wide; Windows-1252 may take three bytes for one.
const MAX_FILE_BYTES: u64 = 1 << 30;

/// How much of a stream is read at first.
const READ_BYTES: usize = 64 * 1024;

/// What makes two paths the same file.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
enum Identity {
    /// Device and number of the file.
    #[cfg(unix)]
    Number(u64, u64),
    #[cfg(not(unix))]
    Path(PathBuf),
    /// Standard input.
    Stream,
}

pub(crate) struct Loader<'o> {
    options: &'o Options,
    root: Option<PathBuf>,
    out: Compilation,
    report: Report,
    memory: Memory,
    /// Files being read, outermost first.
    stack: Vec<(Identity, PathBuf)>,
    done: FxHashSet<Identity>,
    namespace: Namespace,
    unknown_pragmas: FxHashSet<name::Key>,
}

impl<'o> Loader<'o> {
    pub(crate) fn new(options: &'o Options) -> Self {
        let root = options.root.as_ref();
        Self {
            options,
            root: root.map(|root| canonical(root)),
            out: Compilation {
                namespaces: vec![String::new()],
                mof3: options.mof3,
                ..Compilation::default()
            },
            report: Report::new(options.levels.clone(), options.max_errors),
            memory: Memory::default(),
            stack: Vec::new(),
            done: FxHashSet::default(),
            namespace: Namespace::default(),
            unknown_pragmas: FxHashSet::default(),
        }
    }

    pub(crate) fn finish(self) -> (Compilation, Report) {
        (self.out, self.report)
    }

    /// Reads a text that is no file.
    pub(crate) fn text(&mut self, path: &Path, text: &str) {
        let text = Arc::new(text.to_owned());
        let file = self.out.sources.add(path, text.clone());
        self.declarations(file, text, path);
    }

    /// Says that a file cannot be read, at the include that names it.
    fn refuse(
        &mut self,
        path: &Path,
        included: Option<Span>,
        code: &'static str,
        message: String,
        help: &str,
    ) {
        self.out.is_cut |= code != "E0103";
        let span = included.unwrap_or_else(|| Span {
            file: self.out.sources.add(path, Arc::default()),
            start: 0,
            end: 0,
        });
        self.report
            .push(Diagnostic::error(code, span, message).help(help));
    }

    /// Reads a file, and what it includes.
    pub(crate) fn load(&mut self, path: &Path, included: Option<Span>) {
        if self.report.is_full() {
            return;
        }
        if included.is_none() && path == Path::new("-") {
            return self.standard_input();
        }
        if let Some(root) = &self.root
            && !canonical(path).starts_with(root)
        {
            let shown = self
                .options
                .root
                .as_ref()
                .map_or(root.display(), |r| r.display());
            let message = format!("`{}` is outside of `{shown}`", path.display());
            let help = "keep included files below the folder that --root names";
            return self.refuse(path, included, "E0105", message, help);
        }
        let (file, metadata) = match open(path, included.is_none()) {
            Ok(opened) => opened,
            Err(error) => return self.unreadable(path, included, &error),
        };
        let identity = identity(path, &metadata);
        if let Some(at) = self.stack.iter().position(|(open, _)| *open == identity) {
            let shown = file_name(path);
            let chain: Vec<_> = self.stack[at..]
                .iter()
                .map(|(_, path)| file_name(path))
                .chain([shown.clone()])
                .collect();
            let message = format!("`{shown}` includes itself");
            let help = format!("remove one include of {}", chain.join(" -> "));
            return self.refuse(path, included, "E0103", message, &help);
        }
        if self.done.contains(&identity) {
            return;
        }
        if self.stack.len() >= MAX_INCLUDE_DEPTH {
            let message = format!("includes are nested deeper than {MAX_INCLUDE_DEPTH} files");
            let help = "include the files side by side from one file";
            return self.refuse(path, included, "E0108", message, help);
        }
        if self.out.sources.len() >= self.options.max_files {
            if !self.report.has("E0107") {
                let message = format!("more than {} files", self.options.max_files);
                let help = "compile fewer files at a time";
                self.refuse(path, included, "E0107", message, help);
            }
            return;
        }
        let whole = metadata.is_file().then_some(metadata.len());
        match self.read(file, whole) {
            Ok(Some(bytes)) => self.file(path, identity, bytes),
            Ok(None) => self.too_large(path, included),
            Err(error) => self.unreadable(path, included, &error),
        }
    }

    fn standard_input(&mut self) {
        let path = Path::new("<standard input>");
        match self.read(std::io::stdin().lock(), None) {
            // Includes are relative to the working directory; nothing can include it.
            Ok(Some(bytes)) => self.file(path, Identity::Stream, bytes),
            Ok(None) => self.too_large(path, None),
            Err(error) => self.unreadable(path, None, &error),
        }
    }

    fn unreadable(&mut self, path: &Path, included: Option<Span>, error: &std::io::Error) {
        let message = format!("cannot read `{}`: {error}", path.display());
        let help = if included.is_some() {
            "paths of includes are relative to the including file; -I names more folders"
        } else {
            "name a readable file, or `-` for standard input"
        };
        self.refuse(path, included, "E0104", message, help);
    }

    fn too_large(&mut self, path: &Path, included: Option<Span>) {
        let max = self.options.max_file_bytes.min(MAX_FILE_BYTES);
        let message = format!("`{}` is larger than {max} bytes", path.display());
        self.refuse(
            path,
            included,
            "E0106",
            message,
            "split it into several files",
        );
    }

    /// Reads all there is; `None` if that is too much. `whole`: how long a regular file is.
    fn read(&self, from: impl Read, whole: Option<u64>) -> std::io::Result<Option<Vec<u8>>> {
        let max = self.options.max_file_bytes.min(MAX_FILE_BYTES);
        // What says that it is empty may be no file on a disk; with its length known, one call reads a file.
        let (most, room) = match whole {
            Some(length) if length > max => return Ok(None),
            Some(length) if length > 0 => (length, usize::try_from(length).unwrap_or(0)),
            _ => (max + 1, READ_BYTES),
        };
        let mut bytes = Vec::with_capacity(room);
        from.take(most).read_to_end(&mut bytes)?;
        let is_whole = u64::try_from(bytes.len()).is_ok_and(|length| length <= max);
        Ok(is_whole.then_some(bytes))
    }

    /// Compiles what was read.
    fn file(&mut self, path: &Path, identity: Identity, bytes: Vec<u8>) {
        let (text, encoding) = decode(bytes);
        let text = Arc::new(text);
        let file = self.out.sources.add(path, text.clone());
        if let Some(progress) = self.options.progress {
            progress(self.out.sources.len());
        }
        if let Encoding::Windows1252 { first } = encoding {
            let span = Span {
                file,
                start: 0,
                end: 0,
            };
            let message = format!("not UTF-8 from byte {first} on: read as Windows-1252");
            self.report.push(
                Diagnostic::lint(Lint::NotUtf8, span, message).help("save the file as UTF-8"),
            );
        }
        self.stack.push((identity.clone(), path.to_owned()));
        self.declarations(file, text, path);
        self.stack.pop();
        self.done.insert(identity);
    }

    fn declarations(&mut self, file: u32, text: Arc<String>, path: &Path) {
        let source = Source { file, text };
        let mut context = Context {
            names: &mut self.out.names,
            report: &mut self.report,
            memory: &mut self.memory,
            mof3: self.options.mof3,
            is_cut: false,
            doubts: Doubts::default(),
        };
        let declarations = parser::parse(&source, &mut context);
        self.out.is_cut |= context.is_cut;
        self.out.doubts.add(context.doubts);
        for declaration in declarations {
            let namespace = self.namespace;
            match declaration {
                Declaration::Qualifier(qualifier) => self.out.qualifiers.push(qualifier),
                Declaration::Class(mut class) => {
                    class.namespace = namespace;
                    if namespace != Namespace::default() {
                        let parameters = class.methods.iter_mut().flat_map(|m| &mut m.parameters);
                        let defaults = class.properties.iter_mut().chain(parameters);
                        for default in defaults.filter_map(|p| p.default.as_mut()) {
                            within(&mut default.value, namespace);
                        }
                    }
                    self.out.classes.push(class);
                }
                Declaration::Enumeration(mut enumeration) => {
                    enumeration.namespace = namespace;
                    self.out.enumerations.push(enumeration);
                }
                Declaration::Instance(mut instance) => {
                    instance.namespace = namespace;
                    if namespace != Namespace::default() {
                        for value in instance.values.iter_mut().filter_map(|v| v.value.as_mut()) {
                            within(&mut value.value, namespace);
                        }
                    }
                    self.out.instances.push(instance);
                }
                Declaration::Pragma(pragma) => self.pragma(&pragma, path),
            }
        }
    }

    fn pragma(&mut self, pragma: &Pragma, path: &Path) {
        let argument = pragma.arguments.first();
        let text = argument.and_then(|a| a.value.text());
        let place = argument.map_or(pragma.name.span, |a| a.span);
        match pragma.name.key {
            name::INCLUDE => {
                if let Some(text) = text {
                    self.include(&text, place, path);
                }
            }
            name::NAMESPACE => {
                if let Some(text) = text {
                    self.namespace = self.namespace_of(&text);
                }
            }
            name::LOCALE | name::INSTANCELOCALE => {
                if let Some(text) = text
                    && !is_locale(&text)
                {
                    self.report.push(
                        Diagnostic::lint(Lint::Locale, place, format!("`{text}` is no locale"))
                            .help("write a language and a country, such as `en_US`"),
                    );
                }
            }
            name::NONLOCAL | name::NONLOCALTYPE | name::SOURCE | name::SOURCETYPE => {
                self.report.push(
                    Diagnostic::lint(
                        Lint::DeprecatedPragma,
                        pragma.name.span,
                        format!("pragma `{}` is deprecated", pragma.name.text),
                    )
                    .help("remove it: it has no effect"),
                );
            }
            name::AUTORECOVER
            | name::CLASSFLAGS
            | name::INSTANCEFLAGS
            | name::DELETECLASS
            | name::DELETEINSTANCE
            | name::AMENDMENT => {}
            key => {
                // Once for each: vendor pragmas come in crowds.
                if self.unknown_pragmas.insert(key) {
                    let message = format!("unknown pragma `{}`", pragma.name.text);
                    let known = ["include", "locale", "instancelocale", "namespace"];
                    let help = match cim_core::nearest(&pragma.name.text, known.into_iter()) {
                        Some(similar) => format!("did you mean `{similar}`?"),
                        None => "remove it: it has no effect".to_owned(),
                    };
                    self.report.push(
                        Diagnostic::lint(Lint::UnknownPragma, pragma.name.span, message).help(help),
                    );
                }
            }
        }
    }

    fn include(&mut self, text: &str, place: Span, path: &Path) {
        let relative = text.replace('\\', "/");
        let beside = path.parent().unwrap_or(Path::new("")).join(&relative);
        let target = if self.options.search.is_empty() || beside.exists() {
            beside
        } else {
            let mut places = self
                .options
                .search
                .iter()
                .map(|folder| folder.join(&relative));
            places.find(|p| p.exists()).unwrap_or(beside)
        };
        self.load(&target, Some(place));
    }

    /// `root/cimv2`, `//./root/cimv2`, `\\.\root\cimv2`, `http://host/root/cimv2`: the last part is the
    /// namespace.
    fn namespace_of(&mut self, text: &str) -> Namespace {
        let path = text.replace('\\', "/");
        let path = match path.split_once("://") {
            Some((_, rest)) => rest.split_once('/').map_or("", |(_, path)| path).to_owned(),
            None => match path.strip_prefix("//") {
                Some(rest) => rest.split_once('/').map_or("", |(_, path)| path).to_owned(),
                None => path,
            },
        };
        let name = path.trim_matches('/');
        let known = self
            .out
            .namespaces
            .iter()
            .position(|n| n.eq_ignore_ascii_case(name));
        let at = known.unwrap_or_else(|| {
            self.out.namespaces.push(name.to_owned());
            self.out.namespaces.len() - 1
        });
        Namespace(u32::try_from(at).unwrap_or(0))
    }
}

/// Instances within a value are of the namespace of what they stand in.
fn within(value: &mut Literal, namespace: Namespace) {
    match value {
        Literal::Array(items) => {
            for item in items {
                within(&mut item.value, namespace);
            }
        }
        Literal::Instance(inner) => {
            inner.namespace = namespace;
            for value in inner.values.iter_mut().filter_map(|v| v.value.as_mut()) {
                within(&mut value.value, namespace);
            }
        }
        _ => {}
    }
}

/// `en_US`, also `en-US` and `en`; Microsoft's `MS\0x409` is none.
fn is_locale(text: &str) -> bool {
    let (language, country) = text.split_once(['_', '-']).unwrap_or((text, "US"));
    let letters = |part: &str, lengths: std::ops::RangeInclusive<usize>| {
        lengths.contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphabetic())
    };
    letters(language, 2..=3) && letters(country, 2..=3)
}

/// Opens a file; `any_kind`: also what is none, such as the pipe of `<(command)`, if it can be read.
fn open(path: &Path, any_kind: bool) -> std::io::Result<(std::fs::File, std::fs::Metadata)> {
    let mut options = std::fs::OpenOptions::new();
    options.read(true);
    if !any_kind {
        ignore_writers(path, &mut options)?;
    }
    let file = options.open(path)?;
    let metadata = file.metadata()?;
    if metadata.is_dir() || !any_kind && !metadata.is_file() {
        return Err(std::io::Error::other("it is no file"));
    }
    Ok((file, metadata))
}

/// A pipe that an include names must not be waited for until somebody writes into it.
#[cfg(all(
    target_os = "linux",
    any(
        target_arch = "x86_64",
        target_arch = "x86",
        target_arch = "aarch64",
        target_arch = "riscv64"
    )
))]
#[expect(clippy::unnecessary_wraps, reason = "elsewhere it can fail")]
fn ignore_writers(_: &Path, options: &mut std::fs::OpenOptions) -> std::io::Result<()> {
    use std::os::unix::fs::OpenOptionsExt as _;
    /// Of these systems; it has no effect on files. One look-up of the path less than asking first.
    const O_NONBLOCK: i32 = 0o4000;
    options.custom_flags(O_NONBLOCK);
    Ok(())
}

#[cfg(not(all(
    target_os = "linux",
    any(
        target_arch = "x86_64",
        target_arch = "x86",
        target_arch = "aarch64",
        target_arch = "riscv64"
    )
)))]
fn ignore_writers(path: &Path, _: &mut std::fs::OpenOptions) -> std::io::Result<()> {
    if std::fs::metadata(path)?.is_file() {
        Ok(())
    } else {
        Err(std::io::Error::other("it is no file"))
    }
}

#[cfg(unix)]
fn identity(_: &Path, metadata: &std::fs::Metadata) -> Identity {
    use std::os::unix::fs::MetadataExt as _;
    Identity::Number(metadata.dev(), metadata.ino())
}

#[cfg(not(unix))]
fn identity(path: &Path, _: &std::fs::Metadata) -> Identity {
    Identity::Path(path.canonicalize().unwrap_or_else(|_| normalize(path)))
}

fn file_name(path: &Path) -> String {
    path.file_name()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned()
}

/// Where a path leads with all links followed; where nothing is, what its folder and its name say.
fn canonical(path: &Path) -> PathBuf {
    let missing = |_| {
        let folder = match path.parent() {
            Some(folder) if folder != Path::new("") => folder,
            _ => Path::new("."),
        };
        match (folder.canonicalize(), path.file_name()) {
            (Ok(folder), Some(name)) => folder.join(name),
            _ => normalize(&std::path::absolute(path).unwrap_or_else(|_| path.to_owned())),
        }
    };
    path.canonicalize().unwrap_or_else(missing)
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
