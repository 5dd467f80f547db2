//! The whole compilation: what it is given, and what it found.

use std::path::PathBuf;
use std::sync::Arc;

use cim_core::{ClassDescriptor, Schema};
use rustc_hash::FxHashMap;

use crate::ast::{Class, Enumeration, Instance, Namespace, QualifierDeclaration, Source};
use crate::codes::usual_cure;
use crate::diagnostic::{Diagnostic, Report, Severity};
use crate::instance::{Declared, InstanceFault};
use crate::lint::Levels;
use crate::loader::Loader;
use crate::name::{Key, Name, Names};
use crate::parser::{self, Context, Doubts, Memory};
use crate::render::render;
use crate::source::{SourceMap, Span};
use crate::{check, doc, dump, instance, lower, machine, print, tree};

/// Bounds and choices of a compilation.
#[derive(Debug, Clone)]
pub struct Options {
    /// What becomes of each deviation from the standard: a dialect, and changes to it.
    pub levels: Levels,
    /// DSP0221 (MOF 3): structures, enumerations, values.
    pub mof3: bool,
    /// Includes may not leave this folder; `None` lets them go anywhere.
    pub root: Option<PathBuf>,
    /// Where included files are looked for that are not beside the file that includes them.
    pub search: Vec<PathBuf>,
    /// The largest file, in bytes.
    pub max_file_bytes: u64,
    /// The most files.
    pub max_files: usize,
    /// The most errors; then the compilation stops.
    pub max_errors: usize,
    /// Called with the number of files read so far.
    pub progress: Option<fn(usize)>,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            levels: Levels::default(),
            mof3: false,
            root: None,
            search: Vec::new(),
            max_file_bytes: 256 << 20,
            max_files: 20_000,
            max_errors: 1_000,
            progress: None,
        }
    }
}

/// What a compilation found.
#[derive(Debug, Default)]
pub struct Compilation {
    pub(crate) sources: SourceMap,
    pub(crate) diagnostics: Vec<Diagnostic>,
    pub(crate) names: Names,
    /// Read as DSP0221.
    pub(crate) mof3: bool,
    /// A file or the end of one could not be read: what seems to be missing may be there.
    pub(crate) is_cut: bool,
    /// What may be declared where the parser could not read.
    pub(crate) doubts: Doubts,
    pub(crate) qualifiers: Vec<QualifierDeclaration>,
    /// The standard qualifiers, for sources that use but do not declare them; and those that Microsoft's
    /// dialect infers.
    pub(crate) builtins: Vec<QualifierDeclaration>,
    pub(crate) classes: Vec<Class>,
    pub(crate) enumerations: Vec<Enumeration>,
    pub(crate) instances: Vec<Instance>,
    /// By number, as `#pragma namespace` has them.
    pub(crate) namespaces: Vec<String>,
    pub(crate) class_index: FxHashMap<(Namespace, Key), u32>,
    pub(crate) enumeration_index: FxHashMap<(Namespace, Key), u32>,
    /// From the end of `qualifiers` on: `builtins`.
    pub(crate) qualifier_index: FxHashMap<Key, u32>,
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

    fn count(&self, severity: Severity) -> usize {
        self.diagnostics
            .iter()
            .filter(|d| d.severity == severity)
            .count()
    }

    /// How many of the mistakes are errors.
    pub fn error_count(&self) -> usize {
        self.count(Severity::Error)
    }

    /// How many of the mistakes are warnings.
    pub fn warning_count(&self) -> usize {
        self.count(Severity::Warning)
    }

    /// How many classes were declared.
    pub fn class_count(&self) -> usize {
        self.classes.len()
    }

    /// How many instances the files declare, those within others left aside.
    pub fn instance_count(&self) -> usize {
        self.instances.len()
    }

    /// The diagnostics as rustc prints its own.
    pub fn render(&self, styled: bool) -> String {
        render(&self.diagnostics, &self.sources, styled)
    }

    /// The diagnostics as a JSON array.
    pub fn diagnostics_json(&self) -> serde_json::Value {
        machine::json(&self.diagnostics, &self.sources)
    }

    /// The diagnostics as a SARIF 2.1.0 log.
    pub fn diagnostics_sarif(&self) -> serde_json::Value {
        machine::sarif(&self.diagnostics, &self.sources)
    }

    /// Qualifier types and classes as declared, as JSON; with `flatten` also inherited features, each
    /// marked `"propagated": true`.
    pub fn dump(&self, flatten: bool) -> serde_json::Value {
        dump::dump(self, flatten)
    }

    /// [`Self::dump`], written as it is made.
    ///
    /// # Errors
    /// Those of the writer.
    pub fn write_dump(&self, flatten: bool, out: impl std::io::Write) -> std::io::Result<()> {
        dump::write(self, flatten, out)
    }

    /// Everything that was declared, as MOF of one file in the order of the sources.
    pub fn print(&self) -> String {
        print::print(self)
    }

    /// The classes as a tree by inheritance, from a class or from all that have no superclass; `None` if
    /// there is no such class.
    pub fn tree(&self, class: Option<&str>) -> Option<String> {
        tree::tree(self, class)
    }

    /// The class whose name is most like that one.
    pub fn nearest_class(&self, name: &str) -> Option<&str> {
        check::nearest_class(name, self.classes.iter().map(|c| &*c.name.text))
    }

    /// A reference of the schema as HTML pages with a search: called with the name and the text of each
    /// file.
    ///
    /// # Errors
    /// Those of the callback, which end it.
    pub fn doc(
        &self,
        title: &str,
        write: &mut dyn FnMut(&str, &str) -> std::io::Result<()>,
    ) -> std::io::Result<()> {
        doc::doc(self, title, write)
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

    /// The declared instances, laid out by the classes of a schema, in the order of the sources.
    ///
    /// # Errors
    /// The first instance that is none of this schema: what the checker could not know.
    pub fn instances(&self, schema: &Schema) -> Result<Vec<Declared>, InstanceFault> {
        instance::instances(self, schema)
    }

    /// A place as `file:line:column`, for messages about something that was compiled.
    pub fn place(&self, span: Span) -> String {
        match self.sources.locate(span) {
            Some((path, line, column)) => format!("{}:{line}:{column}", path.display()),
            None => String::new(),
        }
    }

    /// The class of that name, seen from a namespace.
    pub(crate) fn class(&self, namespace: Namespace, key: Key) -> Option<&Class> {
        let at = *self.class_index.get(&(namespace, key))?;
        self.classes.get(at as usize)
    }

    /// The class that a text names, in any case.
    pub(crate) fn class_named(&self, namespace: Namespace, name: &str) -> Option<&Class> {
        self.class(namespace, self.names.find(name)?)
    }

    pub(crate) fn enumeration(&self, namespace: Namespace, key: Key) -> Option<&Enumeration> {
        let at = *self.enumeration_index.get(&(namespace, key))?;
        self.enumerations.get(at as usize)
    }

    pub(crate) fn qualifier(&self, key: Key) -> Option<&QualifierDeclaration> {
        let at = *self.qualifier_index.get(&key)? as usize;
        match at.checked_sub(self.qualifiers.len()) {
            None => self.qualifiers.get(at),
            Some(at) => self.builtins.get(at),
        }
    }

    /// The declared superclass of a class.
    pub(crate) fn parent(&self, class: &Class) -> Option<&Class> {
        let parent = self.class(class.namespace, class.superclass.as_ref()?.key)?;
        (!std::ptr::eq(parent, class)).then_some(parent)
    }

    /// The superclasses of a class, nearest first; ends at an unknown one, at a circle and at
    /// [`MAX_ANCESTORS`].
    pub(crate) fn ancestors<'a>(
        &'a self,
        class: &'a Class,
    ) -> impl Iterator<Item = &'a Class> + Clone {
        std::iter::successors(self.parent(class), |c| self.parent(c))
            .take_while(move |c| !std::ptr::eq(*c, class))
            .take(MAX_ANCESTORS)
    }

    /// Whether a class is another one or derives from it.
    pub(crate) fn is_or_derives(&self, class: &Class, other: &Name) -> bool {
        class.name.key == other.key || self.ancestors(class).any(|c| c.name.key == other.key)
    }
}

/// Compiles files with everything that they include.
pub fn compile(files: &[PathBuf], options: &Options) -> Compilation {
    let mut loader = Loader::new(options);
    for file in files {
        loader.load(file, None);
    }
    let (compilation, report) = loader.finish();
    finish(compilation, report)
}

/// Compiles one text; `name` stands for it in diagnostics, and what it includes is looked for beside it.
pub fn compile_text(name: &str, text: &str) -> Compilation {
    compile_text_with(name, text, &Options::default())
}

/// [`compile_text`] with options.
pub fn compile_text_with(name: &str, text: &str, options: &Options) -> Compilation {
    let mut loader = Loader::new(options);
    loader.text(std::path::Path::new(name), text);
    let (compilation, report) = loader.finish();
    finish(compilation, report)
}

/// A text with its syntax errors only.
pub(crate) fn parse_only(path: &std::path::Path, text: &str, options: &Options) -> Compilation {
    let mut loader = Loader::new(options);
    loader.text(path, text);
    let (mut compilation, report) = loader.finish();
    compilation.diagnostics = report.into_found();
    compilation
}

fn finish(mut compilation: Compilation, mut report: Report) -> Compilation {
    builtins(&mut compilation);
    check::check(&mut compilation, &mut report);
    if report.is_full() && !report.has("E0107") {
        let dropped = report.dropped();
        let message = format!("too many errors: {dropped} more were found");
        report.push_always(
            Diagnostic::error("E0107", Span::default(), message).help("mend the ones above first"),
        );
    }
    let mut diagnostics = report.into_found();
    for diagnostic in &mut diagnostics {
        if diagnostic.help.is_none() {
            diagnostic.help = usual_cure(diagnostic.code).map(str::to_owned);
        }
    }
    diagnostics.sort_by_key(|d| (d.code == "E0107", d.span().file, d.span().start));
    compilation.diagnostics = diagnostics;
    compilation
}

/// The standard qualifiers, from the same file that the model includes.
fn builtins(compilation: &mut Compilation) {
    const TEXT: &str = include_str!("../../../mof/qualifiers.mof");
    let source = Source {
        // No place of it is ever shown.
        file: u32::MAX,
        text: Arc::new(TEXT.to_owned()),
    };
    let mut report = Report::default();
    let mut memory = Memory::default();
    let mut context = Context {
        names: &mut compilation.names,
        report: &mut report,
        memory: &mut memory,
        mof3: false,
        is_cut: false,
        doubts: Doubts::default(),
    };
    let mut declarations = parser::parse(&source, &mut context);
    if compilation.mof3 {
        let source = Source {
            file: u32::MAX,
            text: Arc::new(MOF3_QUALIFIERS.to_owned()),
        };
        let mut context = Context {
            names: &mut compilation.names,
            report: &mut report,
            memory: &mut memory,
            mof3: true,
            is_cut: false,
            doubts: Doubts::default(),
        };
        declarations.extend(parser::parse(&source, &mut context));
    }
    for declaration in declarations {
        if let crate::ast::Declaration::Qualifier(qualifier) = declaration {
            compilation.builtins.push(qualifier);
        }
    }
}

/// Qualifiers that DSP0221 and DSP0004 3.0 add. The enumeration of AggregationKind is not declared, so
/// that any of its literals passes.
const MOF3_QUALIFIERS: &str = "\
Qualifier AggregationKind : CIM_AggregationKind = None Scope(reference) Policy(disableoverride);
Qualifier OCL : string[] Scope(any) Policy(enableoverride);
Qualifier PackagePath : string Scope(any) Policy(enableoverride);
";

/// Superclasses above a class: more than any schema has.
pub(crate) const MAX_ANCESTORS: usize = 256;
