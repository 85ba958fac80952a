"""The database itself refuses to change or take away a version of the texts of a paper."""

from django.db import migrations

REFUSE = """
CREATE FUNCTION documents_template_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'versions of the texts of papers are only added: % of % is refused', TG_OP, TG_TABLE_NAME
    USING ERRCODE = 'restrict_violation', HINT = 'save the texts anew: that adds a version';
END $$;

CREATE TRIGGER paper_template_stays BEFORE UPDATE OR DELETE OR TRUNCATE ON documents_papertemplate
  FOR EACH STATEMENT EXECUTE FUNCTION documents_template_stays();
ALTER TABLE documents_papertemplate ENABLE ALWAYS TRIGGER paper_template_stays;
-- A counter is updated with each paper; room on the page keeps that from touching its index.
ALTER TABLE documents_papercounter SET (fillfactor = 70);
"""


class Migration(migrations.Migration):
    dependencies = [("documents", "0002_numbers_and_templates")]
    operations = [migrations.RunSQL(REFUSE, "DROP FUNCTION documents_template_stays() CASCADE")]
