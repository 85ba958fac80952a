"""The database itself refuses to change or take away what an administrator's history says."""

from django.db import migrations

REFUSE = """
CREATE FUNCTION accounts_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'the history of changes is only appended to: % is refused', TG_OP
    USING ERRCODE = 'restrict_violation', HINT = 'a correction is a new change';
END $$;

CREATE TRIGGER accounts_change_stays BEFORE UPDATE OR DELETE OR TRUNCATE ON accounts_change
  FOR EACH STATEMENT EXECUTE FUNCTION accounts_refuse();
ALTER TABLE accounts_change ENABLE ALWAYS TRIGGER accounts_change_stays;
"""
ALLOW = """
DROP TRIGGER accounts_change_stays ON accounts_change;
DROP FUNCTION accounts_refuse();
"""


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_initial")]
    operations = [migrations.RunSQL(REFUSE, ALLOW)]
