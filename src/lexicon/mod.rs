//! Typed word lists, loaded from `rules/lexicons/<language>/*.toml`.
//!
//! Goes in: TOML. Comes out: one [`Lexicon`] with a word table, phrase tables and typed lists.
//! Knows nothing of documents.

mod distance;
mod fold;
mod instrument;
mod kinship;
mod load;
mod measure;
mod naming;
mod office;
mod pattern;
mod spelling;
mod words;
mod zone;

pub use distance::{Near, STEP};
pub use fold::{Fold, is_latin, plain};
pub use instrument::{FormKind, Instrument, InstrumentForm};
pub use load::{
    BUILTIN, Demonym, Lexicon, LexiconError, NameRoles, NumberRole, NumberWord, Phrase, cue_bit, lower, same_word,
};
pub use measure::UnitEntry;
pub use naming::Naming;
pub use office::{Office, Offices};
pub use pattern::{Element, Pattern, PatternFamily, PatternRelation, Patterns, SlotKind, covers};
pub use spelling::{Spellings, name_form};
pub use words::{Pos, Word, WordId, Words, singular};
pub use zone::{Zone, ZoneRule, Zones};
