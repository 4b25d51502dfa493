"""The words that the interface has, by name. A table with one missing cannot be made."""

from __future__ import annotations

from dataclasses import dataclass

from kg.model import AnswerStatus, Status, Strength


@dataclass(frozen=True, slots=True, kw_only=True)
class Texts:
    """The words of one language. Braces are filled with `str.format`."""

    tagline: str
    language: str
    shelf: str
    snapshot: str
    guidelines: str
    concepts: str
    verbatim: str
    ask: str
    ask_label: str
    placeholder: str
    opening: str
    searching: str
    welcome: str
    welcome_more: str
    roles: dict[str, str]
    follow_ups: str
    home: str
    share: str
    strength: str
    took: str
    more: str
    asked_as: str
    sources: str
    sources_one: str
    further: str
    nearest: str
    nearest_note: str
    not_covered: str
    lines: str
    line: str
    reading: str
    open_clause: str
    close_clause: str
    whole_clause: str
    copy: str
    copied: str
    copy_failed: str
    verify: str
    verified: str
    verify_failed: str
    path: str
    path_back: str
    path_next: str
    related: str
    question_wrong: str
    question_empty: str
    question_too_long: str
    question_no_words: str
    question_hint: str
    no_snapshot: str
    no_snapshot_hint: str
    unknown_status: str
    unknown_issuer: str
    clause_kind: str
    other_kind: str
    navigation: str
    pages: dict[str, str]
    open_reader: str
    original: str
    original_page: str
    original_missing: str
    paragraph_at: str
    paragraphs_at: str
    page_at: str
    pages_at: str
    guideline: str
    outline: str
    only_zh: str
    only_en: str
    side_by_side: str
    show_as: str
    find: str
    find_none: str
    find_back: str
    find_next: str
    tint: str
    not_held: str
    unofficial: str
    clause_link: str
    in_view: str
    says: str
    says_there: str
    value: str
    silent: str
    answers: str
    names: str
    points_to: str
    others_say: str
    nothing_here: str
    show_rest: str
    unknown_guideline: str
    unknown_clause: str
    pick_other: str
    full_concept: str
    on_condition: str
    except_for: str
    margins: dict[Strength, str]
    concept_search: str
    all_kinds: str
    no_concept: str
    unknown_concept: str
    first_of: str
    named: str
    stated: str
    also_called: str
    broader: str
    narrower: str
    statements: str
    no_statements: str
    clauses_by: str
    spoken_of: str
    timeline: str
    around: str
    around_hint: str
    open_node: str
    find_guideline: str
    characters: str
    clause_count: str
    statement_count: str
    question_count: str
    resolved: str
    resolved_hint: str
    missing_hint: str
    dismiss: str
    job_failed: str
    read_it: str
    add_hint: str
    add_file: str
    reading_file: str
    refused: str
    levels: str
    tables: str
    page_count: str
    understood: str
    look_at: str
    confirm_metadata: str
    add_to_library: str
    field_missing: str
    wrong_date: str
    remove_title: str
    remove_pick: str
    remove_warning: str
    remove_confirm: str
    removed: str
    undo: str
    health_hint: str
    check_now: str
    checking: str
    healthy: str
    unhealthy: str
    sparql_hint: str
    run_query: str
    query_wrong: str
    rows: str
    marks_title: str
    help_title: str
    status_title: str
    strength_title: str
    strength_note: str
    kinds_title: str
    limits_title: str
    settings_title: str
    size_title: str
    look_title: str
    look_other: str
    looks: dict[str, str]
    language_note: str
    parts_of_library: dict[str, str]
    job_running: dict[str, str]
    job_done: dict[str, str]
    stages: dict[str, str]
    fields: dict[str, str]
    languages: dict[str, str]
    sparql_examples: dict[str, str]
    limits: dict[str, str]
    marks: dict[str, str]
    sizes: dict[str, str]
    memo_sources: str
    memo_note: str
    history: str
    forget: str
    starred_answers: str
    export_starred: str
    nothing_starred: str
    nothing_asked: str
    older: str
    remove: str
    taken_out: str
    star: str
    starred: str
    as_word: str
    as_markdown: str
    comment: str
    send: str
    thanks: str
    everywhere: str
    product_type: str
    clear_scope: str
    search_all: str
    within_scope: str
    states: dict[AnswerStatus, str]
    statuses: dict[Status, str]
    strengths: dict[Strength, str]
    kinds: dict[str, str]
