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
        "nothing, where a measure is read as number and unit": ["003", "004", "005", "007", "147"],
        "a hyphen or minus with spaces around it": ["033", "042", "050", "122", "124", "125", "131", "133", "134"],
        "`one over three` as a fraction": [f"{n}" for n in range(112, 122)] + ["128", "165"],
        "compound fractions without hyphens": ["071", "097", "100", "101", "103", "109", "110", "111", "127"],
        "`G` for a thousand million, `dz` for dozens": ["026", "041", "194", "226", "227"],
        "`two out of five hundred` as a fraction: part and whole are two numbers": ["215", "216"],
        "others": ["085", "228"],
    },
    "ordinal": {
        "last, next, previous, current": [f"{n:03}" for n in [*range(1, 19), 39, 41, 42, 43, 44, *range(46, 52), 54]],
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
        "ranges and bounds without the `about` before them": ["010", "020", "021", "025"],
        "a hyphen with spaces around it": ["055"],
        "a rate with a bound": ["058", "059"],
        "operators that are none, a range that is refused": ["066", "067", "068", "070"],
    },
    "dimension": {
        "quotation marks as inches, `mb` for megabits, `pm` without context": ["049", "050", "053"],
        "turns, drachmas": ["069", "092", "093"],
        "the second number of a range alone": ["011"],
    },
    "currency": {
        "signs in small letters with spaces, as tokenizers leave them": ["005", "048", "060", "061", "080", "102", "112"],
        "cents without the word": ["099", "100", "104", "146", "147", "167", "168", "169", "171"],
        "mao, sen, names and codes in small letters before the number": ["103", "111", "130", "165"],
        "a number beside another": ["059", "125", "126", "170"],
    },
    "temperature": {
        "the full stop of an abbreviation, a minus apart, cents as `C`": ["023", "032", "037"],
    },
    "age": {
        "the word before the number": ["019"],
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


def plain(kind, item):
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
    return kind == "number"


def found(kind, item, text):
    """What was read, in the form of the specification: span, value, unit."""
    if kind == "ordinal":
        return item["span"], str(item["value"]["rank"]), None
    if kind.startswith("date"):
        return item["span"], (item["value"]["from"], item["value"]["to"]), None
    low, high = bounds(item)
    if kind == "number":
        return item["number"], (low, high), None
    if kind == "numberrange":
        # Hedge and number without the unit, with "from" or "between".
        start, end = item["hedged"]
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
            mine = [found(kind, item, case["input"]) for item in items if plain(kind, item)]
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
