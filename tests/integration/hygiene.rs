//! What comes from outside is under a licence that `deny.toml` allows, and from crates.io. `cargo deny`
//! checks more; this much every test run checks.

use std::fs;
use std::process::Command;

use serde_json::Value;

use crate::bridge::root;

/// Whether an SPDX expression can be met with these licences. Without parentheses, which bind `AND` and
/// `OR` as usual, by taking them away first.
fn allowed(expression: &str, licences: &[&str]) -> bool {
    if let Some((before, rest)) = expression.split_once('(')
        && let Some((inner, after)) = rest.split_once(')')
    {
        // `(A OR B) AND C`: one of ours stands for the part in parentheses if that can be met.
        let inner = if allowed(inner, licences) {
            licences[0]
        } else {
            "refused"
        };
        return allowed(&format!("{before}{inner}{after}"), licences);
    }
    expression
        .replace('/', " OR ")
        .split(" OR ")
        .any(|alternative| {
            alternative
                .split(" AND ")
                .all(|licence| licences.contains(&licence.trim()))
        })
}

#[test]
fn licences_and_sources_of_dependencies_are_those_of_deny_toml() {
    let text = fs::read_to_string(root().join("deny.toml")).expect("deny.toml");
    let deny: toml::Table = text.parse().expect("TOML");
    let licences: Vec<_> = deny["licenses"]["allow"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|licence| licence.as_str().expect("a licence"))
        .collect();
    let banned: Vec<_> = deny["bans"]["deny"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|entry| entry["crate"].as_str().expect("a name"))
        .collect();

    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let output = Command::new(cargo)
        .current_dir(root())
        .args(["metadata", "--format-version", "1", "--locked"])
        .output()
        .expect("cargo runs");
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let metadata: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let packages = metadata["packages"].as_array().expect("packages");
    assert!(packages.len() > 50);
    for package in packages {
        let name = package["name"].as_str().expect("a name");
        let licence = package["license"].as_str().unwrap_or("none");
        assert!(allowed(licence, &licences), "{name} is under `{licence}`");
        assert!(!banned.contains(&name), "{name} is banned");
        // Our own have no source; others come from the registry (or what this machine has in its place).
        let source = package["source"].as_str().unwrap_or("registry+");
        assert!(
            source.starts_with("registry+") || source.starts_with("sparse+"),
            "{name}: {source}"
        );
    }
}

#[test]
fn licence_expressions_are_read_right() {
    let ours = ["MIT", "Apache-2.0"];
    assert!(allowed("MIT", &ours));
    assert!(allowed("GPL-2.0-only OR MIT", &ours));
    assert!(allowed("MIT/Apache-2.0", &ours));
    assert!(allowed("(GPL-2.0-only OR MIT) AND Apache-2.0", &ours));
    assert!(!allowed("MIT AND GPL-2.0-only", &ours));
    assert!(!allowed("(MIT OR Zlib) AND Zlib", &ours));
    assert!(!allowed("none", &ours));
}
