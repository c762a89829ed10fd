//! Whether what a claim says is stated as so, aimed at, expected or quoted.

/// Whether the author claims it to be so.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub enum Status {
    /// Stated as fact.
    #[default]
    Actual,
    /// Aim, limit, plan, budget.
    Target,
    /// Expected, projected.
    Forecast,
    /// Formerly said or true.
    Previous,
    /// An example.
    Example,
    /// Somebody else's statement.
    Quoted,
}

impl Status {
    /// The name used in output.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Actual => "actual",
            Self::Target => "target",
            Self::Forecast => "forecast",
            Self::Previous => "previous",
            Self::Example => "example",
            Self::Quoted => "quoted",
        }
    }
}
