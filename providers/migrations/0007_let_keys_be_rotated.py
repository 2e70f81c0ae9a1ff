"""A key shows who it is by a client id and a secret, which can be rotated; tokens that last go on working (ADR 18)."""

from pathlib import Path

import django.db.models.deletion
import django.db.models.functions.datetime
from django.db import migrations, models

import ledger.models.fields

SQL = Path(__file__).parent / "sql"
SCOPES = ["contracts:read", "invoices:read", "invoices:write", "visits:read", "visits:write", "payments:read"]
KEEP_TOKENS = """
INSERT INTO providers_keycredential (key_id, token_hash, made_at, made_by, ended_by)
SELECT id, token_hash, made_at, made_by, '' FROM providers_systemkey ORDER BY id;
SET CONSTRAINTS ALL IMMEDIATE;
SET CONSTRAINTS ALL DEFERRED;
"""
# Whatever had no token that lasts opens nothing any more once this is undone.
PUT_TOKENS_BACK = """
UPDATE providers_systemkey SET token_hash = coalesce(
    (SELECT token_hash FROM providers_keycredential held WHERE held.key_id = providers_systemkey.id
     AND token_hash IS NOT NULL ORDER BY id LIMIT 1),
    encode(sha256(gen_random_uuid()::text::bytea), 'hex'));
"""


class Migration(migrations.Migration):
    dependencies = [
        ("allauth_idp_oidc", "0003_client_allow_uri_wildcards"),
        ("providers", "0006_keep_payees_as_given"),
    ]

    operations = [
        migrations.CreateModel(
            name="KeyCredential",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        db_default=ledger.models.fields.UuidV7(),
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("token_hash", models.CharField(max_length=64, null=True, unique=True)),
                ("made_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ("made_by", models.CharField(max_length=100)),
                ("ends_at", models.DateTimeField(null=True)),
                ("ended_by", models.CharField(blank=True, max_length=100)),
                (
                    "client",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="credential",
                        to="allauth_idp_oidc.client",
                    ),
                ),
                (
                    "key",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="credentials",
                        to="providers.systemkey",
                    ),
                ),
            ],
        ),
        migrations.AlterField("systemkey", "token_hash", models.CharField(max_length=64, null=True, unique=True)),
        migrations.RunSQL(sql=KEEP_TOKENS, reverse_sql=PUT_TOKENS_BACK),
        migrations.RemoveField(model_name="systemkey", name="token_hash"),
        migrations.AddField(
            model_name="systemkey", name="is_sandbox", field=models.BooleanField(default=False)
        ),
        migrations.AddConstraint(
            model_name="systemkey",
            constraint=models.CheckConstraint(
                condition=models.Q(("scopes__contained_by", SCOPES), ("scopes__len__gt", 0)),
                name="providers_key_allows_something_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="keycredential",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("client__isnull", False), ("token_hash__isnull", True)),
                    models.Q(("client__isnull", True), ("token_hash__isnull", False)),
                    _connector="OR",
                ),
                name="providers_credential_is_one_thing",
            ),
        ),
        migrations.AddConstraint(
            model_name="keycredential",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("ends_at__isnull", True), models.Q(("ended_by", ""), _negated=True), _connector="OR"
                ),
                name="providers_credential_says_who_ended_it",
            ),
        ),
        migrations.RunSQL(
            sql=(SQL / "keys_stay_as_made.sql").read_text(),
            reverse_sql=(SQL / "keys_stay_as_made_undo.sql").read_text(),
        ),
    ]
