"""What the `ad` dialect itself says of derivatives."""

from __future__ import annotations

from irc.autodiff.rule import no_derivative
from irc.dialects import ad as ops

no_derivative(ops.StopGradient, "it says that its operand counts as constant")
