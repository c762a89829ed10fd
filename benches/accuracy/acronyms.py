#!/usr/bin/env python3
"""Pairs of short and long form that recount reads, against a suite of abstracts with the pairs that people found.

acronyms.py FOLDER [--recount BIN] [--failures]

FOLDER holds JSON files: lists of {"id", "text", "pairs"}, a pair being [short, long] or {"short", "long"}. A pair is
right when both forms are the same, letter case, white space, full stops and the s of a plural aside. Prints one line a file:
precision, recall and F1. Ends with 2 when the folder or the program is absent.
"""

import pathlib

from reading import arguments, load, read, share


def form(text):
    text = " ".join(text.lower().replace(".", "").split())
    return text[:-1] if len(text) > 2 and text.endswith("s") and not text.endswith("ss") else text


def pair(item):
    short, long = (item["short"], item["long"]) if isinstance(item, dict) else item[:2]
    return form(short), form(long)


def main():
    parsed = arguments(__doc__, [])
    files = sorted(parsed.folder.glob("*.json"))
    for path in files:
        cases = load(parsed.folder, path.name)
        right = wanted = found = 0
        for case, claims in zip(cases, read(parsed.recount, [c["text"] for c in cases], "claims")):
            expected = {pair(p) for p in case["pairs"]}
            said = {
                (form(c["value"]["short"]), form(c["value"]["long"]["text"])) for c in claims if c["kind"] == "definition"
            }
            right += len(expected & said)
            wanted += len(expected)
            found += len(said)
            if parsed.failures:
                for short, long in sorted(expected - said):
                    print(f"{case['id']}: missed  {short} = {long}")
                for short, long in sorted(said - expected):
                    print(f"{case['id']}: wrong   {short} = {long}")
        f1 = 2 * right / (wanted + found) if wanted + found else 0
        print(f"{pathlib.Path(path).name}: precision {share(right, found)}, recall {share(right, wanted)}, F1 {f1:.3f}")
    if not files:
        raise SystemExit(2)


if __name__ == "__main__":
    main()
