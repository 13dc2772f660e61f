from django.urls import URLPattern, path

from directives.views import (
    assigning,
    assignments,
    decisions,
    entering,
    files,
    letters,
    outbox,
    progress,
    reviews,
    splitting,
    work,
)

urlpatterns: list[URLPattern] = [
    path("viec/", work.my_work, name="my_work"),
    path("viec/<int:pk>/", progress.assignment, name="assignment"),
    path("viec/<int:pk>/cap-nhat/", progress.report_progress, name="report_progress"),
    path("tep/<uuid:pk>/", files.attachment, name="attachment"),
    path("nhiem-vu/", assignments.assignments, name="assignments"),
    path("van-ban/", letters.letters, name="letters"),
    path("van-ban/moi/", entering.new_letter, name="new_letter"),
    path("van-ban/nhap/<int:pk>/", entering.draft_head, name="draft_head"),
    path("van-ban/nhap/<int:pk>/tach/", splitting.split, name="split"),
    path("van-ban/nhap/<int:pk>/kiem-tra/", assigning.check_and_assign, name="check_and_assign"),
    path("van-ban/nhap/<int:pk>/bo/", entering.throw_away_draft, name="throw_away_draft"),
    path("van-ban/<int:pk>/", letters.letter, name="letter"),
    path("duyet/", reviews.review_queue, name="review_queue"),
    path("duyet/xac-nhan-nhieu/", decisions.confirm_several, name="confirm_several"),
    path("duyet/hoan-tac/", decisions.undo_decision, name="undo_decision"),
    path("duyet/<int:pk>/", reviews.review, name="review"),
    path("duyet/<int:pk>/xac-nhan/", reviews.confirm_completion, name="confirm_completion"),
    path("duyet/<int:pk>/tra-lai/", reviews.return_for_revision, name="return_for_revision"),
    path("thu-bao/", outbox.outbox, name="outbox"),
    path("thu-bao/<int:pk>/gui-lai/", outbox.send_again, name="send_again"),
    path("thu-bao/<int:pk>/da-den/", outbox.mark_arrived, name="mark_arrived"),
]
