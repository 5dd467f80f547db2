//! Names: every word of a compilation is kept once, and names that differ in case only have one key.

use std::fmt;
use std::hash::Hasher as _;
use std::ops::Deref;
use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHasher};

use crate::source::Span;

/// What names are compared by: equal for two spellings that differ in case only.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct Key(pub u32);

/// A word as written, shared by all its uses: one pointer, because a schema has hundreds of thousands.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Spelling(Arc<Box<str>>);

impl Deref for Spelling {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

impl From<&str> for Spelling {
    fn from(text: &str) -> Self {
        Self(Arc::new(Box::from(text)))
    }
}

impl fmt::Display for Spelling {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self)
    }
}

impl fmt::Debug for Spelling {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&**self, f)
    }
}

/// A name with its place.
#[derive(Debug, Clone)]
pub(crate) struct Name {
    pub text: Spelling,
    pub key: Key,
    pub span: Span,
}

macro_rules! well_known {
    ($($constant:ident = $text:literal)*) => {
        /// Keys that the grammar and the rules ask for.
        #[allow(non_camel_case_types, clippy::upper_case_acronyms, dead_code)]
        #[repr(u32)]
        enum Known { $($constant),* }

        $(pub(crate) const $constant: Key = Key(Known::$constant as u32);)*

        const WELL_KNOWN: &[&str] = &[$($text),*];
    };
}

well_known! {
    // Words of the grammar.
    AS = "as" CLASS = "class" FLAVOR = "flavor" INSTANCE = "instance" OF = "of" PRAGMA = "pragma"
    QUALIFIER = "qualifier" REF = "ref" SCOPE = "scope" POLICY = "policy" TRUE = "true" FALSE = "false"
    NULL = "null" INCLUDE = "include" STRUCTURE = "structure" ENUMERATION = "enumeration" VALUE = "value"
    VOID = "void" OBJECT = "object" INTEGER = "integer" OCTETSTRING = "octetstring"
    // Types.
    BOOLEAN = "boolean" SINT8 = "sint8" SINT16 = "sint16" SINT32 = "sint32" SINT64 = "sint64"
    UINT8 = "uint8" UINT16 = "uint16" UINT32 = "uint32" UINT64 = "uint64" REAL32 = "real32"
    REAL64 = "real64" CHAR16 = "char16" STRING = "string" DATETIME = "datetime"
    // Scopes.
    ANY = "any" ASSOCIATION = "association" INDICATION = "indication" PROPERTY = "property"
    REFERENCE = "reference" METHOD = "method" PARAMETER = "parameter" SCHEMA = "schema"
    ENUMERATIONVALUE = "enumerationvalue" QUALIFIERTYPE = "qualifiertype"
    // Flavors.
    ENABLEOVERRIDE = "enableoverride" DISABLEOVERRIDE = "disableoverride" RESTRICTED = "restricted"
    TOSUBCLASS = "tosubclass" TRANSLATABLE = "translatable" TOINSTANCE = "toinstance"
    NOTTOINSTANCE = "nottoinstance" NOTTOSUBCLASS = "nottosubclass" AMENDED = "amended"
    // Pragmas.
    LOCALE = "locale" INSTANCELOCALE = "instancelocale" NAMESPACE = "namespace" NONLOCAL = "nonlocal"
    NONLOCALTYPE = "nonlocaltype" SOURCE = "source" SOURCETYPE = "sourcetype" AUTORECOVER = "autorecover"
    CLASSFLAGS = "classflags" INSTANCEFLAGS = "instanceflags" DELETECLASS = "deleteclass"
    DELETEINSTANCE = "deleteinstance" AMENDMENT = "amendment" DEFINE = "define" IFDEF = "ifdef"
    IFNDEF = "ifndef" IF = "if" ELSE = "else" ELIF = "elif" ENDIF = "endif" UNDEF = "undef"
    // Qualifiers with rules.
    ABSTRACT = "abstract" AGGREGATE = "aggregate" AGGREGATION = "aggregation" ARRAYTYPE = "arraytype"
    BITMAP = "bitmap" BITVALUES = "bitvalues" COMPOSITION = "composition" COUNTER = "counter"
    DEPRECATED = "deprecated" DESCRIPTION = "description" READ = "read" STATIC = "static" WRITE = "write" DN = "dn" EMBEDDEDINSTANCE = "embeddedinstance"
    EMBEDDEDOBJECT = "embeddedobject" EXCEPTION = "exception" GAUGE = "gauge" IN = "in"
    ISPUNIT = "ispunit" KEY = "key" MAX = "max" MAXLEN = "maxlen" MAXVALUE = "maxvalue" MIN = "min"
    MINLEN = "minlen" MINVALUE = "minvalue" MODELCORRESPONDENCE = "modelcorrespondence"
    OUT = "out" OVERRIDE = "override" PROPAGATED = "propagated" PUNIT = "punit"
    REQUIRED = "required" REVISION = "revision"
    TERMINAL = "terminal" UNITS = "units" VALUEMAP = "valuemap"
    VALUES = "values" VERSION = "version" WEAK = "weak" PROPERTYUSAGE = "propertyusage"
    XMLNAMESPACENAME = "xmlnamespacename" NULLVALUE = "nullvalue" SYNTAX = "syntax"
    SYNTAXTYPE = "syntaxtype" UNKNOWNVALUES = "unknownvalues"
    UNSUPPORTEDVALUES = "unsupportedvalues"
}

impl Name {
    pub(crate) fn is(&self, key: Key) -> bool {
        self.key == key
    }
}

/// All words of a compilation.
#[derive(Debug)]
pub(crate) struct Names {
    spellings: Vec<Spelled>,
    /// The newest spelling of each hash; [`Spelled::older`] leads to the others.
    newest: FxHashMap<u64, u32>,
    /// How many keys there are.
    keys: u32,
}

/// Room for the words of a large schema. What is not used costs an address.
const WORDS: usize = 7_000;

#[derive(Debug)]
struct Spelled {
    text: Spelling,
    key: Key,
    /// Another spelling with the same hash: most often the same word in another case.
    older: Option<u32>,
}

impl Default for Names {
    fn default() -> Self {
        let mut names = Self {
            spellings: Vec::with_capacity(WORDS),
            newest: FxHashMap::with_capacity_and_hasher(WORDS, Default::default()),
            keys: 0,
        };
        for word in WELL_KNOWN {
            names.intern(word);
        }
        names
    }
}

impl Names {
    /// The number of a spelling.
    pub(crate) fn intern(&mut self, text: &str) -> u32 {
        let hash = hash(text);
        let newest = self.newest.get(&hash).copied();
        if let Some(id) = self.among(newest, |known| known == text) {
            return id;
        }
        let key = match self.among(newest, |known| is_same(known, text)) {
            Some(id) => self.spellings[id as usize].key,
            None => {
                self.keys += 1;
                Key(self.keys - 1)
            }
        };
        let id = u32::try_from(self.spellings.len()).unwrap_or(u32::MAX);
        self.spellings.push(Spelled {
            text: text.into(),
            key,
            older: newest,
        });
        self.newest.insert(hash, id);
        id
    }

    /// The first spelling that fits, from the newest of a hash on.
    fn among(&self, newest: Option<u32>, fits: impl Fn(&str) -> bool) -> Option<u32> {
        let spelled = |id: u32| self.spellings.get(id as usize);
        let mut ids = std::iter::successors(newest, |id| spelled(*id)?.older);
        ids.find(|id| spelled(*id).is_some_and(|s| fits(&s.text)))
    }

    /// The key of a spelling.
    pub(crate) fn key(&self, id: u32) -> Option<Key> {
        self.spellings.get(id as usize).map(|spelled| spelled.key)
    }

    /// The name of that spelling at a place.
    pub(crate) fn name(&self, id: u32, span: Span) -> Option<Name> {
        let spelled = self.spellings.get(id as usize)?;
        Some(Name {
            text: spelled.text.clone(),
            key: spelled.key,
            span,
        })
    }

    /// A name for a text that is no word of the source.
    pub(crate) fn make(&mut self, text: &str, span: Span) -> Name {
        let id = self.intern(text);
        let spelled = &self.spellings[id as usize];
        Name {
            text: spelled.text.clone(),
            key: spelled.key,
            span,
        }
    }

    /// Whether a name begins with two underscores, as those of Microsoft's system classes do.
    pub(crate) fn is_system(&self, key: Key) -> bool {
        let mut spellings = self.spellings.iter();
        spellings.any(|spelled| spelled.key == key && spelled.text.starts_with("__"))
    }

    /// The key of a text in any case, if any word of the compilation has it.
    pub(crate) fn find(&self, text: &str) -> Option<Key> {
        let newest = self.newest.get(&hash(text)).copied();
        self.key(self.among(newest, |known| is_same(known, text))?)
    }
}

/// Whether two words differ in case at most.
fn is_same(a: &str, b: &str) -> bool {
    if a.is_ascii() && b.is_ascii() {
        a.eq_ignore_ascii_case(b)
    } else {
        a.to_lowercase() == b.to_lowercase()
    }
}

/// Equal for words that differ in case only.
fn hash(text: &str) -> u64 {
    let (hash, is_ascii) = hash_ascii(text.as_bytes());
    if is_ascii {
        hash
    } else {
        hash_ascii(text.to_lowercase().as_bytes()).0
    }
}

/// The hash of lower-case ASCII, and whether that is what was given but for the case.
fn hash_ascii(bytes: &[u8]) -> (u64, bool) {
    /// Sets the bit of each byte in which letters of both cases differ; other characters of words keep
    /// what distinguishes them.
    const LOWER: u64 = 0x2020_2020_2020_2020;
    const BEYOND_ASCII: u64 = 0x8080_8080_8080_8080;
    let mut hasher = FxHasher::default();
    let mut seen = 0;
    let mut add = |word: u64| {
        seen |= word;
        hasher.write_u64(word | LOWER);
    };
    let (words, rest) = bytes.as_chunks::<8>();
    for word in words {
        add(u64::from_le_bytes(*word));
    }
    match bytes.last_chunk::<8>() {
        // The last eight bytes again, instead of the rest byte by byte.
        Some(last) => add(u64::from_le_bytes(*last)),
        None => add(rest.iter().fold(0, |word, b| word << 8 | u64::from(*b))),
    }
    (hasher.finish(), seen & BEYOND_ASCII == 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_differ_in_case_have_one_key() {
        let mut names = Names::default();
        let (a, b) = (names.intern("CIM_Foo"), names.intern("cim_FOO"));
        assert_ne!(a, b);
        assert_eq!(names.key(a), names.key(b));
        assert_eq!(names.find("CIM_FOO"), names.key(a));
        assert_eq!(names.find("CIM_Bar"), None);
        let class = names.intern("CLASS");
        assert_eq!(names.key(class), Some(CLASS));
        let odd = (names.intern("Größe"), names.intern("GRÖSSE"));
        assert_ne!(names.key(odd.0), names.key(odd.1));
    }
}
