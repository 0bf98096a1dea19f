CREATE FUNCTION public.is_kept() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN RAISE EXCEPTION USING MESSAGE = TG_ARGV[0], ERRCODE = 'integrity_constraint_violation'; END $$;
CREATE FUNCTION public.is_late() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN IF NEW.revision < (SELECT revision FROM dataset) THEN RAISE EXCEPTION USING MESSAGE = 'The log of changes is never edited.', ERRCODE = 'integrity_constraint_violation'; END IF; RETURN NEW; END $$;
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
CREATE TABLE public.change (
    revision integer NOT NULL,
    recorded_at timestamp with time zone NOT NULL,
    actor character varying NOT NULL,
    action character varying(32) NOT NULL,
    summary character varying NOT NULL,
    subject_type character varying NOT NULL,
    subject_key character varying NOT NULL,
    edits json NOT NULL,
    CONSTRAINT ck_change_change_action CHECK (((action)::text = ANY ((ARRAY['IMPORTED'::character varying, 'RECORDED'::character varying, 'CORRECTED'::character varying, 'IDENTIFIED'::character varying, 'ADDED'::character varying, 'STATED'::character varying, 'ALLOCATED'::character varying, 'LINKED'::character varying, 'UNLINKED'::character varying, 'OPENED'::character varying, 'SETTLED'::character varying])::text[])))
);
CREATE TABLE public.change_node (
    revision integer NOT NULL,
    type character varying NOT NULL,
    key character varying NOT NULL
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
    CONSTRAINT ck_citation_one_subject CHECK ((((((((
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
    CONSTRAINT ck_commitment_commitment_origin CHECK (((origin)::text = ANY ((ARRAY['STRATEGY'::character varying, 'LATER'::character varying])::text[]))),
    CONSTRAINT ck_commitment_confidence CHECK (((confidence)::text = ANY ((ARRAY['HIGH'::character varying, 'MEDIUM'::character varying, 'LOW'::character varying])::text[]))),
    CONSTRAINT ck_commitment_identified_or_silent CHECK (((identified AND (slug IS NOT NULL) AND (theme_id IS NOT NULL) AND (title IS NOT NULL) AND (summary IS NOT NULL) AND (confidence IS NOT NULL)) OR ((NOT identified) AND (slug IS NULL) AND (theme_id IS NULL) AND (title IS NULL) AND (summary IS NULL) AND (confidence IS NULL))))
);
CREATE TABLE public.commitment_event (
    seeded boolean NOT NULL,
    commitment_id integer NOT NULL,
    event_id integer NOT NULL
);
CREATE TABLE public.commitment_fund (
    seeded boolean NOT NULL,
    commitment_id integer NOT NULL,
    fund_id integer NOT NULL
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
    "position" integer NOT NULL
);
CREATE TABLE public.dataset (
    id integer NOT NULL,
    revision integer NOT NULL,
    updated_at timestamp with time zone NOT NULL,
    licence character varying NOT NULL,
    attribution character varying NOT NULL,
    recorded_at timestamp with time zone NOT NULL,
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
    CONSTRAINT ck_event_attendance_at_least CHECK ((attendance_at_least > 0)),
    CONSTRAINT ck_event_date_or_reason CHECK (((held_on IS NOT NULL) OR (date_note IS NOT NULL))),
    CONSTRAINT ck_event_date_precision CHECK ((("precision")::text = ANY ((ARRAY['DAY'::character varying, 'MONTH'::character varying, 'YEAR'::character varying])::text[]))),
    CONSTRAINT ck_event_dated CHECK ((((held_on IS NULL) AND ("precision" IS NULL)) OR ((held_on IS NOT NULL) AND ("precision" IS NOT NULL)))),
    CONSTRAINT ck_event_event_kind CHECK (((kind)::text = ANY ((ARRAY['ENGAGEMENT'::character varying, 'MEETING'::character varying, 'SUMMIT'::character varying, 'LAUNCH'::character varying, 'CONSULTATION'::character varying, 'LEGISLATION'::character varying, 'PUBLICATION'::character varying, 'ANNOUNCEMENT'::character varying, 'OTHER'::character varying])::text[])))
);
CREATE TABLE public.event_fund (
    seeded boolean NOT NULL,
    event_id integer NOT NULL,
    fund_id integer NOT NULL
);
CREATE TABLE public.event_host (
    seeded boolean NOT NULL,
    event_id integer NOT NULL,
    organisation_id integer NOT NULL,
    "position" integer NOT NULL
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
    organisation_id integer
);
CREATE SEQUENCE public.participant_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.participant_id_seq OWNED BY public.participant.id;
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
CREATE TABLE public.theme (
    seeded boolean NOT NULL,
    id integer NOT NULL,
    slug character varying NOT NULL,
    title character varying NOT NULL,
    "position" integer NOT NULL,
    strategy_id integer NOT NULL
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
ALTER TABLE ONLY public.citation ALTER COLUMN id SET DEFAULT nextval('public.citation_id_seq'::regclass);
ALTER TABLE ONLY public.claim ALTER COLUMN id SET DEFAULT nextval('public.claim_id_seq'::regclass);
ALTER TABLE ONLY public.commitment ALTER COLUMN id SET DEFAULT nextval('public.commitment_id_seq'::regclass);
ALTER TABLE ONLY public.discrepancy ALTER COLUMN id SET DEFAULT nextval('public.discrepancy_id_seq'::regclass);
ALTER TABLE ONLY public.document ALTER COLUMN id SET DEFAULT nextval('public.document_id_seq'::regclass);
ALTER TABLE ONLY public.event ALTER COLUMN id SET DEFAULT nextval('public.event_id_seq'::regclass);
ALTER TABLE ONLY public.fund ALTER COLUMN id SET DEFAULT nextval('public.fund_id_seq'::regclass);
ALTER TABLE ONLY public.organisation ALTER COLUMN id SET DEFAULT nextval('public.organisation_id_seq'::regclass);
ALTER TABLE ONLY public.participant ALTER COLUMN id SET DEFAULT nextval('public.participant_id_seq'::regclass);
ALTER TABLE ONLY public.status_update ALTER COLUMN id SET DEFAULT nextval('public.status_update_id_seq'::regclass);
ALTER TABLE ONLY public.strategy ALTER COLUMN id SET DEFAULT nextval('public.strategy_id_seq'::regclass);
ALTER TABLE ONLY public.theme ALTER COLUMN id SET DEFAULT nextval('public.theme_id_seq'::regclass);
ALTER TABLE ONLY public.token ALTER COLUMN id SET DEFAULT nextval('public.token_id_seq'::regclass);
INSERT INTO public.alembic_version VALUES ('0002');
INSERT INTO public.allocation VALUES (true, 1, 'dredging-south/river-trust', 2, 2, NULL, 'GBP', NULL, NULL, 'Sum not read.');
INSERT INTO public.allocation VALUES (true, 2, 'dredging/river-trust', 1, 2, 125000000, 'GBP', 'EXACT', '2030/31', NULL);
INSERT INTO public.amount_statement VALUES (true, 1, '2969dafe1cfbb3d4f50f', 1, 'ANNOUNCED', 250000000, 'GBP', 'UP_TO', '2030-02-28', 'MONTH');
INSERT INTO public.amount_statement VALUES (true, 2, 'c5963a48aa040eb0582a', 1, 'RESTATED', 240000050, 'GBP', 'ABOUT', NULL, NULL);
INSERT INTO public.change VALUES (1, '2031-05-01 09:30:00+00', 'import', 'IMPORTED', 'Imported: 52 rows inserted, 0 updated, 0 removed.', 'Strategy', 'harbour-strategy', '[]');
INSERT INTO public.change VALUES (2, '2031-05-02 09:30:00+00', 'Ed Itor', 'RECORDED', 'H-1: DELIVERED on 2031-04-30 in the voice PARLIAMENT, by evidence-2031.', 'Commitment', 'H-1', '[{"record": "StatusUpdate 8317760542e7176c5579", "field": "commitment", "before": null, "after": "H-1"}, {"record": "StatusUpdate 8317760542e7176c5579", "field": "status", "before": null, "after": "DELIVERED"}, {"record": "StatusUpdate 8317760542e7176c5579", "field": "effective_on", "before": null, "after": "2031-04-30"}, {"record": "StatusUpdate 8317760542e7176c5579", "field": "precision", "before": null, "after": "DAY"}, {"record": "StatusUpdate 8317760542e7176c5579", "field": "recorded_at", "before": null, "after": "2031-05-02T09:30:00Z"}, {"record": "StatusUpdate 8317760542e7176c5579", "field": "voice", "before": null, "after": "PARLIAMENT"}, {"record": "StatusUpdate 8317760542e7176c5579", "field": "note", "before": null, "after": "The channel is three metres deep."}, {"record": "Document evidence-2031", "field": "slug", "before": null, "after": "evidence-2031"}, {"record": "Document evidence-2031", "field": "title", "before": null, "after": "Oral evidence"}, {"record": "Document evidence-2031", "field": "publisher", "before": null, "after": "river-trust"}, {"record": "Document evidence-2031", "field": "published_on", "before": null, "after": "2031-05-01"}, {"record": "Document evidence-2031", "field": "url", "before": null, "after": "https://example.org/evidence"}, {"record": "Document evidence-2031", "field": "kind", "before": null, "after": "RECORD"}, {"record": "Citation f7ccc05b352638359558", "field": "document", "before": null, "after": "evidence-2031"}, {"record": "Citation f7ccc05b352638359558", "field": "status_update", "before": null, "after": "8317760542e7176c5579"}]');
INSERT INTO public.change VALUES (3, '2031-05-02 09:30:00.000001+00', 'Ed Itor', 'CORRECTED', 'H-1: IN_PROGRESS on 2031-04-30 in the voice PARLIAMENT, by evidence-2031, in place of DELIVERED on 2031-04-30 in the voice PARLIAMENT: The depth was misheard.', 'Commitment', 'H-1', '[{"record": "StatusUpdate 4c123a5d0e497ac33927", "field": "commitment", "before": null, "after": "H-1"}, {"record": "StatusUpdate 4c123a5d0e497ac33927", "field": "status", "before": null, "after": "IN_PROGRESS"}, {"record": "StatusUpdate 4c123a5d0e497ac33927", "field": "effective_on", "before": null, "after": "2031-04-30"}, {"record": "StatusUpdate 4c123a5d0e497ac33927", "field": "precision", "before": null, "after": "DAY"}, {"record": "StatusUpdate 4c123a5d0e497ac33927", "field": "recorded_at", "before": null, "after": "2031-05-02T09:30:00.000001Z"}, {"record": "StatusUpdate 4c123a5d0e497ac33927", "field": "voice", "before": null, "after": "PARLIAMENT"}, {"record": "StatusUpdate 4c123a5d0e497ac33927", "field": "note", "before": null, "after": "The channel is two metres deep."}, {"record": "Citation 8560ce2f2e849aace9ba", "field": "document", "before": null, "after": "evidence-2031"}, {"record": "Citation 8560ce2f2e849aace9ba", "field": "status_update", "before": null, "after": "4c123a5d0e497ac33927"}, {"record": "StatusUpdate 8317760542e7176c5579", "field": "corrected_by", "before": null, "after": "4c123a5d0e497ac33927"}, {"record": "StatusUpdate 8317760542e7176c5579", "field": "correction_reason", "before": null, "after": "The depth was misheard."}]');
INSERT INTO public.change VALUES (4, '2031-05-02 09:30:00.000002+00', 'Ed Itor', 'ADDED', 'The event regatta: Regatta on 2031-04-29, by evidence-2031.', 'Event', 'regatta', '[{"record": "Event regatta", "field": "slug", "before": null, "after": "regatta"}, {"record": "Event regatta", "field": "title", "before": null, "after": "Regatta"}, {"record": "Event regatta", "field": "kind", "before": null, "after": "LAUNCH"}, {"record": "Event regatta", "field": "held_on", "before": null, "after": "2031-04-29"}, {"record": "Event regatta", "field": "precision", "before": null, "after": "DAY"}, {"record": "EventHost regatta/harbour-board", "field": "event", "before": null, "after": "regatta"}, {"record": "EventHost regatta/harbour-board", "field": "organisation", "before": null, "after": "harbour-board"}, {"record": "EventHost regatta/harbour-board", "field": "position", "before": null, "after": "1"}, {"record": "Participant regatta/1", "field": "event", "before": null, "after": "regatta"}, {"record": "Participant regatta/1", "field": "position", "before": null, "after": "1"}, {"record": "Participant regatta/1", "field": "name", "before": null, "after": "A. Pilot"}, {"record": "CommitmentEvent H-2/regatta", "field": "commitment", "before": null, "after": "H-2"}, {"record": "CommitmentEvent H-2/regatta", "field": "event", "before": null, "after": "regatta"}, {"record": "Citation 0c5dd770cc2750ab1215", "field": "document", "before": null, "after": "evidence-2031"}, {"record": "Citation 0c5dd770cc2750ab1215", "field": "event", "before": null, "after": "regatta"}]');
INSERT INTO public.change_node VALUES (1, 'Strategy', 'harbour-strategy');
INSERT INTO public.change_node VALUES (1, 'Organisation', 'harbour-board');
INSERT INTO public.change_node VALUES (1, 'Organisation', 'river-trust');
INSERT INTO public.change_node VALUES (1, 'Organisation', 'daily-tide');
INSERT INTO public.change_node VALUES (1, 'Document', 'harbour-notice');
INSERT INTO public.change_node VALUES (1, 'Document', 'tide-2030');
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
INSERT INTO public.citation VALUES (true, 1, 'bf926803cf29d46ca9ee', 1, 1, '["three promises"]', NULL, 1, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.citation VALUES (true, 2, 'e6e90a38e1a6c2d2be10', 1, 2, '["\u00a32.5 million", "May"]', NULL, NULL, 1, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.citation VALUES (true, 3, 'a8c3bf70c2e150fa289f', 2, NULL, '[]', 'Lists it.', NULL, 2, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.citation VALUES (true, 4, '6d65cb7c6bffeb38286b', 2, NULL, '[]', NULL, NULL, 4, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.citation VALUES (true, 5, 'dd9c7d7b9beea9504c3d', 1, 2, '[]', NULL, NULL, NULL, 1, NULL, NULL, NULL, NULL);
INSERT INTO public.citation VALUES (true, 6, 'f4fc8a001ba41fd48468', 2, NULL, '[]', NULL, NULL, NULL, 2, NULL, NULL, NULL, NULL);
INSERT INTO public.citation VALUES (true, 7, '802db8583d7b6a299cf3', 2, NULL, '[]', NULL, NULL, NULL, 3, NULL, NULL, NULL, NULL);
INSERT INTO public.citation VALUES (true, 8, '897312a156aac6b13b8a', 2, NULL, '[]', NULL, NULL, NULL, NULL, 1, NULL, NULL, NULL);
INSERT INTO public.citation VALUES (true, 9, '0c2950730e086e24ab2f', 1, 2, '["\u00a32.5 million"]', NULL, NULL, NULL, NULL, NULL, 1, NULL, NULL);
INSERT INTO public.citation VALUES (true, 10, '099182e3ab0bd14c8705', 2, NULL, '[]', NULL, NULL, NULL, NULL, NULL, 2, NULL, NULL);
INSERT INTO public.citation VALUES (true, 11, '0ce377e3e8f64cd62f12', 2, NULL, '[]', NULL, NULL, NULL, NULL, NULL, NULL, 1, NULL);
INSERT INTO public.citation VALUES (true, 12, '683f3e81ebfbba4f7fd9', 2, NULL, '[]', NULL, NULL, NULL, NULL, NULL, NULL, 2, NULL);
INSERT INTO public.citation VALUES (true, 13, 'efe58051e0582ab481a8', 2, NULL, '[]', NULL, NULL, NULL, NULL, NULL, NULL, NULL, 1);
INSERT INTO public.citation VALUES (true, 14, 'cc2552908ea70e6bc6ec', 2, NULL, '[]', NULL, NULL, NULL, NULL, NULL, NULL, NULL, 2);
INSERT INTO public.citation VALUES (false, 15, 'f7ccc05b352638359558', 3, NULL, '[]', NULL, NULL, NULL, 5, NULL, NULL, NULL, NULL);
INSERT INTO public.citation VALUES (false, 16, '8560ce2f2e849aace9ba', 3, NULL, '[]', NULL, NULL, NULL, 6, NULL, NULL, NULL, NULL);
INSERT INTO public.citation VALUES (false, 17, '0c5dd770cc2750ab1215', 3, NULL, '[]', NULL, NULL, NULL, NULL, NULL, NULL, NULL, 3);
INSERT INTO public.claim VALUES (true, 1, 1, 1, 1, 2, '£2.5m', '["\u00a32.5 million"]');
INSERT INTO public.claim VALUES (true, 2, 1, 2, 2, NULL, 'about £2.4m', '[]');
INSERT INTO public.commitment VALUES (true, 1, 'H-1', 'STRATEGY', true, 'dredging', 'Dredge the channel', 'To a depth that no source gives.', 1, 'HIGH');
INSERT INTO public.commitment VALUES (true, 2, 'H-2', 'STRATEGY', true, 'ferry', 'Keep the ferry', 'Every day but Sunday.', 2, 'LOW');
INSERT INTO public.commitment VALUES (true, 3, 'H-3', 'STRATEGY', false, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.commitment VALUES (true, 4, 'L-1', 'LATER', true, 'lights', 'Light the pier', 'Announced a year on.', 1, 'MEDIUM');
INSERT INTO public.commitment_event VALUES (true, 1, 1);
INSERT INTO public.commitment_event VALUES (false, 2, 3);
INSERT INTO public.commitment_fund VALUES (true, 1, 1);
INSERT INTO public.commitment_lead VALUES (true, 1, 1, 1);
INSERT INTO public.commitment_lead VALUES (true, 1, 2, 2);
INSERT INTO public.commitment_lead VALUES (true, 2, 1, 1);
INSERT INTO public.dataset VALUES (1, 4, '2031-05-02 09:30:00.000002+00', 'CC BY 4.0', 'The harbour watchers.', '2031-04-01 11:00:00+00');
INSERT INTO public.discrepancy VALUES (true, 1, 'dredging-sum', 'AMOUNT', 'How much is the dredging money?', 'OPEN', NULL, NULL, NULL, 1, NULL);
INSERT INTO public.document VALUES (true, 1, 'harbour-notice', 'Notice on the strategy', 1, '2030-02-01', NULL, 'SEED', NULL, NULL, 'notice.txt', '["171bd4c0084a8b97", "d74f2214e25163d9", "3b983fc0c163069c", "e730c7ff46854d7b"]');
INSERT INTO public.document VALUES (true, 2, 'tide-2030', 'What became of the ferry', 3, NULL, 'https://tide.example/ferry', 'RECORD', NULL, 'Undated.', NULL, '[]');
INSERT INTO public.document VALUES (false, 3, 'evidence-2031', 'Oral evidence', 2, '2031-05-01', 'https://example.org/evidence', 'RECORD', NULL, NULL, NULL, '[]');
INSERT INTO public.event VALUES (true, 1, 'first-dredger', 'First dredger arrives', 'LAUNCH', '2030-05-31', 'MONTH', NULL, NULL, NULL, 'North bank', NULL, 40, '["shipping"]', '["dredging"]');
INSERT INTO public.event VALUES (true, 2, 'pier-party', 'Pier party', 'OTHER', NULL, NULL, 'No source says when.', NULL, NULL, NULL, NULL, NULL, '[]', '[]');
INSERT INTO public.event VALUES (false, 3, 'regatta', 'Regatta', 'LAUNCH', '2031-04-29', 'DAY', NULL, NULL, NULL, NULL, NULL, NULL, '[]', '[]');
INSERT INTO public.event_fund VALUES (true, 1, 1);
INSERT INTO public.event_host VALUES (true, 1, 1, 1);
INSERT INTO public.event_host VALUES (true, 1, 2, 2);
INSERT INTO public.event_host VALUES (false, 3, 1, 1);
INSERT INTO public.fund VALUES (true, 1, 'dredging', 'Dredging money', '2030/31', NULL, 'Half of it is not itemised.');
INSERT INTO public.fund VALUES (true, 2, 'dredging-south', 'Dredging, south bank', NULL, 1, NULL);
INSERT INTO public.organisation VALUES (true, 1, 'harbour-board', 'Harbour Board', 'AGENCY');
INSERT INTO public.organisation VALUES (true, 2, 'river-trust', 'River Trust', 'CHARITY');
INSERT INTO public.organisation VALUES (true, 3, 'daily-tide', 'The Daily Tide', 'MEDIA');
INSERT INTO public.participant VALUES (true, 1, 1, 1, 'Ann Onymous', 'Chair', 1);
INSERT INTO public.participant VALUES (true, 2, 1, 2, 'Pat Pilot', NULL, NULL);
INSERT INTO public.participant VALUES (false, 3, 3, 1, 'A. Pilot', NULL, NULL);
INSERT INTO public.status_update VALUES (true, 1, 'b7c4e4b4637a7afe0d2c', 1, 'ANNOUNCED', '2030-02-01', 'DAY', '2031-04-01 11:00:00+00', 'GOVERNMENT', 'Promised.', NULL, NULL);
INSERT INTO public.status_update VALUES (true, 2, '2d9cb0ec30939ea1f6f9', 1, 'IN_PROGRESS', '2030-05-31', 'MONTH', '2031-04-01 11:00:00+00', 'MEDIA', 'Dredgers seen.', NULL, NULL);
INSERT INTO public.status_update VALUES (true, 3, '8d9d8e68f13593eb361b', 4, 'DELIVERED', '2030-12-31', 'YEAR', '2031-04-20 08:00:00+00', 'MEDIA', 'Lit.', NULL, NULL);
INSERT INTO public.status_update VALUES (true, 4, '6642381eeddf2e5900d7', 2, 'NO_EVIDENCE', '2031-03-31', 'DAY', '2031-04-01 11:00:00+00', 'TRACKER', 'Searched: the board''s minutes. Nothing found, which does not say that nothing was done.', NULL, NULL);
INSERT INTO public.status_update VALUES (false, 6, '4c123a5d0e497ac33927', 1, 'IN_PROGRESS', '2031-04-30', 'DAY', '2031-05-02 09:30:00.000001+00', 'PARLIAMENT', 'The channel is two metres deep.', NULL, NULL);
INSERT INTO public.status_update VALUES (false, 5, '8317760542e7176c5579', 1, 'DELIVERED', '2031-04-30', 'DAY', '2031-05-02 09:30:00+00', 'PARLIAMENT', 'The channel is three metres deep.', 6, 'The depth was misheard.');
INSERT INTO public.strategy VALUES (true, 1, 'harbour-strategy', 'Harbour Strategy', 1, '2030-02-01', 3);
INSERT INTO public.theme VALUES (true, 1, 'water', 'Water', 1, 1);
INSERT INTO public.theme VALUES (true, 2, 'land', 'Land', 2, 1);
INSERT INTO public.token VALUES (1, '8790c1062c9c82eca362a199c6381026a7ed91c60af4526da37aa8e2dff75edb', 'Con Tributor', NULL, 'CONTRIBUTOR', '["PARLIAMENT", "MEDIA"]', '2031-05-02 09:30:00+00', NULL, NULL);
INSERT INTO public.token VALUES (2, '254565a7f67a76c9375fc479f19f61b1489ca643159fde9a540c35508df1b2fd', 'Ed Itor', NULL, 'EDITOR', '["GOVERNMENT", "PARLIAMENT", "INSPECTORATE", "DELIVERY_BODY", "CIVIL_SOCIETY", "MEDIA", "TRACKER"]', '2031-05-02 09:30:00+00', NULL, NULL);
SELECT pg_catalog.setval('public.allocation_id_seq', 2, true);
SELECT pg_catalog.setval('public.amount_statement_id_seq', 2, true);
SELECT pg_catalog.setval('public.citation_id_seq', 17, true);
SELECT pg_catalog.setval('public.claim_id_seq', 2, true);
SELECT pg_catalog.setval('public.commitment_id_seq', 4, true);
SELECT pg_catalog.setval('public.discrepancy_id_seq', 1, true);
SELECT pg_catalog.setval('public.document_id_seq', 3, true);
SELECT pg_catalog.setval('public.event_id_seq', 3, true);
SELECT pg_catalog.setval('public.fund_id_seq', 2, true);
SELECT pg_catalog.setval('public.organisation_id_seq', 3, true);
SELECT pg_catalog.setval('public.participant_id_seq', 3, true);
SELECT pg_catalog.setval('public.status_update_id_seq', 6, true);
SELECT pg_catalog.setval('public.strategy_id_seq', 1, true);
SELECT pg_catalog.setval('public.theme_id_seq', 2, true);
SELECT pg_catalog.setval('public.token_id_seq', 2, true);
ALTER TABLE ONLY public.alembic_version
    ADD CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num);
ALTER TABLE ONLY public.allocation
    ADD CONSTRAINT pk_allocation PRIMARY KEY (id);
ALTER TABLE ONLY public.amount_statement
    ADD CONSTRAINT pk_amount_statement PRIMARY KEY (id);
ALTER TABLE ONLY public.change
    ADD CONSTRAINT pk_change PRIMARY KEY (revision);
ALTER TABLE ONLY public.change_node
    ADD CONSTRAINT pk_change_node PRIMARY KEY (revision, type, key);
ALTER TABLE ONLY public.citation
    ADD CONSTRAINT pk_citation PRIMARY KEY (id);
ALTER TABLE ONLY public.claim
    ADD CONSTRAINT pk_claim PRIMARY KEY (id);
ALTER TABLE ONLY public.commitment
    ADD CONSTRAINT pk_commitment PRIMARY KEY (id);
ALTER TABLE ONLY public.commitment_event
    ADD CONSTRAINT pk_commitment_event PRIMARY KEY (commitment_id, event_id);
ALTER TABLE ONLY public.commitment_fund
    ADD CONSTRAINT pk_commitment_fund PRIMARY KEY (commitment_id, fund_id);
ALTER TABLE ONLY public.commitment_lead
    ADD CONSTRAINT pk_commitment_lead PRIMARY KEY (commitment_id, organisation_id);
ALTER TABLE ONLY public.dataset
    ADD CONSTRAINT pk_dataset PRIMARY KEY (id);
ALTER TABLE ONLY public.discrepancy
    ADD CONSTRAINT pk_discrepancy PRIMARY KEY (id);
ALTER TABLE ONLY public.document
    ADD CONSTRAINT pk_document PRIMARY KEY (id);
ALTER TABLE ONLY public.event
    ADD CONSTRAINT pk_event PRIMARY KEY (id);
ALTER TABLE ONLY public.event_fund
    ADD CONSTRAINT pk_event_fund PRIMARY KEY (event_id, fund_id);
ALTER TABLE ONLY public.event_host
    ADD CONSTRAINT pk_event_host PRIMARY KEY (event_id, organisation_id);
ALTER TABLE ONLY public.fund
    ADD CONSTRAINT pk_fund PRIMARY KEY (id);
ALTER TABLE ONLY public.organisation
    ADD CONSTRAINT pk_organisation PRIMARY KEY (id);
ALTER TABLE ONLY public.participant
    ADD CONSTRAINT pk_participant PRIMARY KEY (id);
ALTER TABLE ONLY public.status_update
    ADD CONSTRAINT pk_status_update PRIMARY KEY (id);
ALTER TABLE ONLY public.strategy
    ADD CONSTRAINT pk_strategy PRIMARY KEY (id);
ALTER TABLE ONLY public.theme
    ADD CONSTRAINT pk_theme PRIMARY KEY (id);
ALTER TABLE ONLY public.token
    ADD CONSTRAINT pk_token PRIMARY KEY (id);
ALTER TABLE ONLY public.allocation
    ADD CONSTRAINT uq_allocation_fund_id_recipient_id UNIQUE (fund_id, recipient_id);
ALTER TABLE ONLY public.allocation
    ADD CONSTRAINT uq_allocation_key UNIQUE (key);
ALTER TABLE ONLY public.amount_statement
    ADD CONSTRAINT uq_amount_statement_key UNIQUE (key);
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
ALTER TABLE ONLY public.status_update
    ADD CONSTRAINT uq_status_update_key UNIQUE (key);
ALTER TABLE ONLY public.strategy
    ADD CONSTRAINT uq_strategy_slug UNIQUE (slug);
ALTER TABLE ONLY public.theme
    ADD CONSTRAINT uq_theme_slug UNIQUE (slug);
ALTER TABLE ONLY public.theme
    ADD CONSTRAINT uq_theme_strategy_id_position UNIQUE (strategy_id, "position");
ALTER TABLE ONLY public.token
    ADD CONSTRAINT uq_token_digest UNIQUE (digest);
CREATE INDEX ix_allocation_recipient_id ON public.allocation USING btree (recipient_id);
CREATE INDEX ix_amount_statement_fund_id ON public.amount_statement USING btree (fund_id);
CREATE INDEX ix_change_action ON public.change USING btree (action);
CREATE INDEX ix_change_node_followed ON public.change_node USING btree (type, key, revision);
CREATE INDEX ix_change_recorded_at ON public.change USING btree (recorded_at);
CREATE INDEX ix_citation_commitment_id ON public.citation USING btree (commitment_id);
CREATE INDEX ix_citation_document_id ON public.citation USING btree (document_id);
CREATE INDEX ix_citation_event_id ON public.citation USING btree (event_id);
CREATE INDEX ix_citation_fund_id ON public.citation USING btree (fund_id);
CREATE INDEX ix_citation_strategy_id ON public.citation USING btree (strategy_id);
CREATE INDEX ix_claim_document_id ON public.claim USING btree (document_id);
CREATE INDEX ix_commitment_event_event_id ON public.commitment_event USING btree (event_id);
CREATE INDEX ix_commitment_fund_fund_id ON public.commitment_fund USING btree (fund_id);
CREATE INDEX ix_commitment_lead_organisation_id ON public.commitment_lead USING btree (organisation_id);
CREATE INDEX ix_commitment_origin_ref ON public.commitment USING btree (origin, ref);
CREATE INDEX ix_commitment_theme_id ON public.commitment USING btree (theme_id);
CREATE INDEX ix_discrepancy_commitment_id ON public.discrepancy USING btree (commitment_id);
CREATE INDEX ix_discrepancy_event_id ON public.discrepancy USING btree (event_id);
CREATE INDEX ix_discrepancy_fund_id ON public.discrepancy USING btree (fund_id);
CREATE INDEX ix_discrepancy_strategy_id ON public.discrepancy USING btree (strategy_id);
CREATE INDEX ix_document_publisher_id ON public.document USING btree (publisher_id);
CREATE INDEX ix_document_via_id ON public.document USING btree (via_id);
CREATE INDEX ix_event_fund_fund_id ON public.event_fund USING btree (fund_id);
CREATE INDEX ix_event_held_on ON public.event USING btree (held_on);
CREATE INDEX ix_event_host_organisation_id ON public.event_host USING btree (organisation_id);
CREATE INDEX ix_fund_parent_id ON public.fund USING btree (parent_id);
CREATE INDEX ix_participant_organisation_id ON public.participant USING btree (organisation_id);
CREATE INDEX ix_status_update_corrected_by_id ON public.status_update USING btree (corrected_by_id) WHERE (corrected_by_id IS NOT NULL);
CREATE INDEX ix_status_update_latest ON public.status_update USING btree (commitment_id, effective_on, recorded_at, key);
CREATE INDEX ix_strategy_publisher_id ON public.strategy USING btree (publisher_id);
CREATE INDEX ix_theme_strategy_id ON public.theme USING btree (strategy_id);
CREATE INDEX ix_token_organisation_id ON public.token USING btree (organisation_id);
CREATE TRIGGER change_kept BEFORE DELETE OR UPDATE ON public.change FOR EACH ROW EXECUTE FUNCTION public.is_kept('The log of changes is never edited.');
CREATE TRIGGER change_node_kept BEFORE DELETE OR UPDATE ON public.change_node FOR EACH ROW EXECUTE FUNCTION public.is_kept('The log of changes is never edited.');
CREATE TRIGGER change_node_late BEFORE INSERT ON public.change_node FOR EACH ROW EXECUTE FUNCTION public.is_late();
CREATE TRIGGER change_node_not_emptied BEFORE TRUNCATE ON public.change_node FOR EACH STATEMENT EXECUTE FUNCTION public.is_kept('The log of changes is never edited.');
CREATE TRIGGER change_not_emptied BEFORE TRUNCATE ON public.change FOR EACH STATEMENT EXECUTE FUNCTION public.is_kept('The log of changes is never edited.');
CREATE TRIGGER status_update_corrected BEFORE UPDATE OF corrected_by_id, correction_reason ON public.status_update FOR EACH ROW WHEN ((old.corrected_by_id IS NOT NULL)) EXECUTE FUNCTION public.is_kept('A status update is never edited, only corrected, and that once.');
CREATE TRIGGER status_update_kept BEFORE DELETE OR UPDATE OF key, commitment_id, status, effective_on, "precision", recorded_at, voice, note ON public.status_update FOR EACH ROW EXECUTE FUNCTION public.is_kept('A status update is never edited, only corrected, and that once.');
CREATE TRIGGER status_update_not_emptied BEFORE TRUNCATE ON public.status_update FOR EACH STATEMENT EXECUTE FUNCTION public.is_kept('A status update is never edited, only corrected, and that once.');
ALTER TABLE ONLY public.allocation
    ADD CONSTRAINT fk_allocation_fund_id_fund FOREIGN KEY (fund_id) REFERENCES public.fund(id);
ALTER TABLE ONLY public.allocation
    ADD CONSTRAINT fk_allocation_recipient_id_organisation FOREIGN KEY (recipient_id) REFERENCES public.organisation(id);
ALTER TABLE ONLY public.amount_statement
    ADD CONSTRAINT fk_amount_statement_fund_id_fund FOREIGN KEY (fund_id) REFERENCES public.fund(id);
ALTER TABLE ONLY public.change_node
    ADD CONSTRAINT fk_change_node_revision_change FOREIGN KEY (revision) REFERENCES public.change(revision);
ALTER TABLE ONLY public.citation
    ADD CONSTRAINT fk_citation_allocation_id_allocation FOREIGN KEY (allocation_id) REFERENCES public.allocation(id);
ALTER TABLE ONLY public.citation
    ADD CONSTRAINT fk_citation_amount_statement_id_amount_statement FOREIGN KEY (amount_statement_id) REFERENCES public.amount_statement(id);
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
