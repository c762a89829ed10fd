//! Titles, front matter, labels near the beginning, and the name of the file.

use super::value::{Found, values};
use super::{Edition, EditionPlace, EditionValue, claim, own};
use crate::annotate::TokenKind;
use crate::claim::version::parts as version_parts;
use crate::claim::{BlockView, Claim, Context, Member, lemma};
use crate::document::{BlockId, BlockKind, Style};
use crate::lexicon::Pos;
use crate::value::DateRange;
use compact_str::CompactString;
use std::ops::Range;

/// Blocks at the head of a document in which labels and lines speak of the document.
const HEAD: u32 = 14;

/// Keys of the front matter that are titles.
const TITLES: [&str; 5] = ["linktitle", "sidebar_label", "sidebartitle", "title", "seo_title"];

/// Keys of the front matter that number a document in its series.
const NUMBERS: [&str; 9] =
    ["edition", "episode", "episode_number", "issue", "issue_number", "meeting", "number", "volume", "week"];

/// Keys of the front matter that give the version.
const VERSIONS: [&str; 6] = ["app_version", "release", "release_version", "tag", "version", "versions"];

/// Keys of the front matter that give the day.
const DAYS: [&str; 6] = ["date", "date_published", "meeting_date", "publishdate", "pubdate", "published"];

/// Keys of the front matter that give the season or the issue.
const SEASONS: [&str; 5] = ["edition", "issue", "period", "season", "term"];

/// Keys of the front matter that name the page as its file is named.
const SLUGS: [&str; 4] = ["permalink", "slug", "url", "path"];

pub(super) fn extract(context: &Context<'_>, out: &mut Vec<Claim>) {
    let document = context.document;
    for field in &document.fields {
        let key = field.key.as_str();
        let view = context.view(field.block);
        if TITLES.contains(&key) {
            titled(context, &view, out);
        } else if [&DAYS[..], &VERSIONS, &NUMBERS, &SEASONS].iter().any(|keys| keys.contains(&key)) {
            out.extend(of_key(context, &view, key));
        } else if SLUGS.contains(&key) {
            named(context, field.block, view.text, 0, out);
        }
    }
    if let Some(title) = own::title(context) {
        titled(context, &context.view(title), out);
        for id in (title.0 + 1..title.0 + 4).filter(|id| (*id as usize) < document.blocks.len()) {
            subtitle(context, &context.view(BlockId(id)), title, out);
        }
    }
    for view in context.views().take_while(|v| v.id.0 < HEAD + document.fields.len() as u32) {
        if matches!(view.block.kind, BlockKind::Paragraph | BlockKind::Item { .. } | BlockKind::Heading(2..)) {
            out.extend(line(context, &view));
            out.extend(label(context, &view));
        }
    }
    if !document.path.is_empty() && !document.blocks.is_empty() {
        named(context, BlockId(0), &document.path, 2, out);
    }
}

fn push(
    context: &Context<'_>,
    view: &BlockView<'_>,
    place: EditionPlace,
    found: Found,
    words: Vec<CompactString>,
) -> Claim {
    let at = view.member(found.tokens);
    let edition = Edition { place, value: found.value, of: found.of, words, at, tie: None };
    claim(context, view.id, edition)
}

/// The values of a title, each with the words around it.
fn titled(context: &Context<'_>, view: &BlockView<'_>, out: &mut Vec<Claim>) {
    let found = values(context, view, 0..view.layer.tokens.len());
    let words = words(context, view, |at| found.iter().any(|f| f.tokens.contains(&at)));
    for one in found {
        if view.block.text.has_style(view.layer.bytes(one.tokens.clone()), Style::Code) {
            continue;
        }
        out.push(push(context, view, EditionPlace::Title, one, words.clone()));
    }
    // "This Week in Gardens 412"
    let last = view.layer.tokens.len().checked_sub(1).filter(|l| *l > 0);
    if let Some(last) = last
        && view.layer.tokens[last].kind == TokenKind::Number
        && view.layer.tokens[last - 1].kind == TokenKind::Word
        && !out.iter().any(|c| c.at == view.span(last..last + 1))
        && let Ok(number) = view.word(last).parse::<u32>()
        && number < 1900
    {
        let found = Found {
            tokens: last..last + 1,
            value: EditionValue::Number(number),
            of: CompactString::default(),
            words: Vec::new(),
        };
        let words = self::words(context, view, |at| at == last);
        out.push(push(context, view, EditionPlace::Title, found, words));
    }
}

/// The words of a block but for those of its values.
fn words(context: &Context<'_>, view: &BlockView<'_>, is_value: impl Fn(usize) -> bool) -> Vec<CompactString> {
    let tokens = &view.layer.tokens;
    let word = |at: &usize| tokens[*at].kind == TokenKind::Word && !is_value(*at);
    (0..tokens.len()).filter(word).map(|at| lemma(view, context.lexicon, at)).collect()
}

/// The value of a key of the front matter.
fn of_key(context: &Context<'_>, view: &BlockView<'_>, key: &str) -> Option<Claim> {
    let all = 0..view.layer.tokens.len();
    let number = |text: &str| text.trim().trim_start_matches('#').parse::<u32>().ok();
    let found = if let Some(number) = number(view.text).filter(|n| NUMBERS.contains(&key) && *n < 10_000) {
        let value = EditionValue::Number(number);
        Found { tokens: all, value, of: key.trim_end_matches("_number").into(), words: Vec::new() }
    } else {
        let mut found = values(context, view, all);
        let wanted = |f: &Found| match &f.value {
            EditionValue::Date(date) => DAYS.contains(&key) && date.is_one(),
            EditionValue::Version(_) => VERSIONS.contains(&key),
            EditionValue::Season(..) => SEASONS.contains(&key),
            EditionValue::Number(_) | EditionValue::Double(_) => false,
        };
        found.retain(wanted);
        let [only] = found.as_slice() else { return None };
        let of = if VERSIONS.contains(&key) { "version" } else { "date" };
        Found { of: of.into(), ..only.clone() }
    };
    Some(push(context, view, EditionPlace::Field, found, Vec::new()))
}

/// A paragraph right below the title that has its words, and no verb: "Minutes of the meeting of 12 March 2023".
fn subtitle(context: &Context<'_>, view: &BlockView<'_>, title: BlockId, out: &mut Vec<Claim>) {
    let tokens = &view.layer.tokens;
    let verb = |id| context.lexicon.words.pos(id).any(Pos::AUXILIARY.and(Pos::PAST));
    let near = view.id.0 > title.0 && view.id.0 <= title.0 + 3 && tokens.len() <= 16;
    if !near || view.block.kind != BlockKind::Paragraph || tokens.iter().any(|t| t.word.is_some_and(verb)) {
        return;
    }
    let found = values(context, view, 0..tokens.len());
    let [only] = found.as_slice() else { return };
    let words = words(context, view, |at| only.tokens.contains(&at));
    if words.len() > 1 {
        out.push(push(context, view, EditionPlace::Line, only.clone(), words));
    }
}

/// A block that is nothing but a month, quarter or year.
fn line(context: &Context<'_>, view: &BlockView<'_>) -> Option<Claim> {
    let [only] = view.layer.dates.as_slice() else { return None };
    let whole = only.tokens == (0..view.layer.tokens.len());
    let period = only.date.from.year.is_some() && only.date.from.month.is_some() && only.date.from.day.is_none();
    if !whole || !period {
        return None;
    }
    let found = values(context, view, only.tokens.clone()).pop()?;
    Some(push(context, view, EditionPlace::Line, found, Vec::new()))
}

/// "Date: 3 May 2021", "**Meeting date:** 3 May 2021".
fn label(context: &Context<'_>, view: &BlockView<'_>) -> Option<Claim> {
    let colon = (1..4).find(|&at| view.word(at) == ":")?;
    let words: Vec<String> = (0..colon).map(|at| view.word(at).to_lowercase()).collect();
    let label = words.join(" ");
    if !matches!(
        label.as_str(),
        "date"
            | "date and time"
            | "meeting date"
            | "date of meeting"
            | "date of the meeting"
            | "when"
            | "held"
            | "held on"
    ) {
        return None;
    }
    let date = view.layer.dates.iter().find(|d| d.tokens.start > colon && d.tokens.start <= colon + 3)?;
    let mut found = values(context, view, date.tokens.clone()).pop()?;
    found.of = "meeting".into();
    Some(push(context, view, EditionPlace::Field, found, Vec::new()))
}

/// The values in the name of a file, or in an address; `folders` says in how many of the folders above a version is
/// looked for.
fn named(context: &Context<'_>, block: BlockId, path: &str, folders: usize, out: &mut Vec<Claim>) {
    for found in of_path(context, path, folders) {
        let at = Member { at: context.view(block).span(0..0), text: path[found.place.clone()].into() };
        let edition =
            Edition { place: EditionPlace::Name, value: found.value, of: found.of, words: found.words, at, tie: None };
        out.push(claim(context, block, edition));
    }
}

/// A value in a path.
pub(super) struct InPath {
    pub place: Range<usize>,
    pub value: EditionValue,
    pub of: CompactString,
    pub words: Vec<CompactString>,
}

/// The date, the version and the number of a series in the name of a file; the version also from the folders above.
pub(super) fn of_path(context: &Context<'_>, path: &str, folders: usize) -> Vec<InPath> {
    let path = path.trim_end_matches('/');
    let name = own::stem(path);
    let mut out = Vec::new();
    let pieces = own::parts(path, name.clone());
    let text = |i: usize| pieces.get(i).map_or("", |p| &path[p.clone()]);
    let words = |skip: &Range<usize>| -> Vec<CompactString> {
        let kept = pieces.iter().filter(|p| p.start < skip.start || p.end > skip.end);
        kept.map(|p| &path[p.clone()])
            .filter(|w| w.starts_with(char::is_alphabetic))
            .map(|w| base(context, w))
            .collect()
    };
    let date = own::path_date(context, path);
    if let Some((date, place)) = &date {
        let words = words(place);
        let value = EditionValue::Date(DateRange::one(*date));
        out.push(InPath { place: place.clone(), value, of: CompactString::default(), words });
    }
    // "release-2-1-0", "v2.1.0", "notes-2.1"
    let mut versions: Vec<(Range<usize>, Vec<u32>, bool)> = Vec::new();
    let mut i = 0;
    while i < pieces.len() {
        let digits =
            |i: usize| !text(i).is_empty() && text(i).len() <= 3 && text(i).bytes().all(|b| b.is_ascii_digit());
        let mut last = i;
        let sign = |i: usize| path.as_bytes()[pieces[i].end];
        while digits(last)
            && digits(last + 1)
            && pieces[last + 1].start == pieces[last].end + 1
            && (last == i || sign(last) == sign(i))
        {
            last += 1;
        }
        let place = pieces[i].start..pieces[last].end;
        let outside = date.as_ref().is_none_or(|(_, d)| place.end <= d.start || place.start >= d.end);
        if last > i && last - i < 4 && outside {
            let before = i.checked_sub(1).map_or(String::new(), |b| text(b).to_lowercase());
            let marked = matches!(before.as_str(), "v" | "version" | "release" | "rel" | "ver");
            let sure = marked || sign(i) == b'.';
            let numbers = (i..=last).filter_map(|p| text(p).parse().ok()).collect();
            versions.push((place, numbers, sure));
            i = last;
        }
        i += 1;
    }
    if let [(place, version, sure)] = versions.as_slice() {
        let words = words(place).into_iter().filter(|w| w.as_str() != "v").collect();
        out.push(InPath {
            place: place.clone(),
            value: EditionValue::Version(version.clone()),
            of: if *sure { "stem" } else { "digits" }.into(),
            words,
        });
    } else if versions.is_empty() && folders > 0 {
        let mut end = name.start.saturating_sub(1);
        for _ in 0..folders {
            let start = path[..end].rfind('/').map_or(0, |i| i + 1);
            let part = &path[start..end];
            if part.starts_with(['v', 'V'])
                && let Some(version) = version_parts(part)
            {
                let value = EditionValue::Version(version);
                out.push(InPath { place: start..end, value, of: "folder".into(), words: Vec::new() });
                break;
            }
            if start == 0 {
                break;
            }
            end = start - 1;
        }
    }
    for i in 0..pieces.len().saturating_sub(1) {
        let word = base(context, text(i));
        let counts =
            matches!(word.as_str(), "week" | "issue" | "episode" | "meeting" | "newsletter" | "edition" | "number");
        let digits = text(i + 1).len() <= 4 && text(i + 1).bytes().all(|b| b.is_ascii_digit());
        let outside = date.as_ref().is_none_or(|(_, d)| pieces[i + 1].start >= d.end || pieces[i + 1].end <= d.start);
        if counts
            && digits
            && outside
            && let Ok(number) = text(i + 1).parse()
        {
            let place = pieces[i + 1].clone();
            let words = words(&place);
            out.push(InPath { place, value: EditionValue::Number(number), of: word, words });
        }
    }
    out
}

/// The base form of a word of a name.
fn base(context: &Context<'_>, word: &str) -> CompactString {
    let small = crate::lexicon::lower(word);
    let words = &context.lexicon.words;
    words.find(&small).map_or(small.clone(), |id| {
        let lemma = &words.get(id).lemma;
        if lemma.is_empty() { small } else { lemma.as_str().into() }
    })
}
