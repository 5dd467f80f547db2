//! Every diagnostic code: the rule behind it, and how to satisfy it.

use crate::lint::lints;

/// Every code with its one-paragraph explanation: the rule, and how to satisfy it.
const CODES: &[(&str, &str)] = &[
    (
        "E0001",
        "A character that no MOF token begins with. MOF knows identifiers, numbers, strings in double quotes, characters in single quotes, and { } [ ] ( ) , ; : = $ # (DSP0004 annex A).",
    ),
    (
        "E0002",
        "A string, character or comment has no end. Strings end with a double quote on the same line; adjacent strings are joined, so break a long text into several strings.",
    ),
    (
        "E0003",
        "A number has a digit that its base has not, or is no number at all. Integers are decimal, 0x hexadecimal, 0 octal or binary with a final b; reals have a point and a digit behind it (DSP0004 annex A).",
    ),
    (
        "E0004",
        "`\\x` in a string stands for the character of the hexadecimal number that follows, one to four digits (DSP0004 4.11.1; six in DSP0221).",
    ),
    (
        "E0005",
        "An integer needs more than 64 bits. No CIM type holds it.",
    ),
    (
        "E0006",
        "A char16 literal is exactly one character, or one escape, between single quotes. It is one UTF-16 unit, so characters beyond U+FFFF need a string.",
    ),
    (
        "E0007",
        "The file has directives of the C preprocessor. It is meant to go through a C compiler first, and is no MOF before that.",
    ),
    (
        "E0008",
        "The file is a template: a marked place was never filled in.",
    ),
    (
        "E0009",
        "A string literal goes on in the next line. A literal ends on its line; adjacent literals are joined, so write several.",
    ),
    (
        "E0010",
        "A real needs a point and at least one digit behind it: `5.0` and `1.0e5`, not `5.` or `1e5` (DSP0004 annex A, realValue).",
    ),
    (
        "E0101",
        "The parser expected something else here. The message names what would be right.",
    ),
    (
        "E0102",
        "Arrays hold single values, no arrays; and instances are nested deeper than any schema needs.",
    ),
    (
        "E0103",
        "A file includes itself, directly or through others.",
    ),
    (
        "E0104",
        "An included file cannot be read. Paths of `#pragma include` are relative to the including file.",
    ),
    ("E0105", "An include leaves the folder that --root names."),
    (
        "E0106",
        "A source file is larger than the compiler accepts, or has more tokens.",
    ),
    (
        "E0107",
        "Too many files or errors; the compilation stopped here.",
    ),
    ("E0108", "Includes are nested deeper than any schema needs."),
    (
        "E0110",
        "The brackets of an array stand behind the name of the feature (`uint8 Values[]`), never behind its type.",
    ),
    (
        "E0111",
        "The type is none of the intrinsic types of CIM (DSP0004 5.2), and void is for methods only.",
    ),
    (
        "E0112",
        "A word in Scope(...) is no kind of element, or one in Flavor(...) no flavor.",
    ),
    (
        "E0113",
        "The construct belongs to MOF 3 (DSP0221), a language of its own; --mof3 understands it.",
    ),
    (
        "E0114",
        "Scope(...) and Flavor(...) name at least one thing.",
    ),
    (
        "E0115",
        "Every qualifier declaration says in Scope(...) on which kinds of elements the qualifier may stand.",
    ),
    ("E0116", "The size of an array is a whole number from 1 up."),
    (
        "E0120",
        "A comma stands before the end of a list. Commas separate; nothing follows the last element.",
    ),
    (
        "E0121",
        "A class, or `object`, is used as the type of a property, method or parameter. That is Microsoft's dialect; CIM 2.x has strings with EmbeddedInstance or EmbeddedObject for it (DSP0004 5.6.3.14).",
    ),
    (
        "E0122",
        "A method without return value. That is Microsoft's dialect and DSP0221; a method of CIM 2.x returns a value of an intrinsic type.",
    ),
    (
        "E0123",
        "A parameter with a default. That is Microsoft's dialect and DSP0221; a caller of a method of CIM 2.x gives every value.",
    ),
    (
        "E0124",
        "A qualifier declaration without type and scope. That is Microsoft's dialect.",
    ),
    (
        "E0201",
        "The class is declared nowhere in the compilation. Every superclass, reference class and embedded class must be declared, in any order.",
    ),
    (
        "E0202",
        "The class is declared twice with different content. A schema has one class of a name, in any case.",
    ),
    (
        "E0203",
        "A class derives from itself, directly or through others.",
    ),
    (
        "E0204",
        "Two features of a class have the same name. Names are compared without case; a feature that replaces an inherited one needs the Override qualifier (DSP0004 5.6.3.34).",
    ),
    (
        "E0205",
        "Override names a feature that no superclass has, or one of another kind or type.",
    ),
    (
        "E0206",
        "A key is declared below a class that already has keys. All keys of a class line come from its topmost keyed class (DSP0004 5.1.2.7).",
    ),
    (
        "E0207",
        "References stand in associations only; an association needs at least two (DSP0004 5.1.2.3).",
    ),
    (
        "E0208",
        "A default value, or the value in an instance, does not fit the type of its property.",
    ),
    (
        "E0209",
        "An instance has a property that its class lacks. Instances can only have the properties that their class declares or inherits.",
    ),
    (
        "E0210",
        "A class has more superclasses than any schema needs.",
    ),
    (
        "E0211",
        "The superclass has the Terminal qualifier: nothing may be derived from it (DSP0004 5.6.3.51).",
    ),
    (
        "E0212",
        "A class is an association and an indication at once, or derives from a class of the other kind.",
    ),
    (
        "E0213",
        "A reference may be overridden only by one to the same class or a subclass of it (DSP0004 5.6.3.34).",
    ),
    (
        "E0214",
        "An embedded instance may be overridden only by one of the same class or a subclass, and EmbeddedObject may become EmbeddedInstance but not the other way round.",
    ),
    (
        "E0215",
        "A key is a single value of an intrinsic type or a reference: no array and no embedded object (DSP0004 5.1.2.7).",
    ),
    (
        "E0216",
        "A class derived from an association adds a reference. The number of references is fixed where the first are declared; a subclass may only narrow them.",
    ),
    (
        "E0217",
        "An aggregation has exactly one reference with Aggregate, the whole; Aggregate and Composition need an aggregation (DSP0004 5.6.3.2).",
    ),
    (
        "E0218",
        "Propagated names a key of the class that scopes this one, as `Class.Key`; it stands on a key of the same type. An association has at most one Weak reference (DSP0004 5.6.3.37).",
    ),
    (
        "E0219",
        "EmbeddedObject and EmbeddedInstance exclude each other on one element.",
    ),
    (
        "E0220",
        "A parameter is input, output or both. In(false) without Out is neither.",
    ),
    (
        "E0221",
        "Two parameters of a method have the same name. Names are compared without case.",
    ),
    (
        "E0222",
        "A method may be overridden only by one with the same return type and the same parameters: names, types, arrays and directions (DSP0004 5.6.3.34).",
    ),
    (
        "E0223",
        "An indication has no references, and none can point to an indication.",
    ),
    (
        "E0224",
        "A number stands for a char16, or a string for a 64-bit integer. Microsoft's compiler takes both; DSP0004 has `'a'` and 10.",
    ),
    (
        "E0301",
        "The qualifier is declared nowhere. Declare it with `Qualifier Name : type, Scope(...);` or include the file that does; Microsoft's dialect infers undeclared ones.",
    ),
    (
        "E0302",
        "The qualifier may not stand on this kind of element; its declaration's Scope says where it may.",
    ),
    (
        "E0303",
        "The value of a qualifier does not fit its declared type.",
    ),
    ("E0304", "The same qualifier stands twice on one element."),
    (
        "E0305",
        "A qualifier declared DisableOverride is given another value than it has in a superclass (DSP0004 5.6.1.4).",
    ),
    (
        "E0306",
        "The qualifier needs an element of another type (for example MaxLen needs a string, ArrayType an array).",
    ),
    (
        "E0307",
        "The qualifier is declared twice with different content.",
    ),
    (
        "E0308",
        "EnableOverride and DisableOverride, or ToSubclass and Restricted, stand together.",
    ),
    (
        "E0309",
        "A single value stands where an array is declared. Write it in braces.",
    ),
    (
        "E0310",
        "Two qualifiers contradict each other on one element, such as Counter with Gauge or MinValue above MaxValue.",
    ),
    (
        "E0311",
        "The qualifier has a fixed set of values, and this is none of them.",
    ),
    (
        "E0401",
        "ValueMap and Values have different counts. They are parallel arrays; a missing comma between two strings joins them into one entry (DSP0004 5.6.3.56).",
    ),
    (
        "E0402",
        "An entry of ValueMap, BitMap, UnknownValues or UnsupportedValues is no value or range of the element's type.",
    ),
    (
        "E0403",
        "BitMap and BitValues are parallel arrays, like ValueMap and Values.",
    ),
    (
        "E0501",
        "A datetime has 25 characters: `yyyymmddHHMMSS.mmmmmm+uuu` for a timestamp with its offset in minutes, `ddddddddHHMMSS.mmmmmm:000` for an interval; `*` stands for whole fields that are not known, from the right (DSP0004 5.2.4).",
    ),
    (
        "E0502",
        "An object path is `Class.Key=value,Key=value`, with a namespace and a colon before it if it is another one; strings in it are in quotes, escaped for the MOF string around them.",
    ),
    (
        "E0503",
        "An array of a fixed size has more elements than that.",
    ),
    (
        "E0504",
        "A value is outside of what MinValue, MaxValue, MinLen or MaxLen allow for its property.",
    ),
    (
        "E0505",
        "An array stands where a single value is declared, or a single value where an array is.",
    ),
    (
        "E0601",
        "Instances of abstract classes and of indications cannot be declared: nothing is one of them alone.",
    ),
    ("E0602", "An instance gives a property two values."),
    (
        "E0603",
        "Every key of an instance needs a value, from the instance or as the default of its property (DSP0004 5.1.2.7).",
    ),
    (
        "E0604",
        "Two instances have the same class and the same keys.",
    ),
    (
        "E0605",
        "The alias is given nowhere in the compilation. `instance of X as $Name` gives it.",
    ),
    ("E0606", "Two instances have the same alias."),
    (
        "E0607",
        "The alias stands for an instance of another class than the property takes.",
    ),
    (
        "E0701",
        "Two literals of an enumeration have the same name or value, or a literal has a value of the wrong type (DSP0221).",
    ),
    ("E0702", "The enumeration has no literal of that name."),
    (
        "W0001",
        "The file is not UTF-8; it was read as Windows-1252.",
    ),
    (
        "W0002",
        "An unknown escape in a string. Known are \\b \\t \\n \\f \\r \\\" \\' \\\\ and \\x with one to four hexadecimal digits (DSP0004 4.11.1). The backslash is kept.",
    ),
    (
        "W0003",
        "Half of a surrogate pair stands alone; in a string it becomes U+FFFD.",
    ),
    (
        "W0004",
        "A character that looks like white space but is none of MOF's: form feed, no-break space, byte order mark, an end mark of DOS.",
    ),
    ("W0101", "The pragma is not known and has no effect."),
    (
        "W0102",
        "The pragma is written as Microsoft's compiler wants it, not as `#pragma name (\"...\")`.",
    ),
    ("W0103", "A locale is a language and a country, `en_US`."),
    (
        "W0104",
        "The pragmas source, sourcetype, nonlocal and nonlocaltype are deprecated and have no effect.",
    ),
    (
        "W0105",
        "Flavors at the place of use are deprecated: they belong to the declaration of the qualifier.",
    ),
    (
        "W0106",
        "Aliases of classes are deprecated: nothing can use them.",
    ),
    (
        "W0107",
        "Association and Indication are the first of the qualifiers of a class (DSP0004 annex A, assocDeclaration).",
    ),
    (
        "W0108",
        "Scopes `schema` and `qualifier` were removed after CIM 2.2 and have no effect.",
    ),
    (
        "W0109",
        "Qualifiers on instances and on their values are deprecated and have no effect.",
    ),
    (
        "W0110",
        "An instance as a value belongs to Microsoft's dialect; DSP0004 has aliases for it.",
    ),
    (
        "W0111",
        "An alias where an embedded instance is wanted stands for the instance itself. Every compiler takes it, the standard does not say it.",
    ),
    ("W0112", "A property in an instance gets no value."),
    (
        "W0113",
        "Empty braces. The grammar wants at least one element.",
    ),
    (
        "W0114",
        "Arrays of references are for parameters; as a property they belong to Microsoft's dialect and DSP0221.",
    ),
    (
        "W0115",
        "The flavor belongs to CIM 2.2 or to Microsoft's dialect.",
    ),
    (
        "W0301",
        "The qualifier is not made for elements of this type; accepted because DMTF's own releases do it.",
    ),
    (
        "W0302",
        "A parameter has Out without In(false): it is input and output, which is hardly ever meant.",
    ),
    ("W0303", "An abstract class below a concrete one."),
    (
        "W0304",
        "The qualifier is for classes and stands on an association or indication, or is for properties and stands on a reference. Kinds of elements do not include each other (DSP0004 5.6.2.2).",
    ),
    (
        "W0305",
        "A class name is a schema name, an underscore and a name, so that schemas of several owners can meet.",
    ),
    (
        "W0306",
        "The feature has the name of one that a superclass of another schema has, and hides it.",
    ),
    (
        "W0307",
        "The class or qualifier is declared again with the same content.",
    ),
    ("W0308", "A class that can have instances has no key."),
    (
        "W0309",
        "A real number is a key. Two readings of one real may differ, so that an instance is not found again.",
    ),
    (
        "W0310",
        "Something deprecated is used; its Deprecated qualifier says what replaces it.",
    ),
    (
        "W0311",
        "The construct is deprecated: arrays of a fixed size, Units (now PUnit), Revision (now Version), the qualifier Schema.",
    ),
    (
        "W0312",
        "ModelCorrespondence names something that is not in the compilation.",
    ),
    ("W0313", "The class has no Version."),
    (
        "W0315",
        "A key is propagated from another class, but no association with a Weak reference makes this class weak to that one: nothing says which of its instances gives the key (DSP0004 5.6.3.37).",
    ),
    (
        "W0314",
        "A standard qualifier is used that the compilation does not declare; the built-in declaration was taken.",
    ),
    (
        "W0401",
        "More than one `..` in a ValueMap: they stand for gaps by position.",
    ),
    (
        "W0402",
        "ValueMap without Values: the values have no names.",
    ),
    (
        "W0403",
        "Two entries of a ValueMap are equal, or two closed ranges overlap. The first one holds.",
    ),
    ("W0404", "White space in a range of a ValueMap."),
    (
        "W0405",
        "The programmatic unit is malformed: units are joined by `*` and `/`, and have whole exponents (DSP0004 annex C).",
    ),
    (
        "W0406",
        "The programmatic unit has a base unit that DSP0004 annex C does not list; DMTF's own schema has some.",
    ),
    (
        "W0501",
        "A value is none of those that the ValueMap of its property lists.",
    ),
    ("W0502", "A required property of an instance is NULL."),
    (
        "W0503",
        "The offset of a datetime is beyond 14 hours, or its second is a leap second.",
    ),
];

/// The cure where the place of the mistake does not suggest a better one.
pub(crate) fn usual_cure(code: &str) -> Option<&'static str> {
    Some(match code {
        "E0101" => "give it a type, such as `string` or `uint32`",
        "E0102" => "an array holds single values, no arrays",
        "E0111" => "write one of the intrinsic types",
        "E0203" => "derive one of these classes from another one, or from none",
        "E0204" => "give one of them another name, or remove it",
        "E0205" => "give it the type that it has above, or another name and no Override",
        "E0206" => "remove Key here, or move it to the topmost class",
        "E0208" => "change the value, or the type",
        "E0209" => "declare the property in the class, or remove it here",
        "E0213" => "refer to a subclass of the class above",
        "E0302" => "remove it, or add this kind of element to the Scope of its declaration",
        "E0303" => "change the value to the type that the qualifier's declaration has",
        "E0304" => "keep one of them",
        "E0305" => "remove it here: the inherited value holds",
        "E0306" => "remove it, or change the type of the element",
        "E0307" => "keep one of the declarations",
        "E0402" => "write a value, `m..n`, `m..`, `..n`, or `..` for all others",
        "W0301" => "remove it: it has no meaning here",
        "W0303" => "make the superclass abstract too, or this class concrete",
        "W0401" => "write the ranges that are meant, and `..` once",
        _ => return None,
    })
}

/// Every diagnostic code, errors first.
pub fn codes() -> impl Iterator<Item = &'static str> {
    CODES.iter().map(|(code, _)| *code)
}

/// What a code, or the name of a lint, means and how to mend what it reports; `None` for an unknown one.
pub fn explain(code: &str) -> Option<&'static str> {
    let code = lints()
        .find(|(name, _, _)| *name == code)
        .map_or(code, |(_, code, _)| code);
    CODES
        .iter()
        .find(|(known, _)| known.eq_ignore_ascii_case(code))
        .map(|(_, text)| *text)
}

/// The name of the lint with that code.
pub(crate) fn lint_of(code: &str) -> Option<&'static str> {
    lints()
        .find(|(_, known, _)| *known == code)
        .map(|(name, _, _)| name)
}
