//! Which blocks are not in English.
//!
//! Subjects, events, roles and names are read with English words and English grammar: in another language the
//! same code would take verbs for subjects and declined surnames for spellings. Function words tell: in English
//! prose of any genre an eighth or more of the words that are not capitalised are articles, prepositions,
//! pronouns or auxiliaries (measured on 9,400 documents of documentation projects, translated newsletters and
//! reports: English ones from .10 upwards, Czech, French, German, Italian, Japanese, Portuguese and Chinese
//! ones below .08).

use super::{Claim, ClaimKind, Context, NameKind, Origin, Value, abroad};
use crate::annotate::{Case, TokenKind};
use crate::claim::context::BlockView;
use crate::lexicon::Pos;

/// A text with a smaller share of function words is not in English.
const SHARE: f64 = 0.08;
/// Up to this share they may be words that other languages write the same ("in", "per", "a"), when hardly one of them is a
/// word that English alone has.
const SHARED: f64 = 0.14;
const SURE: f64 = 0.02;
/// Fewer words of a document say nothing.
const DOCUMENT_WORDS: usize = 60;
/// Fewer words of a block say nothing.
const BLOCK_WORDS: usize = 40;

/// Words of running text: those of English grammar, those among them that no other language has, and all.
#[derive(Clone, Copy, Default)]
struct Count {
    function: usize,
    sure: usize,
    words: usize,
}

impl Count {
    /// Whether so many function words among so many words are not those of English.
    fn is_block_abroad(self) -> bool {
        self.words >= BLOCK_WORDS && (self.function as f64) < SHARE * self.words as f64
    }

    fn is_document_abroad(self) -> bool {
        let words = self.words as f64;
        let few = (self.function as f64) < SHARE * words;
        let shared = (self.function as f64) < SHARED * words && (self.sure as f64) < SURE * words;
        self.words >= DOCUMENT_WORDS && (few || shared)
    }
}

/// Whether the whole document is in another language.
#[must_use]
pub(super) fn is_abroad(context: &Context<'_>) -> bool {
    total(&counts(context)).is_document_abroad()
}

fn counts(context: &Context<'_>) -> Vec<Count> {
    let blocks = 0..context.document.blocks.len() as u32;
    blocks.map(|i| count(context, context.view(crate::document::BlockId(i)))).collect()
}

fn total(counts: &[Count]) -> Count {
    counts.iter().fold(Count::default(), |a, b| Count {
        function: a.function + b.function,
        sure: a.sure + b.sure,
        words: a.words + b.words,
    })
}

/// Takes away what was read with English words in blocks of another language, and adds what a whole document in one says
/// without its words.
pub(super) fn retain_english(context: &Context<'_>, claims: &mut Vec<Claim>) {
    let counts = counts(context);
    let whole = total(&counts).is_document_abroad();
    if !whole && !counts.iter().any(|c| c.is_block_abroad()) {
        return;
    }
    if whole {
        // The words of a name are those of the other documents, whatever the language; so are the numbers of laws.
        for claim in claims.iter_mut() {
            match &mut claim.value {
                Value::Name(name) if name.kind != NameKind::Identifier => name.kind = NameKind::Abroad,
                Value::Reference(_) => claim.origin = Origin::Abroad,
                _ => {}
            }
        }
    }
    claims.retain(|claim| {
        let block = &counts[claim.block.index()];
        !(read_with_words(claim) && (whole || block.is_block_abroad()))
    });
    if whole {
        abroad::extract(context, claims);
    }
}

/// How many of the words of running text are function words of English, and how many words there are. A word of
/// a script without capitals counts by its length: such scripts do not part words.
fn count(context: &Context<'_>, view: BlockView<'_>) -> Count {
    let mut out = Count::default();
    if !view.is_prose() {
        return out;
    }
    for token in view.layer.tokens.iter().filter(|t| t.kind == TokenKind::Word) {
        let word = token.text(view.text);
        let first = word.chars().next().unwrap_or_default();
        if !first.is_lowercase() && !first.is_uppercase() {
            out.words += 1 + word.chars().count() / 2;
        } else if token.case == Case::Lower {
            out.words += 1;
            if token.word.is_some_and(|id| context.lexicon.words.pos(id).any(Pos::CLOSED)) {
                out.function += 1;
                out.sure += usize::from(context.lexicon.is_in("english.alone", word));
            }
        }
    }
    out
}

/// Whether a claim of this kind rests on English words, and not on signs, layout or numbers alone.
fn read_with_words(claim: &Claim) -> bool {
    match claim.kind {
        ClaimKind::Quantity => claim.origin == Origin::Prose,
        ClaimKind::Name => !matches!(&claim.value, Value::Name(name) if name.kind == NameKind::Abroad),
        // "en 2024" is no European standard.
        ClaimKind::Reference => {
            let wording = claim.subject.wording.trim_start_matches(|c: char| !c.is_alphabetic());
            wording.starts_with(char::is_lowercase)
        }
        ClaimKind::Occasion => !matches!(&claim.value, Value::Occasion(occasion) if occasion.abroad),
        ClaimKind::Total
        | ClaimKind::List
        | ClaimKind::Set
        | ClaimKind::Setting
        | ClaimKind::Term
        | ClaimKind::Ordinal
        | ClaimKind::Rank
        | ClaimKind::Order
        | ClaimKind::Definition
        | ClaimKind::Abbreviation
        | ClaimKind::Role
        | ClaimKind::Interval
        | ClaimKind::Event => true,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use crate::claim::{Claim, ClaimKind, claims};
    use crate::lexicon::Lexicon;
    use crate::read::{Format, read};
    use crate::source::{Origin, SourceFile};
    use crate::span::FileId;

    fn read_claims(text: &str) -> Vec<Claim> {
        let source = SourceFile::new("x.md".into(), text.to_owned(), Origin::Verbatim);
        let document = read(&source, FileId(0), Format::Markdown);
        let layers = crate::annotate::annotate(&document, Lexicon::english());
        claims(&document, &layers, Lexicon::english())
    }

    fn kinds(text: &str) -> Vec<ClaimKind> {
        read_claims(text).iter().map(|c| c.kind).collect()
    }

    const GERMAN: &str = "Die Bibliothek besitzt 412 Handschriften und wurde im letzten Jahr von 18 Forscherinnen \
        besucht. Der Katalog nennt jede Handschrift mit ihrem Alter, ihrer Herkunft und ihrem Zustand. Viele der \
        Bände sind in den vergangenen zehn Jahren gereinigt, gebunden und neu gezählt worden, obwohl das Geld dafür \
        kaum reichte und die Werkstatt nur an drei Tagen geöffnet war, was die Arbeit sehr verlangsamte.";

    #[test]
    fn reads_no_quantities_where_the_words_are_not_english() {
        assert!(!kinds(GERMAN).contains(&ClaimKind::Quantity));
    }

    #[test]
    fn reads_tables_and_references_in_every_language() {
        let text = format!(
            "{GERMAN}\n\nSiehe RFC 2119.\n\n| Art | Zahl |\n|---|---:|\n| Alt | 300 |\n| Neu | 112 |\n| Total | 412 |\n"
        );
        let found = kinds(&text);
        assert!(found.contains(&ClaimKind::ColumnTotal) && found.contains(&ClaimKind::Reference), "{found:?}");
    }

    #[test]
    fn ignores_one_foreign_paragraph_of_an_english_document() {
        let english =
            "The library holds 412 manuscripts, and 18 scholars came to see them in the last year. ".repeat(9);
        let found = read_claims(&format!("{english}\n\n{GERMAN}\n"));
        assert!(found.iter().any(|c| c.kind == ClaimKind::Quantity && c.text.contains("412")));
        assert!(!found.iter().any(|c| c.kind == ClaimKind::Quantity && c.at.start as usize > english.len()));
    }

    #[test]
    fn reads_short_english_texts_without_function_words() {
        assert!(kinds("Set max retries to 5, 3 workers, 2 disks").contains(&ClaimKind::Quantity));
    }
}
