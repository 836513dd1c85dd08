"""Programs as people write them for JAX, with nothing changed but the imports; the numbers are JAX's."""

import numpy as np

import irc as jax
import irc.numpy as jnp
import irc.scipy as jsp
from irc import lax, nn, random


def close(found, expected):
    np.testing.assert_allclose(found, expected, rtol=2e-5, atol=1e-6)


def test_distance_of_words_by_a_scan_in_a_scan():
    a, b = jnp.array(list(b"kitten")), jnp.array(list(b"sitting"))

    def row(previous, letter):
        def cell(left, x):
            up, diagonal, other = x
            found = jnp.minimum(jnp.minimum(left + 1, up + 1), diagonal + (letter != other))
            return found, found

        first = previous[0] + 1
        _, rest = lax.scan(cell, first, (previous[1:], previous[:-1], b))
        return jnp.concatenate([first[None], rest]), None

    assert lax.scan(row, jnp.arange(len(b) + 1), a)[0].tolist() == [6, 6, 5, 4, 3, 3, 2, 3]


def test_kalman_filter():
    F, H = jnp.array([[1.0, 1.0], [0, 1]]), jnp.array([[1.0, 0]])
    Q, R = 0.01 * jnp.eye(2), jnp.array([[0.5]])
    z = jnp.cumsum(random.normal(random.key(2), (20,))) + jnp.arange(20)

    def step(carry, z):
        x, P = carry
        x, P = F @ x, F @ P @ F.T + Q
        y, S = z - H @ x, H @ P @ H.T + R
        K = jnp.linalg.solve(S, H @ P).T
        x, P = x + K @ y, (jnp.eye(2) - K @ H) @ P
        ll = -0.5 * (y @ jnp.linalg.solve(S, y) + jnp.linalg.slogdet(S)[1] + jnp.log(2 * jnp.pi))
        return (x, P), (x, ll)

    (x, _), (_, ll) = lax.scan(step, (jnp.zeros(2), jnp.eye(2)), z)
    close(x, [22.8467083, 0.8705795])
    close(ll.sum(), -31.0493145)


def test_beam_search():
    V, B, T = 7, 3, 5
    logits = nn.log_softmax(random.normal(random.key(8), (V, V)), -1)

    def step(carry, t):
        sequences, scores = carry
        total = (scores[:, None] + logits[sequences[jnp.arange(B), t]]).reshape(-1)
        scores, i = lax.top_k(total, B)
        beam, word = jnp.divmod(i, V)
        return (sequences[beam].at[:, t + 1].set(word), scores), None

    start = jnp.zeros((B, T + 1), int), jnp.array([0.0, -jnp.inf, -jnp.inf])
    (sequences, scores), _ = jax.jit(lambda c: lax.scan(step, c, jnp.arange(T)))(start)
    assert sequences.tolist() == [[0, 2, 1, 0, 2, 1], [0, 2, 1, 0, 2, 5], [0, 2, 1, 0, 2, 4]]
    close(scores, [-3.6920996, -3.9494743, -3.950382])


def test_page_rank():
    source, target, n = jnp.array([0, 0, 1, 2, 2, 3, 4, 4]), jnp.array([1, 2, 2, 0, 3, 4, 0, 1]), 5
    degree = jnp.zeros(n).at[source].add(1.0)

    def spread(rank):
        return 0.15 / n + 0.85 * jnp.zeros(n).at[target].add(rank[source] / degree[source])

    def going(state):
        return jnp.abs(state[0] - state[1]).sum() > 1e-6

    start = jnp.ones(n) / n
    close(
        lax.while_loop(going, lambda s: (spread(s[0]), s[0]), (spread(start), start))[0],
        [0.2177901, 0.1897247, 0.2838266, 0.1506263, 0.1580325],
    )


def test_mixture_of_normal_distributions():
    k1, k2, _ = random.split(random.PRNGKey(1), 3)
    X = jnp.concatenate([random.normal(k1, (40, 2)), random.normal(k2, (40, 2)) * 0.5 + jnp.array([3.0, 3.0])])

    def step(carry, _):
        mu, S, share = carry
        logs = jax.vmap(lambda m, s: jsp.stats.multivariate_normal.logpdf(X, m, s), out_axes=1)(mu, S) + jnp.log(share)
        total = jsp.special.logsumexp(logs, axis=1, keepdims=True)
        weights = jnp.exp(logs - total)
        n = weights.sum(0)
        mu = weights.T @ X / n[:, None]
        d = X[:, None] - mu
        S = jnp.einsum("nk,nki,nkj->kij", weights, d, d) / n[:, None, None] + 1e-3 * jnp.eye(2)
        return (mu, S, n / n.sum()), total.sum()

    start = jnp.array([[0.0, 1.0], [2.0, 2.0]]), jnp.tile(jnp.eye(2), (2, 1, 1)), jnp.array([0.5, 0.5])
    (mu, _, share), likelihoods = jax.jit(lambda c: lax.scan(step, c, None, length=15))(start)
    close(mu, [[0.098166, 0.0348819], [2.8886821, 3.074779]])
    close(share, [0.5008785, 0.4991214])
    close(likelihoods.sum(), -3500.0476)
