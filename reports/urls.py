from django.urls import path

from reports.views import chase_letter, comparing, dashboard, editing, leadership, report, reports, schedules

urlpatterns = [
    path("lanh-dao/", leadership.leadership, name="leadership"),
    path("tong-quan/", dashboard.dashboard, name="dashboard"),
    path("don-doc/<int:pk>/cong-van/", chase_letter.chase_letter, name="chase_letter"),
    path("bao-cao/", reports.reports, name="reports"),
    path("bao-cao/so-sanh/", comparing.compare_reports, name="compare_reports"),
    path("bao-cao/lich/", schedules.report_schedules, name="report_schedules"),
    path("bao-cao/lich/<int:pk>/ngung/", schedules.end_report_schedule, name="end_report_schedule"),
    path("bao-cao/<uuid:pk>/", report.report, name="report"),
    path("bao-cao/<uuid:pk>/lap-lai/", report.retry_report, name="retry_report"),
    path("bao-cao/<uuid:pk>/dung/", report.stop_report, name="stop_report"),
    path("bao-cao/<uuid:pk>/sua/", editing.edit_report, name="edit_report"),
    path("bao-cao/<uuid:pk>/phat-hanh/", editing.issue_report, name="issue_report"),
    path("bao-cao/<uuid:pk>/thay-the/", editing.correct_report, name="correct_report"),
    path("bao-cao/<uuid:pk>/tep/", report.report_file, name="report_file"),
]
