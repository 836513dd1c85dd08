"""Distributions and statistics, by the names of `jax.scipy.stats`."""

from __future__ import annotations

from irc.scipy.stats import bernoulli as bernoulli
from irc.scipy.stats import beta as beta
from irc.scipy.stats import betabinom as betabinom
from irc.scipy.stats import binom as binom
from irc.scipy.stats import cauchy as cauchy
from irc.scipy.stats import chi2 as chi2
from irc.scipy.stats import dirichlet as dirichlet
from irc.scipy.stats import expon as expon
from irc.scipy.stats import gamma as gamma
from irc.scipy.stats import gennorm as gennorm
from irc.scipy.stats import geom as geom
from irc.scipy.stats import gumbel_l as gumbel_l
from irc.scipy.stats import gumbel_r as gumbel_r
from irc.scipy.stats import laplace as laplace
from irc.scipy.stats import logistic as logistic
from irc.scipy.stats import multinomial as multinomial
from irc.scipy.stats import multivariate_normal as multivariate_normal
from irc.scipy.stats import nbinom as nbinom
from irc.scipy.stats import norm as norm
from irc.scipy.stats import pareto as pareto
from irc.scipy.stats import poisson as poisson
from irc.scipy.stats import t as t
from irc.scipy.stats import truncnorm as truncnorm
from irc.scipy.stats import uniform as uniform
from irc.scipy.stats import vonmises as vonmises
from irc.scipy.stats.kde import gaussian_kde as gaussian_kde
from irc.scipy.stats.samples import mode as mode
from irc.scipy.stats.samples import rankdata as rankdata
from irc.scipy.stats.samples import sem as sem
from irc.tracing.composite import composites

_DISTRIBUTIONS = (
    bernoulli, beta, betabinom, binom, cauchy, chi2, dirichlet, expon, gamma, gennorm, geom, gumbel_l,
    gumbel_r, laplace, logistic, multinomial, multivariate_normal, nbinom, norm, pareto, poisson, t,
    truncnorm, uniform, vonmises,
)  # fmt: skip

for _module in _DISTRIBUTIONS:
    composites(vars(_module), _module.__all__)
composites(globals(), ("mode", "rankdata", "sem"))
