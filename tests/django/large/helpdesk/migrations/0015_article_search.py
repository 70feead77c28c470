from django.db import migrations

from large.rawsql import sql


class Migration(migrations.Migration):
    dependencies = [("helpdesk", "0014_alter_ticket_subject")]
    operations = [
        # The model does not know this column: only queries in SQL use it.
        sql(
            """
            ALTER TABLE helpdesk_article ADD COLUMN search tsvector
            GENERATED ALWAYS AS (to_tsvector('english', title || ' ' || body)) STORED
            """,
            "CREATE INDEX helpdesk_article_search ON helpdesk_article USING gin (search) WITH (fastupdate = off)",
            undo=["ALTER TABLE helpdesk_article DROP COLUMN search"],
        )
    ]
