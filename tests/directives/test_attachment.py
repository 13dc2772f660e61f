"""Files of evidence are given out as downloads, to those who may see the assignment, and can do nothing."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.core.files.base import ContentFile

from directives.models import Attachment, Claim, ProgressUpdate
from tests.factories import NOW, AssignmentFactory

pytestmark = pytest.mark.django_db
CONTENT = b"%PDF-1.7 <script>alert(1)</script>"


@pytest.fixture
def file(settings, tmp_path, stp, an):
    settings.MEDIA_ROOT = tmp_path
    update = ProgressUpdate.objects.create(
        assignment=AssignmentFactory.create(agency=stp),
        author=an,
        created_at=NOW,
        claim=Claim.IN_PROGRESS,
        percent=10,
        result="x",
        key=uuid4(),
    )
    one = Attachment(
        update=update, name="Báo cáo «quý I».pdf", content_type="application/pdf", size=len(CONTENT), sha256="0" * 64
    )
    one.file.save(one.pk.hex, ContentFile(CONTENT), save=False)
    one.save()
    return one


def test_the_agency_the_office_and_leaders_may_download(client_of, an, binh, dung, giang, file):
    for person in (an, binh, dung, giang):
        response = client_of(person).get(f"/tep/{file.pk}/")
        assert response.status_code == 200
        assert b"".join(response.streaming_content) == CONTENT


def test_another_agency_gets_404(client_of, chi, file):
    assert client_of(chi).get(f"/tep/{file.pk}/").status_code == 404


def test_an_administrator_keeps_the_system_and_not_the_files(client_of, quan, file):
    assert client_of(quan).get(f"/tep/{file.pk}/").status_code == 403


def test_who_is_not_signed_in_is_asked_to(client, file):
    response = client.get(f"/tep/{file.pk}/")
    assert response.status_code == 302
    assert response["Location"].startswith("/dang-nhap/")


def test_it_is_always_a_download_that_can_do_nothing(client_of, an, file):
    response = client_of(an).get(f"/tep/{file.pk}/")
    assert response["Content-Disposition"].startswith("attachment; filename*=utf-8''B%C3%A1o%20c%C3%A1o")
    assert response["Content-Type"] == "application/pdf"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert response["Cache-Control"] == "private, no-store"
    assert response["Content-Length"] == str(len(b"".join(response.streaming_content)))


def test_a_file_that_is_gone_from_the_disk_is_not_found_and_the_log_says_so(client_of, an, file, caplog):
    file.file.storage.delete(file.file.name)
    assert client_of(an).get(f"/tep/{file.pk}/").status_code == 404
    assert str(file.pk) in caplog.text


def test_an_unknown_file_is_not_found(client_of, an):
    assert client_of(an).get(f"/tep/{uuid4()}/").status_code == 404


def test_nothing_is_served_past_the_view(client_of, an, file):
    assert client_of(an).get(f"/media/{file.file.name}").status_code == 404
