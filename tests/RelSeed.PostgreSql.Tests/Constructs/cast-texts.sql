-- Texts that checks cast: each row would be an error but for texts of that form.
CREATE FUNCTION is_numerical(text) RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE x float;
BEGIN
  x = $1::float;
  RETURN true;
EXCEPTION WHEN others THEN RETURN false;
END $$;
CREATE TABLE variable (id integer PRIMARY KEY, least varchar(20) CHECK (is_numerical(least)), most varchar(20) NOT NULL CHECK (is_numerical(most::text)),
  CHECK (least::float <= most::float));
CREATE TABLE frequency (id integer PRIMARY KEY, length text NOT NULL CHECK (length::interval = length::interval), since text CHECK (since::date > '1999-01-01'));
CREATE DOMAIN small AS numeric CHECK (value >= 0 AND value < power(2::numeric, 3::numeric));
CREATE TABLE sample (id integer PRIMARY KEY, size small NOT NULL, bits integer NOT NULL CHECK (bits < 2 ^ 4));
CREATE TABLE certificate (id integer PRIMARY KEY, print varchar(1024) NOT NULL CHECK (octet_length(decode(replace(print, ':', ''), 'hex')) > 3));
