//! Which list an item belongs to, told from marks and indentation.

use super::marker::{Count, Marker, MarkerKind};
use crate::document::{Document, List};

/// The lists that are open at a place.
#[derive(Default)]
pub(super) struct Lists {
    open: Vec<Open>,
    /// Running text stood after the last item.
    interrupted: bool,
}

struct Open {
    list: u32,
    kind: MarkerKind,
    indent: u32,
}

impl Lists {
    /// Ends all lists.
    pub(super) fn close(&mut self) {
        self.open.clear();
    }

    /// Running text at this indentation: belongs to the item when it is indented further; otherwise lists of bullets
    /// end, while numbers may go on.
    pub(super) fn text(&mut self, indent: u32) {
        if self.open.last().is_some_and(|o| indent > o.indent) {
            return;
        }
        self.interrupted = true;
        self.open.retain(|o| matches!(o.kind, MarkerKind::Ordered { .. }));
    }

    /// The list that an item belongs to; begins one when there is none.
    pub(super) fn item(&mut self, document: &mut Document, marker: &Marker, indent: u32) -> (u32, bool) {
        let interrupted = std::mem::take(&mut self.interrupted);
        if let Some(i) = self.open.iter().rposition(|o| fits(o, &marker.kind, indent)) {
            self.open.truncate(i + 1);
            if let Some(open) = self.open.last_mut() {
                open.kind = marker.kind.clone();
                return (open.list, false);
            }
        }
        if interrupted {
            self.open.clear();
        }
        while self.open.last().is_some_and(|o| !nests(o, &marker.kind, indent)) {
            self.open.pop();
        }
        let parent = self.open.last().map(|o| {
            let items = document.lists[o.list as usize].items.len() as u32;
            (o.list, items.saturating_sub(1))
        });
        let list = document.lists.len() as u32;
        document.lists.push(List {
            ordered: !matches!(marker.kind, MarkerKind::Bullet(_)),
            depth: self.open.len() as u32,
            items: Vec::new(),
            intro: None,
            parent,
        });
        self.open.push(Open { list, kind: marker.kind.clone(), indent });
        (list, true)
    }
}

/// Whether a mark goes on with a list.
fn fits(open: &Open, kind: &MarkerKind, indent: u32) -> bool {
    let level = indent.abs_diff(open.indent) <= 1;
    match (&open.kind, kind) {
        (MarkerKind::Bullet(a), MarkerKind::Bullet(b)) => a == b && level,
        (MarkerKind::Ordered { around: a, count: last }, MarkerKind::Ordered { around: b, count }) => {
            let later = |x: Option<u32>, y: Option<u32>| matches!((x, y), (Some(x), Some(y)) if y > x && y <= x + 3);
            a == b && (count.follows(*last) || level && !count.is_first() && later(last.number, count.number))
        }
        (MarkerKind::Sections(a), MarkerKind::Sections(b)) => a.len() == b.len(),
        _ => false,
    }
}

/// Whether a list with this mark begins inside an item of an open one.
fn nests(open: &Open, kind: &MarkerKind, indent: u32) -> bool {
    if indent > open.indent + 1 {
        return true;
    }
    if indent + 1 < open.indent {
        return false;
    }
    let class = |kind: &MarkerKind| match kind {
        MarkerKind::Bullet(_) => 0,
        MarkerKind::Ordered { count: Count { number: Some(_), .. }, .. } => 1,
        MarkerKind::Ordered { .. } => 2,
        MarkerKind::Sections(_) => 3,
    };
    // Letters within numbers, bullets within either, without indentation.
    let first = match kind {
        MarkerKind::Ordered { count, .. } => count.is_first(),
        _ => true,
    };
    first && class(kind) != class(&open.kind) && class(&open.kind) != 0
}
