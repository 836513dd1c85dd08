"""Steps along a direction that satisfy the strong Wolfe conditions.

J. Nocedal and S. J. Wright, "Numerical Optimization", algorithms 3.5 and 3.6.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from irc.lax.loops import while_loop
from irc.numpy import ufuncs
from irc.numpy.products import matmul
from irc.tracing.array import Array, as_array
from irc.tracing.elementwise import cast
from irc.tracing.gradients import value_and_grad

ENOUGH, FLAT = 1e-4, 0.9
"""The share of the first slope by which the value has to fall, and the share that the slope may keep."""
ZOOMS = 30
"""How often an interval is made smaller."""


class Point(NamedTuple):
    """A step, the value there, and the slope."""

    step: Array
    value: Array
    slope: Array


class Found(NamedTuple):
    """The result of a search: what it found, whether and why it failed (1 in an interval, 3 for lack of steps), its cost."""

    point: Point
    gradient: Array
    failed: Array
    status: Array
    evaluations: Array


class _Line(NamedTuple):
    """A function along a line, and its value and slope where the line starts."""

    probe: Callable[[Array], tuple[Point, Array]]
    start: Point

    def too_high(self, point: Point) -> Array:
        """Whether the value fell too little."""
        return point.value > self.start.value + ENOUGH * point.step * self.start.slope

    def flat(self, point: Point) -> Array:
        """Whether the slope is small enough."""
        return ufuncs.less_equal(ufuncs.abs(point.slope), -FLAT * self.start.slope)


def _chosen(condition: Array, x: Any, y: Any) -> Any:
    return type(x)(*(ufuncs.where(condition, a, b) for a, b in zip(x, y, strict=True)))


class _Interval(NamedTuple):
    """Two points between which a good one lies, of which `low` has the smaller value, and the one that was left last."""

    low: Point
    high: Point
    left: Point


class _Zoom(NamedTuple):
    interval: _Interval
    best: Point
    gradient: Array
    done: Array
    failed: Array
    turns: Array


def _cubic(low: Point, high: Point, left: Point) -> Array:
    """Where the cubic through three values with the slope of the first is smallest; NaN where it is nowhere."""
    to_high, to_left = high.step - low.step, left.step - low.step
    rise_high = high.value - low.value - low.slope * to_high
    rise_left = left.value - low.value - low.slope * to_left
    scale = (to_high * to_left) ** 2 * (to_high - to_left)
    a = (to_left**2 * rise_high - to_high**2 * rise_left) / scale
    b = (to_high**3 * rise_left - to_left**3 * rise_high) / scale
    return low.step + (ufuncs.sqrt(b * b - 3.0 * a * low.slope) - b) / (3.0 * a)


def _quadratic(low: Point, high: Point) -> Array:
    """Where the parabola through two values with the slope of the first is smallest."""
    to_high = high.step - low.step
    b = (high.value - low.value - low.slope * to_high) / to_high**2
    return low.step - low.slope / (2.0 * b)


def _inside(interval: _Interval, first: Array) -> Array:
    """The next step to try: by a cubic, else by a parabola, else the middle; none lies close to the ends."""
    low, high, left = interval
    width = ufuncs.abs(high.step - low.step)
    bottom, top = ufuncs.minimum(low.step, high.step), ufuncs.maximum(low.step, high.step)
    cubic, quadratic = _cubic(low, high, left), _quadratic(low, high)
    by_cubic = ~first & (cubic > bottom + 0.2 * width) & (cubic < top - 0.2 * width)
    by_parabola = (quadratic > bottom + 0.1 * width) & (quadratic < top - 0.1 * width)
    return ufuncs.where(by_cubic, cubic, ufuncs.where(by_parabola, quadratic, (low.step + high.step) / 2.0))


def _zoom(line: _Line, low: Point, high: Point, gradient: Array, wanted: Array) -> tuple[_Zoom, Array]:
    """The interval between two points made smaller until a good one is found, if that is `wanted` at all."""
    width = 1e-10 if low.step.dtype.itemsize == 8 else 1e-5

    def turn(state: _Zoom) -> _Zoom:
        low, high, _ = state.interval
        narrow = ufuncs.less_equal(ufuncs.abs(high.step - low.step), width)
        point, slope = line.probe(_inside(state.interval, ufuncs.equal(state.turns, 0)))
        above = line.too_high(point) | (point.value >= low.value)
        good = line.flat(point) & ~above
        crossed = (point.slope * (high.step - low.step) >= 0.0) & ~above & ~good
        below = ~above & ~good
        interval = _Interval(
            _chosen(below, point, low),
            _chosen(above, point, _chosen(crossed, low, high)),
            _chosen(above | crossed, high, _chosen(below, low, state.interval.left)),
        )
        turns = state.turns + 1
        return _Zoom(
            interval,
            _chosen(good, point, state.best),
            ufuncs.where(good, slope, state.gradient),
            good | state.done,
            state.failed | narrow | (turns >= ZOOMS),
            turns,
        )

    middle = Point(*((a + b) / 2.0 for a, b in zip(low, high, strict=True)))
    best = Point(ufuncs.filled(low.step, 1), low.value, low.slope)
    never = ufuncs.not_equal(low.step, low.step) & False
    start = _Zoom(_Interval(low, high, middle), best, gradient, never, never, as_array(0))
    found = while_loop(lambda state: wanted & ~state.done & ~state.failed, turn, start)
    # What was found while the interval became narrow is good as well.
    return found, found.failed & ~found.done


class _Search(NamedTuple):
    last: Point
    best: Point
    gradient: Array
    done: Array
    failed: Array
    number: Array
    evaluations: Array


def line_search(
    function: Callable[[Array], Array], x: Array, direction: Array, value: Array, before: Array, gradient: Array, limit: int
) -> Found:  # fmt: skip
    """A step from `x` along `direction`, where the function has `value` and `gradient`; it had the value `before` earlier.

    The step doubles until a good one is found or an interval in which one lies, `limit` times at most.
    """

    def probe(step: Array) -> tuple[Point, Array]:
        found, slopes = value_and_grad(function)(x + cast(step, x.dtype) * direction)
        along = matmul(slopes, direction)
        return Point(step, cast(found, value.dtype), cast(along, start.slope.dtype)), cast(slopes, gradient.dtype)

    slope = matmul(gradient, direction)
    start = Point(ufuncs.filled(slope, 0), value, slope)
    line = _Line(probe, start)
    guess = cast(2.02 * (value - before) / slope, slope.dtype)
    first = ufuncs.where(guess > 1, ufuncs.filled(guess, 1), guess)

    def advance(state: _Search) -> _Search:
        beginning = ufuncs.equal(state.number, 1)
        point, slopes = probe(ufuncs.where(beginning, first, state.last.step * 2.0))
        over = line.too_high(point) | ((point.value >= state.last.value) & ~beginning)
        good = line.flat(point) & ~over
        rising = ufuncs.greater_equal(point.slope, 0.0) & ~over & ~good
        inside = over | rising
        zoomed, failed = _zoom(
            line, _chosen(over, state.last, point), _chosen(over, point, state.last), gradient, inside
        )
        return _Search(
            point,
            _chosen(inside, zoomed.best, _chosen(good, point, state.best)),
            ufuncs.where(inside, zoomed.gradient, ufuncs.where(good, slopes, state.gradient)),
            inside | good | state.done,
            (inside & failed) | state.failed,
            state.number + 1,
            state.evaluations + 1 + zoomed.turns,
        )

    never = ufuncs.not_equal(slope, slope) & False
    begin = _Search(start, start, gradient, never, never, as_array(1), as_array(0))
    found = while_loop(lambda state: ~state.done & ~state.failed & (state.number <= limit), advance, begin)
    status = ufuncs.where(found.failed, 1, ufuncs.where(found.number > limit, 3, 0))
    step = found.best.step
    if step.dtype.itemsize < 8:
        # A step that is lost in the rounding of x would be taken again and again.
        step = ufuncs.where(ufuncs.abs(step) < 1e-8, ufuncs.sign(step) * 1e-8, step)
    return Found(
        Point(step, found.best.value, found.best.slope),
        found.gradient,
        found.failed | ~found.done,
        status,
        found.evaluations,
    )
