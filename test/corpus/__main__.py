"""Prints the share of each check, of each dialect where that is known, and each file that is left out with the reason.

The names of checks may be given: `python -m corpus "canonical forms"`.
"""

from __future__ import annotations

import sys
from collections import Counter

from corpus.cases import FOLDER, GROUPS
from corpus.checks import CHECKS


def main() -> int:
    if FOLDER is None:
        print("IRC_CORPUS does not say where the collection is", file=sys.stderr)
        return 2
    for name, (group, check, lacks) in CHECKS.items():
        if sys.argv[1:] and name not in sys.argv[1:]:
            continue
        missing = lacks()
        if missing:
            print(f"{name}: {missing}")
            continue
        cases = GROUPS[group](FOLDER)
        left_out = [(case, reason) for case, reason in zip(cases, check(cases), strict=True) if reason]
        passed = len(cases) - len(left_out)
        print(f"{name}: {passed} of {len(cases)}, {passed / len(cases):.1%}")
        every, lost = (Counter(d for case in some for d in case.dialects) for some in (cases, [c for c, _ in left_out]))
        for dialect, count in every.most_common():
            print(f"  {dialect}: {count - lost[dialect]} of {count}")
        for case, reason in left_out:
            print(f"  {case.name}: {reason}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
