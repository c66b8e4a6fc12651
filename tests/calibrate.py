#!/usr/bin/env python3
"""Measures how often claims are right, and writes the weights of `confidence` from it (lexicon/confidence.toml).

    tests/calibrate.py [--eval DIR] [--check]

Each claim that the installed package finds in the gold reports is right if an annotator has one of the same type there
(GUIDELINES.md: found). Its columns that are filled, its type and the shape of its trigger go into a logistic regression
with a quadratic penalty, in which no filled column may lower the odds. The table that is printed is measured by
cross-validation: each tenth of the reports is judged by weights that come from the other nine. `--check` only prints it.
"""

from __future__ import annotations

import argparse
import itertools
import json
import math
import os
import sys
from pathlib import Path

import numpy as np

import khabar

ROOT = Path(__file__).parent.parent
WEIGHTS = ROOT / "lexicon" / "confidence.toml"
SETS = ("seeds", "gsr", "snn")
# The columns whose being filled may tell something; src/table/write.rs gives the same.
HAS = {
    "events": ("agent", "patient", "weapon", "place", "time", "source", "actual"),
    "casualties": ("count", "victim_actor", "perpetrator", "cause", "place", "time", "source"),
}
SPAN = {"events": ("trigger", "type"), "casualties": ("anchor", "kind")}
FOLDS = 10
PENALTY = 1.5
STEPS = 4000


def examples(docs: list[dict], table: str) -> list[tuple[str, list[tuple[str, str]], bool]]:
    """(report, features, whether it is right) of every claim found."""
    found = khabar.extract(
        [d["text"] for d in docs], ids=[d["doc_id"] for d in docs], published=[d.get("published") for d in docs]
    )
    span, kind = SPAN[table]
    gold = {d["doc_id"]: list(d.get(table, [])) for d in docs}
    out = []
    for row in found.tables[table].to_pylist():
        rest = gold[row["doc_id"]]
        match = next(
            (
                g
                for g in rest
                if g[kind] == row[kind]
                and min(g[span]["end"], row[f"{span}_end"]) > max(g[span]["start"], row[f"{span}_start"])
            ),
            None,
        )
        if match is not None:
            rest.remove(match)
        row["actual"] = True if row["realis"] == "actual" else None
        features = [("base", ""), ("kind", row[kind]), ("shape", row["rule"].rpartition(".")[2])]
        features += [("has", name) for name in HAS[table] if row[name] is not None]
        out.append((row["doc_id"], features, match is not None))
    return out


def fit(rows: list[tuple[str, list[tuple[str, str]], bool]]) -> dict[tuple[str, str], float]:
    """Log odds by feature: projected gradient ascent with momentum, the weights of `has` kept from going below 0."""
    names = sorted({f for _, features, _ in rows for f in features})
    number = {f: n for n, f in enumerate(names)}
    given = np.zeros((len(rows), len(names)))
    for n, (_, features, _) in enumerate(rows):
        given[n, [number[f] for f in features]] = 1
    right = np.array([r for _, _, r in rows], float)
    penalty = np.array([0.0 if part == "base" else PENALTY for part, _ in names])
    lowest = np.array([0.0 if part == "has" else -np.inf for part, _ in names])
    # The step that cannot overshoot: one over the largest curvature.
    step = 1 / (0.25 * np.linalg.norm(given, 2) ** 2 + PENALTY)
    weights = ahead = np.zeros(len(names))
    for n in range(STEPS):
        slope = given.T @ (right - 1 / (1 + np.exp(-(given @ ahead)))) - penalty * ahead
        after = np.maximum(ahead + step * slope, lowest)
        ahead, weights = after + n / (n + 3) * (after - weights), after
    return dict(zip(names, weights.tolist(), strict=True))


def probability(weights: dict[tuple[str, str], float], features: list[tuple[str, str]]) -> float:
    """What the weights say of a claim."""
    return 1 / (1 + math.exp(-sum(weights.get(f, 0.0) for f in features)))


def judged(rows: list[tuple[str, list[tuple[str, str]], bool]]) -> list[tuple[float, bool]]:
    """Every claim by weights of the reports of other folds."""
    reports = sorted({doc for doc, _, _ in rows})
    fold = {doc: n % FOLDS for n, doc in enumerate(reports)}
    out = []
    for held in range(FOLDS):
        weights = fit([r for r in rows if fold[r[0]] != held])
        out += [(probability(weights, features), right) for doc, features, right in rows if fold[doc] == held]
    return out


def report(table: str, pairs: list[tuple[float, bool]]) -> None:
    """The reliability table: claims by confidence, and how many of them are right."""
    base = sum(right for _, right in pairs) / len(pairs)
    brier = sum((p - right) ** 2 for p, right in pairs) / len(pairs)
    print(
        f"\n{table}: {len(pairs)} claims, {base:.3f} right; Brier score {brier:.3f}, of the mean alone {base * (1 - base):.3f}"
    )
    print("| confidence | claims | mean | right |\n|---|---|---|---|")
    edges = [0.0, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0]
    for low, high in itertools.pairwise(edges):
        inside = [(p, right) for p, right in pairs if low <= p < high]
        if inside:
            mean, share = (sum(x) / len(inside) for x in zip(*inside, strict=True))
            print(f"| {low:.1f}–{high:.1f} | {len(inside)} | {mean:.2f} | {share:.2f} |")


def written(fitted: dict[str, dict[tuple[str, str], float]]) -> str:
    """The file of weights."""
    lines = [
        "# How likely a claim is right, in log odds that add up: README.md. Measured, not chosen: `make confidence` writes",
        "# this file (docs/quality.md says how, and how well it holds).",
    ]
    for table, weights in fitted.items():
        lines += ["", f"[{table}]", f"base = {weights[('base', '')]:.3f}"]
        for part in ("kind", "shape", "has"):
            own = [f"{name} = {w:.3f}" for (p, name), w in sorted(weights.items()) if p == part]
            lines += ["", f"[{table}.{part}]", *own]
    return "\n".join(lines) + "\n"


def main() -> int:
    """Measures, prints, writes."""
    parser = argparse.ArgumentParser(description="Calibrate confidence on gold data.")
    parser.add_argument(
        "--eval", type=Path, default=Path(os.environ.get("KHABAR_EVAL", ROOT / ".." / "shared" / "eval"))
    )
    parser.add_argument("--check", action="store_true")
    given = parser.parse_args()
    paths = [given.eval / "dev" / f"{name}.gold.jsonl" for name in SETS]
    if not all(path.is_file() for path in paths):
        print(f"no gold data in {given.eval}")
        return 1
    docs = [json.loads(line) for path in paths for line in path.open(encoding="utf-8") if line.strip()]
    fitted = {}
    for table in HAS:
        rows = examples(docs, table)
        report(table, judged(rows))
        fitted[table] = fit(rows)
    if not given.check:
        WEIGHTS.write_text(written(fitted), encoding="utf-8")
        print(f"\nweights written to {WEIGHTS.name}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
