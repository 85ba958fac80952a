"""The database itself refuses to change what was recorded, to whomever, and to record what does not hash."""

from django.db import migrations

REFUSE = """
CREATE FUNCTION record_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'the record is only appended to: % of % is refused', TG_OP, TG_TABLE_NAME
    USING ERRCODE = 'restrict_violation', HINT = 'a correction is a new event; a text is taken away by lawful erasure';
END $$;

CREATE TRIGGER record_event_stays BEFORE UPDATE OR DELETE OR TRUNCATE ON record_eventrow
  FOR EACH STATEMENT EXECUTE FUNCTION record_refuse();
ALTER TABLE record_eventrow ENABLE ALWAYS TRIGGER record_event_stays;

CREATE TRIGGER record_stream_stays BEFORE DELETE OR TRUNCATE ON record_stream
  FOR EACH STATEMENT EXECUTE FUNCTION record_refuse();
ALTER TABLE record_stream ENABLE ALWAYS TRIGGER record_stream_stays;

CREATE TRIGGER record_stream_grows BEFORE UPDATE ON record_stream FOR EACH ROW
  WHEN (NEW.id <> OLD.id OR NEW.length < OLD.length OR (NEW.length = OLD.length AND NEW.head <> OLD.head))
  EXECUTE FUNCTION record_refuse();
ALTER TABLE record_stream ENABLE ALWAYS TRIGGER record_stream_grows;

CREATE TRIGGER record_body_stays BEFORE UPDATE OR TRUNCATE ON record_body
  FOR EACH STATEMENT EXECUTE FUNCTION record_refuse();
ALTER TABLE record_body ENABLE ALWAYS TRIGGER record_body_stays;

-- Erasure names the stream for its own transaction; a stray DELETE meets this.
CREATE TRIGGER record_body_goes_by_erasure BEFORE DELETE ON record_body FOR EACH ROW
  WHEN (current_setting('xinqiao.erasing', true) IS DISTINCT FROM OLD.stream_id::text)
  EXECUTE FUNCTION record_refuse();
ALTER TABLE record_body ENABLE ALWAYS TRIGGER record_body_goes_by_erasure;

ALTER TABLE record_eventrow
  ADD CONSTRAINT record_event_hash CHECK (hash = sha256(convert_to(body, 'UTF8'))),
  ADD CONSTRAINT record_event_first CHECK ((seq = 1) = (prev IS NULL) AND seq > 0);

-- A stream is updated with each event; room on the page keeps that from touching its index.
ALTER TABLE record_stream SET (fillfactor = 80);
CREATE SEQUENCE record_stream_ids INCREMENT BY 32;
"""

ALLOW = """
DROP SEQUENCE record_stream_ids;
ALTER TABLE record_eventrow DROP CONSTRAINT record_event_hash, DROP CONSTRAINT record_event_first;
DROP FUNCTION record_refuse() CASCADE;
"""


class Migration(migrations.Migration):
    dependencies = [("record", "0001_initial")]
    operations = [migrations.RunSQL(REFUSE, ALLOW)]
