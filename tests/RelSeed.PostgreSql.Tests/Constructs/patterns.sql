-- Text that regular expressions, LIKE and lengths confine.
CREATE DOMAIN sku AS varchar(16) CHECK (VALUE ~ '^[A-Z]{2,3}-[0-9]{4,6}$');
CREATE DOMAIN hex_color AS text CHECK (VALUE ~* '^#[0-9a-f]{6}$');
CREATE TABLE item (sku sku PRIMARY KEY, color hex_color NOT NULL, slug text NOT NULL UNIQUE CHECK (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$' AND length(slug) <= 40),
  barcode char(13) NOT NULL CHECK (barcode SIMILAR TO '[0-9]{13}'), path text NOT NULL CHECK (path LIKE '/%' AND path NOT LIKE '%//%'), code text NOT NULL CHECK (code ~ '^(?!000)[[:digit:]]{3}$'));
CREATE TABLE account (id text PRIMARY KEY CHECK (id ~ '^acct_[[:alnum:]]{10,}$'), email text NOT NULL CHECK (email ~ '^[^@\s]+@[^@\s]+\.[a-z]{2,}$'), phone text CHECK (phone ~ '^\+?[1-9]\d{6,14}$'),
  name text NOT NULL CHECK (length(trim(name)) > 0 AND name = trim(name)), shout text CHECK (shout = upper(shout)), quiet text NOT NULL CHECK (quiet = lower(quiet)),
  token bytea NOT NULL CHECK (octet_length(token) = 20), zip text CHECK (zip ~ '^\d{5}(-\d{4})?$'), iban text CHECK (iban ~ '^[A-Z]{2}\d{2}[A-Z0-9]{11,30}$'), ip text CHECK (ip !~ '\s'));
