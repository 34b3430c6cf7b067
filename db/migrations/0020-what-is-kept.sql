-- What is kept about people: numbers under keys that can change, and what is asked and who it is about kept apart.

-- The version of the key that seals and indexes the number; 0 is "before versions were kept": renewed like any older one.
ALTER TABLE party ADD number_key int NULL;

UPDATE party SET number_key = 0 WHERE number_sealed IS NOT NULL;

CREATE INDEX ix_party_number_key ON party (number_key, id) WHERE number_key IS NOT NULL;
