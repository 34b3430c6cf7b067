-- Documents of a case (Features/Documents). A document is a fact with a file: what it is called is the fact's value, so it is
-- disclosed, withdrawn and destroyed with it. Its bytes lie here in sealed pieces: one backup, one transaction, every node.

-- state: kept (nobody scans), waiting (not scanned yet), clean, refused (its bytes are gone). key_version: what its pieces are sealed under.
CREATE TABLE document (
    id bigint NOT NULL CONSTRAINT pk_document PRIMARY KEY,
    case_id bigint NOT NULL CONSTRAINT fk_document_case REFERENCES case_file (id),
    fact_id bigint NOT NULL CONSTRAINT fk_document_fact REFERENCES fact (id),
    type varchar(8) {bin} NOT NULL,
    size bigint NOT NULL,
    pieces int NOT NULL,
    key_version int NOT NULL,
    state varchar(8) {bin} NOT NULL CONSTRAINT ck_document_state CHECK (state IN ('kept', 'waiting', 'clean', 'refused')),
    tries int NOT NULL DEFAULT 0,
    next_scan_at datetime2(3) NULL,
    version int NOT NULL
);

CREATE UNIQUE INDEX ux_document_fact ON document (fact_id);
CREATE INDEX ix_document_case ON document (case_id, id);
CREATE INDEX ix_document_to_scan ON document (next_scan_at, id) WHERE state = 'waiting';
CREATE INDEX ix_document_key ON document (key_version, id) WHERE pieces > 0;

CREATE TABLE document_piece (
    document_id bigint NOT NULL CONSTRAINT fk_document_piece_document REFERENCES document (id),
    n int NOT NULL,
    bytes {bytes} NOT NULL,
    CONSTRAINT pk_document_piece PRIMARY KEY (document_id, n)
);
