//! Codes against their check digits, their other notation and their registered names.

use crate::check::slip::slip;
use crate::check::{Finding, Place};
use crate::claim::{Claim, Code, Value};
use std::collections::BTreeMap;

/// In so many rows for each that disagrees two columns give the same number.
const SOUND: usize = 3;

/// Appends a finding for each code that cannot be what it is said to be.
pub(super) fn check(claims: &[&Claim], found: &mut Vec<Finding>) {
    let mut series: BTreeMap<&str, Vec<(&Code, &Claim)>> = BTreeMap::new();
    let mut arcs: BTreeMap<(&str, &str), BTreeMap<&str, Vec<&Claim>>> = BTreeMap::new();
    let mut octets: Vec<(&Code, &Claim)> = Vec::new();
    for &claim in claims {
        let Value::Code(code) = &claim.value else { continue };
        let code = code.as_ref();
        match code.scheme.as_str() {
            "arc" => arcs.entry((&code.series, &code.other)).or_default().entry(&code.number).or_default().push(claim),
            "label" => {}
            "ipv4" => octets.push((code, claim)),
            _ if !code.series.is_empty() => series.entry(&code.series).or_default().push((code, claim)),
            _ => {
                if let Some(wrong) = alone(code, claim) {
                    found.push(finding(claim, wrong));
                }
            }
        }
    }
    for rows in series.values() {
        let odd: Vec<_> = rows.iter().filter(|(code, _)| !is_same_number(code)).collect();
        if odd.is_empty() || odd.len() * SOUND > rows.len() - odd.len() {
            continue;
        }
        for (code, claim) in odd {
            let wrong = format!(
                "{} is {}, not {}",
                claim.text,
                value(code).map_or(String::new(), |v| v.to_string()),
                code.other
            );
            let places = vec![
                Place { at: claim.at, within: claim.at, label: String::new() },
                Place { at: claim.within, within: claim.within, label: String::new() },
            ];
            found.push(Finding { places, variables: vec![("wrong", wrong)], notes: Vec::new() });
        }
    }
    for ((_, name), numbers) in &arcs {
        let mut lists: Vec<(&&str, &Vec<&Claim>)> = numbers.iter().collect();
        lists.sort_by_key(|(_, list)| list.len());
        let [(a, odd), (b, rest)] = lists[..] else { continue };
        let places: Vec<Place> = odd
            .iter()
            .take(3)
            .chain(rest.iter().take(3))
            .map(|c| Place { at: c.at, within: c.within, label: c.text.to_string() })
            .collect();
        let wrong = format!("one arc with two numbers: {name}({a}) and {name}({b})");
        found.push(Finding { places, variables: vec![("wrong", wrong)], notes: Vec::new() });
    }
    addresses(&octets, found);
}

fn finding(claim: &Claim, wrong: String) -> Finding {
    let place = Place { at: claim.at, within: claim.within, label: String::new() };
    Finding { places: vec![place], variables: vec![("wrong", wrong)], notes: Vec::new() }
}

/// What is wrong with a code that says all by itself.
fn alone(code: &Code, claim: &Claim) -> Option<String> {
    let number = code.number.as_str();
    let text = claim.text.as_str();
    match code.scheme.as_str() {
        "isbn" => match number.len() {
            10 => (!mod_11(number)).then(|| format!("the check digit of {text} does not fit")),
            13 => (!mod_10(number)).then(|| format!("the check digit of {text} does not fit")),
            length => Some(format!("{text} has {length} digits, not 10 or 13")),
        },
        "issn" => (!mod_11(number)).then(|| format!("the check digit of {text} does not fit")),
        "orcid" => (!mod_11_2(number)).then(|| format!("the check digit of {text} does not fit")),
        "iban" => (!mod_97(number)).then(|| format!("the check digits of {text} do not fit")),
        "hexadecimal" => {
            let value = value(code)?;
            let other: u128 = code.other.parse().ok()?;
            // "0x80 (10)" may count something else; a slip is near.
            let near = slip(&value.to_string(), &code.other).is_some()
                || value.to_string().len() == code.other.len()
                    && value.to_string().as_bytes()[0] == code.other.as_bytes()[0];
            (value != other && near).then(|| format!("0x{number} is {value}, not {other}"))
        }
        "size" => {
            let value = value(code)?;
            let sizes = sizes(&code.other)?;
            (!sizes.contains(&value)).then(|| format!("0x{number} is {value} bytes, not {}", code.other))
        }
        "character" => {
            let point = u32::from_str_radix(number, 16).ok()?;
            let letter = code.other.chars().next()?;
            (point != letter as u32).then(|| format!("“{letter}” is U+{:04X}, not U+{point:04X}", letter as u32))
        }
        "status" => {
            let known = code.other.split(' ').any(|c| c == number);
            (!known).then(|| format!("the code of {text} is {}", code.other.replace(' ', " or ")))
        }
        _ => None,
    }
}

/// The bytes that a size may stand for, in powers of 1,000 and of 1,024: "256 KB".
fn sizes(size: &str) -> Option<[u128; 2]> {
    let end = size.find(|c: char| !c.is_ascii_digit())?;
    let (digits, unit) = size.split_at(end);
    let number: u128 = digits.parse().ok()?;
    let power = match unit.trim_start().as_bytes().first()? {
        b'K' | b'k' => 1,
        b'M' => 2,
        _ => 3,
    };
    Some([number * 1_000_u128.pow(power), number * 1_024_u128.pow(power)])
}

fn value(code: &Code) -> Option<u128> {
    u128::from_str_radix(&code.number, 16).ok()
}

fn is_same_number(code: &Code) -> bool {
    value(code) == code.other.parse().ok()
}

/// ISO 2108 and ISO 3297: the sum of the digits, weighted from the last by 1, 2, 3 …, is a multiple of 11; X is 10.
fn mod_11(number: &str) -> bool {
    let weighted = |(i, c): (usize, char)| -> Option<u32> {
        let digit = if c == 'X' && i == 0 { 10 } else { c.to_digit(10)? };
        Some(digit * (i as u32 + 1))
    };
    let sum: Option<u32> = number.chars().rev().enumerate().map(weighted).sum();
    sum.is_some_and(|s| s % 11 == 0)
}

/// ISO 2108 and GS1: the sum of the digits, weighted by 1 and 3 in turn, is a multiple of 10.
fn mod_10(number: &str) -> bool {
    let sum: Option<u32> =
        number.chars().enumerate().map(|(i, c)| Some(c.to_digit(10)? * if i % 2 == 0 { 1 } else { 3 })).sum();
    sum.is_some_and(|s| s % 10 == 0)
}

/// ISO 7064 mod 11-2, as ORCID uses it.
fn mod_11_2(number: &str) -> bool {
    let Some((digits, check)) = number.split_at_checked(number.len() - 1) else { return false };
    let total = digits.chars().filter_map(|c| c.to_digit(10)).fold(0, |t, d| (t + d) * 2 % 11);
    let expected = (12 - total % 11) % 11;
    check == if expected == 10 { "X".to_owned() } else { expected.to_string() }
}

/// ISO 13616 (ISO 7064 mod 97-10): the first four signs behind the rest, letters as numbers from 10, leave 1.
fn mod_97(number: &str) -> bool {
    let (head, rest) = number.split_at(4.min(number.len()));
    let mut remainder = 0;
    for c in rest.chars().chain(head.chars()) {
        let Some(digit) = c.to_digit(36) else { return false };
        remainder = if digit > 9 { remainder * 100 + digit } else { remainder * 10 + digit } % 97;
    }
    remainder == 1
}

/// Addresses with a number above 255, a fifth number, or a prefix longer than they are.
fn addresses(octets: &[(&Code, &Claim)], found: &mut Vec<Finding>) {
    for (code, claim) in octets {
        let parts: Vec<&str> = code.number.split('.').collect();
        let text = &claim.text;
        let wrong = if let Some(part) = parts.iter().find(|p| p.parse::<u32>().is_ok_and(|n| n > 255)) {
            format!("{text} is no address: {part} is above 255")
        } else if parts.len() > 4 {
            // A longer number is an address with a slip only beside its kin.
            let kin = octets.iter().any(|(o, _)| {
                o.number.matches('.').count() == 3 && o.number.split('.').take(2).eq(parts.iter().take(2).copied())
            });
            if !kin {
                continue;
            }
            format!("{text} is no address: it has {} numbers", parts.len())
        } else if code.other.parse::<u32>().is_ok_and(|n| n > 32) {
            format!("the prefix of {text}/{} is longer than the address", code.other)
        } else {
            continue;
        };
        found.push(finding(claim, wrong));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_sizes_in_both_powers() {
        assert_eq!(sizes("256 KB"), Some([256_000, 262_144]));
        assert_eq!(sizes("2MiB"), Some([2_000_000, 2_097_152]));
    }

    #[test]
    fn knows_check_digits() {
        assert!(mod_10("9783161484100") && !mod_10("9780306406156"));
        assert!(mod_11("0306406152") && mod_11("097522980X") && !mod_11("0306406153"));
        assert!(mod_11("03785955") && !mod_11("03785956"));
        assert!(mod_11_2("0000000218250097") && !mod_11_2("0000000218250079"));
        assert!(mod_97("GB82WEST12345698765432") && !mod_97("GB82WEST12345698765423"));
    }
}
