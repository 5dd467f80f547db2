//! The one reader: quick-xml cuts the text into tokens, this makes a checked document of them.
//!
//! A tokeniser accepts much that is no XML (an unclosed root, two roots, undeclared prefixes, control
//! characters, undefined entities) and some XML that no client needs (DOCTYPE, processing
//! instructions). The reader refuses all of it, bounds everything, resolves namespaces, and joins the
//! pieces of a text.

use std::borrow::Cow;
use std::sync::Arc;

use quick_xml::events::Event as Token;

use crate::attributes::{RawAttributes, normalise, resolve_reference};
use crate::chars::{find_illegal, is_blank, split_qname};
use crate::element::{Attribute, Element, Name, Uri};
use crate::{Limits, RawElement, XmlError, XmlErrorKind, ns};

/// What a document consists of, seen by a protocol.
#[derive(Debug, Clone)]
pub enum Event<'a> {
    /// A start tag, or the start of an empty element.
    Start(Element<'a>),
    /// The end of the innermost open element.
    End,
    /// All text up to the next tag: references resolved, CDATA included, comments left out.
    Text(Cow<'a, str>),
    /// The end of the document.
    Eof,
}

struct Binding<'a> {
    prefix: &'a str,
    uri: Uri<'a>,
}

struct Open {
    /// How many bindings were in scope outside.
    bindings: usize,
}

/// What [`Reader::content`] found.
#[derive(Debug, Clone)]
pub enum Content<'a> {
    /// Only text; the element has been read to its end.
    Text(Cow<'a, str>),
    /// A first child, which is now the innermost open element.
    Child(Element<'a>),
}

/// A pull reader over one document.
///
/// Two ways to use it: [`Reader::next`] for every event, or, shorter, [`Reader::root`],
/// [`Reader::child`] and one of [`Reader::text`], [`Reader::skip`], [`Reader::raw`] or a loop over
/// `child` for each element, then [`Reader::finish`].
pub struct Reader<'a> {
    text: &'a str,
    tokens: quick_xml::Reader<&'a [u8]>,
    limits: Limits,
    bindings: Vec<Binding<'a>>,
    open: Vec<Open>,
    /// The end of an empty element is still to be told.
    pending_end: bool,
    /// A token that ended a text.
    held: Option<Held<'a>>,
    peeked: Option<Event<'a>>,
    /// The offset behind the last token told.
    position: usize,
    seen_root: bool,
}

struct Held<'a> {
    token: Token<'a>,
    start: usize,
    end: usize,
}

impl<'a> Reader<'a> {
    /// A reader of the whole text, which must be one document.
    ///
    /// # Errors
    /// A document that is too large, or that contains a character that XML does not allow.
    pub fn new(text: &'a str, limits: &Limits) -> Result<Self, XmlError> {
        if text.len() > limits.document_bytes {
            let kind = XmlErrorKind::Limit {
                what: "bytes in the document",
                limit: limits.document_bytes,
            };
            return Err(XmlError::new(kind, "", 0));
        }
        if let Some((at, c)) = find_illegal(text) {
            return Err(XmlError::new(
                XmlErrorKind::IllegalCharacter(c.into()),
                text,
                at,
            ));
        }
        let mut tokens = quick_xml::Reader::from_str(text);
        tokens.config_mut().check_comments = true;
        Ok(Self {
            text,
            tokens,
            limits: limits.clone(),
            bindings: Vec::with_capacity(16),
            open: Vec::with_capacity(8),
            pending_end: false,
            held: None,
            peeked: None,
            position: 0,
            seen_root: false,
        })
    }

    /// The next event. After `Eof` it stays `Eof`.
    ///
    /// # Errors
    /// Anything that is not well-formed, forbidden, or beyond a bound.
    #[allow(
        clippy::should_implement_trait,
        reason = "an iterator of results ends at errors"
    )]
    pub fn next(&mut self) -> Result<Event<'a>, XmlError> {
        match self.peeked.take() {
            Some(event) => Ok(event),
            None => self.advance(),
        }
    }

    /// The next event, which stays the next one. An end that was looked at has already left the scope
    /// of its element: resolve prefixes before.
    ///
    /// # Errors
    /// As [`Reader::next`].
    pub fn peek(&mut self) -> Result<&Event<'a>, XmlError> {
        let event = match self.peeked.take() {
            Some(event) => event,
            None => self.advance()?,
        };
        Ok(self.peeked.insert(event))
    }

    /// The document element.
    ///
    /// # Errors
    /// As [`Reader::next`].
    pub fn root(&mut self) -> Result<Element<'a>, XmlError> {
        match self.next()? {
            Event::Start(element) => Ok(element),
            _ => Err(self.broken(self.position, "the document element is missing")),
        }
    }

    /// The next child of the innermost open element, or `None` when that element has ended. The
    /// child is then the innermost open element: read it to its end before asking for the next.
    ///
    /// # Errors
    /// As [`Reader::next`]; also text other than white space between the children.
    pub fn child(&mut self) -> Result<Option<Element<'a>>, XmlError> {
        loop {
            match self.next()? {
                Event::Start(element) => return Ok(Some(element)),
                Event::End | Event::Eof => return Ok(None),
                Event::Text(text) if is_blank(&text) => {}
                Event::Text(text) => {
                    let shown: String = text.trim().chars().take(40).collect();
                    return Err(self.unexpected(format!(
                        "An element is expected here, not the text `{shown}`"
                    )));
                }
            }
        }
    }

    /// The text of the innermost open element, up to its end.
    ///
    /// # Errors
    /// As [`Reader::next`]; also a child element.
    pub fn text(&mut self) -> Result<Cow<'a, str>, XmlError> {
        let mut text = Cow::Borrowed("");
        loop {
            match self.next()? {
                Event::Text(piece) => text = piece,
                Event::End | Event::Eof => return Ok(text),
                Event::Start(child) => {
                    return Err(self.error_at(
                        child.start,
                        XmlErrorKind::Unexpected(format!(
                            "Text is expected here, not the element <{}>",
                            child.local()
                        )),
                    ));
                }
            }
        }
    }

    /// [`Reader::text`] without white space around it: for URIs, numbers, names, durations.
    ///
    /// # Errors
    /// As [`Reader::text`].
    pub fn trimmed_text(&mut self) -> Result<Cow<'a, str>, XmlError> {
        const SPACE: [char; 4] = [' ', '\t', '\r', '\n'];
        Ok(match self.text()? {
            Cow::Borrowed(text) => Cow::Borrowed(text.trim_matches(SPACE)),
            Cow::Owned(text) => {
                let trimmed = text.trim_matches(SPACE);
                if trimmed.len() == text.len() {
                    Cow::Owned(text)
                } else {
                    Cow::Owned(trimmed.to_owned())
                }
            }
        })
    }

    /// The content of the innermost open element where both text and child elements are legal: either
    /// its whole text, or its first child.
    ///
    /// # Errors
    /// As [`Reader::next`]; also text other than white space before the child.
    pub fn content(&mut self) -> Result<Content<'a>, XmlError> {
        let mut text = Cow::Borrowed("");
        loop {
            match self.next()? {
                Event::Text(piece) => text = piece,
                Event::End | Event::Eof => return Ok(Content::Text(text)),
                Event::Start(child) if is_blank(&text) => return Ok(Content::Child(child)),
                Event::Start(child) => {
                    let local = child.local();
                    return Err(self.error_at(
                        child.start,
                        XmlErrorKind::Unexpected(format!("The element <{local}> stands in text")),
                    ));
                }
            }
        }
    }

    /// Checks that the innermost open element ends here.
    ///
    /// # Errors
    /// As [`Reader::next`]; also another child, or text.
    pub fn end(&mut self) -> Result<(), XmlError> {
        match self.child()? {
            None => Ok(()),
            Some(child) => Err(self.error_at(
                child.start,
                XmlErrorKind::Unexpected(format!(
                    "The element <{}> is one too many here",
                    child.local()
                )),
            )),
        }
    }

    /// Reads to the end of the innermost open element, checking but not keeping what is in it.
    ///
    /// # Errors
    /// As [`Reader::next`].
    pub fn skip(&mut self) -> Result<(), XmlError> {
        let mut depth = 1usize;
        loop {
            match self.next()? {
                Event::Start(_) => depth += 1,
                Event::End => {
                    depth -= 1;
                    if depth == 0 {
                        return Ok(());
                    }
                }
                Event::Text(_) => {}
                Event::Eof => return Ok(()),
            }
        }
    }

    /// Reads to the end of the innermost open element, which is `element`, and keeps its source text
    /// and the namespaces that it depends on.
    ///
    /// # Errors
    /// As [`Reader::next`].
    pub fn raw(&mut self, element: &Element<'a>) -> Result<RawElement<'a>, XmlError> {
        let own = self.open.last().map_or(0, |open| open.bindings);
        let (outside, inside) = self.bindings.split_at(own.min(self.bindings.len()));
        let mut outer: Vec<(&'a str, Uri<'a>)> = Vec::with_capacity(outside.len());
        for (at, binding) in outside.iter().enumerate() {
            let shadowed = |later: &Binding<'a>| later.prefix == binding.prefix;
            if !inside.iter().any(shadowed) && !outside[at + 1..].iter().any(shadowed) {
                outer.push((binding.prefix, binding.uri.clone()));
            }
        }
        let declared = |prefix: &str| self.bindings.iter().any(|b| b.prefix == prefix);
        let no_default = !declared("");
        let mut unprefixed = element.name.prefix.is_empty();

        let mut depth = 1usize;
        let end = loop {
            match self.next()? {
                Event::Start(child) => {
                    depth += 1;
                    unprefixed |= child.name.prefix.is_empty() && child.ns().is_empty();
                }
                Event::End => {
                    depth -= 1;
                    if depth == 0 {
                        break self.position;
                    }
                }
                Event::Text(_) => {}
                Event::Eof => break self.position,
            }
        };
        // Elsewhere there may be a default namespace, which must not catch these names.
        if no_default && unprefixed {
            outer.push(("", Uri::Borrowed("")));
        }
        let prefix = element.name.prefix;
        let colon = usize::from(!prefix.is_empty());
        Ok(RawElement {
            text: self.text.get(element.start..end).unwrap_or_default(),
            name_end: 1 + prefix.len() + colon + element.name.local.len(),
            outer,
        })
    }

    /// Checks that nothing but comments and white space follows the document element, reading what
    /// is left of it.
    ///
    /// # Errors
    /// As [`Reader::next`].
    pub fn finish(&mut self) -> Result<(), XmlError> {
        loop {
            if matches!(self.next()?, Event::Eof) {
                return Ok(());
            }
        }
    }

    /// The namespace that a prefix (empty for the default namespace) is bound to here.
    pub fn namespace(&self, prefix: &str) -> Option<&str> {
        self.lookup(prefix).map(Uri::as_str)
    }

    /// Resolves a qualified name in content, such as the value of `xsi:type` or a fault code: its
    /// namespace (empty for none) and local part. `None` if it is no name or its prefix is not bound.
    pub fn resolve<'q>(&self, qname: &'q str) -> Option<(&str, &'q str)> {
        let (prefix, local) = split_qname(qname.trim())?;
        match self.namespace(prefix) {
            Some(uri) => Some((uri, local)),
            None if prefix.is_empty() => Some(("", local)),
            None => None,
        }
    }

    /// How many elements are open.
    pub fn depth(&self) -> usize {
        self.open.len()
    }

    /// The whole text.
    pub const fn source(&self) -> &'a str {
        self.text
    }

    /// The byte offset behind the last event.
    pub const fn position(&self) -> usize {
        self.position
    }

    /// An error of this kind at a byte offset.
    pub fn error_at(&self, offset: usize, kind: XmlErrorKind) -> XmlError {
        XmlError::new(kind, self.text, offset)
    }

    /// An error that something else was expected at the current position.
    pub fn unexpected(&self, what: impl Into<String>) -> XmlError {
        self.error_at(self.position, XmlErrorKind::Unexpected(what.into()))
    }

    fn broken(&self, offset: usize, what: &str) -> XmlError {
        self.error_at(offset, XmlErrorKind::NotWellFormed(what.to_owned()))
    }

    fn limit(&self, offset: usize, what: &'static str, limit: usize) -> XmlError {
        self.error_at(offset, XmlErrorKind::Limit { what, limit })
    }

    fn lookup(&self, prefix: &str) -> Option<&Uri<'a>> {
        if prefix == "xml" {
            return Some(&Uri::Borrowed(ns::XML));
        }
        self.bindings
            .iter()
            .rev()
            .find(|b| b.prefix == prefix)
            .map(|b| &b.uri)
    }

    fn token(&mut self) -> Result<Held<'a>, XmlError> {
        if let Some(held) = self.held.take() {
            return Ok(held);
        }
        let start = self.offset();
        match self.tokens.read_event() {
            Ok(token) => Ok(Held {
                token,
                start,
                end: self.offset(),
            }),
            Err(error) => {
                let at = usize::try_from(self.tokens.error_position()).unwrap_or(start);
                let message = match &error {
                    quick_xml::Error::IllFormed(e) => e.to_string(),
                    quick_xml::Error::Syntax(e) => e.to_string(),
                    other => other.to_string(),
                };
                Err(self.error_at(at, XmlErrorKind::NotWellFormed(message)))
            }
        }
    }

    fn offset(&self) -> usize {
        usize::try_from(self.tokens.buffer_position()).unwrap_or(self.text.len())
    }

    fn advance(&mut self) -> Result<Event<'a>, XmlError> {
        if self.pending_end {
            self.pending_end = false;
            self.close();
            return Ok(Event::End);
        }
        let mut text: Option<Cow<'a, str>> = None;
        let mut text_start = self.position;
        loop {
            let held = self.token()?;
            let (start, end) = (held.start, held.end);
            let piece = match held.token {
                Token::Text(piece) => {
                    let raw = piece.into_inner();
                    if raw.as_bytes().contains(&b']')
                        && let Some(at) = raw.find("]]>")
                    {
                        return Err(self.broken(start + at, "`]]>` stands in text"));
                    }
                    normalise_line_ends(raw)
                }
                Token::CData(piece) => {
                    if self.open.is_empty() {
                        return Err(self.broken(start, "text stands outside the document element"));
                    }
                    normalise_line_ends(piece.into_inner())
                }
                Token::GeneralRef(reference) => {
                    let c = resolve_reference(&reference.into_inner())
                        .map_err(|kind| self.error_at(start, kind))?;
                    if self.open.is_empty() {
                        return Err(self.broken(start, "text stands outside the document element"));
                    }
                    Cow::Owned(String::from(c))
                }
                Token::Comment(_) => {
                    self.position = end;
                    continue;
                }
                token => {
                    if let Some(text) = text {
                        self.held = Some(Held { token, start, end });
                        return Ok(Event::Text(text));
                    }
                    self.position = end;
                    return self.markup(&token, start, end);
                }
            };
            if self.open.is_empty() {
                if is_blank(&piece) {
                    self.position = end;
                    continue;
                }
                return Err(self.broken(start, "text stands outside the document element"));
            }
            if text.is_none() {
                text_start = start;
            }
            let joined = match text {
                None => piece,
                Some(before) if before.is_empty() => piece,
                Some(before) => {
                    let mut joined = before.into_owned();
                    joined.push_str(&piece);
                    Cow::Owned(joined)
                }
            };
            if joined.len() > self.limits.text_bytes {
                return Err(self.limit(text_start, "bytes in one text", self.limits.text_bytes));
            }
            text = Some(joined);
            self.position = end;
        }
    }

    /// A token that is neither text nor comment.
    fn markup(
        &mut self,
        token: &Token<'a>,
        start: usize,
        end: usize,
    ) -> Result<Event<'a>, XmlError> {
        match token {
            Token::Start(_) => self.start(start, end, end - 1),
            Token::Empty(_) => {
                self.pending_end = true;
                self.start(start, end, end - 2)
            }
            Token::End(_) => {
                self.close();
                Ok(Event::End)
            }
            Token::Eof if !self.open.is_empty() => {
                Err(self.broken(end, "the document ends inside an element"))
            }
            Token::Eof if !self.seen_root => {
                Err(self.broken(end, "the document element is missing"))
            }
            Token::Eof => Ok(Event::Eof),
            Token::Decl(_) => {
                self.declaration(start, end)?;
                self.advance()
            }
            Token::DocType(_) => Err(self.error_at(
                start,
                XmlErrorKind::Forbidden("A document type declaration (DOCTYPE)"),
            )),
            Token::PI(_) => {
                Err(self.error_at(start, XmlErrorKind::Forbidden("A processing instruction")))
            }
            // Told by `advance`.
            Token::Text(_) | Token::CData(_) | Token::Comment(_) | Token::GeneralRef(_) => {
                Err(self.broken(start, "text stands where markup is expected"))
            }
        }
    }

    fn close(&mut self) {
        if let Some(open) = self.open.pop() {
            self.bindings.truncate(open.bindings);
        }
    }

    /// `<?xml version="1.0" encoding="..." standalone="..."?>`; the encoding is decode's business.
    fn declaration(&self, start: usize, end: usize) -> Result<(), XmlError> {
        if start != 0 {
            return Err(self.broken(start, "the XML declaration is not at the start"));
        }
        let content = self.text.get(start + 2..end - 2).unwrap_or_default();
        let mut attributes = RawAttributes::new(content, "xml".len());
        let mut expected = ["version", "encoding", "standalone"].iter();
        let mut first = true;
        while let Some(attribute) = attributes
            .next()
            .map_err(|(at, kind)| self.error_at(start + 2 + at, kind))?
        {
            let at = start + 2 + attribute.at;
            if !expected.any(|name| *name == attribute.name)
                || first != (attribute.name == "version")
            {
                return Err(self.broken(at, "the XML declaration is malformed"));
            }
            first = false;
            if attribute.name == "version" && !attribute.value.starts_with("1.") {
                return Err(self.broken(at, "only XML version 1.0 is known"));
            }
        }
        if first {
            return Err(self.broken(start, "the XML declaration has no version"));
        }
        Ok(())
    }

    /// A start tag whose content is `text[start + 1..content_end]`.
    fn start(
        &mut self,
        start: usize,
        end: usize,
        content_end: usize,
    ) -> Result<Event<'a>, XmlError> {
        if self.open.is_empty() {
            if self.seen_root {
                return Err(self.broken(start, "there is a second document element"));
            }
            self.seen_root = true;
        }
        if self.open.len() >= self.limits.depth {
            return Err(self.limit(start, "elements inside one another", self.limits.depth));
        }
        let text = self.text;
        let content = text.get(start + 1..content_end).unwrap_or_default();
        let name_len = content
            .bytes()
            .position(crate::chars::is_space)
            .unwrap_or(content.len());
        let (prefix, local) = self.qname(&content[..name_len], start + 1)?;
        self.open.push(Open {
            bindings: self.bindings.len(),
        });
        let mut attributes = Vec::new();
        if name_len < content.len() {
            self.attributes(content, name_len, start + 1, &mut attributes)?;
        }
        let uri = match self.lookup(prefix) {
            Some(uri) => uri.clone(),
            None if prefix.is_empty() => Uri::Borrowed(""),
            None => {
                return Err(
                    self.error_at(start + 1, XmlErrorKind::UndeclaredPrefix(prefix.to_owned()))
                );
            }
        };
        self.position = end;
        Ok(Event::Start(Element {
            name: Name { uri, prefix, local },
            attributes,
            start,
        }))
    }

    fn qname(&self, name: &'a str, at: usize) -> Result<(&'a str, &'a str), XmlError> {
        if name.len() > self.limits.name_bytes {
            return Err(self.limit(at, "bytes in one name", self.limits.name_bytes));
        }
        split_qname(name).ok_or_else(|| self.broken(at, &format!("`{name}` is no name")))
    }

    /// Reads the attributes of a tag: declarations into scope, the others into `attributes`. They are
    /// resolved when all declarations of the tag are known.
    fn attributes(
        &mut self,
        content: &'a str,
        name_len: usize,
        base: usize,
        attributes: &mut Vec<Attribute<'a>>,
    ) -> Result<(), XmlError> {
        let outer = self.open.last().map_or(0, |open| open.bindings);
        let mut raw = RawAttributes::new(content, name_len);
        let mut count = 0;
        let mut first_at = base;
        while let Some(attribute) = raw
            .next()
            .map_err(|(at, kind)| self.error_at(base + at, kind))?
        {
            let at = base + attribute.at;
            count += 1;
            if count > self.limits.attributes {
                return Err(self.limit(at, "attributes on one element", self.limits.attributes));
            }
            if attribute.value.len() > self.limits.attribute_bytes {
                let limit = self.limits.attribute_bytes;
                return Err(self.limit(at, "bytes in one attribute value", limit));
            }
            let (prefix, local) = self.qname(attribute.name, at)?;
            let value = normalise(attribute.value)
                .map_err(|(value, kind)| self.error_at(base + attribute.value_at + value, kind))?;
            let declared = match (prefix, local) {
                ("", "xmlns") => "",
                ("xmlns", local) => local,
                _ => {
                    if attributes.is_empty() {
                        first_at = at;
                    }
                    attributes.push(Attribute {
                        name: Name {
                            uri: Uri::Borrowed(""),
                            prefix,
                            local,
                        },
                        value,
                    });
                    continue;
                }
            };
            self.declare(declared, value, outer, at)?;
        }
        self.resolve_attributes(attributes, first_at)
    }

    fn declare(
        &mut self,
        prefix: &'a str,
        uri: Cow<'a, str>,
        outer: usize,
        at: usize,
    ) -> Result<(), XmlError> {
        let xml = (prefix == "xml") != (uri == ns::XML);
        if prefix == "xmlns" || uri == ns::XMLNS || xml {
            return Err(self.broken(at, "the prefixes xml and xmlns belong to XML"));
        }
        if !prefix.is_empty() && uri.is_empty() {
            return Err(self.broken(at, "a prefix is bound to no namespace"));
        }
        if self.bindings[outer..].iter().any(|b| b.prefix == prefix) {
            return Err(self.broken(at, "a namespace prefix is declared twice on one element"));
        }
        if self.bindings.len() >= self.limits.namespaces {
            let limit = self.limits.namespaces;
            return Err(self.limit(at, "namespace declarations in scope", limit));
        }
        let uri = match uri {
            Cow::Borrowed(uri) => Uri::Borrowed(uri),
            Cow::Owned(uri) => Uri::Shared(Arc::from(uri)),
        };
        self.bindings.push(Binding { prefix, uri });
        Ok(())
    }

    fn resolve_attributes(
        &self,
        attributes: &mut [Attribute<'a>],
        at: usize,
    ) -> Result<(), XmlError> {
        for attribute in attributes.iter_mut() {
            let prefix = attribute.name.prefix;
            // An attribute without a prefix is in no namespace, whatever the default is.
            if !prefix.is_empty() {
                attribute.name.uri = self.lookup(prefix).cloned().ok_or_else(|| {
                    self.error_at(at, XmlErrorKind::UndeclaredPrefix(prefix.to_owned()))
                })?;
            }
        }
        for (index, attribute) in attributes.iter().enumerate() {
            let twice = attributes[..index]
                .iter()
                .any(|a| a.name.is(attribute.name.ns(), attribute.name.local));
            if twice {
                let local = attribute.name.local;
                return Err(self.broken(at, &format!("the attribute `{local}` stands twice")));
            }
        }
        Ok(())
    }
}

/// Line ends become a line feed (XML 1.0, 2.11).
fn normalise_line_ends(text: Cow<'_, str>) -> Cow<'_, str> {
    if text.contains('\r') {
        Cow::Owned(text.replace("\r\n", "\n").replace('\r', "\n"))
    } else {
        text
    }
}

#[cfg(test)]
mod tests;
