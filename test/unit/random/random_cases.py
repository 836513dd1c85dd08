"""Calls of functions of random numbers whose results were taken from JAX 0.10.2, without its 64-bit switch.

Each takes the module (`irc.random`, or `jax.random` where the numbers are made anew) and NumPy.
"""

from __future__ import annotations

EXACT = {
    "key_data": lambda r, np: r.key_data(r.key(7)),
    "key of -1": lambda r, np: r.key_data(r.key(-1)),
    "PRNGKey": lambda r, np: r.PRNGKey(1701),
    "PRNGKey of a 32-bit number": lambda r, np: r.PRNGKey(np.uint32(4000000000)),
    "split": lambda r, np: r.split(r.PRNGKey(0), 3),
    "split of a typed key": lambda r, np: r.key_data(r.split(r.key(5))),
    "split with a shape": lambda r, np: r.split(r.PRNGKey(5), (2, 1)),
    "fold_in": lambda r, np: r.fold_in(r.PRNGKey(0), 12345),
    "bits 32": lambda r, np: r.bits(r.key(1), (2, 3)),
    "bits 8": lambda r, np: r.bits(r.key(1), (4,), np.uint8),
    "bits 16": lambda r, np: r.bits(r.key(1), (4,), np.uint16),
    "uniform": lambda r, np: r.uniform(r.key(2), (3, 2)),
    "uniform scalar": lambda r, np: r.uniform(r.PRNGKey(2)),
    "uniform f16": lambda r, np: r.uniform(r.key(2), (5,), np.float16),
    "uniform bounds": lambda r, np: r.uniform(r.key(2), (5,), minval=-3.0, maxval=5.0),
    "uniform array bounds": lambda r, np: r.uniform(
        r.key(2), (2, 3), np.float32, np.float32(-1), np.arange(3, dtype=np.float32)
    ),
    "randint": lambda r, np: r.randint(r.key(3), (8,), 0, 10),
    "randint negative": lambda r, np: r.randint(r.key(3), (8,), -100, 101),
    "randint all": lambda r, np: r.randint(r.key(3), (4,), -(1 << 31), (1 << 31) - 1),
    "randint i8": lambda r, np: r.randint(r.key(3), (6,), -128, 128, np.int8),
    "randint u8": lambda r, np: r.randint(r.key(3), (6,), 0, 256, np.uint8),
    "randint u32": lambda r, np: r.randint(r.key(3), (4,), np.uint32(5), np.uint32(4000000000), np.uint32),
    "randint i16": lambda r, np: r.randint(r.key(3), (4,), 0, 1000, np.int16),
    "randint empty range": lambda r, np: r.randint(r.key(3), (3,), 5, 5),
    "randint array bounds": lambda r, np: r.randint(r.key(3), (2, 3), np.arange(3), np.array([[4], [100]])),
    "bernoulli": lambda r, np: r.bernoulli(r.key(4), shape=(8,)),
    "bernoulli p": lambda r, np: r.bernoulli(r.key(4), np.array([0.1, 0.9, 0.5], np.float32)),
    "bernoulli high": lambda r, np: r.bernoulli(r.key(4), 0.3, (6,), "high"),
    "rademacher": lambda r, np: r.rademacher(r.key(4), (6,)),
    "rademacher float": lambda r, np: r.rademacher(r.key(4), (3,), np.float32),
    "permutation": lambda r, np: r.permutation(r.key(5), 10),
    "permutation of rows": lambda r, np: r.permutation(r.key(5), np.arange(12, dtype=np.int32).reshape(6, 2)),
    "permutation of columns": lambda r, np: r.permutation(r.key(5), np.arange(12, dtype=np.int32).reshape(2, 6), 1),
    "permutation independent": lambda r, np: r.permutation(
        r.key(5), np.arange(12, dtype=np.int32).reshape(2, 6), 1, independent=True
    ),
    "choice": lambda r, np: r.choice(r.key(6), 20, (5,)),
    "choice of elements": lambda r, np: r.choice(r.key(6), np.arange(10, 16, dtype=np.int32), (2, 2)),
    "choice once": lambda r, np: r.choice(r.key(6), 8, (5,), replace=False),
    "choice p": lambda r, np: r.choice(r.key(6), 4, (7,), p=np.array([0.1, 0.2, 0.3, 0.4], np.float32)),
    "choice p once": lambda r, np: r.choice(
        r.key(6), 4, (3,), replace=False, p=np.array([0.1, 0.2, 0.3, 0.4], np.float32)
    ),
    "choice of columns": lambda r, np: r.choice(r.key(6), np.arange(8, dtype=np.int32).reshape(2, 4), (3,), axis=1),
    "categorical": lambda r, np: r.categorical(r.key(7), np.log(np.array([[1, 2, 3], [5, 1, 1]], np.float32))),
    "categorical shape": lambda r, np: r.categorical(r.key(7), np.log(np.array([1, 2, 3], np.float32)), shape=(2, 4)),
    "categorical axis": lambda r, np: r.categorical(
        r.key(7), np.log(np.array([[1, 2], [5, 1], [1, 1]], np.float32)), axis=0, shape=(3, 2)
    ),
    "categorical once": lambda r, np: r.categorical(
        r.key(7), np.log(np.array([1, 2, 3, 4], np.float32)), shape=(3,), replace=False
    ),
    "poisson": lambda r, np: r.poisson(r.key(8), np.array([0.0, 0.5, 3.0, 9.0, 20.0, 1000.0], np.float32)),
    "geometric": lambda r, np: r.geometric(r.key(8), 0.2, (6,)),
    "binomial of few": lambda r, np: r.binomial(r.key(9), 10, 0.3, (20,)),
    "binomial of many": lambda r, np: r.binomial(r.key(9), 1000, np.array([[0.3], [0.9]], np.float32), (2, 10)),
    "binomial of each": lambda r, np: r.binomial(
        r.key(9), np.array([5, 50, 1e5, 7.5, np.inf], np.float32), np.array([0.2, 0.7, 0.9, 0.99, 0.5], np.float32)
    ),
    "multinomial": lambda r, np: r.multinomial(
        r.key(9), np.array([10, 1000], np.float32), np.array([[0.2, 0.3, 0.5], [0, 0, 1]], np.float32)
    ),
    "multinomial shape": lambda r, np: r.multinomial(
        r.key(9), 100, np.array([0.2, 0.3, 0.1, 0.4], np.float32), shape=(3, 4)
    ),
}
CLOSE = {
    "normal": lambda r, np: r.normal(r.key(10), (6,)),
    "normal f16": lambda r, np: r.normal(r.key(10), (5,), np.float16),
    "normal complex": lambda r, np: r.normal(r.key(10), (3,), np.complex64),
    "lognormal": lambda r, np: r.lognormal(r.key(10), 0.5, (4,)),
    "truncated_normal": lambda r, np: r.truncated_normal(r.key(11), -1.0, 2.0, (6,)),
    "truncated_normal of arrays": lambda r, np: r.truncated_normal(
        r.key(11), np.array([-2.0, 0.0], np.float32), np.array([[1.0], [3.0]], np.float32)
    ),
    "exponential": lambda r, np: r.exponential(r.key(12), (5,)),
    "gumbel": lambda r, np: r.gumbel(r.key(12), (5,)),
    "gumbel high": lambda r, np: r.gumbel(r.key(12), (5,), mode="high"),
    "laplace": lambda r, np: r.laplace(r.key(12), (5,)),
    "logistic": lambda r, np: r.logistic(r.key(12), (5,)),
    "cauchy": lambda r, np: r.cauchy(r.key(12), (5,)),
    "pareto": lambda r, np: r.pareto(r.key(12), 2.0, (5,)),
    "rayleigh": lambda r, np: r.rayleigh(r.key(12), 1.5, (5,)),
    "weibull_min": lambda r, np: r.weibull_min(r.key(12), 2.0, 1.5, (5,)),
    "triangular": lambda r, np: r.triangular(r.key(12), -1.0, 0.5, 2.0, (5,)),
    "wald": lambda r, np: r.wald(r.key(12), 2.0, (4,)),
    "maxwell": lambda r, np: r.maxwell(r.key(12), (4,)),
    "double_sided_maxwell": lambda r, np: r.double_sided_maxwell(r.key(12), 1.0, 2.0, (4,)),
    "gamma": lambda r, np: r.gamma(r.key(13), np.array([0.1, 0.5, 1.0, 2.5, 30.0], np.float32)),
    "loggamma": lambda r, np: r.loggamma(r.key(13), np.array([0.01, 0.5, 2.0], np.float32)),
    "beta": lambda r, np: r.beta(r.key(13), 2.0, 0.5, (4,)),
    "dirichlet": lambda r, np: r.dirichlet(r.key(13), np.array([0.5, 1.0, 2.0], np.float32), (2,)),
    "t": lambda r, np: r.t(r.key(13), 3.0, (3,)),
    "chisquare": lambda r, np: r.chisquare(r.key(13), 3.0, (3,)),
    "f": lambda r, np: r.f(r.key(13), 3.0, 5.0, (3,)),
    "generalized_normal": lambda r, np: r.generalized_normal(r.key(13), 1.5, (3,)),
    "multivariate_normal": lambda r, np: r.multivariate_normal(
        r.key(14), np.array([1, 2], np.float32), np.array([[2, 1], [1, 3]], np.float32), (3,)
    ),
    "orthogonal": lambda r, np: r.orthogonal(r.key(14), 3),
    "orthogonal rows": lambda r, np: r.orthogonal(r.key(14), 2, (2,), None, 3),
    "ball": lambda r, np: r.ball(r.key(13), 3, 2, (2,)),
}
WIDE = {
    "key of 64 bits": lambda r, np: r.key_data(r.key(np.int64(1 << 40 | 5))),
    "bits 64": lambda r, np: r.bits(r.key(1), (3,), np.uint64),
    "uniform f64": lambda r, np: r.uniform(r.key(2), (3,), np.float64),
    "uniform f64 bounds": lambda r, np: r.uniform(r.key(2), (3,), np.float64, 1.0, 7.0),
    "randint i64": lambda r, np: r.randint(r.key(3), (4,), np.int64(-5), np.int64(1 << 40), np.int64),
    "bernoulli f64": lambda r, np: r.bernoulli(r.key(4), np.float64(0.25), (6,)),
    "normal f64": lambda r, np: r.normal(r.key(10), (4,), np.float64),
    "gamma f64": lambda r, np: r.gamma(r.key(13), np.array([0.3, 4.0]), dtype=np.float64),
}
"""Of JAX with its 64-bit switch."""
