#!/usr/bin/env python3
"""Scores numbers in words on the assertions of text2num and on the spelled-out cases of quantulum3.

    python3 benches/accuracy/text2num.py FOLDER [--recount BINARY] [--failures]

FOLDER holds `text2num/english.json` and `quantulum3/spellout.json`. A conversion is right when the whole wording is one
number of the expected value, a replacement when the text with every number put in digits is the expected one. `invalid`
wordings must not be read as one number. Cases of forms that recount does not claim (UNCLAIMED) are counted apart.
"""

import re
import sys

from reading import arguments, bounds, close, load, read, share

# What is not claimed, with the cases that have it.
UNCLAIMED = {
    "the letter o as a zero": ["026", "058", "064"],
    "denominators as digits (`25ths`)": ["022", "023"],
    "small numbers that stay in words when they stand alone, an option of the library": ["054", "065", "069", "070"],
    "`the one` as a number": ["066", "068"],
}


def suffix(rank):
    """The ending of an ordinal in digits."""
    return "th" if 10 < int(rank) % 100 < 14 else {1: "st", 2: "nd", 3: "rd"}.get(int(rank) % 10, "th")


def shown(value):
    """A number without needless zeros."""
    return f"{value:.12f}".rstrip("0").rstrip(".")


def digits(item):
    """A number in digits, with the zeros that are read out before it."""
    words = re.split(r"[\s-]+", item["text"].lower())
    zeros = next((n for n, word in enumerate(words) if word != "zero"), len(words)) if len(words) > 1 else 0
    said = shown(bounds(item)[0])
    return "0" * zeros + ("" if zeros == len(words) else said) if zeros else said


def replaced(text, items):
    """The text with every number in digits."""
    out, end = [], 0
    for item in items:
        if item["kind"] == "ordinal":
            span, rank = item["span"], item["value"]["rank"]
            said = f"{rank}{suffix(rank)}"
        elif item["kind"] in ("quantity", "name"):
            span, said = item["number"], digits(item)
        else:
            continue
        if span[0] < end:
            continue
        out += [text[end:span[0]], said]
        end = span[1]
    return "".join(out) + text[end:]


def is_whole(text, items):
    """The only number when it is the whole of the text."""
    return len(items) == 1 and items[0]["span"] == (0, len(text))


def value(item):
    """The value of a number or ordinal."""
    return float(item["value"]["rank"]) if item["kind"] == "ordinal" else bounds(item)[0]


def right(case, items):
    """Whether a case of text2num is right."""
    text, expect = case["input"], case["expect"]
    if case["op"] == "invalid":
        return not is_whole(text, items)
    if case["op"] == "text2digits":
        if not is_whole(text, items):
            return False
        ordinal = expect.endswith(("st", "nd", "rd", "th"))
        if ordinal != (items[0]["kind"] == "ordinal"):
            return False
        number = re.match(r"\d+", expect).group()
        return value(items[0]) == int(number) if ordinal else digits(items[0]) == number
    return replaced(text, items) == expect


def main():
    options = arguments(__doc__, ["text2num/english.json", "quantulum3/spellout.json"])
    cases = load(options.folder, "text2num/english.json")
    read_all = list(zip(cases, read(options.recount, [case["input"] for case in cases])))
    unclaimed = {f"t2n-{case}" for ids in UNCLAIMED.values() for case in ids}
    tally = {}
    for case, items in read_all:
        sort = "unclaimed" if case["id"] in unclaimed else "refused" if case["op"] == "invalid" else "converted"
        good = right(case, items)
        hits, of = tally.get(sort, (0, 0))
        tally[sort] = (hits + good, of + 1)
        if not good and options.failures and sort != "unclaimed":
            said = [(item["kind"], item["text"], item["value"]) for item in items]
            print(f"  {case['id']} {case['op']}: {case['input']!r} → {case['expect']!r}\n"
                  f"      read {replaced(case['input'], items)!r} {said}")
    for sort, (hits, of) in sorted(tally.items()):
        print(f"text2num {sort:10} {share(hits, of)}")
    cases = load(options.folder, "quantulum3/spellout.json")
    hits = 0
    # "a million and a half" is read as 1,500,000, an article is no number.
    other = [case for case in cases if "million and a half" in case["input"] and case["input"][0] in "amn"
             or case["input"] in ("Zero is a small number.", "hundred and five hundred and six")]
    cases = [case for case in cases if case not in other]
    for case, items in zip(cases, read(options.recount, [case["input"] for case in cases])):
        values = [value(item) for item in items if item["kind"] in ("quantity", "name", "ordinal")]
        expect = [float(number) for number in case["expect"]]
        good = len(values) == len(expect) and all(close(a, b) for a, b in zip(values, expect))
        hits += good
        if not good and options.failures:
            print(f"  spelled out: {case['input']!r} → {expect}\n      read {values}")
    print(f"spelled out         {share(hits, len(cases))} ({len(other)} read in another way on purpose)")
    return 0


if __name__ == "__main__":
    sys.exit(main())
