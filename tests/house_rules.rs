//! Rules of the house that no compiler holds: Python stays in its room, and language stays in the lexicon.

use std::fs;
use std::path::{Path, PathBuf};

fn sources() -> Vec<(String, String)> {
    fn walk(folder: &Path, found: &mut Vec<PathBuf>) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                walk(&path, found);
            } else if path.extension().is_some_and(|e| e == "rs") {
                found.push(path);
            }
        }
    }
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut found = Vec::new();
    walk(&root.join("src"), &mut found);
    found.sort();
    found
        .into_iter()
        .map(|p| (p.strip_prefix(root).unwrap().to_string_lossy().replace('\\', "/"), fs::read_to_string(&p).unwrap()))
        .collect()
}

/// The lines of a source that are neither comments nor tests, with their numbers. Tests are a `mod` under `#[cfg(test)]`,
/// which ends where a line of its own indentation closes it, or a file named `tests.rs`.
fn code<'a>(path: &str, source: &'a str) -> Vec<(usize, &'a str)> {
    if path.ends_with("/tests.rs") || path.contains("/tests/") {
        return Vec::new();
    }
    let mut code = Vec::new();
    let mut lines = source.lines().enumerate();
    while let Some((number, line)) = lines.next() {
        let bare = line.trim_start();
        if bare.starts_with("#[cfg(test)]") {
            let close = format!("{}}}", &line[..line.len() - bare.len()]);
            // An item in one line (`mod tests;`) ends at once.
            let one_line = lines.next().is_some_and(|(_, item)| item.trim_end().ends_with(';'));
            if !one_line {
                lines.by_ref().find(|(_, l)| l.trim_end() == close);
            }
        } else {
            code.push((number + 1, bare.split("//").next().unwrap()));
        }
    }
    code
}

fn is_arabic_letter(c: char) -> bool {
    let block = matches!(c, '\u{600}'..='\u{6FF}' | '\u{750}'..='\u{77F}' | '\u{870}'..='\u{8FF}' | '\u{FB50}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFF}');
    block && c.is_alphabetic()
}

fn offences(broken: impl Fn(&str, &str) -> bool) -> Vec<String> {
    let mut found = Vec::new();
    for (path, source) in sources() {
        for (number, line) in code(&path, &source) {
            if broken(&path, line) {
                found.push(format!("{path}:{number}: {line}"));
            }
        }
    }
    found
}

#[test]
fn python_is_named_only_in_its_room() {
    let found = offences(|path, line| !path.starts_with("src/py/") && line.to_lowercase().contains("pyo3"));
    assert!(found.is_empty(), "pyo3 outside src/py:\n{}", found.join("\n"));
}

#[test]
fn arabic_stands_in_the_lexicon_and_not_in_code() {
    let found = offences(|_, line| line.chars().any(is_arabic_letter));
    assert!(found.is_empty(), "Arabic letters in code; they belong under lexicon/:\n{}", found.join("\n"));
}

/// Where it was measured to matter (bytes known to be text, for speed), or where there is no other way (a pool that outlives a
/// fork, CPython's own strings, Arrow's capsules, what the allocator is told). docs/trust.md gives the reasons.
const UNSAFE: [&str; 9] = [
    "src/normalize/mod.rs",
    "src/normalize/pass.rs",
    "src/pool.rs",
    "src/py/agree.rs",
    "src/py/column.rs",
    "src/py/cpython.rs",
    "src/py/memory.rs",
    "src/py/normalize/column.rs",
    "src/py/normalize/text.rs",
];

#[test]
fn unsafe_code_stands_where_it_is_accounted_for() {
    let found = offences(|path, line| line.contains("unsafe {") && !UNSAFE.contains(&path));
    assert!(found.is_empty(), "unsafe code elsewhere:\n{}", found.join("\n"));
}

#[test]
fn the_walk_sees_code_and_skips_tests_and_comments() {
    let source = "fn a() {} // خبر\n#[cfg(test)]\nmod tests {\n    let x = \"خبر\";\n    }\n}\nlet y = 1;";
    assert_eq!(code("src/a.rs", source), [(1, "fn a() {} "), (7, "let y = 1;")]);
    assert!(sources().iter().any(|(path, _)| path == "src/lib.rs"));
}
