-- A fact that does not belong in the case is taken out (Features/Sharing/TakeOutFact): it says nothing any more, and what it
-- said is kept aside until this moment; null when there is nothing to destroy.
ALTER TABLE fact ADD erase_at datetime2(3) NULL;

CREATE INDEX ix_fact_to_erase ON fact (erase_at, id) WHERE erase_at IS NOT NULL;
