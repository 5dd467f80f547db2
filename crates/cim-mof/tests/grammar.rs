//! Every rule of the grammar (DSP0004 annex A, DSP0221 clause 7) with what it takes and what it refuses,
//! and what each dialect says about the deviations in the wild.

use cim_mof::{Dialect, Levels, Options, compile_text_with};

fn codes(text: &str, options: &Options) -> Vec<&'static str> {
    let compilation = compile_text_with("a.mof", text, options);
    compilation.diagnostics().iter().map(|d| d.code).collect()
}

fn dialect(dialect: Dialect) -> Options {
    Options {
        levels: Levels::of(dialect),
        ..Options::default()
    }
}

/// Texts that are right, and texts that are wrong with the code that says so.
#[track_caller]
fn rule(name: &str, right: &[&str], wrong: &[(&str, &str)]) {
    check(name, &Options::default(), right, wrong);
}

#[track_caller]
fn check(name: &str, options: &Options, right: &[&str], wrong: &[(&str, &str)]) {
    for text in right {
        assert_eq!(codes(text, options), [""; 0], "{name}: {text}");
    }
    for (text, code) in wrong {
        // One mistake, one diagnostic.
        assert_eq!(codes(text, options), [*code], "{name}: {text}");
    }
}

fn property(declaration: &str) -> String {
    format!("class X_A {{ {declaration} }};")
}

#[track_caller]
fn values(name: &str, right: &[&str], wrong: &[(&str, &str)]) {
    let right: Vec<String> = right.iter().map(|d| property(d)).collect();
    let wrong: Vec<(String, &str)> = wrong.iter().map(|(d, c)| (property(d), *c)).collect();
    let right: Vec<&str> = right.iter().map(String::as_str).collect();
    let wrong: Vec<(&str, &str)> = wrong.iter().map(|(d, c)| (d.as_str(), *c)).collect();
    rule(name, &right, &wrong);
}

#[test]
fn top_level() {
    rule(
        "mofSpecification",
        &[
            "",
            "// nothing\n",
            "/* a // b */",
            "class X_A {}; class X_B {};",
            "//",
        ],
        &[
            ("class X_A {", "E0101"),
            ("banana", "E0101"),
            ("/* open", "E0002"),
            ("class X_A {} class X_B {};", "E0101"),
            (";", "E0101"),
        ],
    );
    rule(
        "compilerDirective",
        &[
            "#pragma locale(\"en_US\")",
            "#PRAGMA instancelocale (\"de_DE\")",
            "# pragma namespace(\"root/cimv2\")",
            "#pragma namespace(\"\\\\\\\\.\\\\root\\\\cimv2\")",
        ],
        &[
            ("#pragma junkname (\"junkvalue\")", "W0101"),
            ("#pragma locale (\"junkvalue\")", "W0103"),
            ("#pragma source(\"x\")", "W0104"),
            ("#pragma autorecover", "W0102"),
            ("#pragma locale \"en_US\"", "E0101"),
            ("#pragma include (\"nowhere.mof\")", "E0104"),
            ("#banana (\"x\")", "E0101"),
            ("#ifdef A\nanything", "E0007"),
        ],
    );
}

#[test]
fn classes() {
    rule(
        "classDeclaration",
        &[
            "class X_A {};",
            "CLASS X_A { };",
            "class X_A : X_B {}; class X_B {};",
            "[Abstract, Version(\"1.0.0\")] class X_A {};",
            "class X_Größe {};",
        ],
        &[
            ("class {};", "E0101"),
            ("class X_A : {};", "E0101"),
            ("class X_A : X_A {};", "E0203"),
            ("class X_A as $A {};", "W0106"),
            ("class Thing {};", "W0305"),
            ("[] class X_A {};", "E0101"),
            ("class X_A : X_B, X_C {}; class X_B {};", "E0101"),
            ("clas X_A {};", "E0101"),
            ("[Abstract Version(\"1\")] class X_A {};", "E0101"),
        ],
    );
    rule(
        "assocDeclaration",
        &["class X_A {}; [Association] class X_L { X_A REF One; X_A ref Two; };"],
        &[
            (
                "class X_A {}; [Association] class X_L { X_A REF One; };",
                "E0207",
            ),
            ("class X_A { X_A REF One; };", "E0207"),
            (
                "class X_A {}; [Association] class X_L { X_B REF One; X_A REF Two; };",
                "E0201",
            ),
            (
                "class X_A {}; [Version(\"1.0\"), Association] class X_L { X_A REF One; X_A REF Two; };",
                "W0107",
            ),
        ],
    );
    rule(
        "indicDeclaration",
        &["[Indication] class X_I { string What; };"],
        &[(
            "class X_A {}; [Indication] class X_I { X_A REF One; };",
            "E0223",
        )],
    );
}

#[test]
fn features() {
    values(
        "propertyDeclaration",
        &[
            "string Name;",
            "datetime datetime;",
            "string string;",
            "boolean Association;",
            "uint8 Values[];",
            "[Key, Description(\"a\" \"b\")] string Name;",
            "string Class; string Schema; string Method; string Qualifier;",
        ],
        &[
            ("string;", "E0101"),
            ("Name;", "E0101"),
            ("string Name", "E0101"),
            ("string Name = ;", "E0101"),
            ("uint8[] Values;", "E0110"),
            ("int32 Size;", "E0111"),
            ("char8 Letter;", "E0111"),
            ("void Name;", "E0111"),
            ("uint8 Values[-1];", "E0116"),
            ("uint8 Values[x];", "E0101"),
            ("X_A Other;", "E0121"),
        ],
    );
    values(
        "methodDeclaration",
        &[
            "uint32 Reset();",
            "string Name([In] string A, [In(false), Out] uint8 B[]);",
            "uint32 Link(X_A REF Others[]);",
        ],
        &[
            ("uint32 Reset(;", "E0101"),
            ("uint32 Reset(string);", "E0101"),
            ("uint32 Reset(string A string B);", "E0101"),
            ("uint32 Reset(string A,);", "E0120"),
            ("uint32 Reset()", "E0101"),
            ("void Reset();", "E0122"),
            ("uint32 Reset(string A = \"x\");", "E0123"),
        ],
    );
}

#[test]
fn literals() {
    values(
        "integerValue",
        &[
            "uint8 P = 255;",
            "uint8 P = -0;",
            "sint8 P = -128;",
            "uint8 P = 0xFF;",
            "uint8 P = 0377;",
            "uint8 P = 11111111b;",
            "sint64 P = -9223372036854775808;",
            "uint64 P = 18446744073709551615;",
            "uint8 P = +5;",
        ],
        &[
            ("uint8 P = 256;", "E0208"),
            ("uint8 P = -1;", "E0208"),
            ("uint8 P = 08;", "E0003"),
            ("uint8 P = 2b;", "E0003"),
            ("uint8 P = 0xG;", "E0003"),
            ("uint64 P = 18446744073709551616;", "E0005"),
            ("uint8 P = \"1\";", "E0208"),
        ],
    );
    values(
        "realValue",
        &[
            "real32 P = 1.5;",
            "real64 P = .5;",
            "real64 P = -1.5e-3;",
            "real32 P = 5;",
            "real32 P = 1.5E+3;",
        ],
        &[
            ("real32 P = 5.;", "E0010"),
            ("real32 P = 1e5;", "E0010"),
            ("real32 P = 1.5.2;", "E0003"),
            ("uint8 P = 1.5;", "E0208"),
        ],
    );
    values(
        "charValue",
        &[
            "char16 P = 'a';",
            "char16 P = '\\n';",
            "char16 P = '\\x0';",
            "char16 P = '\\'';",
            "char16 P = 'ä';",
        ],
        &[
            ("char16 P = '';", "E0006"),
            ("char16 P = 'ab';", "E0006"),
            ("char16 P = 'a;", "E0002"),
            ("char16 P = \"a\";", "E0208"),
        ],
    );
    values(
        "stringValue",
        &[
            "string P = \"\";",
            "string P = \"a\" \"b\";",
            "string P = \"\\b\\t\\n\\f\\r\\\"\\'\\\\\\x41\\X41\";",
            "string P = \"// no comment /* none */\";",
        ],
        &[
            ("string P = \"a;", "E0002"),
            ("string P = \"\\d\";", "W0002"),
            ("string P = \"\\x\";", "E0004"),
            ("string P = 'a';", "E0208"),
        ],
    );
    values(
        "booleanValue, nullValue",
        &[
            "boolean P = TRUE;",
            "boolean P = false;",
            "boolean P = NULL;",
            "uint8 P[] = null;",
            "uint8 P[] = { 1, null };",
        ],
        &[
            ("boolean P = yes;", "E0101"),
            ("boolean P = 1;", "E0208"),
            ("boolean P = tru;", "E0101"),
        ],
    );
    values(
        "arrayInitializer",
        &[
            "uint8 P[] = { 1 };",
            "uint8 P[] = {};",
            "string P[] = { \"a\" \"b\", \"c\" };",
            "uint8 P[2] = { 1, 2 };",
        ],
        &[
            ("uint8 P[] = { 1, };", "E0120"),
            ("uint8 P[] = { 1 2 };", "E0101"),
            ("uint8 P[] = { {1} };", "E0102"),
            ("uint8 P[] = { 300 };", "E0208"),
            ("uint8 P[] = 1;", "E0505"),
            ("uint8 P = { 1 };", "E0505"),
            ("uint8 P[1] = { 1, 2 };", "E0503"),
        ],
    );
    values(
        "datetimeValue",
        &[
            "datetime P = \"20260101000000.000000+000\";",
            "datetime P = \"00000001000000.000000:000\";",
            "datetime P = \"2026**********.******+000\";",
        ],
        &[
            ("datetime P = \"2026-01-01\";", "E0501"),
            ("datetime P = \"20260132000000.000000+000\";", "E0501"),
            ("datetime P = 5;", "E0208"),
        ],
    );
}

#[test]
fn qualifiers() {
    rule(
        "qualifierDeclaration",
        &[
            "Qualifier Colour : string, Scope(any);",
            "Qualifier Association : boolean = false, Scope(association), Flavor(DisableOverride, ToSubclass);",
            "Qualifier Sizes : uint8[] = { 1 }, Scope(class, property), Flavor(Restricted, Translatable);",
            "QUALIFIER Reference : string = null, SCOPE(property), FLAVOR(EnableOverride ToSubclass);",
        ],
        &[
            ("Qualifier Colour : string;", "E0115"),
            ("Qualifier Colour : colour, Scope(any);", "E0111"),
            ("Qualifier Colour string, Scope(any);", "E0101"),
            (
                "Qualifier Colour : string, Scope(any), Flavour(Restricted);",
                "E0101",
            ),
            ("Qualifier Colour : string, Scope();", "E0114"),
            ("Qualifier Colour : string, Scope(thing);", "E0112"),
            (
                "Qualifier Colour : string, Scope(any), Flavor(Red);",
                "E0112",
            ),
            (
                "Qualifier Colour : string, Scope(any), Flavor(ToSubclass, Restricted);",
                "E0308",
            ),
            ("Qualifier Colour : string = 5, Scope(any);", "E0303"),
            ("Qualifier Colour : string, Scope(schema, class);", "W0108"),
            (
                "Qualifier Colour : string, Scope(any) Flavor(ToSubclass);",
                "E0101",
            ),
        ],
    );
    values(
        "qualifier",
        &[
            "[Key] string P;",
            "[key(true), MAXLEN(8)] string P;",
            "[ValueMap { \"0\" }, Values { \"a\" }] uint8 P;",
            "[Description(\"a\"), Description_fr_FR(\"b\")] string P;",
            "[Description(null)] string P;",
        ],
        &[
            ("[Key string P;", "E0101"),
            ("[Key(] string P;", "E0101"),
            ("[Key, key] string P;", "E0304"),
            ("[Kee] string P;", "E0301"),
            ("[Static(\"True\")] string P;", "E0303"),
            ("[MaxLen] string P;", "E0303"),
            ("[MaxLen { 8 }] string P;", "E0303"),
            ("[ValueMap(\"0\")] uint8 P;", "E0309"),
            ("[Abstract] string P;", "E0302"),
            ("[Key : ToSubclass] string P;", "W0105"),
        ],
    );
}

#[test]
fn instances() {
    let with = |text: &str| format!("class X_A {{ [Key] string Name; uint8 Size = 1; }}; {text}");
    let right = [
        "instance of X_A { Name = \"a\"; };",
        "INSTANCE OF x_a as $One { name = \"a\"; SIZE = NULL; };",
    ];
    let wrong = [
        ("instance X_A { Name = \"a\"; };", "E0101"),
        ("instance of X_B { Name = \"a\"; };", "E0201"),
        ("instance of X_A as One { Name = \"a\"; };", "E0101"),
        ("instance of X_A { Name \"a\"; };", "E0101"),
        ("instance of X_A { Name = \"a\" }; ", "E0101"),
        ("instance of X_A { Name = \"a\"; Sise = 1; };", "E0209"),
        ("instance of X_A { Name = \"a\"; Size = 256; };", "E0208"),
        ("instance of X_A { Size = 2; };", "E0603"),
        ("instance of X_A { Name = \"a\"; name = \"b\"; };", "E0602"),
    ];
    let right: Vec<String> = right.iter().map(|t| with(t)).collect();
    for text in &right {
        rule("instanceDeclaration", &[text], &[]);
    }
    for (text, code) in wrong {
        let text = with(text);
        let found = codes(&text, &Options::default());
        // A syntax error must not hide that the rest is right, nor show it as wrong.
        assert_eq!(found.first(), Some(&code), "{text}: {found:?}");
    }
}

#[test]
fn mof3() {
    let options = Options {
        mof3: true,
        ..Options::default()
    };
    check(
        "DSP0221",
        &options,
        &[
            "structure X_S { string A = \"x\"; integer B = 5; octetstring C; };",
            "enumeration X_E : integer { A = 1, B = 2 }; class X_C { X_E E = A; };",
            "enumeration X_E : string { A, B = \"b\" }; class X_C { X_E E[] = { X_E.A, B }; };",
            "class X_A { void M([In] string P = \"x\"); integer[] N(); };",
            "structure X_S { string A; }; class X_C : X_S { X_S Inner; structure X_L { string B; }; };",
            "class X_A { [Key] string N; }; association X_L { X_A REF One; X_A REF Two; };",
            "class X_A { [Key] string N; X_A REF Other; };",
            "structure X_S { string A; }; class X_C { [Key] string N; X_S Inner; }; instance of X_C { N = \"a\"; Inner = value of X_S { A = \"b\"; }; };",
            "Qualifier Q : string = \"x\" Scope(any) Policy(restricted);",
            "structure X_S { string A; }; value of X_S as $One { A = \"b\"; };",
            "class X_A { string P = \"\\x1F600\"; };",
            "#pragma namespace(\"root/x\")\nstructure X_S { integer A; }; class X_C { [Key] string N; X_S P = value of X_S { A = 1; }; }; instance of X_C { N = \"a\"; P = value of X_S { A = 2; }; };",
            "value of X_S as $One { A = 1; }; structure X_S { integer A; }; class X_C { X_S P = $One; void M(X_S Q[] = { $One, value of X_S { A = 2; } }); };",
            "class X_C { [Key] string N; string V; }; instance of X_C { N = \"a\"; }; instance of X_C { N = \"a\"; V = \"b\"; };",
            "Qualifier X_Size : integer Scope(any); Qualifier X_Words : string[] Scope(any); [X_Size, X_Words] class X_A { };",
            // Enumerations as the types of qualifiers, and the qualifiers that it adds.
            "enumeration X_Hue : string { Red, Blue }; Qualifier X_Colour : X_Hue = Red Scope(any); [X_Colour(Blue)] class X_A { [X_Colour(X_Hue.Red)] string P; };",
            "[PackagePath(\"X::Y\"), OCL { \"inv: true\" }] class X_A { [Key] string N; }; association X_L { [AggregationKind(Composite)] X_A REF One; X_A REF Two; };",
            // Local types: one name in two classes, seen from subclasses and inner structures.
            "class X_A { enumeration State : integer { On = 1 }; State S = On; }; class X_B { enumeration State : string { Off }; State S = Off; };",
            "class X_A { [Description(\"mine\")] structure Part { string A; }; }; class X_B : X_A { Part P; structure Inner : Part { Part More; }; Inner Q; };",
            "class X_A { [Key] string N; enumeration E : integer { On = 1 }; structure S { E Is; }; S P; }; instance of X_A { N = \"a\"; P = value of S { Is = E.On; }; };",
            "structure Part { string A; }; class X_A { structure Part { uint8 B; }; Part P = value of Part { B = 1; }; }; class X_B { Part P = value of Part { A = \"x\"; }; };",
            // An enumeration may be overridden by the one that it extends.
            "enumeration X_E : integer { A = 1 }; enumeration X_F : X_E { B = 2 }; class X_A { X_F P; }; class X_B : X_A { [Override(\"P\")] X_E P; };",
            "structure X_S { string A; }; structure X_T : X_S { string B; }; class X_A { X_S P; }; class X_B : X_A { [Override(\"P\")] X_T P; };",
        ],
        &[
            (
                "structure X_S { integer A; }; class X_C { X_S P = value of X_S { B = 1; }; };",
                "E0209",
            ),
            (
                "structure X_S { integer A; }; class X_C { X_S P = $Nobody; };",
                "E0605",
            ),
            (
                "Qualifier X_Word : string Scope(any); [X_Word] class X_A { };",
                "E0303",
            ),
            (
                "enumeration X_Hue : string { Red }; Qualifier X_Colour : X_Hue = Rod Scope(any);",
                "E0702",
            ),
            (
                "enumeration X_Hue : string { Red }; Qualifier X_Colour : X_Hue = Red Scope(any); [X_Colour(Rod)] class X_A { };",
                "E0702",
            ),
            ("Qualifier X_Colour : X_Hew = Red Scope(any);", "E0201"),
            (
                "class X_A { structure Part { string A; }; }; class X_B { Part P; };",
                "E0201",
            ),
            (
                "class X_A { structure Part { string A; }; structure part { string B; }; };",
                "E0202",
            ),
            (
                "enumeration X_E : integer { A = 1 }; enumeration X_F : X_E { B = 2 }; class X_A { X_E P; }; class X_B : X_A { [Override(\"P\")] X_F P; };",
                "E0205",
            ),
            (
                "structure X_S { string A; }; structure X_T : X_S { string B; }; class X_A { X_T P; }; class X_B : X_A { [Override(\"P\")] X_S P; };",
                "E0205",
            ),
            ("enumeration X_E : integer { A };", "E0701"),
            ("enumeration X_E : integer { A = \"x\" };", "E0701"),
            ("enumeration X_E : string { A = 1 };", "E0701"),
            ("enumeration X_E : integer { A = 1, a = 2 };", "E0701"),
            ("enumeration X_E : X_F { A = 1 };", "E0201"),
            (
                "enumeration X_E : integer { A = 1 }; class X_C { X_E E = B; };",
                "E0702",
            ),
            ("structure X_S { X_T Inner; };", "E0201"),
            (
                "structure X_S { string A; }; instance of X_S { A = \"b\"; };",
                "E0601",
            ),
            ("enumeration X_E { A };", "E0101"),
            (
                "class X_A { structure P { string Q; } string R; };",
                "E0101",
            ),
        ],
    );
    // Without the switch each is named as what it is.
    for text in [
        "structure X_S { string A; };",
        "enumeration X_E : integer { A = 1 };",
    ] {
        assert_eq!(codes(text, &Options::default()), ["E0113"], "{text}");
    }
}

/// Deviations that occur in real files: what strict, dmtf and wmi say about each.
#[test]
fn dialects() {
    let table: &[(&str, [&str; 3])] = &[
        ("#pragma autorecover", ["E", "W", ""]),
        (
            "#pragma classflags(\"forceupdate\", \"safeupdate\")",
            ["E", "W", ""],
        ),
        ("#pragma locale(\"MS\\\\0x409\")", ["W", "W", ""]),
        (
            "class X_A { string P = \"C:\\temp\\dir\"; };",
            ["E", "W", "W"],
        ),
        ("class X_A { string P = \"two\nlines\"; };", ["E", "E", "W"]),
        ("class X_A { real32 P = 5.; };", ["E", "E", "W"]),
        (
            "class X_A { [Key : ToInstance] string P; };",
            ["E", "W", ""],
        ),
        (
            "class X_B { string A; }; class X_A { X_B P[]; };",
            ["E", "E", ""],
        ),
        ("class X_A { object P; };", ["E", "E", ""]),
        ("class X_A { void M([out] uint8 A); };", ["E", "E", ""]),
        (
            "class X_A { [Dynamic, Provider(\"x\"), Guid(\"{1}\")] string P; };",
            ["E", "E", ""],
        ),
        (
            "[ClassVersion(\"1.0.0.0\"), FriendlyName(\"x\")] class X_A { [Locale(0x409)] string P; };",
            ["E", "E", ""],
        ),
        (
            "Qualifier Description : ToSubclass Amended;",
            ["E", "E", ""],
        ),
        (
            "class X_A { string P; }; instance of X_A { P; };",
            ["E", "W", ""],
        ),
        ("class X_A { uint8 P[] = { 1, }; };", ["E", "E", "W"]),
        ("class X_A { X_A REF P; };", ["E", "E", ""]),
        ("class Thing { string P; };", ["E", "W", ""]),
        (
            "class X_A { string P; }; class X_A { string P; uint8 Q; };",
            ["E", "E", ""],
        ),
        ("class __Thing { string P; };", ["", "", ""]),
        ("class X_A { [MinValue(1)] datetime P; };", ["E", "W", "W"]),
        (
            "class X_A { [ValueMap { \"0\", \"1\" }, Values { \"a\" }] uint8 P; };",
            ["E", "E", "W"],
        ),
    ];
    for (text, expected) in table {
        for (which, expected) in [Dialect::Strict, Dialect::Dmtf, Dialect::Wmi]
            .into_iter()
            .zip(expected)
        {
            let mut options = dialect(which);
            // Standard qualifiers need no declaration here, classes no key.
            for lint in ["built-in-qualifier", "no-key", "empty-braces"] {
                assert_eq!(options.levels.set(lint, cim_mof::Level::Allow), Ok(()));
            }
            let compilation = compile_text_with("a.mof", text, &options);
            let worst = match (compilation.error_count(), compilation.warning_count()) {
                (0, 0) => "",
                (0, _) => "W",
                _ => "E",
            };
            assert_eq!(
                worst,
                *expected,
                "{which:?}: {text}\n{}",
                compilation.render(false)
            );
        }
    }
}

/// Files in the styles that vendors ship, each in its dialect: none has an error, and what only the dialect
/// lets pass is one in the strict one.
#[test]
fn vendors() {
    let read = |name: &str| std::fs::read(format!("tests/vendors/{name}"));
    let mut count = 0;
    for (name, which) in [
        ("wmi-driver.mof", Dialect::Wmi),
        ("wmi-provider.mof", Dialect::Wmi),
        ("wmi-localized.mfl", Dialect::Wmi),
        ("wmi-snmp.mof", Dialect::Wmi),
        ("dsc-resource.mof", Dialect::Wmi),
        ("pegasus-registration.mof", Dialect::Dmtf),
        ("dell-hp-vmware.mof", Dialect::Dmtf),
    ] {
        let options = dialect(which);
        let path = std::path::PathBuf::from(format!("tests/vendors/{name}"));
        let compilation = cim_mof::compile(std::slice::from_ref(&path), &options);
        assert_eq!(
            compilation.error_count(),
            0,
            "{}",
            compilation.render(false)
        );
        // What is missing belongs to the repository; nothing else is said of it.
        for diagnostic in compilation.diagnostics() {
            let expected: &[&str] = match which {
                Dialect::Wmi => &["E0201", "W0103"],
                _ => &["W0108"],
            };
            assert!(
                expected.contains(&diagnostic.code),
                "{}",
                compilation.render(false)
            );
        }
        // It can be laid out, printed and told.
        let bytes = read(name).map_err(|e| e.to_string());
        let text = bytes.and_then(|b| cim_mof::format(&path, &b).map_err(|c| c.render(false)));
        let again = compile_text_with(name, &text.unwrap_or_default(), &options);
        assert_eq!(again.dump(false), compilation.dump(false), "{name}");
        let printed = compile_text_with(name, &compilation.print(), &options);
        assert_eq!(printed.error_count(), 0, "{}", printed.render(false));
        assert_eq!(printed.dump(true), compilation.dump(true), "{name}");
        assert!(!compilation.lower().is_empty(), "{name}");
        if which == Dialect::Wmi {
            let strict = compile_text_with(name, &compilation.print(), &dialect(Dialect::Strict));
            assert!(strict.error_count() > 0, "{name}");
        }
        count += compilation.class_count();
    }
    assert_eq!(count, 20);
}
