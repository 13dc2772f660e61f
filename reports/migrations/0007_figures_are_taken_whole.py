"""Figures are there whole or not at all; what turned out to be said already says where."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [("reports", "0006_figures_taken_by_the_maker")]

    operations = [
        migrations.AddConstraint(
            model_name='report',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['cho-tao', 'dang-tao', 'da-xong', 'that-bai', 'da-dung', 'trung'])), name='report_state_known'),
        ),
        migrations.AddConstraint(
            model_name='report',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('snapshot__isnull', True), ('snapshot_hash', ''), ('taken_at__isnull', True)), models.Q(('snapshot__isnull', False), ('taken_at__isnull', False), models.Q(('snapshot_hash', ''), _negated=True)), _connector='OR'), name='report_figures_taken_whole'),
        ),
        migrations.AddConstraint(
            model_name='report',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('same_as__isnull', False), ('state', 'trung')), models.Q(models.Q(('state', 'trung'), _negated=True), ('same_as__isnull', True)), _connector='OR'), name='report_same_says_as_which'),
        ),
        migrations.AddConstraint(
            model_name='report',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'da-xong'), _negated=True), ('taken_at__isnull', False), _connector='OR'), name='report_done_has_its_figures'),
        ),
    ]
