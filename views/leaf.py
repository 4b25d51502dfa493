"""The text of a guideline as HTML: sections with their anchors, paragraphs with strength in the margin, tinted words."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from markupsafe import Markup

from kg.catalogue import concept_key
from kg.edition import Edition, Line, Link, Mark, Section
from kg.model import Language
from views.markup import html, join
from views.records import Page
from views.texts import Texts

_LEVELS = 5


class Leaf:
    """Draws one guideline. Concepts are numbered in order of appearance, for the explanations that the page keeps."""

    def __init__(self, edition: Edition, page: Page) -> None:
        self.edition, self.page = edition, page
        self._numbers = {iri: n for n, iri in enumerate(edition.concepts)}
        self._original = edition.metadata.language

    def body(self) -> Markup:
        """The whole text."""
        return join(self.section(s) for s in self.edition.sections)

    def section(self, section: Section) -> Markup:
        """One clause: its heading, then its paragraphs or its table."""
        name = fragment(section.clause_id)
        first = "" if section.heading or section.continued else section.marker
        paragraphs = (self.paragraph(p, first if n == 0 else "") for n, p in enumerate(section.paragraphs))
        body = table(section.cells, self._original) if section.cells else join(paragraphs)
        return html(
            '<section class="sec k-{} d{}"{} data-clause="{}">{}{}</section>',
            "heading" if section.continued else section.kind, min(section.depth, _LEVELS),
            "" if section.continued else html(' id="{}"', name), section.clause_id.partition("#")[2],
            self.heading(section, section.heading) if section.heading else "", body,
        )  # fmt: skip

    def heading(self, section: Section, line: Line) -> Markup:
        """A heading with its English reading and, on the way over it, a link to copy."""
        english = html('<span class="en" lang="en">{}</span>', line.english) if line.english else ""
        return html(
            '<h3 lang="{}"><span class="marker">{}</span><span class="orig">{}</span>{}{}</h3>',
            self._original,
            section.marker,
            self.line(line),
            self.anchor(section),
            english,
        )

    def anchor(self, section: Section) -> Markup:
        """The mark that copies a link to the clause."""
        words = f"{self.page.texts.clause_link} {section.label}"
        href = self.page.clause_address(section.clause_id)
        return html('<button type="button" class="anchor" data-copy="{}" aria-label="{}">§</button>', href, words)

    def paragraph(self, lines: tuple[Line, ...], marker: str) -> Markup:
        """A paragraph with the strengths of its sentences in the margin, and its English reading beside it."""
        english = " ".join(line.english for line in lines if line.english)
        return html(
            '<div class="p"><div class="margin">{}</div><p class="orig" lang="{}">{}{}</p>{}</div>',
            self.margin(lines),
            self._original,
            html('<span class="marker" lang="{}">{}</span>', self._original, marker) if marker else "",
            join(self.line(line) for line in lines),
            html('<p class="en" lang="en">{}</p>', english) if english else "",
        )

    def margin(self, lines: Iterable[Line]) -> Markup:
        """The strengths that a paragraph's sentences have, each once; plain statements have no mark."""
        strengths = dict.fromkeys(line.strength for line in lines if line.strength != "statement")
        return join(html('<span class="st {}">{}</span>', s, self.page.texts.margins[s]) for s in strengths)

    def line(self, line: Line) -> Markup:
        """A sentence with its concepts and references, everything escaped."""
        out, at = Markup(""), 0
        parts: list[Mark | Link] = [*line.marks, *line.links]
        for part in sorted(parts, key=lambda x: x.span.start):
            out += line.text[at : part.span.start]
            words = part.span.of(line.text)
            out += self.mark(part, words) if isinstance(part, Mark) else self.link(part, words)
            at = part.span.end
        return html('<span class="s {}">{}</span>', line.strength, out + line.text[at:])

    def mark(self, mark: Mark, words: str) -> Markup:
        """A concept's name; `data-t` leads to what explains it."""
        return html('<span class="m kind-{}" data-t="{}">{}</span>', mark.kind, self._numbers[mark.concept], words)

    def link(self, link: Link, words: str) -> Markup:
        """A reference: a link to what the library holds, else its name with a mark that it does not."""
        if link.target is None:
            title = f"{self.page.texts.not_held}: {link.title}"
            return html('<span class="ref none" title="{}">{}</span>', title, words)
        href = self.page.clause_address(link.target_clause or "") if link.target_clause else ""
        return html('<a class="go ref" href="{}">{}</a>', href or self.page.address("read", doc=link.target), words)

    def outline(self) -> Markup:
        """The clauses with a title, and those whose number begins a paragraph of their own."""
        shown = (s for s in self.edition.sections if s.heading and s.depth <= 4)
        return html("<ol>{}</ol>", join(self.entry(s) for s in shown))

    def entry(self, section: Section) -> Markup:
        """A line of the outline."""
        english = section.heading.english if section.heading else None
        return html(
            '<li class="d{}"><a href="{}" data-to="{}"><span class="marker" lang="{}">{}</span><span class="orig" lang="{}">{}</span>{}</a></li>',
            section.depth,
            self.page.clause_address(section.clause_id),
            fragment(section.clause_id),
            self._original,
            section.marker,
            self._original,
            section.title,
            html('<span class="en" lang="en">{}</span>', english) if english else "",
        )

    def terms(self) -> list[dict[str, str]]:
        """What explains each concept: its names, its definition, its kind, its page."""
        catalogue, lang, texts = self.page.assistant.catalogue, self.page.lang, self.page.texts
        out = []
        for iri in self.edition.concepts:
            concept = catalogue[iri]
            other: Language = "en" if lang == "zh" else "zh"
            definition = next((x.text for x in concept.definitions if x.lang == lang), "")
            out.append({
                "name": concept.label(lang), "other": concept.label(other), "lang": other, "definition": definition,
                "kind": concept.kind, "word": texts.kinds.get(concept.kind, texts.other_kind),
                "href": self.page.address("concepts", c=concept_key(iri)),
            })  # fmt: skip
        return out


def table(cells: tuple[tuple[str, ...], ...], lang: Language) -> Markup:
    """A table, its first row as the head."""
    head, *rows = cells
    drawn = (html("<tr>{}</tr>", join(html("<td>{}</td>", c) for c in row)) for row in rows)
    return html(
        '<div class="table" lang="{}"><table><thead><tr>{}</tr></thead><tbody>{}</tbody></table></div>',
        lang,
        join(html("<th>{}</th>", c) for c in head),
        join(drawn),
    )


def fragment(clause_id: str) -> str:
    """The element's id of a clause."""
    return "clause-" + clause_id.partition("#")[2]


@lru_cache(maxsize=16)
def drawn(edition: Edition, page: Page, snapshot: str) -> dict[str, object]:
    """What the reader's script is given of a guideline; drawn once for all visitors of one language."""
    leaf = Leaf(edition, page)
    return {
        "key": f"{snapshot}/{edition.slug}/{page.lang}", "body": str(leaf.body()), "outline": str(leaf.outline()),
        "terms": leaf.terms(), "kinds": kinds(edition, page.texts), "translated": edition.translated,
        "lang": page.lang,
    }  # fmt: skip


def kinds(edition: Edition, texts: Texts) -> list[dict[str, object]]:
    """The kinds that occur, with their words and how often."""
    return [{"kind": k, "word": texts.kinds.get(k, texts.other_kind), "count": n} for k, n in edition.kinds.items()]
