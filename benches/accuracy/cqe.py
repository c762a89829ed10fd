#!/usr/bin/env python3
"""Scores quantities on the data of CQE (Almasian et al., EMNLP 2023): NewsQuant and four re-annotated suites.

    python3 benches/accuracy/cqe.py FOLDER [--recount BINARY] [--failures]

Precision, recall and F1 of the value alone and of value and unit, as the authors count them: values agree up to 1e-5, a
range is a pair, the unit must have the expected name. For a plain count the unit is the noun with the words that narrow
it, as `recount claims` gives it; `head` counts it when the last word is the same.
"""

import re
import sys

from names import name
from reading import arguments, bounds, close, load, read

FILES = ["newsquant-dev.json", "age-model.json", "currency-model.json", "dimension-model.json", "temperature-model.json"]


def ends(value):
    """`4.7-4.8` → (4.7, 4.8)."""
    numbers = [float(number) for number in re.split(r"(?<=[\d.])-", value.replace(" ", ""))]
    return min(numbers), max(numbers)


def found(items, claims):
    """Value and unit of every quantity; the noun of a plain count comes from its claim."""
    nouns = {claim["span"][0]: claim["subject"] for claim in claims if claim["kind"] == "quantity"}
    out = []
    for item in items:
        if item["kind"] not in ("quantity", "vague"):
            continue
        unit = name(item["value"]["unit"])
        if item["value"]["dimension"] in ("", "fraction"):
            subject = nouns.get(item["span"][0], {"head": "", "modifiers": []})
            unit = " ".join([*subject["modifiers"], subject["head"]]).strip() or "-"
        out.append((bounds(item), unit.lower()))
    return out


def main():
    options = arguments(__doc__, FILES)
    for file in FILES:
        cases = load(options.folder, file)
        texts = [case["text"] for case in cases]
        numbers, claims = read(options.recount, texts), read(options.recount, texts, "claims")
        tally = dict.fromkeys(("read", "gold", "value", "unit", "head"), 0)
        for case, items, said in zip(cases, numbers, claims):
            mine = found(items, said)
            theirs = [(ends(q["value"]), q["normalized_unit"].lower()) for q in case["quantities"]]
            tally["read"] += len(mine)
            tally["gold"] += len(theirs)
            rest, missed, wrong = list(mine), [], []
            for wanted in theirs:
                same = [m for m in rest if all(close(a, b) for a, b in zip(m[0], wanted[0]))]
                same.sort(key=lambda m: (m[1] != wanted[1], m[1].split()[-1:] != wanted[1].split()[-1:]))
                if not same:
                    missed.append(wanted)
                    continue
                rest.remove(same[0])
                tally["value"] += 1
                tally["unit"] += same[0][1] == wanted[1]
                tally["head"] += same[0][1].split()[-1:] == wanted[1].split()[-1:]
                if same[0][1] != wanted[1]:
                    wrong.append((wanted, same[0]))
            if options.failures and (missed or rest or wrong):
                print(f"  {case['text']!r}\n      missed {missed}\n      extra  {rest}\n      unit   {wrong}")
        line = [f"{file:24} {tally['gold']:4} quantities"]
        for what in ("value", "unit", "head"):
            p, r = tally[what] / max(tally["read"], 1), tally[what] / max(tally["gold"], 1)
            f1 = 2 * p * r / (p + r) if p + r else 0.0
            line.append(f"{'with ' if what != 'value' else ''}{what} P {100 * p:.1f} R {100 * r:.1f} F1 {100 * f1:.1f}")
        print("; ".join(line))
    return 0


if __name__ == "__main__":
    sys.exit(main())
