"""One assignment's whole way: the agency reports with a file, the Office confirms, mail comes, a leader has the PDF."""

from __future__ import annotations

import re
import subprocess
import sys
from datetime import timedelta
from email.message import EmailMessage
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import NARROW, Portal, SignedIn, shoot, today_in_vietnam

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("portal")]
RESULT = "Đã tổng hợp báo cáo của 31 cơ quan, trình UBND tỉnh kết quả thực hiện Kế hoạch số 91/KH-UBND."
TASK = re.compile("Theo dõi, đôn đốc triển khai thực hiện Kế hoạch số 91")


def test_from_the_agency_to_the_leader(portal: Portal, signed_in: SignedIn, tmp_path: Path) -> None:
    _agency_reports(signed_in("canbo.stp"), _one_page_pdf(tmp_path))
    _office_confirms(signed_in("kgvx"))
    _ten_minutes_pass(portal)
    mail = portal.mail.wait_for(lambda one: "canbo.stp@langson.example" in one["To"] and "xác nhận" in one["Subject"])
    assert "Theo dõi, đôn đốc triển khai thực hiện Kế hoạch số 91" in _text(mail)
    _agency_sees_it_done(signed_in("canbo.stp", NARROW))
    _leader_downloads(signed_in("lanhdao"), portal, tmp_path)


def _agency_reports(page: Page, evidence: Path) -> None:
    """Three clicks and the text: the task, the claim, the button."""
    expect(page.get_by_role("heading", name="Việc của tôi")).to_be_visible()
    shoot(page, "viec-cua-toi")
    page.get_by_label("Tìm nhiệm vụ").fill("theo doi don doc")
    page.locator("main").get_by_role("button", name="Tìm").click()
    page.get_by_role("link", name=TASK).first.click()  # the longest overdue; other journeys give it anew
    expect(page.get_by_role("heading", name=TASK)).to_be_visible()
    expect(page.get_by_role("button", name="Lưu cập nhật")).to_be_visible()
    shoot(page, "nhiem-vu")
    page.get_by_label("Đã hoàn thành, đề nghị xác nhận").check()
    page.get_by_label("Kết quả đã thực hiện").fill(RESULT)
    page.get_by_label(re.compile("Ngày hoàn thành")).fill(f"{today_in_vietnam():%d/%m/%Y}")
    page.locator("input[type=file]").set_input_files(evidence)
    page.get_by_role("button", name=re.compile("Lưu cập nhật|Gửi xác nhận")).click()
    expect(page.get_by_text("KGVX sẽ xác nhận")).to_be_visible()
    expect(page.get_by_text(RESULT).first).to_be_visible()
    shoot(page, "da-gui")


def _office_confirms(page: Page) -> None:
    page.get_by_role("link", name="Duyệt", exact=True).click()
    shoot(page, "duyet")
    page.get_by_role("row").filter(has_text="Sở Tư pháp").filter(has_text=TASK).get_by_role("link").first.click()
    expect(page.get_by_text(RESULT).first).to_be_visible()
    expect(page.get_by_text("minh-chung.pdf").first).to_be_visible()
    shoot(page, "duyet-mot-muc")
    page.get_by_role("button", name="Xác nhận hoàn thành").click()
    expect(page.get_by_text("Đã xác nhận").first).to_be_visible()


def _ten_minutes_pass(portal: Portal) -> None:
    """A decision's mail waits as long as the decision may be taken back; beat's own minute sends it then."""
    code = (
        "from django.utils import timezone; from directives.models import Notice, NoticeKind; "
        "Notice.objects.filter(kind=NoticeKind.CONFIRMED).update(next_at=timezone.now())"
    )
    portal.run(sys.executable, "manage.py", "shell", "-c", code)


def _agency_sees_it_done(page: Page) -> None:
    page.goto("/viec/?q=theo+doi+don+doc")
    expect(page.get_by_text(re.compile("Hoàn thành, quá hạn")).first).to_be_visible()


def _leader_downloads(page: Page, portal: Portal, folder: Path) -> None:
    page.get_by_role("link", name="Tổng quan", exact=True).click()
    expect(page.get_by_role("heading", name="Tổng quan")).to_be_visible()
    shoot(page, "tong-quan")
    done = page.get_by_text(re.compile(r"^\d+/\d+$")).first.inner_text().strip()
    page.get_by_role("link", name="Báo cáo", exact=True).click()
    page.get_by_label("Từ ngày").fill("1/1/2023")
    page.get_by_label("Đến ngày").fill(f"{today_in_vietnam():%d/%m/%Y}")
    page.get_by_role("button", name="Tạo báo cáo").click()
    expect(page.get_by_role("link", name=re.compile("Tải PDF"))).to_be_visible(timeout=120_000)
    shoot(page, "bao-cao-da-xong")
    with page.expect_download() as download:
        page.get_by_role("link", name=re.compile("Tải PDF")).click()
    file = folder / "bao-cao.pdf"
    download.value.save_as(file)
    _is_the_official_report(_pdf_text(file), done)


def _is_the_official_report(text: str, done: str) -> None:
    words = " ".join(text.split())
    for part in (
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "BÁO CÁO",
        "Nơi nhận:",
        "Phụ lục",
    ):
        assert part in words
    finished, given = done.split("/")
    assert re.search(rf"\b{given} nhiệm vụ", words)
    assert re.search(rf"\b{finished} nhiệm vụ", words)
    assert re.search(r"\bSở Tư pháp \(\d+ nhiệm vụ\)", words)  # its part of the annex
    assert "Tổng cộng" in words


def test_a_reminder_is_planned_and_sent_by_worker_and_beat(portal: Portal) -> None:
    """The planning task is called as beat calls it; sending is left to beat's own minute."""
    portal.run(sys.executable, "-m", "celery", "-A", "congvan", "call", "directives.tasks.queue_due_reminders")
    mail = portal.mail.wait_for(lambda one: "canbo.stc@langson.example" in one["To"] and "hạn" in one["Subject"])
    text = _text(mail)
    assert "Tham mưu phương án kinh phí" in text
    assert f"{today_in_vietnam() + timedelta(days=3):%d/%m/%Y}" in text
    assert f"{portal.address}/viec/" in text
    same = [one for one in portal.mail.messages if one["Message-ID"] == mail["Message-ID"]]
    assert len(same) == 1


def _text(mail: EmailMessage) -> str:
    body = mail.get_body(("plain",))
    assert body is not None
    return str(body.get_content())


def _one_page_pdf(folder: Path) -> Path:
    """A small PDF as an office scanner makes it."""
    file = folder / "minh-chung.pdf"
    script = "import pydyf, sys; p = pydyf.PDF(); p.add_page(pydyf.Dictionary({'Type': '/Page', "
    script += (
        "'Parent': p.pages.reference, 'MediaBox': pydyf.Array([0, 0, 595, 842])})); p.write(open(sys.argv[1], 'wb'))"
    )
    subprocess.run([sys.executable, "-c", script, str(file)], check=True)
    return file


def _pdf_text(file: Path) -> str:
    return subprocess.run(["pdftotext", "-layout", str(file), "-"], capture_output=True, text=True, check=True).stdout
