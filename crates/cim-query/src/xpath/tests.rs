use std::sync::LazyLock;

use cim_core::{Instance, Schema, Value};
use proptest::prelude::*;

use super::*;

static SCHEMA: LazyLock<Schema> = LazyLock::new(|| {
    let text = [
        include_str!("../../../../mof/qualifiers.mof"),
        "class XYZ_Part { [Key] string Name; uint8 Level; };\n\
         class XYZ_Box { [Key] string Id; string Notes[]; uint32 Size; boolean Open; datetime Since;\n\
           [EmbeddedInstance(\"XYZ_Part\")] string Lid;\n\
           [EmbeddedInstance(\"XYZ_Part\")] string Parts[]; };\n\
         class XYZ_Crate : XYZ_Box { string Wood; };",
    ]
    .concat();
    let compilation = cim_mof::compile_text("test.mof", &text);
    assert_eq!(
        compilation.error_count(),
        0,
        "{:?}",
        compilation.diagnostics()
    );
    Schema::new(compilation.lower())
});

fn part(name: &str, level: u64) -> Instance {
    let class = SCHEMA.class("XYZ_Part").unwrap();
    Instance::new(class).with("Name", name).with("Level", level)
}

fn sample() -> Instance {
    Instance::new(SCHEMA.class("XYZ_Crate").unwrap())
        .with("Id", "b1")
        .with("Notes", Value::Array(vec!["one".into(), "two".into()]))
        .with("Size", 7u64)
        .with("Open", true)
        .with("Lid", part("lid", 1))
        .with(
            "Parts",
            Value::Array(vec![part("a", 2).into(), part("b", 3).into()]),
        )
}

fn path(text: &str) -> Path {
    parse_xpath_path(text, SCHEMA.class("XYZ_Box").unwrap(), &SCHEMA).unwrap()
}

/// What a path selects, as text.
fn selected(text: &str) -> Vec<String> {
    let sample = sample();
    path(text)
        .select(&sample)
        .iter()
        .map(|node| {
            let entry = node.entry.map_or(String::new(), |n| format!("[{}]", n + 1));
            format!("{}.{}{entry}", node.owner.class().name, node.property.name)
        })
        .collect()
}

#[test]
fn paths_select_elements() {
    for (text, expected) in [
        ("Size", "XYZ_Crate.Size"),
        ("./Size", "XYZ_Crate.Size"),
        ("size", "XYZ_Crate.Size"),
        ("p:Size", "XYZ_Crate.Size"),
        ("/p:XYZ_Box/p:Size", "XYZ_Crate.Size"),
        ("XYZ_Box/Size", "XYZ_Crate.Size"),
        ("../XYZ_Crate/Size", "XYZ_Crate.Size"),
        ("/*/Size", "XYZ_Crate.Size"),
        ("Lid/../Size", "XYZ_Crate.Size"),
        ("Size/text()", "XYZ_Crate.Size"),
        ("Size/@xsi:nil", "XYZ_Crate.Size"),
        ("Notes", "XYZ_Crate.Notes[1] XYZ_Crate.Notes[2]"),
        ("Notes[2]", "XYZ_Crate.Notes[2]"),
        ("Notes[3]", ""),
        ("Size[1]", "XYZ_Crate.Size"),
        ("Since", "XYZ_Crate.Since"),
        ("Lid/Name", "XYZ_Part.Name"),
        ("Parts[Name='b']/Level", "XYZ_Part.Level"),
        ("Parts[Level>2][1]", "XYZ_Crate.Parts[2]"),
        ("//Level", "XYZ_Part.Level XYZ_Part.Level XYZ_Part.Level"),
        ("Lid/*", "XYZ_Part.Level XYZ_Part.Name"),
        ("/XYZ_Box[Size=8]/Id", ""),
        ("Wood", "XYZ_Crate.Wood"),
    ] {
        assert_eq!(selected(text).join(" "), expected, "{text}");
    }
    for whole in ["/", ".", "/XYZ_Box", ".."] {
        assert!(path(whole).steps.is_empty(), "{whole}");
    }
}

#[test]
fn tests_hold_or_not() {
    for (text, holds) in [
        ("Size=7", true),
        ("7 = Size", true),
        ("Size > 7 or Open='true'", true),
        ("Size > 7 and Open='true'", false),
        ("not(Size > 7)", true),
        ("Notes='two'", true),
        ("Notes[1]='two'", false),
        ("Parts/Name='b'", true),
        ("Parts[2]/Name='b'", true),
        ("Parts/Name='c'", false),
        ("Since", false),
        ("Lid", true),
        ("Lid/Level < 1.5", true),
        ("//Level=3", true),
        ("/XYZ_Crate[Size=7]", true),
        ("../XYZ_Box[Size=7 and Open='false']", false),
        ("(Size=6 or Size=7) and (Open='true')", true),
        ("Id=Lid/Name", false),
    ] {
        let class = SCHEMA.class("XYZ_Box").unwrap();
        let test = parse_xpath_test(text, class, &SCHEMA).unwrap();
        assert_eq!(test.matches(&sample()), holds, "{text}: {test:?}");
    }
    let narrow = parse_xpath_test("/XYZ_Crate", SCHEMA.class("XYZ_Box").unwrap(), &SCHEMA);
    let plain = Instance::new(SCHEMA.class("XYZ_Box").unwrap());
    assert!(!narrow.unwrap().matches(&plain));
}

#[test]
fn places_to_change() {
    let sample = sample();
    let stops = |text: &str| {
        path(text)
            .place(&sample)
            .map(|stops| stops.iter().map(|stop| stop.entry).collect::<Vec<_>>())
    };
    assert_eq!(stops("Size"), Some(vec![None]));
    assert_eq!(stops("Size[1]"), Some(vec![None]));
    assert_eq!(stops("Notes[3]"), Some(vec![Some(2)]));
    assert_eq!(stops("Parts[Name='b']/Level"), Some(vec![Some(1), None]));
    assert_eq!(stops("."), Some(vec![]));
    for several in [
        "*",
        "//Level",
        "Parts[Level>1]",
        "Parts/Name",
        "Size[2]",
        "Parts[9]/Name",
    ] {
        assert_eq!(stops(several), None, "{several}");
    }
}

#[test]
fn says_where_the_trouble_is() {
    for (text, message) in [
        (
            "",
            "the name of a property is expected here (at character 1)",
        ),
        ("Sise", "has no property `Sise`; did you mean `Size`?"),
        ("Size/Name", "`Size` has no elements in it"),
        ("Notes[0]", "positions count from 1"),
        ("Notes[1", "`]` is missing (at character 8)"),
        (
            "/XYZ_Part/Name",
            "the document element is XYZ_Box, not `XYZ_Part`",
        ),
        ("/..", "beyond"),
        ("child::Size", "beyond the subset"),
        ("count(Notes)", "beyond the subset"),
        ("Size=7", "should end here (at character 5)"),
        ("../../Size", "nothing is above"),
    ] {
        let class = SCHEMA.class("XYZ_Box").unwrap();
        let found = parse_xpath_path(text, class, &SCHEMA);
        if text == "/.." {
            // The document itself, then more than a path.
            assert!(found.is_err());
            continue;
        }
        let found = found.unwrap_err().message().to_owned();
        assert!(found.contains(message), "{text}: {found}");
    }
    for text in [
        "'a'",
        "1=1",
        "Size=",
        "Size='x",
        "(Size=1",
        "Size=1 xor Size=2",
        "Size/@x=1",
        ".=1",
    ] {
        let class = SCHEMA.class("XYZ_Box").unwrap();
        assert!(parse_xpath_test(text, class, &SCHEMA).is_err(), "{text}");
    }
}

#[test]
fn is_bounded() {
    let class = SCHEMA.class("XYZ_Box").unwrap();
    for text in [
        format!("{}Size=1{}", "(".repeat(3000), ")".repeat(3000)),
        "not(".repeat(2000),
        "Parts[".repeat(1300),
        vec!["Size=1"; 300].join(" or "),
        "Lid/".repeat(20) + "Name",
        "x".repeat(9000),
    ] {
        assert!(parse_xpath_test(&text, class, &SCHEMA).is_err());
    }
}

proptest! {
    #[test]
    fn no_text_panics(text in "\\PC{0,60}") {
        let class = SCHEMA.class("XYZ_Box").unwrap();
        let _ = parse_xpath_path(&text, class, &SCHEMA).map(|p| (p.select(&sample()).len(), p.place(&sample())));
        let _ = parse_xpath_test(&text, class, &SCHEMA).map(|t| t.matches(&sample()));
    }

    #[test]
    fn no_expression_panics(text in "(Size|Notes|Parts|Lid|Name|/|//|\\[|\\]|\\(|\\)|1|2|'b'|=|<| and | or |not|\\.|\\.\\.|\\*|@|text\\(\\)|p:){0,16}") {
        let class = SCHEMA.class("XYZ_Box").unwrap();
        if let Ok(path) = parse_xpath_path(&text, class, &SCHEMA) {
            let sample = sample();
            // What can be changed in one place is selected as one element at most, or one property.
            if path.place(&sample).is_some() {
                let nodes = path.select(&sample);
                prop_assert!(nodes.windows(2).all(|w| w[0].property.name == w[1].property.name));
            }
        }
        let _ = parse_xpath_test(&text, class, &SCHEMA).map(|t| t.matches(&sample()));
    }
}
