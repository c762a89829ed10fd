//! Paths, services, addresses, ports and packages that stand once and are a slip away from what stands elsewhere.

use super::is_one_project;
use crate::check::slip::{Slip, slip};
use crate::check::{Finding, Place};
use crate::claim::{Claim, Setting, SettingSort, SettingValue, Value};
use std::collections::{BTreeMap, BTreeSet};

/// Most forms of one thing that are compared.
const FORMS: usize = 60;

/// Most places that are labelled.
const PLACES: usize = 4;

/// What a service may have behind its name and be the same one.
const DAEMON: &[&str] = &["", "-daemon", "-server", "-service", "d", "daemon", "server", "svc"];

/// Forms by what they are forms of, each with its places.
type Forms<'a> = BTreeMap<&'a str, BTreeMap<&'a str, Vec<(&'a Claim, &'a Setting)>>>;

/// A form with the places where it stands.
type Form<'a> = (&'a str, Vec<(&'a Claim, &'a Setting)>);

/// Appends a finding for each form that stands once and is a slip away from another.
pub(super) fn findings(claims: &[&Claim], found: &mut Vec<Finding>) {
    let mut by_key: Forms<'_> = BTreeMap::new();
    // Ports and addresses that something is said of.
    let mut declared: BTreeMap<&str, Vec<(&Claim, &Setting)>> = BTreeMap::new();
    for &claim in claims {
        let Value::Setting(setting) = &claim.value else { continue };
        match &setting.value {
            SettingValue::Word(word) if setting.sort == SettingSort::Spelled => {
                by_key
                    .entry(setting.key.as_str())
                    .or_default()
                    .entry(word.as_str())
                    .or_default()
                    .push((claim, setting));
            }
            SettingValue::Quantity(_) if setting.key.split(' ').any(|w| w == "port") => {
                declared.entry(claim.text.trim_matches('`')).or_default().push((claim, setting));
            }
            _ => {}
        }
    }
    for (key, forms) in by_key {
        let mut forms: Vec<Form<'_>> = forms.into_iter().collect();
        let sort = key.split(' ').next().unwrap_or_default();
        if sort == "port" {
            add(&mut forms, &declared);
        }
        if forms.len() < 2 || forms.len() > FORMS {
            continue;
        }
        for odd in forms.iter().filter(|(_, places)| places.len() == 1) {
            let usual = forms.iter().filter(|usual| is_slip(sort, odd, usual)).collect::<Vec<_>>();
            // Of two that stand once each, the later one is named.
            if let [usual] = usual.as_slice()
                && (usual.1.len() > 1 || usual.1[0].0.at < odd.1[0].0.at)
            {
                found.push(finding(odd, usual));
            }
        }
    }
}

/// Puts the declared ports among those that stand in code.
fn add<'a>(forms: &mut Vec<Form<'a>>, declared: &BTreeMap<&'a str, Vec<(&'a Claim, &'a Setting)>>) {
    for (port, places) in declared {
        match forms.iter_mut().find(|(form, _)| form == port) {
            Some((_, all)) => all.extend(places),
            None => forms.push((port, places.clone())),
        }
    }
}

/// Whether a form that stands once is a slip for another, which stands in the same project.
fn is_slip(sort: &str, odd: &Form<'_>, usual: &Form<'_>) -> bool {
    let (a, b) = (odd.0, usual.0);
    let (claim, setting) = odd.1[0];
    let here: Vec<&(&Claim, &Setting)> = usual
        .1
        .iter()
        .filter(|(_, s)| is_one_project((&s.folder, &s.edition), (&setting.folder, &setting.edition)))
        .collect();
    let in_file = here.iter().filter(|(c, _)| c.at.file == claim.at.file).count();
    if a == b || here.is_empty() {
        return false;
    }
    match sort {
        // Two ports of one block are two.
        "port" => {
            let other = here.iter().any(|(c, _)| c.at.file == claim.at.file && c.block != claim.block);
            // 8080 and 8008 are two that many programs listen on.
            let usual = |port: &str| port.starts_with('8') && port.bytes().all(|c| matches!(c, b'8' | b'0'));
            let mistyped = other && !(usual(a) && usual(b)) || in_file == 0 && are_mistyped(a, b);
            a.len() == b.len() && are_exchanged(a, b) && mistyped
        }
        "file" => {
            let beside = |(c, s): &(&Claim, &Setting)| {
                let one = c.block == claim.block || s.table.is_some() && s.table == setting.table;
                c.at.file == claim.at.file && one
            };
            (here.len() > 1 || at_home(a).or(at_home(b)).is_some()) && !here.iter().any(|p| beside(p)) && moved(a, b)
        }
        "ip" => in_file > 1 && (matches!(slip(a, b), Some(Slip::Exchanged)) || lost_digit(a, b)),
        "unit" => in_file > 1 && is_one_service(a, b),
        // One package is fetched and unpacked.
        "package" => {
            here.iter().filter(|(c, _)| c.at.file == claim.at.file).count() > 1
                && here.iter().any(|(c, _)| c.block == claim.block && c.at.file == claim.at.file)
        }
        _ => is_one_part(a, b) && (in_file > 0 || here.len() > 1),
    }
}

/// Whether two ports have the same digits in another order.
fn are_exchanged(a: &str, b: &str) -> bool {
    let sorted = |text: &str| {
        let mut digits: Vec<u8> = text.bytes().collect();
        digits.sort_unstable();
        digits
    };
    a != b && sorted(a) == sorted(b) && a.len() > 3
}

/// Whether two neighbouring digits are exchanged, none of which is a zero: 8080 and 8008 are two ports.
fn are_mistyped(a: &str, b: &str) -> bool {
    let zero = a.bytes().zip(b.bytes()).any(|(x, y)| x != y && x == b'0');
    slip(a, b) == Some(Slip::Exchanged) && !zero
}

/// A path in a hidden folder of the home folder, without the mark of hidden files.
fn at_home(path: &str) -> Option<&str> {
    path.strip_prefix("~/.").filter(|rest| rest.contains('/') && !rest.starts_with("config/"))
}

/// Whether two paths of one file differ in the folder that is called as the file is: `/etc/quill/quill.toml` and
/// `/etc/quill.toml`.
fn moved(a: &str, b: &str) -> bool {
    let (short, long) = if a.len() < b.len() { (a, b) } else { (b, a) };
    // `~/.quill/quill.toml` and `~/.config/quill/quill.toml`
    if at_home(short).is_some_and(|rest| long.strip_prefix("~/.config/") == Some(rest)) {
        return true;
    }
    let Some((folder, file)) = short.rsplit_once('/') else { return false };
    let stem = file.split('.').next().unwrap_or_default();
    long.strip_prefix(folder).and_then(|rest| rest.strip_suffix(file)).is_some_and(|between| {
        let inner = between.trim_matches('/');
        inner.len() > 2 && !inner.contains('/') && (stem.starts_with(inner) || inner.starts_with(stem))
    })
}

/// Whether one part of an address has a digit less than the other's.
fn lost_digit(a: &str, b: &str) -> bool {
    let mut apart = a.split('.').zip(b.split('.')).filter(|(x, y)| x != y);
    match (apart.next(), apart.next()) {
        (Some((x, y)), None) => {
            let (short, long) = if x.len() < y.len() { (x, y) } else { (y, x) };
            let doubled = long.as_bytes().windows(2).any(|w| w[0] == w[1]);
            short.len() + 1 == long.len() && doubled && long.len() > 1 && strsim::levenshtein(short, long) == 1
        }
        _ => false,
    }
}

/// Whether two services are one, the daemon of a program called in two ways.
fn is_one_service(a: &str, b: &str) -> bool {
    let stem = |name: &str| {
        let mut stems: BTreeSet<String> = BTreeSet::new();
        for end in DAEMON {
            if let Some(stem) = name.strip_suffix(end).filter(|s| s.len() > 3) {
                stems.insert(stem.to_owned());
            }
        }
        stems
    };
    !stem(a).is_disjoint(&stem(b)) || strsim::osa_distance(a, b) == 1 && a.len().min(b.len()) > 5
}

/// Whether two parts of paths are one: a letter apart, joined otherwise, or one cut, with no digit between them.
fn is_one_part(a: &str, b: &str) -> bool {
    if a.bytes().chain(b.bytes()).any(|c| c.is_ascii_digit()) {
        return false;
    }
    let plain = |text: &str| text.replace(['-', '_', '.'], "").to_lowercase();
    let (x, y) = (plain(a), plain(b));
    let (short, long) = if x.len() <= y.len() { (&x, &y) } else { (&y, &x) };
    let joined = x == y && a != b && x.len() > 5;
    // Another letter in its place makes another name: `etcdctl`, `etcdutl`.
    let substituted = x.len() == y.len() && strsim::hamming(&x, &y) == Ok(1);
    let letter = x != y && strsim::osa_distance(&x, &y) == 1 && !substituted && short.len() > 4 && !is_other(a, b);
    let cut = short.len() > 4
        && long.len() > short.len()
        && long.len() <= short.len() + 3
        && long.starts_with(short.as_str())
        && !is_other(a, b);
    joined || letter || cut
}

/// Whether two words that are nearly one are two: singular and plural, with and without the mark of hidden files.
fn is_other(a: &str, b: &str) -> bool {
    let (a, b) = (a.trim_end_matches('s'), b.trim_end_matches('s'));
    a == b || a.contains('.') || b.contains('.')
}

fn finding(odd: &Form<'_>, usual: &Form<'_>) -> Finding {
    let place = |(claim, _): &(&Claim, &Setting), label: &str| Place {
        at: claim.at,
        within: claim.within,
        label: label.to_owned(),
    };
    let mut places = vec![place(&odd.1[0], "stands once")];
    let mut seen: BTreeSet<_> = BTreeSet::new();
    places.extend(usual.1.iter().filter(|(c, _)| seen.insert(c.at)).take(PLACES).map(|p| place(p, "")));
    Finding {
        places,
        variables: vec![
            ("what", odd.1[0].0.subject.wording.to_string()),
            ("here", odd.0.to_owned()),
            ("there", format!("{} elsewhere", usual.0)),
        ],
        notes: Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::{are_exchanged, are_mistyped, is_one_part, is_one_service, lost_digit, moved};

    #[test]
    fn reads_slips() {
        assert!(are_exchanged("7402", "7420") && !are_exchanged("8080", "8081"));
        assert!(lost_digit("192.168.7.1", "192.168.77.1") && !lost_digit("10.0.0.1", "10.0.0.10"));
        assert!(is_one_service("marrowd", "marrow-server") && is_one_service("plover", "ploverd"));
        assert!(!is_one_service("quill-web", "quill-worker"));
        assert!(
            is_one_part("quill", "quillmq")
                && is_one_part("vault-sync", "vaultsync")
                && is_one_part("plover", "ploverd")
        );
        assert!(
            moved("/etc/quill.toml", "/etc/quill/quill.toml")
                && moved("~/.config/quills.ini", "~/.config/quill/quills.ini")
        );
        assert!(moved("~/.quill/settings.toml", "~/.config/quill/settings.toml"));
        assert!(!moved("/etc/quill.toml", "/usr/local/etc/quill.toml"));
        assert!(!moved("/etc/web/quill.toml", "/etc/web/site/quill.toml"));
        assert!(are_mistyped("9118", "9181") && !are_mistyped("8080", "8008") && !are_mistyped("8460", "6480"));
        assert!(!is_one_part("ssl1", "ssl2") && !is_one_part("plugin", "plugins") && !is_one_part("bin", "lib"));
    }
}
