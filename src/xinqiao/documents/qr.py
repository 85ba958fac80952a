"""The code on a paper as a vector picture: one path, so that it stays sharp and costs the typesetter nothing."""

import qrcode
from qrcode.constants import ERROR_CORRECT_L

QUIET = 1
MASK = 2  # Any mask can be read; looking for the prettiest of eight takes ten times as long as the code itself.


def qr_svg(text: str) -> str:
    """An SVG of the code of a text, one unit a module, with a quiet zone of one module (the page around is white)."""
    code = qrcode.QRCode(error_correction=ERROR_CORRECT_L, border=QUIET, mask_pattern=MASK)
    code.add_data(text)
    code.make(fit=True)
    matrix = code.get_matrix()
    side = len(matrix)
    path = "".join(_row(y, row) for y, row in enumerate(matrix))
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side} {side}"><path fill="#000" d="{path}"/></svg>'


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
