//! What is made of a compilation: MOF again, a layout, a tree, a reference, a difference.

use std::collections::BTreeMap;
use std::path::Path;

use cim_mof::{Compilation, Options, compile_text, compile_text_with, diff, format};
use expect_test::expect;
use proptest::prelude::*;

const EVERYTHING: &str = include_str!("fixtures/everything.mof");
const MOF3: &str = include_str!("fixtures/mof3.mof");

fn mof3() -> Options {
    Options {
        mof3: true,
        ..Options::default()
    }
}

fn clean(text: &str) -> Compilation {
    let compilation = compile_text("a.mof", text);
    assert_eq!(
        compilation.error_count(),
        0,
        "{}",
        compilation.render(false)
    );
    compilation
}

#[test]
fn what_is_printed_means_the_same() {
    let once = clean(EVERYTHING);
    let printed = once.print();
    assert_eq!(clean(&printed).dump(true), once.dump(true), "{printed}");
    let once = compile_text_with("a.mof", MOF3, &mof3());
    assert_eq!(once.error_count(), 0, "{}", once.render(false));
    let again = compile_text_with("b.mof", &once.print(), &mof3());
    assert_eq!(again.error_count(), 0, "{}", again.render(false));
    assert_eq!(again.dump(true), once.dump(true));
}

/// Values of every type, as MOF spells them.
fn property() -> impl Strategy<Value = String> {
    prop_oneof![
        "[ -~]{0,24}".prop_map(|text| {
            let text = text.replace('\\', "\\\\").replace('"', "\\\"");
            format!("string P = \"{text}\";")
        }),
        "[\u{1}-\u{ff}]{0,12}".prop_map(|text| {
            let units: String = text
                .chars()
                .map(|c| format!("\\x{:04x}", u32::from(c)))
                .collect();
            format!("string P = \"{units}\" \"\\n\";")
        }),
        any::<u64>().prop_map(|n| format!("uint64 P = {n:#x};")),
        any::<i64>().prop_map(|n| format!("sint64 P = {n};")),
        any::<f64>()
            .prop_filter("MOF has no other reals", |n| n.is_finite())
            .prop_map(|n| format!("real64 P = {n:?};").replace(".0e", ".0e")),
        any::<u16>().prop_map(|n| format!("char16 P = '\\x{n:x}';")),
        any::<bool>().prop_map(|b| format!("boolean P = {b};")),
        proptest::collection::vec(any::<u8>(), 0..8).prop_map(|items| {
            let items: Vec<_> = items.iter().map(u8::to_string).collect();
            format!(
                "[Description(\"x\"), ArrayType(\"Ordered\")] uint8 P[] = {{ {} }};",
                items.join(", ")
            )
        }),
        "[a-z]{1,8}".prop_map(|name| format!(
            "uint32 P([In] string {name}, [In(false), Out] X_A REF Other[]);"
        )),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_value_survives_printing(property in property()) {
        let text = format!("class X_A {{ {property} }};");
        // `1e300` lacks what MOF wants of a real: it is read all the same, and printed right.
        let mut options = Options::default();
        options.levels.set("real-without-fraction", cim_mof::Level::Allow).map_err(|e| TestCaseError::fail(e.to_string()))?;
        let once = compile_text_with("a.mof", &text, &options);
        prop_assert_eq!(once.error_count(), 0, "{}", once.render(false));
        let printed = once.print();
        let again = compile_text("b.mof", &printed);
        prop_assert_eq!(again.error_count(), 0, "{}\n{}", printed, again.render(false));
        prop_assert_eq!(again.dump(false), once.dump(false));
    }

    #[test]
    fn a_layout_is_its_own_layout(at in 0..EVERYTHING.len(), insert in "( |\n|\n\n|/\\* c \\*/|// c\n){0,3}") {
        let text = format!("{}{insert}{}", &EVERYTHING[..at], &EVERYTHING[at..]);
        if let Ok(once) = format(Path::new("a.mof"), text.as_bytes()) {
            let twice = format(Path::new("a.mof"), once.as_bytes()).map_err(|c| TestCaseError::fail(c.render(false)))?;
            prop_assert_eq!(&twice, &once);
            // The tokens are the same, and so is what they mean.
            let (before, after) = (compile_text("a.mof", &text), compile_text("b.mof", &once));
            prop_assert_eq!(before.dump(false), after.dump(false));
            let comments = |t: &str| t.matches("/*").count() + t.matches("// ").count();
            prop_assert_eq!(comments(&text), comments(&once));
        }
    }
}

#[test]
fn the_layout() {
    let text = "// head\n\n#pragma include(\"a.mof\") // why\nQualifier Q:string=null,Scope(class,association,indication,property,reference,method,parameter),Flavor(EnableOverride,ToSubclass);\n\
        [Abstract,Description(\"One line of text that is long enough \" \"to be broken into two lines of text.\"),Version(\"1.0\")]\n\
        class X_A:X_B{[Key]string Name;uint8 B[]={1,2};/* in */ uint32 M([In]string A,[Out]uint8 B[]);\n\n\n\n// last\n};\n\
        instance of X_A as $One{Name=\"a\";};\n";
    let formatted = format(Path::new("a.mof"), text.as_bytes()).map_err(|c| c.render(false));
    expect![[r#"
        // head

        #pragma include ("a.mof") // why
        Qualifier Q : string = null,
            Scope(class, association, indication, property, reference, method, parameter),
            Flavor(EnableOverride, ToSubclass);
        [Abstract,
         Description("One line of text that is long enough " "to be broken into two lines of text."),
         Version("1.0")]
        class X_A : X_B {
            [Key]
            string Name;
            uint8 B[] = { 1, 2 }; /* in */ uint32 M([In] string A, [Out] uint8 B[]);

            // last
        };

        instance of X_A as $One {
            Name = "a";
        };
    "#]]
    .assert_eq(&formatted.unwrap_or_default());
    // What nobody can read is left alone.
    assert!(format(Path::new("a.mof"), b"class X_A {").is_err());
}

#[test]
fn the_tree() {
    let compilation = clean(
        "[Abstract] class X_Top {}; class X_B : X_Top {}; class X_A : X_Top {}; class X_C : X_A {}; class Y_Other {};",
    );
    expect![[r"
        X_Top (abstract)
        ├── X_A
        │   └── X_C
        └── X_B
        Y_Other
    "]]
    .assert_eq(&compilation.tree(None).unwrap_or_default());
    assert_eq!(
        compilation.tree(Some("x_a")).as_deref(),
        Some("X_A\n└── X_C\n")
    );
    assert_eq!(compilation.tree(Some("X_D")), None);
}

#[test]
fn the_reference_has_a_page_a_class_and_no_dead_link() -> Result<(), std::io::Error> {
    let compilation = clean(EVERYTHING);
    let mut pages = BTreeMap::new();
    compilation.doc("Everything <&>", &mut |name, text| {
        pages.insert(name.to_owned(), text.to_owned());
        Ok(())
    })?;
    assert!(pages.contains_key("class.X_Lamp.html"));
    assert!(pages["index.html"].contains("<title>Classes · Everything &lt;&amp;&gt;</title>"));
    assert!(pages["class.X_Lamp.html"].contains("<a href=\"class.X_Top.html\">X_Top</a> › "));
    assert!(pages["class.X_Top.html"].contains("<td>2..9</td><td>Dimmed</td>"));
    for (name, page) in pages.iter().filter(|(name, _)| name.ends_with(".html")) {
        for part in page.split("href=\"").skip(1) {
            let target = part.split('"').next().unwrap_or("");
            let (file, anchor) = target.split_once('#').unwrap_or((target, ""));
            let file = if file.is_empty() { name } else { file };
            let text = pages.get(file).map_or("", String::as_str);
            assert!(!text.is_empty(), "{name}: {target}");
            assert!(
                anchor.is_empty() || text.contains(&format!("id=\"{anchor}\"")),
                "{name}: {target}"
            );
        }
    }
    Ok(())
}

#[test]
fn a_difference_says_what_breaks() {
    let old = clean(
        "class X_Gone {}; class X_A { [Key] string Name; [MaxLen(8)] string Short; uint8 Size; uint8 Lost;\n\
         [ValueMap { \"0\", \"1\" }, Values { \"Off\", \"On\" }] uint8 State; uint32 Reset([In] boolean Force); };",
    );
    let new = clean(
        "class X_New {}; class X_A { [Key] string Name; [MaxLen(16)] string Short; uint16 Size; string More;\n\
         [ValueMap { \"0\", \"2\" }, Values { \"Off\", \"Dim\" }] uint8 State; uint32 Reset([In] boolean Force, [In] string Why); };",
    );
    let lines: Vec<String> = diff(&old, &new)
        .iter()
        .map(|c| {
            format!(
                "{} {}: {}",
                if c.breaking { "!" } else { " " },
                c.element,
                c.message
            )
        })
        .collect();
    expect![[r"
        ! X_Gone: the class is gone
          X_A.Short: MaxLen is 16, was 8
        ! X_A.Size: the type is uint16, was uint8
        ! X_A.Lost: the property is gone
        ! X_A.State: value 1 is gone from the ValueMap
          X_A.State: new in the ValueMap: 2
          X_A.More: the property is new
        ! X_A.Reset(Why): the parameter is new
          X_New: the class is new"]]
    .assert_eq(&lines.join("\n"));
    assert_eq!(diff(&old, &old), []);
}
