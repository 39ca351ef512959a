"""Files made on the spot, and the import of them."""

from __future__ import annotations

import pytest
import xlsxwriter

from teamhub.access.actor import SYSTEM
from teamhub.exchange import mapping
from teamhub.exchange.commands import import_file


@pytest.fixture
def file(tmp_path):
    """Write a file: of text in an encoding, of bytes, or of rows as a workbook."""

    def write(content, *, encoding="utf-8", name="fil.csv"):
        path = tmp_path / name
        if isinstance(content, str):
            content = content.encode(encoding)
        path.write_bytes(content)
        return path

    return write


@pytest.fixture
def workbook(tmp_path):
    def write(rows, *, name="fil.xlsx", before=0):
        path = tmp_path / name
        with xlsxwriter.Workbook(
            path, {"default_date_format": "yyyy-mm-dd", "strings_to_formulas": False}
        ) as book:
            sheet = book.add_worksheet()
            for number, cells in enumerate(rows, before):
                sheet.write_row(number, 0, cells)
        return path

    return write


@pytest.fixture
def take(db, file):
    """Import a file, or a text as one, and return the outcome."""

    def run(kind, content, *, mapping_name=None, dry_run=False, actor=SYSTEM):
        path = file(content) if isinstance(content, str | bytes) else content
        outcome = import_file(actor, path, mapping.load(kind, mapping_name), dry_run=dry_run)
        db.session.expire_all()
        return outcome

    return run
