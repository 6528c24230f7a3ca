"""What an editor may do about tags: which of them may be one, and which ones articles without any could have."""

from ssg.tagging.alike import Alike, Why, alike
from ssg.tagging.tags import BodyTexts, Tag, Texts, tags_of
from ssg.tagging.untagged import Untagged, untagged

__all__ = ["Alike", "BodyTexts", "Tag", "Texts", "Untagged", "Why", "alike", "tags_of", "untagged"]
