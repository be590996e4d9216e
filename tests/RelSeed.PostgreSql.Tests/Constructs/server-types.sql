-- Keys of the server's own types, whose defaults are the same in all rows of a transaction.
CREATE TABLE change (id xid8 PRIMARY KEY DEFAULT pg_current_xact_id(), snapshot pg_snapshot NOT NULL DEFAULT pg_current_snapshot());
CREATE TABLE place (lsn pg_lsn PRIMARY KEY, object oid NOT NULL);
