"""The command-line tools irc-opt and irc-run."""
