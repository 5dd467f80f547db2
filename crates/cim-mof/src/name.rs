//! Names: every word of a compilation is kept once, and names that differ in case only have one key.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use crate::source::Span;

/// What names are compared by: equal for two spellings that differ in case only.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct Key(pub u32);

/// A name with its place.
#[derive(Debug, Clone)]
pub(crate) struct Name {
    pub text: Arc<str>,
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
    spellings: Vec<(Arc<str>, Key)>,
    by_spelling: FxHashMap<Arc<str>, u32>,
    keys: FxHashMap<Box<str>, Key>,
}

impl Default for Names {
    fn default() -> Self {
        let mut names = Self {
            spellings: Vec::with_capacity(4096),
            by_spelling: FxHashMap::default(),
            keys: FxHashMap::default(),
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
        if let Some(id) = self.by_spelling.get(text) {
            return *id;
        }
        let folded = fold(text);
        let next = Key(u32::try_from(self.keys.len()).unwrap_or(u32::MAX));
        let key = *self.keys.entry(folded).or_insert(next);
        let id = u32::try_from(self.spellings.len()).unwrap_or(u32::MAX);
        let text: Arc<str> = Arc::from(text);
        self.spellings.push((text.clone(), key));
        self.by_spelling.insert(text, id);
        id
    }

    /// The key of a spelling.
    pub(crate) fn key(&self, id: u32) -> Option<Key> {
        self.spellings.get(id as usize).map(|(_, key)| *key)
    }

    /// The name of that spelling at a place.
    pub(crate) fn name(&self, id: u32, span: Span) -> Option<Name> {
        let (text, key) = self.spellings.get(id as usize)?;
        Some(Name {
            text: text.clone(),
            key: *key,
            span,
        })
    }

    /// A name for a text that is no word of the source.
    pub(crate) fn make(&mut self, text: &str, span: Span) -> Name {
        let id = self.intern(text);
        let (text, key) = &self.spellings[id as usize];
        Name {
            text: text.clone(),
            key: *key,
            span,
        }
    }

    /// Whether a name begins with two underscores, as those of Microsoft's system classes do.
    pub(crate) fn is_system(&self, key: Key) -> bool {
        let mut spellings = self.spellings.iter();
        spellings.any(|(text, other)| *other == key && text.starts_with("__"))
    }

    /// The key of a text in any case, if any word of the compilation has it.
    pub(crate) fn find(&self, text: &str) -> Option<Key> {
        match self.by_spelling.get(text) {
            Some(id) => self.key(*id),
            None => self.keys.get(&*fold(text)).copied(),
        }
    }
}

fn fold(text: &str) -> Box<str> {
    if text.is_ascii() {
        text.to_ascii_lowercase().into_boxed_str()
    } else {
        text.to_lowercase().into_boxed_str()
    }
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
