from django.urls import path

from reports.views import chase_letter, dashboard, report, reports

urlpatterns = [
    path("tong-quan/", dashboard.dashboard, name="dashboard"),
    path("don-doc/<int:pk>/cong-van/", chase_letter.chase_letter, name="chase_letter"),
    path("bao-cao/", reports.reports, name="reports"),
    path("bao-cao/<uuid:pk>/", report.report, name="report"),
    path("bao-cao/<uuid:pk>/lap-lai/", report.retry_report, name="retry_report"),
    path("bao-cao/<uuid:pk>/tep/", report.report_file, name="report_file"),
]
