"""The few entries of the top navigation, by role (UX §5)."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse

from agencies.permissions import Permission, allowed


@dataclass(frozen=True)
class Entry:
    url: str
    text: str
    current: bool


# In the bar: what a role opens every day.
_BAR = (
    ("my_work", "Việc của tôi", Permission.SEE_WORK),
    ("my_agency", "Cơ quan tôi", Permission.COORDINATE),
    ("leadership", "Lãnh đạo", Permission.DEMAND_EXPLANATION),
    ("dashboard", "Tổng quan", Permission.SEE_DASHBOARD),
    ("letters", "Văn bản", Permission.SEE_LETTERS),
    ("review_queue", "Duyệt", Permission.REVIEW),
    ("chases", "Đôn đốc", Permission.CHASE),
    ("reports", "Báo cáo", Permission.MAKE_REPORTS),
    ("admin:index", "Quản trị", Permission.ADMINISTER),
    ("help", "Trợ giúp", Permission.SEE_WORK),
)
# In the menu behind the person's name: what is opened now and then.
_MENU = (
    ("account", "Tài khoản", Permission.USE_PORTAL),
    ("system_state", "Tình trạng hệ thống", Permission.SEE_SYSTEM),
    ("extensions", "Gia hạn", Permission.DECIDE_EXTENSIONS),
    ("agency_directory", "Cơ quan", Permission.CHANGE_AGENCIES),
    ("holidays", "Ngày nghỉ", Permission.EDIT_CALENDAR),
    ("outbox", "Thư báo", Permission.FOLLOW_MAIL),
    ("reminder_policy", "Chính sách nhắc hạn", Permission.SET_REMINDERS),
    ("help", "Trợ giúp", Permission.USE_PORTAL),
)


def navigation(request: HttpRequest) -> dict[str, object]:
    """Context of every page: `nav` and `menu`, the entries the signed-in person may open, each once; `may_search`."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {"nav": [], "menu": []}
    bar = [_entry(request, *entry[:2]) for entry in _BAR if allowed(user, entry[2])]
    menu = [_entry(request, *entry[:2]) for entry in _MENU if allowed(user, entry[2])]
    there = {entry.url for entry in bar}
    menu = [entry for entry in menu if entry.url not in there]
    return {"nav": bar, "menu": menu, "may_search": allowed(user, Permission.SEE_ASSIGNMENTS)}


def _entry(request: HttpRequest, name: str, text: str) -> Entry:
    url = reverse(name)
    return Entry(url, text, request.path.startswith(url))
