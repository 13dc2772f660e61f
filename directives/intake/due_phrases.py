"""The phrases in which letters set deadlines (DOMAIN §3), as patterns on text without diacritics."""

import re

DAY = (
    r"(?P<day>\d{1,2})(?:\s?[/.-]\s?(?P<month>\d{1,2})(?!\d)(?:\s?[/.-]\s?(?P<year>(?:19|20|21)\d\d))?"
    r"|\s+thang\s+(?P<month_word>\d{1,2})(?:\s*(?:nam|/)\s*(?P<year_word>(?:19|20|21)\d\d))?)(?![\d/])"
)
# "3O/9/2017": letters that scanners read for digits; "mới ngay" is not "mỗi ngày".
DIGITS = re.compile(
    r"\b(?=[ol]?\d)[\dol]{1,2}/[\dol]{1,2}(?:/[12][\dol]{3})?\b|(?<=ngay )(?=[ol]?\d)[\dol]{1,2}(?=[/ ])"
    r"|(?<=thang )(?=[ol]?\d)[\dol]{1,2}(?=\s+nam\b|/)"
)
AS_DIGITS = str.maketrans("ol", "01")
NEW = re.compile(r"\bmới\b")

HOUR = r"(?:\d{1,2}\s?(?:gio|g|h)\s?(?:\d{1,2})?\s?(?:phut)?,?\s*)?"
PURPOSE = r"thoi\s+gian(?:\s+[a-z ]{1,20})?\s*:"  # "Thời gian hoàn thành: …"
BEFORE = r"truoc|cham\s+nhat(?:\s+(?:la|den|vao|trong|truoc))*|muon\s+nhat(?:\s+la)?"
FIRM = rf"{BEFORE}|xong(?:\s+truoc)?|han(?:\s+(?:cuoi|chot|den))?|den\s+het|thoi\s+han(?:\s+hoan\s+thanh)?\s*:?"

FEAST = r"(?:(?:quoc\s+khanh|le|tet|khai\s+mac|bau\s+cu|khai\s+giang|thu)\b[a-z ]{0,20}?\s)?"

# "ngày 27 tháng Chạp (03/02/2008)": the moon's day, the sun's behind it
MOON = r"ngay\s+\d{1,2}\s+(?:thang\s+(?:chap|gieng)|tet)\b[a-z ]{0,16}\(\s*(?:tuc\s+(?:la\s+)?|nham\s+)?(?:ngay\s+)?"

# "trước ngày 30/6/2023", "chậm nhất là ngày …", "trước 17 giờ 00 ngày …", "trước 15/4/2024"
FIRM_DAY = re.compile(
    rf"\b(?:{FIRM})\s*:?\s*{HOUR}(?:het\s+)?(?:{MOON}|(?:ngay|hom)\s+{FEAST}|(?=\d{{1,2}}\s?[/.-]))(?:het\s+ngay\s+)?{DAY}"
)
# "trong ngày 15/3/2023", "hoàn thành ngày …", "Thời gian: ngày …"
WITHIN_DAY = re.compile(rf"\b(?:trong|hoan\s+thanh(?:\s+(?:trong|vao))?|{PURPOSE})\s*{HOUR}ngay\s+{DAY}")
BARE_DAY = re.compile(rf"(?:\b(?:tu|vao|den|ke\s+tu)\s+)?\b{HOUR}(?:sang\s+|chieu\s+)?ngay\s+{DAY}")
# "trong tháng 3/2023", "trước tháng 6 năm 2023", "trong tháng 5"
MONTH = re.compile(
    r"\b(?P<lead>trong|truoc|het|cuoi|den\s+het|dau|xong(?:\s+trong)?|hoan\s+thanh(?:\s+trong)?"
    rf"|cham\s+nhat(?:\s+trong)?|{PURPOSE}(?:\s+trong)?)\s+"
    r"thang\s+(?P<month>\d{1,2})(?!\s*[-,]\s*\d)(?:\s*(?:/|nam)\s*(?P<year>(?:19|20|21)\d\d))?(?![\d/])"
)
# "trong quý II/2023", "(quý I/2023)"
QUARTER = re.compile(
    r"(?:\b(?P<lead>trong|truoc|het|cuoi|den\s+het|dau|hoan\s+thanh(?:\s+trong)?|xong|cham\s+nhat(?:\s+trong)?)\s+"
    r"|[:(]\s*)quy\s+(?P<quarter>iv|iii|ii|i|[1-4])\b(?:\s*(?:/|,?\s*nam)\s*(?P<year>(?:19|20|21)\d\d))?"
)
# "trong năm 2023", "hết năm 2025"; "đến năm 2030" is the horizon of a plan
YEAR = re.compile(
    r"\b(?P<lead>trong|het|cuoi|den\s+het|den\s+cuoi|truoc|hoan\s+thanh(?:\s+trong)?)\s+"
    r"nam\s+(?P<year>(?:19|20|21)\d\d)(?!\s*[-–]\s*\d)"
)
# "trong tuần thứ nhất tháng 9/2024", "trong tuần cuối tháng 5"; "trong tuần này", "trong tuần sau"
WEEK_OF = re.compile(
    r"\btuan\s+(?:thu\s+)?(?P<which>nhat|hai|ba|tu|dau|cuoi|[1-4])\s+(?:cua\s+)?thang\s+(?P<month>\d{1,2})"
    r"(?:\s*(?:/|nam)\s*(?P<year>(?:19|20|21)\d\d))?(?![\d/])"
)
WEEK = re.compile(r"\btrong\s+tuan\s+(?P<which>nay|sau|toi)\b")
WEEKS = {"nhat": 1, "dau": 1, "1": 1, "hai": 2, "2": 2, "ba": 3, "3": 3, "tu": 4, "4": 4}
# "tại phiên họp UBND tỉnh thường kỳ tháng 8/2024"
SESSION = re.compile(
    r"\b(?:tai|trinh)\s+(?:phien\s+hop|ky\s+hop|hoi\s+nghi)\b(?:\s+[a-z]+){0,8}?\s+thang\s+(?P<month>\d{1,2})"
    r"(?:\s*(?:/|nam)\s*(?P<year>(?:19|20|21)\d\d))?(?![\d/])"
)
QUARTERS = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "1": 1, "2": 2, "3": 3, "4": 4}

UNITS = {"ngay": "day", "tuan": "week", "thang": "month", "quy": "quarter", "nam": "year"}
# "trước ngày 15 hằng tháng", "định kỳ hằng quý", "trước 16 giờ hàng ngày", "trước ngày 01/6 và ngày 01/12 hằng năm"
EVERY = re.compile(
    r"(?P<firm>\b(?:truoc|cham\s+nhat(?:\s+(?:la|vao))?|vao|dinh\s+ky(?:\s+vao)?)\s+"
    r"(?:\d{1,2}\s?(?:gio|g|h)\s?\d{0,2}\s*(?:phut)?\s*)?"
    r"(?:ngay\s+(?P<day>\d{1,2})(?:\s?[/.]\s?\d{1,2}|\s+thang\s+\d{1,2})?"
    r"(?:\s*(?:,|va)\s+(?:truoc\s+)?(?:ngay\s+)?\d{1,2}[^;.]{0,24}?)?\s+|(?:thu\s+\w+|ngay)\s+)?)?"
    r"(?P<regular>dinh\s+ky\s+(?:vao\s+)?)?(?:hang|moi|tung)\s+(?P<unit>ngay|tuan|thang|quy|nam)\b(?!\s+\d)"
)
# "trước ngày 20 của tháng cuối quý"
LAST_MONTH = re.compile(
    r"\b(?:truoc|cham\s+nhat|vao|dinh\s+ky)\s+(?:ngay\s+)?(?P<day>\d{1,2})\s+(?:cua\s+)?"
    r"thang\s+(?:cuoi|dau|thu\s+\w+)\s*(?:cua\s+)?(?:hang\s+|moi\s+)?(?P<unit>quy|nam)"
)
# "vào ngày làm việc đầu tiên của tháng", "ngày cuối cùng của quý"
EDGE_DAY = re.compile(
    r"\b(?:vao\s+|truoc\s+)?ngay\s+(?:lam\s+viec\s+)?(?:dau(?:\s+tien)?|cuoi(?:\s+cung)?)\s+(?:cua\s+)?"
    r"(?:hang\s+|moi\s+)?(?P<unit>tuan|thang|quy)\b(?!\s*(?:\d|[ivx]+\b|nay|sau|toi))"
)
# "định kỳ 6 tháng", "Định kỳ (ít nhất 6 tháng một lần)", "06 tháng/lần"
MONTHS_EACH = re.compile(
    r"\bdinh\s+ky\s*\(?(?:[a-z ]{0,16}?)(?P<count>0?[1369]|12|ba|sau|mot)\s+thang"
    r"(?:\s*(?:/|mot|1)\s*lan)?(?:\s+(?:va|,)\s*(?:hang\s+)?nam)?\)?"
    r"|\b(?P<count_each>0?[136]|12|ba|sau|mot)\s+thang\s*(?:/|mot|1|01)\s*lan"
)
# "cứ 02 tuần một lần", "02 giờ/lần", "mỗi tuần 02 lần", "01 lần/tháng"
EACH_TIME = re.compile(
    r"\b(?:cu\s+)?(?P<count>\d{1,2})\s*(?P<unit>gio|ngay|tuan|thang|nam)\s*(?:/|mot|1|01)\s*lan\b"
    r"|\b(?:moi\s+|hang\s+)?(?P<whole>ngay|tuan|thang|quy|nam)\s+(?:\d{1,2}|mot|hai|ba)\s+lan\b"
    r"|\b\d{1,2}\s*(?:lan|ky|buoi|so|tin|bai|phien)\s*/\s*(?:moi\s+)?(?P<per>ngay|tuan|thang|quy|nam)\b"
)
# "định kỳ tháng", "báo cáo theo quý, năm"; not "theo quy định", which has no marks here
BY_UNIT = re.compile(
    r"\bdinh\s+ky\s+(?:theo\s+|bao\s+cao\s+)?(?P<unit>tuan|thang|quy|nam)\b(?!\s*\d)"
    r"|\btheo\s+(?P<each>tuan|thang|quy)(?=\s*(?:[,;.)]|(?:ve|gui|va|cho|den)\b|$))"
)
# "định kỳ báo cáo", not "hội nghị giao ban báo chí định kỳ"
REGULARLY = re.compile(
    r"\bdinh\s+ky(?:\s*,?\s*(?:va\s+)?dot\s+xuat)?\s+(?=(?:bao\s+cao|tong\s+hop|kiem\s+tra|to\s+chuc|danh\s+gia"
    r"|ra\s+soat"
    r"|so\s+ket|cap\s+nhat|thong\s+ke|gui|giao\s+ban|thong\s+bao|don\s+doc|theo\s+doi|cong\s+khai|thong\s+tin)\b)"
    r"|\b(?:bao\s+cao|kiem\s+tra|cap\s+nhat|tong\s+hop)\s+dinh\s+ky\b"
)
NUMBER_WORDS = {"mot": 1, "ba": 3, "sau": 6}
PERIODS = {1: "month", 3: "quarter", 6: "half_year", 12: "year"}
# "hằng năm" says nothing about the duty where it only belongs to a plan, a budget or a need.
PLAN_WORDS = re.compile(
    r"(?:ke\s+hoach|chuong\s+trinh|du\s+toan|nhu\s+cau|khen\s+thuong|thi\s+dua|kinh\s+phi|hoat\s+dong|ngan\s+sach"
    r"|chi\s+tieu"
    r"|nhiem\s+vu|sinh\s+hoat|cong\s+viec|cong\s+tac|binh\s+quan)\s+(?:[a-z]+\s+){0,6}$"
)
REPORT_WORDS = re.compile(
    r"\b(?:bao\s+cao|tong\s+hop|gui|danh\s+gia|so\s+ket|tong\s+ket|kiem\s+tra|ra\s+soat|giao\s+ban|thong\s+bao"
    r"|cung\s+cap"
    r"|cap\s+nhat|thong\s+ke|cong\s+bo|to\s+chuc|lap|xay\s+dung|trinh)\b"
)

# "trong 05 ngày làm việc kể từ ngày nhận", "trong thời hạn 30 ngày kể từ ngày ký"
TERM = re.compile(
    r"\b(?P<lead>trong\s+(?:vong|thoi\s+han|thoi\s+gian)|(?<!truoc )thoi\s+han|trong"
    r"|cham\s+nhat(?:\s+(?:la|sau|trong))*|sau|khong\s+qua|toi\s+da)\s+(?:la\s+)?(?P<count>\d{1,3})(?:\s*\([^)]{1,20}\))?\s*"
    r"(?P<unit>ngay(?:\s+lam\s+viec)?|thang|tuan|gio|nam)\b"
    r"(?P<rest>\s*,?\s+(?:ke\s+tu|tinh\s+tu|tu|sau)\b[^,;.:]{0,120})?"
)
# "trước ngày họp 05 ngày", "chậm nhất 10 ngày trước ngày khai mạc": counted back from an event.
_EVENT = (
    r"(?:ngay|khi|ky|phien|buoi|cuoc|hoi\s+nghi|thoi\s+diem|le|dot|tet|mua|khai\s+giang|dai\s+hoi)\b"
    r"(?:\s+(?!\d|it\b|toi\b)[a-z]+){0,8}?"
)
BEFORE_EVENT = re.compile(
    rf"\btruoc\s+{_EVENT},?\s+(?:it\s+nhat\s+|toi\s+thieu\s+)?(?:la\s+)?(?P<count>\d{{1,3}})(?:\s*\([^)]{{1,20}}\))?\s*"
    r"(?P<unit>ngay(?:\s+lam\s+viec)?|thang|tuan)\b(?!\s*(?:\d|chap\b|gieng\b|am\b))"
    r"|\b(?:(?:cham|muon)\s+nhat(?:\s+la)?|it\s+nhat|toi\s+thieu|truoc(?:\s+it\s+nhat)?)\s+(?P<count_ahead>\d{1,3})"
    r"(?:\s*\([^)]{1,20}\))?\s*"
    rf"(?P<unit_ahead>ngay(?:\s+lam\s+viec)?|thang|tuan)\s+(?:truoc|so\s+voi|tinh\s+den)\s+{_EVENT}(?=\s*[,;.()]|\s+de\b|$)"
)
# "trong 05 ngày làm việc", "trong 24 giờ", "trong vòng 03 ngày"
ALONE = re.compile(r"lam\s+viec$|^trong\s+\d+\s*gio$|^trong\s+vong\s.*(?:gio|ngay|tuan)$")
RECEIPT = re.compile(r"\b(?:ngay|khi)\s+nhan\b|\bnhan\s+duoc\b|\btiep\s+nhan\b")
TERM_UNITS = {"ngay": "day", "gio": "hour", "tuan": "week", "thang": "month", "nam": "year"}
# "sau khi có hướng dẫn của Bộ …", "hoàn thành trước khi bắt đầu năm học"
CONDITION = re.compile(
    r"\b(?:ngay\s+)?sau\s+khi\s+(?:co|duoc|nhan\s+duoc|bo\b|cap\s+co\s+tham\s+quyen|ubnd\s+tinh|uy\s+ban|chinh\s+phu"
    r"|thu\s+tuong|trung\s+uong|quoc\s+hoi|hdnd|hoi\s+dong)[^;.]{0,220}"
    r"|\b(?:ngay\s+)?sau\s+khi\s+(?:[a-z]+\s+){1,8}?duoc\s+(?:[a-z]+\s+){0,6}?"
    r"(?:phe\s+duyet|thong\s+qua|ban\s+hanh|chap\s+thuan|tham\s+dinh|phe\s+chuan|cong\s+bo|danh\s+gia)\b[^,;.]{0,60}"
    r"|\bkhi\s+co\s+(?:van\s+ban|huong\s+dan|chi\s+dao|thong\s+bao|quyet\s+dinh|ke\s+hoach)[^,;.]{0,120}"
    r"|\b(?:hoan\s+thanh|xong)\s+truoc\s+khi\s[^,;.]{1,120}"
)
# "theo thời gian được nêu tại khoản 1"
REFERENCE = re.compile(
    r"\b(?:theo|dung|bao\s+dam|dam\s+bao)\s+(?:dung\s+)?(?:thoi\s+gian|thoi\s+han|tien\s+do)(?:\s+(?:da|duoc))*"
    r"(?:\s+(?:neu|quy\s+dinh|yeu\s+cau|giao))?\s+(?:o|tai)\s+(?:khoan|muc|diem|phan)\s+(?P<label>\d+(?:\.\d+)*"
    r"|[a-z])\b"
)
STANDING = re.compile(r"\b(?:thuong\s+xuyen|tiep\s+tuc|duy\s+tri)\b")
SAID_BY_COLUMN = ("", "thoi han: ", "thoi gian: ", "trong ")  # what the head of a table's column says before its cells
# Terms of plans, years of schooling, entry into force (DOMAIN §3, traps).
PLAN_TERM = re.compile(
    r"\b(?:giai\s+doan|nhiem\s+ky|nam\s+hoc|thoi\s+ky|khoa)\s+\d{4}\s*[-–]\s*\d{2,4}"
    r"|\b(?:tu\s+)?nam\s+\d{4}\s*(?:[-–]|den(?:\s+nam)?)\s*\d{4}"
    r"|\bhieu\s+luc\s+(?:thi\s+hanh\s+)?(?:ke\s+)?tu\s+ngay\s+\S+(?:\s+thang\s+\d+\s+nam\s+\d+)?"
)
# What stands before a date that tells of something past or of another document.
NO_DEADLINE = re.compile(
    r"(?:\bda\b[^,;.]{0,60}|\b(?:ky|sinh|ban\s+hanh|thong\s+qua|ket\s+luan|van\s+ban|cong\s+van|thong\s+bao|hop|phien"
    r"|ky\s+niem|chao\s+mung|thanh\s+lap|so\s+lieu)\s*)$"
)
EVERY_BEHIND = re.compile(r"\s*(?:hang|moi)\s+(?:thang|nam|quy)")
# "từ ngày 01/8/2023 đến ngày 10/8/2023", "từ ngày 21/4 đến 17h00 ngày 28/4/2025"
RANGE = re.compile(
    rf"\btu\s+{HOUR}(?:ngay\s+)?\d{{1,2}}(?:(?:\s?[/.-]\s?\d{{1,2}}){{1,2}}\d{{0,2}}"
    rf"|\s+thang\s+\d{{1,2}}(?:\s+nam\s+\d{{4}})?)?\s*,?\s*(?:den|-|–)\s+(?:het\s+)?{HOUR}(?:het\s+)?(?:ngay\s+)?{DAY}"
)
# What figures are counted over, or people are away for; "tính từ ngày", not "trên địa bàn tỉnh từ ngày".
COUNTED = re.compile(
    r"\b(?:so\s+lieu|thong\s+ke|tinh\s+hinh|phat\s+sinh|ky\s+bao\s+cao|hieu\s+luc|ket\s+qua|thoi\s+ky|tong\s+hop"
    r"|nghi\s+(?:le|tet|he|hoc|phep|dip))\b[^;.]{0,60}$"
    r"|(?<!ban )(?<!toan )(?<!trong )(?<!ubnd )(?<!nhan dan )\b(?:tinh|nghi)\s+$"
)
RANGE_BEHIND = re.compile(r"\s*(?:den|-|–)\s+(?:het\s+)?(?:ngay\s+)?\d")
RANGE_BEFORE = re.compile(r"\btu\s+(?:ngay\s+)?\d[^;]{0,24}$")
