"""The figures of a report may be taken by whoever makes its file: when that was, and what leads, stand beside them."""

from typing import Any

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import F, TextField, Value
from django.db.models.fields.json import KT
from django.db.models.functions import Coalesce


def fill(apps: Any, schema_editor: Any) -> None:
    """Until now the figures were taken when the report was asked for, and said themselves what leads."""
    leading = Coalesce(KT("snapshot__leading"), Value("den-han"), output_field=TextField())
    apps.get_model("reports", "Report").objects.update(taken_at=F("requested_at"), leading=leading)


class Migration(migrations.Migration):

    dependencies = [("reports", "0005_report_formats_and_downloads")]

    operations = [
        migrations.RemoveConstraint(
            model_name='report',
            name='report_state_known',
        ),
        migrations.AddField(
            model_name='report',
            name='leading',
            field=models.CharField(choices=[('den-han', 'Số nhiệm vụ đến hạn'), ('tong-giao', 'Tổng số nhiệm vụ được giao'), ('da-hoan-thanh', 'Tổng số nhiệm vụ đã hoàn thành')], default='den-han', max_length=20),
        ),
        migrations.AddField(
            model_name='report',
            name='same_as',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='doubles', to='reports.report'),
        ),
        migrations.AddField(
            model_name='report',
            name='taken_at',
            field=models.DateTimeField(blank=True, null=True, verbose_name='số liệu lấy lúc'),
        ),
        migrations.AlterField(
            model_name='report',
            name='snapshot',
            field=models.JSONField(blank=True, null=True),
        ),
        migrations.AlterField(
            model_name='report',
            name='snapshot_hash',
            field=models.CharField(blank=True, max_length=64),
        ),
        migrations.AlterField(
            model_name='report',
            name='state',
            field=models.CharField(choices=[('cho-tao', 'Chờ tạo'), ('dang-tao', 'Đang tạo'), ('da-xong', 'Đã xong'), ('that-bai', 'Không tạo được'), ('da-dung', 'Đã dừng'), ('trung', 'Trùng báo cáo đã có')], default='cho-tao', max_length=10),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
