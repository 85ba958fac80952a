"""A QR code as a drawing inside a page. What it says is public: an address without any code."""

import qrcode
from django.utils.html import format_html
from django.utils.safestring import SafeString
from qrcode.constants import ERROR_CORRECT_M

QUIET = 4
"""The white margin that the standard asks for, in modules (ISO/IEC 18004)."""


def qr_svg(text: str, *, label: str) -> SafeString:
    """One black path on white, ``label`` for those who do not see it."""
    code = qrcode.QRCode(error_correction=ERROR_CORRECT_M, border=QUIET)
    code.add_data(text)
    code.make(fit=True)
    rows = code.get_matrix()
    path = "".join(_row(y, row) for y, row in enumerate(rows))
    size = len(rows)
    return format_html(
        '<svg class="qr" viewBox="0 0 {} {}" role="img" aria-label="{}"><path d="{}"/></svg>', size, size, label, path
    )


def _row(y: int, row: list[bool]) -> str:
    """The black runs of one line as rectangles."""
    starts = [x for x in range(len(row)) if row[x] and not (x and row[x - 1])]
    return "".join(f"M{x} {y}h{_run(row, x)}v1h-{_run(row, x)}z" for x in starts)


def _run(row: list[bool], x: int) -> int:
    return next((end for end in range(x, len(row)) if not row[end]), len(row)) - x
