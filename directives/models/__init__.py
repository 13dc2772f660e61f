"""What was ordered, to whom, and what became of it."""

from directives.models.absence import Absence
from directives.models.assignment import Assignment, AssignmentQuerySet
from directives.models.chase import Chase, ChaseItem, ChaseQuerySet, ChaseRecipient, Explanation
from directives.models.condition import ConditionMet
from directives.models.directive import Directive, Modality, Party, PartyRole
from directives.models.directory import AgencyAct, AgencyChange
from directives.models.draft import Draft
from directives.models.extension import (
    MANY_EXTENSIONS,
    Extended,
    ExtensionQuerySet,
    ExtensionRequest,
    ExtensionState,
    not_extendable,
)
from directives.models.feed import Feed
from directives.models.history import HistoryEntry, HistoryEntryQuerySet, withdrawable_of
from directives.models.holiday import CalendarChange, DayKind, not_changeable
from directives.models.letter import Citation, Letter, LetterKind, LetterState
from directives.models.notice import Notice, NoticeItem, NoticeKind, NoticeQuerySet, NoticeState, deadline_meant
from directives.models.pause import Pause
from directives.models.policy import ReminderPolicy, ReminderStep
from directives.models.progress import Attachment, Claim, ProgressUpdate
from directives.models.remark import Remark, Voice
from directives.models.roster import Roster
from directives.models.saved_filter import SavedFilter
from directives.models.seal import LONGEST, HistorySeal, HistorySealQuerySet
from directives.models.succession import Heirs, Succession, heirs_of, holder, left_behind
from directives.models.tick import Tick, TickName

__all__ = [
    "LONGEST",
    "MANY_EXTENSIONS",
    "Absence",
    "AgencyAct",
    "AgencyChange",
    "Assignment",
    "AssignmentQuerySet",
    "Attachment",
    "CalendarChange",
    "Chase",
    "ChaseItem",
    "ChaseQuerySet",
    "ChaseRecipient",
    "Citation",
    "Claim",
    "ConditionMet",
    "DayKind",
    "Directive",
    "Draft",
    "Explanation",
    "Extended",
    "ExtensionQuerySet",
    "ExtensionRequest",
    "ExtensionState",
    "Feed",
    "Heirs",
    "HistoryEntry",
    "HistoryEntryQuerySet",
    "HistorySeal",
    "HistorySealQuerySet",
    "Letter",
    "LetterKind",
    "LetterState",
    "Modality",
    "Notice",
    "NoticeItem",
    "NoticeKind",
    "NoticeQuerySet",
    "NoticeState",
    "Party",
    "PartyRole",
    "Pause",
    "ProgressUpdate",
    "Remark",
    "ReminderPolicy",
    "ReminderStep",
    "Roster",
    "SavedFilter",
    "Succession",
    "Tick",
    "TickName",
    "Voice",
    "deadline_meant",
    "heirs_of",
    "holder",
    "left_behind",
    "not_changeable",
    "not_extendable",
    "withdrawable_of",
]
