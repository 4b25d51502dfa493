"""The rebuild on the screen: how far it is, how it ended, and what waits for one."""

from __future__ import annotations

import time

import streamlit as st
from markupsafe import Markup

from ingest.curator import differing
from ingest.desk import Job
from kg.errors import GuidegraphError
from kg.history import returned
from views.bench import Bench
from views.markup import html, join, put
from views.records import Page
from views.said import said

_SEEN = "jobs-seen"
_NAMED = 6


def draw(bench: Bench) -> None:
    """The job that runs, live; the one that has ended, until it is dismissed; else what waits."""
    job = bench.desk.job
    if job and not job.finished:
        _bar(bench)
        return
    if bench.desk.elsewhere:
        _other(bench)
        return
    if job and id(job) not in st.session_state.get(_SEEN, ()):
        with st.container(key="job-ended", horizontal=True, vertical_alignment="center"):
            put(ended(job, bench))
            st.button(bench.page.texts.dismiss, key="job-dismiss", type="tertiary", on_click=_dismiss, args=(job,))
    waiting(bench)


@st.fragment(run_every="1s")
def _bar(bench: Bench) -> None:
    """The progress bar and the way to stop; when the job is done, the page is drawn over the new snapshot."""
    job, page = bench.desk.job, bench.page
    if job is None or job.finished:
        st.rerun()
        return
    words = page.texts.job_running[job.kind].format(job.slug)
    stage = page.texts.stages.get(job.stage, job.stage)
    with st.container(key="job", gap="small"):
        put(html('<p class="doing"><b>{}</b> <span>{}</span></p>', words, page.words.goes_on))
        share = min(job.share, 1.0)
        st.progress(share, text=page.words.progress.format(round(100 * share), stage, round(time.time() - job.started)))
        st.button(page.words.cancel, key="job-cancel", icon=":material/stop_circle:", on_click=bench.desk.cancel)


@st.fragment(run_every="3s")
def _other(bench: Bench) -> None:
    """Another process builds: that is said until it is done."""
    if not bench.desk.elsewhere:
        st.rerun()
        return
    put(html('<div class="notice" role="status"><b>{}</b></div>', bench.page.words.elsewhere))


def _dismiss(job: Job) -> None:
    st.session_state[_SEEN] = (*st.session_state.get(_SEEN, ()), id(job))


def ended(job: Job, bench: Bench) -> Markup:
    """How a job ended."""
    page = bench.page
    if job.cancelled:
        return html('<div class="notice" role="status"><b>{}</b></div>', page.words.was_cancelled)
    if job.error:
        error = said(job.error, page, bench.desk.settings.corpus)
        return html('<div class="notice" role="alert"><b>{}</b><p>{}</p></div>', page.texts.job_failed, error)
    words = page.texts.job_done[job.kind].format(page.title(job.slug))
    return html('<div class="notice good" role="status"><b>{}</b> {}</div>', words, _further(job, page))


def _further(job: Job, page: Page) -> Markup:
    """What can be done with a guideline that came in: read it, look at the terms that it brings."""
    if job.kind not in ("add", "restore"):
        return Markup("")
    links = (
        (page.address("read", doc=job.slug), page.texts.read_it),
        (page.address("library", part="curation", what="terms", doc=job.slug), page.words.see_terms),
    )
    return join((html('<a class="go" href="{}">{}</a>', href, words) for href, words in links), " · ")


def waiting(bench: Bench) -> None:
    """What the snapshot in use does not have yet, and the button that builds it."""
    page, settings = bench.page, bench.desk.settings
    try:
        count, files = bench.curator.waiting(), differing(settings.corpus, page.assistant.opened.manifest)
    except (GuidegraphError, OSError) as error:
        words = said(str(error), page, settings.corpus)
        put(html('<div class="notice" role="alert"><b>{}</b><p>{}</p></div>', page.words.corpus_wrong, words))
        return
    if not (count or files):
        return
    with st.container(key="waiting", horizontal=True, vertical_alignment="center"):
        put(pending(count, files, page, earlier=returned(settings.data)))
        st.button(
            page.words.rebuild, key="rebuild", type="primary", icon=":material/refresh:",
            on_click=bench.attempt, args=(bench.desk.rebuild,),
        )  # fmt: skip


def pending(count: int, files: tuple[str, ...], page: Page, *, earlier: bool) -> Markup:
    """How many decisions wait, and which files of the corpus are not as the snapshot was made from them."""
    parts = [page.words.decisions_wait.format(count)] if count else []
    parts += [page.words.files_differ.format(len(files))] if files else []
    named = join(html("<li>{}</li>", name) for name in files[:_NAMED])
    more = html("<li>…</li>") if len(files) > _NAMED else ""
    listed = html(
        '<details class="reading"><summary>{}</summary><ul>{}{}</ul></details>', page.words.which, named, more
    )
    note = html("<p>{}</p>", page.words.is_earlier) if earlier else ""
    return html(
        '<div class="pending" role="status"><b>{}</b>{}{}</div>', " · ".join(parts), note, listed if files else ""
    )
