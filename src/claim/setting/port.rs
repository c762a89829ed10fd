//! Ports that something listens on: "listens on port 8080 by default", `localhost:8080`, `EXPOSE 8080`.

use super::{Setting, SettingSort, claim, claim_in_code, literal, only, setting};
use crate::annotate::{TokenKind, phrase_at};
use crate::claim::context::BlockView;
use crate::claim::noun::lemma;
use crate::claim::{Claim, ClaimKind, Context, Value};
use crate::document::{Block, BlockId, BlockKind};
use crate::lexicon::{Pos, lower};
use crate::value::{Decimal, Unit};
use compact_str::CompactString;
use regex::Regex;
use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::LazyLock;

/// Ports of services that most set-ups have besides their own: a document that names one speaks of that service.
const KNOWN: &[u16] = &[
    21, 22, 25, 53, 80, 110, 143, 389, 443, 465, 587, 636, 993, 995, 1433, 1521, 2181, 2375, 2376, 2379, 3306, 4317,
    4318, 5432, 5672, 6379, 6443, 8125, 8443, 9090, 9092, 9100, 9200, 9300, 11211, 27017,
];

/// Ports in code and in addresses.
static IN_CODE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r#"(?:\b(?:localhost|127\.0\.0\.1|0\.0\.0\.0):(?P<host>\d{2,5})\b|^\s*EXPOSE\s+(?P<expose>\d{2,5})\s*$|--port[ =](?P<flag>\d{2,5})\b|\b(?:containerPort|targetPort):\s*(?P<pod>\d{2,5})\b|^\s*-\s*["']?(?:\d{2,5}:)?(?P<mapped>\d{2,5})["']?\s*$|-p\s+(?P<outer>\d{2,5}):(?P<run>\d{2,5})\b)"#)
        .expect("the pattern is fixed and compiles")
});

/// The groups of a port in code.
const GROUPS: [&str; 6] = ["host", "expose", "flag", "pod", "mapped", "run"];

/// Most lines of code of a document that are looked at.
const LINES: usize = 5_000;

/// Reads the ports of a document.
pub(super) fn extract(context: &Context<'_>, out: &mut Vec<Claim>) {
    let mut spoken: BTreeSet<u16> = BTreeSet::new();
    let mut listening: Vec<(u16, Claim)> = Vec::new();
    for view in context.views() {
        for at in 1..view.layer.tokens.len() {
            let Some(port) = port(&view, at) else { continue };
            spoken.insert(port);
            if view.is_prose() {
                listening.extend(in_prose(context, &view, at, port).map(|claim| (port, claim)));
            }
        }
    }
    let tabled: BTreeSet<u16> = out.iter().filter_map(declared).collect();
    if listening.is_empty() && tabled.len() != 1 {
        return;
    }
    let mut coded: Vec<Coded<'_>> = Vec::new();
    let mut lines = 0;
    for (id, block) in context.document.iter().filter(|(_, b)| b.kind == BlockKind::Code) {
        for line in super::code::lines(&block.text.string) {
            lines += 1;
            if lines > LINES {
                break;
            }
            let text = &block.text.string[line.clone()];
            for found in IN_CODE.captures_iter(text) {
                // Where both are one, the outer one is what addresses have.
                let outer = found.name("outer").filter(|o| found.name("run").is_some_and(|r| r.as_str() == o.as_str()));
                let group = |name: &str| found.name(name);
                let Some(at) = outer.or_else(|| GROUPS.iter().find_map(|name| group(name))) else { continue };
                let Ok(port) = at.as_str().parse::<u16>() else { continue };
                coded.push((port, (id, block), line.start + at.start()..line.start + at.end(), line.clone()));
            }
        }
    }
    let ports: BTreeSet<u16> = listening.iter().map(|(port, _)| *port).chain(tabled).collect();
    let used: BTreeSet<u16> = coded.iter().map(|(port, ..)| *port).collect();
    exchanged(&ports, &spoken, &mut coded, out);
    // One port in the text and one in the code, neither of which stands on the other side, are one port.
    let one = |set: &BTreeSet<u16>| set.len() == 1 && set.iter().all(|p| !KNOWN.contains(p));
    if !listening.is_empty() && one(&ports) && one(&used) && spoken.len() == 1 && ports.is_disjoint(&used) {
        let owners = listening[0].1.subject.owners.clone();
        for (port, block, at, line) in coded {
            let value = Value::Setting(Box::new(of_port(port)));
            let mut claim = claim_in_code(block, at, line, ClaimKind::Setting, "port", value);
            claim.subject.owners = owners.clone();
            out.push(claim);
        }
    }
    out.extend(listening.into_iter().map(|(_, claim)| claim));
}

/// A port in a block of code: the block, the place of the number and its line.
type Coded<'a> = (u16, (BlockId, &'a Block), Range<usize>, Range<usize>);

/// The default of an option that is the port of the program: `APP_PORT`, `--port`.
fn declared(claim: &Claim) -> Option<u16> {
    let Value::Setting(setting) = &claim.value else { return None };
    let port = setting.sort == SettingSort::Option && setting.key == "port" && setting.slot == "default";
    match &setting.value {
        super::SettingValue::Quantity(q) if port => q.value().to_string().parse().ok(),
        _ => None,
    }
}

/// Takes the ports out of the code that are the one port of the program with its digits in another order, and that
/// no sentence names.
fn exchanged(ports: &BTreeSet<u16>, spoken: &BTreeSet<u16>, coded: &mut Vec<Coded<'_>>, out: &mut Vec<Claim>) {
    let digits = |port: u16| {
        let mut digits = port.to_string().into_bytes();
        digits.sort_unstable();
        digits
    };
    let (Some(&own), 1) = (ports.first(), ports.len()) else { return };
    let odd = |port: u16| port != own && digits(port) == digits(own) && !spoken.contains(&port);
    if !coded.iter().any(|(port, ..)| odd(*port)) {
        return;
    }
    for (port, block, at, line) in coded.extract_if(.., |(port, ..)| *port == own || odd(*port)) {
        let value = Value::Setting(Box::new(of_port(port)));
        out.push(claim_in_code(block, at, line, ClaimKind::Setting, "port", value));
    }
}

/// The number behind the word port.
fn port(view: &BlockView<'_>, at: usize) -> Option<u16> {
    // "a single port, 8080"
    let comma = usize::from(view.word(at - 1) == "," && at > 1);
    let before = lower(view.word(at - 1 - comma));
    let named =
        matches!(before.as_str(), "port" | "ports") || before == ":" && at > 1 && view.word(at - 2) == "localhost";
    let word = view.word(at);
    (named && (2..=5).contains(&word.len())).then(|| word.parse().ok()).flatten()
}

fn of_port(port: u16) -> Setting {
    setting(SettingSort::Option, "port".into(), "default", literal::exact(Decimal::from(port), Unit::count()))
}

/// "The gateway listens on port 8080 by default."
fn in_prose(context: &Context<'_>, view: &BlockView<'_>, at: usize, port: u16) -> Option<Claim> {
    let lexicon = context.lexicon;
    let tokens = &view.layer.tokens;
    let sentence = view.layer.sentence_of(at);
    let has =
        |set: &str, range: Range<usize>| range.rev().find(|&i| phrase_at(lexicon, set, view.text, tokens, i).is_some());
    let verb = has("port-listens", sentence.start..at)?;
    // "unless you say otherwise" is no condition.
    let told = has("setting-by-default", sentence.clone())
        .map_or(0..0, |i| i..i + phrase_at(lexicon, "setting-by-default", view.text, tokens, i).unwrap_or(0));
    let is_condition =
        |i: usize| phrase_at(lexicon, "setting-if", view.text, tokens, i).is_some() && !told.contains(&i);
    let depends = sentence.clone().any(is_condition)
        || has("setting-changed", sentence.clone()).is_some()
        || has("port-other", sentence.clone()).is_some()
        || (at + 1..sentence.end).any(|i| matches!(view.word(i), "or" | "and") && number_follows(view, i));
    // "on ports 2379 and 2380": several things listen.
    let several = (sentence.start + 1..sentence.end).filter(|&i| self::port(view, i).is_some()).count() > 1;
    // "on xyz IP address port 7500" speaks of some machine.
    let elsewhere = (verb..at).any(|i| matches!(lower(view.word(i)).as_str(), "address" | "addresses"));
    if depends || several || elsewhere || view.word(at - 1) == ":" {
        return None;
    }
    // "The server listens" is said of the one thing that there is.
    let only = only(view, lexicon, sentence.clone()).into_iter().filter(|o| o != "server" && o != "web").collect();
    let found = Setting { only, ..of_port(port) };
    let mut read = claim(context, view, at..at + 1, "port", found);
    // The thing that listens: the noun before the verb.
    let closed = |i: usize| tokens[i].word.is_some_and(|id| lexicon.words.pos(id).any(Pos::CLOSED));
    let mut end = verb;
    while end > sentence.start && (closed(end - 1) || view.word(end - 1).ends_with("ly")) {
        end -= 1;
    }
    if end > sentence.start && tokens[end - 1].kind == TokenKind::Word {
        let owner: CompactString = lemma(view, lexicon, end - 1);
        if phrase_at(lexicon, "port-anything", view.text, tokens, end - 1).is_none() {
            read.subject.owners = vec![owner];
        }
    }
    Some(read)
}

fn number_follows(view: &BlockView<'_>, at: usize) -> bool {
    (at + 1..at + 4).any(|i| view.word(i).bytes().next().is_some_and(|b| b.is_ascii_digit()))
}
