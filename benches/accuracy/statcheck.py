#!/usr/bin/env python3
"""Scores the rules on test statistics and on means against cases with a known verdict.

    python3 benches/accuracy/statcheck.py FOLDER --recount BINARY

FOLDER holds `cases.json` (the expectations of the tests of the R package statcheck: texts with options, and whether
they are errors and decision errors) and `grim.json` (means, shares and standard deviations with their number of
cases). When it is absent, the script says so and exits with 2.
"""

import argparse
import collections
import json
import pathlib
import subprocess
import sys
import tempfile

ERROR, DECISION, MEAN = "p-value-mismatch", "p-value-decision", "impossible-mean"


def run(binary, arguments, text):
    done = subprocess.run([binary, *arguments, "-"], input=text, capture_output=True, text=True)
    if done.returncode not in (0, 1):
        sys.exit(f"{binary} ended with {done.returncode}: {done.stderr[:500]}")
    return json.loads(done.stdout)


def findings(binary, rules, text, settings):
    """The rules that find something, with the settings of a configuration."""
    chosen = [word for rule in rules for word in ("--rule", rule)]
    with tempfile.NamedTemporaryFile("w", suffix=".toml") as config:
        config.write(settings)
        config.flush()
        options = ["check", "--config", config.name, "--format", "json", "--stdin-format", "md"]
        report = run(binary, [*options, *chosen], text)
    return [finding["rule"] for finding in report["diagnostics"]]


def settings(options):
    """The options of statcheck as keys of the rules; its own defaults differ in one-tailed wording."""
    tails = "always" if options.get("OneTailedTests") else "when-named" if options.get("OneTailedTxt") else "never"
    keys = [
        f'one-tailed = "{tails}"',
        f"alpha = {options.get('alpha', 0.05)}",
        f"alpha-is-significant = {str(options.get('pEqualAlphaSig', True)).lower()}",
        f"zero = {str(options.get('pZeroError', True)).lower()}",
    ]
    return "".join(f"[rules.{rule}.check.statistic]\n" + "\n".join(keys) + "\n" for rule in (ERROR, DECISION))


def results(binary, text):
    report = run(binary, ["claims", "--kind", "statistic", "--format", "json", "--stdin-format", "md"], text)
    # A probability that stands by itself is told of as well.
    return sum("test" in claim["value"] for claim in report["claims"])


def tests(binary, cases):
    """Right verdicts by what is asked; the fields that the R package prints are left out."""
    score, wrong, left = collections.Counter(), [], 0
    for case in cases:
        field = case["field"]
        if field not in ("error", "decision_error", "n_results"):
            left += 1
            continue
        if field == "n_results":
            texts = case.get("texts") or [case["text"]]
            found = sum(results(binary, text) for text in texts)
        else:
            rules = findings(binary, [ERROR, DECISION], case["text"], settings(case.get("options", {})))
            found = bool(rules) if field == "error" else DECISION in rules
        right = found == case["expect"]
        score[field, right] += 1
        if not right:
            wrong.append(f"  {case['id']}: {case.get('text') or case.get('texts')!r}: {found}, not {case['expect']}")
    for field in ("error", "decision_error", "n_results"):
        right, false = score[field, True], score[field, False]
        print(f"statcheck {field}: {right} of {right + false} right")
    print(f"statcheck fields left out: {left}")
    return wrong


# Shares that end in 0 or 5 are left alone unless a configuration says otherwise.
ROUND = f"[rules.{MEAN}.check.mean]\nround-shares = true\n"


def means(binary, cases):
    score, wrong = collections.Counter(), []
    for case in cases:
        # The mean of several items a person is that of so many times the whole numbers.
        n = case["n"] * case.get("items", 1)
        if case["test"] == "GRIM":
            text = f"The mean number of visits was {case['mean']} (n = {n})."
        elif case["test"] == "GRIM-percent":
            text = f"It was {case['percent']} % of the {n} people."
        elif case["test"] == "DEBIT":
            text = f"The binary answer: M = {case['mean']}, SD = {case['sd']}, n = {n}."
        else:
            continue
        found = "inconsistent" if findings(binary, [MEAN], text, ROUND) else "consistent"
        score[case["test"], found == case["expect"]] += 1
        if found != case["expect"]:
            wrong.append(f"  {case['id']}: {text} {found}, not {case['expect']}")
    for test in ("GRIM", "GRIM-percent", "DEBIT"):
        right, false = score[test, True], score[test, False]
        print(f"{test}: {right} of {right + false} right")
    return wrong


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--recount", default="target/release/recount")
    parser.add_argument("--wrong", action="store_true", help="print the cases with a wrong verdict")
    arguments = parser.parse_args()
    paths = [arguments.folder / name for name in ("cases.json", "grim.json")]
    for path in paths:
        if not path.is_file():
            print(f"{path} is absent: nothing was measured", file=sys.stderr)
            sys.exit(2)
    wrong = tests(arguments.recount, json.loads(paths[0].read_text()))
    wrong += means(arguments.recount, json.loads(paths[1].read_text()))
    if arguments.wrong:
        print("\n".join(wrong))


if __name__ == "__main__":
    main()
