"""`python -m docs.generate`: rewrites docs/reference."""

from __future__ import annotations

from docs.generate.pages import FOLDER, pages


def main() -> None:
    """Write all pages and remove those that are of no use any more."""
    written = {FOLDER / name: text for name, text in pages().items()}
    for path in set(FOLDER.rglob("*.md")) - set(written):
        path.unlink()
    for path, text in written.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


main()
