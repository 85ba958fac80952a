"""QR codes as vector drawings: one path, sharp at every size. What a code says is public: an address, or a proof."""

import qrcode
from django.utils.html import format_html
from django.utils.safestring import SafeString
from qrcode.constants import ERROR_CORRECT_L, ERROR_CORRECT_M

MASK = 2  # Any mask can be read; looking for the prettiest of eight takes ten times as long as the code itself.


def paper_qr(text: str) -> str:
    """A file for the typesetter, one unit a module, with a quiet zone of one module: the paper around it is white."""
    side, path = _drawn(text, correction=ERROR_CORRECT_L, quiet=1)
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side} {side}"><path fill="#000" d="{path}"/></svg>'


def page_qr(text: str, *, label: str) -> SafeString:
    """A piece of a page, with the whole quiet zone of ISO/IEC 18004; ``label`` is for those who do not see it."""
    side, path = _drawn(text, correction=ERROR_CORRECT_M, quiet=4)
    return format_html(
        '<svg class="qr" viewBox="0 0 {} {}" role="img" aria-label="{}"><path d="{}"/></svg>', side, side, label, path
    )


def _drawn(text: str, *, correction: int, quiet: int) -> tuple[int, str]:
    """How many modules a side has, and the dark ones as a path."""
    code = qrcode.QRCode(error_correction=correction, border=quiet, mask_pattern=MASK)
    code.add_data(text)
    code.make(fit=True)
    matrix = code.get_matrix()
    return len(matrix), "".join(_row(y, row) for y, row in enumerate(matrix))


def _row(y: int, row: list[bool]) -> str:
    """Each run of dark modules in a row as one rectangle."""
    pieces, x = [], 0
    while x < len(row):
        run = x
        while run < len(row) and row[run]:
            run += 1
        if run > x:
            pieces.append(f"M{x} {y}h{run - x}v1h-{run - x}z")
        x = run + 1
    return "".join(pieces)
