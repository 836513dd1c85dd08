"""Results that are printed with names of their own."""

from __future__ import annotations

from collections.abc import Sequence

from irc.ods.op import Op


class NamedResults(Op):
    """Base of ops that declare several results; in printed text these are named after their fields."""

    def result_name_hint(self) -> str | None:
        fields = self.layout.results
        return fields[0].name if len(fields) > 1 else None

    def result_name_hints(self) -> Sequence[str]:
        return [field.name for field in self.layout.results[: len(self.results)]]
