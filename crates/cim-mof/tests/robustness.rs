//! Whatever the text, the compiler neither panics nor points outside of it.

use cim_mof::{Compilation, Dialect, Levels, Options, compile_text, compile_text_with};
use proptest::prelude::*;

/// A text with a bit of everything, to be damaged.
const SAMPLE: &str = include_str!("fixtures/everything.mof");

/// The same of DSP0221.
const MOF3: &str = include_str!("fixtures/mof3.mof");

fn check(compilation: &Compilation) -> Result<(), TestCaseError> {
    for diagnostic in compilation.diagnostics() {
        for label in &diagnostic.labels {
            let file = compilation.sources().file(label.span.file);
            let text = file.map_or("", |f| &*f.text);
            let (start, end) = (label.span.start as usize, label.span.end as usize);
            prop_assert!(text.get(start..end).is_some(), "{diagnostic:?}");
            prop_assert!(compilation.sources().locate(label.span).is_some());
        }
    }
    compilation.render(false);
    compilation.diagnostics_json();
    compilation.dump(true);
    compilation.lower();
    Ok(())
}

/// In which language a text is read.
fn languages() -> impl Strategy<Value = Options> {
    let dialects = prop_oneof![
        Just(Dialect::Strict),
        Just(Dialect::Dmtf),
        Just(Dialect::Wmi)
    ];
    (dialects, any::<bool>()).prop_map(|(dialect, mof3)| Options {
        levels: Levels::of(dialect),
        mof3,
        ..Options::default()
    })
}

fn words() -> impl Strategy<Value = String> {
    let word = prop_oneof![
        "class|instance|of|Qualifier|REF|string|uint8|datetime|void|NULL|TRUE|as",
        "structure|enumeration|value|association|integer|octetstring|object|policy",
        "X_A|X_B|X_C|Key|Association|Override|ValueMap|Scope|Flavor|any|include|pragma",
        "[{}\\[\\]();:,=#$]",
        "\"[a-z.]{0,6}\"",
        "'.'|-?[0-9]{1,4}|0x[0-9a-f]{1,3}|[0-9]\\.[0-9]",
        "\\PC",
    ];
    proptest::collection::vec(word, 0..80).prop_map(|words| words.join(" "))
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text(text in "\\PC{0,200}") {
        check(&compile_text("any.mof", &text))?;
    }

    #[test]
    fn any_words(text in words(), options in languages()) {
        check(&compile_text_with("words.mof", &text, &options))?;
    }

    #[test]
    fn a_damaged_mof3_schema(at in 0..MOF3.len(), length in 0..60usize, insert in "[{};()\\[\\]\",:=.A-Z0-9]{0,4}", options in languages()) {
        let end = (at + length).min(MOF3.len());
        let text = format!("{}{insert}{}", &MOF3[..at], &MOF3[end..]);
        check(&compile_text_with("damaged.mof", &text, &options))?;
    }

    #[test]
    fn a_damaged_schema(at in 0..SAMPLE.len(), length in 0..60usize, insert in "[{};()\\[\\]\",:=A-Z0-9]{0,4}") {
        let end = (at + length).min(SAMPLE.len());
        let text = format!("{}{insert}{}", &SAMPLE[..at], &SAMPLE[end..]);
        check(&compile_text("damaged.mof", &text))?;
    }
}

#[test]
fn the_sample_is_right() {
    assert!(SAMPLE.is_ascii() && MOF3.is_ascii());
    let compilation = compile_text("everything.mof", SAMPLE);
    assert!(
        compilation.diagnostics().is_empty(),
        "{}",
        compilation.render(false)
    );
    assert_eq!(compilation.class_count(), 4);
}
