"""Conversions between the tensor mathematics of irc and that of others. A pass here may use the functions of `irc.lax`."""
