"""Readers: one file a format, one door for all."""

from ingest.readers.read import SUFFIXES, page_image, read_source
from ingest.readers.source import Block, SourceText

__all__ = ["SUFFIXES", "Block", "SourceText", "page_image", "read_source"]
