"""Conversions from one level to the next, named <from>_to_<to>."""
