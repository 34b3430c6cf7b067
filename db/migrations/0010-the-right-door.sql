-- The right door: what the layers of government do (products), codes that ended, and where a suggestion was wrong.

-- A code that ended keeps its row, because old cases name it; its work goes on at the successor. Days as yyyy-MM-dd.
ALTER TABLE organisation ADD valid_until varchar(10) {bin} NULL;
ALTER TABLE organisation ADD successor_code varchar(20) {bin} NULL CONSTRAINT fk_organisation_successor REFERENCES organisation (code);

CREATE TABLE product (
    code varchar(120) {bin} NOT NULL CONSTRAINT pk_product PRIMARY KEY,
    name nvarchar(200) NOT NULL,
    uri varchar(200) {bin} NOT NULL,
    nationwide int NOT NULL,
    provincial int NOT NULL,
    water_board int NOT NULL,
    municipal int NOT NULL,
    citizen int NOT NULL,
    business int NOT NULL,
    sdg varchar(80) {bin} NULL,
    legal_basis nvarchar(600) NULL,
    carrier varchar(20) {bin} NULL,
    organisation_code varchar(20) {bin} NULL CONSTRAINT fk_product_organisation REFERENCES organisation (code),
    topic_code varchar(40) {bin} NULL CONSTRAINT fk_product_topic REFERENCES topic (code)
);

-- Products that nobody was named for yet: the upkeep screen lists them.
CREATE INDEX ix_product_unmapped ON product (citizen, nationwide, name) WHERE carrier IS NULL;

-- What Loket suggested and what the professional chose instead. Never the question, the case or the person.
CREATE TABLE suggestion_correction (
    id bigint NOT NULL CONSTRAINT pk_suggestion_correction PRIMARY KEY,
    made_at datetime2(3) NOT NULL,
    suggested_kind varchar(20) {bin} NOT NULL,
    suggested_code varchar(120) {bin} NOT NULL,
    suggested_topic varchar(40) {bin} NULL,
    chosen_topic varchar(40) {bin} NOT NULL CONSTRAINT fk_suggestion_correction_topic REFERENCES topic (code)
);
