#!/usr/bin/env python3
"""Scores numbers with units on the sentences of quantulum3.

    python3 benches/accuracy/quantulum3.py FOLDER [--recount BINARY] [--failures]

FOLDER holds `quantities.json` and `quantities.ambiguity.json`. A quantity is right when its wording and its value are
read (the ends of a range from its middle and uncertainty), and right with its unit when the unit has the expected name.
Numbers that recount reads as names (a year, a model) count as read: quantulum3 has no names.
"""

import sys

from names import name
from reading import arguments, bounds, close, load, read, share

FILES = ["quantities.json", "quantities.ambiguity.json"]
SAME = {"degree celsius": "celsius", "degree fahrenheit": "fahrenheit", "tonne": "metric ton", "dimensionless": "",
        "parts per billion": "parts-per-billion", "cubic centimetre": "millilitre"}


def expected(quantity):
    """Wording, ends and unit of a quantity of the suite."""
    middle, half = float(quantity["value"]), float(quantity.get("uncertainty") or 0)
    unit = quantity["unit"].lower()
    return quantity["surface"], (middle - half, middle + half), SAME.get(unit, unit)


def found(text, item):
    """The same of what was read."""
    start, end = item["span"]
    dimension = item["value"]["dimension"]
    unit = "" if dimension == "fraction" else name(item["value"]["unit"])
    # "between 44 and 50 mg", "six weeks' time"
    start -= len("between ") * (item["value"]["range"] and text[:start].lower().endswith("between "))
    end += text[end - 1:end] == "s" and text[end:end + 1] == "'"
    return text[start:end], bounds(item), SAME.get(unit.lower(), unit.lower())


def main():
    options = arguments(__doc__, FILES)
    for file in FILES:
        cases = load(options.folder, file)
        hits, units, read_all, of = 0, 0, 0, 0
        for case, items in zip(cases, read(options.recount, [case["req"] for case in cases])):
            text = case["req"]
            mine = [found(text, item) for item in items if item["kind"] in ("quantity", "name")]
            years = [((text[item["span"][0]:item["span"][1]]), (float(item["value"]["from"][:4]),) * 2, "")
                     for item in items if item["kind"] == "date" and len(item["text"]) == 4]
            theirs = [expected(quantity) for quantity in case["res"]]
            mine += [year for year in years if year in theirs]
            rest = list(mine)
            missed = []
            for wanted in theirs:
                same = [m for m in rest if m[0] == wanted[0] and all(close(a, b) for a, b in zip(m[1], wanted[1]))]
                same.sort(key=lambda m: m[2] != wanted[2])
                if same:
                    rest.remove(same[0])
                    hits += 1
                    units += same[0][2] == wanted[2]
                    if same[0][2] == wanted[2]:
                        continue
                missed.append(wanted)
            read_all, of = read_all + len(mine), of + len(theirs)
            if options.failures and (missed or rest):
                print(f"  {text!r}\n      missed {missed}\n      read   {mine}")
        print(f"{file:26} value: recall {share(hits, of)}, precision {share(hits, read_all)}; "
              f"value and unit: recall {share(units, of)}, precision {share(units, read_all)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
