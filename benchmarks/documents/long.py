"""`python -m benchmarks.documents.long`: 300 pages read, in DOCX and in PDF."""

import io
import subprocess
import sys
import time
import zipfile
from dataclasses import dataclass
from pathlib import Path

PAGES, LINES = 300, 45
MOST_SECONDS, MOST_MEGABYTES = 20.0, 500.0
PACK = "quang-ninh-06"
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
VIETNAMESE = (
    "Năm {year}, thôn {n} có {count} hộ, trong đó {part} hộ nghèo, giảm {less} hộ.",
    "Tổng vốn huy động đạt {money} tỷ đồng, bằng {share} % kế hoạch của cả xã.",
    "Cán bộ thôn họp dân, công khai từng khoản và lấy ý kiến trước khi khởi công.",
)
ENGLISH = (
    "In {year} hamlet {n} had {count} households, of which {part} were poor.",
    "It raised {money} billion VND, or {share}% of what the plan had asked for.",
    "Officers met the villagers, published every sum and heard them before work began.",
)


def lines(sentences: tuple[str, ...]) -> list[str]:
    """No two pages alike, so that nothing is taken for a repeated block."""
    return [
        sentences[n % len(sentences)].format(
            year=2015 + n % 11,
            n=n,
            count=100 + n % 900,
            part=1 + n % 99,
            less=1 + n % 7,
            money=f"{1 + n % 97}.{n % 9 + 1}",
            share=n % 100 + 1,
        )
        for n in range(PAGES * LINES)
    ]


def docx() -> bytes:
    body = "".join(
        f"<w:p><w:r><w:t>{line}</w:t></w:r></w:p>" for line in lines(VIETNAMESE)
    )
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(
            "word/document.xml",
            f'<w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>',
        )
    return data.getvalue()


def pdf() -> bytes:
    """Pages of Helvetica, with a table of where each object lies."""
    text = lines(ENGLISH)
    kids = " ".join(f"{4 + 2 * page} 0 R" for page in range(PAGES))
    font = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"
    tree = f"<</Type/Pages/Kids[{kids}]/Count {PAGES}>>".encode()
    objects = [b"<</Type/Catalog/Pages 2 0 R>>", tree, font]
    for page in range(PAGES):
        some = text[page * LINES : (page + 1) * LINES]
        shown = "".join(f"({line}) Tj 0 -15 Td " for line in some)
        stream = f"BT /F1 10 Tf 40 740 Td {shown}ET".encode()
        about = "/MediaBox[0 0 612 792]/Resources<</Font<</F1 3 0 R>>>>"
        objects += [
            f"<</Type/Page/Parent 2 0 R{about}/Contents {5 + 2 * page} 0 R>>".encode(),
            b"<</Length %d>>stream\n%s\nendstream" % (len(stream), stream),
        ]
    return _written(objects)


def _written(objects: list[bytes]) -> bytes:
    out, places = bytearray(b"%PDF-1.4\n"), []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj%s endobj\n" % (number, body)
    start, size = len(out), len(objects) + 1
    out += b"xref\n0 %d\n0000000000 65535 f \n" % size
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (size, start)
    return bytes(out)


@dataclass(frozen=True, slots=True)
class Taken:
    """What one reading took, with the start of Python and of the reader.

    Judged by the time of the processor, which other work on the machine leaves alone.
    """

    name: str
    seconds: float
    cpu: float
    megabytes: float
    letters: int
    claims: int

    @property
    def within(self) -> bool:
        return self.cpu < MOST_SECONDS and self.megabytes < MOST_MEGABYTES


def measure(path: Path) -> Taken:
    """In a process of its own, whose memory is its own."""
    start = time.perf_counter()
    command = [sys.executable, "-m", "benchmarks.documents.long", str(path)]
    root = Path(__file__).parents[2]
    told = subprocess.run(command, check=True, capture_output=True, text=True, cwd=root)
    cpu, megabytes, letters, claims = map(float, told.stdout.split())
    taken = time.perf_counter() - start
    return Taken(path.name, taken, cpu, megabytes, int(letters), int(claims))


def read_alone(path: Path) -> None:
    """With the names of a province's indicators, as its officials read."""
    from benchmarks.documents.labels import PACKS  # noqa: PLC0415 -- here only
    from donbay.documents import Known, open_document, read  # noqa: PLC0415 -- here
    from donbay.folder.documents import matcher_of  # noqa: PLC0415 -- here only
    from donbay.packs import load_pack  # noqa: PLC0415 -- here only

    known = Known(indicators=matcher_of(load_pack(PACKS / PACK).programme))
    found = read(open_document(path.read_bytes(), path.name), known)
    status = Path("/proc/self/status").read_text(encoding="utf-8")
    # Not the kernel's count for the process, which begins with that of its parent.
    most = int(status.split("VmHWM:")[1].split()[0]) / 1024
    letters, claims = len(found.document.text), len(found.claims)
    print(f"{time.process_time():.2f} {most:.0f} {letters} {claims}")


def made(folder: Path) -> list[Path]:
    """The two documents, written out."""
    paths = [folder / "long.docx", folder / "long.pdf"]
    for path, data in zip(paths, (docx(), pdf()), strict=True):
        path.write_bytes(data)
    return paths


def main() -> None:
    import tempfile  # noqa: PLC0415 -- not needed by who reads

    with tempfile.TemporaryDirectory() as folder:
        for path in made(Path(folder)):
            one = measure(path)
            print(
                f"{one.name}: {PAGES} pages, {one.letters:,} letters, {one.claims:,} "
                f"claims: {one.seconds:.1f} s ({one.cpu:.1f} s of the processor), "
                f"{one.megabytes:.0f} MB"
            )
            if not one.within:
                sys.exit(f"more than {MOST_SECONDS:.0f} s or {MOST_MEGABYTES:.0f} MB")


if __name__ == "__main__":
    if sys.argv[1:]:
        read_alone(Path(sys.argv[1]))
    else:
        main()
