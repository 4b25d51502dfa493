"""Adding a guideline by upload, taking one out, putting it back: each is looked at first, and runs as one job."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial
from typing import get_args

import streamlit as st
from markupsafe import Markup

from ingest.desk import Desk, Job, Preview
from ingest.shelve import Refused
from kg.errors import CorpusError
from kg.model import Language, Metadata, Status
from views.markup import html, join, put
from views.records import Page

_PREVIEW, _SEEN, _ROUND = "upload-preview", "jobs-seen", "upload-round"
_DATE = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")
_FORMATS = ["txt", "md", "html", "htm", "docx", "pdf"]


def running(desk: Desk, page: Page) -> None:
    """The job that runs, live; the one that has ended, until it is dismissed."""
    job = desk.job
    if job is None or id(job) in st.session_state.get(_SEEN, ()):
        return
    if not job.finished:
        _bar(desk, page)
        return
    put(ended(job, page))
    st.button(page.texts.dismiss, key="job-dismiss", type="tertiary", on_click=_dismiss, args=(job,))


@st.fragment(run_every="1s")
def _bar(desk: Desk, page: Page) -> None:
    """The progress bar; when the job is done, the page is drawn over the new snapshot."""
    job = desk.job
    if job is None or job.finished:
        st.rerun()
        return
    words = page.texts.job_running[job.kind].format(job.slug)
    st.progress(min(job.share, 1.0), text=f"{words} · {page.texts.stages.get(job.stage, job.stage)}")


def _dismiss(job: Job) -> None:
    st.session_state[_SEEN] = (*st.session_state.get(_SEEN, ()), id(job))


def ended(job: Job, page: Page) -> Markup:
    """How a job ended."""
    if job.error:
        return html('<div class="notice" role="alert"><b>{}</b><p>{}</p></div>', page.texts.job_failed, job.error)
    words = page.texts.job_done[job.kind].format(page.title(job.slug))
    link = html('<a class="go" href="{}">{}</a>', page.address("read", doc=job.slug), page.texts.read_it)
    return html(
        '<div class="notice good" role="status"><b>{}</b><p>{}</p></div>', words, "" if job.kind == "remove" else link
    )


def add(page: Page, desk: Desk) -> None:
    """Upload, look, confirm."""
    texts = page.texts
    if desk.job and not desk.job.finished:
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
        put(html('<div class="notice" role="alert"><b>{}</b><p>{}</p></div>', texts.refused, found.reason))
        return
    left, right = st.columns([1, 1], gap="large")
    with left:
        put(understood(found, page))
    with right:
        confirm(found, page, desk)


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
    warnings = join(html("<li>{}</li>", texts.warnings[w.code].format(*w.values)) for w in read.warnings)
    rows = (
        html('<li class="d{}"><span class="marker">{}</span> {}</li>', min(d, 5), label, title)
        for d, label, title in found.outline[:200]
    )
    return html(
        '<section class="block preview"><h3>{}</h3><dl>{}</dl>{}<h4>{}</h4><ol>{}</ol></section>',
        texts.understood, shown, html('<div class="notice"><b>{}</b><ul>{}</ul></div>', texts.look_at, warnings) if warnings else "",
        texts.outline, join(rows),
    )  # fmt: skip


def confirm(found: Preview, page: Page, desk: Desk) -> None:
    """The proposed metadata, to be confirmed or corrected."""
    texts, proposed = page.texts, found.understood.metadata
    statuses: list[Status | None] = [None, *get_args(Status)]
    with st.form("confirm", border=True):
        put(html("<h3>{}</h3>", texts.confirm_metadata))
        fields = {
            name: st.text_input(
                texts.fields[name], getattr(proposed, name) or "", key=f"meta-{name}-{found.understood.slug}"
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
        _shelve(found, {k: v.strip() for k, v in fields.items()}, language, status, page, desk)


def _shelve(
    found: Preview, fields: dict[str, str], language: Language, status: Status | None, page: Page, desk: Desk
) -> None:
    if not (fields["title_zh"] and fields["title_en"] and fields["issuer"]):
        st.error(page.texts.field_missing)
        return
    if fields["issued"] and not _DATE.fullmatch(fields["issued"]):
        st.error(page.texts.wrong_date)
        return
    metadata = Metadata(
        fields["title_zh"],
        fields["title_en"],
        fields["issuer"],
        language,
        status,
        fields["issued"] or None,
        fields["number"] or None,
    )
    _started(partial(desk.shelve, found, metadata))
    st.rerun()


def remove(page: Page, desk: Desk) -> None:
    """Choose, confirm, and what was taken out before, to be put back."""
    texts = page.texts
    with st.expander(texts.remove_title):
        slugs = [shelf.slug for shelf in page.assistant.shelves]
        slug = st.selectbox(
            texts.guideline, slugs, index=None, key="remove-pick", format_func=page.title, placeholder=texts.remove_pick
        )
        if slug:
            put(html('<p class="warn">{}</p>', texts.remove_warning.format(page.title(slug))))
            st.button(
                texts.remove_confirm,
                key="remove-confirm",
                type="primary",
                on_click=_started,
                args=(partial(desk.take_out, slug),),
            )
    for path in desk.removed:
        with st.container(horizontal=True, key=f"removed-{path.name}", vertical_alignment="center"):
            put(html('<p class="hint">{} <b>{}</b></p>', texts.removed, path.name), "content")
            st.button(
                texts.undo,
                key=f"undo-{path.name}",
                icon=":material/undo:",
                on_click=_started,
                args=(partial(desk.put_back, path.name),),
            )


def _started(start: Callable[[], Job]) -> None:
    """Start a job; that another one runs is said. What was uploaded or picked is forgotten."""
    try:
        start()
    except CorpusError as error:
        st.toast(str(error))
        return
    st.session_state[_ROUND] = st.session_state.get(_ROUND, 0) + 1  # a fresh uploader
    for key in (_PREVIEW, "remove-pick"):
        st.session_state.pop(key, None)
