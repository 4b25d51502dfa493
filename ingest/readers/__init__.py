"""Readers: one file a format, one door for all."""

from ingest.readers.read import SUFFIXES, page_image, read_source
from ingest.readers.source import Block, ReadingWarning, SourceText, WarningCode

__all__ = ["SUFFIXES", "Block", "ReadingWarning", "SourceText", "WarningCode", "page_image", "read_source"]
