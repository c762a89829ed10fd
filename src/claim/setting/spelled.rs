//! Paths, services, internet addresses, ports and files of packages, as they stand in code: what is meant to be one is
//! mostly written twice.

use super::code::lines;
use super::{Setting, SettingSort, SettingValue, claim_in_code, code_spans, setting};
use crate::annotate::phrase_at;
use crate::claim::context::BlockView;
use crate::claim::{Claim, ClaimKind, Context, Value};
use crate::document::BlockKind;
use compact_str::{CompactString, format_compact};
use regex::Regex;
use std::ops::Range;
use std::sync::LazyLock;

/// Most places of one document that are read.
const PLACES: usize = 1_500;

/// `/etc/quill/quill.toml`, `~/.config/quill`
static PATH: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?:^|[\s`'(=<>:@,|])(?P<path>(?:~|/(?:etc|var|usr|opt|srv|home|run|tmp|lib|data|mnt|root|Library))(?:/[A-Za-z0-9._-]+)+)")
        .expect("the pattern is fixed and compiles")
});

/// `quilld.service`
static UNIT: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?:^|[\s`'(/])(?P<unit>[a-z][a-z0-9_-]+)\.service\b").expect("the pattern is fixed and compiles")
});

/// `systemctl restart quilld`, `service quilld stop`
static SERVICE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?:\bsystemctl\s+(?:--?[a-z-]+\s+)*(?:start|stop|restart|reload|status|enable|disable)\s+(?:--?[a-z-]+\s+)*(?P<unit>[a-z][a-z0-9_-]+)|\bservice\s+(?P<named>[a-z][a-z0-9_-]+)\s+(?:start|stop|restart|reload|status))(?:\.service)?(?:\s|$)")
        .expect("the pattern is fixed and compiles")
});

/// `192.168.77.1`
static INTERNET: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?:^|[^\d.])(?P<ip>\d{1,3}(?:\.\d{1,3}){3})(?:[^\d.]|$)").expect("the pattern is fixed and compiles")
});

/// `quill-4.2.1.tar.gz`
static PACKAGE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?P<name>[A-Za-z][A-Za-z0-9]*(?:[_-][A-Za-z][A-Za-z0-9]*)*)[_-]v?(?P<version>\d+(?:\.\d+){1,3})(?:(?:[_-][a-z0-9_]+)*\.(?:tar\.[a-z]+2?|tgz|zip|deb|rpm|apk|dmg|exe|msi|jar|whl|gem|bin|img|iso|pkg))\b")
        .expect("the pattern is fixed and compiles")
});

/// A port behind a host or the option of a command: `localhost:8080`, `-p 8080`, `nc host 8080`.
static PORT: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?:^|\s)(?:-p|--publish)\s+(?P<outer>\d{4,5}):\d+|(?:\b[A-Za-z0-9][A-Za-z0-9.-]*[A-Za-z0-9]:|[\s:]:|(?:^|\s)-p[ =]?|--?port[ =]|:)(?P<port>\d{4,5})\b(?:[^.\d:]|[.:]\D|[.:]?$)|\b(?:nc|telnet|ncat)\s+(?:-\w+\s+)*[\w.-]+\s+(?P<dialled>\d{4,5})\b")
        .expect("the pattern is fixed and compiles")
});

/// Reads what is spelled in code.
pub(super) fn extract(context: &Context<'_>, out: &mut Vec<Claim>) {
    let before = out.len();
    for view in context.views() {
        for span in code_spans(&view) {
            if !is_told_apart(context, &view, span.start) {
                let bytes = view.layer.bytes(span.clone());
                read(&view.text[bytes.clone()], |at, sort, key, value| {
                    let place = bytes.start + at.start..bytes.start + at.end;
                    let table = if let BlockKind::Cell { table, .. } = view.block.kind { Some(table) } else { None };
                    let found = Value::Setting(Box::new(Setting { table, ..spelled(sort, key, value) }));
                    let mut claim = view.claim(ClaimKind::Setting, "spelled", span.clone(), found);
                    claim.at = view.block.text.span(place.clone());
                    claim.text = view.text[place].into();
                    claim.subject.wording = name(sort).into();
                    out.push(claim);
                });
            }
        }
        if out.len() > before + PLACES {
            break;
        }
    }
    for (id, block) in context.document.iter().filter(|(_, b)| b.kind == BlockKind::Code) {
        if out.len() > before + PLACES {
            break;
        }
        let text = &block.text.string;
        for line in lines(text) {
            read(&text[line.clone()], |at, sort, key, value| {
                let place = line.start + at.start..line.start + at.end;
                let found = Value::Setting(Box::new(spelled(sort, key, value)));
                out.push(claim_in_code((id, block), place, line.clone(), ClaimKind::Setting, name(sort), found));
            });
        }
    }
}

/// Whether a file has an ending of those that a program keeps in one place.
fn is_kept(name: &str) -> bool {
    let ending = name.rsplit_once('.').map(|(stem, ending)| (stem.len() > 2, ending));
    matches!(
        ending,
        Some((true, "cfg" | "conf" | "db" | "env" | "ini" | "json" | "log" | "pid" | "sock" | "toml" | "yaml" | "yml"))
    )
}

/// What sort of thing is spelled: the first word of the key.
fn spelled(sort: &str, key: &str, value: &str) -> Setting {
    setting(SettingSort::Spelled, format_compact!("{sort} {key}"), "", SettingValue::Word(value.into()))
}

fn name(sort: &str) -> &'static str {
    match sort {
        "file" => "the path of a file",
        "path" => "a path",
        "unit" => "a service",
        "ip" => "an address",
        "package" => "the version of a package",
        _ => "a port",
    }
}

/// Whether the sentence says that it is another one, a former one or wrong.
fn is_told_apart(context: &Context<'_>, view: &BlockView<'_>, at: usize) -> bool {
    let sentence = view.layer.sentence_of(at);
    ["identifier-changed", "sample-wrong", "spelled-other"].iter().any(|set| {
        sentence.clone().any(|i| phrase_at(context.lexicon, set, view.text, &view.layer.tokens, i).is_some())
    })
}

/// Reads a line: the place of what may be spelled otherwise, the sort, what is left without it, and itself.
fn read(line: &str, mut push: impl FnMut(Range<usize>, &'static str, &str, &str)) {
    for found in PATH.captures_iter(line).filter_map(|c| c.name("path")) {
        let path = found.as_str().trim_end_matches(['.', '-']);
        let parts: Vec<&str> = path.split('/').collect();
        if parts.len() < 3 || parts.len() > 12 {
            continue;
        }
        if let Some(name) = parts.last().filter(|name| is_kept(name)) {
            push(found.start()..found.start() + path.len(), "file", name, path);
        }
        let mut at = found.start();
        for (n, part) in parts.iter().enumerate() {
            // What a part stands in tells which one it is.
            if n > 0 && part.len() > 3 {
                let masked: CompactString = parts
                    .iter()
                    .enumerate()
                    .map(|(i, p)| if i == n { "*" } else { p })
                    .collect::<Vec<_>>()
                    .join("/")
                    .into();
                push(at..at + part.len(), "path", &masked, part);
            }
            at += part.len() + 1;
        }
    }
    for found in UNIT.captures_iter(line).filter_map(|c| c.name("unit")) {
        push(found.range(), "unit", "*", found.as_str());
    }
    for captures in SERVICE.captures_iter(line) {
        if let Some(found) = captures.name("unit").or(captures.name("named"))
            && !line[found.end()..].starts_with(".service")
        {
            push(found.range(), "unit", "*", found.as_str());
        }
    }
    for found in INTERNET.captures_iter(line).filter_map(|c| c.name("ip")) {
        push(found.range(), "ip", "*", found.as_str());
    }
    for captures in PACKAGE.captures_iter(line) {
        if let (Some(name), Some(version)) = (captures.name("name"), captures.name("version")) {
            push(version.range(), "package", name.as_str(), version.as_str());
        }
    }
    for captures in PORT.captures_iter(line) {
        if let Some(port) = captures.name("port").or(captures.name("dialled")).or(captures.name("outer")) {
            push(port.range(), "port", "*", port.as_str());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::read;

    #[test]
    fn reads_what_is_spelled_in_a_line() {
        let of = |line: &str| {
            let mut out = Vec::new();
            read(line, |at, sort, key, value| {
                assert_eq!(&line[at], value);
                out.push(format!("{sort} {key} {value}"));
            });
            out
        };
        assert_eq!(
            of("cp /etc/quill/quill.toml /srv/x"),
            [
                "file quill.toml /etc/quill/quill.toml",
                "path /*/quill/quill.toml etc",
                "path /etc/*/quill.toml quill",
                "path /etc/quill/* quill.toml"
            ]
            .map(str::to_owned)
            .into_iter()
            .filter(|s| !s.ends_with(" etc"))
            .collect::<Vec<_>>()
        );
        assert_eq!(of("sudo systemctl enable --now quilld.service"), ["unit * quilld"]);
        assert_eq!(of("systemctl restart quilld"), ["unit * quilld"]);
        assert_eq!(of("ssh admin@192.168.7.1 reboot"), ["ip * 192.168.7.1"]);
        assert_eq!(of("tar xzf quill-4.2.1.tar.gz -C x"), ["package quill 4.2.1"]);
        assert_eq!(of("nc -vz broker.example.net 7402"), ["port * 7402"]);
        assert_eq!(of("curl http://localhost:8080/health"), ["port * 8080"]);
        assert_eq!(of("docker run -p 2552:2525 x"), ["port * 2552"]);
    }
}
