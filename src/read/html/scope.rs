//! What of a page is no part of its text: menus, banners, scripts, what is hidden.

use super::calls::Calls;
use super::token::{Element, Kind, Token};
use std::ops::Range;

/// Elements whose content nobody reads as text.
const NO_TEXT: [&str; 33] = [
    "script", "style", "template", "noscript", "svg", "math", "title", "nav", "select", "option", "optgroup", "button",
    "textarea", "iframe", "object", "embed", "audio", "video", "canvas", "map", "datalist", "dialog", "rp", "rt",
    "applet", "noframes", "progress", "meter", "menu", "input", "noembed", "frameset", "xml",
];

/// Parts of names of classes that only parts of a page's furniture have.
const FURNITURE: [&str; 26] = [
    "cookie",
    "cookies",
    "consent",
    "gdpr",
    "navbar",
    "navbox",
    "breadcrumb",
    "breadcrumbs",
    "pagination",
    "skiplink",
    "headerlink",
    "permalink",
    "editsection",
    "backlink",
    "offcanvas",
    "adsbygoogle",
    "advertisement",
    "noprint",
    "sronly",
    "printonly",
    "searchbox",
    "mobilemenu",
    "hamburger",
    "lightbox",
    "tooltip",
    "popover",
];

/// Whole names of classes for what only screen readers say.
const UNSEEN: [&str; 7] = [
    "sr-only",
    "visually-hidden",
    "visuallyhidden",
    "screen-reader-text",
    "screen-reader-only",
    "skip-link",
    "skip-to-content",
];

/// Parts of names of classes that furniture has and other things too: left out when what they hold is mostly links.
const MAYBE_FURNITURE: [&str; 16] = [
    "menu",
    "nav",
    "navigation",
    "sidebar",
    "toc",
    "share",
    "sharing",
    "social",
    "related",
    "tags",
    "footer",
    "newsletter",
    "pager",
    "contents",
    "topbar",
    "toolbar",
];

/// What is known of a page before it is read.
pub(super) struct Scope {
    /// Whether this is a whole page; a piece in another format has no furniture.
    page: bool,
    /// The tokens of the main part, when the page names one.
    main: Option<Range<usize>>,
    /// Indices of headings of the first level and of main parts, in order.
    content: Vec<usize>,
    /// Indices of all headings, in order.
    headings: Vec<usize>,
    /// Bytes of words before every token, and of those in links; one entry more than tokens.
    words: Vec<(u32, u32)>,
}

impl Scope {
    pub(super) fn new(source: &str, tokens: &[Token], page: bool) -> Self {
        let (mut content, mut headings, mut main) = (Vec::new(), Vec::new(), None);
        let mut words = Vec::with_capacity(tokens.len() + 1);
        let (mut all, mut linked, mut link_end, mut silent_end) = (0u32, 0u32, 0, 0);
        for (n, token) in tokens.iter().enumerate() {
            words.push((all, linked));
            match &token.kind {
                Kind::Start(element) => {
                    let name = element.name.as_str();
                    if name == "main" || element.get("role") == Some("main") {
                        content.push(n);
                        main.get_or_insert(n..element.end);
                    } else if name == "article" {
                        content.push(n);
                    } else if let Some(level) = heading_level(name) {
                        if level == 1 {
                            content.push(n);
                        }
                        headings.push(n);
                    } else if name == "a" {
                        link_end = link_end.max(element.end);
                    } else if matches!(name, "script" | "style" | "title") {
                        silent_end = silent_end.max(element.end);
                    }
                }
                Kind::Words if n >= silent_end => {
                    let said = source[token.at.start as usize..token.at.end as usize].trim().len() as u32;
                    all += said;
                    if n < link_end {
                        linked += said;
                    }
                }
                _ => {}
            }
        }
        words.push((all, linked));
        let mut scope = Self { page, main: None, content, headings, words };
        // A main part that holds next to nothing is none.
        scope.main = main.filter(|main| {
            let (inside, inside_linked) = scope.said(main.clone());
            page && (inside - inside_linked) * 3 >= all - linked
        });
        scope
    }

    /// Bytes of words among these tokens, and of those in links.
    fn said(&self, range: Range<usize>) -> (u32, u32) {
        let last = self.words.len() - 1;
        let (from, to) = (self.words[range.start.min(last)], self.words[range.end.min(last)]);
        (to.0.saturating_sub(from.0), to.1.saturating_sub(from.1))
    }

    /// Whether the token stands outside the main part of the page.
    pub(super) fn is_outside(&self, n: usize) -> bool {
        self.main.as_ref().is_some_and(|main| !main.contains(&n))
    }

    /// Whether an element outside the main part is read all the same.
    pub(super) fn is_kept_outside(&self, n: usize, element: &Element, calls: &Calls) -> bool {
        let holds_main = self.main.as_ref().is_some_and(|main| n <= main.start && element.end >= main.end);
        holds_main
            || heading_level(&element.name) == Some(1)
            || self.has_content(n, element)
            || calls.any_in(n..element.end)
    }

    /// Whether an element holds the main part. It is not kept for its own sake.
    pub(super) fn holds_main(&self, n: usize, element: &Element) -> bool {
        self.main.as_ref().is_some_and(|main| n <= main.start && element.end >= main.end)
    }

    fn has_content(&self, n: usize, element: &Element) -> bool {
        has(&self.content, n..element.end)
    }

    /// Whether an element is left out with all that it holds. `nested`: it stands in an article or a section.
    pub(super) fn is_left_out(&self, n: usize, element: &Element, nested: bool, calls: &Calls) -> bool {
        let name = element.name.as_str();
        if NO_TEXT.contains(&name) || is_hidden(element) {
            return true;
        }
        if !self.page {
            return false;
        }
        let role = element.get("role").unwrap_or("");
        if matches!(
            role,
            "navigation" | "search" | "alertdialog" | "dialog" | "menu" | "menubar" | "tablist" | "doc-toc"
        ) {
            return true;
        }
        if matches!(name, "html" | "body" | "main" | "article" | "table" | "tr" | "td") || calls.any_in(n..element.end)
        {
            return false;
        }
        if (name == "footer" && !nested) || role == "contentinfo" {
            return !self.has_content(n, element);
        }
        if (name == "header" && !nested) || role == "banner" {
            return !has(&self.headings, n..element.end);
        }
        self.is_furniture(n, element)
    }

    fn is_furniture(&self, n: usize, element: &Element) -> bool {
        let class = element.get("class").unwrap_or("");
        let id = element.get("id").unwrap_or("");
        if class.is_empty() && id.is_empty() || self.has_content(n, element) || heading_level(&element.name).is_some() {
            return false;
        }
        let mut maybe = false;
        for name in class.split_ascii_whitespace().chain(std::iter::once(id)) {
            let name = name.to_ascii_lowercase().replace('_', "-");
            if UNSEEN.contains(&name.as_str()) {
                return true;
            }
            for part in name.split(|c: char| !c.is_ascii_alphanumeric()) {
                if FURNITURE.contains(&part) {
                    return true;
                }
                maybe |= MAYBE_FURNITURE.contains(&part);
            }
        }
        let (all, linked) = self.said(n..element.end);
        maybe && linked * 2 >= all && linked > 0
    }
}

/// Whether a place lies in a range.
fn has(places: &[usize], range: Range<usize>) -> bool {
    places.get(places.partition_point(|&n| n < range.start)).is_some_and(|&n| n < range.end)
}

/// Whether the page hides an element.
fn is_hidden(element: &Element) -> bool {
    if element.get("hidden").is_some() || element.get("aria-hidden") == Some("true") {
        return true;
    }
    element.get("style").is_some_and(|style| {
        let style: String = style.to_ascii_lowercase().chars().filter(|c| !c.is_whitespace()).collect();
        style.contains("display:none") || style.contains("visibility:hidden") || style.contains("mso-hide:all")
    })
}

/// The level of a heading by its name: `h2`.
pub(super) fn heading_level(name: &str) -> Option<u8> {
    match name.as_bytes() {
        [b'h', level @ b'1'..=b'6'] => Some(level - b'0'),
        _ => None,
    }
}
