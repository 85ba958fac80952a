"""Xinqiao 信桥: casework for letters and visits."""

__version__ = "0.1.0"
