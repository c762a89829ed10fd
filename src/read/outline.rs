//! Headings as they come, and which one governs what follows.

use crate::document::BlockId;

/// The headings that are open at a place of a document.
#[derive(Default)]
pub(super) struct Outline {
    open: Vec<(u8, BlockId)>,
}

impl Outline {
    /// The heading that governs what comes next.
    pub(super) fn section(&self) -> Option<BlockId> {
        self.open.last().map(|&(_, id)| id)
    }

    /// The heading that governs a heading of this level.
    pub(super) fn parent(&mut self, level: u8) -> Option<BlockId> {
        while self.open.last().is_some_and(|&(open, _)| open >= level) {
            self.open.pop();
        }
        self.section()
    }

    /// Opens a heading whose [`Outline::parent`] has been asked for.
    pub(super) fn enter(&mut self, level: u8, id: BlockId) {
        self.open.push((level, id));
    }
}
