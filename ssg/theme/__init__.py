"""A theme: templates, static files, translations and properties, in a chain of folders where the nearer one wins.

A site's own `themes/NAME/` stands before the theme of that name that comes with the program or in an installed package, and
either before what it extends. A template of a given theme, as it came, is reached as `NAME:article.html`, so that an overriding
one can extend it.
"""

from ssg.theme.files import place_of, shipped
from ssg.theme.overrides import Override, choose, overrides
from ssg.theme.shelf import AtHand, at_hand
from ssg.theme.theme import Theme, load

__all__ = ["AtHand", "Override", "Theme", "at_hand", "choose", "load", "overrides", "place_of", "shipped"]
