//! What every extractor works on, and the questions they all ask.

use super::{Claim, ClaimKind, Member, Origin, Scope, Status, Subject, Value};
use crate::annotate::{Annotated, Layers};
use crate::document::{Block, BlockId, BlockKind, Document};
use crate::lexicon::Lexicon;
use crate::span::Span;
use compact_str::CompactString;
use std::ops::Range;

/// A document with its layers and the lexicon.
#[derive(Clone, Copy)]
pub struct Context<'a> {
    /// The document.
    pub document: &'a Document,
    /// Its layers, aligned with its blocks.
    pub layers: &'a Layers,
    /// The words.
    pub lexicon: &'a Lexicon,
}

/// One block with its layers.
#[derive(Clone, Copy)]
pub struct BlockView<'a> {
    /// Its id.
    pub id: BlockId,
    /// The block.
    pub block: &'a Block,
    /// Its string.
    pub text: &'a str,
    /// Its layers.
    pub layer: &'a Annotated,
}

impl<'a> Context<'a> {
    /// Ties the three together.
    #[must_use]
    pub fn new(document: &'a Document, layers: &'a Layers, lexicon: &'a Lexicon) -> Self {
        Self { document, layers, lexicon }
    }

    /// One block with its layers.
    #[must_use]
    pub fn view(&self, id: BlockId) -> BlockView<'a> {
        let block = self.document.block(id);
        BlockView { id, block, text: &block.text.string, layer: &self.layers.blocks[id.index()] }
    }

    /// All blocks with their layers, code left out.
    pub fn views(&self) -> impl Iterator<Item = BlockView<'a>> + 'a {
        let this = *self;
        (0..this.document.blocks.len() as u32)
            .map(move |i| this.view(BlockId(i)))
            .filter(|v| v.block.kind != BlockKind::Code)
    }
}

impl<'a> BlockView<'a> {
    /// Whether the block is running text: paragraph, list item, quotation, note or comment.
    #[must_use]
    pub fn is_prose(&self) -> bool {
        matches!(
            self.block.kind,
            BlockKind::Paragraph
                | BlockKind::Item { .. }
                | BlockKind::Quote
                | BlockKind::Note { .. }
                | BlockKind::Comment { .. }
        )
    }

    /// The wording of a token.
    #[must_use]
    pub fn word(&self, token: usize) -> &'a str {
        self.layer.tokens.get(token).map_or("", |t| t.text(self.text))
    }

    /// The place of a range of tokens in the file.
    #[must_use]
    pub fn span(&self, tokens: Range<usize>) -> Span {
        self.block.text.span(self.layer.bytes(tokens))
    }

    /// The wording of a range of tokens, white space as in the block.
    #[must_use]
    pub fn wording(&self, tokens: Range<usize>) -> &'a str {
        &self.text[self.layer.bytes(tokens)]
    }

    /// The place of the sentence around a token; the whole block when it has one sentence.
    #[must_use]
    pub fn within(&self, token: usize) -> Span {
        self.span(self.layer.sentence_of(token))
    }

    /// A place with its wording.
    #[must_use]
    pub fn member(&self, tokens: Range<usize>) -> Member {
        Member { at: self.span(tokens.clone()), text: self.wording(tokens).into() }
    }

    /// A claim at a range of tokens with everything not given left empty.
    #[must_use]
    pub fn claim(&self, kind: ClaimKind, by: &'static str, tokens: Range<usize>, value: Value) -> Claim {
        Claim {
            kind,
            subject: Subject::default(),
            predicate: CompactString::default(),
            scope: Scope::default(),
            status: Status::default(),
            value,
            at: self.span(tokens.clone()),
            text: self.wording(tokens.clone()).into(),
            within: self.within(tokens.start),
            block: self.id,
            sentence: self.layer.sentence_index(tokens.start) as u32,
            list: match self.block.kind {
                BlockKind::Item { list, .. } => Some(list),
                _ => None,
            },
            origin: Origin::Prose,
            frame: None,
            axes: None,
            by,
        }
    }
}

/// The reader of what no wording gives away, and only the weight of what speaks for it.
pub const WEIGHED: &str = "weighed";

/// The reader of what stands in a block of code.
pub const LISTING: &str = "listing";

/// A claim that is read in a code block, at a byte range of it; `line` is what is shown around it.
pub(super) fn claim_in_code(
    block: (BlockId, &Block),
    at: Range<usize>,
    line: Range<usize>,
    kind: ClaimKind,
    wording: &str,
    value: Value,
) -> Claim {
    let (id, block) = block;
    Claim {
        kind,
        subject: Subject { wording: wording.into(), ..Subject::default() },
        predicate: CompactString::default(),
        scope: Scope::default(),
        status: Status::default(),
        value,
        at: block.text.span(at.clone()),
        text: block.text.string[at].into(),
        within: block.text.span(line),
        block: id,
        sentence: 0,
        list: None,
        origin: Origin::Prose,
        axes: None,
        frame: None,
        by: if kind == ClaimKind::Identifier { "identifier" } else { LISTING },
    }
}
