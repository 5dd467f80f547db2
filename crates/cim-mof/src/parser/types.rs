//! Types of features and parameters, and the brackets of arrays.

use cim_core::CimType;

use super::{Abandoned, Parse, Parser};
use crate::ast::{ArrayShape, TypeName};
use crate::diagnostic::Diagnostic;
use crate::lexer::Kind;
use crate::lint::Lint;
use crate::{name, number};

const A_TYPE: &str = "a type such as `string`, `uint32` or `boolean`";

/// What programmers write for our types.
const FROM_OTHER_LANGUAGES: &[(&str, &str)] = &[
    ("bool", "boolean"),
    ("byte", "uint8"),
    ("char", "char16"),
    ("date", "datetime"),
    ("double", "real64"),
    ("float", "real32"),
    ("int", "sint32"),
    ("long", "sint64"),
    ("short", "sint16"),
    ("text", "string"),
    ("time", "datetime"),
];

impl Parser<'_> {
    /// A type; `returns` where it may be `void`.
    pub(super) fn type_name(&mut self, returns: bool) -> Parse<TypeName> {
        if !self.is_any_word(0) {
            return self.expected(A_TYPE);
        }
        if self.key_at(1) != Some(name::REF)
            && let Some(ty) = self.intrinsic_here()
        {
            self.bump();
            return Ok(TypeName::Intrinsic(ty));
        }
        self.bare_qualifier();
        if self.key_at(1) != Some(name::REF)
            && let Some(ty) = self.intrinsic_here()
        {
            self.bump();
            return Ok(TypeName::Intrinsic(ty));
        }
        self.exchanged()?;
        if self.key_at(1) == Some(name::REF)
            && self.kind_at(2) == Kind::Punctuation(b';')
            && self.intrinsic_here().is_none()
        {
            self.bump();
            self.bump();
            return self.expected("the name of the reference");
        }
        let is_class = self.text(self.here()).contains('_');
        let ends = is_class && matches!(self.kind_at(3), Kind::Punctuation(b';' | b',' | b')'));
        if self.is_any_word(1) && self.is_any_word(2) && ends && self.key_at(1) != Some(name::REF) {
            // `X_A RFE Other;`
            let class = self.name("a class name")?;
            if self.mof3 && cim_core::nearest(self.text(self.here()), ["REF"].into_iter()).is_none()
            {
                let _: Parse<()> = self.expected("`;` or `=`");
                return Err(Abandoned);
            }
            let _: Parse<()> = self.expected_with("`REF`", "did you mean `REF`?".to_owned());
            self.bump();
            self.is_partial = true;
            return Ok(TypeName::Reference(class));
        }
        if self.is_any_word(1) && self.key_at(2) == Some(name::REF) && self.is_any_word(3) {
            // `X_A X_A REF Other`
            let class = self.name("a class name")?;
            self.doubt_here();
            let _: Parse<()> = self.expected_with("`REF`", "remove it".to_owned());
            self.bump();
            self.bump();
            self.is_partial = true;
            return Ok(TypeName::Reference(class));
        }
        if self.key_at(1) == Some(name::REF) {
            let is_intrinsic = self.intrinsic_here().is_some();
            let class = self.name("a class name")?;
            self.bump();
            if is_intrinsic {
                self.report.push(
                    Diagnostic::error("E0111", class.span, format!("`{}` is no class", class.text))
                        .help("name the class that is referred to, or remove `REF`"),
                );
                return Ok(TypeName::Unknown);
            }
            if class.key == name::OBJECT {
                self.class_type(class.span, "`object ref`");
            }
            return Ok(TypeName::Reference(class));
        }
        let span = self.here();
        match self.key_at(0) {
            Some(name::INTEGER) if self.mof3 => {
                self.bump();
                return Ok(TypeName::Intrinsic(CimType::Sint64));
            }
            Some(name::OCTETSTRING) if self.mof3 => {
                self.bump();
                return Ok(TypeName::Octets);
            }
            Some(name::VOID) if returns => {
                self.bump();
                return Ok(TypeName::Void);
            }
            Some(name::OBJECT) if self.is_any_word(1) => {
                self.bump();
                self.class_type(span, "`object`");
                return Ok(TypeName::Object);
            }
            _ => {}
        }
        let bracket = |at| self.kind_at(at) == Kind::Punctuation(b'[');
        let behind = match self.kind_at(2) {
            Kind::Punctuation(b']') => 3,
            _ => 4,
        };
        if !(self.is_any_word(1) || bracket(1) && self.is_any_word(behind)) {
            // `Name;` without a type: what stands here is the name.
            return self.unknown_type();
        }
        // `X_A* Other`: the lexer said what is wrong.
        let next = self.token(1).start;
        if self.troubles.iter().any(|at| (span.end..next).contains(at)) {
            self.bump();
            return Ok(TypeName::Unknown);
        }
        let text = self.text(span);
        let is_meant = !self.mof3
            && (CimType::nearest_mof_name(text).is_some() || !text.contains('_'))
            && self.report.denies(Lint::ClassType);
        let class = self.name("a type")?;
        if is_meant {
            self.report_unknown_type(&class);
            return Ok(TypeName::Unknown);
        }
        if !self.mof3 {
            self.class_type(class.span, &format!("class `{}`", class.text));
        }
        Ok(TypeName::Named(class))
    }

    /// `Name string;` and `REF X_A Name;`: words in another order.
    fn exchanged(&mut self) -> Parse<()> {
        let is_type =
            |key: Option<name::Key>| key.is_some_and(|k| crate::ast::intrinsic(k).is_some());
        let ends = |at| {
            matches!(
                self.kind_at(at),
                Kind::Punctuation(b';' | b',' | b')' | b'=')
            )
        };
        let word = |at| self.text(self.span_of(self.token(at)));
        if self.is_word(name::REF) && self.is_any_word(1) && ends(2) {
            let help = "write the class before `REF`, as in `X_Class REF Name`".to_owned();
            return self.expected_with("the name of a class", help);
        }
        let right =
            if self.is_word(name::REF) && self.is_any_word(1) && self.is_any_word(2) && ends(3) {
                format!("{} REF {}", word(1), word(2))
            } else if !is_type(self.key_at(0)) && is_type(self.key_at(1)) && ends(2) && !self.mof3 {
                format!("{} {}", word(1), word(0))
            } else {
                return Ok(());
            };
        self.expected_with(A_TYPE, format!("did you mean `{right}`?"))
    }

    /// `Key string Name`, `in uint8 Size`: a qualifier that lacks its brackets is reported and skipped.
    fn bare_qualifier(&mut self) {
        self.bare_qualifier_at(self.is_any_word(2));
    }

    fn bare_qualifier_at(&mut self, goes_on: bool) {
        let is_type =
            |key: Option<name::Key>| key.is_some_and(|k| crate::ast::intrinsic(k).is_some());
        if is_type(self.key_at(0)) || !is_type(self.key_at(1)) || !goes_on {
            return;
        }
        let span = self.here();
        let word = self.text(span).to_owned();
        self.syntax_error(
            Diagnostic::error("E0101", span, format!("`{word}` before a type"))
                .label("no qualifier without brackets")
                .help(format!(
                    "write `[{word}]` if the qualifier is meant, or remove it"
                )),
        );
        self.bump();
    }

    /// Where the type is not known and no feature can be made out either, one message is enough.
    pub(super) fn after_unknown(&mut self, ty: &TypeName) -> Parse<()> {
        let goes_on = matches!(
            self.kind(),
            Kind::Punctuation(b';' | b'[' | b'(' | b'=' | b',' | b')' | b'}') | Kind::End
        );
        if matches!(ty, TypeName::Unknown) && !goes_on {
            return Err(Abandoned);
        }
        Ok(())
    }

    /// The type of a qualifier: an intrinsic one; `None` if it is unknown, which is reported.
    pub(super) fn qualifier_base_type(&mut self) -> Parse<Option<CimType>> {
        self.bare_qualifier_at(self.is_any_word(1));
        if let Kind::Word(_) = self.kind()
            && self.intrinsic_here().is_none()
            && !(self.mof3 && self.is_word(name::INTEGER))
        {
            let word = self.name("a type")?;
            self.report_unknown_type(&word);
            return Ok(None);
        }
        Ok(Some(self.type_name(false)?.cim_type()))
    }

    /// A method without return value, where that is not the custom.
    pub(super) fn void(&mut self, span: crate::source::Span) {
        if !self.mof3 {
            self.report.push(
                Diagnostic::lint(Lint::Void, span, "a method without return value").help(
                    "give it one: `uint32` with 0 for success is the custom; Microsoft's dialect knows `void`",
                ),
            );
        }
    }

    fn unknown_type<T>(&mut self) -> Parse<T> {
        let text = self.text(self.here()).to_owned();
        let ends = matches!(
            self.kind_at(1),
            Kind::Punctuation(b';' | b'=' | b'(' | b',' | b')' | b'[')
        );
        match CimType::nearest_mof_name(&text) {
            Some(similar) => self.expected_with(A_TYPE, format!("did you mean `{similar}`?")),
            None if ends => self.expected_with(
                A_TYPE,
                format!("write the type before `{text}`, as in `string {text}`"),
            ),
            None => self.expected(A_TYPE),
        }
    }

    fn report_unknown_type(&mut self, word: &crate::ast::Name) {
        let other = FROM_OTHER_LANGUAGES
            .iter()
            .find(|(theirs, _)| theirs.eq_ignore_ascii_case(&word.text))
            .map(|(_, ours)| *ours);
        let help = match other.or_else(|| CimType::nearest_mof_name(&word.text)) {
            Some(similar) => format!("did you mean `{similar}`?"),
            None if word.is(name::VOID) => "only methods of Microsoft's dialect are void".to_owned(),
            None => "the types are boolean, string, datetime, char16, real32, real64, uint8 to uint64 and sint8 to sint64".to_owned(),
        };
        self.report.push(
            Diagnostic::error("E0111", word.span, format!("`{}` is no type", word.text)).help(help),
        );
    }

    fn class_type(&mut self, span: crate::source::Span, what: &str) {
        if !self.mof3 {
            self.report.push(
                Diagnostic::lint(Lint::ClassType, span, format!("{what} as a type belongs to Microsoft's dialect"))
                    .help("write `Class REF` for a reference, `string` with the qualifier EmbeddedInstance(\"Class\") or EmbeddedObject for an instance, or give --dialect wmi"),
            );
        }
    }

    /// `[]`, `[n]` or nothing.
    pub(super) fn array_shape(&mut self) -> Parse<ArrayShape> {
        // Qualifiers of the next feature stand in the next line: a semicolon is missing before them.
        if !self.is(b'[') || self.is_any_word(1) && self.is_on_new_line() {
            return Ok(ArrayShape::Scalar);
        }
        self.bump();
        if self.eat(b']') {
            return Ok(ArrayShape::Variable);
        }
        let span = self.here();
        let size = match self.kind() {
            Kind::Number => match number::parse(self.text(span)) {
                Ok(number::Number::Integer(n)) if !n.negative => u32::try_from(n.magnitude).ok(),
                _ => None,
            },
            _ => return self.expected("`]` or the size of the array"),
        };
        self.bump();
        let shape = match size {
            Some(n) if n > 0 => {
                self.report.push(
                    Diagnostic::lint(
                        Lint::DeprecatedSyntax,
                        span,
                        "arrays of a fixed size are deprecated",
                    )
                    .help("write `[]`"),
                );
                ArrayShape::Fixed(n)
            }
            _ => {
                self.report.push(
                    Diagnostic::error(
                        "E0116",
                        span,
                        "the size of an array is a whole number from 1 up",
                    )
                    .help("write `[]` for any size"),
                );
                ArrayShape::Variable
            }
        };
        self.expect(b']')?;
        Ok(shape)
    }

    /// Brackets behind the type, where C has them.
    pub(super) fn misplaced_brackets(&mut self, is_parameter: bool) -> Parse<ArrayShape> {
        let start = self.here();
        let shape = self.array_shape()?;
        // Where no name follows, that is what is missing.
        let is_misplaced = shape.is_array() && self.is_any_word(0);
        // (`integer[] Ages()` returns an array in DSP0221.)
        let is_value = match self.kind_at(1) {
            Kind::Punctuation(b';') => true,
            Kind::Punctuation(b'=') => self.kind_at(2) != Kind::Punctuation(b'('),
            Kind::Punctuation(b',' | b')') => is_parameter,
            _ => false,
        };
        if is_misplaced && (is_value || !self.mof3) {
            let span = start.to(self.previous());
            self.report.push(
                Diagnostic::error(
                    "E0110",
                    span,
                    "the brackets of an array stand behind its name",
                )
                .help("move them behind the name, as in `uint8 Values[]`"),
            );
        }
        Ok(shape)
    }
}
