"""What the attacker can do against the gate, with further points left out and without: `python -m benchmarks.disclosure`."""

import argparse
from collections import defaultdict
from time import perf_counter

from qiplatform.learning.rules.disclosure import guarded
from tests.support.disclosure import publication


def main() -> None:
    """Make publications, attack them, and print the figures by kind of project."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--publications", type=int, default=2000)
    many = asked.parse_args().publications
    lines: dict[str, list[int]] = defaultdict(lambda: [0] * 6)
    took = []
    for seed in range(many):
        made = publication(seed)
        began = perf_counter()
        outcome, _ = guarded(made.tables)
        took.append(perf_counter() - began)
        figures = (
            1,
            outcome.hidden,
            len(outcome.before),
            len(outcome.leaks),
            len(outcome.told_before),
            len(outcome.left_out),
        )
        for name in (made.kind, "all"):
            lines[name] = [known + new for known, new in zip(lines[name], figures, strict=True)]
    print("kind, publications, hidden, narrowed without, narrowed with, told before, points left out")
    for name, line in sorted(lines.items(), key=lambda one: one[0] == "all"):
        print(f"{name:11}", *(f"{one:7,}" for one in line))
    took.sort()
    middle, most, last = (took[min(int(many * share), many - 1)] * 1000 for share in (0.5, 0.95, 1.0))
    print(f"a publication takes {middle:.1f} ms at the median, {most:.0f} ms at 95 %, {last:.0f} ms at most")


if __name__ == "__main__":
    main()
