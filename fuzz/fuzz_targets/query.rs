//! WQL and CQL: parsed, and evaluated if they parse.
#![no_main]

use cim_core::Instance;
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
});
