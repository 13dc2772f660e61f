"""Where lines were run together: files copied from web pages lose their line ends ("… như sau:1. Sở Nội vụ …").

Breaks are only looked for in lines that show such glue. They are places, never changes: the text stays as it is.
"""

import re

from . import wording
from .sheet import ACCENTED, LOWER, UPPER, bare

# Breaks inside a line that is glued, where the look-behind ends; what begins a new line in a letter is laid down in
# NĐ 30/2020, Phụ lục I.
_PLACES = (
    # a sentence end straight followed by a numbered clause, a lettered point, or a dash item: "sau:1. Sở", ";- Trưởng"
    re.compile(rf"(?<=[^\d\s][.;:,/])(?=\d{{1,2}}[.)]\s*[{UPPER}“\"])"),
    re.compile(rf"(?<=\d\d\d\d[.;:])(?=\d{{1,2}}[.)]\s*[{UPPER}“\"])"),
    re.compile(rf"(?<=[^\s][.;:/])(?=[a-zđ]\)\s*[{UPPER}{LOWER}])"),
    re.compile(r"(?<=[^\s][.;:])(?=\s*[-–+]\s?[^\W\d_])"),
    # a word straight followed by a lettered point: "đặc khua) Chủ động"
    re.compile(rf"(?<=[{LOWER})])(?=[a-zđ]\)\s*[{UPPER}])"),
    # an abbreviation straight followed by a point or a sentence: "GDNN-GDTXa) Tổ chức", "GDTX.Thực hiện"
    re.compile(rf"(?<=[{UPPER}][{UPPER}])(?=[a-zđ]\)\s*[{UPPER}])"),
    re.compile(r"(?<=[A-ZĐ][A-ZĐ]\.)(?=(?:Thực hiện|Căn cứ|Theo|Sau khi|Để|Nhằm|Trên cơ sở|Xét|Triển khai)\s)"),
    re.compile(rf"(?<=[{LOWER}][.;])(?=(?:UBND|HĐND|MTTQ|TAND|VKSND|LĐLĐ)\s)"),
    # the end of a text, "./.", straight followed by anything
    re.compile(r"(?<=\./\.)(?=\S)"),
    # a lower-case word run into a capital, where at least one side carries Vietnamese marks: "chínhỦy", "tỉnhTrên"
    re.compile(rf"(?<=[{ACCENTED}])(?=[{UPPER}][{LOWER}{UPPER}])"),
    re.compile(rf"(?<=[{LOWER}])(?=[{UPPER}][{LOWER}]?[{ACCENTED}])"),
    re.compile(rf"(?<=[{ACCENTED}][{LOWER}])(?=[{UPPER}][{LOWER}{UPPER}])"),
    re.compile(rf"(?<=[{ACCENTED}][{LOWER}][{LOWER}])(?=[{UPPER}][{LOWER}{UPPER}])"),
    # a sentence straight followed by a capitalised word: "đặc khu.Nhằm"; not in abbreviations ("NC.Châu", "TP.Lạng")
    re.compile(rf"(?<=[{LOWER}][.;:)])(?=[{UPPER}][{LOWER}])"),
    re.compile(rf"(?<=[)\d][.;:])(?=[{UPPER}][{LOWER}])"),
    re.compile(r"(?<=[.;])(?=\((?:Kèm|Gửi kèm|Đính kèm|Sao gửi|Có)\s)"),
    re.compile(r"(?<=\d\d\d\d)(?=(?:Ngày|Thực hiện|Căn cứ|Theo|Sau khi|Để|Nhằm|Trên cơ sở|Xét)\s)"),
    re.compile(rf"(?<=[{LOWER}])(?=(?:T[LM]|KT|TUQ|Q)\.\s?[{UPPER}])"),
    # capitals run into a capitalised word: "NAMĐộc lập", "PHÒNGĐỗ Tấn"
    re.compile(rf"(?<=[{UPPER}][{UPPER}])(?=[{UPPER}][{LOWER}](?!\)))"),
    re.compile(r"(?<=\))(?=[^\W\d_][^\W\d_]+ [^,\n]{1,30}, ngày)"),
)
# A dash item run into the heading above it: "UBND các xã, phường- Thực hiện …"; not "Văn hóa- Thông tin".
_DASHED = re.compile(rf"(?<=[a-z])(?=- ?(?!thong tin|phat trien|dau tu|xay dung)(?:{wording.any_of(wording.VERBS)})\b)")
# Formulae that begin a line wherever they stand in glued text; matched without diacritics.
_FORMULAE = re.compile(
    r"(?<=\S)(?=cong hoa xa hoi chu nghia viet nam|tinh [^,.;:]{2,20}(?:cong hoa|so\s*:)|so\s?:\s*\S{0,30}\s*/|v/v "
    r"|kinh gui\s*:"
    r"|noi nhan\s*:)"
    r"|(?<=uy ban nhan dan)(?=(?:tinh|thanh pho|huyen|quan|thi xa|xa|phuong|thi tran)\s)"
    r"|(?<=\s\s)(?=kinh gui\s*:|v/v )"
)
_POSITIONS = re.compile(
    rf"(?<=[{LOWER}.;])(?=(?:PHÓ )?(?:CHỦ TỊCH|CHÁNH VĂN PHÒNG|GIÁM ĐỐC|BỘ TRƯỞNG|THỨ TRƯỞNG|CỤC TRƯỞNG|THỦ TƯỚNG))"
    rf"|(?<=[{UPPER}])(?=(?:KT|TL|TUQ)\.\s?[{UPPER}])|(?<=\.)(?=(?:TM|KT|TL|TUQ)\.\s)"
    r"|(?<=CHỦ TỊCH)(?=CHỦ TỊCH|CHÁNH VĂN PHÒNG)"
    rf"|(?<=[{UPPER}])(?=PHÓ [{UPPER}])"
)
_SIGNS = re.compile(
    rf"[{ACCENTED}][{UPPER}][{LOWER}]|[{UPPER}]{{2}}[{UPPER}][{LOWER}]*[{ACCENTED}]"
    rf"|[{LOWER}][.;:]\d{{1,2}}\. ?[{UPPER}]|\./\.[^\s.]|[{LOWER}][;:.]-\s?[{UPPER}]|[{LOWER}][.:;][a-zđ]\) ?[{UPPER}]"
)

# "TỈNH HẢI LÂMSỞ NỘI VỤ": no syllable goes on like that.
_CAPITALS = re.compile(
    rf"(?<=[{UPPER}][{UPPER}])(?=(?:SỞ|ỦY BAN|UỶ BAN|VĂN PHÒNG|BAN|CHI CỤC|CỤC|TRUNG TÂM|CÔNG AN|CỘNG HÒA|CỘNG HOÀ)"
    rf"\s[{UPPER}])"
)

# Cells and lines that were run together with a blank between them, by what the line begins with.
_RUN_TOGETHER = (
    (re.compile(rf"[{UPPER}][{UPPER}\s,-]{{2,80}}\sSố\s?:"), re.compile(r"(?<=\S)\s+(?=Số\s?:|V/[vV]\s)")),
    (re.compile(r"\W*s[oố]\s?:", re.IGNORECASE), re.compile(r"(?<=\S)\s+(?=V/[vV]\s)")),
    (re.compile(r"\W*(?:Kính gửi|Nơi nhận)\s*:"), re.compile(r"(?<=[:;])\s+(?=[-–]\s?[^\W\d_])")),
    (
        re.compile(r"\W*(?:TM|KT|TL|TUQ)\.\s?[^\W\d_]"),
        re.compile(
            rf"(?<=[{UPPER}])(?<!PHÓ)(?<!QUYỀN)\s+(?=(?:KT|TL)\.\s"
            r"|(?:PHÓ |QUYỀN )?(?:CHỦ TỊCH|GIÁM ĐỐC|CHÁNH VĂN PHÒNG|BỘ TRƯỞNG|THỨ TRƯỞNG|CỤC TRƯỞNG)\b)"
            rf"|(?<=[{UPPER}])\s+(?=[{UPPER}][{LOWER}]+(?:\s[{UPPER}][{LOWER}]*){{1,3}}$)"
        ),
    ),
)

_LONG = 160  # a shorter line with a single sign of glue is a slip of the scanner


def breaks(line: str) -> list[int]:
    """The offsets at which `line` falls apart, ascending; none for a line that shows no glue."""
    certain = [place.start() for place in _CAPITALS.finditer(line)]
    for begins, apart in _RUN_TOGETHER:
        if begins.match(line):
            certain = sorted({*certain, *(place.end() for place in apart.finditer(line))})
    if not _SIGNS.search(line):
        return certain
    found = {place.start() for pattern in (*_PLACES, _POSITIONS) for place in pattern.finditer(line)}
    plain = bare(line)
    found |= {place.start() for pattern in (_FORMULAE, _DASHED) for place in pattern.finditer(plain)}
    places = sorted(place for place in found if 0 < place < len(line))
    return sorted({*places, *certain}) if len(places) > 1 or len(line) > _LONG else certain
