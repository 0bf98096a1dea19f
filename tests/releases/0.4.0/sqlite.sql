BEGIN TRANSACTION;
CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
INSERT INTO "alembic_version" VALUES('0003');
CREATE TABLE allocation (
	seeded BOOLEAN NOT NULL, 
	id INTEGER NOT NULL, 
	"key" VARCHAR NOT NULL, 
	fund_id INTEGER NOT NULL, 
	recipient_id INTEGER NOT NULL, 
	amount BIGINT, 
	currency VARCHAR NOT NULL, 
	bound VARCHAR(32), 
	period VARCHAR, 
	note VARCHAR, 
	CONSTRAINT pk_allocation PRIMARY KEY (id), 
	CONSTRAINT ck_allocation_money CHECK ((amount IS NULL AND bound IS NULL) OR (amount IS NOT NULL AND bound IS NOT NULL)), 
	CONSTRAINT ck_allocation_amount CHECK (amount > 0), 
	CONSTRAINT fk_allocation_fund_id_fund FOREIGN KEY(fund_id) REFERENCES fund (id), 
	CONSTRAINT fk_allocation_recipient_id_organisation FOREIGN KEY(recipient_id) REFERENCES organisation (id), 
	CONSTRAINT uq_allocation_fund_id_recipient_id UNIQUE (fund_id, recipient_id), 
	CONSTRAINT uq_allocation_key UNIQUE ("key"), 
	CONSTRAINT ck_allocation_bound CHECK (bound IN ('EXACT', 'ABOUT', 'AT_LEAST', 'UP_TO'))
);
INSERT INTO "allocation" VALUES(1,1,'dredging-south/river-trust',2,2,NULL,'GBP',NULL,NULL,'Sum not read.');
INSERT INTO "allocation" VALUES(1,2,'dredging/river-trust',1,2,125000000,'GBP','EXACT','2030/31',NULL);
CREATE TABLE amount_statement (
	seeded BOOLEAN NOT NULL, 
	id INTEGER NOT NULL, 
	"key" VARCHAR NOT NULL, 
	fund_id INTEGER NOT NULL, 
	kind VARCHAR(32) NOT NULL, 
	amount BIGINT NOT NULL, 
	currency VARCHAR NOT NULL, 
	bound VARCHAR(32) NOT NULL, 
	stated_on DATE, 
	precision VARCHAR(32), 
	CONSTRAINT pk_amount_statement PRIMARY KEY (id), 
	CONSTRAINT ck_amount_statement_dated CHECK ((stated_on IS NULL AND precision IS NULL) OR (stated_on IS NOT NULL AND precision IS NOT NULL)), 
	CONSTRAINT ck_amount_statement_amount CHECK (amount > 0), 
	CONSTRAINT fk_amount_statement_fund_id_fund FOREIGN KEY(fund_id) REFERENCES fund (id), 
	CONSTRAINT uq_amount_statement_key UNIQUE ("key"), 
	CONSTRAINT ck_amount_statement_amount_kind CHECK (kind IN ('ANNOUNCED', 'INCREASED', 'RESTATED', 'ALLOCATED')), 
	CONSTRAINT ck_amount_statement_bound CHECK (bound IN ('EXACT', 'ABOUT', 'AT_LEAST', 'UP_TO')), 
	CONSTRAINT ck_amount_statement_date_precision CHECK (precision IN ('DAY', 'MONTH', 'YEAR'))
);
INSERT INTO "amount_statement" VALUES(1,1,'2969dafe1cfbb3d4f50f',1,'ANNOUNCED',250000000,'GBP','UP_TO','2030-02-28','MONTH');
INSERT INTO "amount_statement" VALUES(1,2,'c5963a48aa040eb0582a',1,'RESTATED',240000050,'GBP','ABOUT',NULL,NULL);
CREATE TABLE change (
	revision INTEGER NOT NULL, 
	recorded_at DATETIME NOT NULL, 
	actor VARCHAR NOT NULL, 
	action VARCHAR(32) NOT NULL, 
	summary VARCHAR NOT NULL, 
	subject_type VARCHAR NOT NULL, 
	subject_key VARCHAR NOT NULL, 
	edits JSON NOT NULL, 
	CONSTRAINT pk_change PRIMARY KEY (revision), 
	CONSTRAINT ck_change_change_action CHECK (action IN ('IMPORTED', 'RECORDED', 'CORRECTED', 'IDENTIFIED', 'ADDED', 'STATED', 'ALLOCATED', 'LINKED', 'UNLINKED', 'OPENED', 'SETTLED'))
);
INSERT INTO "change" VALUES(1,'2031-05-01 09:30:00.000000','import','IMPORTED','Imported: 52 rows added.','Strategy','harbour-strategy','[]');
INSERT INTO "change" VALUES(2,'2031-05-02 09:30:00.000000','Ed Itor','RECORDED','H-1: Delivered on 2031-04-30 (Parliament), by evidence-2031.','Commitment','H-1','[{"record": "StatusUpdate 8317760542e7176c5579", "field": "commitment", "before": null, "after": "H-1"}, {"record": "StatusUpdate 8317760542e7176c5579", "field": "status", "before": null, "after": "DELIVERED"}, {"record": "StatusUpdate 8317760542e7176c5579", "field": "effective_on", "before": null, "after": "2031-04-30"}, {"record": "StatusUpdate 8317760542e7176c5579", "field": "precision", "before": null, "after": "DAY"}, {"record": "StatusUpdate 8317760542e7176c5579", "field": "recorded_at", "before": null, "after": "2031-05-02T09:30:00Z"}, {"record": "StatusUpdate 8317760542e7176c5579", "field": "voice", "before": null, "after": "PARLIAMENT"}, {"record": "StatusUpdate 8317760542e7176c5579", "field": "note", "before": null, "after": "The channel is three metres deep."}, {"record": "Document evidence-2031", "field": "slug", "before": null, "after": "evidence-2031"}, {"record": "Document evidence-2031", "field": "title", "before": null, "after": "Oral evidence"}, {"record": "Document evidence-2031", "field": "publisher", "before": null, "after": "river-trust"}, {"record": "Document evidence-2031", "field": "published_on", "before": null, "after": "2031-05-01"}, {"record": "Document evidence-2031", "field": "url", "before": null, "after": "https://example.org/evidence"}, {"record": "Document evidence-2031", "field": "kind", "before": null, "after": "RECORD"}, {"record": "Citation f7ccc05b352638359558", "field": "document", "before": null, "after": "evidence-2031"}, {"record": "Citation f7ccc05b352638359558", "field": "status_update", "before": null, "after": "8317760542e7176c5579"}]');
INSERT INTO "change" VALUES(3,'2031-05-02 09:30:00.000001','Ed Itor','CORRECTED','H-1: In progress on 2031-04-30 (Parliament), by evidence-2031, in place of Delivered on 2031-04-30 (Parliament): The depth was misheard.','Commitment','H-1','[{"record": "StatusUpdate 4c123a5d0e497ac33927", "field": "commitment", "before": null, "after": "H-1"}, {"record": "StatusUpdate 4c123a5d0e497ac33927", "field": "status", "before": null, "after": "IN_PROGRESS"}, {"record": "StatusUpdate 4c123a5d0e497ac33927", "field": "effective_on", "before": null, "after": "2031-04-30"}, {"record": "StatusUpdate 4c123a5d0e497ac33927", "field": "precision", "before": null, "after": "DAY"}, {"record": "StatusUpdate 4c123a5d0e497ac33927", "field": "recorded_at", "before": null, "after": "2031-05-02T09:30:00.000001Z"}, {"record": "StatusUpdate 4c123a5d0e497ac33927", "field": "voice", "before": null, "after": "PARLIAMENT"}, {"record": "StatusUpdate 4c123a5d0e497ac33927", "field": "note", "before": null, "after": "The channel is two metres deep."}, {"record": "Citation 8560ce2f2e849aace9ba", "field": "document", "before": null, "after": "evidence-2031"}, {"record": "Citation 8560ce2f2e849aace9ba", "field": "status_update", "before": null, "after": "4c123a5d0e497ac33927"}, {"record": "StatusUpdate 8317760542e7176c5579", "field": "corrected_by", "before": null, "after": "4c123a5d0e497ac33927"}, {"record": "StatusUpdate 8317760542e7176c5579", "field": "correction_reason", "before": null, "after": "The depth was misheard."}]');
INSERT INTO "change" VALUES(4,'2031-05-02 09:30:00.000002','Ed Itor','ADDED','The event regatta: Regatta on 2031-04-29, by evidence-2031.','Event','regatta','[{"record": "Event regatta", "field": "slug", "before": null, "after": "regatta"}, {"record": "Event regatta", "field": "title", "before": null, "after": "Regatta"}, {"record": "Event regatta", "field": "kind", "before": null, "after": "LAUNCH"}, {"record": "Event regatta", "field": "held_on", "before": null, "after": "2031-04-29"}, {"record": "Event regatta", "field": "precision", "before": null, "after": "DAY"}, {"record": "EventHost regatta/harbour-board", "field": "event", "before": null, "after": "regatta"}, {"record": "EventHost regatta/harbour-board", "field": "organisation", "before": null, "after": "harbour-board"}, {"record": "EventHost regatta/harbour-board", "field": "position", "before": null, "after": "1"}, {"record": "Participant regatta/1", "field": "event", "before": null, "after": "regatta"}, {"record": "Participant regatta/1", "field": "position", "before": null, "after": "1"}, {"record": "Participant regatta/1", "field": "name", "before": null, "after": "A. Pilot"}, {"record": "CommitmentEvent H-2/regatta", "field": "commitment", "before": null, "after": "H-2"}, {"record": "CommitmentEvent H-2/regatta", "field": "event", "before": null, "after": "regatta"}, {"record": "Citation 0c5dd770cc2750ab1215", "field": "document", "before": null, "after": "evidence-2031"}, {"record": "Citation 0c5dd770cc2750ab1215", "field": "event", "before": null, "after": "regatta"}]');
CREATE TABLE change_node (
	revision INTEGER NOT NULL, 
	type VARCHAR NOT NULL, 
	"key" VARCHAR NOT NULL, 
	CONSTRAINT pk_change_node PRIMARY KEY (revision, type, "key"), 
	CONSTRAINT fk_change_node_revision_change FOREIGN KEY(revision) REFERENCES change (revision)
);
INSERT INTO "change_node" VALUES(1,'Strategy','harbour-strategy');
INSERT INTO "change_node" VALUES(1,'Organisation','harbour-board');
INSERT INTO "change_node" VALUES(1,'Organisation','river-trust');
INSERT INTO "change_node" VALUES(1,'Organisation','daily-tide');
INSERT INTO "change_node" VALUES(1,'Document','harbour-notice');
INSERT INTO "change_node" VALUES(1,'Document','tide-2030');
INSERT INTO "change_node" VALUES(1,'Theme','water');
INSERT INTO "change_node" VALUES(1,'Theme','land');
INSERT INTO "change_node" VALUES(1,'Commitment','H-1');
INSERT INTO "change_node" VALUES(1,'Commitment','H-2');
INSERT INTO "change_node" VALUES(1,'Commitment','H-3');
INSERT INTO "change_node" VALUES(1,'Commitment','L-1');
INSERT INTO "change_node" VALUES(1,'Fund','dredging');
INSERT INTO "change_node" VALUES(1,'Fund','dredging-south');
INSERT INTO "change_node" VALUES(1,'Event','first-dredger');
INSERT INTO "change_node" VALUES(1,'Event','pier-party');
INSERT INTO "change_node" VALUES(1,'Discrepancy','dredging-sum');
INSERT INTO "change_node" VALUES(2,'Commitment','H-1');
INSERT INTO "change_node" VALUES(2,'Document','evidence-2031');
INSERT INTO "change_node" VALUES(3,'Commitment','H-1');
INSERT INTO "change_node" VALUES(3,'Document','evidence-2031');
INSERT INTO "change_node" VALUES(4,'Event','regatta');
INSERT INTO "change_node" VALUES(4,'Commitment','H-2');
CREATE TABLE citation (
	seeded BOOLEAN NOT NULL, 
	id INTEGER NOT NULL, 
	"key" VARCHAR NOT NULL, 
	document_id INTEGER NOT NULL, 
	paragraph INTEGER, 
	figures JSON NOT NULL, 
	note VARCHAR, 
	strategy_id INTEGER, 
	commitment_id INTEGER, 
	status_update_id INTEGER, 
	fund_id INTEGER, 
	amount_statement_id INTEGER, 
	allocation_id INTEGER, 
	event_id INTEGER, 
	CONSTRAINT pk_citation PRIMARY KEY (id), 
	CONSTRAINT ck_citation_one_subject CHECK (CASE WHEN strategy_id IS NULL THEN 0 ELSE 1 END + CASE WHEN commitment_id IS NULL THEN 0 ELSE 1 END + CASE WHEN status_update_id IS NULL THEN 0 ELSE 1 END + CASE WHEN fund_id IS NULL THEN 0 ELSE 1 END + CASE WHEN amount_statement_id IS NULL THEN 0 ELSE 1 END + CASE WHEN allocation_id IS NULL THEN 0 ELSE 1 END + CASE WHEN event_id IS NULL THEN 0 ELSE 1 END = 1), 
	CONSTRAINT ck_citation_paragraph CHECK (paragraph >= 1), 
	CONSTRAINT fk_citation_allocation_id_allocation FOREIGN KEY(allocation_id) REFERENCES allocation (id), 
	CONSTRAINT fk_citation_amount_statement_id_amount_statement FOREIGN KEY(amount_statement_id) REFERENCES amount_statement (id), 
	CONSTRAINT fk_citation_commitment_id_commitment FOREIGN KEY(commitment_id) REFERENCES commitment (id), 
	CONSTRAINT fk_citation_document_id_document FOREIGN KEY(document_id) REFERENCES document (id), 
	CONSTRAINT fk_citation_event_id_event FOREIGN KEY(event_id) REFERENCES event (id), 
	CONSTRAINT fk_citation_fund_id_fund FOREIGN KEY(fund_id) REFERENCES fund (id), 
	CONSTRAINT fk_citation_status_update_id_status_update FOREIGN KEY(status_update_id) REFERENCES status_update (id), 
	CONSTRAINT fk_citation_strategy_id_strategy FOREIGN KEY(strategy_id) REFERENCES strategy (id), 
	CONSTRAINT uq_citation_allocation_id UNIQUE (allocation_id), 
	CONSTRAINT uq_citation_amount_statement_id UNIQUE (amount_statement_id), 
	CONSTRAINT uq_citation_key UNIQUE ("key"), 
	CONSTRAINT uq_citation_status_update_id UNIQUE (status_update_id)
);
INSERT INTO "citation" VALUES(1,1,'bf926803cf29d46ca9ee',1,1,'["three promises"]',NULL,1,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "citation" VALUES(1,2,'e6e90a38e1a6c2d2be10',1,2,'["\u00a32.5 million", "May"]',NULL,NULL,1,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "citation" VALUES(1,3,'a8c3bf70c2e150fa289f',2,NULL,'[]','Lists it.',NULL,2,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "citation" VALUES(1,4,'6d65cb7c6bffeb38286b',2,NULL,'[]',NULL,NULL,4,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "citation" VALUES(1,5,'dd9c7d7b9beea9504c3d',1,2,'[]',NULL,NULL,NULL,1,NULL,NULL,NULL,NULL);
INSERT INTO "citation" VALUES(1,6,'f4fc8a001ba41fd48468',2,NULL,'[]',NULL,NULL,NULL,2,NULL,NULL,NULL,NULL);
INSERT INTO "citation" VALUES(1,7,'802db8583d7b6a299cf3',2,NULL,'[]',NULL,NULL,NULL,3,NULL,NULL,NULL,NULL);
INSERT INTO "citation" VALUES(1,8,'897312a156aac6b13b8a',2,NULL,'[]',NULL,NULL,NULL,NULL,1,NULL,NULL,NULL);
INSERT INTO "citation" VALUES(1,9,'0c2950730e086e24ab2f',1,2,'["\u00a32.5 million"]',NULL,NULL,NULL,NULL,NULL,1,NULL,NULL);
INSERT INTO "citation" VALUES(1,10,'099182e3ab0bd14c8705',2,NULL,'[]',NULL,NULL,NULL,NULL,NULL,2,NULL,NULL);
INSERT INTO "citation" VALUES(1,11,'0ce377e3e8f64cd62f12',2,NULL,'[]',NULL,NULL,NULL,NULL,NULL,NULL,1,NULL);
INSERT INTO "citation" VALUES(1,12,'683f3e81ebfbba4f7fd9',2,NULL,'[]',NULL,NULL,NULL,NULL,NULL,NULL,2,NULL);
INSERT INTO "citation" VALUES(1,13,'efe58051e0582ab481a8',2,NULL,'[]',NULL,NULL,NULL,NULL,NULL,NULL,NULL,1);
INSERT INTO "citation" VALUES(1,14,'cc2552908ea70e6bc6ec',2,NULL,'[]',NULL,NULL,NULL,NULL,NULL,NULL,NULL,2);
INSERT INTO "citation" VALUES(0,15,'f7ccc05b352638359558',3,NULL,'[]',NULL,NULL,NULL,5,NULL,NULL,NULL,NULL);
INSERT INTO "citation" VALUES(0,16,'8560ce2f2e849aace9ba',3,NULL,'[]',NULL,NULL,NULL,6,NULL,NULL,NULL,NULL);
INSERT INTO "citation" VALUES(0,17,'0c5dd770cc2750ab1215',3,NULL,'[]',NULL,NULL,NULL,NULL,NULL,NULL,NULL,3);
CREATE TABLE claim (
	seeded BOOLEAN NOT NULL, 
	id INTEGER NOT NULL, 
	discrepancy_id INTEGER NOT NULL, 
	position INTEGER NOT NULL, 
	document_id INTEGER NOT NULL, 
	paragraph INTEGER, 
	says VARCHAR NOT NULL, 
	figures JSON NOT NULL, 
	CONSTRAINT pk_claim PRIMARY KEY (id), 
	CONSTRAINT ck_claim_paragraph CHECK (paragraph >= 1), 
	CONSTRAINT fk_claim_discrepancy_id_discrepancy FOREIGN KEY(discrepancy_id) REFERENCES discrepancy (id), 
	CONSTRAINT fk_claim_document_id_document FOREIGN KEY(document_id) REFERENCES document (id), 
	CONSTRAINT uq_claim_discrepancy_id_position UNIQUE (discrepancy_id, position)
);
INSERT INTO "claim" VALUES(1,1,1,1,1,2,'£2.5m','["\u00a32.5 million"]');
INSERT INTO "claim" VALUES(1,2,1,2,2,NULL,'about £2.4m','[]');
CREATE TABLE commitment (
	seeded BOOLEAN NOT NULL, 
	id INTEGER NOT NULL, 
	ref VARCHAR NOT NULL, 
	origin VARCHAR(32) NOT NULL, 
	identified BOOLEAN NOT NULL, 
	slug VARCHAR, 
	title VARCHAR, 
	summary VARCHAR, 
	theme_id INTEGER, 
	confidence VARCHAR(32), sort_text VARCHAR DEFAULT '' NOT NULL, search_text VARCHAR DEFAULT '' NOT NULL, 
	CONSTRAINT pk_commitment PRIMARY KEY (id), 
	CONSTRAINT ck_commitment_identified_or_silent CHECK ((identified AND slug IS NOT NULL AND theme_id IS NOT NULL AND title IS NOT NULL AND summary IS NOT NULL AND confidence IS NOT NULL) OR (NOT identified AND slug IS NULL AND theme_id IS NULL AND title IS NULL AND summary IS NULL AND confidence IS NULL)), 
	CONSTRAINT fk_commitment_theme_id_theme FOREIGN KEY(theme_id) REFERENCES theme (id), 
	CONSTRAINT uq_commitment_ref UNIQUE (ref), 
	CONSTRAINT uq_commitment_slug UNIQUE (slug), 
	CONSTRAINT ck_commitment_commitment_origin CHECK (origin IN ('STRATEGY', 'LATER')), 
	CONSTRAINT ck_commitment_confidence CHECK (confidence IN ('HIGH', 'MEDIUM', 'LOW'))
);
INSERT INTO "commitment" VALUES(1,1,'H-1','STRATEGY',1,'dredging','Dredge the channel','To a depth that no source gives.',1,'HIGH','dredge the channel','dredge the channel to a depth that no source gives.');
INSERT INTO "commitment" VALUES(1,2,'H-2','STRATEGY',1,'ferry','Keep the ferry','Every day but Sunday.',2,'LOW','keep the ferry','keep the ferry every day but sunday.');
INSERT INTO "commitment" VALUES(1,3,'H-3','STRATEGY',0,NULL,NULL,NULL,NULL,NULL,'','');
INSERT INTO "commitment" VALUES(1,4,'L-1','LATER',1,'lights','Light the pier','Announced a year on.',1,'MEDIUM','light the pier','light the pier announced a year on.');
CREATE TABLE commitment_event (
	seeded BOOLEAN NOT NULL, 
	commitment_id INTEGER NOT NULL, 
	event_id INTEGER NOT NULL, 
	CONSTRAINT pk_commitment_event PRIMARY KEY (commitment_id, event_id), 
	CONSTRAINT fk_commitment_event_commitment_id_commitment FOREIGN KEY(commitment_id) REFERENCES commitment (id), 
	CONSTRAINT fk_commitment_event_event_id_event FOREIGN KEY(event_id) REFERENCES event (id)
);
INSERT INTO "commitment_event" VALUES(1,1,1);
INSERT INTO "commitment_event" VALUES(0,2,3);
CREATE TABLE commitment_fund (
	seeded BOOLEAN NOT NULL, 
	commitment_id INTEGER NOT NULL, 
	fund_id INTEGER NOT NULL, 
	CONSTRAINT pk_commitment_fund PRIMARY KEY (commitment_id, fund_id), 
	CONSTRAINT fk_commitment_fund_commitment_id_commitment FOREIGN KEY(commitment_id) REFERENCES commitment (id), 
	CONSTRAINT fk_commitment_fund_fund_id_fund FOREIGN KEY(fund_id) REFERENCES fund (id)
);
INSERT INTO "commitment_fund" VALUES(1,1,1);
CREATE TABLE commitment_lead (
	seeded BOOLEAN NOT NULL, 
	commitment_id INTEGER NOT NULL, 
	organisation_id INTEGER NOT NULL, 
	position INTEGER NOT NULL, 
	CONSTRAINT pk_commitment_lead PRIMARY KEY (commitment_id, organisation_id), 
	CONSTRAINT fk_commitment_lead_commitment_id_commitment FOREIGN KEY(commitment_id) REFERENCES commitment (id), 
	CONSTRAINT fk_commitment_lead_organisation_id_organisation FOREIGN KEY(organisation_id) REFERENCES organisation (id)
);
INSERT INTO "commitment_lead" VALUES(1,1,1,1);
INSERT INTO "commitment_lead" VALUES(1,1,2,2);
INSERT INTO "commitment_lead" VALUES(1,2,1,1);
CREATE TABLE "dataset" (
	id INTEGER NOT NULL, 
	revision INTEGER NOT NULL, 
	updated_at DATETIME NOT NULL, 
	licence VARCHAR NOT NULL, 
	attribution VARCHAR NOT NULL, 
	recorded_at DATETIME NOT NULL, 
	CONSTRAINT pk_dataset PRIMARY KEY (id), 
	CONSTRAINT ck_dataset_one_row CHECK (id = 1)
);
INSERT INTO "dataset" VALUES(1,4,'2031-05-02 09:30:00.000002','CC BY 4.0','The harbour watchers.','2031-04-01 11:00:00.000000');
CREATE TABLE discrepancy (
	seeded BOOLEAN NOT NULL, 
	id INTEGER NOT NULL, 
	slug VARCHAR NOT NULL, 
	kind VARCHAR(32) NOT NULL, 
	question VARCHAR NOT NULL, 
	state VARCHAR(32) NOT NULL, 
	explanation VARCHAR, 
	strategy_id INTEGER, 
	commitment_id INTEGER, 
	fund_id INTEGER, 
	event_id INTEGER, 
	CONSTRAINT pk_discrepancy PRIMARY KEY (id), 
	CONSTRAINT ck_discrepancy_one_subject CHECK (CASE WHEN strategy_id IS NULL THEN 0 ELSE 1 END + CASE WHEN commitment_id IS NULL THEN 0 ELSE 1 END + CASE WHEN fund_id IS NULL THEN 0 ELSE 1 END + CASE WHEN event_id IS NULL THEN 0 ELSE 1 END = 1), 
	CONSTRAINT fk_discrepancy_commitment_id_commitment FOREIGN KEY(commitment_id) REFERENCES commitment (id), 
	CONSTRAINT fk_discrepancy_event_id_event FOREIGN KEY(event_id) REFERENCES event (id), 
	CONSTRAINT fk_discrepancy_fund_id_fund FOREIGN KEY(fund_id) REFERENCES fund (id), 
	CONSTRAINT fk_discrepancy_strategy_id_strategy FOREIGN KEY(strategy_id) REFERENCES strategy (id), 
	CONSTRAINT uq_discrepancy_slug UNIQUE (slug), 
	CONSTRAINT ck_discrepancy_discrepancy_kind CHECK (kind IN ('AMOUNT', 'COUNT', 'DATE', 'STATUS', 'SCOPE', 'ATTRIBUTION')), 
	CONSTRAINT ck_discrepancy_discrepancy_state CHECK (state IN ('OPEN', 'EXPLAINED', 'RESOLVED'))
);
INSERT INTO "discrepancy" VALUES(1,1,'dredging-sum','AMOUNT','How much is the dredging money?','OPEN',NULL,NULL,NULL,1,NULL);
CREATE TABLE document (
	seeded BOOLEAN NOT NULL, 
	id INTEGER NOT NULL, 
	slug VARCHAR NOT NULL, 
	title VARCHAR NOT NULL, 
	publisher_id INTEGER, 
	published_on DATE, 
	url VARCHAR, 
	kind VARCHAR(32) NOT NULL, 
	via_id INTEGER, 
	note VARCHAR, file VARCHAR, digests JSON DEFAULT '[]' NOT NULL, sort_text VARCHAR DEFAULT '' NOT NULL, search_text VARCHAR DEFAULT '' NOT NULL, 
	CONSTRAINT pk_document PRIMARY KEY (id), 
	CONSTRAINT fk_document_publisher_id_organisation FOREIGN KEY(publisher_id) REFERENCES organisation (id), 
	CONSTRAINT fk_document_via_id_organisation FOREIGN KEY(via_id) REFERENCES organisation (id), 
	CONSTRAINT uq_document_slug UNIQUE (slug), 
	CONSTRAINT uq_document_url UNIQUE (url), 
	CONSTRAINT ck_document_document_kind CHECK (kind IN ('SEED', 'RECORD'))
);
INSERT INTO "document" VALUES(1,1,'harbour-notice','Notice on the strategy',1,'2030-02-01',NULL,'SEED',NULL,NULL,'notice.txt','["171bd4c0084a8b97", "d74f2214e25163d9", "3b983fc0c163069c", "e730c7ff46854d7b"]','notice on the strategy','notice on the strategy');
INSERT INTO "document" VALUES(1,2,'tide-2030','What became of the ferry',3,NULL,'https://tide.example/ferry','RECORD',NULL,'Undated.',NULL,'[]','what became of the ferry','what became of the ferry undated.');
INSERT INTO "document" VALUES(0,3,'evidence-2031','Oral evidence',2,'2031-05-01','https://example.org/evidence','RECORD',NULL,NULL,NULL,'[]','oral evidence','oral evidence');
CREATE TABLE event (
	seeded BOOLEAN NOT NULL, 
	id INTEGER NOT NULL, 
	slug VARCHAR NOT NULL, 
	title VARCHAR NOT NULL, 
	kind VARCHAR(32) NOT NULL, 
	held_on DATE, 
	precision VARCHAR(32), 
	date_note VARCHAR, 
	series VARCHAR, 
	venue VARCHAR, 
	place VARCHAR, 
	region VARCHAR, 
	attendance_at_least INTEGER, 
	sectors JSON NOT NULL, 
	topics JSON NOT NULL, sort_text VARCHAR DEFAULT '' NOT NULL, search_text VARCHAR DEFAULT '' NOT NULL, 
	CONSTRAINT pk_event PRIMARY KEY (id), 
	CONSTRAINT ck_event_dated CHECK ((held_on IS NULL AND precision IS NULL) OR (held_on IS NOT NULL AND precision IS NOT NULL)), 
	CONSTRAINT ck_event_attendance_at_least CHECK (attendance_at_least > 0), 
	CONSTRAINT ck_event_date_or_reason CHECK (held_on IS NOT NULL OR date_note IS NOT NULL), 
	CONSTRAINT uq_event_slug UNIQUE (slug), 
	CONSTRAINT ck_event_event_kind CHECK (kind IN ('ENGAGEMENT', 'MEETING', 'SUMMIT', 'LAUNCH', 'CONSULTATION', 'LEGISLATION', 'PUBLICATION', 'ANNOUNCEMENT', 'OTHER')), 
	CONSTRAINT ck_event_date_precision CHECK (precision IN ('DAY', 'MONTH', 'YEAR'))
);
INSERT INTO "event" VALUES(1,1,'first-dredger','First dredger arrives','LAUNCH','2030-05-31','MONTH',NULL,NULL,NULL,'North bank',NULL,40,'["shipping"]','["dredging"]','first dredger arrives','first dredger arrives north bank');
INSERT INTO "event" VALUES(1,2,'pier-party','Pier party','OTHER',NULL,NULL,'No source says when.',NULL,NULL,NULL,NULL,NULL,'[]','[]','pier party','pier party');
INSERT INTO "event" VALUES(0,3,'regatta','Regatta','LAUNCH','2031-04-29','DAY',NULL,NULL,NULL,NULL,NULL,NULL,'[]','[]','regatta','regatta');
CREATE TABLE event_fund (
	seeded BOOLEAN NOT NULL, 
	event_id INTEGER NOT NULL, 
	fund_id INTEGER NOT NULL, 
	CONSTRAINT pk_event_fund PRIMARY KEY (event_id, fund_id), 
	CONSTRAINT fk_event_fund_event_id_event FOREIGN KEY(event_id) REFERENCES event (id), 
	CONSTRAINT fk_event_fund_fund_id_fund FOREIGN KEY(fund_id) REFERENCES fund (id)
);
INSERT INTO "event_fund" VALUES(1,1,1);
CREATE TABLE event_host (
	seeded BOOLEAN NOT NULL, 
	event_id INTEGER NOT NULL, 
	organisation_id INTEGER NOT NULL, 
	position INTEGER NOT NULL, 
	CONSTRAINT pk_event_host PRIMARY KEY (event_id, organisation_id), 
	CONSTRAINT fk_event_host_event_id_event FOREIGN KEY(event_id) REFERENCES event (id), 
	CONSTRAINT fk_event_host_organisation_id_organisation FOREIGN KEY(organisation_id) REFERENCES organisation (id)
);
INSERT INTO "event_host" VALUES(1,1,1,1);
INSERT INTO "event_host" VALUES(1,1,2,2);
INSERT INTO "event_host" VALUES(0,3,1,1);
CREATE TABLE fund (
	seeded BOOLEAN NOT NULL, 
	id INTEGER NOT NULL, 
	slug VARCHAR NOT NULL, 
	name VARCHAR NOT NULL, 
	period VARCHAR, 
	parent_id INTEGER, 
	note VARCHAR, sort_text VARCHAR DEFAULT '' NOT NULL, search_text VARCHAR DEFAULT '' NOT NULL, 
	CONSTRAINT pk_fund PRIMARY KEY (id), 
	CONSTRAINT ck_fund_not_its_own_parent CHECK (parent_id <> id), 
	CONSTRAINT fk_fund_parent_id_fund FOREIGN KEY(parent_id) REFERENCES fund (id), 
	CONSTRAINT uq_fund_slug UNIQUE (slug)
);
INSERT INTO "fund" VALUES(1,1,'dredging','Dredging money','2030/31',NULL,'Half of it is not itemised.','dredging money','dredging money half of it is not itemised.');
INSERT INTO "fund" VALUES(1,2,'dredging-south','Dredging, south bank',NULL,1,NULL,'dredging, south bank','dredging, south bank');
CREATE TABLE organisation (
	seeded BOOLEAN NOT NULL, 
	id INTEGER NOT NULL, 
	slug VARCHAR NOT NULL, 
	name VARCHAR NOT NULL, 
	kind VARCHAR(32) NOT NULL, sort_text VARCHAR DEFAULT '' NOT NULL, search_text VARCHAR DEFAULT '' NOT NULL, 
	CONSTRAINT pk_organisation PRIMARY KEY (id), 
	CONSTRAINT uq_organisation_name UNIQUE (name), 
	CONSTRAINT uq_organisation_slug UNIQUE (slug), 
	CONSTRAINT ck_organisation_organisation_kind CHECK (kind IN ('GOVERNMENT_DEPARTMENT', 'AGENCY', 'POLICE_FORCE', 'POLICE_AND_CRIME_COMMISSIONER', 'LOCAL_GOVERNMENT', 'HEALTH', 'CHARITY', 'INSPECTORATE', 'PARLIAMENT', 'PARTNERSHIP', 'MEDIA', 'OTHER'))
);
INSERT INTO "organisation" VALUES(1,1,'harbour-board','Harbour Board','AGENCY','harbour board','harbour board');
INSERT INTO "organisation" VALUES(1,2,'river-trust','River Trust','CHARITY','river trust','river trust');
INSERT INTO "organisation" VALUES(1,3,'daily-tide','The Daily Tide','MEDIA','the daily tide','the daily tide');
CREATE TABLE participant (
	seeded BOOLEAN NOT NULL, 
	id INTEGER NOT NULL, 
	event_id INTEGER NOT NULL, 
	position INTEGER NOT NULL, 
	name VARCHAR NOT NULL, 
	role VARCHAR, 
	organisation_id INTEGER, 
	CONSTRAINT pk_participant PRIMARY KEY (id), 
	CONSTRAINT fk_participant_event_id_event FOREIGN KEY(event_id) REFERENCES event (id), 
	CONSTRAINT fk_participant_organisation_id_organisation FOREIGN KEY(organisation_id) REFERENCES organisation (id), 
	CONSTRAINT uq_participant_event_id_position UNIQUE (event_id, position)
);
INSERT INTO "participant" VALUES(1,1,1,1,'Ann Onymous','Chair',1);
INSERT INTO "participant" VALUES(1,2,1,2,'Pat Pilot',NULL,NULL);
INSERT INTO "participant" VALUES(0,3,3,1,'A. Pilot',NULL,NULL);
CREATE TABLE status_update (
	seeded BOOLEAN NOT NULL, 
	id INTEGER NOT NULL, 
	"key" VARCHAR NOT NULL, 
	commitment_id INTEGER NOT NULL, 
	status VARCHAR(32) NOT NULL, 
	effective_on DATE NOT NULL, 
	precision VARCHAR(32) NOT NULL, 
	recorded_at DATETIME NOT NULL, 
	voice VARCHAR(32) NOT NULL, 
	note VARCHAR NOT NULL, 
	corrected_by_id INTEGER, 
	correction_reason VARCHAR, 
	CONSTRAINT pk_status_update PRIMARY KEY (id), 
	CONSTRAINT ck_status_update_assessed CHECK (status <> 'NOT_ASSESSED'), 
	CONSTRAINT ck_status_update_correction CHECK ((corrected_by_id IS NULL AND correction_reason IS NULL) OR (corrected_by_id IS NOT NULL AND correction_reason IS NOT NULL)), 
	CONSTRAINT fk_status_update_commitment_id_commitment FOREIGN KEY(commitment_id) REFERENCES commitment (id), 
	CONSTRAINT fk_status_update_corrected_by_id_status_update FOREIGN KEY(corrected_by_id) REFERENCES status_update (id), 
	CONSTRAINT uq_status_update_key UNIQUE ("key"), 
	CONSTRAINT ck_status_update_status CHECK (status IN ('NOT_ASSESSED', 'NO_EVIDENCE', 'UNTESTABLE', 'NOT_STARTED', 'ANNOUNCED', 'IN_PROGRESS', 'STALLED', 'PARTIALLY_DELIVERED', 'DELIVERED', 'DISCONTINUED', 'SUPERSEDED', 'ABANDONED')), 
	CONSTRAINT ck_status_update_date_precision CHECK (precision IN ('DAY', 'MONTH', 'YEAR')), 
	CONSTRAINT ck_status_update_voice CHECK (voice IN ('GOVERNMENT', 'PARLIAMENT', 'INSPECTORATE', 'DELIVERY_BODY', 'CIVIL_SOCIETY', 'MEDIA', 'TRACKER'))
);
INSERT INTO "status_update" VALUES(1,1,'b7c4e4b4637a7afe0d2c',1,'ANNOUNCED','2030-02-01','DAY','2031-04-01 11:00:00.000000','GOVERNMENT','Promised.',NULL,NULL);
INSERT INTO "status_update" VALUES(1,2,'2d9cb0ec30939ea1f6f9',1,'IN_PROGRESS','2030-05-31','MONTH','2031-04-01 11:00:00.000000','MEDIA','Dredgers seen.',NULL,NULL);
INSERT INTO "status_update" VALUES(1,3,'8d9d8e68f13593eb361b',4,'DELIVERED','2030-12-31','YEAR','2031-04-20 08:00:00.000000','MEDIA','Lit.',NULL,NULL);
INSERT INTO "status_update" VALUES(1,4,'6642381eeddf2e5900d7',2,'NO_EVIDENCE','2031-03-31','DAY','2031-04-01 11:00:00.000000','TRACKER','Searched: the board''s minutes. Nothing found, which does not say that nothing was done.',NULL,NULL);
INSERT INTO "status_update" VALUES(0,5,'8317760542e7176c5579',1,'DELIVERED','2031-04-30','DAY','2031-05-02 09:30:00.000000','PARLIAMENT','The channel is three metres deep.',6,'The depth was misheard.');
INSERT INTO "status_update" VALUES(0,6,'4c123a5d0e497ac33927',1,'IN_PROGRESS','2031-04-30','DAY','2031-05-02 09:30:00.000001','PARLIAMENT','The channel is two metres deep.',NULL,NULL);
CREATE TABLE strategy (
	seeded BOOLEAN NOT NULL, 
	id INTEGER NOT NULL, 
	slug VARCHAR NOT NULL, 
	title VARCHAR NOT NULL, 
	publisher_id INTEGER NOT NULL, 
	published_on DATE NOT NULL, 
	stated_commitments INTEGER NOT NULL, 
	CONSTRAINT pk_strategy PRIMARY KEY (id), 
	CONSTRAINT ck_strategy_stated_commitments CHECK (stated_commitments > 0), 
	CONSTRAINT fk_strategy_publisher_id_organisation FOREIGN KEY(publisher_id) REFERENCES organisation (id), 
	CONSTRAINT uq_strategy_slug UNIQUE (slug)
);
INSERT INTO "strategy" VALUES(1,1,'harbour-strategy','Harbour Strategy',1,'2030-02-01',3);
CREATE TABLE theme (
	seeded BOOLEAN NOT NULL, 
	id INTEGER NOT NULL, 
	slug VARCHAR NOT NULL, 
	title VARCHAR NOT NULL, 
	position INTEGER NOT NULL, 
	strategy_id INTEGER NOT NULL, 
	CONSTRAINT pk_theme PRIMARY KEY (id), 
	CONSTRAINT fk_theme_strategy_id_strategy FOREIGN KEY(strategy_id) REFERENCES strategy (id), 
	CONSTRAINT uq_theme_slug UNIQUE (slug), 
	CONSTRAINT uq_theme_strategy_id_position UNIQUE (strategy_id, position)
);
INSERT INTO "theme" VALUES(1,1,'water','Water',1,1);
INSERT INTO "theme" VALUES(1,2,'land','Land',2,1);
CREATE TABLE token (
	id INTEGER NOT NULL, 
	digest VARCHAR NOT NULL, 
	name VARCHAR NOT NULL, 
	organisation_id INTEGER, 
	role VARCHAR(32) NOT NULL, 
	voices JSON NOT NULL, 
	created_at DATETIME NOT NULL, 
	expires_at DATETIME, 
	revoked_at DATETIME, 
	CONSTRAINT pk_token PRIMARY KEY (id), 
	CONSTRAINT ck_token_name CHECK (name <> ''), 
	CONSTRAINT fk_token_organisation_id_organisation FOREIGN KEY(organisation_id) REFERENCES organisation (id), 
	CONSTRAINT uq_token_digest UNIQUE (digest), 
	CONSTRAINT ck_token_role CHECK (role IN ('CONTRIBUTOR', 'EDITOR'))
);
INSERT INTO "token" VALUES(1,'434b2d8cfe38a5f400589b066a4eba23d457954bc7a3d1b4bc72ae43e5709f76','Ed Itor',NULL,'EDITOR','["GOVERNMENT", "PARLIAMENT", "INSPECTORATE", "DELIVERY_BODY", "CIVIL_SOCIETY", "MEDIA", "TRACKER"]','2031-05-02 09:30:00.000000',NULL,NULL);
CREATE INDEX ix_event_held_on ON event (held_on);
CREATE INDEX ix_fund_parent_id ON fund (parent_id);
CREATE INDEX ix_allocation_recipient_id ON allocation (recipient_id);
CREATE INDEX ix_amount_statement_fund_id ON amount_statement (fund_id);
CREATE INDEX ix_document_publisher_id ON document (publisher_id);
CREATE INDEX ix_document_via_id ON document (via_id);
CREATE INDEX ix_event_fund_fund_id ON event_fund (fund_id);
CREATE INDEX ix_event_host_organisation_id ON event_host (organisation_id);
CREATE INDEX ix_participant_organisation_id ON participant (organisation_id);
CREATE INDEX ix_strategy_publisher_id ON strategy (publisher_id);
CREATE INDEX ix_theme_strategy_id ON theme (strategy_id);
CREATE INDEX ix_commitment_origin_ref ON commitment (origin, ref);
CREATE INDEX ix_commitment_theme_id ON commitment (theme_id);
CREATE INDEX ix_commitment_event_event_id ON commitment_event (event_id);
CREATE INDEX ix_commitment_fund_fund_id ON commitment_fund (fund_id);
CREATE INDEX ix_commitment_lead_organisation_id ON commitment_lead (organisation_id);
CREATE INDEX ix_discrepancy_commitment_id ON discrepancy (commitment_id);
CREATE INDEX ix_discrepancy_event_id ON discrepancy (event_id);
CREATE INDEX ix_discrepancy_fund_id ON discrepancy (fund_id);
CREATE INDEX ix_discrepancy_strategy_id ON discrepancy (strategy_id);
CREATE INDEX ix_status_update_corrected_by_id ON status_update (corrected_by_id) WHERE corrected_by_id IS NOT NULL;
CREATE INDEX ix_status_update_latest ON status_update (commitment_id, effective_on, recorded_at, "key");
CREATE INDEX ix_citation_commitment_id ON citation (commitment_id);
CREATE INDEX ix_citation_document_id ON citation (document_id);
CREATE INDEX ix_citation_event_id ON citation (event_id);
CREATE INDEX ix_citation_fund_id ON citation (fund_id);
CREATE INDEX ix_citation_strategy_id ON citation (strategy_id);
CREATE INDEX ix_claim_document_id ON claim (document_id);
CREATE INDEX ix_change_action ON change (action);
CREATE INDEX ix_change_recorded_at ON change (recorded_at);
CREATE INDEX ix_change_node_followed ON change_node (type, "key", revision);
CREATE INDEX ix_token_organisation_id ON token (organisation_id);
CREATE TRIGGER change_update BEFORE UPDATE ON change BEGIN SELECT RAISE(ABORT, 'The log of changes is never edited.'); END;
CREATE TRIGGER change_delete BEFORE DELETE ON change BEGIN SELECT RAISE(ABORT, 'The log of changes is never edited.'); END;
CREATE TRIGGER change_insert BEFORE INSERT ON change WHEN EXISTS (SELECT 1 FROM change WHERE revision = NEW.revision) BEGIN SELECT RAISE(ABORT, 'The log of changes is never edited.'); END;
CREATE TRIGGER change_node_update BEFORE UPDATE ON change_node BEGIN SELECT RAISE(ABORT, 'The log of changes is never edited.'); END;
CREATE TRIGGER change_node_delete BEFORE DELETE ON change_node BEGIN SELECT RAISE(ABORT, 'The log of changes is never edited.'); END;
CREATE TRIGGER change_node_insert BEFORE INSERT ON change_node WHEN EXISTS (SELECT 1 FROM change_node WHERE rowid = NEW.rowid OR (revision = NEW.revision AND type = NEW.type AND key = NEW.key)) BEGIN SELECT RAISE(ABORT, 'The log of changes is never edited.'); END;
CREATE TRIGGER change_node_late BEFORE INSERT ON change_node WHEN NEW.revision < (SELECT revision FROM dataset) BEGIN SELECT RAISE(ABORT, 'The log of changes is never edited.'); END;
CREATE TRIGGER status_update_insert BEFORE INSERT ON status_update WHEN EXISTS (SELECT 1 FROM status_update WHERE id = NEW.id OR key = NEW.key) BEGIN SELECT RAISE(ABORT, 'A status update has a unique key, and is never replaced.'); END;
CREATE TRIGGER status_update_delete BEFORE DELETE ON status_update BEGIN SELECT RAISE(ABORT, 'A status update is never edited, only corrected, and that once.'); END;
CREATE TRIGGER status_update_update BEFORE UPDATE OF key, commitment_id, status, effective_on, precision, recorded_at, voice, note ON status_update BEGIN SELECT RAISE(ABORT, 'A status update is never edited, only corrected, and that once.'); END;
CREATE TRIGGER status_update_corrected BEFORE UPDATE OF corrected_by_id, correction_reason ON status_update WHEN (OLD.corrected_by_id IS NOT NULL) BEGIN SELECT RAISE(ABORT, 'A status update is never edited, only corrected, and that once.'); END;
COMMIT;
