//! Badges: pictures whose address holds what they show, a label and a message.
//!
//! Source: the static badges of Shields, `/badge/<label>-<message>-<colour>`, with a hyphen doubled and a space as `_`.

use super::Setting;
use crate::claim::pointer::decoded;
use crate::claim::{Claim, ClaimKind, Context, Value};
use crate::document::{BlockId, Picture};
use compact_str::CompactString;

/// What a badge shows.
pub(super) struct Badge {
    /// What it is about, in small letters: `license`, `rustc`.
    pub label: CompactString,
    /// What is said of it: `MIT`, `1.70+`.
    pub message: CompactString,
}

/// The badges of a document: by their address, else by the words in their place, "version 1.8.0".
pub(super) fn badges<'a>(context: &Context<'a>) -> impl Iterator<Item = (&'a Picture, Badge)> {
    let shown = |p: &Picture| -> Option<Badge> {
        read(&p.target).or_else(|| {
            let (label, message) = p.words.split_once(": ").or_else(|| p.words.rsplit_once(' '))?;
            Some(Badge { label: label.trim().to_lowercase().into(), message: message.trim().into() })
        })
    };
    context.document.pictures.iter().take(MOST).filter_map(move |p| Some((p, shown(p)?)))
}

/// Most pictures of a document that may be badges.
const MOST: usize = 40;

/// Reads the address of a badge.
fn read(address: &str) -> Option<Badge> {
    let (_, rest) = address.split_once("/badge/")?;
    let rest = &rest[..rest.find(['?', '#']).unwrap_or(rest.len())];
    let rest = rest.strip_suffix(".svg").or(rest.strip_suffix(".png")).unwrap_or(rest);
    let plain = decoded(rest).replace("--", "\u{0}").replace('_', " ");
    let mut parts = plain.rsplitn(3, '-');
    let (colour, message, label) = (parts.next()?, parts.next()?, parts.next()?);
    let whole = |part: &str| part.replace('\u{0}', "-").trim().to_owned();
    if [colour, label, message].iter().any(|part| part.contains('/') || part.is_empty()) {
        return None;
    }
    Some(Badge { label: whole(label).to_lowercase().into(), message: whole(message).into() })
}

/// The claim that a badge makes, at its address.
pub(super) fn claim(context: &Context<'_>, picture: &Picture, badge: &Badge, wording: &str, found: Setting) -> Claim {
    let view = context.view(BlockId(0));
    let mut claim = view.claim(ClaimKind::Setting, "setting", 0..0, Value::Setting(Box::new(found)));
    claim.at = picture.at;
    claim.within = picture.at;
    claim.text = badge.message.clone();
    claim.subject.wording = wording.into();
    claim
}

#[cfg(test)]
mod tests {
    use super::read;

    #[test]
    fn reads_labels_and_messages() {
        for (address, label, message) in [
            ("https://img.shields.io/badge/License-MIT-yellow.svg", "license", "MIT"),
            ("https://img.shields.io/badge/license-Apache--2.0-blue", "license", "Apache-2.0"),
            ("https://img.shields.io/badge/rustc-1.70+-blue.svg?style=flat", "rustc", "1.70+"),
            ("https://img.shields.io/badge/node-%3E%3D18-green", "node", ">=18"),
            ("https://img.shields.io/badge/min_python-3.9-green", "min python", "3.9"),
        ] {
            let badge = read(address).expect("a badge is read");
            assert_eq!((badge.label.as_str(), badge.message.as_str()), (label, message), "{address}");
        }
        assert!(read("https://img.shields.io/github/license/a/b").is_none());
        assert!(read("https://img.shields.io/badge/-rust-orange/x").is_none());
    }
}
