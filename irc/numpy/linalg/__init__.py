"""The linear algebra extension of the Array API standard, and NumPy's further functions of it."""

from __future__ import annotations

from irc.numpy.contractions import vecdot as vecdot
from irc.numpy.linalg.determinants import SlogdetResult as SlogdetResult
from irc.numpy.linalg.determinants import det as det
from irc.numpy.linalg.determinants import slogdet as slogdet
from irc.numpy.linalg.factorizations import EighResult as EighResult
from irc.numpy.linalg.factorizations import EigResult as EigResult
from irc.numpy.linalg.factorizations import QRResult as QRResult
from irc.numpy.linalg.factorizations import SVDResult as SVDResult
from irc.numpy.linalg.factorizations import cholesky as cholesky
from irc.numpy.linalg.factorizations import eig as eig
from irc.numpy.linalg.factorizations import eigh as eigh
from irc.numpy.linalg.factorizations import eigvals as eigvals
from irc.numpy.linalg.factorizations import eigvalsh as eigvalsh
from irc.numpy.linalg.factorizations import qr as qr
from irc.numpy.linalg.factorizations import svd as svd
from irc.numpy.linalg.factorizations import svdvals as svdvals
from irc.numpy.linalg.norms import cond as cond
from irc.numpy.linalg.norms import matrix_norm as matrix_norm
from irc.numpy.linalg.norms import norm as norm
from irc.numpy.linalg.norms import vector_norm as vector_norm
from irc.numpy.linalg.operands import adjoint as adjoint
from irc.numpy.linalg.products import cross as cross
from irc.numpy.linalg.products import diagonal as diagonal
from irc.numpy.linalg.products import matmul as matmul
from irc.numpy.linalg.products import matrix_power as matrix_power
from irc.numpy.linalg.products import multi_dot as multi_dot
from irc.numpy.linalg.products import outer as outer
from irc.numpy.linalg.products import tensordot as tensordot
from irc.numpy.linalg.products import trace as trace
from irc.numpy.linalg.systems import inv as inv
from irc.numpy.linalg.systems import lstsq as lstsq
from irc.numpy.linalg.systems import matrix_rank as matrix_rank
from irc.numpy.linalg.systems import pinv as pinv
from irc.numpy.linalg.systems import solve as solve
from irc.numpy.linalg.systems import tensorinv as tensorinv
from irc.numpy.linalg.systems import tensorsolve as tensorsolve
from irc.numpy.manipulation import matrix_transpose as matrix_transpose
