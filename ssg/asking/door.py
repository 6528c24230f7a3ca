"""The one door through which pages and templates learn about the archive: a question, and its answer.

An answer is made of small frozen values (Cards, Terms, Photos, an `ArticleView`), never of the machinery behind them. A
question that many pages ask is answered once a build.
"""

from __future__ import annotations

from ssg.asking.data import DataQuestions
from ssg.asking.fronts import FrontQuestions
from ssg.asking.questions import noted
from ssg.asking.search import SearchQuestions
from ssg.asking.subjects import SubjectQuestions


@noted
class Ask(FrontQuestions, SubjectQuestions, DataQuestions, SearchQuestions):
    """The door, for the pages of one language. Each public method is a question."""
