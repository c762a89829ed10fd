//! The dates and versions that a document has by its front matter, its title and the name of its file.

use crate::claim::{Context, Member};
use crate::document::{BlockId, BlockKind};
use crate::lexicon::{NumberRole, lower};
use crate::value::Date;
use std::ops::Range;

/// A date that the document as a whole has.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(in crate::claim) struct OwnDate {
    /// The date, its year known.
    pub date: Date,
    /// The wording that says it; that of the file's name stands at the beginning of the document.
    pub source: Member,
}

/// Keys of the front matter whose value is the day of the document.
const DAYS: [&str; 9] =
    ["created", "date", "date-published", "event_date", "meeting_date", "pubdate", "publishdate", "published", "start"];

/// The dates of the document, the one of the front matter first.
pub(in crate::claim) fn own_dates(context: &Context<'_>) -> Vec<OwnDate> {
    let document = context.document;
    let mut out = Vec::new();
    let mut add = |block: BlockId| {
        let view = context.view(block);
        let mut dates = view.layer.dates.iter().filter(|d| d.date.from.year.is_some());
        if let (Some(only), None) = (dates.next(), dates.next()) {
            out.push(OwnDate { date: only.date.from, source: view.member(only.tokens.clone()) });
        }
    };
    for field in document.fields.iter().filter(|f| DAYS.contains(&f.key.as_str())) {
        add(field.block);
    }
    for field in document.fields.iter().filter(|f| f.key == "title") {
        add(field.block);
    }
    if let Some(title) = title(context) {
        add(title);
    }
    if let (Some((date, place)), false) = (path_date(context, &document.path), document.blocks.is_empty()) {
        let at = context.view(BlockId(0)).span(0..0);
        out.push(OwnDate { date, source: Member { at, text: document.path[place].into() } });
    }
    out
}

/// The first heading of the document.
pub(in crate::claim) fn title(context: &Context<'_>) -> Option<BlockId> {
    let mut headings = context.document.iter().filter(|(_, b)| matches!(b.kind, BlockKind::Heading(_)));
    headings.next().map(|(id, _)| id)
}

/// The stem of the last part of a path, as a range of bytes.
pub(super) fn stem(path: &str) -> Range<usize> {
    let start = path.rfind('/').map_or(0, |i| i + 1);
    let end = path[start..].rfind('.').filter(|i| *i > 0).map_or(path.len(), |i| start + i);
    start..end
}

/// The only date in the name of a file, and where it stands: `2021-04-minutes.md`, `20210503.md`,
/// `minutes-march-2021.md`, `report_2023.md`.
pub(in crate::claim) fn path_date(context: &Context<'_>, path: &str) -> Option<(Date, Range<usize>)> {
    let name = stem(path);
    let parts = parts(path, name.clone());
    let text = |i: usize| parts.get(i).map_or("", |p| &path[p.clone()]);
    let year = |i: usize| {
        let word = text(i);
        let year = (word.len() == 4).then(|| word.parse::<i16>().ok()).flatten()?;
        (1900..=2100).contains(&year).then_some(year)
    };
    let small = |i: usize, most: u8| {
        let word = text(i);
        let number = (word.len() == 2).then(|| word.parse::<u8>().ok()).flatten()?;
        (1..=most).contains(&number).then_some(number)
    };
    let named = |i: usize| {
        let number = context.lexicon.numbers.get(&lower(text(i))).filter(|n| n.role == NumberRole::Month)?;
        u8::try_from(number.value).ok().filter(|_| text(i).len() > 2)
    };
    if let Some(found) = in_year_folder(path, &name, &parts) {
        return Some(found);
    }
    let mut found = None;
    let mut i = 0;
    while i < parts.len() {
        let mut read = None;
        if let Some(y) = year(i) {
            let month = small(i + 1, 12).or_else(|| named(i + 1));
            let day = month.and_then(|_| small(i + 2, 31));
            let before = i.checked_sub(1).and_then(named);
            read = Some(match (month, before) {
                (Some(_), _) => {
                    let last = i + 1 + usize::from(day.is_some());
                    (Date { year: Some(y), month, day }, parts[i].start..parts[last].end)
                }
                (None, Some(_)) => (Date { year: Some(y), month: before, day: None }, parts[i - 1].start..parts[i].end),
                (None, None) => (Date { year: Some(y), month: None, day: None }, parts[i].clone()),
            });
            i += usize::from(month.is_some()) + usize::from(day.is_some());
        } else if text(i).len() == 8 && text(i).bytes().all(|b| b.is_ascii_digit()) {
            let of = |r: Range<usize>| text(i)[r].parse::<i16>().ok();
            let (y, m, d) = (of(0..4)?, of(4..6)?, of(6..8)?);
            let (month, day) = (u8::try_from(m).ok()?, u8::try_from(d).ok()?);
            if (1900..=2100).contains(&y) && (1..=12).contains(&month) && (1..=31).contains(&day) {
                read = Some((Date { year: Some(y), month: Some(month), day: Some(day) }, parts[i].clone()));
            }
        }
        if read.is_some() {
            if found.is_some() {
                return None;
            }
            found = read;
        }
        i += 1;
    }
    found
}

/// The date of a file in a folder that is a year: `2019/CG-09-03.md`, `2017/03.md`, from the folder on.
fn in_year_folder(path: &str, name: &Range<usize>, parts: &[Range<usize>]) -> Option<(Date, Range<usize>)> {
    let end = name.start.checked_sub(1)?;
    let start = path[..end].rfind('/').map_or(0, |i| i + 1);
    let folder = &path[start..end];
    let year: i16 = (folder.len() == 4).then(|| folder.parse().ok()).flatten().filter(|y| (1900..=2100).contains(y))?;
    let figures: Vec<&Range<usize>> = parts.iter().filter(|p| path.as_bytes()[p.start].is_ascii_digit()).collect();
    let small = |part: &Range<usize>, most: u8| {
        let number = (part.len() == 2).then(|| path[part.clone()].parse::<u8>().ok()).flatten()?;
        (1..=most).contains(&number).then_some(number)
    };
    let (month, day) = match figures.as_slice() {
        // A number behind a word may be any: `2019/release-10.md`.
        [month] if parts.len() == 1 => (small(month, 12)?, None),
        [month, day] if day.start == month.end + 1 => (small(month, 12)?, Some(small(day, 31)?)),
        _ => return None,
    };
    let last = figures.last()?.end;
    Some((Date { year: Some(year), month: Some(month), day }, start..last))
}

/// The runs of letters and the runs of digits of a name.
pub(super) fn parts(path: &str, name: Range<usize>) -> Vec<Range<usize>> {
    let class = |c: char| if c.is_ascii_digit() { 1 } else { u8::from(c.is_alphabetic()) * 2 };
    let mut out: Vec<Range<usize>> = Vec::new();
    let mut last = 0;
    for (i, c) in path[name.clone()].char_indices() {
        let at = name.start + i;
        let now = class(c);
        match out.last_mut() {
            Some(part) if now != 0 && now == last => part.end = at + c.len_utf8(),
            _ if now != 0 => out.push(at..at + c.len_utf8()),
            _ => {}
        }
        last = now;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotate::annotate;
    use crate::document::Document;
    use crate::lexicon::Lexicon;
    use crate::span::FileId;

    #[test]
    fn reads_dates_in_names_of_files() {
        let lexicon = Lexicon::english();
        let document = Document::new(FileId(0));
        let layers = annotate(&document, lexicon);
        let context = Context::new(&document, &layers, lexicon);
        let read = |path: &str| path_date(&context, path).map(|(date, place)| (date.written(), path[place].to_owned()));
        let cases = [
            ("a/2021-04-minutes.md", Some(("April 2021", "2021-04"))),
            ("2021_04_30.md", Some(("30 April 2021", "2021_04_30"))),
            ("20210430.txt", Some(("30 April 2021", "20210430"))),
            ("minutes-march-2021.md", Some(("March 2021", "march-2021"))),
            ("2019/report2023.md", Some(("2023", "2023"))),
            ("2019-to-2023.md", None),
            ("2019/notes.md", None),
            ("main/2019/CG-09-03.md", Some(("3 September 2019", "2019/CG-09-03"))),
            ("2017/03.md", Some(("March 2017", "2017/03"))),
            ("2019/release-10.md", None),
        ];
        for (path, expected) in cases {
            assert_eq!(read(path), expected.map(|(a, b)| (a.to_owned(), b.to_owned())), "{path}");
        }
    }
}
