"""How often diagnosis names a mistake right, for every assignment: singles, pairs, and other wrong code.

    python tools/name_rate.py [--assignment hw2_bptt] [--pairs 100] [--others 200] [--seed 0] [--show]

Inputs come from keys that no audit uses. A name counts as right where the Reference with the named mistakes
behaves as the submission does under three keys; *partly* are pairs of which one was named, or none.
"""

from __future__ import annotations

import argparse
import random
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))

import naming


def main() -> None:
    """Prints one table an assignment."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--assignment", action="append", help="a slug; may be repeated; all if left out")
    parser.add_argument("--course", type=Path, default=naming.ROOT)
    parser.add_argument(
        "--singles", type=int, default=None, help="how many single mistakes; all of them if left out"
    )
    parser.add_argument("--pairs", type=int, default=100)
    parser.add_argument("--others", type=int, default=200)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--show", action="store_true", help="list what was not named right")
    chosen = parser.parse_args()
    for slug in chosen.assignment or naming.slugs(chosen.course):
        with naming.quietly():
            subject = naming.Subject(slug, chosen.course)
            rng = random.Random(chosen.seed)
            rates = {
                "singles": naming.singles(subject, rng, chosen.singles),
                "pairs": naming.pairs(subject, rng, chosen.pairs),
                "others": naming.others(subject, rng, chosen.others),
            }
        print(slug, flush=True)
        for kind, rate in rates.items():
            say(kind, rate, chosen.show)


def say(kind: str, rate: naming.Rate, show: bool) -> None:
    """One line, and what was not right where it is wished for."""
    if not rate.tried:
        return
    seconds = sorted(rate.seconds)
    print(
        f"  {kind:8} {rate.tried:4} tried, {rate.right:4} right ({100 * rate.share:5.1f} %), "
        f"{len(rate.wrong)} wrong, {len(rate.silent)} partly or silent; diagnosis "
        f"{1e3 * seconds[len(seconds) // 2]:.0f} ms median, {1e3 * seconds[-1]:.0f} ms longest"
        + "".join(f"; {id} {n}" for id, n in sorted(rate.generic.items()))
    )
    if show:
        for line in [*rate.wrong, *(rate.silent if kind != "others" else ())]:
            print(f"      {line}")


if __name__ == "__main__":
    main()
