"""Estimates of densities from samples: sums of normal distributions around them."""

from __future__ import annotations

import math
from typing import Any

from irc.nn.activations import logsumexp
from irc.numpy.contractions import einsum
from irc.numpy.covariance import cov
from irc.numpy.creation import full
from irc.numpy.linalg import cholesky, inv
from irc.numpy.products import matmul
from irc.numpy.rearranging import atleast_2d
from irc.numpy.reductions import prod
from irc.numpy.reductions import sum as total
from irc.numpy.ufuncs import exp, inexact, log
from irc.random import choice, normal, split
from irc.scipy.special import ndtr
from irc.tracing.array import Array, as_array
from irc.tracing.elementwise import promoted
from irc.tracing.shaping import permute_dims, reshape
from irc.tree_util import register_pytree_node_class


@register_pytree_node_class
class gaussian_kde:
    """The density of which `dataset` has samples: a row of numbers, or a row for each dimension.

    `bw_method` is "scott" (the default), "silverman", a number, or a function of the estimate that gives one: the factor
    between the covariance of the samples and that of the distribution around each. `weights` are those of the samples.
    """

    def __init__(self, dataset: Any, bw_method: Any = None, weights: Any = None) -> None:
        self.dataset = atleast_2d(inexact(as_array(dataset)))
        if self.dataset.size < 2:
            raise ValueError("gaussian_kde needs more than one sample")
        count = self.dataset.shape[1]
        if weights is None:
            self.weights = full((count,), 1 / count, self.dataset.dtype)
        else:
            given = promoted(weights, self.dataset)[0][0]
            if given.shape != (count,):
                raise ValueError(f"gaussian_kde of {count} samples got weights of shape {given.shape}")
            self.weights = given / total(given)
        self.neff = 1 / total(self.weights**2)
        factor = self._factor(bw_method)
        spread = atleast_2d(cov(self.dataset, bias=False, aweights=self.weights))
        self.covariance = spread * factor**2
        self.inv_cov = inv(spread) / factor**2

    def _factor(self, method: Any) -> Any:
        if callable(method):
            return method(self)
        if method in (None, "scott"):
            return self.neff ** (-1 / (self.d + 4))
        if method == "silverman":
            return (self.neff * (self.d + 2) / 4.0) ** (-1 / (self.d + 4))
        if isinstance(method, str):
            raise ValueError(f"bw_method is 'scott', 'silverman', a number or a function, got {method!r}")
        return method

    @property
    def d(self) -> int:
        """The number of dimensions."""
        return int(self.dataset.shape[0])

    @property
    def n(self) -> int:
        """The number of samples."""
        return int(self.dataset.shape[1])

    def _points(self, points: Any) -> Array:
        found: Array = atleast_2d(promoted(points, self.dataset)[0][0])
        if found.shape[0] == 1 and self.d > 1 and found.shape[1] == self.d:
            found = reshape(found, (self.d, 1))
        if found.shape[0] != self.d:
            raise ValueError(f"the points have {found.shape[0]} dimensions, the samples {self.d}")
        return found

    def _logs(self, points: Array, covariance: Array) -> Array:
        """The logarithm of the normal density around each sample (the rows) at each point."""
        factor = cholesky(inv(covariance))
        moved = matmul(permute_dims(factor, (1, 0)), self.dataset)
        at = matmul(permute_dims(factor, (1, 0)), points)
        away = reshape(moved, (self.d, self.n, 1)) - reshape(at, (self.d, 1, points.shape[1]))
        scale = log(prod(factor.diagonal())) - self.d / 2 * math.log(2 * math.pi)
        found: Array = scale - total(away**2, axis=0) / 2
        return found

    def logpdf(self, x: Any) -> Array:
        """The logarithm of the density at points."""
        logs = self._logs(self._points(x), self.covariance)
        found: Array = logsumexp(logs, axis=0, b=reshape(self.weights, (self.n, 1)))
        return found

    def evaluate(self, points: Any) -> Array:
        """The density at points."""
        found: Array = matmul(self.weights, exp(self._logs(self._points(points), self.covariance)))
        return found

    def pdf(self, x: Any) -> Array:
        """`evaluate`."""
        return self.evaluate(x)

    __call__ = evaluate

    def integrate_gaussian(self, mean: Any, cov: Any) -> Array:
        """The integral of the density times a normal one."""
        points = reshape(promoted(mean, self.dataset)[0][0], (self.d, 1))
        spread = atleast_2d(promoted(cov, self.dataset)[0][0])
        found: Array = matmul(self.weights, exp(self._logs(points, self.covariance + spread)))[0]
        return found

    def integrate_box_1d(self, low: Any, high: Any) -> Array:
        """The share of the density between two numbers."""
        if self.d != 1:
            raise ValueError("integrate_box_1d is of samples that are numbers")
        width = self.covariance[0, 0] ** 0.5
        inside = ndtr((high - self.dataset[0]) / width) - ndtr((low - self.dataset[0]) / width)
        return einsum("i,i->", self.weights, inside)

    def integrate_kde(self, other: gaussian_kde) -> Array:
        """The integral of the product with another density."""
        if other.d != self.d:
            raise ValueError(f"the densities have {self.d} and {other.d} dimensions")
        both = exp(self._logs(other.dataset, self.covariance + other.covariance))
        return einsum("i,ij,j->", self.weights, both, other.weights)

    def resample(self, key: Any, shape: Any = ()) -> Array:
        """Samples of the density: a row for each dimension."""
        which, noise = split(key)
        at = choice(which, self.n, shape=shape, p=self.weights)
        moved = matmul(
            cholesky(self.covariance), reshape(normal(noise, (self.d, *shape), self.dataset.dtype), (self.d, -1))
        )
        found: Array = self.dataset[:, at] + reshape(moved, (self.d, *shape))
        return found

    def tree_flatten(self) -> tuple[Any, None]:
        """The arrays of this, for containers of arrays."""
        return (self.neff, self.dataset, self.weights, self.covariance, self.inv_cov), None

    @classmethod
    def tree_unflatten(cls, _: None, parts: Any) -> gaussian_kde:
        """The estimate with these arrays."""
        found = object.__new__(cls)
        found.neff, found.dataset, found.weights, found.covariance, found.inv_cov = parts
        return found


__all__ = ["gaussian_kde"]
