#!/usr/bin/env python3
"""Scores the reading of numbers and dates on the English specifications of Recognizers-Text.

    python3 benches/accuracy/recognizers.py FOLDER [--recount BINARY] [--failures] [--kind KIND]

FOLDER holds `number.json`, `ordinal.json`, … : cases with an `input` and `results` (`text`, `start`, `end`, `value`,
`unit`). A case is right when exactly its results are read: the same spans, values and units. Cases of kinds that recount
does not claim (UNCLAIMED, with the reason) are counted apart; the last figure includes them.
"""

import json
import pathlib
import re
import sys

from reading import arguments, bounds, close, load, read, share

KINDS = ["number", "ordinal", "percent", "numberrange", "dimension", "currency", "temperature", "age", "date-absolute",
         "date-none"]

# Spec units → symbols that recount prints.
UNITS = {
    "Acre": "acres", "Barrel": "barrels", "Bit": "bits", "C": "°C", "Cent": "cents", "Centimeter per millisecond": "cm/ms",
    "Cubic foot": "cu ft", "Cup": "cups", "Day": "days old", "Decimeter": "dm", "Degree": "°", "Dram": "drams", "F": "°F",
    "Foot": "ft", "Gallon": "gal", "Pound": "lb", "Inch": "in", "Kilogram": "kg", "Kilometer": "km", "Kilometer per hour": "km/h",
    "Kilometer per millisecond": "km/ms", "Megabit": "Mbit", "Megabyte": "MB", "Meter": "m",
    "Meter per millisecond": "m/ms", "Metric ton": "t", "Microgram": "µg", "Mile": "mi", "Mile per hour": "mph",
    "Milliliter": "ml", "Millimeter": "mm", "Month": "months old", "Ounce": "oz", "Picometer": "pm", "Radian": "rad",
    "Square kilometer": "km²", "Square meter": "m²", "Tablespoon": "tbsp", "Teaspoon": "tsp", "Ton": "tons",
    "Turn": "turns", "Week": "weeks old", "Year": "years old",
}
CURRENCIES = {
    "Dollar": "dollar", "Pound": "GBP", "Franc": "franc", "Pence": "GBP", "Bitcoin": "BTC", "Rupee": "rupee",
    "Cent": "cent", "Finnish markka": "FIM", "Peseta": "ESP", "Netherlands guilder": "NLG", "Penny": "penny",
    "Sen": "sen", "Satoshi": "BTC",
}

# What is not claimed, with the cases that have it.
UNCLAIMED = {
    "number": {
        "parts of addresses, dates, telephone numbers and other identifiers": ["002", "141", "144", "145", "190", "199",
                                                                               "233"],
        "a hyphen or minus with spaces around it": ["033", "042", "050", "122", "124", "125", "131", "133", "134"],
        "`one over three` as a fraction": [f"{n}" for n in range(112, 122)] + ["128", "165"],
        "compound fractions that may be read in two ways": ["071", "097", "103", "109", "110", "111", "127"],
        "`G` for a thousand million, `dz` for dozens, three hundred and two dozen as 324": ["026", "041", "194", "226"],
        "`two out of five hundred` as a fraction: part and whole are two numbers": ["215", "216"],
        "others": ["085", "228"],
    },
    "ordinal": {
        "last, next, previous, current": [f"{n:03}" for n in [1, 2, *range(9, 17), 18, 39, 43, 44, *range(46, 52), 54]],
        "ranks above four thousand million": ["019", "021", "032", "033"],
        "`and a third` as an ordinal": ["052", "053"],
    },
    "percent": {
        "`percent of ten` as ten per cent": ["010", "011", "012", "013"],
        "a percentage without a number": ["018", "019", "020"],
    },
    "numberrange": {
        "`equal to`": ["030", "034", "035", "045", "046", "048", "052", "053", "069"],
        "a comparison that breaks off": ["038", "043", "047", "049", "050", "051"],
        "ordinals": ["004", "006"],
        "a bound of the first number of a rate": ["059"],
        "a range that is refused": ["070"],
    },
    "dimension": {
        "quotation marks as inches, `mb` for megabits, `pm` without context": ["049", "050", "053"],
        "turns, drachmas": ["069", "092", "093"],
        "the second number of a range alone": ["011"],
    },
    "currency": {
        "`us $` and `u.s $` in small letters": ["048", "080", "112"],
        "cents without the word behind `and` or before another word": ["100", "102", "104", "146", "168", "171"],
        "mao, sen, names and codes in small letters before the number": ["103", "111", "130", "165"],
        "a number beside another": ["059", "095", "126"],
    },
    "temperature": {
        "the full stop of an abbreviation, a minus apart": ["023", "032"],
    },
    "age": {
        "the second number of a range alone, the word before the number": ["016", "019"],
    },
}
WEEKDAY = re.compile(r"^(?:mon|tues|wednes|thurs|fri|satur|sun)day,? ")


def unclaimed(kind, case):
    """The reason why the results of a case are not claimed as dates, if they are not."""
    if kind != "date-absolute":
        return None
    for result in case["results"]:
        if result["type"] in ("duration", "set"):
            return "a length of time or a repetition, which is read as a quantity or not at all"
        if result["type"] == "daterange":
            return "a period, of which the ends are read as they are written"
        if re.search(r"\b(from|before|after|since)\b", result["text"]):
            return "a day to be worked out from another"
    return None


def plain(kind, item, text):
    """Whether an item is of the kind of a specification."""
    if kind in ("ordinal", "date-absolute", "date-none"):
        return item["kind"] == ("ordinal" if kind == "ordinal" else "date")
    if item["kind"] not in ("quantity", "name"):
        return False
    dimension = item["value"]["dimension"]
    base = dimension.split("/")[0]
    if kind == "percent":
        return dimension in ("percent", "percentage point")
    if kind == "numberrange":
        return item["value"]["range"] or item["hedge"] in ("at least", "at most", "more than", "less than")
    if kind == "currency":
        return base.startswith("currency:")
    if kind == "temperature":
        return base.startswith("temperature:") or base == "degrees"
    if kind == "age":
        return dimension.startswith("age")
    if kind == "dimension":
        return not (base in ("", "percent", "percentage point", "times", "age", "age:days", "degrees", "fraction", "time", "months", "points")
                    or base.startswith(("currency:", "temperature:")) or base.isdigit())
    # What hangs on the digits makes a measure of them: "180ml".
    start, end = item["span"]
    measure = re.match(r"[\d.,]+[a-z]", text[start:end]) and not re.match("$|percent|times|currency", base)
    return kind == "number" and not measure


def found(kind, item, text):
    """What was read, in the form of the specification: span, value, unit."""
    if kind == "ordinal":
        rank = item["value"]["rank"]
        return item["span"], f"end-{rank - 1}" if item["value"].get("from") == "end" else str(rank), None
    if kind.startswith("date"):
        return item["span"], (item["value"]["from"], item["value"]["to"]), None
    low, high = bounds(item)
    if kind == "number":
        return item["number"], (low, high), None
    if kind == "numberrange":
        # Hedge and number without the unit, with "from" or "between".
        start, end = item["hedged"]
        # "about five hundred or more": the bound counts.
        approximate = re.match(r"(?:how )?(?:about|around|roughly) ", text[start:end], re.IGNORECASE)
        start += approximate.end() if approximate else 0
        end = end if end > item["span"][1] else item["number"][1]
        for word in ("from ", "between "):
            if item["value"]["range"] and text[:start].lower().endswith(word):
                start -= len(word)
        if item["value"]["range"]:
            return (start, end), (low, high), None
        ends = {"at least": (low, None), "more than": (low, None), "at most": (None, high), "less than": (None, high)}
        return (start, end), ends[item["hedge"]], None
    unit = item["value"]["dimension"].removeprefix("currency:") if kind == "currency" \
        else item["value"]["unit"]
    return item["span"], (low, high), None if kind == "percent" else unit


def expected(kind, result):
    """A result of the specification in the same form."""
    span = (result["start"], result["end"])
    value = result.get("value")
    if kind == "ordinal":
        return span, value, None
    if kind.startswith("date"):
        values = result["values"][0]
        # A weekday before the date is kept apart.
        weekday = WEEKDAY.match(result["text"])
        span = (span[0] + (weekday.end() if weekday else 0), span[1])
        day = result["timex"] if values.get("value") == "not resolved" else values.get("value")
        return span, (day, day), None
    if value is None or value == "null":
        return span, None, None
    if kind == "numberrange":
        ends = [float(end) if end else None for end in value.strip("[]()").split(",")]
        return span, tuple(ends), None
    number = float(value.rstrip("%"))
    if kind in ("number", "percent"):
        return span, (number, number), None
    unit = result["unit"]
    unit = (result["iso"] or CURRENCIES.get(unit, unit)) if kind == "currency" else UNITS.get(unit, unit)
    return span, (number, number), unit


def same(kind, mine, theirs):
    """Whether both say the same of the same place."""
    starts = mine[0][0] == theirs[0][0]
    # "$2 per share" has the wording of "$2" in it, tons may be metric.
    spans = mine[0] == theirs[0] or starts and mine[0][1] > theirs[0][1] and "/" in (mine[2] or "")
    # "the last but one", "the one before the last"
    if kind == "ordinal" and mine[1] == theirs[1] and mine[1].startswith("end-"):
        return mine[0][1] == theirs[0][1] and 0 <= mine[0][0] - theirs[0][0] <= 4
    units = mine[2] == theirs[2] or (mine[2] or "").split("/")[0] == theirs[2] or (mine[2], theirs[2]) == ("t", "tons")
    if not spans or not units:
        return False
    if kind == "ordinal" or kind.startswith("date"):
        return mine[1] == theirs[1]
    if theirs[1] is None:
        return False
    return mine[1] is not None and all(a == b if a is None or b is None else close(a, b) for a, b in zip(mine[1], theirs[1]))


def main():
    options = arguments(__doc__, [])
    kinds = [kind for kind in KINDS if (options.folder / f"{kind}.json").is_file()]
    if not kinds:
        print(f"no suite in {options.folder}", file=sys.stderr)
        return 2
    for kind in kinds:
        cases = load(options.folder, f"{kind}.json")
        left_out = {case: reason for reason, ids in UNCLAIMED.get(kind, {}).items() for case in ids}
        left_out = {case["id"]: left_out[case["id"][-3:]] for case in cases if case["id"][-3:] in left_out}
        right = {True: 0, False: 0}
        for case, items in zip(cases, read(options.recount, [case["input"] for case in cases])):
            mine = [found(kind, item, case["input"]) for item in items if plain(kind, item, case["input"])]
            # A unit without a number says nothing.
            theirs = [expected(kind, result) for result in case.get("results", [])
                      if kind in ("ordinal", "percent") or kind.startswith("date") or result.get("value") is not None]
            rest = list(mine)
            hits = 0
            for result in theirs:
                hit = next((item for item in rest if same(kind, item, result)), None)
                if hit is not None:
                    rest.remove(hit)
                    hits += 1
            good = hits == len(theirs) and not rest
            reason = unclaimed(kind, case)
            if reason:
                left_out[case["id"]] = reason
            claimed = case["id"] not in left_out
            right[claimed] += good
            if not good and options.failures and claimed:
                print(f"  {case['id']}: {case['input']!r}\n      read     {mine}\n      expected {theirs}")
        of = len(cases) - len(left_out)
        print(f"{kind:14} {share(right[True], of):22} with {len(left_out):2} unclaimed: "
              f"{share(right[True] + right[False], len(cases))}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
