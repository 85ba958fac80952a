"""Who has a matter in sight, organ by organ, with what lists are sorted by; kept by the database itself.

A row of ``matters_sight`` says that an organ (the scope) has a matter in its subtree. It follows from
``matters_involvement`` and ``organs_organ.ancestors``, and its other columns from ``matters_matter``: triggers keep
it, so that no act can forget to.
"""

import django.db.models.deletion
from django.db import migrations, models

KEEP = """
-- One plan for all calls: to plan the join anew took longer than to carry it out.
CREATE FUNCTION sight_add(wanted bigint[]) RETURNS void LANGUAGE plpgsql
SET plan_cache_mode = force_generic_plan AS $$
BEGIN
  INSERT INTO matters_sight
    (scope_id, matter_id, holder_id, stage, received_on, next_due_on, confidentiality, is_accusation)
  SELECT DISTINCT a.scope, m.id, m.holder_id, m.stage, m.received_on, m.next_due_on, m.confidentiality,
    m.kind = 'accusation'
  FROM matters_involvement i
  JOIN matters_matter m ON m.id = i.matter_id
  JOIN organs_organ o ON o.id = i.organ_id
  CROSS JOIN LATERAL unnest(o.ancestors) AS a(scope)
  WHERE i.matter_id = ANY(wanted) AND i.part <> 'returned' AND a.scope <> m.root_organ_id
  ON CONFLICT DO NOTHING;
END $$;

CREATE FUNCTION sight_remove(wanted bigint[]) RETURNS void LANGUAGE plpgsql
SET plan_cache_mode = force_generic_plan AS $$
BEGIN
  DELETE FROM matters_sight s WHERE s.matter_id = ANY(wanted) AND NOT EXISTS (
    SELECT 1 FROM matters_involvement i JOIN organs_organ o ON o.id = i.organ_id
    WHERE i.matter_id = s.matter_id AND i.part <> 'returned' AND s.scope_id = ANY(o.ancestors));
END $$;

-- An INSERT that meets a row fires both triggers, one of them for no row at all.
CREATE FUNCTION sight_of_new_involvements() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE matters bigint[] := ARRAY(SELECT DISTINCT matter_id FROM changed);
BEGIN
  IF matters <> '{}' THEN
    PERFORM sight_add(matters);
  END IF;
  RETURN NULL;
END $$;

CREATE FUNCTION sight_of_changed_involvements() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE matters bigint[] := ARRAY(SELECT DISTINCT matter_id FROM changed);
BEGIN
  IF matters <> '{}' THEN
    PERFORM sight_remove(matters);
    PERFORM sight_add(matters);
  END IF;
  RETURN NULL;
END $$;

CREATE FUNCTION sight_of_changed_matter() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE matters_sight SET holder_id = NEW.holder_id, stage = NEW.stage, received_on = NEW.received_on,
    next_due_on = NEW.next_due_on, confidentiality = NEW.confidentiality, is_accusation = NEW.kind = 'accusation'
  WHERE matter_id = NEW.id;
  RETURN NULL;
END $$;

CREATE FUNCTION sight_of_moved_organ() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE matters bigint[] := ARRAY(SELECT matter_id FROM matters_involvement WHERE organ_id = NEW.id);
BEGIN
  PERFORM sight_remove(matters);
  PERFORM sight_add(matters);
  RETURN NULL;
END $$;

CREATE TRIGGER involvement_is_seen AFTER INSERT ON matters_involvement REFERENCING NEW TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION sight_of_new_involvements();
CREATE TRIGGER involvement_changes AFTER UPDATE ON matters_involvement REFERENCING NEW TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION sight_of_changed_involvements();
CREATE TRIGGER involvement_ends AFTER DELETE ON matters_involvement REFERENCING OLD TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION sight_of_changed_involvements();
CREATE TRIGGER matter_changes AFTER UPDATE ON matters_matter FOR EACH ROW
  WHEN ((OLD.holder_id, OLD.stage, OLD.received_on, OLD.next_due_on, OLD.confidentiality, OLD.kind)
    IS DISTINCT FROM (NEW.holder_id, NEW.stage, NEW.received_on, NEW.next_due_on, NEW.confidentiality, NEW.kind))
  EXECUTE FUNCTION sight_of_changed_matter();
CREATE TRIGGER organ_moves AFTER UPDATE ON organs_organ FOR EACH ROW
  WHEN (OLD.ancestors IS DISTINCT FROM NEW.ancestors) EXECUTE FUNCTION sight_of_moved_organ();

SELECT sight_add(ARRAY(SELECT id FROM matters_matter));
"""

LEAVE = """
DROP FUNCTION sight_of_new_involvements, sight_of_changed_involvements, sight_of_changed_matter, sight_of_moved_organ
  CASCADE;
DROP FUNCTION sight_add, sight_remove;
"""


class Migration(migrations.Migration):
    dependencies = [("matters", "0003_reminders"), ("organs", "0001_initial")]
    operations = [
        migrations.CreateModel(
            name="Sight",
            fields=[
                ("pk", models.CompositePrimaryKey("matter_id", "scope_id", blank=True, editable=False, primary_key=True, serialize=False)),
                ("scope_id", models.BigIntegerField()),
                ("holder_id", models.BigIntegerField()),
                ("stage", models.CharField(max_length=12)),
                ("received_on", models.DateField()),
                ("next_due_on", models.DateField(null=True)),
                ("confidentiality", models.PositiveSmallIntegerField()),
                ("is_accusation", models.BooleanField()),
                ("matter", models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name="sights", to="matters.matter")),
            ],
            options={
                "indexes": [
                    models.Index(fields=["scope_id", "received_on", "matter_id"], name="sight_received"),
                    models.Index(fields=["scope_id", "next_due_on", "matter_id"], name="sight_due"),
                    models.Index(fields=["scope_id", "stage", "received_on", "matter_id"], name="sight_stage_received"),
                    models.Index(fields=["scope_id", "stage", "next_due_on", "matter_id"], name="sight_stage_due"),
                    models.Index(fields=["scope_id", "holder_id", "received_on", "matter_id"], name="sight_holder_received"),
                    models.Index(fields=["scope_id", "holder_id", "stage", "next_due_on", "matter_id"], name="sight_holder_stage_due"),
                ],
            },
        ),
        migrations.AddIndex(
            model_name="matter",
            index=models.Index(fields=["holder", "stage", "next_due_on", "id"], name="matter_holder_stage_due"),
        ),
        migrations.AddIndex(
            model_name="matter",
            index=models.Index(fields=["holder", "received_on", "id"], name="matter_holder_received"),
        ),
        migrations.RunSQL(KEEP, LEAVE),
    ]
