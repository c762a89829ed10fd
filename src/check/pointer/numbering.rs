//! Numbers that should be counted through: of captions, of headings and of the items of a list.

use super::register::Register;
use super::step;
use crate::check::Finding;
use crate::claim::Claim;
use std::collections::BTreeMap;

/// Appends what is wrong with the numbers of the captions and headings of one sort.
pub(super) fn check(register: &Register<'_>, found: &mut Vec<Finding>) {
    strays(register, found);
    gaps(register, found);
}

/// A number of another part of the document that stands where the next of this part belongs: 3.1, 3.2, 2.3, 3.4.
fn strays(register: &Register<'_>, found: &mut Vec<Finding>) {
    let split = |number: &str| -> Option<(String, u32)> {
        let (part, last) = number.rsplit_once('.')?;
        Some((part.to_owned(), last.parse().ok()?))
    };
    let numbers: Vec<_> = register
        .firm
        .iter()
        .filter(|(_, claim)| !claim.text.is_empty())
        .map(|(number, claim)| (split(number), *claim))
        .collect();
    for three in numbers.windows(3) {
        let [(Some((a, x)), before), (Some((b, y)), claim), (Some((c, z)), _)] = three else { continue };
        if a == c && a != b && x + 1 == *y && y + 1 == *z {
            let mut wrong = step(before, claim, format!("{} follows {}", claim.text, before.text));
            wrong.notes.push(format!("in line would be {a}.{y}"));
            found.push(wrong);
        }
    }
}

/// One number left out, given twice or out of place, where all others are in step.
fn gaps(register: &Register<'_>, found: &mut Vec<Finding>) {
    let mut levels: BTreeMap<&str, Vec<(u32, &Claim)>> = BTreeMap::new();
    for &(number, claim) in register.firm.iter().filter(|(_, claim)| !claim.text.is_empty()) {
        let dot = number.rfind('.').map_or(0, |i| i + 1);
        if let Ok(last) = number[dot..].parse() {
            levels.entry(&number[..dot]).or_default().push((last, claim));
        }
    }
    let mut odd = Vec::new();
    for (level, numbers) in &levels {
        // Numbers that begin anew in each part of the document are counted in each part.
        let mut runs: Vec<&[(u32, &Claim)]> = vec![];
        let mut from = 0;
        for i in 1..=numbers.len() {
            if i == numbers.len() || numbers[i].0 == 1 && numbers[i - 1].0 > 1 {
                runs.push(&numbers[from..i]);
                from = i;
            }
        }
        for run in runs {
            if run[0].0 > 1 {
                return;
            }
            if run.windows(2).any(|pair| pair[1].0 != pair[0].0 + 1) {
                odd.push((*level, run));
            }
        }
    }
    let [(level, run)] = odd[..] else { return };
    let numbers: Vec<u32> = run.iter().map(|(n, _)| *n).collect();
    let Some((at, fault)) = fault(&numbers) else { return };
    let ((a, first), (_, second)) = (run[at], run[at + 1]);
    match fault {
        Fault::LeftOut => {
            let left_out = format!("{level}{}", a + 1);
            // A pointer to what is left out has been told already.
            let told = register.pointers.iter().any(|(n, _)| n.as_str() == left_out);
            if !told && !register.known.contains(left_out.as_str()) {
                let wrong = format!("{left_out} is left out between {} and {}", first.text, second.text);
                found.push(step(first, second, wrong));
            }
        }
        Fault::Twice => {
            let again = [first, second].iter().any(|c| {
                let wording = c.subject.wording.to_lowercase();
                wording.contains("cont") || wording.contains("part")
            });
            // "4. Writing tests: in general", "4. Writing tests: by machine": one section in two parts.
            let theme = |c: &Claim| c.subject.wording.split_once(':').map(|(theme, _)| theme.to_lowercase());
            let parts = theme(first).is_some() && theme(first) == theme(second);
            if first.subject.wording != second.subject.wording && !again && !parts {
                found.push(step(first, second, format!("{} is there twice", first.text)));
            }
        }
        Fault::Displaced => {
            let wrong = format!("{} follows {}", second.text, first.text);
            found.push(step(first, second, wrong));
        }
    }
}

/// What is wrong with numbers that should be counted through.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Fault {
    /// One is left out.
    LeftOut,
    /// One is given twice.
    Twice,
    /// One is another than its place asks for, or has changed places with the next.
    Displaced,
}

/// The one fault of numbers that begin with 1 or less, and the position before it; `None` when there is none, more
/// than one, or too little to tell.
fn fault(numbers: &[u32]) -> Option<(usize, Fault)> {
    let breaks: Vec<usize> = (1..numbers.len()).filter(|&i| numbers[i] != numbers[i - 1] + 1).collect();
    if numbers.len() < 3 {
        return None;
    }
    match breaks[..] {
        [i] if numbers[i] == numbers[i - 1] + 2 => Some((i - 1, Fault::LeftOut)),
        // The last may be the beginning of something else.
        [i] if numbers[i] == numbers[i - 1] && i + 1 < numbers.len() => Some((i - 1, Fault::Twice)),
        // 1, 2, 2, 4: the neighbours say which number is meant.
        [i, j] if j == i + 1 && numbers[j] == numbers[i - 1] + 2 && numbers.len() > 3 => {
            let twice = numbers[i] == numbers[i - 1];
            Some((i - 1, if twice { Fault::Twice } else { Fault::Displaced }))
        }
        // 1, 2, 4, 3, 5.
        [i, j, k] if j == i + 1 && k == j + 1 && numbers[i] == numbers[j] + 1 && numbers[k] == numbers[i] + 1 => {
            Some((i, Fault::Displaced))
        }
        _ => None,
    }
}

/// The marks of one list: one number left out or given twice.
pub(super) fn in_step(items: &[(u32, &Claim)], found: &mut Vec<Finding>) {
    if items.len() < 3 || items[0].0 > 1 {
        return;
    }
    let numbers: Vec<u32> = items.iter().map(|(n, _)| *n).collect();
    // The end of a list is known, so its last number may be one that is given twice.
    let last = items.len() - 1;
    let at_end = numbers[last] == numbers[last - 1] && numbers[..last].windows(2).all(|w| w[1] == w[0] + 1);
    let Some((at, fault)) = (if at_end { Some((last - 1, Fault::Twice)) } else { fault(&numbers) }) else { return };
    let ((a, first), (b, second)) = (items[at], items[at + 1]);
    let wrong = match fault {
        Fault::LeftOut => format!("{} is left out between {a} and {b}", a + 1),
        Fault::Twice => format!("{a} is there twice"),
        Fault::Displaced => format!("{b} follows {a}"),
    };
    found.push(step(first, second, wrong));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn flags_one_fault_only() {
        assert_eq!(fault(&[1, 2, 4]), Some((1, Fault::LeftOut)));
        assert_eq!(fault(&[1, 2, 2, 3]), Some((1, Fault::Twice)));
        assert_eq!(fault(&[1, 2, 2, 4]), Some((1, Fault::Twice)));
        assert_eq!(fault(&[1, 2, 5, 4, 5]), Some((1, Fault::Displaced)));
        assert_eq!(fault(&[1, 2, 4, 3, 5]), Some((2, Fault::Displaced)));
        assert_eq!([fault(&[1, 2, 3]), fault(&[1, 3, 5]), fault(&[3, 2, 1]), fault(&[1, 2, 2])], [None; 4]);
    }
}
