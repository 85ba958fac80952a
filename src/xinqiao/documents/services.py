"""The door of this room: what legal acts and pages call."""

from xinqiao.documents.attachments import Download, attach, attachments_of, download
from xinqiao.documents.files import FileDamaged, StoredFile, store_file
from xinqiao.documents.papers import (
    evidence_of,
    fail_paper,
    issue_paper,
    list_papers,
    papers_of,
    serve_paper,
    unserved_papers_of,
    void_paper,
)
from xinqiao.documents.receiving import ReceivedFile, receiving
from xinqiao.documents.refusals import FileRefused
from xinqiao.documents.upkeep import damaged_files, erase_attachments

__all__ = [
    "Download",
    "FileDamaged",
    "FileRefused",
    "ReceivedFile",
    "StoredFile",
    "attach",
    "attachments_of",
    "damaged_files",
    "download",
    "erase_attachments",
    "evidence_of",
    "fail_paper",
    "issue_paper",
    "list_papers",
    "papers_of",
    "receiving",
    "serve_paper",
    "store_file",
    "unserved_papers_of",
    "void_paper",
]
