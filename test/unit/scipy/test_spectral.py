"""Spectra of parts of signals: there and back, pure tones, powers."""

from __future__ import annotations

import numpy as np
import pytest

import irc
from irc.scipy import signal

RNG = np.random.default_rng(0)
X = RNG.standard_normal((2, 1000)).astype(np.float32)


@pytest.mark.parametrize("how", [{}, {"nperseg": 100, "noverlap": 75}, {"window": "hamming", "nperseg": 64}])
def test_there_and_back(how):
    _, times, spectra = signal.stft(X, fs=10.0, **how)
    back_times, back = signal.istft(spectra, fs=10.0, **how)
    np.testing.assert_allclose(back[:, :1000], X, atol=1e-5)
    assert times[0] == 0 and np.isclose(back_times[1], 0.1)


def test_axes():
    _, _, spectra = signal.stft(X, nperseg=64)
    _, _, along = signal.stft(X.T, nperseg=64, axis=0)
    assert spectra.shape == (2, 33, 33)
    np.testing.assert_allclose(np.asarray(along).transpose(1, 0, 2), spectra, atol=1e-6)
    np.testing.assert_allclose(
        signal.istft(along, nperseg=64, freq_axis=0)[1], signal.istft(spectra, nperseg=64)[1], atol=1e-6
    )


def test_a_tone_has_its_power_at_its_frequency():
    t = np.arange(4096) / 100
    frequencies, power = irc.jit(lambda x: signal.welch(x, fs=100, nperseg=256, scaling="spectrum"))(
        np.sin(2 * np.pi * 12.5 * t)
    )
    assert frequencies[np.argmax(power)] == 12.5
    np.testing.assert_allclose(power.max(), 0.5, rtol=1e-3)


def test_densities_integrate_to_the_variance():
    frequencies, density = signal.welch(X, nperseg=100, detrend="constant")
    np.testing.assert_allclose(density.sum(-1) * frequencies[1], X.var(-1), rtol=0.05)
    _, mixed = signal.csd(X[0], X[0] * 2, nperseg=100)
    np.testing.assert_allclose(mixed, 2 * density[0], rtol=1e-5)
    _, middle = signal.welch(RNG.standard_normal(100000), nperseg=64, average="median")
    np.testing.assert_allclose(middle[2:-2], 2.0, rtol=0.3)


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: signal.stft(X, window="none"), "there is no window 'none'"),
        (lambda: signal.stft(X, nperseg=64, noverlap=64), "noverlap is less than nperseg"),
        (lambda: signal.stft(X, boundary="round"), "boundary is 'even', 'odd'"),
        (lambda: signal.csd(X, X, average="most"), "average is 'mean' or 'median'"),
    ],
)
def test_errors(call, words):
    with pytest.raises(ValueError, match=words):
        call()
