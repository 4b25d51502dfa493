"""What may be wrong with a file or a decision, by code: so that a screen can say it in its own language.

An error or a warning is English text that names the file and the line. `recognised` gives its code and what it names, by the
templates below, which are the wording of the raises; a test holds the two together.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

# code -> the words after the file's name; what stands in braces is a parameter
TEMPLATES = {
    # reading a file
    "empty": "is empty; give the file with its text",
    "unreadable": "cannot be read ({why})",
    "too-large": "{size} MiB is over the limit of {most} MiB; split the file",
    "too-many-pages": "has {pages} pages, more than {most}; split the file",
    "too-much-text": "holds more than {most} million characters; split the file",
    "zip": "is a ZIP archive, not a Word document; unpack it and add what is in it",
    "encrypted-word": "is encrypted; open it in Word with its password and save it without",
    "encrypted": "is encrypted; save it without a password",
    "encrypted-pdf": "is encrypted; open it with its password and save it without",
    "rtf": "is an RTF file; save it as .docx or PDF",
    "picture": "is a picture; give the document itself, or a PDF with a text layer",
    "archive": "is an archive; unpack it and add what is in it",
    "misnamed": "is named {suffix} but is no such file, or its beginning is missing; fetch it again from where it was issued",
    "damaged-part": "is damaged or was not fetched to its end; fetch it again, or open it in Word and save it again ({part})",
    "damaged-word": "is damaged or was not fetched to its end; fetch it again, or open it in Word and save it again",
    "damaged": "is damaged or was not fetched to its end; fetch it again from where it was issued",
    "no-page-readable": "none of its pages can be read; fetch it again from where it was issued",
    "page-not-shown": "page {page} cannot be shown",
    "no-part": "holds no {part}; it is not a Word document",
    "many-parts": "holds {count} parts; this is no document",
    "unfolds": "unfolds to more than {most} MiB; it is not opened, split it",
    "entities": "declares entities in {part}, which no Word document does; it is not opened",
    "memory": "needs more memory than is allowed; split the file",
    "exhausted": "could not be read within {most} GiB of memory, or is damaged; save it again as {format} or as text",
    "nested": "is nested too deeply to be a guideline; save it again as text",
    "too-slow": "took more than {seconds} s to read and was given up; split it or save it again",
    "legacy-word": "is a legacy Word file (.doc); install LibreOffice, or save it as .docx",
    "scan": "is a scan without a text layer; install OCRmyPDF with the languages chi_sim and eng, or give a PDF with text",
    "scan-without-words": "is a scan in which no text could be recognised; give a PDF with text, or a better scan",
    "not-converted": "{program} could not convert it; save it as .docx or PDF by hand",
    "slow-conversion": "{program} took more than {seconds} s; convert the file by hand",
    "script-page": "shows no text without its scripts; save the page from the browser as PDF or text",
    "no-html-text": "holds no HTML text; save the page again with its content",
    "encoding": "is neither UTF-8, UTF-16, GB18030 nor Big5; save it as UTF-8 text",
    "binary": "holds binary data; give a PDF, DOCX, HTML, Markdown or text file",
    "not-encoding": "is not valid {encoding}; save the file as UTF-8 text",
    "not-utf8": "holds bytes that are no UTF-8; mend the line, or fetch the file again",
    # what to look at in a file that was read
    "page-unreadable": "page {page} cannot be read",
    "blank-pages": "no text on {count} pages ({pages}); they may be pictures",
    "recognised": "the text was recognised by OCR; check it",
    "few-clauses": "hardly any numbered clause or heading was found; look at the clause tree before using it",
    "no-title": "no title was found, the file's name stands for it; fill in `title_zh` and `title_en`",
    "no-issuer": "the first page does not say who issued it; fill in `issuer`",
    "no-date": "the first page bears no date; fill in `issued` if you know it",
    "long-paragraph": "a paragraph of {count} characters: paragraph ends may have been missed",
    # shelving
    "known-file": "is in the library already, as {slug}",
    "known-slug": "there is a guideline {slug} already; name this one with --slug, or remove that one first",
    "bad-slug": "a guideline's name is of ASCII letters, digits and hyphens",
    "no-guideline": "no such guideline; there are {known}",
    "no-folder": "no such folder; a corpus holds guidelines/<slug>/source.txt",
    "no-guideline-yet": "holds no guideline yet; add a folder with source.txt and guideline.toml",
    "several-sources": "holds more than one source: {names}; keep one ({suffixes})",
    "no-source": "holds no source file ({suffixes})",
    "missing-field": "the field {name} is missing or empty",
    "unknown-field": "unknown field {name}; known are {known}",
    "bad-toml": "is not valid TOML ({why})",
    # reading aids and questions
    "no-sentence": "no sentence {sentence}",
    "stale-sentence": "the text of {sentence} has changed",
    # decisions
    "decision-needs": "{action} needs {names}",
    "cannot-set": "cannot set {name}",
    "cannot-clear": "cannot set {name} to nothing",
    "short-limit": "the {name} is one character long",
    "no-strength": "no strength {value}",
    "no-concept": "no concept {concept}",
    "no-words": "{words} is neither a label of one concept nor verbatim in {sentence}",
    "same-name": "{words} is another name of what stands there; 「{phrase}」 means the words themselves",
    "same-ends": "subject and object are both {concept}",
    "no-relation": "no relation {relation}",
    "no-label": "{concept} has no other label {label}",
    "not-written": "cannot be written ({why}); the decision was not kept",
    "term-needs": "a term needs {names}",
    "bad-key": "the key {key} is not of small letters, digits and hyphens",
    # the vocabulary
    "label-taken": "the label {label} of {concept} belongs to {other} in {place} already",
    "concept-twice": "{concept} stands in {place} already",
    "no-parent": "{concept} is below {parent}, which does not exist",
    "circle": "{concept} is broader than itself",
    "bad-kind": "the kind is {kind}, not one of {kinds}",
    "bad-scheme-kind": "the scheme's gg:kind is {kind}, not one of {kinds}",
    "bad-turtle": "is not valid Turtle ({why})",
    "schemes": "holds {count} concept schemes, not one",
    "preferred": "{concept} has {count} preferred labels in {language}, not one",
    "not-a-text": "{concept} has {value} where a text is wanted",
    "no-language": "the text {value} has neither @zh nor @en",
    "unknown-source": "{concept} has the source {source}, but {guideline} has no such clause; `guidegraph clauses {command} --json` lists them",
    "empty-source": "{concept} has an empty dcterms:source; name a clause or a standard, or take it out",
    "not-one-of": "{name} is {value}, not one of {known}",
    # rebuilding and snapshots
    "busy": "the library is being rebuilt; wait until that is done",
    "busy-since": "the library is being rebuilt by process {process} since {since}; wait until that is done",
    "stopped": "the rebuild was stopped; nothing was changed",
    "killed": "the rebuild was stopped by the system (signal {signal}), often for want of memory; see {log}",
    "died": "the rebuild ended without a result ({why}); see {log}",
    "other-format": "was made by another version of the program; this snapshot cannot be used",
    "file-missing": "is missing; this snapshot cannot be used",
    "file-changed": "has changed since the snapshot was made; this snapshot cannot be used",
    "id-wrong": "its id is not that of its files; this snapshot cannot be used",
    "no-snapshot": "no snapshot begins with {name}; there are {known}",
    "several-snapshots": "several snapshots begin with {name}; there are {known}",
}
_PLACED = re.compile(r"(?P<file>[^\n:]{1,400}?)(?:, line (?P<line>\d+))?: (?P<rest>.+)", re.S)


@dataclass(frozen=True, slots=True)
class Message:
    """A message by its code; `values` are its parameters, `file` and `line` the place, '' where it names none."""

    code: str
    values: dict[str, str]
    file: str = ""
    line: str = ""


def recognised(text: str) -> Message | None:
    """The message that a text is, None for one that stands in no template.

    >>> recognised("corpus/overrides.jsonl, line 3: no concept urn:x")
    Message(code='no-concept', values={'concept': 'urn:x'}, file='corpus/overrides.jsonl', line='3')
    """
    if found := _matched(text):
        return Message(*found)
    placed = _PLACED.fullmatch(text)
    if placed and (found := _matched(placed["rest"])):
        return Message(*found, placed["file"], placed["line"] or "")
    return None


def _matched(text: str) -> tuple[str, dict[str, str]] | None:
    for code, pattern in _patterns():
        if match := pattern.fullmatch(text):
            return code, {name: value.strip("'\"") for name, value in match.groupdict().items()}
    return None


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """The templates as expressions, those with the most fixed words first."""
    ordered = sorted(TEMPLATES.items(), key=lambda item: -len(re.sub(r"\{\w+\}", "", item[1])))
    return tuple((code, re.compile(_expression(words), re.S)) for code, words in ordered)


def _expression(words: str) -> str:
    """What a template matches; a parameter at its beginning does not reach over the place before it."""
    parts = re.split(r"\{(\w+)\}", words)
    inside = [".+?" if i > 1 or parts[0] else "(?:(?!: ).)+?" for i in range(len(parts))]
    return "".join(f"(?P<{part}>{inside[i]})" if i % 2 else re.escape(part) for i, part in enumerate(parts))
