use proptest::prelude::*;

use super::*;

fn reader(text: &str) -> Reader<'_> {
    Reader::new(text, &Limits::default()).expect("the text is acceptable")
}

/// Everything that the reader tells of a document, one event a line.
fn dump(text: &str, limits: &Limits) -> Result<String, XmlError> {
    let mut reader = Reader::new(text, limits)?;
    let mut out = String::new();
    loop {
        match reader.next()? {
            Event::Start(element) => {
                out += &format!("+{}", element.name());
                for attribute in element.attributes() {
                    out += &format!(" {}={:?}", attribute.name(), attribute.value());
                }
                out.push('\n');
            }
            Event::End => out += "-\n",
            Event::Text(text) => out += &format!("{text:?}\n"),
            Event::Eof => return Ok(out),
        }
    }
}

fn refused(text: &str) -> String {
    match dump(text, &Limits::default()) {
        Err(error) => error.to_string(),
        Ok(events) => panic!("accepted {text:?}:\n{events}"),
    }
}

#[test]
fn a_document_as_events() {
    let text = "<?xml version=\"1.0\" encoding='UTF-8' standalone='yes'?>\n<!-- a -->\n\
        <s:E xmlns:s='urn:s' xmlns='urn:d' s:m = \"1\" n='2 &lt; 3'>\r\n\
        a&amp;b<!-- c --><![CDATA[<x>&]]>&#xE9;<i/><s:j xmlns:s=\"urn:&amp;t\"></s:j >\
        <k xmlns=''>\r</k></s:E>\n<!-- z -->\n";
    expect_test::expect![[r#"
        +{urn:s}E {urn:s}m="1" n="2 < 3"
        "\na&b<x>&é"
        +{urn:d}i
        -
        +{urn:&t}j
        -
        +k
        "\n"
        -
        -
    "#]]
    .assert_eq(&dump(text, &Limits::default()).expect("is well-formed"));
}

#[test]
fn what_is_no_document_is_refused() {
    let cases = [
        "",
        "  ",
        "text",
        "<a>",
        "<a><b></a>",
        "</a>",
        "<a/><b/>",
        "<a/>text",
        "<a/>&amp;",
        "<a/><![CDATA[x]]>",
        "&#32;<a/>",
        "<p:a/>",
        "<a p:b='1'/>",
        "<a xmlns:p=''/>",
        "<a xmlns:xml='urn:x'/>",
        "<a xmlns:x='http://www.w3.org/XML/1998/namespace'/>",
        "<a xmlns:xmlns='urn:x'/>",
        "<a xmlns='urn:x' xmlns='urn:y'/>",
        "<a b='1' b='2'/>",
        "<a xmlns:p='u' xmlns:q='u' p:b='1' q:b='2'/>",
        "<a b='1'c='2'/>",
        "<a b/>",
        "<a b=1/>",
        "<a b='<'/>",
        "<a b='&nbsp;'/>",
        "<a>&nbsp;</a>",
        "<a>&#0;</a>",
        "<a>&</a>",
        "<a>& </a>",
        "<a>]]></a>",
        "<a>\u{1}</a>",
        "<1a/>",
        "<a:b:c xmlns:a='u'/>",
        "< a/>",
        "<a><!-- -- --></a>",
        "<!DOCTYPE a><a/>",
        "<!DOCTYPE a [<!ENTITY x 'y'>]><a>&x;</a>",
        "<a><?php x?></a>",
        "<?xml-stylesheet href='x'?><a/>",
        " <?xml version='1.0'?><a/>",
        "<?xml encoding='UTF-8'?><a/>",
        "<?xml version='2.0'?><a/>",
        "<a><?xml version='1.0'?></a>",
        "<a",
        "<a b='",
        "<a><![CDATA[",
        "<a><!--",
        "<a><![cdata[x]]></a>",
    ];
    let mut out = String::new();
    for text in cases {
        out += &format!("{:?}\n    {}\n", text, refused(text));
    }
    expect_test::expect_file!["refused.txt"].assert_eq(&out);
}

#[test]
fn every_bound_is_kept() {
    let limits = Limits {
        document_bytes: 400,
        depth: 3,
        attributes: 3,
        name_bytes: 8,
        attribute_bytes: 16,
        text_bytes: 10,
        namespaces: 2,
    };
    let fine = "<a b='1' c='2' d='3'><eight/><b><c>0123456789</c></b></a>";
    assert!(dump(fine, &limits).is_ok());
    let mut out = String::new();
    for text in [
        "<a><b><c><d/></c></b></a>",
        "<a b='1' c='2' d='3' e='4'/>",
        "<ninechars/>",
        "<a ninechars='1'/>",
        "<a b='01234567890123456'/>",
        "<a>0123456<!-- x -->7890</a>",
        "<a xmlns:b='1'><b xmlns:c='2' xmlns:d='3'/></a>",
        &format!("<a>{}</a>", " ".repeat(400)),
    ] {
        let error = dump(text, &limits).expect_err("is beyond a bound");
        assert!(error.is_limit(), "{error}");
        out += &format!("{error}\n");
    }
    expect_test::expect![[r#"
        There are more than 3 elements inside one another (line 1, column 10, byte 9)
        There are more than 3 attributes on one element (line 1, column 22, byte 21)
        There are more than 8 bytes in one name (line 1, column 2, byte 1)
        There are more than 8 bytes in one name (line 1, column 4, byte 3)
        There are more than 16 bytes in one attribute value (line 1, column 4, byte 3)
        There are more than 10 bytes in one text (line 1, column 4, byte 3)
        There are more than 2 namespace declarations in scope (line 1, column 31, byte 30)
        There are more than 400 bytes in the document (line 1, column 1, byte 0)
    "#]]
    .assert_eq(&out);
}

#[test]
fn an_error_has_line_and_column() {
    let error = dump("<a>\n  é<b>&x;</b></a>", &Limits::default()).expect_err("is refused");
    assert_eq!((error.line(), error.column(), error.offset()), (2, 7, 11));
}

#[test]
fn elements_are_walked_by_child_text_and_skip() {
    let text = "<a> <b> 1 </b><!-- x --><c><d/>x<d>y</d></c><e/>\n</a>";
    let mut reader = reader(text);
    let mut seen = Vec::new();
    reader.root().expect("has a root");
    while let Some(child) = reader.child().expect("is well-formed") {
        match child.local() {
            "b" => seen.push(reader.trimmed_text().expect("is text").into_owned()),
            "c" => reader.skip().expect("is well-formed"),
            _ => seen.push(reader.text().expect("is text").into_owned()),
        }
    }
    reader.finish().expect("has nothing behind");
    assert_eq!(seen, ["1", ""]);
}

#[test]
fn the_caller_is_told_what_stands_where_it_should_not() {
    let mut one = reader("<a>\n text <b/></a>");
    one.root().expect("has a root");
    let error = one.child().expect_err("is text");
    assert_eq!(
        error.to_string(),
        "An element is expected here, not the text `text` (line 2, column 7, byte 10)"
    );
    let mut two = reader("<a>1<b/></a>");
    two.root().expect("has a root");
    let error = two.text().expect_err("has a child");
    assert_eq!(
        error.to_string(),
        "Text is expected here, not the element <b> (line 1, column 5, byte 4)"
    );
}

#[test]
fn a_peeked_event_is_the_next_one() {
    let mut reader = reader("<a>x<b/></a>");
    assert!(matches!(reader.peek(), Ok(Event::Start(_))));
    assert!(matches!(reader.next(), Ok(Event::Start(_))));
    assert!(matches!(reader.peek(), Ok(Event::Text(t)) if t == "x"));
    assert!(matches!(reader.peek(), Ok(Event::Text(_))));
    assert!(matches!(reader.next(), Ok(Event::Text(_))));
    assert!(matches!(reader.next(), Ok(Event::Start(e)) if e.local() == "b"));
    reader.finish().expect("is well-formed");
    assert!(matches!(reader.next(), Ok(Event::Eof)));
}

#[test]
fn qualified_names_in_content_are_resolved_in_their_scope() {
    let text = "<a xmlns:p='urn:1' xmlns='urn:d'><b xmlns:p='urn:2'/><c/></a>";
    let mut reader = reader(text);
    reader.root().expect("has a root");
    assert_eq!(reader.resolve(" p:x "), Some(("urn:1", "x")));
    assert_eq!(reader.resolve("x"), Some(("urn:d", "x")));
    assert_eq!(reader.resolve("q:x"), None);
    assert_eq!(reader.resolve("xml:lang"), Some((ns::XML, "lang")));
    reader.child().expect("is well-formed");
    assert_eq!(reader.resolve("p:x"), Some(("urn:2", "x")));
    reader.skip().expect("is well-formed");
    reader.child().expect("is well-formed");
    assert_eq!(reader.resolve("p:x"), Some(("urn:1", "x")));
}

#[test]
fn a_raw_element_stands_on_its_own_and_keeps_its_bytes() {
    let inner = "<p:b q:x=\"1\" xmlns:q='urn:own' >&amp;<!-- c --><r/><![CDATA[<]]></p:b >";
    let text = format!("<a xmlns:p='urn:p&amp;' xmlns:q='urn:q'>{inner}<next/></a>");
    let mut reader = reader(&text);
    reader.root().expect("has a root");
    let element = reader.child().expect("is well-formed").expect("is there");
    let raw = reader.raw(&element).expect("is well-formed");
    assert_eq!(raw.text(), inner);
    assert_eq!(
        raw.to_standalone(),
        "<p:b xmlns:p=\"urn:p&amp;\" xmlns=\"\" q:x=\"1\" xmlns:q='urn:own' >&amp;<!-- c --><r/>\
         <![CDATA[<]]></p:b >"
    );
    assert!(dump(&raw.to_standalone(), &Limits::default()).is_ok());
    let next = reader.child().expect("is well-formed").expect("is there");
    assert_eq!(reader.raw(&next).expect("is well-formed").text(), "<next/>");
    assert!(reader.child().expect("is well-formed").is_none());
}

/// A small tree as text, with what the reader must tell of it.
fn tree() -> impl Strategy<Value = (String, String)> {
    let leaf = "[a-z<&>\"'é\\]\t ]{1,8}".prop_map(|text| {
        let mut out = String::new();
        crate::Writer::new(&mut out).text(&text);
        (out, format!("{text:?}\n"))
    });
    leaf.prop_recursive(5, 24, 4, |inner| {
        (
            "[A-Za-z_][A-Za-z0-9_.-]{0,6}",
            "[a-zé&<\"\t\n ]{0,6}",
            proptest::collection::vec(inner, 0..4),
        )
            .prop_map(|(name, value, children)| {
                let mut out = String::new();
                let mut writer = crate::Writer::new(&mut out);
                let mut events = format!("+{{urn:x}}{name} a={value:?}\n");
                writer.start_prefixed("x", &name);
                writer.namespace("x", "urn:x");
                writer.attribute("a", &value);
                // Neighbouring texts would be one: keep the first only.
                let mut after_text = false;
                for (text, told) in children {
                    let is_text = !told.starts_with('+');
                    if !(is_text && after_text) {
                        writer.raw(&text);
                        events += &told;
                    }
                    after_text = is_text;
                }
                writer.end();
                (out, events + "-\n")
            })
    })
    .prop_filter("a document is an element", |(_, told)| {
        told.starts_with('+')
    })
}

proptest! {
    #[test]
    fn what_the_writer_writes_the_reader_reads((text, told) in tree()) {
        prop_assert_eq!(dump(&text, &Limits::default()).expect("is well-formed"), told);
    }

    #[test]
    fn no_text_panics(text in "[<>/a:=\"'!?&;#x \\[\\]\\-CDATAé\u{1}]{0,40}") {
        let _ = dump(&text, &Limits::default());
    }

    #[test]
    fn no_mutation_panics((text, _) in tree(), at in any::<usize>(), with in "[<>/&;:\"'=!\\]\\-\\[?a ]{0,3}", cut in 0usize..4) {
        let mut from = at % (text.len() + 1);
        while !text.is_char_boundary(from) { from -= 1; }
        let mut to = (from + cut).min(text.len());
        while !text.is_char_boundary(to) { to += 1; }
        let mutated = format!("{}{with}{}", &text[..from], &text[to..]);
        if let Err(error) = dump(&mutated, &Limits::default()) {
            prop_assert!(error.offset() <= mutated.len());
        }
    }
}
