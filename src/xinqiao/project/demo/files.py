"""What petitioners enclose: small files made here, a photograph, a sketch with measures, a statement.

Each is a real file of its kind. The same case gives the same bytes.
"""

import io
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from random import Random
from xml.sax.saxutils import escape

from django.core.files.uploadedfile import SimpleUploadedFile

from xinqiao.project.demo.bank import Case

WIDTH, HEIGHT = 240, 160
_THEN = (2020, 1, 1, 0, 0, 0)


def uploads_of(case: Case) -> Iterator[SimpleUploadedFile]:
    """The files of a case; its entries are names such as ``外墙.png``, the ending says what is made."""
    for name in case.files:
        ending = name.rpartition(".")[2]
        yield SimpleUploadedFile(name, MAKERS[ending](f"{case.key}/{name}", case))


def photograph(seed: str, case: Case) -> bytes:
    """A PNG of 240 by 160: a wall with a stain and a crack, in a palette of 16 greys and browns."""
    rng = Random(seed)
    stain, crack = (rng.randint(60, 180), rng.randint(30, 110), rng.randint(25, 55)), rng.randint(30, 200)
    rows = []
    for y in range(HEIGHT):
        crack += rng.choice((-1, 0, 0, 1))
        rows.append(b"\0" + bytes(_shade(x, y, stain, crack) for x in range(WIDTH)))
    palette = b"".join(bytes((210 - 9 * n, 205 - 10 * n, 190 - 11 * n)) for n in range(16))
    header = struct.pack(">IIBBBBB", WIDTH, HEIGHT, 8, 3, 0, 0, 0)
    parts = [(b"IHDR", header), (b"PLTE", palette), (b"IDAT", zlib.compress(b"".join(rows), 9)), (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(kind, data) for kind, data in parts)


def _shade(x: int, y: int, stain: tuple[int, int, int], crack: int) -> int:
    """The colour of one point: bricks, over them a wet stain, over all a dark crack."""
    if abs(x - crack) < 2:
        return 15
    row = y // 16
    mortar = y % 16 == 0 or (x + 16 * (row % 2)) % 32 == 0
    distance = ((x - stain[0]) ** 2 + (y - stain[1]) ** 2) ** 0.5
    wet = max(0, int(7 * (1 - distance / (2 * stain[2]))))
    return (1 if mortar else 4) + wet


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def sketch(seed: str, case: Case) -> bytes:
    """A PDF of one page: two lots, the line between them, and measures in metres."""
    rng = Random(seed)
    a, b = rng.randint(70, 150) / 10, rng.randint(60, 120) / 10
    lines = [
        "1.2 w 80 480 430 240 re S",
        f"[6 4] 0 d {260 + rng.randint(-40, 40)} 480 m {270 + rng.randint(-40, 40)} 720 l S [] 0 d",
        f"BT /F1 14 Tf 130 740 Td ({a:.1f} m) Tj ET",
        f"BT /F1 14 Tf 380 740 Td ({b:.1f} m) Tj ET",
        "BT /F1 18 Tf 140 600 Td (A) Tj ET",
        "BT /F1 18 Tf 400 600 Td (B) Tj ET",
        "BT /F1 12 Tf 80 455 Td (1 : 200) Tj ET",
    ]
    content = "\n".join(lines).encode()
    return _pdf(
        [
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R"
            b" /Resources << /Font << /F1 5 0 R >> >> >>",
            b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content),
            b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        ]
    )


def _pdf(objects: list[bytes]) -> bytes:
    out, places = io.BytesIO(), []
    out.write(b"%PDF-1.4\n")
    for number, body in enumerate(objects, 1):
        places.append(out.tell())
        out.write(b"%d 0 obj\n%s\nendobj\n" % (number, body))
    start = out.tell()
    rows = b"".join(b"%010d 00000 n \n" % place for place in places)
    count = len(objects) + 1
    out.write(b"xref\n0 %d\n0000000000 65535 f \n%s" % (count, rows))
    out.write(b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (count, start))
    return out.getvalue()


def statement(seed: str, case: Case) -> bytes:
    """A Word document: the subject, what is asked, who signed."""
    lines = [case.title, *case.claims, "以上情况属实，签名如下：", *(words.partition("，")[0] for words in case.who)]
    paragraphs = "".join(f"<w:p><w:r><w:t>{escape(line)}</w:t></w:r></w:p>" for line in lines)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in {**_DOCX, "word/document.xml": _DOCUMENT.format(paragraphs)}.items():
            archive.writestr(zipfile.ZipInfo(name, _THEN), text, zipfile.ZIP_DEFLATED)
    return out.getvalue()


_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
_OPEN = "http://schemas.openxmlformats.org"
_DOCX = {
    "[Content_Types].xml": f'{_XML}<Types xmlns="{_OPEN}/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Override PartName="/word/document.xml" ContentType='
    '"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>',
    "_rels/.rels": f'{_XML}<Relationships xmlns="{_OPEN}/package/2006/relationships"><Relationship Id="r1" '
    f'Type="{_OPEN}/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>',
}
_DOCUMENT = (
    _XML + f'<w:document xmlns:w="{_OPEN}/wordprocessingml/2006/main"><w:body>' + "{}" + "</w:body></w:document>"
)
MAKERS: dict[str, Callable[[str, Case], bytes]] = {"png": photograph, "pdf": sketch, "docx": statement}
