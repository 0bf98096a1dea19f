CREATE SCHEMA past;
CREATE FUNCTION public.allocation_past() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ DECLARE current integer; BEGIN IF TG_OP = 'UPDATE' AND NOT (OLD.id::text IS DISTINCT FROM NEW.id::text OR OLD.key::text IS DISTINCT FROM NEW.key::text OR OLD.fund_id::text IS DISTINCT FROM NEW.fund_id::text OR OLD.recipient_id::text IS DISTINCT FROM NEW.recipient_id::text OR OLD.amount::text IS DISTINCT FROM NEW.amount::text OR OLD.currency::text IS DISTINCT FROM NEW.currency::text OR OLD.bound::text IS DISTINCT FROM NEW.bound::text OR OLD.period::text IS DISTINCT FROM NEW.period::text OR OLD.note::text IS DISTINCT FROM NEW.note::text OR OLD.passes_on::text IS DISTINCT FROM NEW.passes_on::text) THEN RETURN NULL; END IF; current := CASE TG_OP WHEN 'UPDATE' THEN NEW.since ELSE COALESCE((SELECT revision FROM dataset), 0) END; IF TG_OP <> 'INSERT' THEN DELETE FROM allocation_version WHERE (id = OLD.id) AND until = 2147483647 AND since = current; UPDATE allocation_version SET until = current WHERE (id = OLD.id) AND until = 2147483647; END IF; IF TG_OP <> 'DELETE' THEN INSERT INTO allocation_version (seeded, id, key, fund_id, recipient_id, amount, currency, bound, period, note, passes_on, sort_text, search_text, search_words, since, until) VALUES (NEW.seeded, NEW.id, NEW.key, NEW.fund_id, NEW.recipient_id, NEW.amount, NEW.currency, NEW.bound, NEW.period, NEW.note, NEW.passes_on, NEW.sort_text, NEW.search_text, NEW.search_words, NEW.since, 2147483647); END IF; RETURN NULL; END $$;
CREATE FUNCTION public.allocation_since() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ DECLARE current integer; BEGIN IF TG_OP = 'UPDATE' AND NOT (OLD.id::text IS DISTINCT FROM NEW.id::text OR OLD.key::text IS DISTINCT FROM NEW.key::text OR OLD.fund_id::text IS DISTINCT FROM NEW.fund_id::text OR OLD.recipient_id::text IS DISTINCT FROM NEW.recipient_id::text OR OLD.amount::text IS DISTINCT FROM NEW.amount::text OR OLD.currency::text IS DISTINCT FROM NEW.currency::text OR OLD.bound::text IS DISTINCT FROM NEW.bound::text OR OLD.period::text IS DISTINCT FROM NEW.period::text OR OLD.note::text IS DISTINCT FROM NEW.note::text OR OLD.passes_on::text IS DISTINCT FROM NEW.passes_on::text) THEN IF NEW.since <> OLD.since AND NOT (NOT EXISTS (SELECT 1 FROM change)) THEN RAISE EXCEPTION USING MESSAGE = 'Only a change of the row changes its revision.', ERRCODE = 'integrity_constraint_violation'; END IF; RETURN NEW; END IF; current := (SELECT revision FROM dataset); IF TG_OP <> 'INSERT' OR NEW.since = 0 OR NOT (NOT EXISTS (SELECT 1 FROM change)) THEN IF EXISTS (SELECT 1 FROM dataset WHERE EXISTS (SELECT 1 FROM change WHERE change.revision = dataset.revision AND NOT (change.action = 'CHANGED' AND change.recorded_at = now()))) THEN INSERT INTO change (revision, recorded_at, actor, action, summary, subject_type, subject_key, edits) SELECT dataset.revision + 1, GREATEST(now(), updated_at + interval '1 microsecond'), 'sql', 'CHANGED', 'A row was changed in the database itself, by SQL.', 'Strategy', strategy.slug, '[]' FROM dataset CROSS JOIN strategy WHERE EXISTS (SELECT 1 FROM change WHERE change.revision = dataset.revision AND NOT (change.action = 'CHANGED' AND change.recorded_at = now())); INSERT INTO change_node (revision, type, key) SELECT change.revision, subject_type, subject_key FROM change CROSS JOIN dataset WHERE change.revision = dataset.revision + 1; UPDATE dataset SET revision = revision + 1, updated_at = (SELECT recorded_at FROM change WHERE change.revision = dataset.revision + 1) WHERE EXISTS (SELECT 1 FROM change WHERE change.revision = dataset.revision + 1); current := (SELECT revision FROM dataset); END IF; IF TG_OP <> 'DELETE' THEN NEW.since := COALESCE(current, 0); END IF; END IF; RETURN COALESCE(NEW, OLD); END $$;
CREATE FUNCTION public.allocation_version_write() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ DECLARE current integer; BEGIN IF pg_trigger_depth() < 2 AND NOT (TG_OP <> 'DELETE' AND NOT EXISTS (SELECT 1 FROM change)) THEN RAISE EXCEPTION USING MESSAGE = 'A version is what was said then: triggers write it, and it is never edited or deleted.', ERRCODE = 'integrity_constraint_violation'; END IF; RETURN COALESCE(NEW, OLD); END $$;
CREATE FUNCTION public.amount_statement_past() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ DECLARE current integer; BEGIN IF TG_OP = 'UPDATE' AND NOT (OLD.id::text IS DISTINCT FROM NEW.id::text OR OLD.key::text IS DISTINCT FROM NEW.key::text OR OLD.fund_id::text IS DISTINCT FROM NEW.fund_id::text OR OLD.kind::text IS DISTINCT FROM NEW.kind::text OR OLD.amount::text IS DISTINCT FROM NEW.amount::text OR OLD.currency::text IS DISTINCT FROM NEW.currency::text OR OLD.bound::text IS DISTINCT FROM NEW.bound::text OR OLD.stated_on::text IS DISTINCT FROM NEW.stated_on::text OR OLD.precision::text IS DISTINCT FROM NEW.precision::text) THEN RETURN NULL; END IF; current := CASE TG_OP WHEN 'UPDATE' THEN NEW.since ELSE COALESCE((SELECT revision FROM dataset), 0) END; IF TG_OP <> 'INSERT' THEN DELETE FROM amount_statement_version WHERE (id = OLD.id) AND until = 2147483647 AND since = current; UPDATE amount_statement_version SET until = current WHERE (id = OLD.id) AND until = 2147483647; END IF; IF TG_OP <> 'DELETE' THEN INSERT INTO amount_statement_version (seeded, id, key, fund_id, kind, amount, currency, bound, stated_on, precision, since, until) VALUES (NEW.seeded, NEW.id, NEW.key, NEW.fund_id, NEW.kind, NEW.amount, NEW.currency, NEW.bound, NEW.stated_on, NEW.precision, NEW.since, 2147483647); END IF; RETURN NULL; END $$;
CREATE FUNCTION public.amount_statement_since() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ DECLARE current integer; BEGIN IF TG_OP = 'UPDATE' AND NOT (OLD.id::text IS DISTINCT FROM NEW.id::text OR OLD.key::text IS DISTINCT FROM NEW.key::text OR OLD.fund_id::text IS DISTINCT FROM NEW.fund_id::text OR OLD.kind::text IS DISTINCT FROM NEW.kind::text OR OLD.amount::text IS DISTINCT FROM NEW.amount::text OR OLD.currency::text IS DISTINCT FROM NEW.currency::text OR OLD.bound::text IS DISTINCT FROM NEW.bound::text OR OLD.stated_on::text IS DISTINCT FROM NEW.stated_on::text OR OLD.precision::text IS DISTINCT FROM NEW.precision::text) THEN IF NEW.since <> OLD.since AND NOT (NOT EXISTS (SELECT 1 FROM change)) THEN RAISE EXCEPTION USING MESSAGE = 'Only a change of the row changes its revision.', ERRCODE = 'integrity_constraint_violation'; END IF; RETURN NEW; END IF; current := (SELECT revision FROM dataset); IF TG_OP <> 'INSERT' OR NEW.since = 0 OR NOT (NOT EXISTS (SELECT 1 FROM change)) THEN IF EXISTS (SELECT 1 FROM dataset WHERE EXISTS (SELECT 1 FROM change WHERE change.revision = dataset.revision AND NOT (change.action = 'CHANGED' AND change.recorded_at = now()))) THEN INSERT INTO change (revision, recorded_at, actor, action, summary, subject_type, subject_key, edits) SELECT dataset.revision + 1, GREATEST(now(), updated_at + interval '1 microsecond'), 'sql', 'CHANGED', 'A row was changed in the database itself, by SQL.', 'Strategy', strategy.slug, '[]' FROM dataset CROSS JOIN strategy WHERE EXISTS (SELECT 1 FROM change WHERE change.revision = dataset.revision AND NOT (change.action = 'CHANGED' AND change.recorded_at = now())); INSERT INTO change_node (revision, type, key) SELECT change.revision, subject_type, subject_key FROM change CROSS JOIN dataset WHERE change.revision = dataset.revision + 1; UPDATE dataset SET revision = revision + 1, updated_at = (SELECT recorded_at FROM change WHERE change.revision = dataset.revision + 1) WHERE EXISTS (SELECT 1 FROM change WHERE change.revision = dataset.revision + 1); current := (SELECT revision FROM dataset); END IF; IF TG_OP <> 'DELETE' THEN NEW.since := COALESCE(current, 0); END IF; END IF; RETURN COALESCE(NEW, OLD); END $$;
CREATE FUNCTION public.amount_statement_version_write() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ DECLARE current integer; BEGIN IF pg_trigger_depth() < 2 AND NOT (TG_OP <> 'DELETE' AND NOT EXISTS (SELECT 1 FROM change)) THEN RAISE EXCEPTION USING MESSAGE = 'A version is what was said then: triggers write it, and it is never edited or deleted.', ERRCODE = 'integrity_constraint_violation'; END IF; RETURN COALESCE(NEW, OLD); END $$;
CREATE FUNCTION public.area_organisation_past() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ DECLARE current integer; BEGIN IF TG_OP = 'UPDATE' AND NOT (OLD.area_id::text IS DISTINCT FROM NEW.area_id::text OR OLD.organisation_id::text IS DISTINCT FROM NEW.organisation_id::text) THEN RETURN NULL; END IF; current := CASE TG_OP WHEN 'UPDATE' THEN NEW.since ELSE COALESCE((SELECT revision FROM dataset), 0) END; IF TG_OP <> 'INSERT' THEN DELETE FROM area_organisation_version WHERE (area_id = OLD.area_id AND organisation_id = OLD.organisation_id) AND until = 2147483647 AND since = current; UPDATE area_organisation_version SET until = current WHERE (area_id = OLD.area_id AND organisation_id = OLD.organisation_id) AND until = 2147483647; END IF; IF TG_OP <> 'DELETE' THEN INSERT INTO area_organisation_version (area_id, organisation_id, seeded, since, until) VALUES (NEW.area_id, NEW.organisation_id, NEW.seeded, NEW.since, 2147483647); END IF; RETURN NULL; END $$;
CREATE FUNCTION public.area_organisation_since() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ DECLARE current integer; BEGIN IF TG_OP = 'UPDATE' AND NOT (OLD.area_id::text IS DISTINCT FROM NEW.area_id::text OR OLD.organisation_id::text IS DISTINCT FROM NEW.organisation_id::text) THEN IF NEW.since <> OLD.since AND NOT (NOT EXISTS (SELECT 1 FROM change)) THEN RAISE EXCEPTION USING MESSAGE = 'Only a change of the row changes its revision.', ERRCODE = 'integrity_constraint_violation'; END IF; RETURN NEW; END IF; current := (SELECT revision FROM dataset); IF TG_OP <> 'INSERT' OR NEW.since = 0 OR NOT (NOT EXISTS (SELECT 1 FROM change)) THEN IF EXISTS (SELECT 1 FROM dataset WHERE EXISTS (SELECT 1 FROM change WHERE change.revision = dataset.revision AND NOT (change.action = 'CHANGED' AND change.recorded_at = now()))) THEN INSERT INTO change (revision, recorded_at, actor, action, summary, subject_type, subject_key, edits) SELECT dataset.revision + 1, GREATEST(now(), updated_at + interval '1 microsecond'), 'sql', 'CHANGED', 'A row was changed in the database itself, by SQL.', 'Strategy', strategy.slug, '[]' FROM dataset CROSS JOIN strategy WHERE EXISTS (SELECT 1 FROM change WHERE change.revision = dataset.revision AND NOT (change.action = 'CHANGED' AND change.recorded_at = now())); INSERT INTO change_node (revision, type, key) SELECT change.revision, subject_type, subject_key FROM change CROSS JOIN dataset WHERE change.revision = dataset.revision + 1; UPDATE dataset SET revision = revision + 1, updated_at = (SELECT recorded_at FROM change WHERE change.revision = dataset.revision + 1) WHERE EXISTS (SELECT 1 FROM change WHERE change.revision = dataset.revision + 1); current := (SELECT revision FROM dataset); END IF; IF TG_OP <> 'DELETE' THEN NEW.since := COALESCE(current, 0); END IF; END IF; RETURN COALESCE(NEW, OLD); END $$;
CREATE FUNCTION public.area_organisation_version_write() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ DECLARE current integer; BEGIN IF pg_trigger_depth() < 2 AND NOT (TG_OP <> 'DELETE' AND NOT EXISTS (SELECT 1 FROM change)) THEN RAISE EXCEPTION USING MESSAGE = 'A version is what was said then: triggers write it, and it is never edited or deleted.', ERRCODE = 'integrity_constraint_violation'; END IF; RETURN COALESCE(NEW, OLD); END $$;
CREATE FUNCTION public.area_past() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ DECLARE current integer; BEGIN IF TG_OP = 'UPDATE' AND NOT (OLD.id::text IS DISTINCT FROM NEW.id::text OR OLD.slug::text IS DISTINCT FROM NEW.slug::text OR OLD.name::text IS DISTINCT FROM NEW.name::text OR OLD.kind::text IS DISTINCT FROM NEW.kind::text OR OLD.code::text IS DISTINCT FROM NEW.code::text OR OLD.parent_id::text IS DISTINCT FROM NEW.parent_id::text) THEN RETURN NULL; END IF; current := CASE TG_OP WHEN 'UPDATE' THEN NEW.since ELSE COALESCE((SELECT revision FROM dataset), 0) END; IF TG_OP <> 'INSERT' THEN DELETE FROM area_version WHERE (id = OLD.id) AND until = 2147483647 AND since = current; UPDATE area_version SET until = current WHERE (id = OLD.id) AND until = 2147483647; END IF; IF TG_OP <> 'DELETE' THEN INSERT INTO area_version (id, seeded, sort_text, search_text, slug, name, kind, code, parent_id, search_words, since, until) VALUES (NEW.id, NEW.seeded, NEW.sort_text, NEW.search_text, NEW.slug, NEW.name, NEW.kind, NEW.code, NEW.parent_id, NEW.search_words, NEW.since, 2147483647); END IF; RETURN NULL; END $$;
CREATE FUNCTION public.area_since() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ DECLARE current integer; BEGIN IF TG_OP = 'UPDATE' AND NOT (OLD.id::text IS DISTINCT FROM NEW.id::text OR OLD.slug::text IS DISTINCT FROM NEW.slug::text OR OLD.name::text IS DISTINCT FROM NEW.name::text OR OLD.kind::text IS DISTINCT FROM NEW.kind::text OR OLD.code::text IS DISTINCT FROM NEW.code::text OR OLD.parent_id::text IS DISTINCT FROM NEW.parent_id::text) THEN IF NEW.since <> OLD.since AND NOT (NOT EXISTS (SELECT 1 FROM change)) THEN RAISE EXCEPTION USING MESSAGE = 'Only a change of the row changes its revision.', ERRCODE = 'integrity_constraint_violation'; END IF; RETURN NEW; END IF; current := (SELECT revision FROM dataset); IF TG_OP <> 'INSERT' OR NEW.since = 0 OR NOT (NOT EXISTS (SELECT 1 FROM change)) THEN IF EXISTS (SELECT 1 FROM dataset WHERE EXISTS (SELECT 1 FROM change WHERE change.revision = dataset.revision AND NOT (change.action = 'CHANGED' AND change.recorded_at = now()))) THEN INSERT INTO change (revision, recorded_at, actor, action, summary, subject_type, subject_key, edits) SELECT dataset.revision + 1, GREATEST(now(), updated_at + interval '1 microsecond'), 'sql', 'CHANGED', 'A row was changed in the database itself, by SQL.', 'Strategy', strategy.slug, '[]' FROM dataset CROSS JOIN strategy WHERE EXISTS (SELECT 1 FROM change WHERE change.revision = dataset.revision AND NOT (change.action = 'CHANGED' AND change.recorded_at = now())); INSERT INTO change_node (revision, type, key) SELECT change.revision, subject_type, subject_key FROM change CROSS JOIN dataset WHERE change.revision = dataset.revision + 1; UPDATE dataset SET revision = revision + 1, updated_at = (SELECT recorded_at FROM change WHERE change.revision = dataset.revision + 1) WHERE EXISTS (SELECT 1 FROM change WHERE change.revision = dataset.revision + 1); current := (SELECT revision FROM dataset); END IF; IF TG_OP <> 'DELETE' THEN NEW.since := COALESCE(current, 0); END IF; END IF; RETURN COALESCE(NEW, OLD); END $$;
CREATE FUNCTION public.area_version_write() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ DECLARE current integer; BEGIN IF pg_trigger_depth() < 2 AND NOT (TG_OP <> 'DELETE' AND NOT EXISTS (SELECT 1 FROM change)) THEN RAISE EXCEPTION USING MESSAGE = 'A version is what was said then: triggers write it, and it is never edited or deleted.', ERRCODE = 'integrity_constraint_violation'; END IF; RETURN COALESCE(NEW, OLD); END $$;
CREATE FUNCTION public.citation_past() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ DECLARE current integer; BEGIN IF TG_OP = 'UPDATE' AND NOT (OLD.id::text IS DISTINCT FROM NEW.id::text OR OLD.key::text IS DISTINCT FROM NEW.key::text OR OLD.document_id::text IS DISTINCT FROM NEW.document_id::text OR OLD.paragraph::text IS DISTINCT FROM NEW.paragraph::text OR OLD.figures::text IS DISTINCT FROM NEW.figures::text OR OLD.note::text IS DISTINCT FROM NEW.note::text OR OLD.strategy_id::text IS DISTINCT FROM NEW.strategy_id::text OR OLD.commitment_id::text IS DISTINCT FROM NEW.commitment_id::text OR OLD.status_update_id::text IS DISTINCT FROM NEW.status_update_id::text OR OLD.fund_id::text IS DISTINCT FROM NEW.fund_id::text OR OLD.amount_statement_id::text IS DISTINCT FROM NEW.amount_statement_id::text OR OLD.allocation_id::text IS DISTINCT FROM NEW.allocation_id::text OR OLD.event_id::text IS DISTINCT FROM NEW.event_id::text OR OLD.locator::text IS DISTINCT FROM NEW.locator::text OR OLD.area_id::text IS DISTINCT FROM NEW.area_id::text OR OLD.term_id::text IS DISTINCT FROM NEW.term_id::text) THEN RETURN NULL; END IF; current := CASE TG_OP WHEN 'UPDATE' THEN NEW.since ELSE COALESCE((SELECT revision FROM dataset), 0) END; IF TG_OP <> 'INSERT' THEN DELETE FROM citation_version WHERE (id = OLD.id) AND until = 2147483647 AND since = current; UPDATE citation_version SET until = current WHERE (id = OLD.id) AND until = 2147483647; END IF; IF TG_OP <> 'DELETE' THEN INSERT INTO citation_version (seeded, id, key, document_id, paragraph, figures, note, strategy_id, commitment_id, status_update_id, fund_id, amount_statement_id, allocation_id, event_id, locator, area_id, term_id, since, until) VALUES (NEW.seeded, NEW.id, NEW.key, NEW.document_id, NEW.paragraph, NEW.figures, NEW.note, NEW.strategy_id, NEW.commitment_id, NEW.status_update_id, NEW.fund_id, NEW.amount_statement_id, NEW.allocation_id, NEW.event_id, NEW.locator, NEW.area_id, NEW.term_id, NEW.since, 2147483647); END IF; RETURN NULL; END $$;
CREATE FUNCTION public.citation_since() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ DECLARE current integer; BEGIN IF TG_OP = 'UPDATE' AND NOT (OLD.id::text IS DISTINCT FROM NEW.id::text OR OLD.key::text IS DISTINCT FROM NEW.key::text OR OLD.document_id::text IS DISTINCT FROM NEW.document_id::text OR OLD.paragraph::text IS DISTINCT FROM NEW.paragraph::text OR OLD.figures::text IS DISTINCT FROM NEW.figures::text OR OLD.note::text IS DISTINCT FROM NEW.note::text OR OLD.strategy_id::text IS DISTINCT FROM NEW.strategy_id::text OR OLD.commitment_id::text IS DISTINCT FROM NEW.commitment_id::text OR OLD.status_update_id::text IS DISTINCT FROM NEW.status_update_id::text OR OLD.fund_id::text IS DISTINCT FROM NEW.fund_id::text OR OLD.amount_statement_id::text IS DISTINCT FROM NEW.amount_statement_id::text OR OLD.allocation_id::text IS DISTINCT FROM NEW.allocation_id::text OR OLD.event_id::text IS DISTINCT FROM NEW.event_id::text OR OLD.locator::text IS DISTINCT FROM NEW.locator::text OR OLD.area_id::text IS DISTINCT FROM NEW.area_id::text OR OLD.term_id::text IS DISTINCT FROM NEW.term_id::text) THEN IF NEW.since <> OLD.since AND NOT (NOT EXISTS (SELECT 1 FROM change)) THEN RAISE EXCEPTION USING MESSAGE = 'Only a change of the row changes its revision.', ERRCODE = 'integrity_constraint_violation'; END IF; RETURN NEW; END IF; current := (SELECT revision FROM dataset); IF TG_OP <> 'INSERT' OR NEW.since = 0 OR NOT (NOT EXISTS (SELECT 1 FROM change)) THEN IF EXISTS (SELECT 1 FROM dataset WHERE EXISTS (SELECT 1 FROM change WHERE change.revision = dataset.revision AND NOT (change.action = 'CHANGED' AND change.recorded_at = now()))) THEN INSERT INTO change (revision, recorded_at, actor, action, summary, subject_type, subject_key, edits) SELECT dataset.revision + 1, GREATEST(now(), updated_at + interval '1 microsecond'), 'sql', 'CHANGED', 'A row was changed in the database itself, by SQL.', 'Strategy', strategy.slug, '[]' FROM dataset CROSS JOIN strategy WHERE EXISTS (SELECT 1 FROM change WHERE change.revision = dataset.revision AND NOT (change.action = 'CHANGED' AND change.recorded_at = now())); INSERT INTO change_node (revision, type, key) SELECT change.revision, subject_type, subject_key FROM change CROSS JOIN dataset WHERE change.revision = dataset.revision + 1; UPDATE dataset SET revision = revision + 1, updated_at = (SELECT recorded_at FROM change WHERE change.revision = dataset.revision + 1) WHERE EXISTS (SELECT 1 FROM change WHERE change.revision = dataset.revision + 1); current := (SELECT revision FROM dataset); END IF; IF TG_OP <> 'DELETE' THEN NEW.since := COALESCE(current, 0); END IF; END IF; RETURN COALESCE(NEW, OLD); END $$;
CREATE FUNCTION public.citation_version_write() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ DECLARE current integer; BEGIN IF pg_trigger_depth() < 2 AND NOT (TG_OP <> 'DELETE' AND NOT EXISTS (SELECT 1 FROM change)) THEN RAISE EXCEPTION USING MESSAGE = 'A version is what was said then: triggers write it, and it is never edited or deleted.', ERRCODE = 'integrity_constraint_violation'; END IF; RETURN COALESCE(NEW, OLD); END $$;
CREATE FUNCTION public.claim_past() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ DECLARE current integer; BEGIN IF TG_OP = 'UPDATE' AND NOT (OLD.id::text IS DISTINCT FROM NEW.id::text OR OLD.discrepancy_id::text IS DISTINCT FROM NEW.discrepancy_id::text OR OLD.position::text IS DISTINCT FROM NEW.position::text OR OLD.document_id::text IS DISTINCT FROM NEW.document_id::text OR OLD.paragraph::text IS DISTINCT FROM NEW.paragraph::text OR OLD.says::text IS DISTINCT FROM NEW.says::text OR OLD.figures::text IS DISTINCT FROM NEW.figures::text OR OLD.locator::text IS DISTINCT FROM NEW.locator::text) THEN RETURN NULL; END IF; current := CASE TG_OP WHEN 'UPDATE' THEN NEW.since ELSE COALESCE((SELECT revision FROM dataset), 0) END; IF TG_OP <> 'INSERT' THEN DELETE FROM claim_version WHERE (id = OLD.id) AND until = 2147483647 AND since = current; UPDATE claim_version SET until = current WHERE (id = OLD.id) AND until = 2147483647; END IF; IF TG_OP <> 'DELETE' THEN INSERT INTO claim_version (seeded, id, discrepancy_id, position, document_id, paragraph, says, figures, locator, since, until) VALUES (NEW.seeded, NEW.id, NEW.discrepancy_id, NEW.position, NEW.document_id, NEW.paragraph, NEW.says, NEW.figures, NEW.locator, NEW.since, 2147483647); END IF; RETURN NULL; END $$;
CREATE FUNCTION public.claim_since() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ DECLARE current integer; BEGIN IF TG_OP = 'UPDATE' AND NOT (OLD.id::text IS DISTINCT FROM NEW.id::text OR OLD.discrepancy_id::text IS DISTINCT FROM NEW.discrepancy_id::text OR OLD.position::text IS DISTINCT FROM NEW.position::text OR OLD.document_id::text IS DISTINCT FROM NEW.document_id::text OR OLD.paragraph::text IS DISTINCT FROM NEW.paragraph::text OR OLD.says::text IS DISTINCT FROM NEW.says::text OR OLD.figures::text IS DISTINCT FROM NEW.figures::text OR OLD.locator::text IS DISTINCT FROM NEW.locator::text) THEN IF NEW.since <> OLD.since AND NOT (NOT EXISTS (SELECT 1 FROM change)) THEN RAISE EXCEPTION USING MESSAGE = 'Only a change of the row changes its revision.', ERRCODE = 'integrity_constraint_violation'; END IF; RETURN NEW; END IF; current := (SELECT revision FROM dataset); IF TG_OP <> 'INSERT' OR NEW.since = 0 OR NOT (NOT EXISTS (SELECT 1 FROM change)) THEN IF EXISTS (SELECT 1 FROM dataset WHERE EXISTS (SELECT 1 FROM change WHERE change.revision = dataset.revision AND NOT (change.action = 'CHANGED' AND change.recorded_at = now()))) THEN INSERT INTO change (revision, recorded_at, actor, action, summary, subject_type, subject_key, edits) SELECT dataset.revision + 1, GREATEST(now(), updated_at + interval '1 microsecond'), 'sql', 'CHANGED', 'A row was changed in the database itself, by SQL.', 'Strategy', strategy.slug, '[]' FROM dataset CROSS JOIN strategy WHERE EXISTS (SELECT 1 FROM change WHERE change.revision = dataset.revision AND NOT (change.action = 'CHANGED' AND change.recorded_at = now())); INSERT INTO change_node (revision, type, key) SELECT change.revision, subject_type, subject_key FROM change CROSS JOIN dataset WHERE change.revision = dataset.revision + 1; UPDATE dataset SET revision = revision + 1, updated_at = (SELECT recorded_at FROM change WHERE change.revision = dataset.revision + 1) WHERE EXISTS (SELECT 1 FROM change WHERE change.revision = dataset.revision + 1); current := (SELECT revision FROM dataset); END IF; IF TG_OP <> 'DELETE' THEN NEW.since := COALESCE(current, 0); END IF; END IF; RETURN COALESCE(NEW, OLD); END $$;
CREATE FUNCTION public.claim_version_write() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ DECLARE current integer; BEGIN IF pg_trigger_depth() < 2 AND NOT (TG_OP <> 'DELETE' AND NOT EXISTS (SELECT 1 FROM change)) THEN RAISE EXCEPTION USING MESSAGE = 'A version is what was said then: triggers write it, and it is never edited or deleted.', ERRCODE = 'integrity_constraint_violation'; END IF; RETURN COALESCE(NEW, OLD); END $$;
CREATE FUNCTION public.commitment_event_past() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ DECLARE current integer; BEGIN IF TG_OP = 'UPDATE' AND NOT (OLD.commitment_id::text IS DISTINCT FROM NEW.commitment_id::text OR OLD.event_id::text IS DISTINCT FROM NEW.event_id::text) THEN RETURN NULL; END IF; current := CASE TG_OP WHEN 'UPDATE' THEN NEW.since ELSE COALESCE((SELECT revision FROM dataset), 0) END; IF TG_OP <> 'INSERT' THEN DELETE FROM commitment_event_version WHERE (commitment_id = OLD.commitment_id AND event_id = OLD.event_id) AND until = 2147483647 AND since = current; UPDATE commitment_event_version SET until = current WHERE (commitment_id = OLD.commitment_id AND event_id = OLD.event_id) AND until = 2147483647; END IF; IF TG_OP <> 'DELETE' THEN INSERT INTO commitment_event_version (seeded, commitment_id, event_id, since, until) VALUES (NEW.seeded, NEW.commitment_id, NEW.event_id, NEW.since, 2147483647); END IF; RETURN NULL; END $$;
CREATE FUNCTION public.commitment_event_since() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ DECLARE current integer; BEGIN IF TG_OP = 'UPDATE' AND NOT (OLD.commitment_id::text IS DISTINCT FROM NEW.commitment_id::text OR OLD.event_id::text IS DISTINCT FROM NEW.event_id::text) THEN IF NEW.since <> OLD.since AND NOT (NOT EXISTS (SELECT 1 FROM change)) THEN RAISE EXCEPTION USING MESSAGE = 'Only a change of the row changes its revision.', ERRCODE = 'integrity_constraint_violation'; END IF; RETURN NEW; END IF; current := (SELECT revision FROM dataset); IF TG_OP <> 'INSERT' OR NEW.since = 0 OR NOT (NOT EXISTS (SELECT 1 FROM change)) THEN IF EXISTS (SELECT 1 FROM dataset WHERE EXISTS (SELECT 1 FROM change WHERE change.revision = dataset.revision AND NOT (change.action = 'CHANGED' AND change.recorded_at = now()))) THEN INSERT INTO change (revision, recorded_at, actor, action, summary, subject_type, subject_key, edits) SELECT dataset.revision + 1, GREATEST(now(), updated_at + interval '1 microsecond'), 'sql', 'CHANGED', 'A row was changed in the database itself, by SQL.', 'Strategy', strategy.slug, '[]' FROM dataset CROSS JOIN strategy WHERE EXISTS (SELECT 1 FROM change WHERE change.revision = dataset.revision AND NOT (change.action = 'CHANGED' AND change.recorded_at = now())); INSERT INTO change_node (revision, type, key) SELECT change.revision, subject_type, subject_key FROM change CROSS JOIN dataset WHERE change.revision = dataset.revision + 1; UPDATE dataset SET revision = revision + 1, updated_at = (SELECT recorded_at FROM change WHERE change.revision = dataset.revision + 1) WHERE EXISTS (SELECT 1 FROM change WHERE change.revision = dataset.revision + 1); current := (SELECT revision FROM dataset); END IF; IF TG_OP <> 'DELETE' THEN NEW.since := COALESCE(current, 0); END IF; END IF; RETURN COALESCE(NEW, OLD); END $$;
CREATE FUNCTION public.commitment_event_version_write() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ DECLARE current integer; BEGIN IF pg_trigger_depth() < 2 AND NOT (TG_OP <> 'DELETE' AND NOT EXISTS (SELECT 1 FROM change)) THEN RAISE EXCEPTION USING MESSAGE = 'A version is what was said then: triggers write it, and it is never edited or deleted.', ERRCODE = 'integrity_constraint_violation'; END IF; RETURN COALESCE(NEW, OLD); END $$;
CREATE FUNCTION public.commitment_fund_past() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ DECLARE current integer; BEGIN IF TG_OP = 'UPDATE' AND NOT (OLD.commitment_id::text IS DISTINCT FROM NEW.commitment_id::text OR OLD.fund_id::text IS DISTINCT FROM NEW.fund_id::text) THEN RETURN NULL; END IF; current := CASE TG_OP WHEN 'UPDATE' THEN NEW.since ELSE COALESCE((SELECT revision FROM dataset), 0) END; IF TG_OP <> 'INSERT' THEN DELETE FROM commitment_fund_version WHERE (commitment_id = OLD.commitment_id AND fund_id = OLD.fund_id) AND until = 2147483647 AND since = current; UPDATE commitment_fund_version SET until = current WHERE (commitment_id = OLD.commitment_id AND fund_id = OLD.fund_id) AND until = 2147483647; END IF; IF TG_OP <> 'DELETE' THEN INSERT INTO commitment_fund_version (seeded, commitment_id, fund_id, since, until) VALUES (NEW.seeded, NEW.commitment_id, NEW.fund_id, NEW.since, 2147483647); END IF; RETURN NULL; END $$;
CREATE FUNCTION public.commitment_fund_since() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ DECLARE current integer; BEGIN IF TG_OP = 'UPDATE' AND NOT (OLD.commitment_id::text IS DISTINCT FROM NEW.commitment_id::text OR OLD.fund_id::text IS DISTINCT FROM NEW.fund_id::text) THEN IF NEW.since <> OLD.since AND NOT (NOT EXISTS (SELECT 1 FROM change)) THEN RAISE EXCEPTION USING MESSAGE = 'Only a change of the row changes its revision.', ERRCODE = 'integrity_constraint_violation'; END IF; RETURN NEW; END IF; current := (SELECT revision FROM dataset); IF TG_OP <> 'INSERT' OR NEW.since = 0 OR NOT (NOT EXISTS (SELECT 1 FROM change)) THEN IF EXISTS (SELECT 1 FROM dataset WHERE EXISTS (SELECT 1 FROM change WHERE change.revision = dataset.revision AND NOT (change.action = 'CHANGED' AND change.recorded_at = now()))) THEN INSERT INTO change (revision, recorded_at, actor, action, summary, subject_type, subject_key, edits) SELECT dataset.revision + 1, GREATEST(now(), updated_at + interval '1 microsecond'), 'sql', 'CHANGED', 'A row was changed in the database itself, by SQL.', 'Strategy', strategy.slug, '[]' FROM dataset CROSS JOIN strategy WHERE EXISTS (SELECT 1 FROM change WHERE change.revision = dataset.revision AND NOT (change.action = 'CHANGED' AND change.recorded_at = now())); INSERT INTO change_node (revision, type, key) SELECT change.revision, subject_type, subject_key FROM change CROSS JOIN dataset WHERE change.revision = dataset.revision + 1; UPDATE dataset SET revision = revision + 1, updated_at = (SELECT recorded_at FROM change WHERE change.revision = dataset.revision + 1) WHERE EXISTS (SELECT 1 FROM change WHERE change.revision = dataset.revision + 1); current := (SELECT revision FROM dataset); END IF; IF TG_OP <> 'DELETE' THEN NEW.since := COALESCE(current, 0); END IF; END IF; RETURN COALESCE(NEW, OLD); END $$;
CREATE FUNCTION public.commitment_fund_version_write() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ DECLARE current integer; BEGIN IF pg_trigger_depth() < 2 AND NOT (TG_OP <> 'DELETE' AND NOT EXISTS (SELECT 1 FROM change)) THEN RAISE EXCEPTION USING MESSAGE = 'A version is what was said then: triggers write it, and it is never edited or deleted.', ERRCODE = 'integrity_constraint_violation'; END IF; RETURN COALESCE(NEW, OLD); END $$;
CREATE FUNCTION public.commitment_lead_past() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ DECLARE current integer; BEGIN IF TG_OP = 'UPDATE' AND NOT (OLD.commitment_id::text IS DISTINCT FROM NEW.commitment_id::text OR OLD.organisation_id::text IS DISTINCT FROM NEW.organisation_id::text OR OLD.position::text IS DISTINCT FROM NEW.position::text) THEN RETURN NULL; END IF; current := CASE TG_OP WHEN 'UPDATE' THEN NEW.since ELSE COALESCE((SELECT revision FROM dataset), 0) END; IF TG_OP <> 'INSERT' THEN DELETE FROM commitment_lead_version WHERE (commitment_id = OLD.commitment_id AND organisation_id = OLD.organisation_id) AND until = 2147483647 AND since = current; UPDATE commitment_lead_version SET until = current WHERE (commitment_id = OLD.commitment_id AND organisation_id = OLD.organisation_id) AND until = 2147483647; END IF; IF TG_OP <> 'DELETE' THEN INSERT INTO commitment_lead_version (seeded, commitment_id, organisation_id, position, since, until) VALUES (NEW.seeded, NEW.commitment_id, NEW.organisation_id, NEW.position, NEW.since, 2147483647); END IF; RETURN NULL; END $$;
CREATE FUNCTION public.commitment_lead_since() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ DECLARE current integer; BEGIN IF TG_OP = 'UPDATE' AND NOT (OLD.commitment_id::text IS DISTINCT FROM NEW.commitment_id::text OR OLD.organisation_id::text IS DISTINCT FROM NEW.organisation_id::text OR OLD.position::text IS DISTINCT FROM NEW.position::text) THEN IF NEW.since <> OLD.since AND NOT (NOT EXISTS (SELECT 1 FROM change)) THEN RAISE EXCEPTION USING MESSAGE = 'Only a change of the row changes its revision.', ERRCODE = 'integrity_constraint_violation'; END IF; RETURN NEW; END IF; current := (SELECT revision FROM dataset); IF TG_OP <> 'INSERT' OR NEW.since = 0 OR NOT (NOT EXISTS (SELECT 1 FROM change)) THEN IF EXISTS (SELECT 1 FROM dataset WHERE EXISTS (SELECT 1 FROM change WHERE change.revision = dataset.revision AND NOT (change.action = 'CHANGED' AND change.recorded_at = now()))) THEN INSERT INTO change (revision, recorded_at, actor, action, summary, subject_type, subject_key, edits) SELECT dataset.revision + 1, GREATEST(now(), updated_at + interval '1 microsecond'), 'sql', 'CHANGED', 'A row was changed in the database itself, by SQL.', 'Strategy', strategy.slug, '[]' FROM dataset CROSS JOIN strategy WHERE EXISTS (SELECT 1 FROM change WHERE change.revision = dataset.revision AND NOT (change.action = 'CHANGED' AND change.recorded_at = now())); INSERT INTO change_node (revision, type, key) SELECT change.revision, subject_type, subject_key FROM change CROSS JOIN dataset WHERE change.revision = dataset.revision + 1; UPDATE dataset SET revision = revision + 1, updated_at = (SELECT recorded_at FROM change WHERE change.revision = dataset.revision + 1) WHERE EXISTS (SELECT 1 FROM change WHERE change.revision = dataset.revision + 1); current := (SELECT revision FROM dataset); END IF; IF TG_OP <> 'DELETE' THEN NEW.since := COALESCE(current, 0); END IF; END IF; RETURN COALESCE(NEW, OLD); END $$;
CREATE FUNCTION public.commitment_lead_version_write() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ DECLARE current integer; BEGIN IF pg_trigger_depth() < 2 AND NOT (TG_OP <> 'DELETE' AND NOT EXISTS (SELECT 1 FROM change)) THEN RAISE EXCEPTION USING MESSAGE = 'A version is what was said then: triggers write it, and it is never edited or deleted.', ERRCODE = 'integrity_constraint_violation'; END IF; RETURN COALESCE(NEW, OLD); END $$;
CREATE FUNCTION public.commitment_past() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ DECLARE current integer; BEGIN IF TG_OP = 'UPDATE' AND NOT (OLD.id::text IS DISTINCT FROM NEW.id::text OR OLD.ref::text IS DISTINCT FROM NEW.ref::text OR OLD.origin::text IS DISTINCT FROM NEW.origin::text OR OLD.identified::text IS DISTINCT FROM NEW.identified::text OR OLD.slug::text IS DISTINCT FROM NEW.slug::text OR OLD.title::text IS DISTINCT FROM NEW.title::text OR OLD.summary::text IS DISTINCT FROM NEW.summary::text OR OLD.theme_id::text IS DISTINCT FROM NEW.theme_id::text OR OLD.confidence::text IS DISTINCT FROM NEW.confidence::text) THEN RETURN NULL; END IF; current := CASE TG_OP WHEN 'UPDATE' THEN NEW.since ELSE COALESCE((SELECT revision FROM dataset), 0) END; IF TG_OP <> 'INSERT' THEN DELETE FROM commitment_version WHERE (id = OLD.id) AND until = 2147483647 AND since = current; UPDATE commitment_version SET until = current WHERE (id = OLD.id) AND until = 2147483647; END IF; IF TG_OP <> 'DELETE' THEN INSERT INTO commitment_version (seeded, id, ref, origin, identified, slug, title, summary, theme_id, confidence, sort_text, search_text, search_words, since, until) VALUES (NEW.seeded, NEW.id, NEW.ref, NEW.origin, NEW.identified, NEW.slug, NEW.title, NEW.summary, NEW.theme_id, NEW.confidence, NEW.sort_text, NEW.search_text, NEW.search_words, NEW.since, 2147483647); END IF; RETURN NULL; END $$;
CREATE FUNCTION public.commitment_since() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ DECLARE current integer; BEGIN IF TG_OP = 'UPDATE' AND NOT (OLD.id::text IS DISTINCT FROM NEW.id::text OR OLD.ref::text IS DISTINCT FROM NEW.ref::text OR OLD.origin::text IS DISTINCT FROM NEW.origin::text OR OLD.identified::text IS DISTINCT FROM NEW.identified::text OR OLD.slug::text IS DISTINCT FROM NEW.slug::text OR OLD.title::text IS DISTINCT FROM NEW.title::text OR OLD.summary::text IS DISTINCT FROM NEW.summary::text OR OLD.theme_id::text IS DISTINCT FROM NEW.theme_id::text OR OLD.confidence::text IS DISTINCT FROM NEW.confidence::text) THEN IF NEW.since <> OLD.since AND NOT (NOT EXISTS (SELECT 1 FROM change)) THEN RAISE EXCEPTION USING MESSAGE = 'Only a change of the row changes its revision.', ERRCODE = 'integrity_constraint_violation'; END IF; RETURN NEW; END IF; current := (SELECT revision FROM dataset); IF TG_OP <> 'INSERT' OR NEW.since = 0 OR NOT (NOT EXISTS (SELECT 1 FROM change)) THEN IF EXISTS (SELECT 1 FROM dataset WHERE EXISTS (SELECT 1 FROM change WHERE change.revision = dataset.revision AND NOT (change.action = 'CHANGED' AND change.recorded_at = now()))) THEN INSERT INTO change (revision, recorded_at, actor, action, summary, subject_type, subject_key, edits) SELECT dataset.revision + 1, GREATEST(now(), updated_at + interval '1 microsecond'), 'sql', 'CHANGED', 'A row was changed in the database itself, by SQL.', 'Strategy', strategy.slug, '[]' FROM dataset CROSS JOIN strategy WHERE EXISTS (SELECT 1 FROM change WHERE change.revision = dataset.revision AND NOT (change.action = 'CHANGED' AND change.recorded_at = now())); INSERT INTO change_node (revision, type, key) SELECT change.revision, subject_type, subject_key FROM change CROSS JOIN dataset WHERE change.revision = dataset.revision + 1; UPDATE dataset SET revision = revision + 1, updated_at = (SELECT recorded_at FROM change WHERE change.revision = dataset.revision + 1) WHERE EXISTS (SELECT 1 FROM change WHERE change.revision = dataset.revision + 1); current := (SELECT revision FROM dataset); END IF; IF TG_OP <> 'DELETE' THEN NEW.since := COALESCE(current, 0); END IF; END IF; RETURN COALESCE(NEW, OLD); END $$;
CREATE FUNCTION public.commitment_version_write() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ DECLARE current integer; BEGIN IF pg_trigger_depth() < 2 AND NOT (TG_OP <> 'DELETE' AND NOT EXISTS (SELECT 1 FROM change)) THEN RAISE EXCEPTION USING MESSAGE = 'A version is what was said then: triggers write it, and it is never edited or deleted.', ERRCODE = 'integrity_constraint_violation'; END IF; RETURN COALESCE(NEW, OLD); END $$;
CREATE FUNCTION public.dataset_past() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ DECLARE current integer; BEGIN IF TG_OP = 'UPDATE' AND NOT (OLD.id::text IS DISTINCT FROM NEW.id::text OR OLD.licence::text IS DISTINCT FROM NEW.licence::text OR OLD.attribution::text IS DISTINCT FROM NEW.attribution::text OR OLD.recorded_at::text IS DISTINCT FROM NEW.recorded_at::text OR OLD.maintainer::text IS DISTINCT FROM NEW.maintainer::text OR OLD.funding::text IS DISTINCT FROM NEW.funding::text) THEN RETURN NULL; END IF; current := CASE TG_OP WHEN 'UPDATE' THEN NEW.since ELSE COALESCE((SELECT revision FROM dataset), 0) END; IF TG_OP <> 'INSERT' THEN DELETE FROM dataset_version WHERE (id = OLD.id) AND until = 2147483647 AND since = current; UPDATE dataset_version SET until = current WHERE (id = OLD.id) AND until = 2147483647; END IF; IF TG_OP <> 'DELETE' THEN INSERT INTO dataset_version (id, licence, attribution, recorded_at, maintainer, funding, since, until) VALUES (NEW.id, NEW.licence, NEW.attribution, NEW.recorded_at, NEW.maintainer, NEW.funding, NEW.since, 2147483647); END IF; RETURN NULL; END $$;
CREATE FUNCTION public.dataset_since() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ DECLARE current integer; BEGIN IF TG_OP = 'UPDATE' AND NOT (OLD.id::text IS DISTINCT FROM NEW.id::text OR OLD.licence::text IS DISTINCT FROM NEW.licence::text OR OLD.attribution::text IS DISTINCT FROM NEW.attribution::text OR OLD.recorded_at::text IS DISTINCT FROM NEW.recorded_at::text OR OLD.maintainer::text IS DISTINCT FROM NEW.maintainer::text OR OLD.funding::text IS DISTINCT FROM NEW.funding::text) THEN IF NEW.since <> OLD.since AND NOT (NOT EXISTS (SELECT 1 FROM change)) THEN RAISE EXCEPTION USING MESSAGE = 'Only a change of the row changes its revision.', ERRCODE = 'integrity_constraint_violation'; END IF; RETURN NEW; END IF; current := NEW.revision; IF TG_OP <> 'INSERT' OR NEW.since = 0 OR NOT (NOT EXISTS (SELECT 1 FROM change)) THEN IF EXISTS (SELECT 1 FROM dataset WHERE EXISTS (SELECT 1 FROM change WHERE change.revision = dataset.revision AND NOT (change.action = 'CHANGED' AND change.recorded_at = now()))) THEN INSERT INTO change (revision, recorded_at, actor, action, summary, subject_type, subject_key, edits) SELECT dataset.revision + 1, GREATEST(now(), updated_at + interval '1 microsecond'), 'sql', 'CHANGED', 'A row was changed in the database itself, by SQL.', 'Strategy', strategy.slug, '[]' FROM dataset CROSS JOIN strategy WHERE EXISTS (SELECT 1 FROM change WHERE change.revision = dataset.revision AND NOT (change.action = 'CHANGED' AND change.recorded_at = now())); INSERT INTO change_node (revision, type, key) SELECT change.revision, subject_type, subject_key FROM change CROSS JOIN dataset WHERE change.revision = dataset.revision + 1; SELECT revision, recorded_at INTO NEW.revision, NEW.updated_at FROM change WHERE revision = OLD.revision + 1; current := NEW.revision; END IF; IF TG_OP <> 'DELETE' THEN NEW.since := COALESCE(current, 0); END IF; END IF; RETURN COALESCE(NEW, OLD); END $$;
CREATE FUNCTION public.dataset_version_write() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ DECLARE current integer; BEGIN IF pg_trigger_depth() < 2 AND NOT (TG_OP <> 'DELETE' AND NOT EXISTS (SELECT 1 FROM change)) THEN RAISE EXCEPTION USING MESSAGE = 'A version is what was said then: triggers write it, and it is never edited or deleted.', ERRCODE = 'integrity_constraint_violation'; END IF; RETURN COALESCE(NEW, OLD); END $$;
CREATE FUNCTION public.discrepancy_past() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ DECLARE current integer; BEGIN IF TG_OP = 'UPDATE' AND NOT (OLD.id::text IS DISTINCT FROM NEW.id::text OR OLD.slug::text IS DISTINCT FROM NEW.slug::text OR OLD.kind::text IS DISTINCT FROM NEW.kind::text OR OLD.question::text IS DISTINCT FROM NEW.question::text OR OLD.state::text IS DISTINCT FROM NEW.state::text OR OLD.explanation::text IS DISTINCT FROM NEW.explanation::text OR OLD.strategy_id::text IS DISTINCT FROM NEW.strategy_id::text OR OLD.commitment_id::text IS DISTINCT FROM NEW.commitment_id::text OR OLD.fund_id::text IS DISTINCT FROM NEW.fund_id::text OR OLD.event_id::text IS DISTINCT FROM NEW.event_id::text) THEN RETURN NULL; END IF; current := CASE TG_OP WHEN 'UPDATE' THEN NEW.since ELSE COALESCE((SELECT revision FROM dataset), 0) END; IF TG_OP <> 'INSERT' THEN DELETE FROM discrepancy_version WHERE (id = OLD.id) AND until = 2147483647 AND since = current; UPDATE discrepancy_version SET until = current WHERE (id = OLD.id) AND until = 2147483647; END IF; IF TG_OP <> 'DELETE' THEN INSERT INTO discrepancy_version (seeded, id, slug, kind, question, state, explanation, strategy_id, commitment_id, fund_id, event_id, sort_text, search_text, search_words, since, until) VALUES (NEW.seeded, NEW.id, NEW.slug, NEW.kind, NEW.question, NEW.state, NEW.explanation, NEW.strategy_id, NEW.commitment_id, NEW.fund_id, NEW.event_id, NEW.sort_text, NEW.search_text, NEW.search_words, NEW.since, 2147483647); END IF; RETURN NULL; END $$;
CREATE FUNCTION public.discrepancy_since() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ DECLARE current integer; BEGIN IF TG_OP = 'UPDATE' AND NOT (OLD.id::text IS DISTINCT FROM NEW.id::text OR OLD.slug::text IS DISTINCT FROM NEW.slug::text OR OLD.kind::text IS DISTINCT FROM NEW.kind::text OR OLD.question::text IS DISTINCT FROM NEW.question::text OR OLD.state::text IS DISTINCT FROM NEW.state::text OR OLD.explanation::text IS DISTINCT FROM NEW.explanation::text OR OLD.strategy_id::text IS DISTINCT FROM NEW.strategy_id::text OR OLD.commitment_id::text IS DISTINCT FROM NEW.commitment_id::text OR OLD.fund_id::text IS DISTINCT FROM NEW.fund_id::text OR OLD.event_id::text IS DISTINCT FROM NEW.event_id::text) THEN IF NEW.since <> OLD.since AND NOT (NOT EXISTS (SELECT 1 FROM change)) THEN RAISE EXCEPTION USING MESSAGE = 'Only a change of the row changes its revision.', ERRCODE = 'integrity_constraint_violation'; END IF; RETURN NEW; END IF; current := (SELECT revision FROM dataset); IF TG_OP <> 'INSERT' OR NEW.since = 0 OR NOT (NOT EXISTS (SELECT 1 FROM change)) THEN IF EXISTS (SELECT 1 FROM dataset WHERE EXISTS (SELECT 1 FROM change WHERE change.revision = dataset.revision AND NOT (change.action = 'CHANGED' AND change.recorded_at = now()))) THEN INSERT INTO change (revision, recorded_at, actor, action, summary, subject_type, subject_key, edits) SELECT dataset.revision + 1, GREATEST(now(), updated_at + interval '1 microsecond'), 'sql', 'CHANGED', 'A row was changed in the database itself, by SQL.', 'Strategy', strategy.slug, '[]' FROM dataset CROSS JOIN strategy WHERE EXISTS (SELECT 1 FROM change WHERE change.revision = dataset.revision AND NOT (change.action = 'CHANGED' AND change.recorded_at = now())); INSERT INTO change_node (revision, type, key) SELECT change.revision, subject_type, subject_key FROM change CROSS JOIN dataset WHERE change.revision = dataset.revision + 1; UPDATE dataset SET revision = revision + 1, updated_at = (SELECT recorded_at FROM change WHERE change.revision = dataset.revision + 1) WHERE EXISTS (SELECT 1 FROM change WHERE change.revision = dataset.revision + 1); current := (SELECT revision FROM dataset); END IF; IF TG_OP <> 'DELETE' THEN NEW.since := COALESCE(current, 0); END IF; END IF; RETURN COALESCE(NEW, OLD); END $$;
CREATE FUNCTION public.discrepancy_version_write() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ DECLARE current integer; BEGIN IF pg_trigger_depth() < 2 AND NOT (TG_OP <> 'DELETE' AND NOT EXISTS (SELECT 1 FROM change)) THEN RAISE EXCEPTION USING MESSAGE = 'A version is what was said then: triggers write it, and it is never edited or deleted.', ERRCODE = 'integrity_constraint_violation'; END IF; RETURN COALESCE(NEW, OLD); END $$;
CREATE FUNCTION public.document_past() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ DECLARE current integer; BEGIN IF TG_OP = 'UPDATE' AND NOT (OLD.id::text IS DISTINCT FROM NEW.id::text OR OLD.slug::text IS DISTINCT FROM NEW.slug::text OR OLD.title::text IS DISTINCT FROM NEW.title::text OR OLD.publisher_id::text IS DISTINCT FROM NEW.publisher_id::text OR OLD.published_on::text IS DISTINCT FROM NEW.published_on::text OR OLD.url::text IS DISTINCT FROM NEW.url::text OR OLD.kind::text IS DISTINCT FROM NEW.kind::text OR OLD.via_id::text IS DISTINCT FROM NEW.via_id::text OR OLD.note::text IS DISTINCT FROM NEW.note::text OR OLD.file::text IS DISTINCT FROM NEW.file::text OR OLD.digests::text IS DISTINCT FROM NEW.digests::text OR OLD.original_title::text IS DISTINCT FROM NEW.original_title::text OR OLD.official_url::text IS DISTINCT FROM NEW.official_url::text OR OLD.archived_url::text IS DISTINCT FROM NEW.archived_url::text OR OLD.read_part::text IS DISTINCT FROM NEW.read_part::text) THEN RETURN NULL; END IF; current := CASE TG_OP WHEN 'UPDATE' THEN NEW.since ELSE COALESCE((SELECT revision FROM dataset), 0) END; IF TG_OP <> 'INSERT' THEN DELETE FROM document_version WHERE (id = OLD.id) AND until = 2147483647 AND since = current; UPDATE document_version SET until = current WHERE (id = OLD.id) AND until = 2147483647; END IF; IF TG_OP <> 'DELETE' THEN INSERT INTO document_version (seeded, id, slug, title, publisher_id, published_on, url, kind, via_id, note, file, digests, sort_text, search_text, original_title, official_url, archived_url, read_part, search_words, since, until) VALUES (NEW.seeded, NEW.id, NEW.slug, NEW.title, NEW.publisher_id, NEW.published_on, NEW.url, NEW.kind, NEW.via_id, NEW.note, NEW.file, NEW.digests, NEW.sort_text, NEW.search_text, NEW.original_title, NEW.official_url, NEW.archived_url, NEW.read_part, NEW.search_words, NEW.since, 2147483647); END IF; RETURN NULL; END $$;
CREATE FUNCTION public.document_since() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ DECLARE current integer; BEGIN IF TG_OP = 'UPDATE' AND NOT (OLD.id::text IS DISTINCT FROM NEW.id::text OR OLD.slug::text IS DISTINCT FROM NEW.slug::text OR OLD.title::text IS DISTINCT FROM NEW.title::text OR OLD.publisher_id::text IS DISTINCT FROM NEW.publisher_id::text OR OLD.published_on::text IS DISTINCT FROM NEW.published_on::text OR OLD.url::text IS DISTINCT FROM NEW.url::text OR OLD.kind::text IS DISTINCT FROM NEW.kind::text OR OLD.via_id::text IS DISTINCT FROM NEW.via_id::text OR OLD.note::text IS DISTINCT FROM NEW.note::text OR OLD.file::text IS DISTINCT FROM NEW.file::text OR OLD.digests::text IS DISTINCT FROM NEW.digests::text OR OLD.original_title::text IS DISTINCT FROM NEW.original_title::text OR OLD.official_url::text IS DISTINCT FROM NEW.official_url::text OR OLD.archived_url::text IS DISTINCT FROM NEW.archived_url::text OR OLD.read_part::text IS DISTINCT FROM NEW.read_part::text) THEN IF NEW.since <> OLD.since AND NOT (NOT EXISTS (SELECT 1 FROM change)) THEN RAISE EXCEPTION USING MESSAGE = 'Only a change of the row changes its revision.', ERRCODE = 'integrity_constraint_violation'; END IF; RETURN NEW; END IF; current := (SELECT revision FROM dataset); IF TG_OP <> 'INSERT' OR NEW.since = 0 OR NOT (NOT EXISTS (SELECT 1 FROM change)) THEN IF EXISTS (SELECT 1 FROM dataset WHERE EXISTS (SELECT 1 FROM change WHERE change.revision = dataset.revision AND NOT (change.action = 'CHANGED' AND change.recorded_at = now()))) THEN INSERT INTO change (revision, recorded_at, actor, action, summary, subject_type, subject_key, edits) SELECT dataset.revision + 1, GREATEST(now(), updated_at + interval '1 microsecond'), 'sql', 'CHANGED', 'A row was changed in the database itself, by SQL.', 'Strategy', strategy.slug, '[]' FROM dataset CROSS JOIN strategy WHERE EXISTS (SELECT 1 FROM change WHERE change.revision = dataset.revision AND NOT (change.action = 'CHANGED' AND change.recorded_at = now())); INSERT INTO change_node (revision, type, key) SELECT change.revision, subject_type, subject_key FROM change CROSS JOIN dataset WHERE change.revision = dataset.revision + 1; UPDATE dataset SET revision = revision + 1, updated_at = (SELECT recorded_at FROM change WHERE change.revision = dataset.revision + 1) WHERE EXISTS (SELECT 1 FROM change WHERE change.revision = dataset.revision + 1); current := (SELECT revision FROM dataset); END IF; IF TG_OP <> 'DELETE' THEN NEW.since := COALESCE(current, 0); END IF; END IF; RETURN COALESCE(NEW, OLD); END $$;
CREATE FUNCTION public.document_version_write() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ DECLARE current integer; BEGIN IF pg_trigger_depth() < 2 AND NOT (TG_OP <> 'DELETE' AND NOT EXISTS (SELECT 1 FROM change)) THEN RAISE EXCEPTION USING MESSAGE = 'A version is what was said then: triggers write it, and it is never edited or deleted.', ERRCODE = 'integrity_constraint_violation'; END IF; RETURN COALESCE(NEW, OLD); END $$;
CREATE FUNCTION public.event_fund_past() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ DECLARE current integer; BEGIN IF TG_OP = 'UPDATE' AND NOT (OLD.event_id::text IS DISTINCT FROM NEW.event_id::text OR OLD.fund_id::text IS DISTINCT FROM NEW.fund_id::text) THEN RETURN NULL; END IF; current := CASE TG_OP WHEN 'UPDATE' THEN NEW.since ELSE COALESCE((SELECT revision FROM dataset), 0) END; IF TG_OP <> 'INSERT' THEN DELETE FROM event_fund_version WHERE (event_id = OLD.event_id AND fund_id = OLD.fund_id) AND until = 2147483647 AND since = current; UPDATE event_fund_version SET until = current WHERE (event_id = OLD.event_id AND fund_id = OLD.fund_id) AND until = 2147483647; END IF; IF TG_OP <> 'DELETE' THEN INSERT INTO event_fund_version (seeded, event_id, fund_id, since, until) VALUES (NEW.seeded, NEW.event_id, NEW.fund_id, NEW.since, 2147483647); END IF; RETURN NULL; END $$;
CREATE FUNCTION public.event_fund_since() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ DECLARE current integer; BEGIN IF TG_OP = 'UPDATE' AND NOT (OLD.event_id::text IS DISTINCT FROM NEW.event_id::text OR OLD.fund_id::text IS DISTINCT FROM NEW.fund_id::text) THEN IF NEW.since <> OLD.since AND NOT (NOT EXISTS (SELECT 1 FROM change)) THEN RAISE EXCEPTION USING MESSAGE = 'Only a change of the row changes its revision.', ERRCODE = 'integrity_constraint_violation'; END IF; RETURN NEW; END IF; current := (SELECT revision FROM dataset); IF TG_OP <> 'INSERT' OR NEW.since = 0 OR NOT (NOT EXISTS (SELECT 1 FROM change)) THEN IF EXISTS (SELECT 1 FROM dataset WHERE EXISTS (SELECT 1 FROM change WHERE change.revision = dataset.revision AND NOT (change.action = 'CHANGED' AND change.recorded_at = now()))) THEN INSERT INTO change (revision, recorded_at, actor, action, summary, subject_type, subject_key, edits) SELECT dataset.revision + 1, GREATEST(now(), updated_at + interval '1 microsecond'), 'sql', 'CHANGED', 'A row was changed in the database itself, by SQL.', 'Strategy', strategy.slug, '[]' FROM dataset CROSS JOIN strategy WHERE EXISTS (SELECT 1 FROM change WHERE change.revision = dataset.revision AND NOT (change.action = 'CHANGED' AND change.recorded_at = now())); INSERT INTO change_node (revision, type, key) SELECT change.revision, subject_type, subject_key FROM change CROSS JOIN dataset WHERE change.revision = dataset.revision + 1; UPDATE dataset SET revision = revision + 1, updated_at = (SELECT recorded_at FROM change WHERE change.revision = dataset.revision + 1) WHERE EXISTS (SELECT 1 FROM change WHERE change.revision = dataset.revision + 1); current := (SELECT revision FROM dataset); END IF; IF TG_OP <> 'DELETE' THEN NEW.since := COALESCE(current, 0); END IF; END IF; RETURN COALESCE(NEW, OLD); END $$;
CREATE FUNCTION public.event_fund_version_write() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ DECLARE current integer; BEGIN IF pg_trigger_depth() < 2 AND NOT (TG_OP <> 'DELETE' AND NOT EXISTS (SELECT 1 FROM change)) THEN RAISE EXCEPTION USING MESSAGE = 'A version is what was said then: triggers write it, and it is never edited or deleted.', ERRCODE = 'integrity_constraint_violation'; END IF; RETURN COALESCE(NEW, OLD); END $$;
CREATE FUNCTION public.event_host_past() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ DECLARE current integer; BEGIN IF TG_OP = 'UPDATE' AND NOT (OLD.event_id::text IS DISTINCT FROM NEW.event_id::text OR OLD.organisation_id::text IS DISTINCT FROM NEW.organisation_id::text OR OLD.position::text IS DISTINCT FROM NEW.position::text) THEN RETURN NULL; END IF; current := CASE TG_OP WHEN 'UPDATE' THEN NEW.since ELSE COALESCE((SELECT revision FROM dataset), 0) END; IF TG_OP <> 'INSERT' THEN DELETE FROM event_host_version WHERE (event_id = OLD.event_id AND organisation_id = OLD.organisation_id) AND until = 2147483647 AND since = current; UPDATE event_host_version SET until = current WHERE (event_id = OLD.event_id AND organisation_id = OLD.organisation_id) AND until = 2147483647; END IF; IF TG_OP <> 'DELETE' THEN INSERT INTO event_host_version (seeded, event_id, organisation_id, position, since, until) VALUES (NEW.seeded, NEW.event_id, NEW.organisation_id, NEW.position, NEW.since, 2147483647); END IF; RETURN NULL; END $$;
CREATE FUNCTION public.event_host_since() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ DECLARE current integer; BEGIN IF TG_OP = 'UPDATE' AND NOT (OLD.event_id::text IS DISTINCT FROM NEW.event_id::text OR OLD.organisation_id::text IS DISTINCT FROM NEW.organisation_id::text OR OLD.position::text IS DISTINCT FROM NEW.position::text) THEN IF NEW.since <> OLD.since AND NOT (NOT EXISTS (SELECT 1 FROM change)) THEN RAISE EXCEPTION USING MESSAGE = 'Only a change of the row changes its revision.', ERRCODE = 'integrity_constraint_violation'; END IF; RETURN NEW; END IF; current := (SELECT revision FROM dataset); IF TG_OP <> 'INSERT' OR NEW.since = 0 OR NOT (NOT EXISTS (SELECT 1 FROM change)) THEN IF EXISTS (SELECT 1 FROM dataset WHERE EXISTS (SELECT 1 FROM change WHERE change.revision = dataset.revision AND NOT (change.action = 'CHANGED' AND change.recorded_at = now()))) THEN INSERT INTO change (revision, recorded_at, actor, action, summary, subject_type, subject_key, edits) SELECT dataset.revision + 1, GREATEST(now(), updated_at + interval '1 microsecond'), 'sql', 'CHANGED', 'A row was changed in the database itself, by SQL.', 'Strategy', strategy.slug, '[]' FROM dataset CROSS JOIN strategy WHERE EXISTS (SELECT 1 FROM change WHERE change.revision = dataset.revision AND NOT (change.action = 'CHANGED' AND change.recorded_at = now())); INSERT INTO change_node (revision, type, key) SELECT change.revision, subject_type, subject_key FROM change CROSS JOIN dataset WHERE change.revision = dataset.revision + 1; UPDATE dataset SET revision = revision + 1, updated_at = (SELECT recorded_at FROM change WHERE change.revision = dataset.revision + 1) WHERE EXISTS (SELECT 1 FROM change WHERE change.revision = dataset.revision + 1); current := (SELECT revision FROM dataset); END IF; IF TG_OP <> 'DELETE' THEN NEW.since := COALESCE(current, 0); END IF; END IF; RETURN COALESCE(NEW, OLD); END $$;
CREATE FUNCTION public.event_host_version_write() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ DECLARE current integer; BEGIN IF pg_trigger_depth() < 2 AND NOT (TG_OP <> 'DELETE' AND NOT EXISTS (SELECT 1 FROM change)) THEN RAISE EXCEPTION USING MESSAGE = 'A version is what was said then: triggers write it, and it is never edited or deleted.', ERRCODE = 'integrity_constraint_violation'; END IF; RETURN COALESCE(NEW, OLD); END $$;
CREATE FUNCTION public.event_past() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ DECLARE current integer; BEGIN IF TG_OP = 'UPDATE' AND NOT (OLD.id::text IS DISTINCT FROM NEW.id::text OR OLD.slug::text IS DISTINCT FROM NEW.slug::text OR OLD.title::text IS DISTINCT FROM NEW.title::text OR OLD.kind::text IS DISTINCT FROM NEW.kind::text OR OLD.held_on::text IS DISTINCT FROM NEW.held_on::text OR OLD.precision::text IS DISTINCT FROM NEW.precision::text OR OLD.date_note::text IS DISTINCT FROM NEW.date_note::text OR OLD.series::text IS DISTINCT FROM NEW.series::text OR OLD.venue::text IS DISTINCT FROM NEW.venue::text OR OLD.place::text IS DISTINCT FROM NEW.place::text OR OLD.region::text IS DISTINCT FROM NEW.region::text OR OLD.attendance_at_least::text IS DISTINCT FROM NEW.attendance_at_least::text OR OLD.sectors::text IS DISTINCT FROM NEW.sectors::text OR OLD.topics::text IS DISTINCT FROM NEW.topics::text OR OLD.area_id::text IS DISTINCT FROM NEW.area_id::text) THEN RETURN NULL; END IF; current := CASE TG_OP WHEN 'UPDATE' THEN NEW.since ELSE COALESCE((SELECT revision FROM dataset), 0) END; IF TG_OP <> 'INSERT' THEN DELETE FROM event_version WHERE (id = OLD.id) AND until = 2147483647 AND since = current; UPDATE event_version SET until = current WHERE (id = OLD.id) AND until = 2147483647; END IF; IF TG_OP <> 'DELETE' THEN INSERT INTO event_version (seeded, id, slug, title, kind, held_on, precision, date_note, series, venue, place, region, attendance_at_least, sectors, topics, sort_text, search_text, area_id, search_words, since, until) VALUES (NEW.seeded, NEW.id, NEW.slug, NEW.title, NEW.kind, NEW.held_on, NEW.precision, NEW.date_note, NEW.series, NEW.venue, NEW.place, NEW.region, NEW.attendance_at_least, NEW.sectors, NEW.topics, NEW.sort_text, NEW.search_text, NEW.area_id, NEW.search_words, NEW.since, 2147483647); END IF; RETURN NULL; END $$;
CREATE FUNCTION public.event_since() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ DECLARE current integer; BEGIN IF TG_OP = 'UPDATE' AND NOT (OLD.id::text IS DISTINCT FROM NEW.id::text OR OLD.slug::text IS DISTINCT FROM NEW.slug::text OR OLD.title::text IS DISTINCT FROM NEW.title::text OR OLD.kind::text IS DISTINCT FROM NEW.kind::text OR OLD.held_on::text IS DISTINCT FROM NEW.held_on::text OR OLD.precision::text IS DISTINCT FROM NEW.precision::text OR OLD.date_note::text IS DISTINCT FROM NEW.date_note::text OR OLD.series::text IS DISTINCT FROM NEW.series::text OR OLD.venue::text IS DISTINCT FROM NEW.venue::text OR OLD.place::text IS DISTINCT FROM NEW.place::text OR OLD.region::text IS DISTINCT FROM NEW.region::text OR OLD.attendance_at_least::text IS DISTINCT FROM NEW.attendance_at_least::text OR OLD.sectors::text IS DISTINCT FROM NEW.sectors::text OR OLD.topics::text IS DISTINCT FROM NEW.topics::text OR OLD.area_id::text IS DISTINCT FROM NEW.area_id::text) THEN IF NEW.since <> OLD.since AND NOT (NOT EXISTS (SELECT 1 FROM change)) THEN RAISE EXCEPTION USING MESSAGE = 'Only a change of the row changes its revision.', ERRCODE = 'integrity_constraint_violation'; END IF; RETURN NEW; END IF; current := (SELECT revision FROM dataset); IF TG_OP <> 'INSERT' OR NEW.since = 0 OR NOT (NOT EXISTS (SELECT 1 FROM change)) THEN IF EXISTS (SELECT 1 FROM dataset WHERE EXISTS (SELECT 1 FROM change WHERE change.revision = dataset.revision AND NOT (change.action = 'CHANGED' AND change.recorded_at = now()))) THEN INSERT INTO change (revision, recorded_at, actor, action, summary, subject_type, subject_key, edits) SELECT dataset.revision + 1, GREATEST(now(), updated_at + interval '1 microsecond'), 'sql', 'CHANGED', 'A row was changed in the database itself, by SQL.', 'Strategy', strategy.slug, '[]' FROM dataset CROSS JOIN strategy WHERE EXISTS (SELECT 1 FROM change WHERE change.revision = dataset.revision AND NOT (change.action = 'CHANGED' AND change.recorded_at = now())); INSERT INTO change_node (revision, type, key) SELECT change.revision, subject_type, subject_key FROM change CROSS JOIN dataset WHERE change.revision = dataset.revision + 1; UPDATE dataset SET revision = revision + 1, updated_at = (SELECT recorded_at FROM change WHERE change.revision = dataset.revision + 1) WHERE EXISTS (SELECT 1 FROM change WHERE change.revision = dataset.revision + 1); current := (SELECT revision FROM dataset); END IF; IF TG_OP <> 'DELETE' THEN NEW.since := COALESCE(current, 0); END IF; END IF; RETURN COALESCE(NEW, OLD); END $$;
CREATE FUNCTION public.event_version_write() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ DECLARE current integer; BEGIN IF pg_trigger_depth() < 2 AND NOT (TG_OP <> 'DELETE' AND NOT EXISTS (SELECT 1 FROM change)) THEN RAISE EXCEPTION USING MESSAGE = 'A version is what was said then: triggers write it, and it is never edited or deleted.', ERRCODE = 'integrity_constraint_violation'; END IF; RETURN COALESCE(NEW, OLD); END $$;
CREATE FUNCTION public.fund_past() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ DECLARE current integer; BEGIN IF TG_OP = 'UPDATE' AND NOT (OLD.id::text IS DISTINCT FROM NEW.id::text OR OLD.slug::text IS DISTINCT FROM NEW.slug::text OR OLD.name::text IS DISTINCT FROM NEW.name::text OR OLD.period::text IS DISTINCT FROM NEW.period::text OR OLD.parent_id::text IS DISTINCT FROM NEW.parent_id::text OR OLD.note::text IS DISTINCT FROM NEW.note::text) THEN RETURN NULL; END IF; current := CASE TG_OP WHEN 'UPDATE' THEN NEW.since ELSE COALESCE((SELECT revision FROM dataset), 0) END; IF TG_OP <> 'INSERT' THEN DELETE FROM fund_version WHERE (id = OLD.id) AND until = 2147483647 AND since = current; UPDATE fund_version SET until = current WHERE (id = OLD.id) AND until = 2147483647; END IF; IF TG_OP <> 'DELETE' THEN INSERT INTO fund_version (seeded, id, slug, name, period, parent_id, note, sort_text, search_text, search_words, since, until) VALUES (NEW.seeded, NEW.id, NEW.slug, NEW.name, NEW.period, NEW.parent_id, NEW.note, NEW.sort_text, NEW.search_text, NEW.search_words, NEW.since, 2147483647); END IF; RETURN NULL; END $$;
CREATE FUNCTION public.fund_since() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ DECLARE current integer; BEGIN IF TG_OP = 'UPDATE' AND NOT (OLD.id::text IS DISTINCT FROM NEW.id::text OR OLD.slug::text IS DISTINCT FROM NEW.slug::text OR OLD.name::text IS DISTINCT FROM NEW.name::text OR OLD.period::text IS DISTINCT FROM NEW.period::text OR OLD.parent_id::text IS DISTINCT FROM NEW.parent_id::text OR OLD.note::text IS DISTINCT FROM NEW.note::text) THEN IF NEW.since <> OLD.since AND NOT (NOT EXISTS (SELECT 1 FROM change)) THEN RAISE EXCEPTION USING MESSAGE = 'Only a change of the row changes its revision.', ERRCODE = 'integrity_constraint_violation'; END IF; RETURN NEW; END IF; current := (SELECT revision FROM dataset); IF TG_OP <> 'INSERT' OR NEW.since = 0 OR NOT (NOT EXISTS (SELECT 1 FROM change)) THEN IF EXISTS (SELECT 1 FROM dataset WHERE EXISTS (SELECT 1 FROM change WHERE change.revision = dataset.revision AND NOT (change.action = 'CHANGED' AND change.recorded_at = now()))) THEN INSERT INTO change (revision, recorded_at, actor, action, summary, subject_type, subject_key, edits) SELECT dataset.revision + 1, GREATEST(now(), updated_at + interval '1 microsecond'), 'sql', 'CHANGED', 'A row was changed in the database itself, by SQL.', 'Strategy', strategy.slug, '[]' FROM dataset CROSS JOIN strategy WHERE EXISTS (SELECT 1 FROM change WHERE change.revision = dataset.revision AND NOT (change.action = 'CHANGED' AND change.recorded_at = now())); INSERT INTO change_node (revision, type, key) SELECT change.revision, subject_type, subject_key FROM change CROSS JOIN dataset WHERE change.revision = dataset.revision + 1; UPDATE dataset SET revision = revision + 1, updated_at = (SELECT recorded_at FROM change WHERE change.revision = dataset.revision + 1) WHERE EXISTS (SELECT 1 FROM change WHERE change.revision = dataset.revision + 1); current := (SELECT revision FROM dataset); END IF; IF TG_OP <> 'DELETE' THEN NEW.since := COALESCE(current, 0); END IF; END IF; RETURN COALESCE(NEW, OLD); END $$;
CREATE FUNCTION public.fund_version_write() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ DECLARE current integer; BEGIN IF pg_trigger_depth() < 2 AND NOT (TG_OP <> 'DELETE' AND NOT EXISTS (SELECT 1 FROM change)) THEN RAISE EXCEPTION USING MESSAGE = 'A version is what was said then: triggers write it, and it is never edited or deleted.', ERRCODE = 'integrity_constraint_violation'; END IF; RETURN COALESCE(NEW, OLD); END $$;
CREATE FUNCTION public.is_kept() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN RAISE EXCEPTION USING MESSAGE = TG_ARGV[0], ERRCODE = 'integrity_constraint_violation'; END $$;
CREATE FUNCTION public.is_late() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN IF NEW.revision < (SELECT revision FROM dataset) THEN RAISE EXCEPTION USING MESSAGE = 'The log of changes is never edited.', ERRCODE = 'integrity_constraint_violation'; END IF; RETURN NEW; END $$;
CREATE FUNCTION public.organisation_past() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ DECLARE current integer; BEGIN IF TG_OP = 'UPDATE' AND NOT (OLD.id::text IS DISTINCT FROM NEW.id::text OR OLD.slug::text IS DISTINCT FROM NEW.slug::text OR OLD.name::text IS DISTINCT FROM NEW.name::text OR OLD.kind::text IS DISTINCT FROM NEW.kind::text) THEN RETURN NULL; END IF; current := CASE TG_OP WHEN 'UPDATE' THEN NEW.since ELSE COALESCE((SELECT revision FROM dataset), 0) END; IF TG_OP <> 'INSERT' THEN DELETE FROM organisation_version WHERE (id = OLD.id) AND until = 2147483647 AND since = current; UPDATE organisation_version SET until = current WHERE (id = OLD.id) AND until = 2147483647; END IF; IF TG_OP <> 'DELETE' THEN INSERT INTO organisation_version (seeded, id, slug, name, kind, sort_text, search_text, search_words, since, until) VALUES (NEW.seeded, NEW.id, NEW.slug, NEW.name, NEW.kind, NEW.sort_text, NEW.search_text, NEW.search_words, NEW.since, 2147483647); END IF; RETURN NULL; END $$;
CREATE FUNCTION public.organisation_since() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ DECLARE current integer; BEGIN IF TG_OP = 'UPDATE' AND NOT (OLD.id::text IS DISTINCT FROM NEW.id::text OR OLD.slug::text IS DISTINCT FROM NEW.slug::text OR OLD.name::text IS DISTINCT FROM NEW.name::text OR OLD.kind::text IS DISTINCT FROM NEW.kind::text) THEN IF NEW.since <> OLD.since AND NOT (NOT EXISTS (SELECT 1 FROM change)) THEN RAISE EXCEPTION USING MESSAGE = 'Only a change of the row changes its revision.', ERRCODE = 'integrity_constraint_violation'; END IF; RETURN NEW; END IF; current := (SELECT revision FROM dataset); IF TG_OP <> 'INSERT' OR NEW.since = 0 OR NOT (NOT EXISTS (SELECT 1 FROM change)) THEN IF EXISTS (SELECT 1 FROM dataset WHERE EXISTS (SELECT 1 FROM change WHERE change.revision = dataset.revision AND NOT (change.action = 'CHANGED' AND change.recorded_at = now()))) THEN INSERT INTO change (revision, recorded_at, actor, action, summary, subject_type, subject_key, edits) SELECT dataset.revision + 1, GREATEST(now(), updated_at + interval '1 microsecond'), 'sql', 'CHANGED', 'A row was changed in the database itself, by SQL.', 'Strategy', strategy.slug, '[]' FROM dataset CROSS JOIN strategy WHERE EXISTS (SELECT 1 FROM change WHERE change.revision = dataset.revision AND NOT (change.action = 'CHANGED' AND change.recorded_at = now())); INSERT INTO change_node (revision, type, key) SELECT change.revision, subject_type, subject_key FROM change CROSS JOIN dataset WHERE change.revision = dataset.revision + 1; UPDATE dataset SET revision = revision + 1, updated_at = (SELECT recorded_at FROM change WHERE change.revision = dataset.revision + 1) WHERE EXISTS (SELECT 1 FROM change WHERE change.revision = dataset.revision + 1); current := (SELECT revision FROM dataset); END IF; IF TG_OP <> 'DELETE' THEN NEW.since := COALESCE(current, 0); END IF; END IF; RETURN COALESCE(NEW, OLD); END $$;
CREATE FUNCTION public.organisation_version_write() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ DECLARE current integer; BEGIN IF pg_trigger_depth() < 2 AND NOT (TG_OP <> 'DELETE' AND NOT EXISTS (SELECT 1 FROM change)) THEN RAISE EXCEPTION USING MESSAGE = 'A version is what was said then: triggers write it, and it is never edited or deleted.', ERRCODE = 'integrity_constraint_violation'; END IF; RETURN COALESCE(NEW, OLD); END $$;
CREATE FUNCTION public.participant_past() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ DECLARE current integer; BEGIN IF TG_OP = 'UPDATE' AND NOT (OLD.id::text IS DISTINCT FROM NEW.id::text OR OLD.event_id::text IS DISTINCT FROM NEW.event_id::text OR OLD.position::text IS DISTINCT FROM NEW.position::text OR OLD.name::text IS DISTINCT FROM NEW.name::text OR OLD.role::text IS DISTINCT FROM NEW.role::text OR OLD.organisation_id::text IS DISTINCT FROM NEW.organisation_id::text OR OLD.person_id::text IS DISTINCT FROM NEW.person_id::text) THEN RETURN NULL; END IF; current := CASE TG_OP WHEN 'UPDATE' THEN NEW.since ELSE COALESCE((SELECT revision FROM dataset), 0) END; IF TG_OP <> 'INSERT' THEN DELETE FROM participant_version WHERE (id = OLD.id) AND until = 2147483647 AND since = current; UPDATE participant_version SET until = current WHERE (id = OLD.id) AND until = 2147483647; END IF; IF TG_OP <> 'DELETE' THEN INSERT INTO participant_version (seeded, id, event_id, position, name, role, organisation_id, person_id, sort_text, search_text, search_words, since, until) VALUES (NEW.seeded, NEW.id, NEW.event_id, NEW.position, NEW.name, NEW.role, NEW.organisation_id, NEW.person_id, NEW.sort_text, NEW.search_text, NEW.search_words, NEW.since, 2147483647); END IF; RETURN NULL; END $$;
CREATE FUNCTION public.participant_since() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ DECLARE current integer; BEGIN IF TG_OP = 'UPDATE' AND NOT (OLD.id::text IS DISTINCT FROM NEW.id::text OR OLD.event_id::text IS DISTINCT FROM NEW.event_id::text OR OLD.position::text IS DISTINCT FROM NEW.position::text OR OLD.name::text IS DISTINCT FROM NEW.name::text OR OLD.role::text IS DISTINCT FROM NEW.role::text OR OLD.organisation_id::text IS DISTINCT FROM NEW.organisation_id::text OR OLD.person_id::text IS DISTINCT FROM NEW.person_id::text) THEN IF NEW.since <> OLD.since AND NOT (NOT EXISTS (SELECT 1 FROM change)) THEN RAISE EXCEPTION USING MESSAGE = 'Only a change of the row changes its revision.', ERRCODE = 'integrity_constraint_violation'; END IF; RETURN NEW; END IF; current := (SELECT revision FROM dataset); IF TG_OP <> 'INSERT' OR NEW.since = 0 OR NOT (NOT EXISTS (SELECT 1 FROM change)) THEN IF EXISTS (SELECT 1 FROM dataset WHERE EXISTS (SELECT 1 FROM change WHERE change.revision = dataset.revision AND NOT (change.action = 'CHANGED' AND change.recorded_at = now()))) THEN INSERT INTO change (revision, recorded_at, actor, action, summary, subject_type, subject_key, edits) SELECT dataset.revision + 1, GREATEST(now(), updated_at + interval '1 microsecond'), 'sql', 'CHANGED', 'A row was changed in the database itself, by SQL.', 'Strategy', strategy.slug, '[]' FROM dataset CROSS JOIN strategy WHERE EXISTS (SELECT 1 FROM change WHERE change.revision = dataset.revision AND NOT (change.action = 'CHANGED' AND change.recorded_at = now())); INSERT INTO change_node (revision, type, key) SELECT change.revision, subject_type, subject_key FROM change CROSS JOIN dataset WHERE change.revision = dataset.revision + 1; UPDATE dataset SET revision = revision + 1, updated_at = (SELECT recorded_at FROM change WHERE change.revision = dataset.revision + 1) WHERE EXISTS (SELECT 1 FROM change WHERE change.revision = dataset.revision + 1); current := (SELECT revision FROM dataset); END IF; IF TG_OP <> 'DELETE' THEN NEW.since := COALESCE(current, 0); END IF; END IF; RETURN COALESCE(NEW, OLD); END $$;
CREATE FUNCTION public.participant_version_write() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ DECLARE current integer; BEGIN IF pg_trigger_depth() < 2 AND NOT (TG_OP <> 'DELETE' AND NOT EXISTS (SELECT 1 FROM change)) THEN RAISE EXCEPTION USING MESSAGE = 'A version is what was said then: triggers write it, and it is never edited or deleted.', ERRCODE = 'integrity_constraint_violation'; END IF; RETURN COALESCE(NEW, OLD); END $$;
CREATE FUNCTION public.person_past() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ DECLARE current integer; BEGIN IF TG_OP = 'UPDATE' AND NOT (OLD.id::text IS DISTINCT FROM NEW.id::text OR OLD.slug::text IS DISTINCT FROM NEW.slug::text OR OLD.name::text IS DISTINCT FROM NEW.name::text) THEN RETURN NULL; END IF; current := CASE TG_OP WHEN 'UPDATE' THEN NEW.since ELSE COALESCE((SELECT revision FROM dataset), 0) END; IF TG_OP <> 'INSERT' THEN DELETE FROM person_version WHERE (id = OLD.id) AND until = 2147483647 AND since = current; UPDATE person_version SET until = current WHERE (id = OLD.id) AND until = 2147483647; END IF; IF TG_OP <> 'DELETE' THEN INSERT INTO person_version (id, seeded, sort_text, search_text, slug, name, search_words, since, until) VALUES (NEW.id, NEW.seeded, NEW.sort_text, NEW.search_text, NEW.slug, NEW.name, NEW.search_words, NEW.since, 2147483647); END IF; RETURN NULL; END $$;
CREATE FUNCTION public.person_since() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ DECLARE current integer; BEGIN IF TG_OP = 'UPDATE' AND NOT (OLD.id::text IS DISTINCT FROM NEW.id::text OR OLD.slug::text IS DISTINCT FROM NEW.slug::text OR OLD.name::text IS DISTINCT FROM NEW.name::text) THEN IF NEW.since <> OLD.since AND NOT (NOT EXISTS (SELECT 1 FROM change)) THEN RAISE EXCEPTION USING MESSAGE = 'Only a change of the row changes its revision.', ERRCODE = 'integrity_constraint_violation'; END IF; RETURN NEW; END IF; current := (SELECT revision FROM dataset); IF TG_OP <> 'INSERT' OR NEW.since = 0 OR NOT (NOT EXISTS (SELECT 1 FROM change)) THEN IF EXISTS (SELECT 1 FROM dataset WHERE EXISTS (SELECT 1 FROM change WHERE change.revision = dataset.revision AND NOT (change.action = 'CHANGED' AND change.recorded_at = now()))) THEN INSERT INTO change (revision, recorded_at, actor, action, summary, subject_type, subject_key, edits) SELECT dataset.revision + 1, GREATEST(now(), updated_at + interval '1 microsecond'), 'sql', 'CHANGED', 'A row was changed in the database itself, by SQL.', 'Strategy', strategy.slug, '[]' FROM dataset CROSS JOIN strategy WHERE EXISTS (SELECT 1 FROM change WHERE change.revision = dataset.revision AND NOT (change.action = 'CHANGED' AND change.recorded_at = now())); INSERT INTO change_node (revision, type, key) SELECT change.revision, subject_type, subject_key FROM change CROSS JOIN dataset WHERE change.revision = dataset.revision + 1; UPDATE dataset SET revision = revision + 1, updated_at = (SELECT recorded_at FROM change WHERE change.revision = dataset.revision + 1) WHERE EXISTS (SELECT 1 FROM change WHERE change.revision = dataset.revision + 1); current := (SELECT revision FROM dataset); END IF; IF TG_OP <> 'DELETE' THEN NEW.since := COALESCE(current, 0); END IF; END IF; RETURN COALESCE(NEW, OLD); END $$;
CREATE FUNCTION public.person_version_write() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ DECLARE current integer; BEGIN IF pg_trigger_depth() < 2 AND NOT (TG_OP <> 'DELETE' AND NOT EXISTS (SELECT 1 FROM change)) THEN RAISE EXCEPTION USING MESSAGE = 'A version is what was said then: triggers write it, and it is never edited or deleted.', ERRCODE = 'integrity_constraint_violation'; END IF; RETURN COALESCE(NEW, OLD); END $$;
CREATE FUNCTION public.status_update_past() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ DECLARE current integer; BEGIN IF TG_OP = 'UPDATE' AND NOT (OLD.id::text IS DISTINCT FROM NEW.id::text OR OLD.key::text IS DISTINCT FROM NEW.key::text OR OLD.commitment_id::text IS DISTINCT FROM NEW.commitment_id::text OR OLD.status::text IS DISTINCT FROM NEW.status::text OR OLD.effective_on::text IS DISTINCT FROM NEW.effective_on::text OR OLD.precision::text IS DISTINCT FROM NEW.precision::text OR OLD.recorded_at::text IS DISTINCT FROM NEW.recorded_at::text OR OLD.voice::text IS DISTINCT FROM NEW.voice::text OR OLD.note::text IS DISTINCT FROM NEW.note::text OR OLD.corrected_by_id::text IS DISTINCT FROM NEW.corrected_by_id::text OR OLD.correction_reason::text IS DISTINCT FROM NEW.correction_reason::text) THEN RETURN NULL; END IF; current := CASE TG_OP WHEN 'UPDATE' THEN NEW.since ELSE COALESCE((SELECT revision FROM dataset), 0) END; IF TG_OP <> 'INSERT' THEN DELETE FROM status_update_version WHERE (id = OLD.id) AND until = 2147483647 AND since = current; UPDATE status_update_version SET until = current WHERE (id = OLD.id) AND until = 2147483647; END IF; IF TG_OP <> 'DELETE' THEN INSERT INTO status_update_version (seeded, id, key, commitment_id, status, effective_on, precision, recorded_at, voice, note, corrected_by_id, correction_reason, sort_text, search_text, search_words, since, until) VALUES (NEW.seeded, NEW.id, NEW.key, NEW.commitment_id, NEW.status, NEW.effective_on, NEW.precision, NEW.recorded_at, NEW.voice, NEW.note, NEW.corrected_by_id, NEW.correction_reason, NEW.sort_text, NEW.search_text, NEW.search_words, NEW.since, 2147483647); END IF; RETURN NULL; END $$;
CREATE FUNCTION public.status_update_since() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ DECLARE current integer; BEGIN IF TG_OP = 'UPDATE' AND NOT (OLD.id::text IS DISTINCT FROM NEW.id::text OR OLD.key::text IS DISTINCT FROM NEW.key::text OR OLD.commitment_id::text IS DISTINCT FROM NEW.commitment_id::text OR OLD.status::text IS DISTINCT FROM NEW.status::text OR OLD.effective_on::text IS DISTINCT FROM NEW.effective_on::text OR OLD.precision::text IS DISTINCT FROM NEW.precision::text OR OLD.recorded_at::text IS DISTINCT FROM NEW.recorded_at::text OR OLD.voice::text IS DISTINCT FROM NEW.voice::text OR OLD.note::text IS DISTINCT FROM NEW.note::text OR OLD.corrected_by_id::text IS DISTINCT FROM NEW.corrected_by_id::text OR OLD.correction_reason::text IS DISTINCT FROM NEW.correction_reason::text) THEN IF NEW.since <> OLD.since AND NOT (NOT EXISTS (SELECT 1 FROM change)) THEN RAISE EXCEPTION USING MESSAGE = 'Only a change of the row changes its revision.', ERRCODE = 'integrity_constraint_violation'; END IF; RETURN NEW; END IF; current := (SELECT revision FROM dataset); IF TG_OP <> 'INSERT' OR NEW.since = 0 OR NOT (NOT EXISTS (SELECT 1 FROM change)) THEN IF EXISTS (SELECT 1 FROM dataset WHERE EXISTS (SELECT 1 FROM change WHERE change.revision = dataset.revision AND NOT (change.action = 'CHANGED' AND change.recorded_at = now()))) THEN INSERT INTO change (revision, recorded_at, actor, action, summary, subject_type, subject_key, edits) SELECT dataset.revision + 1, GREATEST(now(), updated_at + interval '1 microsecond'), 'sql', 'CHANGED', 'A row was changed in the database itself, by SQL.', 'Strategy', strategy.slug, '[]' FROM dataset CROSS JOIN strategy WHERE EXISTS (SELECT 1 FROM change WHERE change.revision = dataset.revision AND NOT (change.action = 'CHANGED' AND change.recorded_at = now())); INSERT INTO change_node (revision, type, key) SELECT change.revision, subject_type, subject_key FROM change CROSS JOIN dataset WHERE change.revision = dataset.revision + 1; UPDATE dataset SET revision = revision + 1, updated_at = (SELECT recorded_at FROM change WHERE change.revision = dataset.revision + 1) WHERE EXISTS (SELECT 1 FROM change WHERE change.revision = dataset.revision + 1); current := (SELECT revision FROM dataset); END IF; IF TG_OP <> 'DELETE' THEN NEW.since := COALESCE(current, 0); END IF; END IF; RETURN COALESCE(NEW, OLD); END $$;
CREATE FUNCTION public.status_update_version_write() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ DECLARE current integer; BEGIN IF pg_trigger_depth() < 2 AND NOT (TG_OP <> 'DELETE' AND NOT EXISTS (SELECT 1 FROM change)) THEN RAISE EXCEPTION USING MESSAGE = 'A version is what was said then: triggers write it, and it is never edited or deleted.', ERRCODE = 'integrity_constraint_violation'; END IF; RETURN COALESCE(NEW, OLD); END $$;
CREATE FUNCTION public.strategy_past() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ DECLARE current integer; BEGIN IF TG_OP = 'UPDATE' AND NOT (OLD.id::text IS DISTINCT FROM NEW.id::text OR OLD.slug::text IS DISTINCT FROM NEW.slug::text OR OLD.title::text IS DISTINCT FROM NEW.title::text OR OLD.publisher_id::text IS DISTINCT FROM NEW.publisher_id::text OR OLD.published_on::text IS DISTINCT FROM NEW.published_on::text OR OLD.stated_commitments::text IS DISTINCT FROM NEW.stated_commitments::text) THEN RETURN NULL; END IF; current := CASE TG_OP WHEN 'UPDATE' THEN NEW.since ELSE COALESCE((SELECT revision FROM dataset), 0) END; IF TG_OP <> 'INSERT' THEN DELETE FROM strategy_version WHERE (id = OLD.id) AND until = 2147483647 AND since = current; UPDATE strategy_version SET until = current WHERE (id = OLD.id) AND until = 2147483647; END IF; IF TG_OP <> 'DELETE' THEN INSERT INTO strategy_version (seeded, id, slug, title, publisher_id, published_on, stated_commitments, since, until) VALUES (NEW.seeded, NEW.id, NEW.slug, NEW.title, NEW.publisher_id, NEW.published_on, NEW.stated_commitments, NEW.since, 2147483647); END IF; RETURN NULL; END $$;
CREATE FUNCTION public.strategy_since() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ DECLARE current integer; BEGIN IF TG_OP = 'UPDATE' AND NOT (OLD.id::text IS DISTINCT FROM NEW.id::text OR OLD.slug::text IS DISTINCT FROM NEW.slug::text OR OLD.title::text IS DISTINCT FROM NEW.title::text OR OLD.publisher_id::text IS DISTINCT FROM NEW.publisher_id::text OR OLD.published_on::text IS DISTINCT FROM NEW.published_on::text OR OLD.stated_commitments::text IS DISTINCT FROM NEW.stated_commitments::text) THEN IF NEW.since <> OLD.since AND NOT (NOT EXISTS (SELECT 1 FROM change)) THEN RAISE EXCEPTION USING MESSAGE = 'Only a change of the row changes its revision.', ERRCODE = 'integrity_constraint_violation'; END IF; RETURN NEW; END IF; current := (SELECT revision FROM dataset); IF TG_OP <> 'INSERT' OR NEW.since = 0 OR NOT (NOT EXISTS (SELECT 1 FROM change)) THEN IF EXISTS (SELECT 1 FROM dataset WHERE EXISTS (SELECT 1 FROM change WHERE change.revision = dataset.revision AND NOT (change.action = 'CHANGED' AND change.recorded_at = now()))) THEN INSERT INTO change (revision, recorded_at, actor, action, summary, subject_type, subject_key, edits) SELECT dataset.revision + 1, GREATEST(now(), updated_at + interval '1 microsecond'), 'sql', 'CHANGED', 'A row was changed in the database itself, by SQL.', 'Strategy', strategy.slug, '[]' FROM dataset CROSS JOIN strategy WHERE EXISTS (SELECT 1 FROM change WHERE change.revision = dataset.revision AND NOT (change.action = 'CHANGED' AND change.recorded_at = now())); INSERT INTO change_node (revision, type, key) SELECT change.revision, subject_type, subject_key FROM change CROSS JOIN dataset WHERE change.revision = dataset.revision + 1; UPDATE dataset SET revision = revision + 1, updated_at = (SELECT recorded_at FROM change WHERE change.revision = dataset.revision + 1) WHERE EXISTS (SELECT 1 FROM change WHERE change.revision = dataset.revision + 1); current := (SELECT revision FROM dataset); END IF; IF TG_OP <> 'DELETE' THEN NEW.since := COALESCE(current, 0); END IF; END IF; RETURN COALESCE(NEW, OLD); END $$;
CREATE FUNCTION public.strategy_version_write() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ DECLARE current integer; BEGIN IF pg_trigger_depth() < 2 AND NOT (TG_OP <> 'DELETE' AND NOT EXISTS (SELECT 1 FROM change)) THEN RAISE EXCEPTION USING MESSAGE = 'A version is what was said then: triggers write it, and it is never edited or deleted.', ERRCODE = 'integrity_constraint_violation'; END IF; RETURN COALESCE(NEW, OLD); END $$;
CREATE FUNCTION public.term_past() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ DECLARE current integer; BEGIN IF TG_OP = 'UPDATE' AND NOT (OLD.id::text IS DISTINCT FROM NEW.id::text OR OLD.slug::text IS DISTINCT FROM NEW.slug::text OR OLD.name::text IS DISTINCT FROM NEW.name::text OR OLD.meaning::text IS DISTINCT FROM NEW.meaning::text) THEN RETURN NULL; END IF; current := CASE TG_OP WHEN 'UPDATE' THEN NEW.since ELSE COALESCE((SELECT revision FROM dataset), 0) END; IF TG_OP <> 'INSERT' THEN DELETE FROM term_version WHERE (id = OLD.id) AND until = 2147483647 AND since = current; UPDATE term_version SET until = current WHERE (id = OLD.id) AND until = 2147483647; END IF; IF TG_OP <> 'DELETE' THEN INSERT INTO term_version (id, seeded, sort_text, search_text, slug, name, meaning, search_words, since, until) VALUES (NEW.id, NEW.seeded, NEW.sort_text, NEW.search_text, NEW.slug, NEW.name, NEW.meaning, NEW.search_words, NEW.since, 2147483647); END IF; RETURN NULL; END $$;
CREATE FUNCTION public.term_since() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ DECLARE current integer; BEGIN IF TG_OP = 'UPDATE' AND NOT (OLD.id::text IS DISTINCT FROM NEW.id::text OR OLD.slug::text IS DISTINCT FROM NEW.slug::text OR OLD.name::text IS DISTINCT FROM NEW.name::text OR OLD.meaning::text IS DISTINCT FROM NEW.meaning::text) THEN IF NEW.since <> OLD.since AND NOT (NOT EXISTS (SELECT 1 FROM change)) THEN RAISE EXCEPTION USING MESSAGE = 'Only a change of the row changes its revision.', ERRCODE = 'integrity_constraint_violation'; END IF; RETURN NEW; END IF; current := (SELECT revision FROM dataset); IF TG_OP <> 'INSERT' OR NEW.since = 0 OR NOT (NOT EXISTS (SELECT 1 FROM change)) THEN IF EXISTS (SELECT 1 FROM dataset WHERE EXISTS (SELECT 1 FROM change WHERE change.revision = dataset.revision AND NOT (change.action = 'CHANGED' AND change.recorded_at = now()))) THEN INSERT INTO change (revision, recorded_at, actor, action, summary, subject_type, subject_key, edits) SELECT dataset.revision + 1, GREATEST(now(), updated_at + interval '1 microsecond'), 'sql', 'CHANGED', 'A row was changed in the database itself, by SQL.', 'Strategy', strategy.slug, '[]' FROM dataset CROSS JOIN strategy WHERE EXISTS (SELECT 1 FROM change WHERE change.revision = dataset.revision AND NOT (change.action = 'CHANGED' AND change.recorded_at = now())); INSERT INTO change_node (revision, type, key) SELECT change.revision, subject_type, subject_key FROM change CROSS JOIN dataset WHERE change.revision = dataset.revision + 1; UPDATE dataset SET revision = revision + 1, updated_at = (SELECT recorded_at FROM change WHERE change.revision = dataset.revision + 1) WHERE EXISTS (SELECT 1 FROM change WHERE change.revision = dataset.revision + 1); current := (SELECT revision FROM dataset); END IF; IF TG_OP <> 'DELETE' THEN NEW.since := COALESCE(current, 0); END IF; END IF; RETURN COALESCE(NEW, OLD); END $$;
CREATE FUNCTION public.term_version_write() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ DECLARE current integer; BEGIN IF pg_trigger_depth() < 2 AND NOT (TG_OP <> 'DELETE' AND NOT EXISTS (SELECT 1 FROM change)) THEN RAISE EXCEPTION USING MESSAGE = 'A version is what was said then: triggers write it, and it is never edited or deleted.', ERRCODE = 'integrity_constraint_violation'; END IF; RETURN COALESCE(NEW, OLD); END $$;
CREATE FUNCTION public.theme_past() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ DECLARE current integer; BEGIN IF TG_OP = 'UPDATE' AND NOT (OLD.id::text IS DISTINCT FROM NEW.id::text OR OLD.slug::text IS DISTINCT FROM NEW.slug::text OR OLD.title::text IS DISTINCT FROM NEW.title::text OR OLD.position::text IS DISTINCT FROM NEW.position::text OR OLD.strategy_id::text IS DISTINCT FROM NEW.strategy_id::text) THEN RETURN NULL; END IF; current := CASE TG_OP WHEN 'UPDATE' THEN NEW.since ELSE COALESCE((SELECT revision FROM dataset), 0) END; IF TG_OP <> 'INSERT' THEN DELETE FROM theme_version WHERE (id = OLD.id) AND until = 2147483647 AND since = current; UPDATE theme_version SET until = current WHERE (id = OLD.id) AND until = 2147483647; END IF; IF TG_OP <> 'DELETE' THEN INSERT INTO theme_version (seeded, id, slug, title, position, strategy_id, sort_text, search_text, search_words, since, until) VALUES (NEW.seeded, NEW.id, NEW.slug, NEW.title, NEW.position, NEW.strategy_id, NEW.sort_text, NEW.search_text, NEW.search_words, NEW.since, 2147483647); END IF; RETURN NULL; END $$;
CREATE FUNCTION public.theme_since() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ DECLARE current integer; BEGIN IF TG_OP = 'UPDATE' AND NOT (OLD.id::text IS DISTINCT FROM NEW.id::text OR OLD.slug::text IS DISTINCT FROM NEW.slug::text OR OLD.title::text IS DISTINCT FROM NEW.title::text OR OLD.position::text IS DISTINCT FROM NEW.position::text OR OLD.strategy_id::text IS DISTINCT FROM NEW.strategy_id::text) THEN IF NEW.since <> OLD.since AND NOT (NOT EXISTS (SELECT 1 FROM change)) THEN RAISE EXCEPTION USING MESSAGE = 'Only a change of the row changes its revision.', ERRCODE = 'integrity_constraint_violation'; END IF; RETURN NEW; END IF; current := (SELECT revision FROM dataset); IF TG_OP <> 'INSERT' OR NEW.since = 0 OR NOT (NOT EXISTS (SELECT 1 FROM change)) THEN IF EXISTS (SELECT 1 FROM dataset WHERE EXISTS (SELECT 1 FROM change WHERE change.revision = dataset.revision AND NOT (change.action = 'CHANGED' AND change.recorded_at = now()))) THEN INSERT INTO change (revision, recorded_at, actor, action, summary, subject_type, subject_key, edits) SELECT dataset.revision + 1, GREATEST(now(), updated_at + interval '1 microsecond'), 'sql', 'CHANGED', 'A row was changed in the database itself, by SQL.', 'Strategy', strategy.slug, '[]' FROM dataset CROSS JOIN strategy WHERE EXISTS (SELECT 1 FROM change WHERE change.revision = dataset.revision AND NOT (change.action = 'CHANGED' AND change.recorded_at = now())); INSERT INTO change_node (revision, type, key) SELECT change.revision, subject_type, subject_key FROM change CROSS JOIN dataset WHERE change.revision = dataset.revision + 1; UPDATE dataset SET revision = revision + 1, updated_at = (SELECT recorded_at FROM change WHERE change.revision = dataset.revision + 1) WHERE EXISTS (SELECT 1 FROM change WHERE change.revision = dataset.revision + 1); current := (SELECT revision FROM dataset); END IF; IF TG_OP <> 'DELETE' THEN NEW.since := COALESCE(current, 0); END IF; END IF; RETURN COALESCE(NEW, OLD); END $$;
CREATE FUNCTION public.theme_version_write() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ DECLARE current integer; BEGIN IF pg_trigger_depth() < 2 AND NOT (TG_OP <> 'DELETE' AND NOT EXISTS (SELECT 1 FROM change)) THEN RAISE EXCEPTION USING MESSAGE = 'A version is what was said then: triggers write it, and it is never edited or deleted.', ERRCODE = 'integrity_constraint_violation'; END IF; RETURN COALESCE(NEW, OLD); END $$;
CREATE FUNCTION public.words_of(words text) RETURNS tsvector
    LANGUAGE plpgsql IMMUTABLE STRICT COST 10000 PARALLEL SAFE
    AS $$ BEGIN RETURN array_to_tsvector(array_remove(string_to_array(words, ' '), '')); END $$;
CREATE TABLE public.allocation_version (
    seeded boolean NOT NULL,
    id integer NOT NULL,
    key character varying NOT NULL,
    fund_id integer NOT NULL,
    recipient_id integer NOT NULL,
    amount bigint,
    currency character varying NOT NULL,
    bound character varying(32),
    period character varying,
    note character varying,
    since integer NOT NULL,
    passes_on boolean NOT NULL,
    sort_text character varying NOT NULL COLLATE pg_catalog."C",
    search_text character varying NOT NULL COLLATE pg_catalog."C",
    until integer NOT NULL,
    search_words character varying NOT NULL COLLATE pg_catalog."C"
);
CREATE VIEW past.allocation AS
 SELECT seeded,
    id,
    key,
    fund_id,
    recipient_id,
    amount,
    currency,
    bound,
    period,
    note,
    since,
    passes_on,
    sort_text,
    search_text,
    search_words
   FROM public.allocation_version
  WHERE ((since <= (current_setting('sixtyone.revision'::text))::integer) AND (until > (current_setting('sixtyone.revision'::text))::integer));
CREATE TABLE public.amount_statement_version (
    seeded boolean NOT NULL,
    id integer NOT NULL,
    key character varying NOT NULL,
    fund_id integer NOT NULL,
    kind character varying(32) NOT NULL,
    amount bigint NOT NULL,
    currency character varying NOT NULL,
    bound character varying(32) NOT NULL,
    stated_on date,
    "precision" character varying(32),
    since integer NOT NULL,
    until integer NOT NULL
);
CREATE VIEW past.amount_statement AS
 SELECT seeded,
    id,
    key,
    fund_id,
    kind,
    amount,
    currency,
    bound,
    stated_on,
    "precision",
    since
   FROM public.amount_statement_version
  WHERE ((since <= (current_setting('sixtyone.revision'::text))::integer) AND (until > (current_setting('sixtyone.revision'::text))::integer));
CREATE TABLE public.area_version (
    id integer NOT NULL,
    seeded boolean NOT NULL,
    since integer NOT NULL,
    sort_text character varying NOT NULL COLLATE pg_catalog."C",
    search_text character varying NOT NULL COLLATE pg_catalog."C",
    slug character varying NOT NULL,
    name character varying NOT NULL,
    kind character varying(32) NOT NULL,
    code character varying NOT NULL,
    parent_id integer,
    until integer NOT NULL,
    search_words character varying NOT NULL COLLATE pg_catalog."C"
);
CREATE VIEW past.area AS
 SELECT id,
    seeded,
    since,
    sort_text,
    search_text,
    slug,
    name,
    kind,
    code,
    parent_id,
    search_words
   FROM public.area_version
  WHERE ((since <= (current_setting('sixtyone.revision'::text))::integer) AND (until > (current_setting('sixtyone.revision'::text))::integer));
CREATE TABLE public.area_organisation_version (
    area_id integer NOT NULL,
    organisation_id integer NOT NULL,
    seeded boolean NOT NULL,
    since integer NOT NULL,
    until integer NOT NULL
);
CREATE VIEW past.area_organisation AS
 SELECT area_id,
    organisation_id,
    seeded,
    since
   FROM public.area_organisation_version
  WHERE ((since <= (current_setting('sixtyone.revision'::text))::integer) AND (until > (current_setting('sixtyone.revision'::text))::integer));
CREATE TABLE public.change (
    revision integer NOT NULL,
    recorded_at timestamp with time zone NOT NULL,
    actor character varying NOT NULL,
    action character varying(32) NOT NULL,
    summary character varying NOT NULL,
    subject_type character varying NOT NULL,
    subject_key character varying NOT NULL,
    edits json NOT NULL,
    reason character varying,
    CONSTRAINT ck_change_change_action CHECK (((action)::text = ANY ((ARRAY['IMPORTED'::character varying, 'RECORDED'::character varying, 'CORRECTED'::character varying, 'IDENTIFIED'::character varying, 'ADDED'::character varying, 'STATED'::character varying, 'ALLOCATED'::character varying, 'LINKED'::character varying, 'UNLINKED'::character varying, 'OPENED'::character varying, 'SETTLED'::character varying, 'REOPENED'::character varying, 'WITHDRAWN'::character varying, 'CHANGED'::character varying])::text[])))
);
CREATE VIEW past.change AS
 SELECT revision,
    recorded_at,
    actor,
    action,
    summary,
    subject_type,
    subject_key,
    edits,
    reason
   FROM public.change
  WHERE (revision <= (current_setting('sixtyone.revision'::text))::integer);
CREATE TABLE public.change_node (
    revision integer NOT NULL,
    type character varying NOT NULL,
    key character varying NOT NULL
);
CREATE VIEW past.change_node AS
 SELECT revision,
    type,
    key
   FROM public.change_node
  WHERE (revision <= (current_setting('sixtyone.revision'::text))::integer);
CREATE TABLE public.citation_version (
    seeded boolean NOT NULL,
    id integer NOT NULL,
    key character varying NOT NULL,
    document_id integer NOT NULL,
    paragraph integer,
    figures json NOT NULL,
    note character varying,
    strategy_id integer,
    commitment_id integer,
    status_update_id integer,
    fund_id integer,
    amount_statement_id integer,
    allocation_id integer,
    event_id integer,
    since integer NOT NULL,
    locator character varying,
    area_id integer,
    term_id integer,
    until integer NOT NULL
);
CREATE VIEW past.citation AS
 SELECT seeded,
    id,
    key,
    document_id,
    paragraph,
    figures,
    note,
    strategy_id,
    commitment_id,
    status_update_id,
    fund_id,
    amount_statement_id,
    allocation_id,
    event_id,
    since,
    locator,
    area_id,
    term_id
   FROM public.citation_version
  WHERE ((since <= (current_setting('sixtyone.revision'::text))::integer) AND (until > (current_setting('sixtyone.revision'::text))::integer));
CREATE TABLE public.claim_version (
    seeded boolean NOT NULL,
    id integer NOT NULL,
    discrepancy_id integer NOT NULL,
    "position" integer NOT NULL,
    document_id integer NOT NULL,
    paragraph integer,
    says character varying NOT NULL,
    figures json NOT NULL,
    since integer NOT NULL,
    locator character varying,
    until integer NOT NULL
);
CREATE VIEW past.claim AS
 SELECT seeded,
    id,
    discrepancy_id,
    "position",
    document_id,
    paragraph,
    says,
    figures,
    since,
    locator
   FROM public.claim_version
  WHERE ((since <= (current_setting('sixtyone.revision'::text))::integer) AND (until > (current_setting('sixtyone.revision'::text))::integer));
CREATE TABLE public.commitment_version (
    seeded boolean NOT NULL,
    id integer NOT NULL,
    ref character varying NOT NULL,
    origin character varying(32) NOT NULL,
    identified boolean NOT NULL,
    slug character varying,
    title character varying,
    summary character varying,
    theme_id integer,
    confidence character varying(32),
    sort_text character varying NOT NULL COLLATE pg_catalog."C",
    search_text character varying NOT NULL COLLATE pg_catalog."C",
    since integer NOT NULL,
    until integer NOT NULL,
    search_words character varying NOT NULL COLLATE pg_catalog."C"
);
CREATE VIEW past.commitment AS
 SELECT seeded,
    id,
    ref,
    origin,
    identified,
    slug,
    title,
    summary,
    theme_id,
    confidence,
    sort_text,
    search_text,
    since,
    search_words
   FROM public.commitment_version
  WHERE ((since <= (current_setting('sixtyone.revision'::text))::integer) AND (until > (current_setting('sixtyone.revision'::text))::integer));
CREATE TABLE public.commitment_event_version (
    seeded boolean NOT NULL,
    commitment_id integer NOT NULL,
    event_id integer NOT NULL,
    since integer NOT NULL,
    until integer NOT NULL
);
CREATE VIEW past.commitment_event AS
 SELECT seeded,
    commitment_id,
    event_id,
    since
   FROM public.commitment_event_version
  WHERE ((since <= (current_setting('sixtyone.revision'::text))::integer) AND (until > (current_setting('sixtyone.revision'::text))::integer));
CREATE TABLE public.commitment_fund_version (
    seeded boolean NOT NULL,
    commitment_id integer NOT NULL,
    fund_id integer NOT NULL,
    since integer NOT NULL,
    until integer NOT NULL
);
CREATE VIEW past.commitment_fund AS
 SELECT seeded,
    commitment_id,
    fund_id,
    since
   FROM public.commitment_fund_version
  WHERE ((since <= (current_setting('sixtyone.revision'::text))::integer) AND (until > (current_setting('sixtyone.revision'::text))::integer));
CREATE TABLE public.commitment_lead_version (
    seeded boolean NOT NULL,
    commitment_id integer NOT NULL,
    organisation_id integer NOT NULL,
    "position" integer NOT NULL,
    since integer NOT NULL,
    until integer NOT NULL
);
CREATE VIEW past.commitment_lead AS
 SELECT seeded,
    commitment_id,
    organisation_id,
    "position",
    since
   FROM public.commitment_lead_version
  WHERE ((since <= (current_setting('sixtyone.revision'::text))::integer) AND (until > (current_setting('sixtyone.revision'::text))::integer));
CREATE TABLE public.dataset_version (
    id integer NOT NULL,
    licence character varying NOT NULL,
    attribution character varying NOT NULL,
    recorded_at timestamp with time zone NOT NULL,
    since integer NOT NULL,
    maintainer character varying,
    funding character varying,
    until integer NOT NULL
);
CREATE VIEW past.dataset AS
 SELECT id,
    licence,
    attribution,
    recorded_at,
    since,
    maintainer,
    funding,
    (current_setting('sixtyone.revision'::text))::integer AS revision,
    ( SELECT change.recorded_at
           FROM public.change
          WHERE (change.revision = (current_setting('sixtyone.revision'::text))::integer)) AS updated_at
   FROM ( SELECT dataset_version.id,
            dataset_version.licence,
            dataset_version.attribution,
            dataset_version.recorded_at,
            dataset_version.since,
            dataset_version.maintainer,
            dataset_version.funding
           FROM public.dataset_version
          WHERE ((dataset_version.since <= (current_setting('sixtyone.revision'::text))::integer) AND (dataset_version.until > (current_setting('sixtyone.revision'::text))::integer))) dataset;
CREATE TABLE public.discrepancy_version (
    seeded boolean NOT NULL,
    id integer NOT NULL,
    slug character varying NOT NULL,
    kind character varying(32) NOT NULL,
    question character varying NOT NULL,
    state character varying(32) NOT NULL,
    explanation character varying,
    strategy_id integer,
    commitment_id integer,
    fund_id integer,
    event_id integer,
    since integer NOT NULL,
    sort_text character varying NOT NULL COLLATE pg_catalog."C",
    search_text character varying NOT NULL COLLATE pg_catalog."C",
    until integer NOT NULL,
    search_words character varying NOT NULL COLLATE pg_catalog."C"
);
CREATE VIEW past.discrepancy AS
 SELECT seeded,
    id,
    slug,
    kind,
    question,
    state,
    explanation,
    strategy_id,
    commitment_id,
    fund_id,
    event_id,
    since,
    sort_text,
    search_text,
    search_words
   FROM public.discrepancy_version
  WHERE ((since <= (current_setting('sixtyone.revision'::text))::integer) AND (until > (current_setting('sixtyone.revision'::text))::integer));
CREATE TABLE public.document_version (
    seeded boolean NOT NULL,
    id integer NOT NULL,
    slug character varying NOT NULL,
    title character varying NOT NULL,
    publisher_id integer,
    published_on date,
    url character varying,
    kind character varying(32) NOT NULL,
    via_id integer,
    note character varying,
    file character varying,
    digests json NOT NULL,
    sort_text character varying NOT NULL COLLATE pg_catalog."C",
    search_text character varying NOT NULL COLLATE pg_catalog."C",
    since integer NOT NULL,
    original_title character varying,
    official_url character varying,
    archived_url character varying,
    read_part character varying,
    until integer NOT NULL,
    search_words character varying NOT NULL COLLATE pg_catalog."C"
);
CREATE VIEW past.document AS
 SELECT seeded,
    id,
    slug,
    title,
    publisher_id,
    published_on,
    url,
    kind,
    via_id,
    note,
    file,
    digests,
    sort_text,
    search_text,
    since,
    original_title,
    official_url,
    archived_url,
    read_part,
    search_words
   FROM public.document_version
  WHERE ((since <= (current_setting('sixtyone.revision'::text))::integer) AND (until > (current_setting('sixtyone.revision'::text))::integer));
CREATE TABLE public.event_version (
    seeded boolean NOT NULL,
    id integer NOT NULL,
    slug character varying NOT NULL,
    title character varying NOT NULL,
    kind character varying(32) NOT NULL,
    held_on date,
    "precision" character varying(32),
    date_note character varying,
    series character varying,
    venue character varying,
    place character varying,
    region character varying,
    attendance_at_least integer,
    sectors json NOT NULL,
    topics json NOT NULL,
    sort_text character varying NOT NULL COLLATE pg_catalog."C",
    search_text character varying NOT NULL COLLATE pg_catalog."C",
    since integer NOT NULL,
    area_id integer,
    until integer NOT NULL,
    search_words character varying NOT NULL COLLATE pg_catalog."C"
);
CREATE VIEW past.event AS
 SELECT seeded,
    id,
    slug,
    title,
    kind,
    held_on,
    "precision",
    date_note,
    series,
    venue,
    place,
    region,
    attendance_at_least,
    sectors,
    topics,
    sort_text,
    search_text,
    since,
    area_id,
    search_words
   FROM public.event_version
  WHERE ((since <= (current_setting('sixtyone.revision'::text))::integer) AND (until > (current_setting('sixtyone.revision'::text))::integer));
CREATE TABLE public.event_fund_version (
    seeded boolean NOT NULL,
    event_id integer NOT NULL,
    fund_id integer NOT NULL,
    since integer NOT NULL,
    until integer NOT NULL
);
CREATE VIEW past.event_fund AS
 SELECT seeded,
    event_id,
    fund_id,
    since
   FROM public.event_fund_version
  WHERE ((since <= (current_setting('sixtyone.revision'::text))::integer) AND (until > (current_setting('sixtyone.revision'::text))::integer));
CREATE TABLE public.event_host_version (
    seeded boolean NOT NULL,
    event_id integer NOT NULL,
    organisation_id integer NOT NULL,
    "position" integer NOT NULL,
    since integer NOT NULL,
    until integer NOT NULL
);
CREATE VIEW past.event_host AS
 SELECT seeded,
    event_id,
    organisation_id,
    "position",
    since
   FROM public.event_host_version
  WHERE ((since <= (current_setting('sixtyone.revision'::text))::integer) AND (until > (current_setting('sixtyone.revision'::text))::integer));
CREATE TABLE public.fund_version (
    seeded boolean NOT NULL,
    id integer NOT NULL,
    slug character varying NOT NULL,
    name character varying NOT NULL,
    period character varying,
    parent_id integer,
    note character varying,
    sort_text character varying NOT NULL COLLATE pg_catalog."C",
    search_text character varying NOT NULL COLLATE pg_catalog."C",
    since integer NOT NULL,
    until integer NOT NULL,
    search_words character varying NOT NULL COLLATE pg_catalog."C"
);
CREATE VIEW past.fund AS
 SELECT seeded,
    id,
    slug,
    name,
    period,
    parent_id,
    note,
    sort_text,
    search_text,
    since,
    search_words
   FROM public.fund_version
  WHERE ((since <= (current_setting('sixtyone.revision'::text))::integer) AND (until > (current_setting('sixtyone.revision'::text))::integer));
CREATE TABLE public.organisation_version (
    seeded boolean NOT NULL,
    id integer NOT NULL,
    slug character varying NOT NULL,
    name character varying NOT NULL,
    kind character varying(32) NOT NULL,
    sort_text character varying NOT NULL COLLATE pg_catalog."C",
    search_text character varying NOT NULL COLLATE pg_catalog."C",
    since integer NOT NULL,
    until integer NOT NULL,
    search_words character varying NOT NULL COLLATE pg_catalog."C"
);
CREATE VIEW past.organisation AS
 SELECT seeded,
    id,
    slug,
    name,
    kind,
    sort_text,
    search_text,
    since,
    search_words
   FROM public.organisation_version
  WHERE ((since <= (current_setting('sixtyone.revision'::text))::integer) AND (until > (current_setting('sixtyone.revision'::text))::integer));
CREATE TABLE public.participant_version (
    seeded boolean NOT NULL,
    id integer NOT NULL,
    event_id integer NOT NULL,
    "position" integer NOT NULL,
    name character varying NOT NULL,
    role character varying,
    organisation_id integer,
    since integer NOT NULL,
    person_id integer,
    sort_text character varying NOT NULL COLLATE pg_catalog."C",
    search_text character varying NOT NULL COLLATE pg_catalog."C",
    until integer NOT NULL,
    search_words character varying NOT NULL COLLATE pg_catalog."C"
);
CREATE VIEW past.participant AS
 SELECT seeded,
    id,
    event_id,
    "position",
    name,
    role,
    organisation_id,
    since,
    person_id,
    sort_text,
    search_text,
    search_words
   FROM public.participant_version
  WHERE ((since <= (current_setting('sixtyone.revision'::text))::integer) AND (until > (current_setting('sixtyone.revision'::text))::integer));
CREATE TABLE public.person_version (
    id integer NOT NULL,
    seeded boolean NOT NULL,
    since integer NOT NULL,
    sort_text character varying NOT NULL COLLATE pg_catalog."C",
    search_text character varying NOT NULL COLLATE pg_catalog."C",
    slug character varying NOT NULL,
    name character varying NOT NULL,
    until integer NOT NULL,
    search_words character varying NOT NULL COLLATE pg_catalog."C"
);
CREATE VIEW past.person AS
 SELECT id,
    seeded,
    since,
    sort_text,
    search_text,
    slug,
    name,
    search_words
   FROM public.person_version
  WHERE ((since <= (current_setting('sixtyone.revision'::text))::integer) AND (until > (current_setting('sixtyone.revision'::text))::integer));
CREATE TABLE public.status_update_version (
    seeded boolean NOT NULL,
    id integer NOT NULL,
    key character varying NOT NULL,
    commitment_id integer NOT NULL,
    status character varying(32) NOT NULL,
    effective_on date NOT NULL,
    "precision" character varying(32) NOT NULL,
    recorded_at timestamp with time zone NOT NULL,
    voice character varying(32) NOT NULL,
    note character varying NOT NULL,
    corrected_by_id integer,
    correction_reason character varying,
    since integer NOT NULL,
    sort_text character varying NOT NULL COLLATE pg_catalog."C",
    search_text character varying NOT NULL COLLATE pg_catalog."C",
    until integer NOT NULL,
    search_words character varying NOT NULL COLLATE pg_catalog."C"
);
CREATE VIEW past.status_update AS
 SELECT seeded,
    id,
    key,
    commitment_id,
    status,
    effective_on,
    "precision",
    recorded_at,
    voice,
    note,
    corrected_by_id,
    correction_reason,
    since,
    sort_text,
    search_text,
    search_words
   FROM public.status_update_version
  WHERE ((since <= (current_setting('sixtyone.revision'::text))::integer) AND (until > (current_setting('sixtyone.revision'::text))::integer));
CREATE TABLE public.strategy_version (
    seeded boolean NOT NULL,
    id integer NOT NULL,
    slug character varying NOT NULL,
    title character varying NOT NULL,
    publisher_id integer NOT NULL,
    published_on date NOT NULL,
    stated_commitments integer NOT NULL,
    since integer NOT NULL,
    until integer NOT NULL
);
CREATE VIEW past.strategy AS
 SELECT seeded,
    id,
    slug,
    title,
    publisher_id,
    published_on,
    stated_commitments,
    since
   FROM public.strategy_version
  WHERE ((since <= (current_setting('sixtyone.revision'::text))::integer) AND (until > (current_setting('sixtyone.revision'::text))::integer));
CREATE TABLE public.term_version (
    id integer NOT NULL,
    seeded boolean NOT NULL,
    since integer NOT NULL,
    sort_text character varying NOT NULL COLLATE pg_catalog."C",
    search_text character varying NOT NULL COLLATE pg_catalog."C",
    slug character varying NOT NULL,
    name character varying NOT NULL,
    meaning character varying NOT NULL,
    until integer NOT NULL,
    search_words character varying NOT NULL COLLATE pg_catalog."C"
);
CREATE VIEW past.term AS
 SELECT id,
    seeded,
    since,
    sort_text,
    search_text,
    slug,
    name,
    meaning,
    search_words
   FROM public.term_version
  WHERE ((since <= (current_setting('sixtyone.revision'::text))::integer) AND (until > (current_setting('sixtyone.revision'::text))::integer));
CREATE TABLE public.theme_version (
    seeded boolean NOT NULL,
    id integer NOT NULL,
    slug character varying NOT NULL,
    title character varying NOT NULL,
    "position" integer NOT NULL,
    strategy_id integer NOT NULL,
    since integer NOT NULL,
    sort_text character varying NOT NULL COLLATE pg_catalog."C",
    search_text character varying NOT NULL COLLATE pg_catalog."C",
    until integer NOT NULL,
    search_words character varying NOT NULL COLLATE pg_catalog."C"
);
CREATE VIEW past.theme AS
 SELECT seeded,
    id,
    slug,
    title,
    "position",
    strategy_id,
    since,
    sort_text,
    search_text,
    search_words
   FROM public.theme_version
  WHERE ((since <= (current_setting('sixtyone.revision'::text))::integer) AND (until > (current_setting('sixtyone.revision'::text))::integer));
CREATE TABLE public.alembic_version (
    version_num character varying(32) NOT NULL
);
CREATE TABLE public.allocation (
    seeded boolean NOT NULL,
    id integer NOT NULL,
    key character varying NOT NULL,
    fund_id integer NOT NULL,
    recipient_id integer NOT NULL,
    amount bigint,
    currency character varying NOT NULL,
    bound character varying(32),
    period character varying,
    note character varying,
    since integer DEFAULT 0 NOT NULL,
    passes_on boolean DEFAULT false NOT NULL,
    sort_text character varying DEFAULT ''::character varying NOT NULL COLLATE pg_catalog."C",
    search_text character varying DEFAULT ''::character varying NOT NULL COLLATE pg_catalog."C",
    search_words character varying DEFAULT ''::character varying NOT NULL COLLATE pg_catalog."C",
    CONSTRAINT ck_allocation_amount CHECK ((amount > 0)),
    CONSTRAINT ck_allocation_bound CHECK (((bound)::text = ANY ((ARRAY['EXACT'::character varying, 'ABOUT'::character varying, 'AT_LEAST'::character varying, 'UP_TO'::character varying])::text[]))),
    CONSTRAINT ck_allocation_money CHECK ((((amount IS NULL) AND (bound IS NULL)) OR ((amount IS NOT NULL) AND (bound IS NOT NULL))))
);
CREATE SEQUENCE public.allocation_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.allocation_id_seq OWNED BY public.allocation.id;
CREATE TABLE public.amount_statement (
    seeded boolean NOT NULL,
    id integer NOT NULL,
    key character varying NOT NULL,
    fund_id integer NOT NULL,
    kind character varying(32) NOT NULL,
    amount bigint NOT NULL,
    currency character varying NOT NULL,
    bound character varying(32) NOT NULL,
    stated_on date,
    "precision" character varying(32),
    since integer DEFAULT 0 NOT NULL,
    CONSTRAINT ck_amount_statement_amount CHECK ((amount > 0)),
    CONSTRAINT ck_amount_statement_amount_kind CHECK (((kind)::text = ANY ((ARRAY['ANNOUNCED'::character varying, 'INCREASED'::character varying, 'RESTATED'::character varying, 'ALLOCATED'::character varying])::text[]))),
    CONSTRAINT ck_amount_statement_bound CHECK (((bound)::text = ANY ((ARRAY['EXACT'::character varying, 'ABOUT'::character varying, 'AT_LEAST'::character varying, 'UP_TO'::character varying])::text[]))),
    CONSTRAINT ck_amount_statement_date_precision CHECK ((("precision")::text = ANY ((ARRAY['DAY'::character varying, 'MONTH'::character varying, 'YEAR'::character varying])::text[]))),
    CONSTRAINT ck_amount_statement_dated CHECK ((((stated_on IS NULL) AND ("precision" IS NULL)) OR ((stated_on IS NOT NULL) AND ("precision" IS NOT NULL))))
);
CREATE SEQUENCE public.amount_statement_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.amount_statement_id_seq OWNED BY public.amount_statement.id;
CREATE TABLE public.area (
    id integer NOT NULL,
    seeded boolean NOT NULL,
    since integer DEFAULT 0 NOT NULL,
    sort_text character varying DEFAULT ''::character varying NOT NULL COLLATE pg_catalog."C",
    search_text character varying DEFAULT ''::character varying NOT NULL COLLATE pg_catalog."C",
    slug character varying NOT NULL,
    name character varying NOT NULL,
    kind character varying(32) NOT NULL,
    code character varying NOT NULL,
    parent_id integer,
    search_words character varying DEFAULT ''::character varying NOT NULL COLLATE pg_catalog."C",
    CONSTRAINT ck_area_area_kind CHECK (((kind)::text = ANY ((ARRAY['POLICE_FORCE_AREA'::character varying, 'REGION'::character varying, 'NATION'::character varying])::text[]))),
    CONSTRAINT ck_area_not_its_own_parent CHECK ((parent_id <> id))
);
CREATE SEQUENCE public.area_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.area_id_seq OWNED BY public.area.id;
CREATE TABLE public.area_organisation (
    area_id integer NOT NULL,
    organisation_id integer NOT NULL,
    seeded boolean NOT NULL,
    since integer DEFAULT 0 NOT NULL
);
CREATE TABLE public.citation (
    seeded boolean NOT NULL,
    id integer NOT NULL,
    key character varying NOT NULL,
    document_id integer NOT NULL,
    paragraph integer,
    figures json NOT NULL,
    note character varying,
    strategy_id integer,
    commitment_id integer,
    status_update_id integer,
    fund_id integer,
    amount_statement_id integer,
    allocation_id integer,
    event_id integer,
    since integer DEFAULT 0 NOT NULL,
    locator character varying,
    area_id integer,
    term_id integer,
    CONSTRAINT ck_citation_one_subject CHECK ((((((((((
CASE
    WHEN (strategy_id IS NULL) THEN 0
    ELSE 1
END +
CASE
    WHEN (commitment_id IS NULL) THEN 0
    ELSE 1
END) +
CASE
    WHEN (status_update_id IS NULL) THEN 0
    ELSE 1
END) +
CASE
    WHEN (fund_id IS NULL) THEN 0
    ELSE 1
END) +
CASE
    WHEN (amount_statement_id IS NULL) THEN 0
    ELSE 1
END) +
CASE
    WHEN (allocation_id IS NULL) THEN 0
    ELSE 1
END) +
CASE
    WHEN (event_id IS NULL) THEN 0
    ELSE 1
END) +
CASE
    WHEN (area_id IS NULL) THEN 0
    ELSE 1
END) +
CASE
    WHEN (term_id IS NULL) THEN 0
    ELSE 1
END) = 1)),
    CONSTRAINT ck_citation_paragraph CHECK ((paragraph >= 1))
);
CREATE SEQUENCE public.citation_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.citation_id_seq OWNED BY public.citation.id;
CREATE TABLE public.claim (
    seeded boolean NOT NULL,
    id integer NOT NULL,
    discrepancy_id integer NOT NULL,
    "position" integer NOT NULL,
    document_id integer NOT NULL,
    paragraph integer,
    says character varying NOT NULL,
    figures json NOT NULL,
    since integer DEFAULT 0 NOT NULL,
    locator character varying,
    CONSTRAINT ck_claim_paragraph CHECK ((paragraph >= 1))
);
CREATE SEQUENCE public.claim_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.claim_id_seq OWNED BY public.claim.id;
CREATE TABLE public.commitment (
    seeded boolean NOT NULL,
    id integer NOT NULL,
    ref character varying NOT NULL,
    origin character varying(32) NOT NULL,
    identified boolean NOT NULL,
    slug character varying,
    title character varying,
    summary character varying,
    theme_id integer,
    confidence character varying(32),
    sort_text character varying DEFAULT ''::character varying NOT NULL COLLATE pg_catalog."C",
    search_text character varying DEFAULT ''::character varying NOT NULL COLLATE pg_catalog."C",
    since integer DEFAULT 0 NOT NULL,
    search_words character varying DEFAULT ''::character varying NOT NULL COLLATE pg_catalog."C",
    CONSTRAINT ck_commitment_commitment_origin CHECK (((origin)::text = ANY ((ARRAY['STRATEGY'::character varying, 'LATER'::character varying])::text[]))),
    CONSTRAINT ck_commitment_confidence CHECK (((confidence)::text = ANY ((ARRAY['HIGH'::character varying, 'MEDIUM'::character varying, 'LOW'::character varying])::text[]))),
    CONSTRAINT ck_commitment_identified_or_silent CHECK (((identified AND (slug IS NOT NULL) AND (theme_id IS NOT NULL) AND (title IS NOT NULL) AND (summary IS NOT NULL) AND (confidence IS NOT NULL)) OR ((NOT identified) AND (slug IS NULL) AND (theme_id IS NULL) AND (title IS NULL) AND (summary IS NULL) AND (confidence IS NULL))))
);
CREATE TABLE public.commitment_event (
    seeded boolean NOT NULL,
    commitment_id integer NOT NULL,
    event_id integer NOT NULL,
    since integer DEFAULT 0 NOT NULL
);
CREATE TABLE public.commitment_fund (
    seeded boolean NOT NULL,
    commitment_id integer NOT NULL,
    fund_id integer NOT NULL,
    since integer DEFAULT 0 NOT NULL
);
CREATE SEQUENCE public.commitment_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.commitment_id_seq OWNED BY public.commitment.id;
CREATE TABLE public.commitment_lead (
    seeded boolean NOT NULL,
    commitment_id integer NOT NULL,
    organisation_id integer NOT NULL,
    "position" integer NOT NULL,
    since integer DEFAULT 0 NOT NULL
);
CREATE TABLE public.dataset (
    id integer NOT NULL,
    revision integer NOT NULL,
    updated_at timestamp with time zone NOT NULL,
    licence character varying NOT NULL,
    attribution character varying NOT NULL,
    recorded_at timestamp with time zone NOT NULL,
    since integer DEFAULT 0 NOT NULL,
    maintainer character varying,
    funding character varying,
    CONSTRAINT ck_dataset_one_row CHECK ((id = 1))
);
CREATE TABLE public.discrepancy (
    seeded boolean NOT NULL,
    id integer NOT NULL,
    slug character varying NOT NULL,
    kind character varying(32) NOT NULL,
    question character varying NOT NULL,
    state character varying(32) NOT NULL,
    explanation character varying,
    strategy_id integer,
    commitment_id integer,
    fund_id integer,
    event_id integer,
    since integer DEFAULT 0 NOT NULL,
    sort_text character varying DEFAULT ''::character varying NOT NULL COLLATE pg_catalog."C",
    search_text character varying DEFAULT ''::character varying NOT NULL COLLATE pg_catalog."C",
    search_words character varying DEFAULT ''::character varying NOT NULL COLLATE pg_catalog."C",
    CONSTRAINT ck_discrepancy_discrepancy_kind CHECK (((kind)::text = ANY ((ARRAY['AMOUNT'::character varying, 'COUNT'::character varying, 'DATE'::character varying, 'STATUS'::character varying, 'SCOPE'::character varying, 'ATTRIBUTION'::character varying])::text[]))),
    CONSTRAINT ck_discrepancy_discrepancy_state CHECK (((state)::text = ANY ((ARRAY['OPEN'::character varying, 'EXPLAINED'::character varying, 'RESOLVED'::character varying])::text[]))),
    CONSTRAINT ck_discrepancy_one_subject CHECK (((((
CASE
    WHEN (strategy_id IS NULL) THEN 0
    ELSE 1
END +
CASE
    WHEN (commitment_id IS NULL) THEN 0
    ELSE 1
END) +
CASE
    WHEN (fund_id IS NULL) THEN 0
    ELSE 1
END) +
CASE
    WHEN (event_id IS NULL) THEN 0
    ELSE 1
END) = 1))
);
CREATE SEQUENCE public.discrepancy_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.discrepancy_id_seq OWNED BY public.discrepancy.id;
CREATE TABLE public.document (
    seeded boolean NOT NULL,
    id integer NOT NULL,
    slug character varying NOT NULL,
    title character varying NOT NULL,
    publisher_id integer,
    published_on date,
    url character varying,
    kind character varying(32) NOT NULL,
    via_id integer,
    note character varying,
    file character varying,
    digests json DEFAULT '[]'::json NOT NULL,
    sort_text character varying DEFAULT ''::character varying NOT NULL COLLATE pg_catalog."C",
    search_text character varying DEFAULT ''::character varying NOT NULL COLLATE pg_catalog."C",
    since integer DEFAULT 0 NOT NULL,
    original_title character varying,
    official_url character varying,
    archived_url character varying,
    read_part character varying,
    search_words character varying DEFAULT ''::character varying NOT NULL COLLATE pg_catalog."C",
    CONSTRAINT ck_document_document_kind CHECK (((kind)::text = ANY ((ARRAY['SEED'::character varying, 'RECORD'::character varying])::text[])))
);
CREATE SEQUENCE public.document_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.document_id_seq OWNED BY public.document.id;
CREATE TABLE public.event (
    seeded boolean NOT NULL,
    id integer NOT NULL,
    slug character varying NOT NULL,
    title character varying NOT NULL,
    kind character varying(32) NOT NULL,
    held_on date,
    "precision" character varying(32),
    date_note character varying,
    series character varying,
    venue character varying,
    place character varying,
    region character varying,
    attendance_at_least integer,
    sectors json NOT NULL,
    topics json NOT NULL,
    sort_text character varying DEFAULT ''::character varying NOT NULL COLLATE pg_catalog."C",
    search_text character varying DEFAULT ''::character varying NOT NULL COLLATE pg_catalog."C",
    since integer DEFAULT 0 NOT NULL,
    area_id integer,
    search_words character varying DEFAULT ''::character varying NOT NULL COLLATE pg_catalog."C",
    CONSTRAINT ck_event_attendance_at_least CHECK ((attendance_at_least > 0)),
    CONSTRAINT ck_event_date_or_reason CHECK (((held_on IS NOT NULL) OR (date_note IS NOT NULL))),
    CONSTRAINT ck_event_date_precision CHECK ((("precision")::text = ANY ((ARRAY['DAY'::character varying, 'MONTH'::character varying, 'YEAR'::character varying])::text[]))),
    CONSTRAINT ck_event_dated CHECK ((((held_on IS NULL) AND ("precision" IS NULL)) OR ((held_on IS NOT NULL) AND ("precision" IS NOT NULL)))),
    CONSTRAINT ck_event_event_kind CHECK (((kind)::text = ANY ((ARRAY['ENGAGEMENT'::character varying, 'MEETING'::character varying, 'SUMMIT'::character varying, 'LAUNCH'::character varying, 'CONSULTATION'::character varying, 'LEGISLATION'::character varying, 'PUBLICATION'::character varying, 'ANNOUNCEMENT'::character varying, 'OTHER'::character varying])::text[])))
);
CREATE TABLE public.event_fund (
    seeded boolean NOT NULL,
    event_id integer NOT NULL,
    fund_id integer NOT NULL,
    since integer DEFAULT 0 NOT NULL
);
CREATE TABLE public.event_host (
    seeded boolean NOT NULL,
    event_id integer NOT NULL,
    organisation_id integer NOT NULL,
    "position" integer NOT NULL,
    since integer DEFAULT 0 NOT NULL
);
CREATE SEQUENCE public.event_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.event_id_seq OWNED BY public.event.id;
CREATE TABLE public.fund (
    seeded boolean NOT NULL,
    id integer NOT NULL,
    slug character varying NOT NULL,
    name character varying NOT NULL,
    period character varying,
    parent_id integer,
    note character varying,
    sort_text character varying DEFAULT ''::character varying NOT NULL COLLATE pg_catalog."C",
    search_text character varying DEFAULT ''::character varying NOT NULL COLLATE pg_catalog."C",
    since integer DEFAULT 0 NOT NULL,
    search_words character varying DEFAULT ''::character varying NOT NULL COLLATE pg_catalog."C",
    CONSTRAINT ck_fund_not_its_own_parent CHECK ((parent_id <> id))
);
CREATE SEQUENCE public.fund_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.fund_id_seq OWNED BY public.fund.id;
CREATE TABLE public.organisation (
    seeded boolean NOT NULL,
    id integer NOT NULL,
    slug character varying NOT NULL,
    name character varying NOT NULL,
    kind character varying(32) NOT NULL,
    sort_text character varying DEFAULT ''::character varying NOT NULL COLLATE pg_catalog."C",
    search_text character varying DEFAULT ''::character varying NOT NULL COLLATE pg_catalog."C",
    since integer DEFAULT 0 NOT NULL,
    search_words character varying DEFAULT ''::character varying NOT NULL COLLATE pg_catalog."C",
    CONSTRAINT ck_organisation_organisation_kind CHECK (((kind)::text = ANY ((ARRAY['GOVERNMENT_DEPARTMENT'::character varying, 'AGENCY'::character varying, 'POLICE_FORCE'::character varying, 'POLICE_AND_CRIME_COMMISSIONER'::character varying, 'LOCAL_GOVERNMENT'::character varying, 'HEALTH'::character varying, 'CHARITY'::character varying, 'INSPECTORATE'::character varying, 'PARLIAMENT'::character varying, 'PARTNERSHIP'::character varying, 'MEDIA'::character varying, 'OTHER'::character varying])::text[])))
);
CREATE SEQUENCE public.organisation_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.organisation_id_seq OWNED BY public.organisation.id;
CREATE TABLE public.participant (
    seeded boolean NOT NULL,
    id integer NOT NULL,
    event_id integer NOT NULL,
    "position" integer NOT NULL,
    name character varying NOT NULL,
    role character varying,
    organisation_id integer,
    since integer DEFAULT 0 NOT NULL,
    person_id integer,
    sort_text character varying DEFAULT ''::character varying NOT NULL COLLATE pg_catalog."C",
    search_text character varying DEFAULT ''::character varying NOT NULL COLLATE pg_catalog."C",
    search_words character varying DEFAULT ''::character varying NOT NULL COLLATE pg_catalog."C"
);
CREATE SEQUENCE public.participant_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.participant_id_seq OWNED BY public.participant.id;
CREATE TABLE public.person (
    id integer NOT NULL,
    seeded boolean NOT NULL,
    since integer DEFAULT 0 NOT NULL,
    sort_text character varying DEFAULT ''::character varying NOT NULL COLLATE pg_catalog."C",
    search_text character varying DEFAULT ''::character varying NOT NULL COLLATE pg_catalog."C",
    slug character varying NOT NULL,
    name character varying NOT NULL,
    search_words character varying DEFAULT ''::character varying NOT NULL COLLATE pg_catalog."C"
);
CREATE SEQUENCE public.person_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.person_id_seq OWNED BY public.person.id;
CREATE TABLE public.status_update (
    seeded boolean NOT NULL,
    id integer NOT NULL,
    key character varying NOT NULL,
    commitment_id integer NOT NULL,
    status character varying(32) NOT NULL,
    effective_on date NOT NULL,
    "precision" character varying(32) NOT NULL,
    recorded_at timestamp with time zone NOT NULL,
    voice character varying(32) NOT NULL,
    note character varying NOT NULL,
    corrected_by_id integer,
    correction_reason character varying,
    since integer DEFAULT 0 NOT NULL,
    sort_text character varying DEFAULT ''::character varying NOT NULL COLLATE pg_catalog."C",
    search_text character varying DEFAULT ''::character varying NOT NULL COLLATE pg_catalog."C",
    search_words character varying DEFAULT ''::character varying NOT NULL COLLATE pg_catalog."C",
    CONSTRAINT ck_status_update_assessed CHECK (((status)::text <> 'NOT_ASSESSED'::text)),
    CONSTRAINT ck_status_update_correction CHECK ((((corrected_by_id IS NULL) AND (correction_reason IS NULL)) OR ((corrected_by_id IS NOT NULL) AND (correction_reason IS NOT NULL)))),
    CONSTRAINT ck_status_update_date_precision CHECK ((("precision")::text = ANY ((ARRAY['DAY'::character varying, 'MONTH'::character varying, 'YEAR'::character varying])::text[]))),
    CONSTRAINT ck_status_update_status CHECK (((status)::text = ANY ((ARRAY['NOT_ASSESSED'::character varying, 'NO_EVIDENCE'::character varying, 'UNTESTABLE'::character varying, 'NOT_STARTED'::character varying, 'ANNOUNCED'::character varying, 'IN_PROGRESS'::character varying, 'STALLED'::character varying, 'PARTIALLY_DELIVERED'::character varying, 'DELIVERED'::character varying, 'DISCONTINUED'::character varying, 'SUPERSEDED'::character varying, 'ABANDONED'::character varying])::text[]))),
    CONSTRAINT ck_status_update_voice CHECK (((voice)::text = ANY ((ARRAY['GOVERNMENT'::character varying, 'PARLIAMENT'::character varying, 'INSPECTORATE'::character varying, 'DELIVERY_BODY'::character varying, 'CIVIL_SOCIETY'::character varying, 'MEDIA'::character varying, 'TRACKER'::character varying])::text[])))
);
CREATE SEQUENCE public.status_update_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.status_update_id_seq OWNED BY public.status_update.id;
CREATE TABLE public.strategy (
    seeded boolean NOT NULL,
    id integer NOT NULL,
    slug character varying NOT NULL,
    title character varying NOT NULL,
    publisher_id integer NOT NULL,
    published_on date NOT NULL,
    stated_commitments integer NOT NULL,
    since integer DEFAULT 0 NOT NULL,
    CONSTRAINT ck_strategy_stated_commitments CHECK ((stated_commitments > 0))
);
CREATE SEQUENCE public.strategy_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.strategy_id_seq OWNED BY public.strategy.id;
CREATE TABLE public.term (
    id integer NOT NULL,
    seeded boolean NOT NULL,
    since integer DEFAULT 0 NOT NULL,
    sort_text character varying DEFAULT ''::character varying NOT NULL COLLATE pg_catalog."C",
    search_text character varying DEFAULT ''::character varying NOT NULL COLLATE pg_catalog."C",
    slug character varying NOT NULL,
    name character varying NOT NULL,
    meaning character varying NOT NULL,
    search_words character varying DEFAULT ''::character varying NOT NULL COLLATE pg_catalog."C"
);
CREATE SEQUENCE public.term_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.term_id_seq OWNED BY public.term.id;
CREATE TABLE public.theme (
    seeded boolean NOT NULL,
    id integer NOT NULL,
    slug character varying NOT NULL,
    title character varying NOT NULL,
    "position" integer NOT NULL,
    strategy_id integer NOT NULL,
    since integer DEFAULT 0 NOT NULL,
    sort_text character varying DEFAULT ''::character varying NOT NULL COLLATE pg_catalog."C",
    search_text character varying DEFAULT ''::character varying NOT NULL COLLATE pg_catalog."C",
    search_words character varying DEFAULT ''::character varying NOT NULL COLLATE pg_catalog."C"
);
CREATE SEQUENCE public.theme_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.theme_id_seq OWNED BY public.theme.id;
CREATE TABLE public.token (
    id integer NOT NULL,
    digest character varying NOT NULL,
    name character varying NOT NULL,
    organisation_id integer,
    role character varying(32) NOT NULL,
    voices json NOT NULL,
    created_at timestamp with time zone NOT NULL,
    expires_at timestamp with time zone,
    revoked_at timestamp with time zone,
    last_used_at timestamp with time zone,
    CONSTRAINT ck_token_name CHECK (((name)::text <> ''::text)),
    CONSTRAINT ck_token_role CHECK (((role)::text = ANY ((ARRAY['CONTRIBUTOR'::character varying, 'EDITOR'::character varying])::text[])))
);
CREATE SEQUENCE public.token_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.token_id_seq OWNED BY public.token.id;
ALTER TABLE ONLY public.allocation ALTER COLUMN id SET DEFAULT nextval('public.allocation_id_seq'::regclass);
ALTER TABLE ONLY public.amount_statement ALTER COLUMN id SET DEFAULT nextval('public.amount_statement_id_seq'::regclass);
ALTER TABLE ONLY public.area ALTER COLUMN id SET DEFAULT nextval('public.area_id_seq'::regclass);
ALTER TABLE ONLY public.citation ALTER COLUMN id SET DEFAULT nextval('public.citation_id_seq'::regclass);
ALTER TABLE ONLY public.claim ALTER COLUMN id SET DEFAULT nextval('public.claim_id_seq'::regclass);
ALTER TABLE ONLY public.commitment ALTER COLUMN id SET DEFAULT nextval('public.commitment_id_seq'::regclass);
ALTER TABLE ONLY public.discrepancy ALTER COLUMN id SET DEFAULT nextval('public.discrepancy_id_seq'::regclass);
ALTER TABLE ONLY public.document ALTER COLUMN id SET DEFAULT nextval('public.document_id_seq'::regclass);
ALTER TABLE ONLY public.event ALTER COLUMN id SET DEFAULT nextval('public.event_id_seq'::regclass);
ALTER TABLE ONLY public.fund ALTER COLUMN id SET DEFAULT nextval('public.fund_id_seq'::regclass);
ALTER TABLE ONLY public.organisation ALTER COLUMN id SET DEFAULT nextval('public.organisation_id_seq'::regclass);
ALTER TABLE ONLY public.participant ALTER COLUMN id SET DEFAULT nextval('public.participant_id_seq'::regclass);
ALTER TABLE ONLY public.person ALTER COLUMN id SET DEFAULT nextval('public.person_id_seq'::regclass);
ALTER TABLE ONLY public.status_update ALTER COLUMN id SET DEFAULT nextval('public.status_update_id_seq'::regclass);
ALTER TABLE ONLY public.strategy ALTER COLUMN id SET DEFAULT nextval('public.strategy_id_seq'::regclass);
ALTER TABLE ONLY public.term ALTER COLUMN id SET DEFAULT nextval('public.term_id_seq'::regclass);
ALTER TABLE ONLY public.theme ALTER COLUMN id SET DEFAULT nextval('public.theme_id_seq'::regclass);
ALTER TABLE ONLY public.token ALTER COLUMN id SET DEFAULT nextval('public.token_id_seq'::regclass);
INSERT INTO public.alembic_version VALUES ('0007');
INSERT INTO public.allocation VALUES (true, 1, 'dredging-south/river-trust', 2, 2, NULL, 'GBP', NULL, NULL, 'Sum not read.', 1, false, 'sum not read.', 'sum not read.', ' =sum =not =read sum not read ');
INSERT INTO public.allocation VALUES (true, 2, 'dredging/river-trust', 1, 2, 125000000, 'GBP', 'EXACT', '2030/31', NULL, 1, false, '', '', '');
INSERT INTO public.allocation_version VALUES (true, 1, 'dredging-south/river-trust', 2, 2, NULL, 'GBP', NULL, NULL, 'Sum not read.', 1, false, 'sum not read.', 'sum not read.', 2147483647, ' =sum =not =read sum not read ');
INSERT INTO public.allocation_version VALUES (true, 2, 'dredging/river-trust', 1, 2, 125000000, 'GBP', 'EXACT', '2030/31', NULL, 1, false, '', '', 2147483647, '');
INSERT INTO public.amount_statement VALUES (true, 1, '2969dafe1cfbb3d4f50f', 1, 'ANNOUNCED', 250000000, 'GBP', 'UP_TO', '2030-02-28', 'MONTH', 1);
INSERT INTO public.amount_statement VALUES (true, 2, 'c5963a48aa040eb0582a', 1, 'RESTATED', 240000050, 'GBP', 'ABOUT', NULL, NULL, 1);
INSERT INTO public.amount_statement_version VALUES (true, 1, '2969dafe1cfbb3d4f50f', 1, 'ANNOUNCED', 250000000, 'GBP', 'UP_TO', '2030-02-28', 'MONTH', 1, 2147483647);
INSERT INTO public.amount_statement_version VALUES (true, 2, 'c5963a48aa040eb0582a', 1, 'RESTATED', 240000050, 'GBP', 'ABOUT', NULL, NULL, 1, 2147483647);
INSERT INTO public.area VALUES (1, true, 1, 'coast', 'coast', 'coast', 'Coast', 'REGION', 'Z12000001', NULL, ' =coast coast ');
INSERT INTO public.area VALUES (2, true, 1, 'harbour', 'harbour', 'harbour', 'Harbour', 'POLICE_FORCE_AREA', 'Z23000001', 1, ' =harbour harbour ');
INSERT INTO public.area_organisation VALUES (2, 1, true, 1);
INSERT INTO public.area_organisation_version VALUES (2, 1, true, 1, 2147483647);
INSERT INTO public.area_version VALUES (1, true, 1, 'coast', 'coast', 'coast', 'Coast', 'REGION', 'Z12000001', NULL, 2147483647, ' =coast coast ');
INSERT INTO public.area_version VALUES (2, true, 1, 'harbour', 'harbour', 'harbour', 'Harbour', 'POLICE_FORCE_AREA', 'Z23000001', 1, 2147483647, ' =harbour harbour ');
INSERT INTO public.change VALUES (1, '2031-05-01 09:30:00+00', 'import', 'IMPORTED', 'Imported: 60 rows added.', 'Strategy', 'harbour-strategy', '[]', NULL);
INSERT INTO public.change VALUES (2, '2031-05-02 09:30:00+00', 'Ed Itor', 'RECORDED', 'H-1: Delivered on 2031-04-30 (Parliament), by evidence-2031.', 'Commitment', 'H-1', '[{"record": "StatusUpdate 8317760542e7176c5579", "field": "commitment", "before": null, "after": "H-1"}, {"record": "StatusUpdate 8317760542e7176c5579", "field": "status", "before": null, "after": "DELIVERED"}, {"record": "StatusUpdate 8317760542e7176c5579", "field": "effective_on", "before": null, "after": "2031-04-30"}, {"record": "StatusUpdate 8317760542e7176c5579", "field": "precision", "before": null, "after": "DAY"}, {"record": "StatusUpdate 8317760542e7176c5579", "field": "recorded_at", "before": null, "after": "2031-05-02T09:30:00Z"}, {"record": "StatusUpdate 8317760542e7176c5579", "field": "voice", "before": null, "after": "PARLIAMENT"}, {"record": "StatusUpdate 8317760542e7176c5579", "field": "note", "before": null, "after": "The channel is three metres deep."}, {"record": "Document evidence-2031", "field": "slug", "before": null, "after": "evidence-2031"}, {"record": "Document evidence-2031", "field": "title", "before": null, "after": "Oral evidence"}, {"record": "Document evidence-2031", "field": "publisher", "before": null, "after": "river-trust"}, {"record": "Document evidence-2031", "field": "published_on", "before": null, "after": "2031-05-01"}, {"record": "Document evidence-2031", "field": "url", "before": null, "after": "https://example.org/evidence"}, {"record": "Document evidence-2031", "field": "kind", "before": null, "after": "RECORD"}, {"record": "Citation f7ccc05b352638359558", "field": "document", "before": null, "after": "evidence-2031"}, {"record": "Citation f7ccc05b352638359558", "field": "status_update", "before": null, "after": "8317760542e7176c5579"}]', NULL);
INSERT INTO public.change VALUES (3, '2031-05-02 09:30:00.000001+00', 'Ed Itor', 'CORRECTED', 'H-1: In progress on 2031-04-30 (Parliament), by evidence-2031, in place of Delivered on 2031-04-30 (Parliament): The depth was misheard.', 'Commitment', 'H-1', '[{"record": "StatusUpdate 4c123a5d0e497ac33927", "field": "commitment", "before": null, "after": "H-1"}, {"record": "StatusUpdate 4c123a5d0e497ac33927", "field": "status", "before": null, "after": "IN_PROGRESS"}, {"record": "StatusUpdate 4c123a5d0e497ac33927", "field": "effective_on", "before": null, "after": "2031-04-30"}, {"record": "StatusUpdate 4c123a5d0e497ac33927", "field": "precision", "before": null, "after": "DAY"}, {"record": "StatusUpdate 4c123a5d0e497ac33927", "field": "recorded_at", "before": null, "after": "2031-05-02T09:30:00.000001Z"}, {"record": "StatusUpdate 4c123a5d0e497ac33927", "field": "voice", "before": null, "after": "PARLIAMENT"}, {"record": "StatusUpdate 4c123a5d0e497ac33927", "field": "note", "before": null, "after": "The channel is two metres deep."}, {"record": "Citation 8560ce2f2e849aace9ba", "field": "document", "before": null, "after": "evidence-2031"}, {"record": "Citation 8560ce2f2e849aace9ba", "field": "status_update", "before": null, "after": "4c123a5d0e497ac33927"}, {"record": "StatusUpdate 8317760542e7176c5579", "field": "corrected_by", "before": null, "after": "4c123a5d0e497ac33927"}, {"record": "StatusUpdate 8317760542e7176c5579", "field": "correction_reason", "before": null, "after": "The depth was misheard."}]', 'The depth was misheard.');
INSERT INTO public.change VALUES (4, '2031-05-02 09:30:00.000002+00', 'Ed Itor', 'ADDED', 'The event regatta: Regatta on 2031-04-29, by evidence-2031.', 'Event', 'regatta', '[{"record": "Event regatta", "field": "slug", "before": null, "after": "regatta"}, {"record": "Event regatta", "field": "title", "before": null, "after": "Regatta"}, {"record": "Event regatta", "field": "kind", "before": null, "after": "LAUNCH"}, {"record": "Event regatta", "field": "held_on", "before": null, "after": "2031-04-29"}, {"record": "Event regatta", "field": "precision", "before": null, "after": "DAY"}, {"record": "EventHost regatta/harbour-board", "field": "event", "before": null, "after": "regatta"}, {"record": "EventHost regatta/harbour-board", "field": "organisation", "before": null, "after": "harbour-board"}, {"record": "EventHost regatta/harbour-board", "field": "position", "before": null, "after": "1"}, {"record": "Participant regatta/1", "field": "event", "before": null, "after": "regatta"}, {"record": "Participant regatta/1", "field": "position", "before": null, "after": "1"}, {"record": "Participant regatta/1", "field": "name", "before": null, "after": "A. Pilot"}, {"record": "CommitmentEvent H-2/regatta", "field": "commitment", "before": null, "after": "H-2"}, {"record": "CommitmentEvent H-2/regatta", "field": "event", "before": null, "after": "regatta"}, {"record": "Citation 0c5dd770cc2750ab1215", "field": "document", "before": null, "after": "evidence-2031"}, {"record": "Citation 0c5dd770cc2750ab1215", "field": "event", "before": null, "after": "regatta"}]', NULL);
INSERT INTO public.change_node VALUES (1, 'Strategy', 'harbour-strategy');
INSERT INTO public.change_node VALUES (1, 'Organisation', 'harbour-board');
INSERT INTO public.change_node VALUES (1, 'Organisation', 'river-trust');
INSERT INTO public.change_node VALUES (1, 'Organisation', 'daily-tide');
INSERT INTO public.change_node VALUES (1, 'Document', 'harbour-notice');
INSERT INTO public.change_node VALUES (1, 'Document', 'tide-2030');
INSERT INTO public.change_node VALUES (1, 'Area', 'coast');
INSERT INTO public.change_node VALUES (1, 'Area', 'harbour');
INSERT INTO public.change_node VALUES (1, 'Person', 'ann-onymous');
INSERT INTO public.change_node VALUES (1, 'Theme', 'water');
INSERT INTO public.change_node VALUES (1, 'Theme', 'land');
INSERT INTO public.change_node VALUES (1, 'Commitment', 'H-1');
INSERT INTO public.change_node VALUES (1, 'Commitment', 'H-2');
INSERT INTO public.change_node VALUES (1, 'Commitment', 'H-3');
INSERT INTO public.change_node VALUES (1, 'Commitment', 'L-1');
INSERT INTO public.change_node VALUES (1, 'Fund', 'dredging');
INSERT INTO public.change_node VALUES (1, 'Fund', 'dredging-south');
INSERT INTO public.change_node VALUES (1, 'Event', 'first-dredger');
INSERT INTO public.change_node VALUES (1, 'Event', 'pier-party');
INSERT INTO public.change_node VALUES (1, 'Discrepancy', 'dredging-sum');
INSERT INTO public.change_node VALUES (2, 'Commitment', 'H-1');
INSERT INTO public.change_node VALUES (2, 'Document', 'evidence-2031');
INSERT INTO public.change_node VALUES (3, 'Commitment', 'H-1');
INSERT INTO public.change_node VALUES (3, 'Document', 'evidence-2031');
INSERT INTO public.change_node VALUES (4, 'Event', 'regatta');
INSERT INTO public.change_node VALUES (4, 'Commitment', 'H-2');
INSERT INTO public.citation VALUES (true, 1, 'd486202a0052452d9d96', 2, NULL, '[]', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 1, NULL, 1, NULL);
INSERT INTO public.citation VALUES (true, 2, 'ade52dd9cf186399a14e', 2, NULL, '[]', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 1, 'column 2', 2, NULL);
INSERT INTO public.citation VALUES (true, 3, '78114fa2e71e3197fd9e', 1, 2, '["Dredging"]', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 1, NULL, NULL, 1);
INSERT INTO public.citation VALUES (true, 4, 'bf926803cf29d46ca9ee', 1, 1, '["three promises"]', NULL, 1, NULL, NULL, NULL, NULL, NULL, NULL, 1, NULL, NULL, NULL);
INSERT INTO public.citation VALUES (true, 5, 'e6e90a38e1a6c2d2be10', 1, 2, '["\u00a32.5 million", "May"]', NULL, NULL, 1, NULL, NULL, NULL, NULL, NULL, 1, NULL, NULL, NULL);
INSERT INTO public.citation VALUES (true, 6, 'a8c3bf70c2e150fa289f', 2, NULL, '[]', 'Lists it.', NULL, 2, NULL, NULL, NULL, NULL, NULL, 1, NULL, NULL, NULL);
INSERT INTO public.citation VALUES (true, 7, '6d65cb7c6bffeb38286b', 2, NULL, '[]', NULL, NULL, 4, NULL, NULL, NULL, NULL, NULL, 1, NULL, NULL, NULL);
INSERT INTO public.citation VALUES (true, 8, 'dd9c7d7b9beea9504c3d', 1, 2, '[]', NULL, NULL, NULL, 1, NULL, NULL, NULL, NULL, 1, NULL, NULL, NULL);
INSERT INTO public.citation VALUES (true, 9, 'f4fc8a001ba41fd48468', 2, NULL, '[]', NULL, NULL, NULL, 2, NULL, NULL, NULL, NULL, 1, NULL, NULL, NULL);
INSERT INTO public.citation VALUES (true, 10, '802db8583d7b6a299cf3', 2, NULL, '[]', NULL, NULL, NULL, 3, NULL, NULL, NULL, NULL, 1, NULL, NULL, NULL);
INSERT INTO public.citation VALUES (true, 11, '897312a156aac6b13b8a', 2, NULL, '[]', NULL, NULL, NULL, NULL, 1, NULL, NULL, NULL, 1, NULL, NULL, NULL);
INSERT INTO public.citation VALUES (true, 12, '0c2950730e086e24ab2f', 1, 2, '["\u00a32.5 million"]', NULL, NULL, NULL, NULL, NULL, 1, NULL, NULL, 1, NULL, NULL, NULL);
INSERT INTO public.citation VALUES (true, 13, '099182e3ab0bd14c8705', 2, NULL, '[]', NULL, NULL, NULL, NULL, NULL, 2, NULL, NULL, 1, NULL, NULL, NULL);
INSERT INTO public.citation VALUES (true, 14, '0ce377e3e8f64cd62f12', 2, NULL, '[]', NULL, NULL, NULL, NULL, NULL, NULL, 1, NULL, 1, NULL, NULL, NULL);
INSERT INTO public.citation VALUES (true, 15, '683f3e81ebfbba4f7fd9', 2, NULL, '[]', NULL, NULL, NULL, NULL, NULL, NULL, 2, NULL, 1, NULL, NULL, NULL);
INSERT INTO public.citation VALUES (true, 16, 'efe58051e0582ab481a8', 2, NULL, '[]', NULL, NULL, NULL, NULL, NULL, NULL, NULL, 1, 1, NULL, NULL, NULL);
INSERT INTO public.citation VALUES (true, 17, 'cc2552908ea70e6bc6ec', 2, NULL, '[]', NULL, NULL, NULL, NULL, NULL, NULL, NULL, 2, 1, NULL, NULL, NULL);
INSERT INTO public.citation VALUES (false, 18, 'f7ccc05b352638359558', 3, NULL, '[]', NULL, NULL, NULL, 5, NULL, NULL, NULL, NULL, 2, NULL, NULL, NULL);
INSERT INTO public.citation VALUES (false, 19, '8560ce2f2e849aace9ba', 3, NULL, '[]', NULL, NULL, NULL, 6, NULL, NULL, NULL, NULL, 3, NULL, NULL, NULL);
INSERT INTO public.citation VALUES (false, 20, '0c5dd770cc2750ab1215', 3, NULL, '[]', NULL, NULL, NULL, NULL, NULL, NULL, NULL, 3, 4, NULL, NULL, NULL);
INSERT INTO public.citation_version VALUES (true, 1, 'd486202a0052452d9d96', 2, NULL, '[]', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 1, NULL, 1, NULL, 2147483647);
INSERT INTO public.citation_version VALUES (true, 2, 'ade52dd9cf186399a14e', 2, NULL, '[]', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 1, 'column 2', 2, NULL, 2147483647);
INSERT INTO public.citation_version VALUES (true, 3, '78114fa2e71e3197fd9e', 1, 2, '["Dredging"]', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 1, NULL, NULL, 1, 2147483647);
INSERT INTO public.citation_version VALUES (true, 4, 'bf926803cf29d46ca9ee', 1, 1, '["three promises"]', NULL, 1, NULL, NULL, NULL, NULL, NULL, NULL, 1, NULL, NULL, NULL, 2147483647);
INSERT INTO public.citation_version VALUES (true, 5, 'e6e90a38e1a6c2d2be10', 1, 2, '["\u00a32.5 million", "May"]', NULL, NULL, 1, NULL, NULL, NULL, NULL, NULL, 1, NULL, NULL, NULL, 2147483647);
INSERT INTO public.citation_version VALUES (true, 6, 'a8c3bf70c2e150fa289f', 2, NULL, '[]', 'Lists it.', NULL, 2, NULL, NULL, NULL, NULL, NULL, 1, NULL, NULL, NULL, 2147483647);
INSERT INTO public.citation_version VALUES (true, 7, '6d65cb7c6bffeb38286b', 2, NULL, '[]', NULL, NULL, 4, NULL, NULL, NULL, NULL, NULL, 1, NULL, NULL, NULL, 2147483647);
INSERT INTO public.citation_version VALUES (true, 8, 'dd9c7d7b9beea9504c3d', 1, 2, '[]', NULL, NULL, NULL, 1, NULL, NULL, NULL, NULL, 1, NULL, NULL, NULL, 2147483647);
INSERT INTO public.citation_version VALUES (true, 9, 'f4fc8a001ba41fd48468', 2, NULL, '[]', NULL, NULL, NULL, 2, NULL, NULL, NULL, NULL, 1, NULL, NULL, NULL, 2147483647);
INSERT INTO public.citation_version VALUES (true, 10, '802db8583d7b6a299cf3', 2, NULL, '[]', NULL, NULL, NULL, 3, NULL, NULL, NULL, NULL, 1, NULL, NULL, NULL, 2147483647);
INSERT INTO public.citation_version VALUES (true, 11, '897312a156aac6b13b8a', 2, NULL, '[]', NULL, NULL, NULL, NULL, 1, NULL, NULL, NULL, 1, NULL, NULL, NULL, 2147483647);
INSERT INTO public.citation_version VALUES (true, 12, '0c2950730e086e24ab2f', 1, 2, '["\u00a32.5 million"]', NULL, NULL, NULL, NULL, NULL, 1, NULL, NULL, 1, NULL, NULL, NULL, 2147483647);
INSERT INTO public.citation_version VALUES (true, 13, '099182e3ab0bd14c8705', 2, NULL, '[]', NULL, NULL, NULL, NULL, NULL, 2, NULL, NULL, 1, NULL, NULL, NULL, 2147483647);
INSERT INTO public.citation_version VALUES (true, 14, '0ce377e3e8f64cd62f12', 2, NULL, '[]', NULL, NULL, NULL, NULL, NULL, NULL, 1, NULL, 1, NULL, NULL, NULL, 2147483647);
INSERT INTO public.citation_version VALUES (true, 15, '683f3e81ebfbba4f7fd9', 2, NULL, '[]', NULL, NULL, NULL, NULL, NULL, NULL, 2, NULL, 1, NULL, NULL, NULL, 2147483647);
INSERT INTO public.citation_version VALUES (true, 16, 'efe58051e0582ab481a8', 2, NULL, '[]', NULL, NULL, NULL, NULL, NULL, NULL, NULL, 1, 1, NULL, NULL, NULL, 2147483647);
INSERT INTO public.citation_version VALUES (true, 17, 'cc2552908ea70e6bc6ec', 2, NULL, '[]', NULL, NULL, NULL, NULL, NULL, NULL, NULL, 2, 1, NULL, NULL, NULL, 2147483647);
INSERT INTO public.citation_version VALUES (false, 18, 'f7ccc05b352638359558', 3, NULL, '[]', NULL, NULL, NULL, 5, NULL, NULL, NULL, NULL, 2, NULL, NULL, NULL, 2147483647);
INSERT INTO public.citation_version VALUES (false, 19, '8560ce2f2e849aace9ba', 3, NULL, '[]', NULL, NULL, NULL, 6, NULL, NULL, NULL, NULL, 3, NULL, NULL, NULL, 2147483647);
INSERT INTO public.citation_version VALUES (false, 20, '0c5dd770cc2750ab1215', 3, NULL, '[]', NULL, NULL, NULL, NULL, NULL, NULL, NULL, 3, 4, NULL, NULL, NULL, 2147483647);
INSERT INTO public.claim VALUES (true, 1, 1, 1, 1, 2, '£2.5m', '["\u00a32.5 million"]', 1, NULL);
INSERT INTO public.claim VALUES (true, 2, 1, 2, 2, NULL, 'about £2.4m', '[]', 1, NULL);
INSERT INTO public.claim_version VALUES (true, 1, 1, 1, 1, 2, '£2.5m', '["\u00a32.5 million"]', 1, NULL, 2147483647);
INSERT INTO public.claim_version VALUES (true, 2, 1, 2, 2, NULL, 'about £2.4m', '[]', 1, NULL, 2147483647);
INSERT INTO public.commitment VALUES (true, 1, 'H-1', 'STRATEGY', true, 'dredging', 'Dredge the channel', 'To a depth that no source gives.', 1, 'HIGH', 'dredge the channel', 'dredge the channel to a depth that no source gives. h-1', 1, ' =dredge =the =channel dredge the channel to a depth that no source gives h 1 ');
INSERT INTO public.commitment VALUES (true, 2, 'H-2', 'STRATEGY', true, 'ferry', 'Keep the ferry', 'Every day but Sunday.', 2, 'LOW', 'keep the ferry', 'keep the ferry every day but sunday. h-2', 1, ' =keep =the =ferry keep the ferry every day but sunday h 2 ');
INSERT INTO public.commitment VALUES (true, 3, 'H-3', 'STRATEGY', false, NULL, NULL, NULL, NULL, NULL, '', 'h-3', 1, ' h 3 ');
INSERT INTO public.commitment VALUES (true, 4, 'L-1', 'LATER', true, 'lights', 'Light the pier', 'Announced a year on.', 1, 'MEDIUM', 'light the pier', 'light the pier announced a year on. l-1', 1, ' =light =the =pier light the pier announced a year on l 1 ');
INSERT INTO public.commitment_event VALUES (true, 1, 1, 1);
INSERT INTO public.commitment_event VALUES (false, 2, 3, 4);
INSERT INTO public.commitment_event_version VALUES (true, 1, 1, 1, 2147483647);
INSERT INTO public.commitment_event_version VALUES (false, 2, 3, 4, 2147483647);
INSERT INTO public.commitment_fund VALUES (true, 1, 1, 1);
INSERT INTO public.commitment_fund_version VALUES (true, 1, 1, 1, 2147483647);
INSERT INTO public.commitment_lead VALUES (true, 1, 1, 1, 1);
INSERT INTO public.commitment_lead VALUES (true, 1, 2, 2, 1);
INSERT INTO public.commitment_lead VALUES (true, 2, 1, 1, 1);
INSERT INTO public.commitment_lead_version VALUES (true, 1, 1, 1, 1, 2147483647);
INSERT INTO public.commitment_lead_version VALUES (true, 1, 2, 2, 1, 2147483647);
INSERT INTO public.commitment_lead_version VALUES (true, 2, 1, 1, 1, 2147483647);
INSERT INTO public.commitment_version VALUES (true, 1, 'H-1', 'STRATEGY', true, 'dredging', 'Dredge the channel', 'To a depth that no source gives.', 1, 'HIGH', 'dredge the channel', 'dredge the channel to a depth that no source gives. h-1', 1, 2147483647, ' =dredge =the =channel dredge the channel to a depth that no source gives h 1 ');
INSERT INTO public.commitment_version VALUES (true, 2, 'H-2', 'STRATEGY', true, 'ferry', 'Keep the ferry', 'Every day but Sunday.', 2, 'LOW', 'keep the ferry', 'keep the ferry every day but sunday. h-2', 1, 2147483647, ' =keep =the =ferry keep the ferry every day but sunday h 2 ');
INSERT INTO public.commitment_version VALUES (true, 3, 'H-3', 'STRATEGY', false, NULL, NULL, NULL, NULL, NULL, '', 'h-3', 1, 2147483647, ' h 3 ');
INSERT INTO public.commitment_version VALUES (true, 4, 'L-1', 'LATER', true, 'lights', 'Light the pier', 'Announced a year on.', 1, 'MEDIUM', 'light the pier', 'light the pier announced a year on. l-1', 1, 2147483647, ' =light =the =pier light the pier announced a year on l 1 ');
INSERT INTO public.dataset VALUES (1, 4, '2031-05-02 09:30:00.000002+00', 'CC BY 4.0', 'The harbour watchers.', '2031-04-01 11:00:00+00', 1, NULL, NULL);
INSERT INTO public.dataset_version VALUES (1, 'CC BY 4.0', 'The harbour watchers.', '2031-04-01 11:00:00+00', 1, NULL, NULL, 2147483647);
INSERT INTO public.discrepancy VALUES (true, 1, 'dredging-sum', 'AMOUNT', 'How much is the dredging money?', 'OPEN', NULL, NULL, NULL, 1, NULL, 1, 'how much is the dredging money?', 'how much is the dredging money?', ' =how =much =is =the =dredging =money how much is the dredging money ');
INSERT INTO public.discrepancy_version VALUES (true, 1, 'dredging-sum', 'AMOUNT', 'How much is the dredging money?', 'OPEN', NULL, NULL, NULL, 1, NULL, 1, 'how much is the dredging money?', 'how much is the dredging money?', 2147483647, ' =how =much =is =the =dredging =money how much is the dredging money ');
INSERT INTO public.document VALUES (true, 1, 'harbour-notice', 'Notice on the strategy', 1, '2030-02-01', NULL, 'SEED', NULL, NULL, 'notice.txt', '["171bd4c0084a8b97", "d74f2214e25163d9", "3b983fc0c163069c", "e730c7ff46854d7b"]', 'notice on the strategy', 'notice on the strategy', 1, NULL, NULL, NULL, NULL, ' =notice =on =the =strategy notice on the strategy ');
INSERT INTO public.document VALUES (true, 2, 'tide-2030', 'What became of the ferry', 3, NULL, 'https://tide.example/ferry', 'RECORD', NULL, 'Undated.', NULL, '[]', 'what became of the ferry', 'what became of the ferry undated.', 1, NULL, NULL, NULL, NULL, ' =what =became =of =the =ferry what became of the ferry undated ');
INSERT INTO public.document VALUES (false, 3, 'evidence-2031', 'Oral evidence', 2, '2031-05-01', 'https://example.org/evidence', 'RECORD', NULL, NULL, NULL, '[]', 'oral evidence', 'oral evidence', 2, NULL, NULL, NULL, NULL, ' =oral =evidence oral evidence ');
INSERT INTO public.document_version VALUES (true, 1, 'harbour-notice', 'Notice on the strategy', 1, '2030-02-01', NULL, 'SEED', NULL, NULL, 'notice.txt', '["171bd4c0084a8b97", "d74f2214e25163d9", "3b983fc0c163069c", "e730c7ff46854d7b"]', 'notice on the strategy', 'notice on the strategy', 1, NULL, NULL, NULL, NULL, 2147483647, ' =notice =on =the =strategy notice on the strategy ');
INSERT INTO public.document_version VALUES (true, 2, 'tide-2030', 'What became of the ferry', 3, NULL, 'https://tide.example/ferry', 'RECORD', NULL, 'Undated.', NULL, '[]', 'what became of the ferry', 'what became of the ferry undated.', 1, NULL, NULL, NULL, NULL, 2147483647, ' =what =became =of =the =ferry what became of the ferry undated ');
INSERT INTO public.document_version VALUES (false, 3, 'evidence-2031', 'Oral evidence', 2, '2031-05-01', 'https://example.org/evidence', 'RECORD', NULL, NULL, NULL, '[]', 'oral evidence', 'oral evidence', 2, NULL, NULL, NULL, NULL, 2147483647, ' =oral =evidence oral evidence ');
INSERT INTO public.event VALUES (true, 1, 'first-dredger', 'First dredger arrives', 'LAUNCH', '2030-05-31', 'MONTH', NULL, NULL, NULL, 'North bank', NULL, 40, '["shipping"]', '["dredging"]', 'first dredger arrives', 'first dredger arrives north bank', 1, 2, ' =first =dredger =arrives first dredger arrives north bank ');
INSERT INTO public.event VALUES (true, 2, 'pier-party', 'Pier party', 'OTHER', NULL, NULL, 'No source says when.', NULL, NULL, NULL, NULL, NULL, '[]', '[]', 'pier party', 'pier party', 1, NULL, ' =pier =party pier party ');
INSERT INTO public.event VALUES (false, 3, 'regatta', 'Regatta', 'LAUNCH', '2031-04-29', 'DAY', NULL, NULL, NULL, NULL, NULL, NULL, '[]', '[]', 'regatta', 'regatta', 4, NULL, ' =regatta regatta ');
INSERT INTO public.event_fund VALUES (true, 1, 1, 1);
INSERT INTO public.event_fund_version VALUES (true, 1, 1, 1, 2147483647);
INSERT INTO public.event_host VALUES (true, 1, 1, 1, 1);
INSERT INTO public.event_host VALUES (true, 1, 2, 2, 1);
INSERT INTO public.event_host VALUES (false, 3, 1, 1, 4);
INSERT INTO public.event_host_version VALUES (true, 1, 1, 1, 1, 2147483647);
INSERT INTO public.event_host_version VALUES (true, 1, 2, 2, 1, 2147483647);
INSERT INTO public.event_host_version VALUES (false, 3, 1, 1, 4, 2147483647);
INSERT INTO public.event_version VALUES (true, 1, 'first-dredger', 'First dredger arrives', 'LAUNCH', '2030-05-31', 'MONTH', NULL, NULL, NULL, 'North bank', NULL, 40, '["shipping"]', '["dredging"]', 'first dredger arrives', 'first dredger arrives north bank', 1, 2, 2147483647, ' =first =dredger =arrives first dredger arrives north bank ');
INSERT INTO public.event_version VALUES (true, 2, 'pier-party', 'Pier party', 'OTHER', NULL, NULL, 'No source says when.', NULL, NULL, NULL, NULL, NULL, '[]', '[]', 'pier party', 'pier party', 1, NULL, 2147483647, ' =pier =party pier party ');
INSERT INTO public.event_version VALUES (false, 3, 'regatta', 'Regatta', 'LAUNCH', '2031-04-29', 'DAY', NULL, NULL, NULL, NULL, NULL, NULL, '[]', '[]', 'regatta', 'regatta', 4, NULL, 2147483647, ' =regatta regatta ');
INSERT INTO public.fund VALUES (true, 1, 'dredging', 'Dredging money', '2030/31', NULL, 'Half of it is not itemised.', 'dredging money', 'dredging money half of it is not itemised.', 1, ' =dredging =money dredging money half of it is not itemised ');
INSERT INTO public.fund VALUES (true, 2, 'dredging-south', 'Dredging, south bank', NULL, 1, NULL, 'dredging, south bank', 'dredging, south bank', 1, ' =dredging =south =bank dredging south bank ');
INSERT INTO public.fund_version VALUES (true, 1, 'dredging', 'Dredging money', '2030/31', NULL, 'Half of it is not itemised.', 'dredging money', 'dredging money half of it is not itemised.', 1, 2147483647, ' =dredging =money dredging money half of it is not itemised ');
INSERT INTO public.fund_version VALUES (true, 2, 'dredging-south', 'Dredging, south bank', NULL, 1, NULL, 'dredging, south bank', 'dredging, south bank', 1, 2147483647, ' =dredging =south =bank dredging south bank ');
INSERT INTO public.organisation VALUES (true, 1, 'harbour-board', 'Harbour Board', 'AGENCY', 'harbour board', 'harbour board', 1, ' =harbour =board harbour board ');
INSERT INTO public.organisation VALUES (true, 2, 'river-trust', 'River Trust', 'CHARITY', 'river trust', 'river trust', 1, ' =river =trust river trust ');
INSERT INTO public.organisation VALUES (true, 3, 'daily-tide', 'The Daily Tide', 'MEDIA', 'the daily tide', 'the daily tide', 1, ' =the =daily =tide the daily tide ');
INSERT INTO public.organisation_version VALUES (true, 1, 'harbour-board', 'Harbour Board', 'AGENCY', 'harbour board', 'harbour board', 1, 2147483647, ' =harbour =board harbour board ');
INSERT INTO public.organisation_version VALUES (true, 2, 'river-trust', 'River Trust', 'CHARITY', 'river trust', 'river trust', 1, 2147483647, ' =river =trust river trust ');
INSERT INTO public.organisation_version VALUES (true, 3, 'daily-tide', 'The Daily Tide', 'MEDIA', 'the daily tide', 'the daily tide', 1, 2147483647, ' =the =daily =tide the daily tide ');
INSERT INTO public.participant VALUES (true, 1, 1, 1, 'Ann Onymous', 'Chair', 1, 1, 1, 'ann onymous', 'ann onymous chair', ' =ann =onymous ann onymous chair ');
INSERT INTO public.participant VALUES (true, 2, 1, 2, 'Pat Pilot', NULL, NULL, 1, NULL, 'pat pilot', 'pat pilot', ' =pat =pilot pat pilot ');
INSERT INTO public.participant VALUES (false, 3, 3, 1, 'A. Pilot', NULL, NULL, 4, NULL, 'a. pilot', 'a. pilot', ' =a =pilot a pilot ');
INSERT INTO public.participant_version VALUES (true, 1, 1, 1, 'Ann Onymous', 'Chair', 1, 1, 1, 'ann onymous', 'ann onymous chair', 2147483647, ' =ann =onymous ann onymous chair ');
INSERT INTO public.participant_version VALUES (true, 2, 1, 2, 'Pat Pilot', NULL, NULL, 1, NULL, 'pat pilot', 'pat pilot', 2147483647, ' =pat =pilot pat pilot ');
INSERT INTO public.participant_version VALUES (false, 3, 3, 1, 'A. Pilot', NULL, NULL, 4, NULL, 'a. pilot', 'a. pilot', 2147483647, ' =a =pilot a pilot ');
INSERT INTO public.person VALUES (1, true, 1, 'ann onymous', 'ann onymous', 'ann-onymous', 'Ann Onymous', ' =ann =onymous ann onymous ');
INSERT INTO public.person_version VALUES (1, true, 1, 'ann onymous', 'ann onymous', 'ann-onymous', 'Ann Onymous', 2147483647, ' =ann =onymous ann onymous ');
INSERT INTO public.status_update VALUES (true, 1, 'b7c4e4b4637a7afe0d2c', 1, 'ANNOUNCED', '2030-02-01', 'DAY', '2031-04-01 11:00:00+00', 'GOVERNMENT', 'Promised.', NULL, NULL, 1, 'promised.', 'promised.', ' =promised promised ');
INSERT INTO public.status_update VALUES (true, 2, '2d9cb0ec30939ea1f6f9', 1, 'IN_PROGRESS', '2030-05-31', 'MONTH', '2031-04-01 11:00:00+00', 'MEDIA', 'Dredgers seen.', NULL, NULL, 1, 'dredgers seen.', 'dredgers seen.', ' =dredgers =seen dredgers seen ');
INSERT INTO public.status_update VALUES (true, 3, '8d9d8e68f13593eb361b', 4, 'DELIVERED', '2030-12-31', 'YEAR', '2031-04-20 08:00:00+00', 'MEDIA', 'Lit.', NULL, NULL, 1, 'lit.', 'lit.', ' =lit lit ');
INSERT INTO public.status_update VALUES (true, 4, '6642381eeddf2e5900d7', 2, 'NO_EVIDENCE', '2031-03-31', 'DAY', '2031-04-01 11:00:00+00', 'TRACKER', 'Searched: the board''s minutes. Nothing found, which does not say that nothing was done.', NULL, NULL, 1, 'searched: the board''s minutes. nothing found, which does not say that nothing was done.', 'searched: the board''s minutes. nothing found, which does not say that nothing was done.', ' =searched =the =boards =minutes =nothing =found =which =does =not =say =that =was =done searched the boards minutes nothing found which does not say that was done ');
INSERT INTO public.status_update VALUES (false, 6, '4c123a5d0e497ac33927', 1, 'IN_PROGRESS', '2031-04-30', 'DAY', '2031-05-02 09:30:00.000001+00', 'PARLIAMENT', 'The channel is two metres deep.', NULL, NULL, 3, 'the channel is two metres deep.', 'the channel is two metres deep.', ' =the =channel =is =two =metres =deep the channel is two metres deep ');
INSERT INTO public.status_update VALUES (false, 5, '8317760542e7176c5579', 1, 'DELIVERED', '2031-04-30', 'DAY', '2031-05-02 09:30:00+00', 'PARLIAMENT', 'The channel is three metres deep.', 6, 'The depth was misheard.', 3, 'the channel is three metres deep.', 'the channel is three metres deep.', ' =the =channel =is =three =metres =deep the channel is three metres deep ');
INSERT INTO public.status_update_version VALUES (true, 1, 'b7c4e4b4637a7afe0d2c', 1, 'ANNOUNCED', '2030-02-01', 'DAY', '2031-04-01 11:00:00+00', 'GOVERNMENT', 'Promised.', NULL, NULL, 1, 'promised.', 'promised.', 2147483647, ' =promised promised ');
INSERT INTO public.status_update_version VALUES (true, 2, '2d9cb0ec30939ea1f6f9', 1, 'IN_PROGRESS', '2030-05-31', 'MONTH', '2031-04-01 11:00:00+00', 'MEDIA', 'Dredgers seen.', NULL, NULL, 1, 'dredgers seen.', 'dredgers seen.', 2147483647, ' =dredgers =seen dredgers seen ');
INSERT INTO public.status_update_version VALUES (true, 3, '8d9d8e68f13593eb361b', 4, 'DELIVERED', '2030-12-31', 'YEAR', '2031-04-20 08:00:00+00', 'MEDIA', 'Lit.', NULL, NULL, 1, 'lit.', 'lit.', 2147483647, ' =lit lit ');
INSERT INTO public.status_update_version VALUES (true, 4, '6642381eeddf2e5900d7', 2, 'NO_EVIDENCE', '2031-03-31', 'DAY', '2031-04-01 11:00:00+00', 'TRACKER', 'Searched: the board''s minutes. Nothing found, which does not say that nothing was done.', NULL, NULL, 1, 'searched: the board''s minutes. nothing found, which does not say that nothing was done.', 'searched: the board''s minutes. nothing found, which does not say that nothing was done.', 2147483647, ' =searched =the =boards =minutes =nothing =found =which =does =not =say =that =was =done searched the boards minutes nothing found which does not say that was done ');
INSERT INTO public.status_update_version VALUES (false, 6, '4c123a5d0e497ac33927', 1, 'IN_PROGRESS', '2031-04-30', 'DAY', '2031-05-02 09:30:00.000001+00', 'PARLIAMENT', 'The channel is two metres deep.', NULL, NULL, 3, 'the channel is two metres deep.', 'the channel is two metres deep.', 2147483647, ' =the =channel =is =two =metres =deep the channel is two metres deep ');
INSERT INTO public.status_update_version VALUES (false, 5, '8317760542e7176c5579', 1, 'DELIVERED', '2031-04-30', 'DAY', '2031-05-02 09:30:00+00', 'PARLIAMENT', 'The channel is three metres deep.', NULL, NULL, 2, 'the channel is three metres deep.', 'the channel is three metres deep.', 3, ' =the =channel =is =three =metres =deep the channel is three metres deep ');
INSERT INTO public.status_update_version VALUES (false, 5, '8317760542e7176c5579', 1, 'DELIVERED', '2031-04-30', 'DAY', '2031-05-02 09:30:00+00', 'PARLIAMENT', 'The channel is three metres deep.', 6, 'The depth was misheard.', 3, 'the channel is three metres deep.', 'the channel is three metres deep.', 2147483647, ' =the =channel =is =three =metres =deep the channel is three metres deep ');
INSERT INTO public.strategy VALUES (true, 1, 'harbour-strategy', 'Harbour Strategy', 1, '2030-02-01', 3, 1);
INSERT INTO public.strategy_version VALUES (true, 1, 'harbour-strategy', 'Harbour Strategy', 1, '2030-02-01', 3, 1, 2147483647);
INSERT INTO public.term VALUES (1, true, 1, 'dredging', 'dredging to take mud from the bed of a channel, so that ships can pass.', 'dredging', 'Dredging', 'To take mud from the bed of a channel, so that ships can pass.', ' =dredging dredging to take mud from the bed of a channel so that ships can pass ');
INSERT INTO public.term_version VALUES (1, true, 1, 'dredging', 'dredging to take mud from the bed of a channel, so that ships can pass.', 'dredging', 'Dredging', 'To take mud from the bed of a channel, so that ships can pass.', 2147483647, ' =dredging dredging to take mud from the bed of a channel so that ships can pass ');
INSERT INTO public.theme VALUES (true, 1, 'water', 'Water', 1, 1, 1, 'water', 'water', ' =water water ');
INSERT INTO public.theme VALUES (true, 2, 'land', 'Land', 2, 1, 1, 'land', 'land', ' =land land ');
INSERT INTO public.theme_version VALUES (true, 1, 'water', 'Water', 1, 1, 1, 'water', 'water', 2147483647, ' =water water ');
INSERT INTO public.theme_version VALUES (true, 2, 'land', 'Land', 2, 1, 1, 'land', 'land', 2147483647, ' =land land ');
INSERT INTO public.token VALUES (1, '061e933b84101a0cd1684c7997aa861bdeea52e37580c7eff7b642ae5b7753cf', 'Ed Itor', NULL, 'EDITOR', '["GOVERNMENT", "PARLIAMENT", "INSPECTORATE", "DELIVERY_BODY", "CIVIL_SOCIETY", "MEDIA", "TRACKER"]', '2031-05-02 09:30:00+00', NULL, NULL, '2031-05-02 09:30:00+00');
SELECT pg_catalog.setval('public.allocation_id_seq', 2, true);
SELECT pg_catalog.setval('public.amount_statement_id_seq', 2, true);
SELECT pg_catalog.setval('public.area_id_seq', 2, true);
SELECT pg_catalog.setval('public.citation_id_seq', 20, true);
SELECT pg_catalog.setval('public.claim_id_seq', 2, true);
SELECT pg_catalog.setval('public.commitment_id_seq', 4, true);
SELECT pg_catalog.setval('public.discrepancy_id_seq', 1, true);
SELECT pg_catalog.setval('public.document_id_seq', 3, true);
SELECT pg_catalog.setval('public.event_id_seq', 3, true);
SELECT pg_catalog.setval('public.fund_id_seq', 2, true);
SELECT pg_catalog.setval('public.organisation_id_seq', 3, true);
SELECT pg_catalog.setval('public.participant_id_seq', 3, true);
SELECT pg_catalog.setval('public.person_id_seq', 1, true);
SELECT pg_catalog.setval('public.status_update_id_seq', 6, true);
SELECT pg_catalog.setval('public.strategy_id_seq', 1, true);
SELECT pg_catalog.setval('public.term_id_seq', 1, true);
SELECT pg_catalog.setval('public.theme_id_seq', 2, true);
SELECT pg_catalog.setval('public.token_id_seq', 1, true);
ALTER TABLE ONLY public.alembic_version
    ADD CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num);
ALTER TABLE ONLY public.allocation
    ADD CONSTRAINT pk_allocation PRIMARY KEY (id);
ALTER TABLE ONLY public.allocation_version
    ADD CONSTRAINT pk_allocation_version PRIMARY KEY (id, since);
ALTER TABLE ONLY public.amount_statement
    ADD CONSTRAINT pk_amount_statement PRIMARY KEY (id);
ALTER TABLE ONLY public.amount_statement_version
    ADD CONSTRAINT pk_amount_statement_version PRIMARY KEY (id, since);
ALTER TABLE ONLY public.area
    ADD CONSTRAINT pk_area PRIMARY KEY (id);
ALTER TABLE ONLY public.area_organisation
    ADD CONSTRAINT pk_area_organisation PRIMARY KEY (area_id, organisation_id);
ALTER TABLE ONLY public.area_organisation_version
    ADD CONSTRAINT pk_area_organisation_version PRIMARY KEY (area_id, organisation_id, since);
ALTER TABLE ONLY public.area_version
    ADD CONSTRAINT pk_area_version PRIMARY KEY (id, since);
ALTER TABLE ONLY public.change
    ADD CONSTRAINT pk_change PRIMARY KEY (revision);
ALTER TABLE ONLY public.change_node
    ADD CONSTRAINT pk_change_node PRIMARY KEY (revision, type, key);
ALTER TABLE ONLY public.citation
    ADD CONSTRAINT pk_citation PRIMARY KEY (id);
ALTER TABLE ONLY public.citation_version
    ADD CONSTRAINT pk_citation_version PRIMARY KEY (id, since);
ALTER TABLE ONLY public.claim
    ADD CONSTRAINT pk_claim PRIMARY KEY (id);
ALTER TABLE ONLY public.claim_version
    ADD CONSTRAINT pk_claim_version PRIMARY KEY (id, since);
ALTER TABLE ONLY public.commitment
    ADD CONSTRAINT pk_commitment PRIMARY KEY (id);
ALTER TABLE ONLY public.commitment_event
    ADD CONSTRAINT pk_commitment_event PRIMARY KEY (commitment_id, event_id);
ALTER TABLE ONLY public.commitment_event_version
    ADD CONSTRAINT pk_commitment_event_version PRIMARY KEY (commitment_id, event_id, since);
ALTER TABLE ONLY public.commitment_fund
    ADD CONSTRAINT pk_commitment_fund PRIMARY KEY (commitment_id, fund_id);
ALTER TABLE ONLY public.commitment_fund_version
    ADD CONSTRAINT pk_commitment_fund_version PRIMARY KEY (commitment_id, fund_id, since);
ALTER TABLE ONLY public.commitment_lead
    ADD CONSTRAINT pk_commitment_lead PRIMARY KEY (commitment_id, organisation_id);
ALTER TABLE ONLY public.commitment_lead_version
    ADD CONSTRAINT pk_commitment_lead_version PRIMARY KEY (commitment_id, organisation_id, since);
ALTER TABLE ONLY public.commitment_version
    ADD CONSTRAINT pk_commitment_version PRIMARY KEY (id, since);
ALTER TABLE ONLY public.dataset
    ADD CONSTRAINT pk_dataset PRIMARY KEY (id);
ALTER TABLE ONLY public.dataset_version
    ADD CONSTRAINT pk_dataset_version PRIMARY KEY (id, since);
ALTER TABLE ONLY public.discrepancy
    ADD CONSTRAINT pk_discrepancy PRIMARY KEY (id);
ALTER TABLE ONLY public.discrepancy_version
    ADD CONSTRAINT pk_discrepancy_version PRIMARY KEY (id, since);
ALTER TABLE ONLY public.document
    ADD CONSTRAINT pk_document PRIMARY KEY (id);
ALTER TABLE ONLY public.document_version
    ADD CONSTRAINT pk_document_version PRIMARY KEY (id, since);
ALTER TABLE ONLY public.event
    ADD CONSTRAINT pk_event PRIMARY KEY (id);
ALTER TABLE ONLY public.event_fund
    ADD CONSTRAINT pk_event_fund PRIMARY KEY (event_id, fund_id);
ALTER TABLE ONLY public.event_fund_version
    ADD CONSTRAINT pk_event_fund_version PRIMARY KEY (event_id, fund_id, since);
ALTER TABLE ONLY public.event_host
    ADD CONSTRAINT pk_event_host PRIMARY KEY (event_id, organisation_id);
ALTER TABLE ONLY public.event_host_version
    ADD CONSTRAINT pk_event_host_version PRIMARY KEY (event_id, organisation_id, since);
ALTER TABLE ONLY public.event_version
    ADD CONSTRAINT pk_event_version PRIMARY KEY (id, since);
ALTER TABLE ONLY public.fund
    ADD CONSTRAINT pk_fund PRIMARY KEY (id);
ALTER TABLE ONLY public.fund_version
    ADD CONSTRAINT pk_fund_version PRIMARY KEY (id, since);
ALTER TABLE ONLY public.organisation
    ADD CONSTRAINT pk_organisation PRIMARY KEY (id);
ALTER TABLE ONLY public.organisation_version
    ADD CONSTRAINT pk_organisation_version PRIMARY KEY (id, since);
ALTER TABLE ONLY public.participant
    ADD CONSTRAINT pk_participant PRIMARY KEY (id);
ALTER TABLE ONLY public.participant_version
    ADD CONSTRAINT pk_participant_version PRIMARY KEY (id, since);
ALTER TABLE ONLY public.person
    ADD CONSTRAINT pk_person PRIMARY KEY (id);
ALTER TABLE ONLY public.person_version
    ADD CONSTRAINT pk_person_version PRIMARY KEY (id, since);
ALTER TABLE ONLY public.status_update
    ADD CONSTRAINT pk_status_update PRIMARY KEY (id);
ALTER TABLE ONLY public.status_update_version
    ADD CONSTRAINT pk_status_update_version PRIMARY KEY (id, since);
ALTER TABLE ONLY public.strategy
    ADD CONSTRAINT pk_strategy PRIMARY KEY (id);
ALTER TABLE ONLY public.strategy_version
    ADD CONSTRAINT pk_strategy_version PRIMARY KEY (id, since);
ALTER TABLE ONLY public.term
    ADD CONSTRAINT pk_term PRIMARY KEY (id);
ALTER TABLE ONLY public.term_version
    ADD CONSTRAINT pk_term_version PRIMARY KEY (id, since);
ALTER TABLE ONLY public.theme
    ADD CONSTRAINT pk_theme PRIMARY KEY (id);
ALTER TABLE ONLY public.theme_version
    ADD CONSTRAINT pk_theme_version PRIMARY KEY (id, since);
ALTER TABLE ONLY public.token
    ADD CONSTRAINT pk_token PRIMARY KEY (id);
ALTER TABLE ONLY public.allocation
    ADD CONSTRAINT uq_allocation_fund_id_recipient_id UNIQUE (fund_id, recipient_id);
ALTER TABLE ONLY public.allocation
    ADD CONSTRAINT uq_allocation_key UNIQUE (key);
ALTER TABLE ONLY public.amount_statement
    ADD CONSTRAINT uq_amount_statement_key UNIQUE (key);
ALTER TABLE ONLY public.area
    ADD CONSTRAINT uq_area_code UNIQUE (code);
ALTER TABLE ONLY public.area
    ADD CONSTRAINT uq_area_slug UNIQUE (slug);
ALTER TABLE ONLY public.citation
    ADD CONSTRAINT uq_citation_allocation_id UNIQUE (allocation_id);
ALTER TABLE ONLY public.citation
    ADD CONSTRAINT uq_citation_amount_statement_id UNIQUE (amount_statement_id);
ALTER TABLE ONLY public.citation
    ADD CONSTRAINT uq_citation_key UNIQUE (key);
ALTER TABLE ONLY public.citation
    ADD CONSTRAINT uq_citation_status_update_id UNIQUE (status_update_id);
ALTER TABLE ONLY public.claim
    ADD CONSTRAINT uq_claim_discrepancy_id_position UNIQUE (discrepancy_id, "position");
ALTER TABLE ONLY public.commitment
    ADD CONSTRAINT uq_commitment_ref UNIQUE (ref);
ALTER TABLE ONLY public.commitment
    ADD CONSTRAINT uq_commitment_slug UNIQUE (slug);
ALTER TABLE ONLY public.discrepancy
    ADD CONSTRAINT uq_discrepancy_slug UNIQUE (slug);
ALTER TABLE ONLY public.document
    ADD CONSTRAINT uq_document_slug UNIQUE (slug);
ALTER TABLE ONLY public.document
    ADD CONSTRAINT uq_document_url UNIQUE (url);
ALTER TABLE ONLY public.event
    ADD CONSTRAINT uq_event_slug UNIQUE (slug);
ALTER TABLE ONLY public.fund
    ADD CONSTRAINT uq_fund_slug UNIQUE (slug);
ALTER TABLE ONLY public.organisation
    ADD CONSTRAINT uq_organisation_name UNIQUE (name);
ALTER TABLE ONLY public.organisation
    ADD CONSTRAINT uq_organisation_slug UNIQUE (slug);
ALTER TABLE ONLY public.participant
    ADD CONSTRAINT uq_participant_event_id_position UNIQUE (event_id, "position");
ALTER TABLE ONLY public.person
    ADD CONSTRAINT uq_person_slug UNIQUE (slug);
ALTER TABLE ONLY public.status_update
    ADD CONSTRAINT uq_status_update_key UNIQUE (key);
ALTER TABLE ONLY public.strategy
    ADD CONSTRAINT uq_strategy_slug UNIQUE (slug);
ALTER TABLE ONLY public.term
    ADD CONSTRAINT uq_term_name UNIQUE (name);
ALTER TABLE ONLY public.term
    ADD CONSTRAINT uq_term_slug UNIQUE (slug);
ALTER TABLE ONLY public.theme
    ADD CONSTRAINT uq_theme_slug UNIQUE (slug);
ALTER TABLE ONLY public.theme
    ADD CONSTRAINT uq_theme_strategy_id_position UNIQUE (strategy_id, "position");
ALTER TABLE ONLY public.token
    ADD CONSTRAINT uq_token_digest UNIQUE (digest);
CREATE INDEX ix_allocation_recipient_id ON public.allocation USING btree (recipient_id);
CREATE INDEX ix_allocation_version_ended ON public.allocation_version USING btree (until) WHERE (until < 2147483647);
CREATE INDEX ix_allocation_version_fund_id_2 ON public.allocation_version USING btree (fund_id, recipient_id, since, until);
CREATE INDEX ix_allocation_version_key_1 ON public.allocation_version USING btree (key, since, until);
CREATE INDEX ix_allocation_version_recipient_id_1 ON public.allocation_version USING btree (recipient_id, since, until);
CREATE INDEX ix_allocation_version_words ON public.allocation_version USING gin (public.words_of((search_words)::text)) WITH (fastupdate=off);
CREATE INDEX ix_amount_statement_fund_id ON public.amount_statement USING btree (fund_id);
CREATE INDEX ix_amount_statement_version_ended ON public.amount_statement_version USING btree (until) WHERE (until < 2147483647);
CREATE INDEX ix_amount_statement_version_fund_id_1 ON public.amount_statement_version USING btree (fund_id, since, until);
CREATE INDEX ix_amount_statement_version_key_1 ON public.amount_statement_version USING btree (key, since, until);
CREATE INDEX ix_area_organisation_organisation_id ON public.area_organisation USING btree (organisation_id);
CREATE INDEX ix_area_organisation_version_ended ON public.area_organisation_version USING btree (until) WHERE (until < 2147483647);
CREATE INDEX ix_area_organisation_version_organisation_id_1 ON public.area_organisation_version USING btree (organisation_id, since, until);
CREATE INDEX ix_area_parent_id ON public.area USING btree (parent_id);
CREATE INDEX ix_area_version_code_1 ON public.area_version USING btree (code, since, until);
CREATE INDEX ix_area_version_ended ON public.area_version USING btree (until) WHERE (until < 2147483647);
CREATE INDEX ix_area_version_parent_id_1 ON public.area_version USING btree (parent_id, since, until);
CREATE INDEX ix_area_version_slug_1 ON public.area_version USING btree (slug, since, until);
CREATE INDEX ix_area_version_words ON public.area_version USING gin (public.words_of((search_words)::text)) WITH (fastupdate=off);
CREATE INDEX ix_change_action ON public.change USING btree (action);
CREATE INDEX ix_change_node_followed ON public.change_node USING btree (type, key, revision);
CREATE INDEX ix_change_recorded_at ON public.change USING btree (recorded_at);
CREATE INDEX ix_citation_area_id ON public.citation USING btree (area_id);
CREATE INDEX ix_citation_commitment_id ON public.citation USING btree (commitment_id);
CREATE INDEX ix_citation_document_id ON public.citation USING btree (document_id);
CREATE INDEX ix_citation_event_id ON public.citation USING btree (event_id);
CREATE INDEX ix_citation_fund_id ON public.citation USING btree (fund_id);
CREATE INDEX ix_citation_strategy_id ON public.citation USING btree (strategy_id);
CREATE INDEX ix_citation_term_id ON public.citation USING btree (term_id);
CREATE INDEX ix_citation_version_allocation_id_1 ON public.citation_version USING btree (allocation_id, since, until);
CREATE INDEX ix_citation_version_amount_statement_id_1 ON public.citation_version USING btree (amount_statement_id, since, until);
CREATE INDEX ix_citation_version_area_id_1 ON public.citation_version USING btree (area_id, since, until);
CREATE INDEX ix_citation_version_commitment_id_1 ON public.citation_version USING btree (commitment_id, since, until);
CREATE INDEX ix_citation_version_document_id_1 ON public.citation_version USING btree (document_id, since, until);
CREATE INDEX ix_citation_version_ended ON public.citation_version USING btree (until) WHERE (until < 2147483647);
CREATE INDEX ix_citation_version_event_id_1 ON public.citation_version USING btree (event_id, since, until);
CREATE INDEX ix_citation_version_fund_id_1 ON public.citation_version USING btree (fund_id, since, until);
CREATE INDEX ix_citation_version_key_1 ON public.citation_version USING btree (key, since, until);
CREATE INDEX ix_citation_version_status_update_id_1 ON public.citation_version USING btree (status_update_id, since, until);
CREATE INDEX ix_citation_version_strategy_id_1 ON public.citation_version USING btree (strategy_id, since, until);
CREATE INDEX ix_citation_version_term_id_1 ON public.citation_version USING btree (term_id, since, until);
CREATE INDEX ix_claim_document_id ON public.claim USING btree (document_id);
CREATE INDEX ix_claim_version_discrepancy_id_2 ON public.claim_version USING btree (discrepancy_id, "position", since, until);
CREATE INDEX ix_claim_version_document_id_1 ON public.claim_version USING btree (document_id, since, until);
CREATE INDEX ix_claim_version_ended ON public.claim_version USING btree (until) WHERE (until < 2147483647);
CREATE INDEX ix_commitment_event_event_id ON public.commitment_event USING btree (event_id);
CREATE INDEX ix_commitment_event_version_ended ON public.commitment_event_version USING btree (until) WHERE (until < 2147483647);
CREATE INDEX ix_commitment_event_version_event_id_1 ON public.commitment_event_version USING btree (event_id, since, until);
CREATE INDEX ix_commitment_fund_fund_id ON public.commitment_fund USING btree (fund_id);
CREATE INDEX ix_commitment_fund_version_ended ON public.commitment_fund_version USING btree (until) WHERE (until < 2147483647);
CREATE INDEX ix_commitment_fund_version_fund_id_1 ON public.commitment_fund_version USING btree (fund_id, since, until);
CREATE INDEX ix_commitment_lead_organisation_id ON public.commitment_lead USING btree (organisation_id);
CREATE INDEX ix_commitment_lead_version_ended ON public.commitment_lead_version USING btree (until) WHERE (until < 2147483647);
CREATE INDEX ix_commitment_lead_version_organisation_id_1 ON public.commitment_lead_version USING btree (organisation_id, since, until);
CREATE INDEX ix_commitment_origin_ref ON public.commitment USING btree (origin, ref);
CREATE INDEX ix_commitment_theme_id ON public.commitment USING btree (theme_id);
CREATE INDEX ix_commitment_version_ended ON public.commitment_version USING btree (until) WHERE (until < 2147483647);
CREATE INDEX ix_commitment_version_origin_2 ON public.commitment_version USING btree (origin, ref, since, until);
CREATE INDEX ix_commitment_version_ref_1 ON public.commitment_version USING btree (ref, since, until);
CREATE INDEX ix_commitment_version_slug_1 ON public.commitment_version USING btree (slug, since, until);
CREATE INDEX ix_commitment_version_theme_id_1 ON public.commitment_version USING btree (theme_id, since, until);
CREATE INDEX ix_commitment_version_words ON public.commitment_version USING gin (public.words_of((search_words)::text)) WITH (fastupdate=off);
CREATE INDEX ix_dataset_version_ended ON public.dataset_version USING btree (until) WHERE (until < 2147483647);
CREATE INDEX ix_discrepancy_commitment_id ON public.discrepancy USING btree (commitment_id);
CREATE INDEX ix_discrepancy_event_id ON public.discrepancy USING btree (event_id);
CREATE INDEX ix_discrepancy_fund_id ON public.discrepancy USING btree (fund_id);
CREATE INDEX ix_discrepancy_strategy_id ON public.discrepancy USING btree (strategy_id);
CREATE INDEX ix_discrepancy_version_commitment_id_1 ON public.discrepancy_version USING btree (commitment_id, since, until);
CREATE INDEX ix_discrepancy_version_ended ON public.discrepancy_version USING btree (until) WHERE (until < 2147483647);
CREATE INDEX ix_discrepancy_version_event_id_1 ON public.discrepancy_version USING btree (event_id, since, until);
CREATE INDEX ix_discrepancy_version_fund_id_1 ON public.discrepancy_version USING btree (fund_id, since, until);
CREATE INDEX ix_discrepancy_version_slug_1 ON public.discrepancy_version USING btree (slug, since, until);
CREATE INDEX ix_discrepancy_version_strategy_id_1 ON public.discrepancy_version USING btree (strategy_id, since, until);
CREATE INDEX ix_discrepancy_version_words ON public.discrepancy_version USING gin (public.words_of((search_words)::text)) WITH (fastupdate=off);
CREATE INDEX ix_document_publisher_id ON public.document USING btree (publisher_id);
CREATE INDEX ix_document_version_ended ON public.document_version USING btree (until) WHERE (until < 2147483647);
CREATE INDEX ix_document_version_publisher_id_1 ON public.document_version USING btree (publisher_id, since, until);
CREATE INDEX ix_document_version_slug_1 ON public.document_version USING btree (slug, since, until);
CREATE INDEX ix_document_version_url_1 ON public.document_version USING btree (url, since, until);
CREATE INDEX ix_document_version_via_id_1 ON public.document_version USING btree (via_id, since, until);
CREATE INDEX ix_document_version_words ON public.document_version USING gin (public.words_of((search_words)::text)) WITH (fastupdate=off);
CREATE INDEX ix_document_via_id ON public.document USING btree (via_id);
CREATE INDEX ix_event_area_id ON public.event USING btree (area_id);
CREATE INDEX ix_event_fund_fund_id ON public.event_fund USING btree (fund_id);
CREATE INDEX ix_event_fund_version_ended ON public.event_fund_version USING btree (until) WHERE (until < 2147483647);
CREATE INDEX ix_event_fund_version_fund_id_1 ON public.event_fund_version USING btree (fund_id, since, until);
CREATE INDEX ix_event_held_on ON public.event USING btree (held_on);
CREATE INDEX ix_event_host_organisation_id ON public.event_host USING btree (organisation_id);
CREATE INDEX ix_event_host_version_ended ON public.event_host_version USING btree (until) WHERE (until < 2147483647);
CREATE INDEX ix_event_host_version_organisation_id_1 ON public.event_host_version USING btree (organisation_id, since, until);
CREATE INDEX ix_event_version_area_id_1 ON public.event_version USING btree (area_id, since, until);
CREATE INDEX ix_event_version_ended ON public.event_version USING btree (until) WHERE (until < 2147483647);
CREATE INDEX ix_event_version_held_on_1 ON public.event_version USING btree (held_on, since, until);
CREATE INDEX ix_event_version_slug_1 ON public.event_version USING btree (slug, since, until);
CREATE INDEX ix_event_version_words ON public.event_version USING gin (public.words_of((search_words)::text)) WITH (fastupdate=off);
CREATE INDEX ix_fund_parent_id ON public.fund USING btree (parent_id);
CREATE INDEX ix_fund_version_ended ON public.fund_version USING btree (until) WHERE (until < 2147483647);
CREATE INDEX ix_fund_version_parent_id_1 ON public.fund_version USING btree (parent_id, since, until);
CREATE INDEX ix_fund_version_slug_1 ON public.fund_version USING btree (slug, since, until);
CREATE INDEX ix_fund_version_words ON public.fund_version USING gin (public.words_of((search_words)::text)) WITH (fastupdate=off);
CREATE INDEX ix_organisation_version_ended ON public.organisation_version USING btree (until) WHERE (until < 2147483647);
CREATE INDEX ix_organisation_version_name_1 ON public.organisation_version USING btree (name, since, until);
CREATE INDEX ix_organisation_version_slug_1 ON public.organisation_version USING btree (slug, since, until);
CREATE INDEX ix_organisation_version_words ON public.organisation_version USING gin (public.words_of((search_words)::text)) WITH (fastupdate=off);
CREATE INDEX ix_participant_organisation_id ON public.participant USING btree (organisation_id);
CREATE INDEX ix_participant_person_id ON public.participant USING btree (person_id);
CREATE INDEX ix_participant_version_ended ON public.participant_version USING btree (until) WHERE (until < 2147483647);
CREATE INDEX ix_participant_version_event_id_2 ON public.participant_version USING btree (event_id, "position", since, until);
CREATE INDEX ix_participant_version_organisation_id_1 ON public.participant_version USING btree (organisation_id, since, until);
CREATE INDEX ix_participant_version_person_id_1 ON public.participant_version USING btree (person_id, since, until);
CREATE INDEX ix_participant_version_words ON public.participant_version USING gin (public.words_of((search_words)::text)) WITH (fastupdate=off);
CREATE INDEX ix_person_version_ended ON public.person_version USING btree (until) WHERE (until < 2147483647);
CREATE INDEX ix_person_version_slug_1 ON public.person_version USING btree (slug, since, until);
CREATE INDEX ix_person_version_words ON public.person_version USING gin (public.words_of((search_words)::text)) WITH (fastupdate=off);
CREATE INDEX ix_status_update_corrected_by_id ON public.status_update USING btree (corrected_by_id) WHERE (corrected_by_id IS NOT NULL);
CREATE INDEX ix_status_update_latest ON public.status_update USING btree (commitment_id, effective_on, recorded_at, key);
CREATE INDEX ix_status_update_version_commitment_id_4 ON public.status_update_version USING btree (commitment_id, effective_on, recorded_at, key, since, until);
CREATE INDEX ix_status_update_version_corrected_by_id_1 ON public.status_update_version USING btree (corrected_by_id, since, until) WHERE (corrected_by_id IS NOT NULL);
CREATE INDEX ix_status_update_version_ended ON public.status_update_version USING btree (until) WHERE (until < 2147483647);
CREATE INDEX ix_status_update_version_key_1 ON public.status_update_version USING btree (key, since, until);
CREATE INDEX ix_status_update_version_words ON public.status_update_version USING gin (public.words_of((search_words)::text)) WITH (fastupdate=off);
CREATE INDEX ix_strategy_publisher_id ON public.strategy USING btree (publisher_id);
CREATE INDEX ix_strategy_version_ended ON public.strategy_version USING btree (until) WHERE (until < 2147483647);
CREATE INDEX ix_strategy_version_publisher_id_1 ON public.strategy_version USING btree (publisher_id, since, until);
CREATE INDEX ix_strategy_version_slug_1 ON public.strategy_version USING btree (slug, since, until);
CREATE INDEX ix_term_version_ended ON public.term_version USING btree (until) WHERE (until < 2147483647);
CREATE INDEX ix_term_version_name_1 ON public.term_version USING btree (name, since, until);
CREATE INDEX ix_term_version_slug_1 ON public.term_version USING btree (slug, since, until);
CREATE INDEX ix_term_version_words ON public.term_version USING gin (public.words_of((search_words)::text)) WITH (fastupdate=off);
CREATE INDEX ix_theme_strategy_id ON public.theme USING btree (strategy_id);
CREATE INDEX ix_theme_version_ended ON public.theme_version USING btree (until) WHERE (until < 2147483647);
CREATE INDEX ix_theme_version_slug_1 ON public.theme_version USING btree (slug, since, until);
CREATE INDEX ix_theme_version_strategy_id_1 ON public.theme_version USING btree (strategy_id, since, until);
CREATE INDEX ix_theme_version_strategy_id_2 ON public.theme_version USING btree (strategy_id, "position", since, until);
CREATE INDEX ix_theme_version_words ON public.theme_version USING gin (public.words_of((search_words)::text)) WITH (fastupdate=off);
CREATE INDEX ix_token_organisation_id ON public.token USING btree (organisation_id);
CREATE TRIGGER allocation_past AFTER INSERT OR DELETE OR UPDATE ON public.allocation FOR EACH ROW EXECUTE FUNCTION public.allocation_past();
CREATE TRIGGER allocation_past_truncate BEFORE TRUNCATE ON public.allocation FOR EACH STATEMENT EXECUTE FUNCTION public.is_kept('Rows are deleted one by one, so that their versions stay.');
CREATE TRIGGER allocation_since BEFORE INSERT OR DELETE OR UPDATE ON public.allocation FOR EACH ROW EXECUTE FUNCTION public.allocation_since();
CREATE TRIGGER allocation_version_truncate BEFORE TRUNCATE ON public.allocation_version FOR EACH STATEMENT EXECUTE FUNCTION public.is_kept('A version is what was said then: triggers write it, and it is never edited or deleted.');
CREATE TRIGGER allocation_version_write BEFORE INSERT OR DELETE OR UPDATE ON public.allocation_version FOR EACH ROW EXECUTE FUNCTION public.allocation_version_write();
CREATE TRIGGER amount_statement_past AFTER INSERT OR DELETE OR UPDATE ON public.amount_statement FOR EACH ROW EXECUTE FUNCTION public.amount_statement_past();
CREATE TRIGGER amount_statement_past_truncate BEFORE TRUNCATE ON public.amount_statement FOR EACH STATEMENT EXECUTE FUNCTION public.is_kept('Rows are deleted one by one, so that their versions stay.');
CREATE TRIGGER amount_statement_since BEFORE INSERT OR DELETE OR UPDATE ON public.amount_statement FOR EACH ROW EXECUTE FUNCTION public.amount_statement_since();
CREATE TRIGGER amount_statement_version_truncate BEFORE TRUNCATE ON public.amount_statement_version FOR EACH STATEMENT EXECUTE FUNCTION public.is_kept('A version is what was said then: triggers write it, and it is never edited or deleted.');
CREATE TRIGGER amount_statement_version_write BEFORE INSERT OR DELETE OR UPDATE ON public.amount_statement_version FOR EACH ROW EXECUTE FUNCTION public.amount_statement_version_write();
CREATE TRIGGER area_organisation_past AFTER INSERT OR DELETE OR UPDATE ON public.area_organisation FOR EACH ROW EXECUTE FUNCTION public.area_organisation_past();
CREATE TRIGGER area_organisation_past_truncate BEFORE TRUNCATE ON public.area_organisation FOR EACH STATEMENT EXECUTE FUNCTION public.is_kept('Rows are deleted one by one, so that their versions stay.');
CREATE TRIGGER area_organisation_since BEFORE INSERT OR DELETE OR UPDATE ON public.area_organisation FOR EACH ROW EXECUTE FUNCTION public.area_organisation_since();
CREATE TRIGGER area_organisation_version_truncate BEFORE TRUNCATE ON public.area_organisation_version FOR EACH STATEMENT EXECUTE FUNCTION public.is_kept('A version is what was said then: triggers write it, and it is never edited or deleted.');
CREATE TRIGGER area_organisation_version_write BEFORE INSERT OR DELETE OR UPDATE ON public.area_organisation_version FOR EACH ROW EXECUTE FUNCTION public.area_organisation_version_write();
CREATE TRIGGER area_past AFTER INSERT OR DELETE OR UPDATE ON public.area FOR EACH ROW EXECUTE FUNCTION public.area_past();
CREATE TRIGGER area_past_truncate BEFORE TRUNCATE ON public.area FOR EACH STATEMENT EXECUTE FUNCTION public.is_kept('Rows are deleted one by one, so that their versions stay.');
CREATE TRIGGER area_since BEFORE INSERT OR DELETE OR UPDATE ON public.area FOR EACH ROW EXECUTE FUNCTION public.area_since();
CREATE TRIGGER area_version_truncate BEFORE TRUNCATE ON public.area_version FOR EACH STATEMENT EXECUTE FUNCTION public.is_kept('A version is what was said then: triggers write it, and it is never edited or deleted.');
CREATE TRIGGER area_version_write BEFORE INSERT OR DELETE OR UPDATE ON public.area_version FOR EACH ROW EXECUTE FUNCTION public.area_version_write();
CREATE TRIGGER change_kept BEFORE DELETE OR UPDATE ON public.change FOR EACH ROW EXECUTE FUNCTION public.is_kept('The log of changes is never edited.');
CREATE TRIGGER change_node_kept BEFORE DELETE OR UPDATE ON public.change_node FOR EACH ROW EXECUTE FUNCTION public.is_kept('The log of changes is never edited.');
CREATE TRIGGER change_node_late BEFORE INSERT ON public.change_node FOR EACH ROW EXECUTE FUNCTION public.is_late();
CREATE TRIGGER change_node_not_emptied BEFORE TRUNCATE ON public.change_node FOR EACH STATEMENT EXECUTE FUNCTION public.is_kept('The log of changes is never edited.');
CREATE TRIGGER change_not_emptied BEFORE TRUNCATE ON public.change FOR EACH STATEMENT EXECUTE FUNCTION public.is_kept('The log of changes is never edited.');
CREATE TRIGGER citation_past AFTER INSERT OR DELETE OR UPDATE ON public.citation FOR EACH ROW EXECUTE FUNCTION public.citation_past();
CREATE TRIGGER citation_past_truncate BEFORE TRUNCATE ON public.citation FOR EACH STATEMENT EXECUTE FUNCTION public.is_kept('Rows are deleted one by one, so that their versions stay.');
CREATE TRIGGER citation_since BEFORE INSERT OR DELETE OR UPDATE ON public.citation FOR EACH ROW EXECUTE FUNCTION public.citation_since();
CREATE TRIGGER citation_version_truncate BEFORE TRUNCATE ON public.citation_version FOR EACH STATEMENT EXECUTE FUNCTION public.is_kept('A version is what was said then: triggers write it, and it is never edited or deleted.');
CREATE TRIGGER citation_version_write BEFORE INSERT OR DELETE OR UPDATE ON public.citation_version FOR EACH ROW EXECUTE FUNCTION public.citation_version_write();
CREATE TRIGGER claim_past AFTER INSERT OR DELETE OR UPDATE ON public.claim FOR EACH ROW EXECUTE FUNCTION public.claim_past();
CREATE TRIGGER claim_past_truncate BEFORE TRUNCATE ON public.claim FOR EACH STATEMENT EXECUTE FUNCTION public.is_kept('Rows are deleted one by one, so that their versions stay.');
CREATE TRIGGER claim_since BEFORE INSERT OR DELETE OR UPDATE ON public.claim FOR EACH ROW EXECUTE FUNCTION public.claim_since();
CREATE TRIGGER claim_version_truncate BEFORE TRUNCATE ON public.claim_version FOR EACH STATEMENT EXECUTE FUNCTION public.is_kept('A version is what was said then: triggers write it, and it is never edited or deleted.');
CREATE TRIGGER claim_version_write BEFORE INSERT OR DELETE OR UPDATE ON public.claim_version FOR EACH ROW EXECUTE FUNCTION public.claim_version_write();
CREATE TRIGGER commitment_event_past AFTER INSERT OR DELETE OR UPDATE ON public.commitment_event FOR EACH ROW EXECUTE FUNCTION public.commitment_event_past();
CREATE TRIGGER commitment_event_past_truncate BEFORE TRUNCATE ON public.commitment_event FOR EACH STATEMENT EXECUTE FUNCTION public.is_kept('Rows are deleted one by one, so that their versions stay.');
CREATE TRIGGER commitment_event_since BEFORE INSERT OR DELETE OR UPDATE ON public.commitment_event FOR EACH ROW EXECUTE FUNCTION public.commitment_event_since();
CREATE TRIGGER commitment_event_version_truncate BEFORE TRUNCATE ON public.commitment_event_version FOR EACH STATEMENT EXECUTE FUNCTION public.is_kept('A version is what was said then: triggers write it, and it is never edited or deleted.');
CREATE TRIGGER commitment_event_version_write BEFORE INSERT OR DELETE OR UPDATE ON public.commitment_event_version FOR EACH ROW EXECUTE FUNCTION public.commitment_event_version_write();
CREATE TRIGGER commitment_fund_past AFTER INSERT OR DELETE OR UPDATE ON public.commitment_fund FOR EACH ROW EXECUTE FUNCTION public.commitment_fund_past();
CREATE TRIGGER commitment_fund_past_truncate BEFORE TRUNCATE ON public.commitment_fund FOR EACH STATEMENT EXECUTE FUNCTION public.is_kept('Rows are deleted one by one, so that their versions stay.');
CREATE TRIGGER commitment_fund_since BEFORE INSERT OR DELETE OR UPDATE ON public.commitment_fund FOR EACH ROW EXECUTE FUNCTION public.commitment_fund_since();
CREATE TRIGGER commitment_fund_version_truncate BEFORE TRUNCATE ON public.commitment_fund_version FOR EACH STATEMENT EXECUTE FUNCTION public.is_kept('A version is what was said then: triggers write it, and it is never edited or deleted.');
CREATE TRIGGER commitment_fund_version_write BEFORE INSERT OR DELETE OR UPDATE ON public.commitment_fund_version FOR EACH ROW EXECUTE FUNCTION public.commitment_fund_version_write();
CREATE TRIGGER commitment_lead_past AFTER INSERT OR DELETE OR UPDATE ON public.commitment_lead FOR EACH ROW EXECUTE FUNCTION public.commitment_lead_past();
CREATE TRIGGER commitment_lead_past_truncate BEFORE TRUNCATE ON public.commitment_lead FOR EACH STATEMENT EXECUTE FUNCTION public.is_kept('Rows are deleted one by one, so that their versions stay.');
CREATE TRIGGER commitment_lead_since BEFORE INSERT OR DELETE OR UPDATE ON public.commitment_lead FOR EACH ROW EXECUTE FUNCTION public.commitment_lead_since();
CREATE TRIGGER commitment_lead_version_truncate BEFORE TRUNCATE ON public.commitment_lead_version FOR EACH STATEMENT EXECUTE FUNCTION public.is_kept('A version is what was said then: triggers write it, and it is never edited or deleted.');
CREATE TRIGGER commitment_lead_version_write BEFORE INSERT OR DELETE OR UPDATE ON public.commitment_lead_version FOR EACH ROW EXECUTE FUNCTION public.commitment_lead_version_write();
CREATE TRIGGER commitment_past AFTER INSERT OR DELETE OR UPDATE ON public.commitment FOR EACH ROW EXECUTE FUNCTION public.commitment_past();
CREATE TRIGGER commitment_past_truncate BEFORE TRUNCATE ON public.commitment FOR EACH STATEMENT EXECUTE FUNCTION public.is_kept('Rows are deleted one by one, so that their versions stay.');
CREATE TRIGGER commitment_since BEFORE INSERT OR DELETE OR UPDATE ON public.commitment FOR EACH ROW EXECUTE FUNCTION public.commitment_since();
CREATE TRIGGER commitment_version_truncate BEFORE TRUNCATE ON public.commitment_version FOR EACH STATEMENT EXECUTE FUNCTION public.is_kept('A version is what was said then: triggers write it, and it is never edited or deleted.');
CREATE TRIGGER commitment_version_write BEFORE INSERT OR DELETE OR UPDATE ON public.commitment_version FOR EACH ROW EXECUTE FUNCTION public.commitment_version_write();
CREATE TRIGGER dataset_past AFTER INSERT OR UPDATE ON public.dataset FOR EACH ROW EXECUTE FUNCTION public.dataset_past();
CREATE TRIGGER dataset_past_truncate BEFORE TRUNCATE ON public.dataset FOR EACH STATEMENT EXECUTE FUNCTION public.is_kept('Rows are deleted one by one, so that their versions stay.');
CREATE TRIGGER dataset_since BEFORE INSERT OR UPDATE ON public.dataset FOR EACH ROW EXECUTE FUNCTION public.dataset_since();
CREATE TRIGGER dataset_version_truncate BEFORE TRUNCATE ON public.dataset_version FOR EACH STATEMENT EXECUTE FUNCTION public.is_kept('A version is what was said then: triggers write it, and it is never edited or deleted.');
CREATE TRIGGER dataset_version_write BEFORE INSERT OR DELETE OR UPDATE ON public.dataset_version FOR EACH ROW EXECUTE FUNCTION public.dataset_version_write();
CREATE TRIGGER discrepancy_past AFTER INSERT OR DELETE OR UPDATE ON public.discrepancy FOR EACH ROW EXECUTE FUNCTION public.discrepancy_past();
CREATE TRIGGER discrepancy_past_truncate BEFORE TRUNCATE ON public.discrepancy FOR EACH STATEMENT EXECUTE FUNCTION public.is_kept('Rows are deleted one by one, so that their versions stay.');
CREATE TRIGGER discrepancy_since BEFORE INSERT OR DELETE OR UPDATE ON public.discrepancy FOR EACH ROW EXECUTE FUNCTION public.discrepancy_since();
CREATE TRIGGER discrepancy_version_truncate BEFORE TRUNCATE ON public.discrepancy_version FOR EACH STATEMENT EXECUTE FUNCTION public.is_kept('A version is what was said then: triggers write it, and it is never edited or deleted.');
CREATE TRIGGER discrepancy_version_write BEFORE INSERT OR DELETE OR UPDATE ON public.discrepancy_version FOR EACH ROW EXECUTE FUNCTION public.discrepancy_version_write();
CREATE TRIGGER document_past AFTER INSERT OR DELETE OR UPDATE ON public.document FOR EACH ROW EXECUTE FUNCTION public.document_past();
CREATE TRIGGER document_past_truncate BEFORE TRUNCATE ON public.document FOR EACH STATEMENT EXECUTE FUNCTION public.is_kept('Rows are deleted one by one, so that their versions stay.');
CREATE TRIGGER document_since BEFORE INSERT OR DELETE OR UPDATE ON public.document FOR EACH ROW EXECUTE FUNCTION public.document_since();
CREATE TRIGGER document_version_truncate BEFORE TRUNCATE ON public.document_version FOR EACH STATEMENT EXECUTE FUNCTION public.is_kept('A version is what was said then: triggers write it, and it is never edited or deleted.');
CREATE TRIGGER document_version_write BEFORE INSERT OR DELETE OR UPDATE ON public.document_version FOR EACH ROW EXECUTE FUNCTION public.document_version_write();
CREATE TRIGGER event_fund_past AFTER INSERT OR DELETE OR UPDATE ON public.event_fund FOR EACH ROW EXECUTE FUNCTION public.event_fund_past();
CREATE TRIGGER event_fund_past_truncate BEFORE TRUNCATE ON public.event_fund FOR EACH STATEMENT EXECUTE FUNCTION public.is_kept('Rows are deleted one by one, so that their versions stay.');
CREATE TRIGGER event_fund_since BEFORE INSERT OR DELETE OR UPDATE ON public.event_fund FOR EACH ROW EXECUTE FUNCTION public.event_fund_since();
CREATE TRIGGER event_fund_version_truncate BEFORE TRUNCATE ON public.event_fund_version FOR EACH STATEMENT EXECUTE FUNCTION public.is_kept('A version is what was said then: triggers write it, and it is never edited or deleted.');
CREATE TRIGGER event_fund_version_write BEFORE INSERT OR DELETE OR UPDATE ON public.event_fund_version FOR EACH ROW EXECUTE FUNCTION public.event_fund_version_write();
CREATE TRIGGER event_host_past AFTER INSERT OR DELETE OR UPDATE ON public.event_host FOR EACH ROW EXECUTE FUNCTION public.event_host_past();
CREATE TRIGGER event_host_past_truncate BEFORE TRUNCATE ON public.event_host FOR EACH STATEMENT EXECUTE FUNCTION public.is_kept('Rows are deleted one by one, so that their versions stay.');
CREATE TRIGGER event_host_since BEFORE INSERT OR DELETE OR UPDATE ON public.event_host FOR EACH ROW EXECUTE FUNCTION public.event_host_since();
CREATE TRIGGER event_host_version_truncate BEFORE TRUNCATE ON public.event_host_version FOR EACH STATEMENT EXECUTE FUNCTION public.is_kept('A version is what was said then: triggers write it, and it is never edited or deleted.');
CREATE TRIGGER event_host_version_write BEFORE INSERT OR DELETE OR UPDATE ON public.event_host_version FOR EACH ROW EXECUTE FUNCTION public.event_host_version_write();
CREATE TRIGGER event_past AFTER INSERT OR DELETE OR UPDATE ON public.event FOR EACH ROW EXECUTE FUNCTION public.event_past();
CREATE TRIGGER event_past_truncate BEFORE TRUNCATE ON public.event FOR EACH STATEMENT EXECUTE FUNCTION public.is_kept('Rows are deleted one by one, so that their versions stay.');
CREATE TRIGGER event_since BEFORE INSERT OR DELETE OR UPDATE ON public.event FOR EACH ROW EXECUTE FUNCTION public.event_since();
CREATE TRIGGER event_version_truncate BEFORE TRUNCATE ON public.event_version FOR EACH STATEMENT EXECUTE FUNCTION public.is_kept('A version is what was said then: triggers write it, and it is never edited or deleted.');
CREATE TRIGGER event_version_write BEFORE INSERT OR DELETE OR UPDATE ON public.event_version FOR EACH ROW EXECUTE FUNCTION public.event_version_write();
CREATE TRIGGER fund_past AFTER INSERT OR DELETE OR UPDATE ON public.fund FOR EACH ROW EXECUTE FUNCTION public.fund_past();
CREATE TRIGGER fund_past_truncate BEFORE TRUNCATE ON public.fund FOR EACH STATEMENT EXECUTE FUNCTION public.is_kept('Rows are deleted one by one, so that their versions stay.');
CREATE TRIGGER fund_since BEFORE INSERT OR DELETE OR UPDATE ON public.fund FOR EACH ROW EXECUTE FUNCTION public.fund_since();
CREATE TRIGGER fund_version_truncate BEFORE TRUNCATE ON public.fund_version FOR EACH STATEMENT EXECUTE FUNCTION public.is_kept('A version is what was said then: triggers write it, and it is never edited or deleted.');
CREATE TRIGGER fund_version_write BEFORE INSERT OR DELETE OR UPDATE ON public.fund_version FOR EACH ROW EXECUTE FUNCTION public.fund_version_write();
CREATE TRIGGER organisation_past AFTER INSERT OR DELETE OR UPDATE ON public.organisation FOR EACH ROW EXECUTE FUNCTION public.organisation_past();
CREATE TRIGGER organisation_past_truncate BEFORE TRUNCATE ON public.organisation FOR EACH STATEMENT EXECUTE FUNCTION public.is_kept('Rows are deleted one by one, so that their versions stay.');
CREATE TRIGGER organisation_since BEFORE INSERT OR DELETE OR UPDATE ON public.organisation FOR EACH ROW EXECUTE FUNCTION public.organisation_since();
CREATE TRIGGER organisation_version_truncate BEFORE TRUNCATE ON public.organisation_version FOR EACH STATEMENT EXECUTE FUNCTION public.is_kept('A version is what was said then: triggers write it, and it is never edited or deleted.');
CREATE TRIGGER organisation_version_write BEFORE INSERT OR DELETE OR UPDATE ON public.organisation_version FOR EACH ROW EXECUTE FUNCTION public.organisation_version_write();
CREATE TRIGGER participant_past AFTER INSERT OR DELETE OR UPDATE ON public.participant FOR EACH ROW EXECUTE FUNCTION public.participant_past();
CREATE TRIGGER participant_past_truncate BEFORE TRUNCATE ON public.participant FOR EACH STATEMENT EXECUTE FUNCTION public.is_kept('Rows are deleted one by one, so that their versions stay.');
CREATE TRIGGER participant_since BEFORE INSERT OR DELETE OR UPDATE ON public.participant FOR EACH ROW EXECUTE FUNCTION public.participant_since();
CREATE TRIGGER participant_version_truncate BEFORE TRUNCATE ON public.participant_version FOR EACH STATEMENT EXECUTE FUNCTION public.is_kept('A version is what was said then: triggers write it, and it is never edited or deleted.');
CREATE TRIGGER participant_version_write BEFORE INSERT OR DELETE OR UPDATE ON public.participant_version FOR EACH ROW EXECUTE FUNCTION public.participant_version_write();
CREATE TRIGGER person_past AFTER INSERT OR DELETE OR UPDATE ON public.person FOR EACH ROW EXECUTE FUNCTION public.person_past();
CREATE TRIGGER person_past_truncate BEFORE TRUNCATE ON public.person FOR EACH STATEMENT EXECUTE FUNCTION public.is_kept('Rows are deleted one by one, so that their versions stay.');
CREATE TRIGGER person_since BEFORE INSERT OR DELETE OR UPDATE ON public.person FOR EACH ROW EXECUTE FUNCTION public.person_since();
CREATE TRIGGER person_version_truncate BEFORE TRUNCATE ON public.person_version FOR EACH STATEMENT EXECUTE FUNCTION public.is_kept('A version is what was said then: triggers write it, and it is never edited or deleted.');
CREATE TRIGGER person_version_write BEFORE INSERT OR DELETE OR UPDATE ON public.person_version FOR EACH ROW EXECUTE FUNCTION public.person_version_write();
CREATE TRIGGER status_update_kept BEFORE UPDATE OF key, commitment_id, status, effective_on, "precision", recorded_at, voice, note ON public.status_update FOR EACH ROW EXECUTE FUNCTION public.is_kept('A status update is never edited, only corrected, and that once.');
CREATE TRIGGER status_update_past AFTER INSERT OR DELETE OR UPDATE ON public.status_update FOR EACH ROW EXECUTE FUNCTION public.status_update_past();
CREATE TRIGGER status_update_past_truncate BEFORE TRUNCATE ON public.status_update FOR EACH STATEMENT EXECUTE FUNCTION public.is_kept('Rows are deleted one by one, so that their versions stay.');
CREATE TRIGGER status_update_since BEFORE INSERT OR DELETE OR UPDATE ON public.status_update FOR EACH ROW EXECUTE FUNCTION public.status_update_since();
CREATE TRIGGER status_update_version_truncate BEFORE TRUNCATE ON public.status_update_version FOR EACH STATEMENT EXECUTE FUNCTION public.is_kept('A version is what was said then: triggers write it, and it is never edited or deleted.');
CREATE TRIGGER status_update_version_write BEFORE INSERT OR DELETE OR UPDATE ON public.status_update_version FOR EACH ROW EXECUTE FUNCTION public.status_update_version_write();
CREATE TRIGGER strategy_past AFTER INSERT OR DELETE OR UPDATE ON public.strategy FOR EACH ROW EXECUTE FUNCTION public.strategy_past();
CREATE TRIGGER strategy_past_truncate BEFORE TRUNCATE ON public.strategy FOR EACH STATEMENT EXECUTE FUNCTION public.is_kept('Rows are deleted one by one, so that their versions stay.');
CREATE TRIGGER strategy_since BEFORE INSERT OR DELETE OR UPDATE ON public.strategy FOR EACH ROW EXECUTE FUNCTION public.strategy_since();
CREATE TRIGGER strategy_version_truncate BEFORE TRUNCATE ON public.strategy_version FOR EACH STATEMENT EXECUTE FUNCTION public.is_kept('A version is what was said then: triggers write it, and it is never edited or deleted.');
CREATE TRIGGER strategy_version_write BEFORE INSERT OR DELETE OR UPDATE ON public.strategy_version FOR EACH ROW EXECUTE FUNCTION public.strategy_version_write();
CREATE TRIGGER term_past AFTER INSERT OR DELETE OR UPDATE ON public.term FOR EACH ROW EXECUTE FUNCTION public.term_past();
CREATE TRIGGER term_past_truncate BEFORE TRUNCATE ON public.term FOR EACH STATEMENT EXECUTE FUNCTION public.is_kept('Rows are deleted one by one, so that their versions stay.');
CREATE TRIGGER term_since BEFORE INSERT OR DELETE OR UPDATE ON public.term FOR EACH ROW EXECUTE FUNCTION public.term_since();
CREATE TRIGGER term_version_truncate BEFORE TRUNCATE ON public.term_version FOR EACH STATEMENT EXECUTE FUNCTION public.is_kept('A version is what was said then: triggers write it, and it is never edited or deleted.');
CREATE TRIGGER term_version_write BEFORE INSERT OR DELETE OR UPDATE ON public.term_version FOR EACH ROW EXECUTE FUNCTION public.term_version_write();
CREATE TRIGGER theme_past AFTER INSERT OR DELETE OR UPDATE ON public.theme FOR EACH ROW EXECUTE FUNCTION public.theme_past();
CREATE TRIGGER theme_past_truncate BEFORE TRUNCATE ON public.theme FOR EACH STATEMENT EXECUTE FUNCTION public.is_kept('Rows are deleted one by one, so that their versions stay.');
CREATE TRIGGER theme_since BEFORE INSERT OR DELETE OR UPDATE ON public.theme FOR EACH ROW EXECUTE FUNCTION public.theme_since();
CREATE TRIGGER theme_version_truncate BEFORE TRUNCATE ON public.theme_version FOR EACH STATEMENT EXECUTE FUNCTION public.is_kept('A version is what was said then: triggers write it, and it is never edited or deleted.');
CREATE TRIGGER theme_version_write BEFORE INSERT OR DELETE OR UPDATE ON public.theme_version FOR EACH ROW EXECUTE FUNCTION public.theme_version_write();
ALTER TABLE ONLY public.allocation
    ADD CONSTRAINT fk_allocation_fund_id_fund FOREIGN KEY (fund_id) REFERENCES public.fund(id);
ALTER TABLE ONLY public.allocation
    ADD CONSTRAINT fk_allocation_recipient_id_organisation FOREIGN KEY (recipient_id) REFERENCES public.organisation(id);
ALTER TABLE ONLY public.amount_statement
    ADD CONSTRAINT fk_amount_statement_fund_id_fund FOREIGN KEY (fund_id) REFERENCES public.fund(id);
ALTER TABLE ONLY public.area_organisation
    ADD CONSTRAINT fk_area_organisation_area_id_area FOREIGN KEY (area_id) REFERENCES public.area(id);
ALTER TABLE ONLY public.area_organisation
    ADD CONSTRAINT fk_area_organisation_organisation_id_organisation FOREIGN KEY (organisation_id) REFERENCES public.organisation(id);
ALTER TABLE ONLY public.area
    ADD CONSTRAINT fk_area_parent_id_area FOREIGN KEY (parent_id) REFERENCES public.area(id);
ALTER TABLE ONLY public.change_node
    ADD CONSTRAINT fk_change_node_revision_change FOREIGN KEY (revision) REFERENCES public.change(revision);
ALTER TABLE ONLY public.citation
    ADD CONSTRAINT fk_citation_allocation_id_allocation FOREIGN KEY (allocation_id) REFERENCES public.allocation(id);
ALTER TABLE ONLY public.citation
    ADD CONSTRAINT fk_citation_amount_statement_id_amount_statement FOREIGN KEY (amount_statement_id) REFERENCES public.amount_statement(id);
ALTER TABLE ONLY public.citation
    ADD CONSTRAINT fk_citation_area_id_area FOREIGN KEY (area_id) REFERENCES public.area(id);
ALTER TABLE ONLY public.citation
    ADD CONSTRAINT fk_citation_commitment_id_commitment FOREIGN KEY (commitment_id) REFERENCES public.commitment(id);
ALTER TABLE ONLY public.citation
    ADD CONSTRAINT fk_citation_document_id_document FOREIGN KEY (document_id) REFERENCES public.document(id);
ALTER TABLE ONLY public.citation
    ADD CONSTRAINT fk_citation_event_id_event FOREIGN KEY (event_id) REFERENCES public.event(id);
ALTER TABLE ONLY public.citation
    ADD CONSTRAINT fk_citation_fund_id_fund FOREIGN KEY (fund_id) REFERENCES public.fund(id);
ALTER TABLE ONLY public.citation
    ADD CONSTRAINT fk_citation_status_update_id_status_update FOREIGN KEY (status_update_id) REFERENCES public.status_update(id);
ALTER TABLE ONLY public.citation
    ADD CONSTRAINT fk_citation_strategy_id_strategy FOREIGN KEY (strategy_id) REFERENCES public.strategy(id);
ALTER TABLE ONLY public.citation
    ADD CONSTRAINT fk_citation_term_id_term FOREIGN KEY (term_id) REFERENCES public.term(id);
ALTER TABLE ONLY public.claim
    ADD CONSTRAINT fk_claim_discrepancy_id_discrepancy FOREIGN KEY (discrepancy_id) REFERENCES public.discrepancy(id);
ALTER TABLE ONLY public.claim
    ADD CONSTRAINT fk_claim_document_id_document FOREIGN KEY (document_id) REFERENCES public.document(id);
ALTER TABLE ONLY public.commitment_event
    ADD CONSTRAINT fk_commitment_event_commitment_id_commitment FOREIGN KEY (commitment_id) REFERENCES public.commitment(id);
ALTER TABLE ONLY public.commitment_event
    ADD CONSTRAINT fk_commitment_event_event_id_event FOREIGN KEY (event_id) REFERENCES public.event(id);
ALTER TABLE ONLY public.commitment_fund
    ADD CONSTRAINT fk_commitment_fund_commitment_id_commitment FOREIGN KEY (commitment_id) REFERENCES public.commitment(id);
ALTER TABLE ONLY public.commitment_fund
    ADD CONSTRAINT fk_commitment_fund_fund_id_fund FOREIGN KEY (fund_id) REFERENCES public.fund(id);
ALTER TABLE ONLY public.commitment_lead
    ADD CONSTRAINT fk_commitment_lead_commitment_id_commitment FOREIGN KEY (commitment_id) REFERENCES public.commitment(id);
ALTER TABLE ONLY public.commitment_lead
    ADD CONSTRAINT fk_commitment_lead_organisation_id_organisation FOREIGN KEY (organisation_id) REFERENCES public.organisation(id);
ALTER TABLE ONLY public.commitment
    ADD CONSTRAINT fk_commitment_theme_id_theme FOREIGN KEY (theme_id) REFERENCES public.theme(id);
ALTER TABLE ONLY public.discrepancy
    ADD CONSTRAINT fk_discrepancy_commitment_id_commitment FOREIGN KEY (commitment_id) REFERENCES public.commitment(id);
ALTER TABLE ONLY public.discrepancy
    ADD CONSTRAINT fk_discrepancy_event_id_event FOREIGN KEY (event_id) REFERENCES public.event(id);
ALTER TABLE ONLY public.discrepancy
    ADD CONSTRAINT fk_discrepancy_fund_id_fund FOREIGN KEY (fund_id) REFERENCES public.fund(id);
ALTER TABLE ONLY public.discrepancy
    ADD CONSTRAINT fk_discrepancy_strategy_id_strategy FOREIGN KEY (strategy_id) REFERENCES public.strategy(id);
ALTER TABLE ONLY public.document
    ADD CONSTRAINT fk_document_publisher_id_organisation FOREIGN KEY (publisher_id) REFERENCES public.organisation(id);
ALTER TABLE ONLY public.document
    ADD CONSTRAINT fk_document_via_id_organisation FOREIGN KEY (via_id) REFERENCES public.organisation(id);
ALTER TABLE ONLY public.event
    ADD CONSTRAINT fk_event_area_id_area FOREIGN KEY (area_id) REFERENCES public.area(id);
ALTER TABLE ONLY public.event_fund
    ADD CONSTRAINT fk_event_fund_event_id_event FOREIGN KEY (event_id) REFERENCES public.event(id);
ALTER TABLE ONLY public.event_fund
    ADD CONSTRAINT fk_event_fund_fund_id_fund FOREIGN KEY (fund_id) REFERENCES public.fund(id);
ALTER TABLE ONLY public.event_host
    ADD CONSTRAINT fk_event_host_event_id_event FOREIGN KEY (event_id) REFERENCES public.event(id);
ALTER TABLE ONLY public.event_host
    ADD CONSTRAINT fk_event_host_organisation_id_organisation FOREIGN KEY (organisation_id) REFERENCES public.organisation(id);
ALTER TABLE ONLY public.fund
    ADD CONSTRAINT fk_fund_parent_id_fund FOREIGN KEY (parent_id) REFERENCES public.fund(id);
ALTER TABLE ONLY public.participant
    ADD CONSTRAINT fk_participant_event_id_event FOREIGN KEY (event_id) REFERENCES public.event(id);
ALTER TABLE ONLY public.participant
    ADD CONSTRAINT fk_participant_organisation_id_organisation FOREIGN KEY (organisation_id) REFERENCES public.organisation(id);
ALTER TABLE ONLY public.participant
    ADD CONSTRAINT fk_participant_person_id_person FOREIGN KEY (person_id) REFERENCES public.person(id);
ALTER TABLE ONLY public.status_update
    ADD CONSTRAINT fk_status_update_commitment_id_commitment FOREIGN KEY (commitment_id) REFERENCES public.commitment(id);
ALTER TABLE ONLY public.status_update
    ADD CONSTRAINT fk_status_update_corrected_by_id_status_update FOREIGN KEY (corrected_by_id) REFERENCES public.status_update(id);
ALTER TABLE ONLY public.strategy
    ADD CONSTRAINT fk_strategy_publisher_id_organisation FOREIGN KEY (publisher_id) REFERENCES public.organisation(id);
ALTER TABLE ONLY public.theme
    ADD CONSTRAINT fk_theme_strategy_id_strategy FOREIGN KEY (strategy_id) REFERENCES public.strategy(id);
ALTER TABLE ONLY public.token
    ADD CONSTRAINT fk_token_organisation_id_organisation FOREIGN KEY (organisation_id) REFERENCES public.organisation(id);
