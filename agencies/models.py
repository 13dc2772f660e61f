"""Who gives and who receives directives: bodies, groups of bodies, people."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Coalesce

from agencies.text import fold, nfc, sort_key


class Kind(models.TextChoices):
    """What sort of body; groups are rules over these (directory file, column `kind`)."""

    OFFICE = "van_phong", "Văn phòng UBND tỉnh"
    DEPARTMENT = "so", "Sở"
    EQUAL_TO_DEPARTMENT = "co_quan_ngang_so", "Cơ quan ngang sở"
    BOARD = "ban", "Ban trực thuộc UBND tỉnh"
    UNIT_OF_OFFICE = "don_vi_thuoc_vp", "Đơn vị thuộc Văn phòng"
    ROOM_OF_OFFICE = "phong_vp", "Phòng thuộc Văn phòng"
    PORTAL = "cong_ttdt", "Cổng thông tin điện tử"
    PRESS = "bao_chi", "Cơ quan báo chí"
    FRONT = "mttq", "Ủy ban Mặt trận Tổ quốc"
    MASS_ORGANISATION = "ct_xh", "Tổ chức chính trị - xã hội"
    PARTY = "dang", "Cơ quan Đảng"
    COUNCIL = "hdnd", "Hội đồng nhân dân"
    CENTRAL_BRANCH = "nganh_doc", "Cơ quan ngành dọc"
    CENTRAL = "trung_uong", "Cơ quan trung ương"
    CITY = "thanh_pho", "UBND thành phố"
    DISTRICT = "huyen", "UBND huyện"
    COMMUNE = "xa", "UBND xã"
    WARD = "phuong", "UBND phường"


# Bodies outside the line of the provincial People's Committee are asked, never ordered, chased or ranked (DOMAIN §4).
NOT_SUBORDINATE = frozenset({Kind.FRONT, Kind.MASS_ORGANISATION, Kind.PARTY, Kind.COUNCIL, Kind.CENTRAL})


class Comparison(models.TextChoices):
    """Bodies are compared only with bodies like themselves (DOMAIN §5, last line)."""

    DEPARTMENTS = "so-ban-nganh", "Sở, ban, ngành"
    LOCALITIES = "dia-phuong", "Địa phương"
    PRESS = "bao-chi", "Cơ quan báo chí, truyền thông"
    OTHERS = "khac", "Mặt trận, đoàn thể và cơ quan khác"

    @property
    def kinds(self) -> list[Kind]:
        """The kinds of bodies compared under this name."""
        return [kind for kind in Kind if _COMPARISON.get(kind, Comparison.OTHERS) == self]


_COMPARISON = {
    Kind.OFFICE: Comparison.DEPARTMENTS,
    Kind.DEPARTMENT: Comparison.DEPARTMENTS,
    Kind.EQUAL_TO_DEPARTMENT: Comparison.DEPARTMENTS,
    Kind.BOARD: Comparison.DEPARTMENTS,
    Kind.CITY: Comparison.LOCALITIES,
    Kind.DISTRICT: Comparison.LOCALITIES,
    Kind.COMMUNE: Comparison.LOCALITIES,
    Kind.WARD: Comparison.LOCALITIES,
    Kind.PRESS: Comparison.PRESS,
    Kind.PORTAL: Comparison.PRESS,
}


def valid_on(day: date) -> Q:
    """Rows whose validity holds on `day`; an open end means "since ever" or "until further notice"."""
    begun = Q(valid_from__isnull=True) | Q(valid_from__lte=day)
    return begun & (Q(valid_to__isnull=True) | Q(valid_to__gte=day))


class AgencyQuerySet(models.QuerySet["Agency"]):
    def visible_to(self, user: User) -> AgencyQuerySet:
        """The directory is open to everybody who has signed in."""
        return self if user.is_active else self.none()

    def valid_on(self, day: date) -> AgencyQuerySet:
        return self.filter(valid_on(day))

    def matching(self, words: str) -> AgencyQuerySet:
        """Agencies whose name, abbreviation, code or alias holds every word, diacritics folded."""
        found = self
        for word in fold(words).split():
            found = found.filter(search__contains=word)
        return found


class Agency(models.Model):
    """A body. Names repeat (four departments of 2025 bear their predecessors'), so identity = code + validity."""

    code = models.CharField("mã", max_length=20)
    official_id = models.CharField("mã định danh điện tử", max_length=35, blank=True)  # QĐ 20/2020/QĐ-TTg
    name = models.CharField("tên đầy đủ", max_length=200)
    short_name = models.CharField("tên gọi", max_length=100)
    abbreviation = models.CharField("viết tắt", max_length=30, blank=True)
    aliases = models.JSONField("tên khác", default=list, blank=True)  # list of str, as written in letters
    kind = models.CharField("loại", max_length=20, choices=Kind.choices)
    is_subordinate = models.BooleanField("thuộc quyền chỉ đạo của UBND tỉnh")
    valid_from = models.DateField("từ ngày", null=True, blank=True)
    valid_to = models.DateField("đến hết ngày", null=True, blank=True)
    successors = models.ManyToManyField("self", symmetrical=False, blank=True, related_name="predecessors")
    certainty = models.CharField("độ tin cậy", max_length=200, blank=True)
    source = models.CharField("nguồn", max_length=500, blank=True)
    note = models.TextField("ghi chú", blank=True)
    search = models.TextField(editable=False)  # folded; written by `describe`
    sort_key = models.CharField(max_length=400, editable=False)

    objects = AgencyQuerySet.as_manager()

    class Meta:
        verbose_name = "cơ quan"
        verbose_name_plural = "cơ quan"
        constraints = (
            models.UniqueConstraint(
                "code", Coalesce("valid_from", Value(date.min)), name="agency_identity_is_code_and_start"
            ),
            models.CheckConstraint(
                condition=Q(valid_from__isnull=True) | Q(valid_to__isnull=True) | Q(valid_from__lte=F("valid_to")),
                name="agency_ends_after_it_begins",
            ),
            models.CheckConstraint(condition=Q(kind__in=Kind.values), name="agency_kind_known"),
            models.CheckConstraint(condition=~Q(code="") & ~Q(name=""), name="agency_is_named"),
        )

    def __str__(self) -> str:
        return self.short_name

    @property
    def validity(self) -> str:
        """ "từ 01/03/2025", "đến 28/02/2025", "16/12/2004 – 28/02/2025"; "" when it is open on both sides."""
        if self.valid_from and self.valid_to:
            return f"{self.valid_from:%d/%m/%Y} – {self.valid_to:%d/%m/%Y}"
        if self.valid_from:
            return f"từ {self.valid_from:%d/%m/%Y}"
        return f"đến {self.valid_to:%d/%m/%Y}" if self.valid_to else ""

    def not_there(self, day: date) -> str:
        """Why the agency cannot take anything over on a day, as a sentence; "" when it can."""
        if self.valid_to and self.valid_to < day:
            return (
                f"{self} đã kết thúc ngày {self.valid_to:%d/%m/%Y}, trước ngày {day:%d/%m/%Y}. "
                "Chọn cơ quan còn hoạt động vào ngày đó."
            )
        if self.valid_from and self.valid_from > day:
            return (
                f"{self} chỉ hoạt động từ ngày {self.valid_from:%d/%m/%Y}, sau ngày {day:%d/%m/%Y}. "
                "Chọn cơ quan khác hoặc sửa ngày."
            )
        return ""

    @property
    def comparison(self) -> Comparison:
        """The bodies this one may be ranked among."""
        return _COMPARISON.get(Kind(self.kind), Comparison.OTHERS)

    def describe(self) -> None:
        """Fill the columns that are computed from the names; whoever writes an agency calls it before saving."""
        words = [self.code, self.name, self.short_name, self.abbreviation, *self.aliases]
        self.search = fold(" | ".join(words))
        self.sort_key = sort_key(self.short_name)


class AgencyGroup(models.Model):
    """Bodies named together ("các sở, ban, ngành"): a rule over kinds that gives the members on a date."""

    code = models.CharField("mã", max_length=20, unique=True)
    name = models.CharField("tên nhóm", max_length=200)
    phrases = models.JSONField("cách gọi trong văn bản", default=list, blank=True)  # list of str
    kinds = models.JSONField("gồm các loại", default=list)  # list of Kind values
    valid_from = models.DateField("từ ngày", null=True, blank=True)
    valid_to = models.DateField("đến hết ngày", null=True, blank=True)

    class Meta:
        verbose_name = "nhóm cơ quan"
        verbose_name_plural = "nhóm cơ quan"
        constraints = (
            models.CheckConstraint(
                condition=Q(valid_from__isnull=True) | Q(valid_to__isnull=True) | Q(valid_from__lte=F("valid_to")),
                name="group_ends_after_it_begins",
            ),
        )

    def __str__(self) -> str:
        return self.name

    def members(self, on: date) -> AgencyQuerySet:
        """The bodies the group stands for on a day (DOMAIN §5: expanded by the letter's date, then frozen)."""
        return Agency.objects.valid_on(on).filter(kind__in=self.kinds)


class Role(models.TextChoices):
    AGENCY_STAFF = "can-bo", "Cán bộ cơ quan"
    AGENCY_HEAD = "thu-truong", "Thủ trưởng cơ quan"
    OFFICER = "kgvx", "Chuyên viên Văn phòng UBND tỉnh"
    LEADER = "lanh-dao", "Lãnh đạo UBND tỉnh"
    ADMINISTRATOR = "quan-tri", "Quản trị hệ thống"


AGENCY_ROLES = frozenset({Role.AGENCY_STAFF, Role.AGENCY_HEAD})


class UserQuerySet(models.QuerySet["User"]):
    def visible_to(self, user: User) -> UserQuerySet:
        """The people of one's own agency, those who have left too; nobody for who belongs to none."""
        return self.filter(agency=user.agency_id, role__in=AGENCY_ROLES) if user.agency_id else self.none()

    def active(self) -> UserQuerySet:
        return self.filter(is_active=True)


class UserManager(BaseUserManager["User"].from_queryset(UserQuerySet)):  # type: ignore[misc]
    def create_user(self, username: str, password: str | None = None, **fields: Any) -> User:
        user = self.model(username=nfc(username), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, username: str, password: str | None = None, **fields: Any) -> User:
        fields.setdefault("role", Role.ADMINISTRATOR)
        fields.setdefault("full_name", username)
        return self.create_user(username, password, **fields)


class User(AbstractBaseUser):
    """One person, one account, one role, at most one agency."""

    username = models.CharField(
        "tên đăng nhập",
        max_length=60,
        unique=True,
        validators=[RegexValidator(r"^[a-z0-9._-]+$", "Chỉ dùng chữ thường không dấu, chữ số và các dấu . _ -")],
        error_messages={"unique": "Tên đăng nhập này đã có người dùng. Chọn tên khác."},
    )
    full_name = models.CharField("họ và tên", max_length=50)  # length: NĐ 30/2020 PL VI
    position = models.CharField("chức vụ", max_length=100, blank=True)
    email = models.EmailField("thư điện tử", blank=True)
    role = models.CharField("vai trò", max_length=20, choices=Role.choices)
    agency = models.ForeignKey(
        Agency, on_delete=models.PROTECT, null=True, blank=True, related_name="users", verbose_name="cơ quan"
    )
    is_coordinator = models.BooleanField("đầu mối điều phối", default=False)  # of the staff; heads are by their role
    is_active = models.BooleanField("đang hoạt động", default=True)

    objects = UserManager()

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        verbose_name = "người dùng"
        verbose_name_plural = "người dùng"
        constraints = (
            models.CheckConstraint(condition=Q(role__in=Role.values), name="user_role_known"),
            models.CheckConstraint(
                condition=~Q(role__in=sorted(AGENCY_ROLES)) | Q(agency__isnull=False),
                name="agency_people_have_an_agency",
            ),
            models.CheckConstraint(
                condition=Q(is_coordinator=False) | Q(role__in=sorted(AGENCY_ROLES)),
                name="coordinators_work_in_an_agency",
            ),
        )

    def __str__(self) -> str:
        return self.full_name or self.username

    @property
    def is_administrator(self) -> bool:
        return self.is_active and self.role == Role.ADMINISTRATOR

    # What Django's admin asks of a user; the portal's own rights are in agencies/permissions.py.
    @property
    def is_staff(self) -> bool:
        return self.is_administrator

    def has_perm(self, perm: str, obj: models.Model | None = None) -> bool:
        return self.is_administrator

    def has_module_perms(self, app_label: str) -> bool:
        return self.is_administrator
