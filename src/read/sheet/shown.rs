//! The value of a cell as its number format shows it: 0.125 under `0.0%` is read as "12.5%".
//!
//! Format codes are those of ECMA-376, part 1, section 18.8.31. A reader of the sheet sees the shown form and prose
//! repeats it, so the claim is what is shown and as exact as what is shown.

use calamine::{DataRef, ExcelDateTime};
use rustc_hash::FxHashMap;
use ssfmt::{FormatOptions, NumberFormat};

/// Codes longer than this are not used; Excel writes none beyond 255 characters.
const LONGEST_CODE: usize = 255;

/// The number formats of a workbook that were met, by the number of the cell's style.
#[derive(Default)]
pub(super) struct Formats {
    known: FxHashMap<usize, Option<Format>>,
    options: FormatOptions,
}

/// One number format.
struct Format {
    parsed: NumberFormat,
    /// Which parts of a date it shows, as it has the letters for them.
    date: DateParts,
}

/// The parts of a date and time that a format shows.
#[derive(Default, Clone, Copy)]
struct DateParts {
    year: bool,
    month: bool,
    day: bool,
    time: bool,
}

impl Formats {
    /// What a cell says in words and digits; `None` when it says nothing.
    ///
    /// `style` is the number of its style, `code` gives the format code of that style, if it has one.
    pub(super) fn shown<'c>(
        &mut self,
        value: &DataRef<'_>,
        style: usize,
        code: impl FnOnce() -> Option<&'c str>,
    ) -> Option<String> {
        let said = match value {
            DataRef::String(said) => said.clone(),
            DataRef::SharedString(said) => (*said).to_owned(),
            DataRef::DateTimeIso(said) | DataRef::DurationIso(said) => said.clone(),
            DataRef::Bool(_) | DataRef::Error(_) | DataRef::Empty => return None,
            DataRef::Int(n) => self.number(*n as f64, style, code),
            DataRef::Float(n) => self.number(*n, style, code),
            DataRef::DateTime(moment) => self.moment(moment, style, code),
        };
        let said = said.split_whitespace().collect::<Vec<_>>().join(" ");
        (!said.is_empty()).then_some(said)
    }

    fn format<'c>(&mut self, style: usize, code: impl FnOnce() -> Option<&'c str>) -> Option<&Format> {
        self.known.entry(style).or_insert_with(|| code().and_then(Format::read)).as_ref()
    }

    fn number<'c>(&mut self, value: f64, style: usize, code: impl FnOnce() -> Option<&'c str>) -> String {
        let options = self.options.clone();
        let Some(format) = self.format(style, code) else { return plain(value) };
        let shown = format.parsed.format(value, &options);
        // A sign that only a colour shows, a dash for nothing, or a word for a number: the number itself says more.
        let signed = value >= 0.0 || shown.contains(['-', '\u{2212}', '(']);
        let told = shown.contains(|c: char| c.is_ascii_digit()) || value != 0.0 && shown.contains(char::is_alphabetic);
        if signed && told { shown } else { plain(value) }
    }

    fn moment<'c>(&mut self, moment: &ExcelDateTime, style: usize, code: impl FnOnce() -> Option<&'c str>) -> String {
        let options = self.options.clone();
        let format = self.format(style, code);
        if !moment.is_datetime() {
            return format.map_or_else(|| plain(moment.as_f64()), |f| f.parsed.format(moment.as_f64(), &options));
        }
        let parts = format.map_or(DateParts::default(), |f| f.date);
        let (year, month, day, hour, minute, second, _) = moment.to_ymd_hms_milli();
        let time =
            if second == 0 { format!("{hour:02}:{minute:02}") } else { format!("{hour:02}:{minute:02}:{second:02}") };
        match parts {
            DateParts { year: false, month: false, day: false, time: true } => time,
            DateParts { year: true, month: true, day: false, .. } => format!("{year:04}-{month:02}"),
            DateParts { year: true, month: false, day: false, .. } => format!("{year:04}"),
            DateParts { time: true, .. } => format!("{year:04}-{month:02}-{day:02} {time}"),
            DateParts { .. } => format!("{year:04}-{month:02}-{day:02}"),
        }
    }
}

impl Format {
    /// Reads a format code; `None` when it shows numbers as they are, or cannot be read.
    fn read(code: &str) -> Option<Self> {
        if code.len() > LONGEST_CODE || code.eq_ignore_ascii_case("general") || code == "@" {
            return None;
        }
        Some(Self { parsed: NumberFormat::parse(code).ok()?, date: DateParts::read(code) })
    }
}

impl DateParts {
    /// The parts that the first section of a format code shows.
    fn read(code: &str) -> Self {
        let mut parts = Self::default();
        let mut minutes = false;
        let mut letters = code.chars();
        while let Some(letter) = letters.next() {
            match letter.to_ascii_lowercase() {
                ';' => break,
                '"' => letters.by_ref().take_while(|c| *c != '"').for_each(drop),
                '[' => letters.by_ref().take_while(|c| *c != ']').for_each(drop),
                '\\' | '_' | '*' => drop(letters.next()),
                'y' | 'e' => parts.year = true,
                'd' => parts.day = true,
                'h' | 's' => parts.time = true,
                'm' => minutes = true,
                _ => {}
            }
        }
        // An m is a month unless hours or seconds stand around it; a code that shows a day or year shows its month.
        parts.month = minutes && (!parts.time || parts.day || parts.year);
        parts
    }
}

/// A number without the noise of binary fractions: in 15 digits, as many as spreadsheets keep.
fn plain(value: f64) -> String {
    if !value.is_finite() {
        return String::new();
    }
    let rounded: f64 = format!("{value:.14e}").parse().unwrap_or(value);
    format!("{rounded}")
}

#[cfg(test)]
mod tests {
    use super::{Formats, plain};
    use calamine::{DataRef, ExcelDateTime, ExcelDateTimeType};

    fn shown(value: DataRef<'_>, code: &str) -> String {
        Formats::default().shown(&value, 1, || Some(code)).unwrap_or_default()
    }

    #[test]
    fn reads_numbers_without_noise() {
        assert_eq!(
            [plain(0.1 + 0.2), plain(140.8), plain(5200.0), plain(123_456_789_012_345.0)],
            ["0.3", "140.8", "5200", "123456789012345"]
        );
    }

    #[test]
    fn reads_numbers_as_they_are_shown() {
        for (value, code, expected) in [
            (0.125, "0.0%", "12.5%"),
            (1_234_567.0, "#,##0", "1,234,567"),
            (1_234_567.0, "#,##0.0,,", "1.2"),
            (-4.5, "0.0_);(0.0)", "(4.5)"),
            (12.0, "[$€-407] #,##0.00", "€ 12.00"),
            (0.1 + 0.2, "General", "0.3"),
        ] {
            assert_eq!(shown(DataRef::Float(value), code), expected, "{code}");
        }
    }

    #[test]
    fn keeps_a_sign_that_only_a_colour_shows_and_a_zero_that_is_a_dash() {
        assert_eq!(shown(DataRef::Float(-5.0), "0;[Red]0"), "-5");
        assert_eq!(shown(DataRef::Float(0.0), "#,##0;-#,##0;\"-\""), "0");
    }

    #[test]
    fn reads_dates_with_the_parts_that_are_shown() {
        let moment = |serial| DataRef::DateTime(ExcelDateTime::new(serial, ExcelDateTimeType::DateTime, false));
        assert_eq!(shown(moment(43_831.0), "dd/mm/yyyy"), "2020-01-01");
        assert_eq!(shown(moment(43_831.0), "mmm yyyy"), "2020-01");
        assert_eq!(shown(moment(43_831.0), "yyyy"), "2020");
        assert_eq!(shown(moment(43_831.75), "dd/mm/yyyy hh:mm"), "2020-01-01 18:00");
        assert_eq!(shown(moment(0.75), "hh:mm"), "18:00");
        let span = DataRef::DateTime(ExcelDateTime::new(10.5, ExcelDateTimeType::TimeDelta, false));
        assert_eq!(shown(span, "[h]:mm"), "252:00");
    }

    #[test]
    fn ignores_codes_that_cannot_be_read() {
        assert_eq!(shown(DataRef::Float(2.5), &"0".repeat(300)), "2.5");
        assert_eq!(shown(DataRef::Float(2.5), "[[["), "2.5");
    }
}
