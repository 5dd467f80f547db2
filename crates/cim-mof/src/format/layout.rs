//! Tokens to a document: which of them belong together.

use super::document::Piece;
use crate::lexer::{Kind, Token, Tokens};
use crate::name::{self, Key, Names};

const INDENT: usize = 4;

/// The document of a text without syntax errors.
pub(super) fn layout<'a>(text: &'a str, tokens: &'a Tokens, names: &'a Names) -> Vec<Piece<'a>> {
    let mut layout = Layout {
        text,
        tokens: &tokens.list,
        comments: &tokens.comments,
        names,
        at: 0,
        comment: 0,
        end: 0,
    };
    let mut out = Vec::new();
    layout.declarations(&mut out);
    out
}

struct Layout<'a> {
    text: &'a str,
    tokens: &'a [Token],
    comments: &'a [(u32, u32)],
    names: &'a Names,
    at: usize,
    /// The next comment.
    comment: usize,
    /// Where the last token or comment ended.
    end: usize,
}

impl<'a> Layout<'a> {
    fn kind(&self) -> Kind {
        self.kind_at(0)
    }

    fn kind_at(&self, ahead: usize) -> Kind {
        self.tokens
            .get(self.at + ahead)
            .map_or(Kind::End, |t| t.kind)
    }

    fn is(&self, c: u8) -> bool {
        self.kind() == Kind::Punctuation(c)
    }

    fn key_at(&self, ahead: usize) -> Option<Key> {
        match self.kind_at(ahead) {
            Kind::Word(id) => self.names.key(id),
            _ => None,
        }
    }

    fn slice(&self, from: usize, to: usize) -> &'a str {
        self.text.get(from..to).unwrap_or("")
    }

    /// How many line ends stand in the source before a place.
    fn lines_before(&self, start: usize) -> usize {
        let gap = self.slice(self.end, start);
        gap.matches(['\n', '\r']).count() - gap.matches("\r\n").count()
    }

    /// The comments before the next token.
    fn comments(&mut self, out: &mut Vec<Piece<'a>>) {
        let before = self.tokens.get(self.at).map_or(u32::MAX, |t| t.start);
        while let Some((start, end)) = self.comments.get(self.comment).copied() {
            if start >= before {
                return;
            }
            self.comment += 1;
            let (start, end) = (start as usize, end as usize);
            let lines = self.lines_before(start);
            if lines > 1 && self.end > 0 {
                out.push(Piece::Blank);
            }
            let text = self.slice(start, end).trim_end();
            let next = self
                .tokens
                .get(self.at)
                .map_or(self.text.len(), |t| t.start as usize);
            let follows = self.slice(end, next);
            out.push(Piece::Comment {
                text,
                trails: lines == 0 && self.end > 0,
                ends_line: text.starts_with("//")
                    || text.contains('\n')
                    || follows.contains(['\n', '\r']),
            });
            self.end = end;
            // An empty line behind the comments stays, too.
            let is_last = self
                .comments
                .get(self.comment)
                .is_none_or(|c| c.0 >= before);
            if is_last && next < self.text.len() && self.lines_before(next) > 1 {
                out.push(Piece::Blank);
            }
        }
    }

    /// The next token as it is.
    fn token(&mut self, out: &mut Vec<Piece<'a>>) {
        self.comments(out);
        let Some(token) = self.tokens.get(self.at) else {
            return;
        };
        let (start, end) = (token.start as usize, token.end as usize);
        if token.kind == Kind::End {
            return;
        }
        self.at += 1;
        self.end = end;
        out.push(Piece::Text(self.slice(start, end)));
    }

    /// An empty line where the source has one.
    fn gap(&self, out: &mut Vec<Piece<'a>>) {
        let next_comment = self.comments.get(self.comment).map_or(u32::MAX, |c| c.0);
        let next = self
            .tokens
            .get(self.at)
            .map_or(u32::MAX, |t| t.start)
            .min(next_comment);
        let start = (next as usize).min(self.text.len());
        if self.end > 0 && self.lines_before(start) > 1 {
            out.push(Piece::Blank);
        }
    }

    fn declarations(&mut self, out: &mut Vec<Piece<'a>>) {
        while self.kind() != Kind::End {
            let before = self.at;
            self.gap(out);
            self.declaration(out);
            out.push(Piece::Hard);
            if self.at == before {
                self.token(out);
            }
        }
        self.gap(out);
        self.comments(out);
    }

    fn declaration(&mut self, out: &mut Vec<Piece<'a>>) {
        // What stands before it, or behind the last one, is no part of it.
        self.comments(out);
        if self.is(b'#') {
            return self.pragma(out);
        }
        if self.is(b'[') {
            self.qualifiers(out);
            out.push(Piece::Hard);
        }
        match self.key_at(0) {
            Some(name::QUALIFIER) => self.qualifier_declaration(out),
            Some(name::ENUMERATION) => self.enumeration(out),
            _ => {
                self.header(out);
                self.body(out);
                self.end_of(out);
                out.push(Piece::Blank);
            }
        }
    }

    fn end_of(&mut self, out: &mut Vec<Piece<'a>>) {
        if self.is(b';') {
            self.token(out);
        }
    }

    fn pragma(&mut self, out: &mut Vec<Piece<'a>>) {
        self.token(out);
        self.token(out);
        // `#include (...)` has no name of its own.
        if matches!(self.kind(), Kind::Word(_)) {
            out.push(Piece::Space);
            self.token(out);
        }
        if self.is(b'(') {
            out.push(Piece::Space);
            self.token(out);
            while !self.is(b')') && self.kind() != Kind::End {
                let is_comma = self.is(b',');
                self.token(out);
                if is_comma || matches!(self.kind(), Kind::String { .. }) {
                    out.push(Piece::Space);
                }
            }
            self.token(out);
        }
        self.end_of(out);
    }

    /// Words up to the body.
    fn header(&mut self, out: &mut Vec<Piece<'a>>) {
        let mut is_first = true;
        while !self.is(b'{') && !self.is(b';') && !self.is(b'}') && self.kind() != Kind::End {
            if !is_first {
                out.push(Piece::Space);
            }
            self.token(out);
            is_first = false;
        }
        out.push(Piece::Space);
    }

    /// `{ ... }` of a class or instance.
    fn body(&mut self, out: &mut Vec<Piece<'a>>) {
        if !self.is(b'{') {
            return;
        }
        self.token(out);
        let mut inner = vec![Piece::Hard];
        let mut is_first = true;
        while !self.is(b'}') && self.kind() != Kind::End {
            let before = self.at;
            if !is_first {
                self.gap(&mut inner);
            }
            is_first = false;
            self.feature(&mut inner);
            inner.push(Piece::Hard);
            if self.at == before {
                self.token(&mut inner);
            }
        }
        self.comments(&mut inner);
        out.push(Piece::Group(INDENT, inner));
        out.push(Piece::Hard);
        self.token(out);
    }

    fn feature(&mut self, out: &mut Vec<Piece<'a>>) {
        if self.is(b'[') {
            self.qualifiers(out);
            out.push(Piece::Hard);
        }
        let is_local = matches!(self.key_at(0), Some(name::STRUCTURE | name::ENUMERATION))
            && matches!(self.kind_at(2), Kind::Punctuation(b'{' | b':'));
        if is_local {
            return self.declaration(out);
        }
        let mut is_first = true;
        while !self.is(b';') && !self.is(b'}') && self.kind() != Kind::End {
            match self.kind() {
                Kind::Punctuation(b'(') => {
                    self.parameters(out);
                    continue;
                }
                Kind::Punctuation(b'[') => {
                    self.brackets(out);
                    continue;
                }
                Kind::Punctuation(b'=') => {
                    out.push(Piece::Space);
                    self.token(out);
                    out.push(Piece::Space);
                    self.value(out);
                    continue;
                }
                _ if !is_first => out.push(Piece::Space),
                _ => {}
            }
            self.token(out);
            is_first = false;
        }
        self.end_of(out);
    }

    /// `[]` or `[4]`
    fn brackets(&mut self, out: &mut Vec<Piece<'a>>) {
        while !self.is(b']') && self.kind() != Kind::End {
            self.token(out);
        }
        self.token(out);
    }

    fn parameters(&mut self, out: &mut Vec<Piece<'a>>) {
        self.token(out);
        let mut inner = vec![Piece::Soft];
        let mut is_first = true;
        while !self.is(b')') && self.kind() != Kind::End {
            match self.kind() {
                Kind::Punctuation(b',') => {
                    self.token(&mut inner);
                    inner.push(Piece::Line);
                    is_first = true;
                    continue;
                }
                Kind::Punctuation(b'[') if is_first => {
                    self.qualifiers(&mut inner);
                    inner.push(Piece::Space);
                    continue;
                }
                Kind::Punctuation(b'[') => {
                    self.brackets(&mut inner);
                    continue;
                }
                Kind::Punctuation(b'=') => {
                    inner.push(Piece::Space);
                    self.token(&mut inner);
                    inner.push(Piece::Space);
                    self.value(&mut inner);
                    continue;
                }
                _ if !is_first => inner.push(Piece::Space),
                _ => {}
            }
            self.token(&mut inner);
            is_first = false;
        }
        let mut group = vec![Piece::Group(INDENT, inner)];
        self.comments(&mut group);
        self.token(&mut group);
        // The parameters are broken together; the closing one stays with the last.
        out.push(Piece::Group(0, group));
    }

    /// `[ ... ]` of a feature.
    fn qualifiers(&mut self, out: &mut Vec<Piece<'a>>) {
        let mut group = Vec::new();
        self.token(&mut group);
        let mut inner = Vec::new();
        while !self.is(b']') && self.kind() != Kind::End {
            match self.kind() {
                Kind::Punctuation(b',') => {
                    self.token(&mut inner);
                    inner.push(Piece::Line);
                }
                Kind::Punctuation(b'(') => {
                    let mut value = Vec::new();
                    self.token(&mut value);
                    value.push(Piece::Soft);
                    self.value(&mut value);
                    self.comments(&mut value);
                    inner.push(Piece::Group(INDENT, value));
                    self.token(&mut inner);
                }
                Kind::Punctuation(b'{') => {
                    inner.push(Piece::Space);
                    self.value(&mut inner);
                }
                Kind::Punctuation(b':') => {
                    inner.push(Piece::Space);
                    self.token(&mut inner);
                    while matches!(self.kind(), Kind::Word(_)) {
                        inner.push(Piece::Space);
                        self.token(&mut inner);
                    }
                }
                _ => {
                    let before = self.at;
                    self.token(&mut inner);
                    if self.at == before {
                        break;
                    }
                }
            }
        }
        self.comments(&mut inner);
        // Below the first qualifier, not below the bracket.
        group.push(Piece::Group(1, inner));
        self.token(&mut group);
        out.push(Piece::Group(0, group));
    }

    /// A value: a literal, several strings, an array, an instance.
    fn value(&mut self, out: &mut Vec<Piece<'a>>) {
        match self.kind() {
            Kind::Punctuation(b'{') => self.array(out),
            Kind::String { .. } => {
                let mut inner = Vec::new();
                self.token(&mut inner);
                while matches!(self.kind(), Kind::String { .. }) {
                    inner.push(Piece::Line);
                    self.token(&mut inner);
                }
                out.push(Piece::Group(0, inner));
            }
            Kind::Word(_)
                if matches!(self.key_at(0), Some(name::INSTANCE | name::VALUE))
                    && self.key_at(1) == Some(name::OF) =>
            {
                self.header(out);
                self.body(out);
                // A semicolon behind an inner instance is dropped by nobody: it stays.
            }
            _ => {
                self.token(out);
                while self.is(b'.') {
                    self.token(out);
                    self.token(out);
                }
            }
        }
    }

    fn array(&mut self, out: &mut Vec<Piece<'a>>) {
        let mut group = Vec::new();
        self.token(&mut group);
        let mut inner = Vec::new();
        if !self.is(b'}') {
            inner.push(Piece::Line);
        }
        while !self.is(b'}') && self.kind() != Kind::End {
            let before = self.at;
            if self.is(b',') {
                self.token(&mut inner);
                if !self.is(b'}') {
                    inner.push(Piece::Line);
                }
            } else {
                self.value(&mut inner);
            }
            if self.at == before {
                break;
            }
        }
        self.comments(&mut inner);
        let has_items = !inner.is_empty();
        group.push(Piece::Group(INDENT, inner));
        if has_items {
            group.push(Piece::Line);
        }
        self.token(&mut group);
        out.push(Piece::Group(0, group));
    }

    fn enumeration(&mut self, out: &mut Vec<Piece<'a>>) {
        self.header(out);
        if self.is(b'{') {
            self.token(out);
            let mut inner = vec![Piece::Hard];
            while !self.is(b'}') && self.kind() != Kind::End {
                let before = self.at;
                match self.kind() {
                    Kind::Punctuation(b'[') => {
                        self.qualifiers(&mut inner);
                        inner.push(Piece::Space);
                    }
                    Kind::Punctuation(b',') => {
                        self.token(&mut inner);
                        inner.push(Piece::Hard);
                    }
                    Kind::Punctuation(b'=') => {
                        inner.push(Piece::Space);
                        self.token(&mut inner);
                        inner.push(Piece::Space);
                        self.value(&mut inner);
                    }
                    _ => self.token(&mut inner),
                }
                if self.at == before {
                    break;
                }
            }
            self.comments(&mut inner);
            out.push(Piece::Group(INDENT, inner));
            out.push(Piece::Hard);
            self.token(out);
        }
        self.end_of(out);
        out.push(Piece::Blank);
    }

    fn qualifier_declaration(&mut self, out: &mut Vec<Piece<'a>>) {
        let mut inner = Vec::new();
        let mut is_first = true;
        let mut depth = 0usize;
        while !self.is(b';') && self.kind() != Kind::End {
            match self.kind() {
                Kind::Punctuation(b',') if depth == 0 => {
                    self.token(&mut inner);
                    inner.push(Piece::Line);
                    is_first = true;
                }
                Kind::Punctuation(b',') => {
                    self.token(&mut inner);
                    inner.push(Piece::Space);
                    is_first = true;
                }
                Kind::Punctuation(b'(') => {
                    depth += 1;
                    self.token(&mut inner);
                    is_first = true;
                }
                Kind::Punctuation(b')') => {
                    depth = depth.saturating_sub(1);
                    self.token(&mut inner);
                    is_first = false;
                }
                Kind::Punctuation(b'[') => self.brackets(&mut inner),
                Kind::Punctuation(b'=') => {
                    inner.push(Piece::Space);
                    self.token(&mut inner);
                    inner.push(Piece::Space);
                    self.value(&mut inner);
                }
                _ => {
                    if !is_first {
                        inner.push(Piece::Space);
                    }
                    self.token(&mut inner);
                    is_first = false;
                }
            }
        }
        out.push(Piece::Group(INDENT, inner));
        self.end_of(out);
    }
}
