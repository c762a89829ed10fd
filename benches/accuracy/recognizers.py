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
    "Foot": "ft", "Gallon": "gal", "Inch": "in", "Kilogram": "kg", "Kilometer": "km", "Kilometer per hour": "km/h",
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
UNCLAIMED = {}
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
    unit = item["value"]["dimension"].removeprefix("currency:").split("/")[0] if kind == "currency" \
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
    if mine[0] != theirs[0]:
        return False
    if mine[2] != theirs[2]:
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
        right = {True: 0, False: 0}
        for case, items in zip(cases, read(options.recount, [case["input"] for case in cases])):
            mine = [found(kind, item, case["input"]) for item in items if plain(kind, item)]
            theirs = [expected(kind, result) for result in case.get("results", [])]
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
