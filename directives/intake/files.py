"""A file → its text, in a child process with limits of memory, processor time and wall time (RELIABILITY, Uploads)."""

import json
import subprocess
import sys
from pathlib import Path, PurePath

from . import encoding
from .errors import Unreadable

MAX_BYTES = 20 * 1024 * 1024
MAX_CHARACTERS = 300_000  # some hundred pages; what is longer would keep the caller for seconds
WALL_SECONDS = 10

_BYTES = 4  # of one character, at most
_CHILD = Path(__file__).with_name("child.py")
_PDF, _ZIP, _OLE = b"%PDF-", b"PK\x03\x04", b"\xd0\xcf\x11\xe0"

TOO_BIG = "Tệp lớn hơn 20 MB. Chọn tệp nhỏ hơn"
EMPTY = "Tệp trống. Chọn tệp khác"
NOT_A_LETTER = "Chỉ đọc được tệp .docx, .pdf có lớp chữ hoặc .txt"
OLD_WORD = "Tệp Word cũ (.doc) không đọc được. Lưu lại dạng .docx rồi tải lên lại"
MACROS = "Tệp Word có macro (.docm) không được nhận. Lưu lại dạng .docx không có macro"
PASSWORD = "Tệp có mật khẩu. Bỏ mật khẩu rồi tải lên lại"
DISAGREES = "Nội dung tệp không đúng với phần mở rộng .{suffix}. Kiểm tra lại tệp"
BROKEN = "Không đọc được tệp. Thử lưu lại dạng PDF hoặc DOCX"
TOO_HARD = "Tệp quá phức tạp, không đọc được trong giới hạn cho phép. Thử lưu lại dạng DOCX hoặc dán nội dung vào"
TOO_LONG = "Văn bản dài quá 300.000 ký tự. Chỉ đưa vào phần có nhiệm vụ cần giao"
NO_TEXT = "Không có chữ nào trong tệp"


def text_of(data: bytes, name: str) -> str:
    """The NFC text of a .docx, .pdf or .txt file; raises Unreadable with a sentence for the user."""
    if len(data) > MAX_BYTES:
        raise Unreadable(TOO_BIG)
    if not data:
        raise Unreadable(EMPTY)
    kind = _kind(data, PurePath(name).suffix.lower().lstrip("."))
    text = encoding.normalise(_plain_text(data) if kind == "txt" else _in_child(data, kind))
    if not text.strip():
        raise Unreadable(NO_TEXT)
    if len(text) > MAX_CHARACTERS:
        raise Unreadable(TOO_LONG)
    if not encoding.is_readable(text):
        raise Unreadable(encoding.UNKNOWN_CODING)
    return text


def _kind(data: bytes, suffix: str) -> str:
    """ "docx", "pdf" or "txt": what the name says, if the content agrees."""
    refused = {"doc": OLD_WORD, "dot": OLD_WORD, "docm": MACROS, "dotm": MACROS}
    if suffix in refused:
        raise Unreadable(refused[suffix])
    if suffix not in ("docx", "pdf", "txt"):
        raise Unreadable(NOT_A_LETTER)
    if suffix == "docx" and data.startswith(_OLE):
        raise Unreadable(PASSWORD)
    found = "pdf" if _PDF in data[:1024] else "docx" if data.startswith(_ZIP) else "txt"
    if found != suffix:
        raise Unreadable(DISAGREES.format(suffix=suffix))
    return found


def _plain_text(data: bytes) -> str:
    if len(data) > MAX_CHARACTERS * _BYTES:
        raise Unreadable(TOO_LONG)
    if b"\0" in data and not data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise Unreadable(DISAGREES.format(suffix="txt"))
    return encoding.decode(data)


def _in_child(data: bytes, kind: str) -> str:
    """Run child.py on the bytes; whatever happens to it, this process only gets text or a sentence."""
    try:
        run = subprocess.run(
            [sys.executable, "-I", str(_CHILD), kind],
            input=data,
            capture_output=True,
            timeout=WALL_SECONDS,
            env={},
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise Unreadable(TOO_HARD) from None
    try:
        answer = json.loads(run.stdout)
    except ValueError:
        raise Unreadable(TOO_HARD if run.returncode < 0 or b"MemoryError" in run.stderr else BROKEN) from None
    if "refused" in answer:
        raise Unreadable(str(answer["refused"]))
    return str(answer["text"])
