"""Runs the FileCheck tests under test/lit inside pytest, with irc's tools called in this process.

The tests are plain lit tests: `lit test/lit` runs the same files with real commands. This runner supports the part of
lit that irc's tests use and refuses the rest: shell syntax, a substitution or a keyword that it does not know is an
error of the test, never a pass.
"""
