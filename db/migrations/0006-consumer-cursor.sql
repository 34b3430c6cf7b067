-- How far each consumer of the journal that has an effect has read, per shard. Moved by compare-and-set on seq.

CREATE TABLE consumer_cursor (
    name varchar(40) {bin} NOT NULL,
    shard int NOT NULL,
    seq bigint NOT NULL,
    CONSTRAINT pk_consumer_cursor PRIMARY KEY (name, shard)
);
