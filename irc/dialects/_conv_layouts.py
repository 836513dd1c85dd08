"""`[b, 0, 1, f]x[0, 1, i, o]->[b, 0, 1, f]`: what each dimension of a convolution's input, kernel and output is.

Two letters stand for batch and feature, or for the features of the input and of the output, numbers for the spatial
dimensions. A layout is the dimension of the first letter, that of the second, and the spatial ones in order.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from irc.text.lexer import TokenStream

Layout = tuple[int, int, tuple[int, ...]]
Layouts = tuple[Layout, Layout, Layout]
"""Those of the input, of the kernel and of the output."""

LETTERS = ("bf", "io", "bf")


def layouts_text(layouts: Layouts) -> str:
    """Layouts as they are written."""
    lists = []
    for letters, (first, second, spatial) in zip(LETTERS, layouts, strict=True):
        entries = {first: letters[0], second: letters[1]} | {dim: str(i) for i, dim in enumerate(spatial)}
        lists.append("[" + ", ".join(entries[i] for i in sorted(entries)) + "]")
    return f"{lists[0]}x{lists[1]}->{lists[2]}"


def parse_layouts(stream: TokenStream) -> Layouts:
    """The layouts of input, kernel and output."""
    inputs = _parse_list(stream, LETTERS[0])
    stream.expect("x")
    kernel = _parse_list(stream, LETTERS[1])
    stream.expect("->")
    return inputs, kernel, _parse_list(stream, LETTERS[2])


def is_layout(layout: Layout) -> bool:
    """Whether every dimension is named once."""
    first, second, spatial = layout
    return sorted((first, second, *spatial)) == list(range(len(spatial) + 2))


def _parse_list(stream: TokenStream, letters: str) -> Layout:
    """`[b, 0, f]`: where the two letters stand, and where 0, 1, … stand."""
    found: dict[str, int] = {}
    stream.expect("[")
    while not stream.accept("]"):
        if found:
            stream.expect(",")
        position = stream.pos
        entry = stream.next()
        if not ((entry.isascii() and entry.isdecimal()) or entry in tuple(letters)):
            raise stream.error(f"Unexpected dimension {entry}, expecting {', '.join(letters)}", position)
        if entry in found:
            kind = "dimension" if entry in tuple(letters) else "spatial dimension"
            raise stream.error(f"Duplicate entries for {kind} {entry}", position)
        found[entry] = len(found)
    for letter in letters:
        if letter not in found:
            raise stream.error(f"Expected dimensions {letter} not specified", stream.pos - 1)
    first, second = (found.pop(letter) for letter in letters)
    spatial = {int(digit): place for digit, place in found.items()}
    missing = next((i for i in range(len(spatial)) if i not in spatial), None)
    if missing is not None:
        raise stream.error(f"Expected spatial dimension {missing} not specified", stream.pos - 1)
    return first, second, tuple(spatial[i] for i in sorted(spatial))
