//! Evidence whose pieces add up in log-odds.

/// The sum of the weights of those pieces that are the case, in the unit of the weights.
#[must_use]
pub fn log_odds(pieces: &[(f32, bool)]) -> f32 {
    pieces.iter().filter(|(_, is)| *is).map(|(worth, _)| worth).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_only_what_is_the_case() {
        assert!((log_odds(&[(1.5, true), (-4.0, false), (-0.25, true)]) - 1.25).abs() < f32::EPSILON);
        assert!(log_odds(&[(2.0, false)]).abs() < f32::EPSILON);
    }
}
