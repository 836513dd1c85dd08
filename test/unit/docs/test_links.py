"""The links of the documentation lead somewhere."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
FOLDERS = ("docs", "examples", "bench", "test", "irc")
DOCUMENTS = sorted([*ROOT.glob("*.md"), *(path for folder in FOLDERS for path in (ROOT / folder).rglob("*.md"))])
LINK = re.compile(r"\[[^\]]*\]\(([^)\s#]+)(?:#[^)]*)?\)")


def broken_links(document: Path) -> list[str]:
    """The relative links of a Markdown file that name no file."""
    targets = LINK.findall(document.read_text(encoding="utf-8"))
    return [target for target in targets if ":" not in target and not (document.parent / target).exists()]


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_relative_links_name_files(document: Path) -> None:
    assert broken_links(document) == []


def test_a_broken_link_is_found(tmp_path: Path) -> None:
    document = tmp_path / "a.md"
    document.write_text("[itself](a.md) [elsewhere](https://example.org/) [nothing](b.md#part)")
    assert broken_links(document) == ["b.md"]
