//! Addresses of links.

/// Whether a link leads to a place in this file or in a file beside it.
pub(super) fn is_inside(target: &str) -> bool {
    let scheme = target.find(':').is_some_and(|colon| !target[..colon].contains(['/', '#', '?', '.']));
    target.contains('#') && !scheme && !target.starts_with('/')
}

#[cfg(test)]
mod tests {
    use super::is_inside;

    #[test]
    fn ignores_addresses_elsewhere() {
        assert!(is_inside("#wells") && is_inside("../a.md#wells"));
        assert!(!is_inside("https://x.org/#wells") && !is_inside("a.md") && !is_inside("/docs/a.md#wells"));
    }
}
