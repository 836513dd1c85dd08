"""Writes docs/reference from the declarations of ops, passes, rules and derivatives: `python -m docs.generate`.

Nothing is said here a second time: each sentence of a page is a docstring, a constraint, a help text or a formula of `irc`.
"""
