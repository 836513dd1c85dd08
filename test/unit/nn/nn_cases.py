"""Calls of functions of `nn` whose results were taken from JAX 0.10.2: of the module, NumPy, and a key."""

from __future__ import annotations

from typing import Any

import numpy as np

X = np.array([-30, -5, -1.5, -1, -0.3, 0, 0.4, 1, 2, 6, 40], np.float32)
POSITIVE = np.array([1e-4, 0.3, 0.7, 5, 30], np.float32)
M = (np.sin(np.arange(24)) * 3).astype(np.float32).reshape(2, 3, 4)
MASK = np.arange(24).reshape(2, 3, 4) % 5 != 0

ELEMENTWISE = ("relu", "relu6", "sigmoid", "log_sigmoid", "softplus", "soft_sign", "silu", "swish", "mish", "leaky_relu",
               "hard_tanh", "hard_sigmoid", "hard_silu", "hard_swish", "elu", "celu", "selu", "gelu", "squareplus",
               "sparse_plus", "sparse_sigmoid", "identity", "tanh")  # fmt: skip
CASES: dict[str, Any] = {name: (lambda nn, name=name: getattr(nn, name)(X)) for name in ELEMENTWISE}
CASES |= {f"{name} f16": (lambda nn, name=name: getattr(nn, name)(X.astype(np.float16))) for name in ("gelu", "silu")}


def q(batch, count, heads, features, seed=0):
    x = np.sin(np.arange(batch * count * heads * features) * (1.7 + seed) + seed)
    return x.astype(np.float32).reshape(batch, count, heads, features)


def attend(nn, heads=2, groups=2, **how):
    return nn.dot_product_attention(q(2, 3, heads, 4), q(2, 5, groups, 4, 1), q(2, 5, groups, 4, 2), **how)


CASES |= {
    "leaky_relu slope": lambda nn: nn.leaky_relu(X, 0.2),
    "elu alpha": lambda nn: nn.elu(X, 0.5),
    "celu alpha": lambda nn: nn.celu(X, 2.0),
    "gelu exact": lambda nn: nn.gelu(X, approximate=False),
    "squareplus b": lambda nn: nn.squareplus(X, 1.5),
    "log1mexp": lambda nn: nn.log1mexp(POSITIVE),
    "glu": lambda nn: nn.glu(M),
    "glu axis": lambda nn: nn.glu(M, 0),
    "softmax": lambda nn: nn.softmax(M),
    "softmax axes": lambda nn: nn.softmax(M, axis=(0, 2)),
    "softmax where": lambda nn: nn.softmax(M, where=MASK),
    "log_softmax": lambda nn: nn.log_softmax(M, axis=1),
    "log_softmax where": lambda nn: nn.log_softmax(M, where=MASK),
    "logsumexp": lambda nn: nn.logsumexp(M, axis=1),
    "logsumexp all": lambda nn: nn.logsumexp(M),
    "logsumexp b": lambda nn: nn.logsumexp(M, axis=-1, b=np.abs(M), keepdims=True),
    "logsumexp where": lambda nn: nn.logsumexp(M, axis=0, where=MASK),
    "logmeanexp": lambda nn: nn.logmeanexp(M, axis=1),
    "logmeanexp where": lambda nn: nn.logmeanexp(M, axis=-1, where=MASK, keepdims=True),
    "standardize": lambda nn: nn.standardize(M),
    "standardize axes": lambda nn: nn.standardize(M, axis=(0, 1), epsilon=1e-3),
    "one_hot": lambda nn: nn.one_hot(np.array([0, 2, 5, -1], np.int32), 3),
    "one_hot axis": lambda nn: nn.one_hot(np.array([[0, 2], [1, 1]], np.int32), 3, axis=1, dtype=np.float32),
    "attention": lambda nn: attend(nn),
    "attention causal": lambda nn: attend(nn, is_causal=True),
    "attention of groups": lambda nn: attend(nn, heads=4, groups=2, scale=0.3),
    "attention bias": lambda nn: attend(nn, bias=q(1, 2, 3, 5)),
    "attention mask": lambda nn: attend(nn, mask=(q(2, 1, 3, 5) > -0.5)),
    "attention lengths": lambda nn: attend(
        nn, query_seq_lengths=np.array([2, 3], np.int32), key_value_seq_lengths=np.array([5, 2], np.int32)
    ),
    "attention window": lambda nn: attend(nn, local_window_size=(1, 0)),
    "attention without a batch": lambda nn: nn.dot_product_attention(
        q(1, 3, 2, 4)[0], q(1, 5, 2, 4)[0], q(1, 5, 2, 4)[0]
    ),
    "attention residual": lambda nn: attend(nn, return_residual=True),
}
INITIALIZERS: dict[str, Any] = {
    "zeros": lambda i, k: i.zeros(k, (2,)),
    "ones": lambda i, k: i.ones(k, (2,), np.float16),
    "constant": lambda i, k: i.constant(3.5)(k, (2,)),
    "uniform": lambda i, k: i.uniform(0.5)(k, (2, 3)),
    "normal": lambda i, k: i.normal()(k, (2, 3)),
    "truncated_normal": lambda i, k: i.truncated_normal(0.1)(k, (4,)),
    "glorot_uniform": lambda i, k: i.glorot_uniform()(k, (3, 4)),
    "glorot_normal": lambda i, k: i.xavier_normal()(k, (3, 4)),
    "he_normal": lambda i, k: i.he_normal()(k, (3, 3, 2, 2)),
    "he_uniform": lambda i, k: i.kaiming_uniform(in_axis=1, out_axis=0)(k, (2, 3)),
    "lecun_normal": lambda i, k: i.lecun_normal(batch_axis=0)(k, (2, 3, 2)),
    "lecun_uniform": lambda i, k: i.lecun_uniform()(k, (3, 2), np.float16),
    "variance_scaling": lambda i, k: i.variance_scaling(2.0, "fan_geo_avg", "normal")(k, (3, 2)),
    "orthogonal": lambda i, k: i.orthogonal(2.0)(k, (2, 2, 3)),
    "orthogonal columns": lambda i, k: i.orthogonal(column_axis=0)(k, (2, 4)),
    "delta_orthogonal": lambda i, k: i.delta_orthogonal()(k, (3, 2, 2)),
}
