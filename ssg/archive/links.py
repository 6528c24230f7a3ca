"""What links lead to: source files by path, articles by slug or id, and the references of other generators."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from functools import cached_property
from posixpath import normpath

import msgspec

from ssg.model import Article, Document, Target, TermNote


class Found(msgspec.Struct, frozen=True):
    """What a link leads to: an address, and the document that stands there (None: a file, or an address as written).

    `outside`: the address is a whole one, of another site.
    """

    address: str
    document: Document | None = None
    outside: bool = False


def reference(written: str) -> Target:
    """What `related` and the like name: a source path (`2022/11/g20.md`), an id or a slug."""
    return Target("ref" if written.endswith(".md") else "slug", written)


class Links:
    """Finds what a link in a document of the archive leads to.

    `documents` is everything that has a body; `address` says where a document's page stands, `attachment` where a file of
    `files` (paths relative to the site's folder) is published for a document. `elsewhere`: where on the web stands what a
    reference of another generator names and the archive lacks (the settings' `[references]`).
    """

    def __init__(
        self,
        documents: Sequence[Document],
        files: Collection[str],
        address: Callable[[Document], str],
        attachment: Callable[[Document, str], str],
        elsewhere: Mapping[str, str],
    ) -> None:
        self._documents = documents
        self._files = files
        self._address = address
        self._attachment = attachment
        self._elsewhere = elsewhere
        self._found_at: dict[str, list[Found]] = {}  # a path is looked up once for each room that follows links

    @cached_property
    def by_id(self) -> dict[str, Article]:
        """The articles by their ids."""
        return {d.id: d for d in self._documents if isinstance(d, Article)}

    @cached_property
    def _by_path(self) -> dict[str, Document]:
        return {d.path.removeprefix("content/"): d for d in self._documents}

    @cached_property
    def _by_slug(self) -> dict[str, list[Document]]:
        """Articles and standing pages: the description of a tag makes no link to an article of the same slug ambiguous."""
        found: dict[str, list[Document]] = defaultdict(list)
        for document in self._documents:
            if not isinstance(document, TermNote):
                found[document.slug].append(document)
        return found

    @cached_property
    def _by_name(self) -> dict[str, list[Document]]:
        found: dict[str, list[Document]] = defaultdict(list)
        for document in self._documents:
            found[_name(document.path)].append(document)
        return found

    def candidates(self, target: Target, source: Document) -> list[Found]:
        """Everything that a link could mean: none, the one thing, or several."""
        if target.how in ("site", "page"):
            return [Found(target.to)]
        if target.how == "path":
            return self._at_path(target.to, source)
        documents = self._by_reference(target.to, source) if target.how == "ref" else self._by_word(target.to)
        if not documents and target.how == "ref" and target.to in self._elsewhere:
            return [Found(self._elsewhere[target.to], outside=True)]
        if len(documents) > 1:
            same = [d for d in documents if d.language == source.language]
            documents = same or documents
        return [Found(self._address(d), d) for d in documents]

    def find(self, target: Target, source: Document) -> Found | None:
        """What a link leads to; None if nothing or more than one thing answers to it."""
        found = self.candidates(target, source)
        return found[0] if len(found) == 1 else None

    def document(self, target: Target, source: Document) -> Document | None:
        """The document that a link leads to; None if it leads to none, or to more than one."""
        if target.how == "path":  # most links do, and every article's are asked for in every build
            return self._document_at(target.to)
        found = self.find(target, source)
        return found.document if found else None

    def _document_at(self, path: str) -> Document | None:
        return self._by_path.get(path) or self._by_path.get(f"{path.rstrip('/')}/index.md")

    def _at_path(self, path: str, source: Document) -> list[Found]:
        found = self._found_at.get(path)
        if found is not None:
            return found
        document = self._document_at(path)
        if document:
            found = self._found_at[path] = [Found(self._address(document), document)]
            return found
        file = f"content/{path}"
        return [Found(self._attachment(source, file))] if file in self._files else []

    def _by_word(self, word: str) -> list[Document]:
        if word in self.by_id:
            return [self.by_id[word]]
        return self._by_slug.get(word, [])

    def _by_reference(self, written: str, source: Document) -> list[Document]:
        """Another generator's reference: a path from the content's root or from the file itself, a file's name, or a slug.

        The root of the other site may lie above or below ours, so of two paths one may be the tail of the other.
        """
        path = written.strip("/")
        folder = source.path.removeprefix("content/").rpartition("/")[0]
        exact = [
            p for p in (path, f"{path}.md", f"{path}/index.md") for p in (p, normpath(f"{folder}/{p}")) if p in self._by_path
        ]
        if exact:
            return [self._by_path[exact[0]]]
        stem = _stem(path)
        named = self._by_name.get(_name(path), [])
        tails = [d for d in named if _is_tail(_stem(d.path.removeprefix("content/")), stem)]
        return tails or ([] if "/" in stem else self._by_word(stem))

    def known(self, how: str) -> Iterable[str]:
        """The words by which a link of this kind could be found, to suggest the nearest."""
        return self._by_slug if how == "slug" else self._by_path


def _stem(path: str) -> str:
    return path.removesuffix("/index.md").removesuffix("/_index.md").removesuffix(".md").casefold()


def _name(path: str) -> str:
    return _stem(path).rpartition("/")[2]


def _is_tail(one: str, other: str) -> bool:
    long, short = (one, other) if len(one) >= len(other) else (other, one)
    return long == short or long.endswith("/" + short)
