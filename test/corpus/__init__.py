"""Programs that others wrote: how many of them are read, verified and printed as their own tools do it.

The collection is where the environment variable `IRC_CORPUS` says; `make corpus` prints the shares, the tests in this folder
check them.
"""
