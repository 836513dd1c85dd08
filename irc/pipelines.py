"""The standard pipelines, as text, with the reasons for the order."""

from __future__ import annotations

IMPORT = "stablehlo-to-nd"
"""What comes first for a program in a dialect of others."""

FOREIGN = ("stablehlo.", "chlo.")
"""How the names of ops start that stand for a program of others."""

DIFFERENTIATE = "differentiate"
"""What the interpreter needs: it runs every dialect but the requests of `ad`."""

OPTIMIZE = ",".join(
    [
        "differentiate",  # first: derivatives are taken of what the user wrote
        "inline",  # then calls of derivative functions are opened, so that they share work with their callers
        "symbol-dce",  # and the functions that only they called go away
        "algebra",
        "cse",  # after the algebra has made equal things look equal
        "canonicalize",  # what that left dead
    ]
)
"""Optimisation where the mathematics is still visible; knows no device."""

CPU_STAGES = {
    "optimized": [OPTIMIZE],
    "linalg": [
        "lower-affine",
        "scf-parallel-to-for",  # one thread runs the program
        "generate-runtime-verification",  # of what the program says; what the lowering writes needs no check
        "hoist",  # while transpositions are apart from what reads them
        "nd-to-linalg,expand-tensors",
        "canonicalize,cse",  # shapes and constants that the lowering has written
        "linalg-detensorize",  # what loops count and decide with then needs no memory
        "fuse",  # on tensors, where fusing is substitution and no buffer can be in the way
        "fuse-outputs",  # what could not be substituted
        "canonicalize,cse",
        "lower-affine",  # the canonical form of tensors' sizes has maps
    ],
    "buffers": [
        "bufferize",
        "plan-memory",  # after fusion: what was fused away needs no memory
        "share-nests",  # what occurs several times is compiled once
        "split-functions",
    ],
    "loops": [
        "convert-complex-to-standard",  # before loops: what has only real operands then runs on vectors
        "linalg-to-loops",
        "convert-complex-to-standard",  # what named structured ops have written
        "canonicalize",  # index arithmetic
        "expand-small-floats",  # what is computed in f32 instead, with the functions that the next pass expands
        "expand-math",  # on scalars and vectors: polynomials inline, before vectors reach the llvm dialect
        "cse",  # what rows of a tile have in common, and what the polynomials have
        "expand-copies",  # copies between views with gaps become loops
    ],
    "llvm": [
        "annotate-loops",
        "scf-to-cf",
        "convert-to-llvm",
        "dce",  # of what is the same, such as addresses, the lowering makes one; indices may have become part of these
    ],
}
"""The levels between what the user wrote and the llvm dialect, in order, with the passes that lead to each."""

_STEPS = {level: ",".join(steps) for level, steps in CPU_STAGES.items()}

CPU_WHOLE = ",".join([_STEPS["optimized"], _STEPS["linalg"], _STEPS["buffers"]])
"""What a module has to go through as a whole, which ends with its functions cut into parts."""

CPU_PARTS = ",".join([_STEPS["loops"], _STEPS["llvm"]])
"""What leads from there to the llvm dialect, for each part alone if need be."""

CPU = f"{CPU_WHOLE},{CPU_PARTS}"
"""Everything down to the llvm dialect."""
