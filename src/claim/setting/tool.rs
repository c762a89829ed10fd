//! Tools and their versions where programs name them: images, build files, workflows.
//!
//! Sources: the reference of Dockerfile and Compose files, Cargo manifests, PEP 621, package.json, go.mod, CMake, the
//! inputs of the setup actions of GitHub, the properties of Maven's compiler plugin.

use super::requirement::version_value;
use super::{Setting, SettingSort, claim_in_code, setting};
use crate::claim::{Claim, ClaimKind, Context, Value};
use crate::document::{Block, BlockId};
use crate::lexicon::Lexicon;
use compact_str::{CompactString, format_compact};
use regex::Regex;
use std::sync::LazyLock;

/// Keys whose value is the least version of a tool.
const LEAST: &[(&str, &str)] = &[
    ("kubeversion", "kubernetes"),
    ("minsdkversion", "android sdk"),
    ("python_requires", "python"),
    ("requires-python", "python"),
    ("required_ruby_version", "ruby"),
    ("required_version", "terraform"),
    ("rust-version", "rust"),
];

/// Keys whose value is the version that is used.
const USED: &[(&str, &str)] = &[
    ("dotnet-version", "dotnet"),
    ("elixir-version", "elixir"),
    ("go-version", "go"),
    ("java-version", "java"),
    ("node-version", "node"),
    ("node_version", "node"),
    ("php-version", "php"),
    ("python-version", "python"),
    ("python_version", "python"),
    ("ruby-version", "ruby"),
];

/// Keys of the table `engines` of a package of Node, and of what Composer requires.
const ENGINES: &[&str] = &["node", "npm", "php", "pnpm", "yarn"];

static IMAGE: LazyLock<Regex> = LazyLock::new(|| {
    let name = r#"["']?(?:[\w.-]+(?::\d+)?/)*(?P<name>[a-z][a-z0-9-]*):v?(?P<version>\d+(?:\.\d+){0,2})\b"#;
    Regex::new(&format!(r"(?:^\s*FROM\s+|^\s*-?\s*image:\s*|\bdocker (?:run|pull)\b[^|;]*\s){name}"))
        .expect("the pattern is fixed and compiles")
});

static KEY: LazyLock<Regex> = LazyLock::new(|| {
    let operator = r"(?P<operator>>=|=>|~>|~=|\^|~|==|>)?";
    Regex::new(&format!(
        r#"^\s*(?:-\s+)?["']?(?P<key>[A-Za-z][\w-]*)["']?\s*[:=]\s*(?:\[\s*)?["']?\s*{operator}\s*v?(?P<version>\d+(?:\.\d+){{0,2}})(?:\.x)?\+?["']?\s*\]?\s*[,;]?\s*(?:#.*|//.*)?$"#
    ))
    .expect("the pattern is fixed and compiles")
});

static ENGINE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r#""engines"\s*:\s*\{[^}]*"(?P<key>node|npm)"\s*:\s*"\s*(?:>=|\^)\s*v?(?P<version>\d+(?:\.\d+){0,2})"#)
        .expect("the pattern is fixed and compiles")
});

static LINE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"^(?:go (?P<go>\d+\.\d+)(?:\.\d+)?|\s*cmake_minimum_required\s*\(\s*VERSION\s+(?P<cmake>\d+\.\d+)[^)]*\))\s*$",
    )
    .expect("the pattern is fixed and compiles")
});

/// `<maven.compiler.release>17</maven.compiler.release>`: classes that are compiled for a release run on no older one.
static ELEMENT: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"<(?:maven\.compiler\.(?:release|source|target)|java\.version)>\s*(?:1\.)?(?P<version>\d+)\s*</")
        .expect("the pattern is fixed and compiles")
});

/// The one name of a tool that is known by several: golang and go, postgres and postgresql.
pub(super) fn known(lexicon: &Lexicon, name: &str) -> Option<CompactString> {
    let mut sets = lexicon.sets().iter().filter(|s| s.starts_with("tool."));
    sets.find(|set| lexicon.is_in(set, name)).map(|set| set["tool.".len()..].into())
}

/// The same; a name that is not known is its own.
pub(super) fn canonical(lexicon: &Lexicon, name: &str) -> CompactString {
    known(lexicon, name).unwrap_or_else(|| name.into())
}

/// Reads the versions of one line of a code block.
pub(super) fn in_line(
    context: &Context<'_>,
    block: (BlockId, &Block),
    line: std::ops::Range<usize>,
    out: &mut Vec<Claim>,
) {
    let text = &block.1.text.string[line.clone()];
    if !text.bytes().any(|b| b.is_ascii_digit()) {
        return;
    }
    let mut push = |tool: CompactString, slot: &str, at: std::ops::Range<usize>| {
        let Some(value) = version_value(&text[at.clone()]) else { return };
        let found: Setting = setting(SettingSort::Requirement, tool.clone(), slot, value);
        let place = line.start + at.start..line.start + at.end;
        let wording = format_compact!("required {tool}");
        let value = Value::Setting(Box::new(found));
        out.push(claim_in_code(block, place, line.clone(), ClaimKind::Setting, &wording, value));
    };
    if let Some(found) = IMAGE.captures(text) {
        push(canonical(context.lexicon, &found["name"]), "used", found.name("version").map_or(0..0, |m| m.range()));
    } else if let Some(found) = ENGINE.captures(text) {
        push(found["key"].into(), "least", found.name("version").map_or(0..0, |m| m.range()));
    } else if let Some(found) = LINE.captures(text) {
        for tool in ["go", "cmake"] {
            if let Some(version) = found.name(tool) {
                push(tool.into(), "least", version.range());
            }
        }
    } else if let Some(found) = ELEMENT.captures(text) {
        push("java".into(), "least", found.name("version").map_or(0..0, |m| m.range()));
    } else if let Some(found) = KEY.captures(text) {
        let key = found["key"].to_ascii_lowercase();
        let of =
            |list: &[(&str, &str)]| list.iter().find(|(k, _)| *k == key).map(|(_, tool)| CompactString::from(*tool));
        let version = found.name("version").map_or(0..0, |m| m.range());
        let bounded = found.name("operator").is_some_and(|o| matches!(o.as_str(), ">=" | "=>" | "^" | "~>"));
        if let Some(tool) = of(LEAST) {
            push(tool, "least", version);
        } else if let Some(tool) = of(USED) {
            push(tool, "used", version);
        } else if bounded && ENGINES.contains(&key.as_str()) {
            push(key.into(), "least", version);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{IMAGE, KEY};

    #[test]
    fn reads_images_and_keys_with_versions() {
        for (line, name, version) in [
            ("FROM node:18-alpine", "node", "18"),
            ("    image: docker.io/library/postgres:14.2", "postgres", "14.2"),
            ("docker run -d --rm redis:7", "redis", "7"),
        ] {
            let found = IMAGE.captures(line).expect("an image is named");
            assert_eq!((&found["name"], &found["version"]), (name, version), "{line}");
        }
        for (line, key, version) in [
            ("requires-python = \">=3.8\"", "requires-python", "3.8"),
            ("  go-version: '1.20'", "go-version", "1.20"),
            ("          node-version: [18]", "node-version", "18"),
        ] {
            let found = KEY.captures(line).expect("a version is given");
            assert_eq!((&found["key"], &found["version"]), (key, version), "{line}");
        }
        assert!(KEY.captures("python-version: [\"3.9\", \"3.10\"]").is_none());
    }
}
