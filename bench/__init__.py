"""Benchmarks: every figure as a ratio to a floor that is measured on the same server in the same run."""
