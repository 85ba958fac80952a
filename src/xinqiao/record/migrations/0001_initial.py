import django.db.models.deletion
import xinqiao.record.models
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Stream',
            fields=[
                ('id', models.BigIntegerField(primary_key=True, serialize=False)),
                ('root_organ_id', models.BigIntegerField()),
                ('length', models.IntegerField(default=0)),
                ('head', xinqiao.record.models.Bytes()),
                ('master_key_id', models.TextField(default='')),
                ('wrapped_key', xinqiao.record.models.OptionalBytes(null=True)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('length__gt', 0)), name='record_stream_has_events')],
            },
        ),
        migrations.CreateModel(
            name='EventRow',
            fields=[
                ('pk', models.CompositePrimaryKey('stream_id', 'seq', blank=True, editable=False, primary_key=True, serialize=False)),
                ('seq', models.IntegerField()),
                ('root_organ_id', models.BigIntegerField()),
                ('type', models.TextField()),
                ('on', models.DateField(db_column='on_date')),
                ('at', models.DateTimeField()),
                ('recorded_at', models.DateTimeField()),
                ('organ', models.TextField(null=True)),
                ('actor_id', models.BigIntegerField(null=True)),
                ('body', models.TextField()),
                ('prev', xinqiao.record.models.OptionalBytes(null=True)),
                ('hash', xinqiao.record.models.Bytes()),
                ('stream', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='events', to='record.stream')),
            ],
        ),
        migrations.CreateModel(
            name='Body',
            fields=[
                ('pk', models.CompositePrimaryKey('stream_id', 'seq', 'field', blank=True, editable=False, primary_key=True, serialize=False)),
                ('seq', models.IntegerField()),
                ('field', models.TextField()),
                ('root_organ_id', models.BigIntegerField()),
                ('salt', xinqiao.record.models.Bytes()),
                ('clear', models.TextField(null=True)),
                ('sealed', xinqiao.record.models.OptionalBytes(null=True)),
                ('stream', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='bodies', to='record.stream')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('clear__isnull', True), ('sealed__isnull', True), _connector='XOR'), name='record_body_one_form')],
            },
        ),
    ]
