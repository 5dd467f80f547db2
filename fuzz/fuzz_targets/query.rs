//! WQL, CQL and XPath: parsed, and evaluated if they parse.
#![no_main]

use cim_core::Instance;
use cim_query::xpath::{parse_xpath_path, parse_xpath_test};
use cim_query::{parse_cql, parse_wql};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let schema = cimi_model::schema();
    for parse in [parse_wql, parse_cql] {
        let queries = [
            parse(text, schema),
            parse(&format!("SELECT * FROM CIMI_Machine WHERE {text}"), schema),
        ];
        for query in queries.into_iter().flatten() {
            if let Some(predicate) = &query.predicate {
                let instance = Instance::new(query.class);
                let holds = predicate.matches(&instance);
                assert_eq!(holds, predicate.matches(&instance));
            }
        }
    }
    let Some(class) = schema.class("CIMI_Machine") else {
        return;
    };
    let instance = Instance::new(class);
    if let Ok(test) = parse_xpath_test(text, class, schema) {
        assert_eq!(test.matches(&instance), test.matches(&instance));
    }
    if let Ok(path) = parse_xpath_path(text, class, schema) {
        assert_eq!(path.select(&instance), path.select(&instance));
        let _ = path.place(&instance);
    }
});
