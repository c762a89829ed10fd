//! What the reader makes of whole sentences.

use super::*;
use crate::annotate::date::dates;
use crate::annotate::token::tokens;
use crate::document::{BlockKind, Text};
use crate::span::FileId;

fn block(text: &str) -> Block {
    let mut copy = Text::new(FileId(0));
    copy.push_copied(text, 0);
    Block { kind: BlockKind::Paragraph, text: copy, section: None }
}

/// Quantities as `hedge number unit`, labels in square brackets, ordinals as `#rank`.
fn show(text: &str) -> Vec<String> {
    let lexicon = Lexicon::english();
    let tokens = tokens(text, lexicon);
    let mut dates = dates(text, &tokens, lexicon);
    let Numbers { quantities, ordinals, from_end } = numbers(text, &tokens, &block(text), &mut dates, lexicon);
    let mut out: Vec<(usize, String)> = Vec::new();
    for q in &quantities {
        let amount = &q.quantity.amount;
        let show = |d: Decimal| d.round_dp(4).normalize().to_string();
        let mut said = if amount.low == amount.high {
            show(amount.low)
        } else {
            format!("{}..{}", show(amount.low), show(amount.high))
        };
        if !q.quantity.unit.is_count() {
            let unit = &q.quantity.unit;
            said = format!("{said} {}", if unit.symbol.is_empty() { &unit.dimension } else { &unit.symbol });
        }
        if q.quantity.hedge != Hedge::None {
            said = format!("{} {said}", q.quantity.hedge.name());
        }
        out.push((q.tokens.start, if q.label { format!("[{said}]") } else { said }));
    }
    out.extend(ordinals.iter().map(|o| (o.tokens.start, format!("#{}", o.rank))));
    out.extend(from_end.iter().map(|o| (o.tokens.start, format!("#{} from the end", o.rank))));
    out.sort_by_key(|(at, _)| *at);
    out.into_iter().map(|(_, said)| said).collect()
}

fn check(text: &str, expected: &[&str]) {
    assert_eq!(show(text), expected, "{text}");
}

#[test]
fn reads_digits() {
    check("we saw 1,234.5 and 1\u{a0}234 and 37 men", &["1234.5", "1234", "37"]);
    check("a loss of −40 and (−3) and .08 in all", &["-40", "-3", "0.08"]);
    check("grew by 2.3 million, 5k, US$ 1.2bn, €0.83m", &["2300000", "5000", "1200000000 US$", "830000 €"]);
    check("10 1/2 miles and 2½ hours", &["10.5 mi", "2.5 h"]);
}

#[test]
fn reads_words() {
    check("thirty-seven men, two hundred and forty women", &["37", "240"]);
    check(
        "a minute and a half, an hour and ten minutes, two miles and a half, a quarter of an hour",
        &["1.5 min", "1.1667 h", "2.5 mi", "0.25 h"],
    );
    check("a third of a gibibyte, in a day and a half of rain", &["0.3333 GiB", "1.5 days"]);
    check("an hour and a second hour, a year and a half million people", &["#2", "about 500000"]);
    check("two and a half million people, half a million more", &["2500000", "500000"]);
    check("between one hundred and two hundred", &["100..200"]);
    check("a dozen boats and a hundred hands", &["about 12", "about 100"]);
    check("two thousand six hundred forty five", &["2645"]);
    check("the six-mile trip by a 37-year-old", &["6 mi", "37 years old"]);
    check("hundreds of people in several hundred boats", &["[about 100..1000]"]);
}

#[test]
fn reads_long_numbers_in_words() {
    check("twenty-one million and three hundred boats", &["21000300"]);
    check("thousand and nine hundred twenty, sixty hundreds", &["1920", "6000"]);
    check("three lakh crore, thirty-five thousands, three dozens", &["3000000000000", "35000", "36"]);
    check("two hundred & forty men", &["240"]);
    check("one million and a half, half million, three quarters billion", &["1500000", "500000", "750000000"]);
    check("one billion and a half million, three and two thirds", &["1000500000", "3.6667"]);
    check("two hundred point zero three, five point five million", &["200.03", "5500000"]);
    check("two and fifty-four hundredths", &["2.54"]);
    check("4 thousand 3 hundred and 21 crates, 3 hundred and 2 hundred", &["4321", "300", "200"]);
    check("3 million and a quarter", &["3250000"]);
}

#[test]
fn ignores_words_that_make_no_number() {
    for text in ["five zero", "fifty three zero", "sixty fifteen", "ten five", "thousand thousand two hundreds"] {
        assert_ne!(show(text).len(), 1, "{text}");
    }
    check("the thousand and the hundred, per million, twenty-fifths", &[]);
}

#[test]
fn reads_negatives() {
    check("minus five per cent, minus-130 degrees, $-50.8bn", &["-5 %", "-130 °", "-50800000000 $"]);
    check("minus twenty five and thirty six", &["-25", "36"]);
    check("-4/5 of it, 30 minus 5, a negative 2 result", &["-0.8 fraction", "30", "5", "2"]);
}

#[test]
fn reads_powers() {
    check("1.3e6 cells, 12.32e+14, 1.3x10^6, 2.48×10−5", &["1300000", "1232000000000000", "1300000", "0"]);
    check("10⁶ spores, 8 x 2^10 bits, 10^-2", &["1000000", "8192 bits", "0.01"]);
    check("4x4 trucks of 1944e type", &[]);
}

#[test]
fn reads_thousands_parted_by_spaces() {
    check("some 1 414 021 100 people and 40 000 euros", &["about 1414021100", "40000 €"]);
    check("a sum of 12 345,67 kg", &["12345.67 kg"]);
    check("Table 2 300 men, page 12 300 copies, 5 200 100 4", &["[2]", "300", "[12]", "300", "5", "200", "100", "4"]);
    check("ports 80 443", &["[80]", "443"]);
}

#[test]
fn reads_rates() {
    check("1 in 40 people, one in eight, nine in ten", &["0.025 fraction", "0.125 fraction", "0.9 fraction"]);
    check("one out of three Germans, one in every five", &["0.3333 fraction", "0.2 fraction"]);
    check("12 out of 40 women, 2 in 5 days, one in 2019", &["12", "40", "2", "5 days", "1", "[2019]"]);
}

#[test]
fn reads_currencies() {
    check(
        "$US55,931 and $A82.5m, HK $216,925, Mex$ 10 million",
        &["55931 US$", "82500000 A$", "216925 HK$", "10000000 MXN"],
    );
    check(
        "30 MUSD, MAUD 60, 75 USD million, twenty MEUR",
        &["30000000 US$", "60000000 A$", "75000000 US$", "20000000 €"],
    );
    check("10 usd, 115.5USD, 100 ₡, ₿21,000,000", &["10 US$", "115.5 US$", "100 ₡", "21000000 ₿"]);
    check("5.2 million New Zealand dollars, two Norwegian kroner", &["5200000 NZ$", "2 NOK"]);
    check("ALL 5 solutions at COP 26, COP 2,600 each", &["5", "[26]", "2600 COP"]);
}

#[test]
fn reads_measures_in_two_units() {
    check("5 feet 2 inches, 6 ft and 3 in", &["5.1667 ft", "6.25 ft"]);
    check("2 hours and 30 minutes, 3 dollars 50 cents", &["2.5 h", "3.5 $"]);
    check("thirteen dollars and forty-five cents, 3 years and 6 months", &["13.45 $", "3.5 years"]);
    check("2 hours and 30 men, 5 feet and 14 inches", &["2 h", "30", "5 ft", "14 in"]);
}

#[test]
fn reads_units_in_other_forms() {
    check("20 (kg), 4 km^2, 4 km cubed, 5 (m)", &["20 kg", "4 km²", "4 km³", "5"]);
    check("450 Nm of torque, 3 kPa, 5 MΩ, 12 mSv", &["450 N⋅m", "3 kPa", "5 MΩ", "12 mSv"]);
    check("aged 34, age 7 men, three weeks old", &["34 years old", "7", "3 weeks old"]);
    check("it is 20C here, the 13F filing, a Boeing 777F", &["20 °C"]);
}

#[test]
fn reads_ranges_with_hyphens_and_signs() {
    check("an 8- to 16-metre mirror, a three- to five-year plan", &["8..16 m", "3..5 years"]);
    check("from -18 °C to -34 °C", &["-34..-18 °C"]);
    check("it rose by 40 to 240, it dropped by 1 to 1.5 degrees", &["40", "240", "1..1.5 °"]);
}

#[test]
fn reads_two_bounds_as_a_range() {
    check("more than 20 and fewer than 30 boats", &["20..30"]);
    check("at least 5 kg but no more than 10 kg", &["5..10 kg"]);
    check("more than 40 and less than 10", &["more than 40", "less than 10"]);
    check("about 500 or more, 40 or more than 50", &["at least 500", "40", "more than 50"]);
    check(">= 30 and < = 100 cases", &["at least 30", "at most 100"]);
}

#[test]
fn reads_what_looks_like_a_range_or_unit_but_is_none() {
    check("1.99×10−30 kg and 1.99 × 10 men", &["1.99", "[10..30 kg]", "1.99", "10"]);
    check("US $89 to $93 billion", &["89000000000..93000000000 US$"]);
    check("63,150 Model 3s on Channel 5s, in 5s", &["63150", "5 s"]);
    check("call +1-222-3333 or 1⁄32 of a quart", &["[1]", "[222]", "[3333]", "0.0312 fraction"]);
}

#[test]
fn reads_fractions_of_measures() {
    check("one-half mile east, about 1/40 of it, 12 +/- 2 mm", &["0.5 mi", "about 0.025 fraction", "10..14 mm"]);
    check("on 1/40 they met", &["[1]", "[40]"]);
}

#[test]
fn reads_sizes() {
    check("dozens of cats, tens of thousands of users", &["[about 12..120]", "[about 10000..100000]"]);
    check("two dozens of eggs, the thousands who came", &["24"]);
}

#[test]
fn reads_numbers_hyphenated_to_words() {
    check("her now-18-month stay, sub-7 nm chips", &["18 months", "less than 7 nm"]);
    check("COVID-19, covid-19 and SCP-173", &[]);
}

#[test]
fn reads_one_only_where_it_counts() {
    check("one man and one of the women", &["1"]);
    check("the one who came, no one else, close to one another", &[]);
}

#[test]
fn reads_fractions() {
    check("a third of them, two thirds, three quarters", &["0.3333 fraction", "0.6667 fraction", "0.75 fraction"]);
    check("a third man came in the first half of 2019", &["#3", "#1", "[0.5 fraction]", "[2019]"]);
}

#[test]
fn reads_ordinals() {
    check("the third phase, the 5th and the twenty-first", &["#3", "#5", "#21"]);
    check("the third-highest rate on May 5th and 8 June", &["#3"]);
}

#[test]
fn reads_units() {
    check("28.5% and 3 per cent and 0.4 percentage points", &["28.5 %", "3 %", "0.4 pp"]);
    check("41 Ml/d, 90 km/h, 150 litres per person per day", &["41 Ml/days", "90 km/h", "150 l/person/days"]);
    check("200 MB or 200 MiB, 22\u{202f}mm, 5 m², 8 hours a day", &["200 MB", "200 MiB", "22 mm", "5 m²", "8 h/days"]);
    check("£5 million, 300 crowns, 12 million euros", &["5000000 £", "300 crowns", "12000000 €"]);
    check("12 deaths per 100,000", &["12", "[100000]"]);
    check("40 °C and 90 degrees Fahrenheit", &["40 °C", "90 °F"]);
}

#[test]
fn reads_ranges() {
    check("5,000–7,000 people", &["5000..7000"]);
    check("between 5,000 and 7,000; five to seven thousand", &["5000..7000", "5000..7000"]);
    check("takes from 6 to 8 weeks", &["6..8 weeks"]);
    check("€1,320–1,350 million", &["1320000000..1350000000 €"]);
    check("some 500 or 600 women", &["about 500..600"]);
    check("12.3 ± 0.4 kg", &["11.9..12.7 kg"]);
}

#[test]
fn reads_what_is_glued_or_joined() {
    check("USD1,700 and PS2,700 and 1.38pc, a PS2 game", &["1700 US$", "2700 £", "1.38 %"]);
    check("a quarter of a million people, half million more", &["about 250000", "500000"]);
    check("a 1.8 billion-mile trip between $62 and $68 per share", &["1800000000 mi", "62..68 $/share"]);
    check("at the end of 2022 to £231 million", &["[2022]", "231000000 £"]);
    check("it dropped by 1 to 1.5 degrees", &["1..1.5 °"]);
    check("Jamie Armstrong, 25, has an iPhone 11 and 2000 pieces", &["[25]", "[11]", "2000"]);
}

#[test]
fn keeps_changes_apart() {
    check("it rose from 40 to 50 people", &["40", "50"]);
    check("an increase from 40% to 50%", &["40 %", "50 %"]);
}

#[test]
fn reads_hedges() {
    check("more than 40, at least 5 men, just over 7 km", &["more than 40", "at least 5", "just over 7 km"]);
    check("40 or so, 40-odd people, 50+ ships, up to 9", &["about 40", "about 40", "at least 50", "at most 9"]);
    check("c. 300 sheep, some 40, nearly half", &["about 300", "about 40", "nearly 0.5 fraction"]);
}

#[test]
fn marks_labels() {
    check("Table 3 and Section 4; piers 2 and 3", &["[3]", "[4]", "[2]", "[3]"]);
    check("in 2019, page 12, No. 7, Boeing 747, COVID-19", &["[2019]", "[12]", "[7]", "[747]"]);
    check("Resolution 2178 on km 61.4 of Road 14", &["[2178]", "[61.4]", "[14]"]);
    check("version 1.2.3 at 09:47, call 555-1212", &["[555]", "[1212]"]);
    check("n = 43, p < .001", &["[43]", "[less than 0.001]"]);
    check("see [12, 13] and https://a.b/2019/08?n=20%20, www.a.b/7", &["[12]", "[13]"]);
    check("between 2012 and 2019, in the 1990s, aged 30s", &["[2012..2019]", "30 s"]);
    check("in (2019) 12 CTC Sentinel 30, ibid., 167", &["[2019]", "[12]", "[30]", "[167]"]);
    check("on 8 June 2021 and 2019-01-08", &[]);
}

#[test]
fn marks_numbers_of_lines() {
    check("941: 942: gwnode 943: route", &["[941]", "[942]", "[943]"]);
    check("we met 43: 20 men and 23 women", &["43", "20", "23"]);
}

#[test]
fn marks_versions() {
    check("an upgrade from 2.3 to at least 3.2, version 1.10 or later", &["[2.3]", "[at least 3.2]", "[at least 1.1]"]);
    check("a rise of 2.3 points in releases of 40 kg", &["2.3", "40 kg"]);
}

#[test]
fn ignores_leading_zeros() {
    check("agent 007 of 08 men", &[]);
}

mod properties {
    use super::*;
    use proptest::prelude::*;

    const UNITS: [&str; 20] = [
        "",
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "eleven",
        "twelve",
        "thirteen",
        "fourteen",
        "fifteen",
        "sixteen",
        "seventeen",
        "eighteen",
        "nineteen",
    ];
    const TENS: [&str; 10] = ["", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];

    /// A number from one on in English words.
    fn in_words(value: i64, and: bool, hyphen: bool) -> String {
        let below_thousand = |n: i64| {
            let mut out = Vec::new();
            if n >= 100 {
                out.push(format!("{} hundred", UNITS[(n / 100) as usize]));
                if and && n % 100 > 0 {
                    out.push("and".into());
                }
            }
            match n % 100 {
                0 => {}
                n @ 1..20 => out.push(UNITS[n as usize].into()),
                n if n % 10 == 0 => out.push(TENS[(n / 10) as usize].into()),
                n => {
                    let joint = if hyphen { "-" } else { " " };
                    out.push(format!("{}{joint}{}", TENS[(n / 10) as usize], UNITS[(n % 10) as usize]));
                }
            }
            out.join(" ")
        };
        let mut out = Vec::new();
        for (size, name) in [
            (1_000_000_000_000, " trillion"),
            (1_000_000_000, " billion"),
            (1_000_000, " million"),
            (1000, " thousand"),
            (1, ""),
        ] {
            let group = value / size % 1000;
            if group > 0 {
                if and && size == 1 && group < 100 && !out.is_empty() {
                    out.push("and".to_owned());
                }
                out.push(format!("{}{name}", below_thousand(group)));
            }
        }
        out.join(" ")
    }

    proptest! {
        #[test]
        fn reads_any_string(text in "\\PC{0,80}") {
            show(&text);
        }

        #[test]
        fn reads_formatted_numbers_back(
            units in -99_999_999_999_i64..99_999_999_999, places in 0..3_u32,
            like in prop_oneof![Just("1,234.5"), Just("1\u{202f}234\u{202f}567"), Just("1'234'567"), Just("12345"), Just("1 234 567")],
        ) {
            let value = Decimal::new(units, places).normalize();
            let text = crate::value::format_like(value, like);
            let lexicon = Lexicon::english();
            let tokens = tokens(&text, lexicon);
            let Numbers { quantities, .. } = numbers(&text, &tokens, &block(&text), &mut Vec::new(), lexicon);
            prop_assert_eq!(quantities.len(), 1, "{}", text);
            prop_assert_eq!(quantities[0].quantity.amount.low, value, "{}", text);
        }

        #[test]
        fn reads_numbers_in_words_back(value in 2..10_000_000_000_000_i64, and in any::<bool>(), hyphen in any::<bool>()) {
            let text = in_words(value, and, hyphen);
            let lexicon = Lexicon::english();
            let tokens = tokens(&text, lexicon);
            let Numbers { quantities, .. } = numbers(&text, &tokens, &block(&text), &mut Vec::new(), lexicon);
            prop_assert_eq!(quantities.len(), 1, "{}", text);
            prop_assert_eq!(quantities[0].quantity.amount.low, Decimal::from(value), "{}", text);
            prop_assert_eq!(quantities[0].tokens.clone(), 0..tokens.len(), "{}", text);
        }

        #[test]
        fn reads_ordinals_in_words_back(value in (1..1000_i64).prop_filter("one hundredth is a part", |v| *v != 100)) {
            let text = in_words(value, true, true);
            let last = text.rfind(['-', ' ']).map_or(0, |i| i + 1);
            let ordinal = match &text[last..] {
                "one" => "first".to_owned(),
                "two" => "second".to_owned(),
                "three" => "third".to_owned(),
                "five" => "fifth".to_owned(),
                "eight" => "eighth".to_owned(),
                "nine" => "ninth".to_owned(),
                "twelve" => "twelfth".to_owned(),
                word => word.strip_suffix('y').map_or(format!("{word}th"), |stem| format!("{stem}ieth")),
            };
            let text = format!("{}{ordinal}", &text[..last]);
            prop_assert_eq!(show(&text), vec![format!("#{value}")], "{}", text);
        }

        #[test]
        fn reads_any_number_salad(words in proptest::collection::vec(
            prop_oneof![
                "[0-9.,:'’%€$½±–/ -]{1,6}", Just("to".to_owned()), Just("and".to_owned()), Just("a".to_owned()),
                Just("half".to_owned()), Just("hundred".to_owned()), Just("million".to_owned()), Just("third".to_owned()),
                Just("two".to_owned()), Just("per".to_owned()), Just("from".to_owned()), Just("May".to_owned()),
            ], 0..20)) {
            show(&words.join(" "));
            show(&words.concat());
        }
    }
}

#[test]
fn reads_places_from_the_end() {
    check("the last but one chapter and the penultimate", &["#2 from the end", "#2 from the end"]);
    check("the second to last page, the third-from-last one", &["#2 from the end", "#3 from the end"]);
    check("she came second to last year's winner", &["#2"]);
}

#[test]
fn reads_units_that_several_numbers_share() {
    check("fell by 12 and 15 per cent", &["12 %", "15 %"]);
    check("doses of 20, 45 and 50 mg", &["20 mg", "45 mg", "50 mg"]);
    check("fell from 12 per cent in spring to 9 in autumn", &["12 %", "9 %"]);
    check("12 of the 30 km were paved", &["12 km", "30 km"]);
}

#[test]
fn ignores_units_of_other_numbers() {
    check("in 2019 and 12 per cent", &["[2019]", "12 %"]);
    check("Table 4 and 12 per cent", &["[4]", "12 %"]);
    check("12 of the 30 km trails", &["12", "30 km"]);
    check("rose from 12 per cent to 9 towns", &["12 %", "9"]);
    check("rose by 3 to 15 per cent", &["3", "15 %"]);
}

#[test]
fn reads_cents_without_their_word() {
    check("It cost 13 dollars 45.", &["13.45 $"]);
    check("It cost 13 dollars 45 times.", &["13 $", "45"]);
}

#[test]
fn reads_inches_where_nothing_else_can_stand() {
    check("a board 2 in thick and 8 in x 10 in", &["2 in", "8 in", "10 in"]);
    check("a 9\" plate", &["9 in"]);
    check("12 in the morning, \"and 15\"", &["[12]", "15"]);
}

#[test]
fn reads_signs_with_the_number_they_hang_on() {
    check("3 $10 notes", &["3", "10 $"]);
    check("U.S. $100 million, hk $ 10.05 billion", &["100000000 US$", "10050000000 HK$"]);
    check("$1,271.20 an ounce", &["1271.2 $/oz"]);
}

#[test]
fn reads_codes_read_out_as_names() {
    check("ticket zero zero five", &["[5]"]);
    check("three million, two hundred and forty", &["3000240"]);
    check("one thousand, two thousand", &["1000", "2000"]);
}

#[test]
fn reads_ranges_with_spaces_around_the_hyphen() {
    check("a range of 1000 - 5000", &["1000..5000"]);
    check("Phase 2 - 30 patients", &["[2]", "30"]);
}

#[test]
fn leaves_tags_of_templates_and_descriptions_of_files_alone() {
    check("{{ heading \"level\" 3 }} and 4 boats {% if page > 7 %}", &["4"]);
    check("{{ heading \"level\" 3 and 4 boats", &["3", "4"]);
    check("the guide (PDF, 472 kB, 20 pages)", &["[472 kB]", "[20]"]);
    check("twenty pages (not 18 pages)", &["20", "18"]);
}

#[test]
fn takes_minutes_past_the_hour_for_a_time() {
    check("a train 10 minutes after the hour, in 10 minutes after all", &["[10 min]", "10 min"]);
}
