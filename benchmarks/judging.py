"""Judges the core and each addition, on and off, on every labelled set there is.

    python benchmarks/judging.py

Prints nDCG@10 with its 95 % interval, and recall@10, MRR and "ideal in top 3" of the whole.
"""

from dataclasses import fields
from pathlib import Path

from matcher.matching.commands import judge_files
from matcher.matching.judging import Judgement, Measure
from matcher.matching.weights import Additions, Weights

ROOT = Path(__file__).parent.parent
SETS = {
    "Banking77": ROOT / "benchmarks/quality/banking77",
    "CLINC150": ROOT / "benchmarks/quality/clinc150",
    "Public sector": ROOT / "tests/matching/publicsector",
}
NAMES = [field.name for field in fields(Additions)]
OFF = dict.fromkeys(NAMES, False)
ON = dict.fromkeys(NAMES, True)


def main() -> None:
    rows = {"core": Additions(**OFF)}
    rows |= {f"core and {name}": Additions(**{**OFF, name: True}) for name in NAMES}
    rows |= {f"all but {name}": Additions(**{**ON, name: False}) for name in NAMES}
    rows["all"] = Additions(**ON)
    print("| nDCG@10 | " + " | ".join(SETS) + " |")
    print("|---" * (len(SETS) + 1) + "|")
    for name, additions in rows.items():
        cells = [shown(judged(folder, additions).of("nDCG@10")) for folder in SETS.values()]
        print(f"| {name} | " + " | ".join(cells) + " |", flush=True)
    for measure in ("recall@10", "MRR", "ideal in top 3"):
        cells = [shown(judged(folder, Additions()).of(measure)) for folder in SETS.values()]
        print(f"| {measure}, all | " + " | ".join(cells) + " |")


def judged(folder: Path, additions: Additions) -> Judgement:
    names = ("volunteers", "requests", "labels")
    files = [folder / f"{name}.csv" for name in names]
    return judge_files(*files, weights=Weights(additions=additions))


def shown(measure: Measure) -> str:
    return f"{measure.mean:.4f} ({measure.low:.3f}–{measure.high:.3f})"


if __name__ == "__main__":
    main()
