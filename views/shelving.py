"""Adding a guideline by upload: it is looked at and confirmed first, and comes in as one job."""

from __future__ import annotations

import re
from functools import partial
from typing import get_args

import streamlit as st
from markupsafe import Markup

from ingest.desk import Preview
from ingest.propose import UNKNOWN
from ingest.shelve import Refused
from kg.model import Language, Metadata, Status
from views.bench import Bench
from views.markup import html, join, put
from views.records import Page
from views.said import said
from views.texts import TEXTS, Texts

_PREVIEW, _ROUND = "upload-preview", "upload-round"
_DATE = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")
_FORMATS = ["txt", "md", "html", "htm", "docx", "pdf"]


def add(bench: Bench) -> None:
    """Upload, look, confirm."""
    page, desk = bench.page, bench.desk
    texts = page.texts
    if (desk.job and not desk.job.finished) or desk.elsewhere:
        return  # one job at a time; its progress stands above
    put(html('<p class="hint">{}</p>', texts.add_hint))
    file = st.file_uploader(
        texts.add_file, type=_FORMATS, key=f"upload-{st.session_state.get(_ROUND, 0)}", label_visibility="collapsed"
    )
    if file is None:
        st.session_state.pop(_PREVIEW, None)
        return
    kept = st.session_state.get(_PREVIEW)
    if kept is None or kept[0] != file.file_id:
        with st.spinner(texts.reading_file):
            kept = st.session_state[_PREVIEW] = (file.file_id, desk.look(file.name, file.getvalue()))
    found = kept[1]
    if isinstance(found, Refused):
        words = said(found.reason, page)
        put(html('<div class="notice" role="alert"><b>{}</b><p>{}</p></div>', texts.refused, words))
        return
    left, right = st.columns([1, 1], gap="large")
    with left:
        put(understood(found, page))
    with right:
        confirm(found, bench)


def understood(found: Preview, page: Page) -> Markup:
    """What was understood of a file: figures, what to look at, the outline."""
    texts, read = page.texts, found.understood
    figures = [
        (read.clauses, texts.clause_count),
        (read.depth, texts.levels),
        (read.tables, texts.tables),
        (read.pages, texts.page_count),
    ]
    shown = join(html("<div><dd>{}</dd><dt>{}</dt></div>", n, w) for n, w in figures if n)
    warnings = join(html("<li>{}</li>", said(w, page)) for w in read.warnings)
    rows = join(
        html('<li class="d{}"><span class="marker">{}</span> {}</li>', min(d, 5), label, title)
        for d, label, title in found.outline[:200]
    )
    return html(
        '<section class="block preview"><h3>{}</h3><dl>{}</dl>{}{}</section>',
        texts.understood, shown, html('<div class="notice"><b>{}</b><ul>{}</ul></div>', texts.look_at, warnings) if warnings else "",
        html("<h4>{}</h4><ol>{}</ol>", texts.outline, rows) if rows else "",
    )  # fmt: skip


def confirm(found: Preview, bench: Bench) -> None:
    """The proposed metadata, to be confirmed or corrected."""
    page = bench.page
    texts, proposed = page.texts, found.understood.metadata
    statuses: list[Status | None] = [None, *get_args(Status)]
    with st.form("confirm", border=True):
        put(html("<h3>{}</h3>", texts.confirm_metadata))
        fields = {
            name: st.text_input(
                texts.fields[name],
                issuer_in_words(proposed, texts) if name == "issuer" else getattr(proposed, name) or "",
                key=f"meta-{name}-{found.understood.slug}-{page.lang}",
            )
            for name in ("title_zh", "title_en", "issuer", "issued", "number")
        }
        language = st.selectbox(
            texts.fields["language"],
            get_args(Language),
            get_args(Language).index(proposed.language),
            format_func=texts.languages.__getitem__,
        )
        status = st.selectbox(
            texts.fields["status"],
            statuses,
            statuses.index(proposed.status),
            format_func=lambda s: texts.statuses[s] if s else texts.unknown_status,
        )
        pressed = st.form_submit_button(texts.add_to_library, type="primary")
    if pressed:
        _shelve(found, {k: v.strip() for k, v in fields.items()}, language, status, bench)


def issuer_in_words(metadata: Metadata, texts: Texts) -> str:
    """Who issued it; where the document does not name anyone, that is said in the language of the interface."""
    return texts.unknown_issuer if metadata.issuer == UNKNOWN else metadata.issuer


def issuer_from_words(words: str) -> str:
    """What is kept: of an issuer that is not stated, in whichever language that was said, the one word for it."""
    return UNKNOWN if words in {texts.unknown_issuer for texts in TEXTS.values()} else words


def _shelve(found: Preview, fields: dict[str, str], language: Language, status: Status | None, bench: Bench) -> None:
    page = bench.page
    if not (fields["title_zh"] and fields["title_en"] and fields["issuer"]):
        st.error(page.texts.field_missing)
        return
    if fields["issued"] and not _DATE.fullmatch(fields["issued"]):
        st.error(page.texts.wrong_date)
        return
    metadata = Metadata(
        fields["title_zh"],
        fields["title_en"],
        issuer_from_words(fields["issuer"]),
        language,
        status,
        fields["issued"] or None,
        fields["number"] or None,
    )
    if bench.attempt(partial(bench.desk.shelve, found, metadata)):
        st.session_state[_ROUND] = st.session_state.get(_ROUND, 0) + 1  # a fresh uploader
        st.session_state.pop(_PREVIEW, None)
        st.rerun()
