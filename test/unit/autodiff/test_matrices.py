"""Derivatives of factorizations and of Fourier transforms, in both modes and twice."""

from __future__ import annotations

import pytest
from unit.autodiff.modes import Case, check


def tensor(*shape: int, element: str = "f64") -> str:
    return f"tensor<{''.join(f'{size}x' for size in shape)}{element}>"


def complex_tensor(*shape: int) -> str:
    return tensor(*shape, element="complex<f64>")


M, Z = tensor(3, 3), complex_tensor(3, 3)
TALL, WIDE = tensor(4, 2), tensor(2, 4)


def adjoint(name: str, of: str, rows: int, columns: int) -> str:
    """The conjugate transpose of a complex matrix."""
    a, b, real = complex_tensor(rows, columns), complex_tensor(columns, rows), tensor(rows, columns)
    return f"""
          %{name}re = nd.real %{of} : {a}
          %{name}im = nd.imag %{of} : {a}
          %{name}ng = nd.negative %{name}im : {real}
          %{name}cj = nd.complex %{name}re, %{name}ng : {real}
          %{name} = nd.permute_dims %{name}cj axes = [1, 0] : {a} -> {b}"""


def factor(name: str, type: str, results: list[str], which: int, options: str = "") -> Case:
    """The result number `which` of a factorization of `%x0`."""
    names = f"%all:{len(results)}" if len(results) > 1 else "%all"
    setup = f"{names} = nd.custom_call @irc.{name}(%x0){options} : ({type}) -> ({', '.join(results)})"
    value = f"%all#{which}" if len(results) > 1 else "%all"
    return Case((type,), f"nd.negative {value} : {results[which]}", results[which], setup=setup)


def unitary(name: str, rows: int, columns: int, results: list[str], vectors: int, how: str) -> Case:
    """Complex vectors, which have phases: what depends on them by their absolute values alone."""
    type = complex_tensor(rows, columns)
    setup = f"%all:{len(results)} = nd.custom_call @irc.{name}(%x0) : ({type}) -> ({', '.join(results)})"
    of = results[vectors]
    result = of.replace("complex<f64>", "f64")
    return Case((type,), f"nd.{how} %all#{vectors} : {of}", result, setup=setup)


CASES = {
    "eigh values": factor("eigh", M, [tensor(3)], 0),
    "eigh values of several": factor("eigh", M, [tensor(3), M], 0),
    "eigh vectors": factor("eigh", M, [tensor(3), M], 1),
    "eigh upper": factor("eigh", M, [tensor(3), M], 1, " options {lower = false}"),
    "eigh complex values": factor("eigh", Z, [tensor(3), Z], 0),
    "eigh complex vectors": unitary("eigh", 3, 3, [tensor(3), Z], 1, "abs"),
    "svd values": factor("svd", tensor(2, 4), [tensor(2)], 0),
    "svd values of full": factor("svd", TALL, [tensor(4, 4), tensor(2), tensor(2, 2)], 1),
    "svd tall u": factor("svd", TALL, [TALL, tensor(2), tensor(2, 2)], 0),
    "svd tall vh": factor("svd", TALL, [TALL, tensor(2), tensor(2, 2)], 2),
    "svd wide u": factor("svd", WIDE, [tensor(2, 2), tensor(2), WIDE], 0),
    "svd wide vh": factor("svd", WIDE, [tensor(2, 2), tensor(2), WIDE], 2),
    "svd batch": factor("svd", tensor(2, 3, 2), [tensor(2, 3, 2), tensor(2, 2), tensor(2, 2, 2)], 0),
    "svd complex values": factor("svd", complex_tensor(3, 2), [complex_tensor(3, 2), tensor(2), complex_tensor(2, 2)], 1),
    "svd complex u": unitary("svd", 3, 2, [complex_tensor(3, 2), tensor(2), complex_tensor(2, 2)], 0, "abs"),
    "svd complex vh": unitary("svd", 2, 3, [complex_tensor(2, 2), tensor(2), complex_tensor(2, 3)], 2, "abs"),
    "qr q": factor("qr", TALL, [TALL, tensor(2, 2)], 0),
    "qr r": factor("qr", TALL, [TALL, tensor(2, 2)], 1),
    "qr wide q": factor("qr", WIDE, [tensor(2, 2), WIDE], 0),
    "qr wide r": factor("qr", WIDE, [tensor(2, 2), WIDE], 1),
    "qr complex q": factor("qr", complex_tensor(3, 2), [complex_tensor(3, 2), complex_tensor(2, 2)], 0),
    "qr complex r": factor("qr", complex_tensor(3, 2), [complex_tensor(3, 2), complex_tensor(2, 2)], 1),
    "lu": factor("lu", M, [M, tensor(3, element="i32"), tensor(3, element="i32")], 0),
    "lu alone": factor("lu", M, [M], 0),
    "lu complex": factor("lu", Z, [Z, tensor(3, element="i32"), tensor(3, element="i32")], 0),
    "lu tall": factor("lu", TALL, [TALL, tensor(2, element="i32"), tensor(4, element="i32")], 0),
    "lu wide": factor("lu", WIDE, [WIDE, tensor(2, element="i32"), tensor(2, element="i32")], 0),
    "lu batch": factor("lu", tensor(2, 3, 3), [tensor(2, 3, 3), tensor(2, 3, element="i32"), tensor(2, 3, element="i32")], 0),
    "eig values": factor("eig", M, [complex_tensor(3)], 0),
    "eig values of several": factor("eig", Z, [complex_tensor(3), Z], 0),
    "eig vectors": unitary("eig", 3, 3, [complex_tensor(3), Z], 1, "abs"),
    **{
        f"cholesky complex {lower}": Case(
            (Z,), f"nd.cholesky %p lower = {lower} : {Z}", Z, setup=f"""{adjoint("h", "x0", 3, 3)}
          %p = nd.matmul %x0, %h : {Z}, {Z} -> {Z}""",
        )
        for lower in ("true", "false")
    },
    **{
        f"triangular_solve {how} {left}": Case(
            (Z, Z), f"nd.triangular_solve %x0, %x1 left_side = {left} lower = true unit_diagonal = false transpose_a = {how} : {Z}, {Z}", Z,
        )
        for how, left in (("ADJOINT", "true"), ("TRANSPOSE", "false"), ("NO_TRANSPOSE", "true"), ("ADJOINT", "false"))
    },
    **{
        f"fft {kind}": Case((complex_tensor(2, 5),), f"nd.fft %x0 kind = {kind} length = [2, 5] : {complex_tensor(2, 5)} -> {complex_tensor(2, 5)}", complex_tensor(2, 5))
        for kind in ("FFT", "IFFT")
    },
    **{
        f"fft RFFT {n}": Case((tensor(3, n),), f"nd.fft %x0 kind = RFFT length = [3, {n}] : {tensor(3, n)} -> {complex_tensor(3, n // 2 + 1)}", complex_tensor(3, n // 2 + 1))
        for n in (4, 5)
    },
    **{
        f"fft IRFFT {n}": Case((complex_tensor(3, n // 2 + 1),), f"nd.fft %x0 kind = IRFFT length = [3, {n}] : {complex_tensor(3, n // 2 + 1)} -> {tensor(3, n)}", tensor(3, n))
        for n in (1, 4, 5)
    },
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_both_modes(name: str) -> None:
    check(CASES[name])
