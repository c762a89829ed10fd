//! How far apart two spellings are.

/// Letters that transcriptions and hearing mix up, and the distance that follows from them.
#[derive(Clone, Debug, Default)]
pub struct Near {
    pairs: Vec<(char, char)>,
}

/// Distance of two letters or of leaving one out, in halves.
pub const STEP: u32 = 2;

impl Near {
    /// Reads groups of letters that are near each other: `aeiou`, `dt`.
    pub fn new(groups: &[String]) -> Self {
        let mut pairs = Vec::new();
        for group in groups {
            let letters: Vec<char> = group.chars().collect();
            for (i, &a) in letters.iter().enumerate() {
                for &b in &letters[i + 1..] {
                    pairs.push((a.min(b), a.max(b)));
                }
            }
        }
        pairs.sort_unstable();
        pairs.dedup();
        Self { pairs }
    }

    /// Whether two different letters are near each other.
    pub fn near(&self, a: char, b: char) -> bool {
        self.pairs.binary_search(&(a.min(b), a.max(b))).is_ok()
    }

    /// The letter that stands for a letter's group, for buckets.
    pub fn representative(&self, c: char) -> char {
        self.pairs.iter().find(|&&(_, b)| b == c).map_or(c, |&(a, _)| a)
    }

    /// Edit distance in halves of a step: a near letter costs one, a letter changed, left out, put in or
    /// swapped with its neighbour costs [`STEP`]. Gives up above `limit`.
    pub fn distance(&self, a: &[char], b: &[char], limit: u32) -> Option<u32> {
        if a.len().abs_diff(b.len()) as u32 * STEP > limit {
            return None;
        }
        let width = b.len() + 1;
        let mut before = vec![0u32; width];
        let mut row: Vec<u32> = (0..width as u32).map(|j| j * STEP).collect();
        let mut next = vec![0u32; width];
        for i in 1..=a.len() {
            next[0] = i as u32 * STEP;
            let mut least = next[0];
            for j in 1..=b.len() {
                let change = match a[i - 1] {
                    x if x == b[j - 1] => 0,
                    x if self.near(x, b[j - 1]) => 1,
                    _ => STEP,
                };
                let mut cost = (row[j - 1] + change).min(row[j] + STEP).min(next[j - 1] + STEP);
                if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                    cost = cost.min(before[j - 2] + STEP);
                }
                next[j] = cost;
                least = least.min(cost);
            }
            if least > limit {
                return None;
            }
            std::mem::swap(&mut before, &mut row);
            std::mem::swap(&mut row, &mut next);
        }
        (row[b.len()] <= limit).then_some(row[b.len()])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn distance(a: &str, b: &str) -> Option<u32> {
        let near = Near::new(&["aeiou".to_owned(), "dt".to_owned()]);
        near.distance(&a.chars().collect::<Vec<_>>(), &b.chars().collect::<Vec<_>>(), 4)
    }

    #[test]
    fn weighs_near_letters() {
        assert_eq!(distance("ilmuradova", "ilmuratova"), Some(1));
        assert_eq!(distance("brandvol", "brandvold"), Some(2));
        assert_eq!(distance("scholz", "schloz"), Some(2));
        assert_eq!(distance("aktobe", "aktau"), Some(4));
        assert_eq!(distance("oskarsholm", "oskarshavn"), None);
    }
}
