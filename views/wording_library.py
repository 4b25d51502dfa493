"""The words of the Library page, by name. A table with one missing cannot be made."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class LibraryWords:
    """The words of one language. Braces are filled with `str.format`; `messages` are errors and warnings by their code."""

    accept: str
    accept_term: str
    all_statements: str
    also: str
    also_hint: str
    any_status: str
    broader: str
    by_state: str
    by_status: str
    came: str
    cancel: str
    cannot_curate: str
    changed: str
    checked: dict[str, str]
    choose: str
    choose_broader: str
    corpus_wrong: str
    curation: str
    decisions_differ: str
    decisions_wait: str
    elsewhere: str
    files_differ: str
    first_shown: str
    found_defined: str
    found_often: str
    from_to: str
    goes_on: str
    in_use: str
    is_earlier: str
    kind: str
    label_en: str
    label_en_hint: str
    label_zh: str
    leads_nowhere: str
    never_mind: str
    no_decision: str
    no_guideline: str
    no_statement: str
    no_term: str
    none_so: str
    not_usable: str
    end_help: str
    taken_away: str
    nothing_changed: str
    nothing_differs: str
    of_concepts: str
    of_guidelines: str
    oldest: str
    order: str
    page_back: str
    page_on: str
    pages: str
    place_of: str
    program_differs: str
    progress: str
    rebuild: str
    return_confirm: str
    return_here: str
    return_warning: str
    returned: str
    review: str
    said_of: str
    save_correction: str
    see_terms: str
    snapshots_hint: str
    take_again: str
    take_back: str
    term_incomplete: str
    was_cancelled: str
    went: str
    which: str
    why: str
    whole_library: str
    acts: dict[str, str]
    decision_states: dict[str, str]
    default_reasons: dict[str, str]
    judge: dict[str, str]
    list_hints: dict[str, str]
    lists: dict[str, str]
    messages: dict[str, str]
    orders: dict[str, str]
    parts: dict[str, str]
    states: dict[str, str]
    verdicts: dict[str, str]
    furniture: dict[str, str]
