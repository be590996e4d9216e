-- Several expressions that one text must match at once, in columns beside each other and in keys.
CREATE FUNCTION is_uid(uid varchar) RETURNS boolean LANGUAGE plpgsql AS $$
BEGIN
  RETURN uid ~ '^[A-Za-z]' AND uid ~ '^[A-Za-z0-9]{11}$';
END $$;
CREATE TABLE pair (id bigint PRIMARY KEY, uid varchar(11) NOT NULL UNIQUE CHECK (is_uid(uid)), original varchar(11) NOT NULL CHECK (is_uid(original)),
  duplicate varchar(11) NOT NULL CHECK (is_uid(duplicate)), UNIQUE (original, duplicate));
CREATE TABLE code (id bigint PRIMARY KEY, first varchar(9) NOT NULL CHECK (first ~ '[0-9]' AND first ~ '[A-Z]' AND first ~ '^[0-9A-Z]{9}$'),
  second varchar(9) NOT NULL CHECK (second ~ '^[A-F]' AND second ~ '[0-9]{4}$'));
