"""The same guideline as other files: what a text original says, written by tools that are not the program's own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from xml.sax.saxutils import escape

import docx
from markdown_it import MarkdownIt
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Paragraph as Flowable
from reportlab.platypus import SimpleDocTemplate

from ingest.clauses import ClauseTree, clause_tree
from ingest.lines import content_lines
from ingest.paragraphs import Paragraph, paragraphs
from ingest.readers import SourceText, read_source
from ingest.reading import structure

FONT = "STSong-Light"


def tree_of(source: SourceText) -> ClauseTree:
    return structure("x", source).tree


def read_tree(path: Path) -> ClauseTree:
    return tree_of(read_source(path))


def original(path: Path) -> tuple[Paragraph, ...]:
    return paragraphs(content_lines(read_source(path))[0])


def written(paragraph: Paragraph) -> str:
    """A paragraph with the list mark that the clean text leaves out."""
    dropped = paragraph.marker.text if paragraph.marker and paragraph.marker.drop else ""
    return dropped + paragraph.text


def as_docx(found: Sequence[Paragraph], path: Path) -> None:
    document = docx.Document()
    for paragraph, depth in _with_depth(found):
        if paragraph.kind == "heading":
            document.add_heading(paragraph.text, min(depth, 9))
        elif paragraph.marker and paragraph.marker.drop:
            document.add_paragraph(paragraph.text, style="List Bullet")
        else:
            document.add_paragraph(paragraph.text)
    document.save(str(path))


def as_markdown(found: Sequence[Paragraph], path: Path) -> None:
    path.write_text(_markdown(found), encoding="utf-8")


def as_html(found: Sequence[Paragraph], path: Path) -> None:
    """The Markdown as its own tool renders it, in a page with what pages have around their text."""
    body = MarkdownIt("commonmark").render(_markdown(found))
    head = '<!DOCTYPE html><html><head><meta charset="utf-8"><title>Guideline</title><script>var a = "一、";</script></head>'
    path.write_text(
        f"{head}<body><nav><a href='/'>首页</a></nav><div class='x'>{body}</div><footer>版权所有</footer></body></html>",
        encoding="utf-8",
    )


def as_pdf(found: Sequence[Paragraph], path: Path) -> None:
    """Pages with a running head and a page number, first lines indented as Chinese documents do."""
    pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    body = ParagraphStyle("body", fontName=FONT, fontSize=12, leading=20, wordWrap="CJK", firstLineIndent=24)
    title = ParagraphStyle("title", parent=body, firstLineIndent=0, spaceBefore=6)
    story = [Flowable(escape(written(p)), title if p.kind == "heading" else body) for p in found]
    SimpleDocTemplate(str(path), pagesize=A4, title="Guideline").build(
        story, onFirstPage=_furniture, onLaterPages=_furniture
    )


def _furniture(canvas: Canvas, document: SimpleDocTemplate) -> None:
    canvas.setFont(FONT, 9)
    canvas.drawString(72, A4[1] - 40, "技术指导原则")
    canvas.drawCentredString(A4[0] / 2, 30, f"{document.page}")


def _markdown(found: Sequence[Paragraph]) -> str:
    out = []
    for paragraph, depth in _with_depth(found):
        text = written(paragraph).replace("*", "\\*").replace("_", "\\_").replace("<", "\\<").replace("[", "\\[")
        out.append("#" * min(depth, 6) + " " + text if paragraph.kind == "heading" else text)
    return "\n\n".join(out) + "\n"


def _with_depth(found: Sequence[Paragraph]) -> Iterator[tuple[Paragraph, int]]:
    """Every paragraph with the depth of the clause that it stands in."""
    tree = clause_tree("x", found)
    depth = {clause.id: clause.depth for clause in tree.clauses}
    for paragraph, part in zip(found, tree.parts, strict=True):
        yield paragraph, depth[part.clause_id]
