"""A static site generator for news archives: a site is a function of its archive."""

__version__ = "0.1.0"
