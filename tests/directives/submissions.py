"""Submissions as an agency makes them: through the verb."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

from django.core.files.base import ContentFile

from agencies.models import User
from directives.actions.assignments import CheckedFile, Progress, report_progress
from directives.models import Assignment, Claim
from tests.factories import NOW, TODAY, AssignmentFactory

RESULT = "Đã ban hành văn bản đôn đốc, tổng hợp báo cáo của 14 cơ quan."


def submit(by: User, *, days_ago: int = 1, files: int = 0, document: str = "88/STP-VP", **details: Any) -> Assignment:
    """A new assignment of `by`'s agency, submitted so many days before today. `details` are the assignment's."""
    assignment = AssignmentFactory.create(agency=by.agency, **details)
    submit_again(assignment, by, days_ago=days_ago, files=files, document=document)
    return assignment


def submit_again(
    assignment: Assignment, by: User, *, days_ago: int, files: int = 0, document: str = "", result: str = RESULT
) -> None:
    progress = Progress(
        claim=Claim.COMPLETED,
        result=result,
        completed_on=TODAY - timedelta(days=days_ago),
        document_reference=document,
        files=[evidence(n) for n in range(files)],
    )
    at = NOW - timedelta(days=days_ago)
    report_progress(assignment, by=by, now=at, progress=progress, version=assignment.version, key=uuid4())
    assignment.refresh_from_db()


def evidence(number: int = 0) -> CheckedFile:
    content = ContentFile(b"%PDF-1.4 minh chung")
    return CheckedFile(content, f"minh-chung-{number}.pdf", "application/pdf", content.size, "0" * 64)
