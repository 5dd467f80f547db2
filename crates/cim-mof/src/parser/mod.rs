//! Tokens to declarations: one function per production of DSP0004 annex A, with what DSP0221 and
//! Microsoft add to it.
//!
//! Parsing never fails: a mistake is reported and the parser goes on at the next feature or declaration,
//! so that every independent mistake of a file is found in one run. Words are not reserved: what one
//! means is decided by where it stands.

mod class;
mod declaration;
mod enumeration;
mod instance;
mod lookahead;
mod pragma;
mod qualifier;
mod qualifier_type;
mod recovery;
mod types;
mod value;

use rustc_hash::FxHashSet;

use crate::ast::{Declaration, Literal, Name, QualifierUse, Source, Spanned};
use crate::diagnostic::{Diagnostic, Report};
use crate::lexer::{Kind, Token, Tokens, tokenize};
use crate::name::{Key, Names, Spelling};
use crate::source::Span;

/// The parser gave up on the current production; the mistake is reported already.
struct Abandoned;
type Parse<T> = Result<T, Abandoned>;

/// What a file is parsed with.
pub(crate) struct Context<'c> {
    pub names: &'c mut Names,
    pub report: &'c mut Report,
    pub memory: &'c mut Memory,
    /// DSP0221 is understood.
    pub mof3: bool,
    /// Set if the source could not be read to its end: what seems to be missing may be there.
    pub is_cut: bool,
    /// What may be declared where the parser could not read.
    pub doubts: Doubts,
}

/// What may be declared where the parser could not read: to say that it is not declared would be a cascade.
#[derive(Debug, Default)]
pub(crate) struct Doubts {
    /// Words in headers that could not be read.
    names: FxHashSet<Key>,
    /// How many classes, qualifiers and aliases lack their names.
    pub classes: usize,
    pub qualifiers: usize,
    pub aliases: usize,
}

impl Doubts {
    pub(crate) fn is_named(&self, key: Key) -> bool {
        self.names.contains(&key)
    }

    pub(crate) fn add(&mut self, other: Self) {
        self.names.extend(other.names);
        self.classes += other.classes;
        self.qualifiers += other.qualifiers;
        self.aliases += other.aliases;
    }
}

/// Memory that is used again for every file.
#[derive(Debug, Default)]
pub(crate) struct Memory {
    tokens: Tokens,
    lists: Lists,
}

/// The lists that are being read, and the ones around them: kept in one place so that each list is
/// allocated once, in its size.
#[derive(Debug, Default)]
struct Lists {
    qualifiers: Vec<QualifierUse>,
    /// Elements of arrays.
    items: Vec<Spanned<Literal>>,
}

/// The declarations of a text, in its order.
pub(crate) fn parse(source: &Source, context: &mut Context<'_>) -> Vec<Declaration> {
    let Memory { tokens, lists } = &mut *context.memory;
    tokenize(
        &source.text,
        source.file,
        context.mof3,
        context.names,
        context.report,
        tokens,
    );
    let mut parser = Parser {
        source,
        tokens: &tokens.list,
        at: 0,
        names: &mut *context.names,
        report: &mut *context.report,
        mof3: context.mof3,
        troubles: &tokens.troubles,
        odd_lines: &tokens.odd_lines,
        stop: false,
        is_cut: tokens.is_cut,
        unclosed: false,
        is_partial: false,
        is_recovered: false,
        is_closed: false,
        is_headless: false,
        is_doubled: false,
        doubts: &mut context.doubts,
        nothing_at: None,
        inline: 0,
        locals: Vec::new(),
        enclosing: Vec::new(),
        lists,
    };
    let mut declarations = Vec::new();
    while parser.kind() != Kind::End && !parser.stop && !parser.report.is_full() {
        if parser.stray_end() {
            continue;
        }
        let before = parser.at;
        match parser.declaration() {
            Ok(declaration) => {
                declarations.append(&mut parser.locals);
                declarations.push(declaration);
            }
            Err(Abandoned) => parser.recover_from(before),
        }
    }
    parser.doubt_odd_lines();
    let is_cut = parser.is_cut || parser.stop;
    context.is_cut |= is_cut;
    declarations
}

struct Parser<'p> {
    source: &'p Source,
    tokens: &'p [Token],
    at: usize,
    names: &'p mut Names,
    report: &'p mut Report,
    mof3: bool,
    /// Where the lexer reported something that no token came of.
    troubles: &'p [u32],
    /// Lines with a string that does not end.
    odd_lines: &'p [(u32, u32)],
    /// The rest of the file is something else than MOF.
    stop: bool,
    /// The text ends in a comment that is never closed.
    is_cut: bool,
    /// A class was reported to lack its `}`, and no brace was found that may be it.
    unclosed: bool,
    /// A part of what is being read was left out because it is broken.
    is_partial: bool,
    /// The parser stands behind the mistake already.
    is_recovered: bool,
    /// The end of the broken instance was passed already.
    is_closed: bool,
    /// Qualifiers may have been skipped before what is read next.
    is_headless: bool,
    /// The `{` of the body stood twice.
    is_doubled: bool,
    doubts: &'p mut Doubts,
    /// Where nothing was found that begins a declaration, and then where that was given up.
    nothing_at: Option<usize>,
    /// How deep instances stand in instances.
    inline: u32,
    /// Structures and enumerations that the current declaration holds (DSP0221).
    locals: Vec<Declaration>,
    /// The paths of the classes around what is being read, outermost first.
    enclosing: Vec<Spelling>,
    lists: &'p mut Lists,
}

impl Parser<'_> {
    fn token(&self, ahead: usize) -> Token {
        self.tokens.get(self.at + ahead).copied().unwrap_or(Token {
            kind: Kind::End,
            start: 0,
            end: 0,
        })
    }

    fn kind(&self) -> Kind {
        self.token(0).kind
    }

    fn kind_at(&self, ahead: usize) -> Kind {
        self.token(ahead).kind
    }

    fn span_of(&self, token: Token) -> Span {
        Span {
            file: self.source.file,
            start: token.start,
            end: token.end,
        }
    }

    fn here(&self) -> Span {
        let at = self.at.min(self.tokens.len().saturating_sub(1));
        self.tokens
            .get(at)
            .map_or(Span::default(), |token| self.span_of(*token))
    }

    fn previous(&self) -> Span {
        let at = self
            .at
            .saturating_sub(1)
            .min(self.tokens.len().saturating_sub(1));
        self.tokens
            .get(at)
            .map_or(Span::default(), |token| self.span_of(*token))
    }

    fn text(&self, span: Span) -> &str {
        let range = span.start as usize..span.end as usize;
        self.source.text.get(range).unwrap_or("")
    }

    fn bump(&mut self) {
        if self.at + 1 < self.tokens.len() {
            self.at += 1;
        }
    }

    fn is(&self, c: u8) -> bool {
        self.kind() == Kind::Punctuation(c)
    }

    fn eat(&mut self, c: u8) -> bool {
        let found = self.is(c);
        if found {
            self.bump();
        }
        found
    }

    /// The key of the word that stands there.
    fn key_at(&self, ahead: usize) -> Option<Key> {
        match self.kind_at(ahead) {
            Kind::Word(id) => self.names.key(id),
            _ => None,
        }
    }

    fn is_word(&self, key: Key) -> bool {
        self.key_at(0) == Some(key)
    }

    fn is_any_word(&self, ahead: usize) -> bool {
        matches!(self.kind_at(ahead), Kind::Word(_))
    }

    fn eat_word(&mut self, key: Key) -> bool {
        let found = self.is_word(key);
        if found {
            self.bump();
        }
        found
    }

    /// How a message names the token that stands here.
    fn found(&self) -> String {
        match self.kind() {
            Kind::End => "the end of the file".to_owned(),
            Kind::String { .. } => "a string".to_owned(),
            Kind::Char => "a character".to_owned(),
            _ => {
                let text = self.text(self.here());
                let short: String = text.chars().take(40).collect();
                format!("`{short}`")
            }
        }
    }

    fn expected<T>(&mut self, what: &str) -> Parse<T> {
        self.expected_with(
            what,
            format!("write {what} here, or remove what stands here"),
        )
    }

    fn expected_with<T>(&mut self, what: &str, help: String) -> Parse<T> {
        let message = format!("expected {what}, found {}", self.found());
        let diagnostic = Diagnostic::error("E0101", self.here(), message)
            .label(format!("expected {what}"))
            .help(help);
        self.syntax_error(diagnostic);
        Err(Abandoned)
    }

    /// Reports a syntax error; at an end that no end of the source is, nothing is known to be wrong, and
    /// where the lexer stumbled it has been told what.
    fn syntax_error(&mut self, diagnostic: Diagnostic) {
        if self.is_odd(diagnostic.span()) {
            self.is_partial = true;
        } else if !(self.is_cut && self.kind() == Kind::End || self.is_troubled()) {
            self.report.push(diagnostic);
        }
    }

    /// Whether a quote is missing in the line of a place: what is text and what is not is unknown there.
    fn is_odd(&self, span: Span) -> bool {
        let behind = self
            .odd_lines
            .partition_point(|(start, _)| *start <= span.start);
        let line = behind.checked_sub(1).and_then(|at| self.odd_lines.get(at));
        line.is_some_and(|(_, end)| span.start <= *end)
    }

    /// Whether the lexer reported something between the beginnings of the last token and of this one.
    fn is_troubled(&self) -> bool {
        let (from, to) = (self.previous().start, self.here().start);
        let next = self.troubles.partition_point(|at| *at < from);
        self.troubles.get(next).is_some_and(|at| *at < to)
    }

    /// Reports that one sign stands where another is meant, and skips it.
    fn instead(&mut self, meant: char) {
        let span = self.here();
        let message = format!("expected `{meant}`, found {}", self.found());
        let diagnostic = Diagnostic::error("E0101", span, message)
            .label(format!("expected `{meant}`"))
            .help(format!("write `{meant}` here"))
            .fix(span, meant.to_string());
        self.syntax_error(diagnostic);
        self.bump();
    }

    /// Reports that a sign is missing; it belongs behind the last token, not before the next line's first.
    fn missing(&mut self, c: u8) {
        let c = char::from(c);
        let message = format!("expected `{c}`, found {}", self.found());
        let span = self.previous();
        let behind = Span {
            start: span.end,
            ..span
        };
        // `"a "quoted" word"`
        let is_quoted = matches!(self.kind(), Kind::Word(_))
            && self.here().start == span.end
            && self.text(span).ends_with('"');
        let diagnostic =
            Diagnostic::error("E0101", span, message).label(format!("expected `{c}` after this"));
        self.syntax_error(if is_quoted {
            diagnostic.help("write `\\\"` for a quote within a string")
        } else {
            diagnostic
                .help(format!("write `{c}` there"))
                .fix(behind, c.to_string())
        });
    }

    fn expect(&mut self, c: u8) -> Parse<()> {
        if self.eat(c) {
            return Ok(());
        }
        self.missing(c);
        Err(Abandoned)
    }

    /// The name of a type that is declared here: within a class it is `Class.Name`.
    fn declared_name(&mut self, what: &str) -> Parse<Name> {
        let name = match self.name(what) {
            Ok(name) => name,
            Err(abandoned) => {
                self.doubts.classes += 1;
                return Err(abandoned);
            }
        };
        Ok(match self.enclosing.last() {
            None => name,
            Some(around) => {
                let path = format!("{around}.{}", name.text);
                self.names.make(&path, name.span)
            }
        })
    }

    fn name(&mut self, what: &str) -> Parse<Name> {
        if let Kind::Word(id) = self.kind()
            && let Some(name) = self.names.name(id, self.here())
        {
            self.bump();
            return Ok(name);
        }
        self.expected(what)
    }
}
