"""The database itself refuses to change or delete lines of the history and their seals.

A later migration that has to touch these rows takes the triggers away first and puts them back. SQLite forgets them
when it rebuilds a table, as Django has it do for most changes of a column: such a migration puts them back too.
"""

from django.db import migrations

TABLES = ("directives_historyentry", "directives_historyseal")

POSTGRESQL = """
CREATE FUNCTION history_only_grows() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the history only grows: % of % is refused', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'restrict_violation';
END
$$;
"""
POSTGRESQL_TABLE = """
CREATE TRIGGER history_row_stays BEFORE UPDATE OR DELETE ON {table}
    FOR EACH ROW EXECUTE FUNCTION history_only_grows();
CREATE TRIGGER history_is_not_emptied BEFORE TRUNCATE ON {table}
    FOR EACH STATEMENT EXECUTE FUNCTION history_only_grows();
"""
SQLITE = """
CREATE TRIGGER {table}_{verb} BEFORE {verb} ON {table}
BEGIN
    SELECT RAISE(ABORT, 'the history only grows: {verb} of {table} is refused');
END
"""


def put_up(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(POSTGRESQL, params=None)  # its % are its own
        for table in TABLES:
            schema_editor.execute(POSTGRESQL_TABLE.format(table=table))
    else:
        for table in TABLES:
            for verb in ("UPDATE", "DELETE"):
                schema_editor.execute(SQLITE.format(table=table, verb=verb))


def take_away(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP FUNCTION history_only_grows() CASCADE")
    else:
        for table in TABLES:
            for verb in ("UPDATE", "DELETE"):
                schema_editor.execute(f"DROP TRIGGER {table}_{verb}")


class Migration(migrations.Migration):
    dependencies = [("directives", "0021_history_seals")]

    operations = [migrations.RunPython(put_up, take_away)]
