"""The square code: one drawing for papers and pages, module by module what the standard's own program makes."""

import re

import pytest
import qrcode

from xinqiao.documents.qr import MASK, page_qr, paper_qr

ADDRESS = "https://xinqiao.example/track?number=HC2026-00001"
RUN = re.compile(r"M(\d+) (\d+)h(\d+)v1h-(\d+)z")


def modules(svg: str) -> set[tuple[int, int]]:
    """The dark modules of a drawing, as column and line."""
    return {(int(x) + n, int(y)) for x, y, width, _back in RUN.findall(svg) for n in range(int(width))}


@pytest.mark.parametrize(
    ("svg", "correction", "quiet"),
    [
        (paper_qr(ADDRESS), qrcode.ERROR_CORRECT_L, 1),  # the paper around it is white
        (page_qr(ADDRESS, label="x"), qrcode.ERROR_CORRECT_M, 4),  # the margin that the standard asks for
    ],
)
def test_every_module_is_drawn_and_no_other(svg: str, correction: int, quiet: int) -> None:
    code = qrcode.QRCode(error_correction=correction, border=quiet, mask_pattern=MASK)
    code.add_data(ADDRESS)
    code.make()
    rows = code.get_matrix()
    assert modules(svg) == {(x, y) for y, row in enumerate(rows) for x, dark in enumerate(row) if dark}
    assert f'viewBox="0 0 {len(rows)} {len(rows)}"' in svg


def test_in_a_page_it_says_what_it_is_and_its_label_is_escaped() -> None:
    assert 'role="img" aria-label="&lt;b&gt;"' in page_qr(ADDRESS, label="<b>")
