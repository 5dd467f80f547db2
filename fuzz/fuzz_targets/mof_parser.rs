//! The parser of MOF in every dialect, with the printer as its oracle, and the formatter.
#![no_main]

use std::path::Path;

use cim_mof::{Dialect, Levels, Options, compile_text_with, format};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: (u8, &str)| {
    let (choice, text) = input;
    let options = Options {
        levels: Levels::of(match choice % 3 {
            0 => Dialect::Strict,
            1 => Dialect::Dmtf,
            _ => Dialect::Wmi,
        }),
        mof3: choice & 0x80 != 0,
        ..Options::default()
    };
    let once = compile_text_with("fuzz.mof", text, &options);
    for diagnostic in once.diagnostics() {
        for label in &diagnostic.labels {
            if let Some(file) = once.sources().file(label.span.file) {
                let range = label.span.start as usize..label.span.end as usize;
                assert!(file.text.get(range).is_some(), "{diagnostic:?}");
            }
        }
    }
    once.render(false);
    once.diagnostics_json();
    once.diagnostics_sarif();
    if once.error_count() == 0 {
        let printed = once.print();
        let again = compile_text_with("printed.mof", &printed, &options);
        assert_eq!(again.dump(true), once.dump(true), "{printed}");
    }
    if let Ok(formatted) = format(Path::new("fuzz.mof"), text.as_bytes()) {
        assert_eq!(
            format(Path::new("fuzz.mof"), formatted.as_bytes()).ok(),
            Some(formatted)
        );
    }
});
