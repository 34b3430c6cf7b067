-- Rows a sweep could not take further (Jobs/SetAside): the others go on, and each is tried again after a growing wait.
CREATE TABLE set_aside (
    job varchar(20) {bin} NOT NULL,
    subject_id bigint NOT NULL,
    tries int NOT NULL,
    fault varchar(60) {bin} NOT NULL,
    first_at datetime2(3) NOT NULL,
    next_at datetime2(3) NOT NULL,
    CONSTRAINT pk_set_aside PRIMARY KEY (job, subject_id)
);
