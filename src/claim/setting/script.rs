//! Exit codes that scripts test: the branches of `case $? in`, and comparisons with the status of a command, each with
//! what the script or a comment says there.

use super::code::{lines, parted};
use super::meaning::{add_failures, exit_code, meaning};
use crate::claim::context::claim_in_code;
use crate::claim::{Claim, ClaimKind, Context, Value};
use crate::document::{Block, BlockId, BlockKind};
use regex::Regex;
use std::ops::Range;
use std::sync::LazyLock;

/// Most lines of one script that are read.
const LINES: usize = 400;

/// Most codes that one condition may name, so that its words are said of one.
const ALONE: usize = 1;

/// Most content words of what is said at a code; longer ones tell of more.
const LONGEST: usize = 12;

/// `case $? in`, `case "$status" in`
static CASE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r#"\bcase\s+"?\$\{?(?:\?|rc|ret|status|code|exit_?code|exit_?status|result|res|err)\}?"?\s+in\b"#)
        .expect("the pattern is fixed and compiles")
});

/// `2) echo "locked" ;;`
static BRANCH: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"^\s*(?P<code>\d{1,3})\)(?P<told>.*)$").expect("the pattern is fixed and compiles"));

/// `[ $? -eq 3 ]`, `[[ $rc != 5 ]]`, `(( status == 2 ))`, `returncode == 4`
static TEST: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r#"(?i)(?:\$\{?(?:\?|rc|ret|status|code|exit_?code|exit_?status|result|res|err)\}?|\b(?:rc|ret|status|exit_?code|exit_?status|returncode|lastexitcode)\b)"?\s*\)?\s*(?P<sign>-eq|-ne|-gt|-lt|-ge|-le|===?|!==?|=|>=?|<=?)\s*"?(?P<code>\d{1,3})\b"#)
        .expect("the pattern is fixed and compiles")
});

/// Reads the scripts of a document.
pub(super) fn extract(context: &Context<'_>, out: &mut Vec<Claim>) {
    for (id, block) in context.document.iter().filter(|(_, b)| b.kind == BlockKind::Code) {
        let text = &block.text.string;
        if text.contains("case ") && CASE.is_match(text) {
            branches(context, (id, block), out);
        }
        tests(context, (id, block), out);
    }
}

/// The branches of a `case`, each with the rest of its line, and the next line when nothing stands behind it.
fn branches(context: &Context<'_>, (id, block): (BlockId, &Block), out: &mut Vec<Claim>) {
    let text = &block.text.string;
    let all: Vec<Range<usize>> = lines(text).take(LINES).collect();
    let mut inside = false;
    for (n, line) in all.iter().enumerate() {
        let shown = &text[line.clone()];
        inside = (inside || CASE.is_match(shown)) && shown.trim() != "esac";
        let Some(found) = BRANCH.captures(shown).filter(|_| inside) else { continue };
        let (Some(code), Some(told)) = (found.name("code"), found.name("told")) else { continue };
        let more = if told.as_str().trim().is_empty() { all.get(n + 1).map_or("", |l| &text[l.clone()]) } else { "" };
        let said = format!("{} {}", spoken(told.as_str()), spoken(more));
        let at = line.start + code.start()..line.start + code.end();
        out.extend(claim(context, (id, block), at, line.clone(), &said));
    }
}

/// The comparisons with a code, each with the comment beside or above it, or what is printed next.
fn tests(context: &Context<'_>, (id, block): (BlockId, &Block), out: &mut Vec<Claim>) {
    let text = &block.text.string;
    let all: Vec<Range<usize>> = lines(text).take(LINES).collect();
    for (n, line) in all.iter().enumerate() {
        let shown = &text[line.clone()];
        // What is greater than a code is any of several.
        let exact = |sign: &str| matches!(sign, "-eq" | "-ne" | "=" | "==" | "===" | "!=" | "!==");
        let found: Vec<regex::Captures<'_>> =
            TEST.captures_iter(shown).filter(|found| exact(&found["sign"]) && &found["code"] != "0").collect();
        let ([one], true) = (&found[..], found.len() == ALONE) else { continue };
        let Some(code) = one.name("code") else { continue };
        let (_, beside) = parted(text, line.clone());
        let above = n.checked_sub(1).and_then(|n| parted(text, all[n].clone()).1);
        let equal = !one["sign"].starts_with('!') && &one["sign"] != "-ne";
        let next = all.get(n + 1).filter(|_| equal).map_or("", |l| &text[l.clone()]);
        let said = match beside.or(above) {
            Some(comment) => text[comment].to_owned(),
            None => format!("{} {}", spoken(&shown[code.end()..]), spoken(next)),
        };
        let at = line.start + code.start()..line.start + code.end();
        out.extend(claim(context, (id, block), at, line.clone(), &said));
    }
}

/// What a line of a script says in words: what it has in quotation marks, and its comment.
fn spoken(line: &str) -> String {
    let (mut out, mut rest) = (String::new(), line);
    while let Some(open) = rest.find(['"', '\'']) {
        let mark = rest.as_bytes()[open];
        let Some(close) = rest[open + 1..].find(char::from(mark)) else { break };
        out.push_str(&rest[open + 1..open + 1 + close]);
        out.push(' ');
        rest = &rest[open + close + 2..];
    }
    out.push_str(rest.split_once("# ").map_or("", |(_, comment)| comment));
    out
}

fn claim(
    context: &Context<'_>,
    (id, block): (BlockId, &Block),
    at: Range<usize>,
    line: Range<usize>,
    said: &str,
) -> Option<Claim> {
    let words = meaning(context, said);
    let number: u32 = block.text.string[at.clone()].parse().ok()?;
    if words.is_empty() || words.len() > LONGEST {
        return None;
    }
    let value = Value::Setting(Box::new(exit_code(number)));
    let mut claim = claim_in_code((id, block), at, line, ClaimKind::Setting, "exit code", value);
    claim.subject.modifiers = words;
    add_failures(&mut claim, context.lexicon, said);
    Some(claim)
}

#[cfg(test)]
mod tests {
    use super::{CASE, TEST, spoken};

    #[test]
    fn reads_what_scripts_test() {
        for line in ["if [ $? -eq 3 ]; then", "[[ \"$rc\" != 3 ]]", "if result.returncode == 3:", "(( status == 3 ))"] {
            assert_eq!(TEST.captures(line).map(|c| c["code"].to_owned()).as_deref(), Some("3"), "{line}");
        }
        assert!(CASE.is_match("tool || case $? in") && CASE.is_match("case \"$status\" in"));
        assert!(!TEST.is_match("[ $count -eq 3 ]"));
    }

    #[test]
    fn reads_what_scripts_say() {
        assert_eq!(spoken(" echo \"disk full\" >&2 ;;").trim(), "disk full");
        assert_eq!(spoken(" exit 1 # nothing to do").trim(), "nothing to do");
    }
}
