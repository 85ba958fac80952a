"""Numbers that are never given twice: one sequence per organ and year, made by the owner when first asked for."""

from django.db import migrations

FUNCTION = """
CREATE FUNCTION matters_next_number(series bigint, year int) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE name text := format('matters_number_%s_%s', series, year);
BEGIN
  RETURN nextval(name);
EXCEPTION WHEN undefined_table THEN
  PERFORM pg_advisory_xact_lock(hashtext(name));
  EXECUTE format('CREATE SEQUENCE IF NOT EXISTS %I', name);
  RETURN nextval(name);
END $$
"""


class Migration(migrations.Migration):
    dependencies = [("matters", "0001_initial")]
    operations = [migrations.RunSQL(FUNCTION, "DROP FUNCTION matters_next_number(bigint, int)")]
