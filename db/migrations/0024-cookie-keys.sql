-- The keys of sign-in cookies and forms, the same for every node; sealed with the key ring.

CREATE TABLE cookie_key (
    id bigint NOT NULL CONSTRAINT pk_cookie_key PRIMARY KEY,
    body {text} NOT NULL
);
