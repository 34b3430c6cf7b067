-- After how many working days without an act, and how many before a date, a case stands still: an organisation's own choice.
ALTER TABLE organisation_ladder ADD stalled_days int NOT NULL DEFAULT 3;
ALTER TABLE organisation_ladder_change ADD stalled_days int NOT NULL DEFAULT 3;

-- The register of partners is kept on a page: who saves what meanwhile changed is told so.
ALTER TABLE partner ADD version int NOT NULL DEFAULT 1;
