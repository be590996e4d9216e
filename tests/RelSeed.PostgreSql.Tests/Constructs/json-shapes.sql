-- JSON of the shape that checks demand.
CREATE FUNCTION are_short(list jsonb) RETURNS boolean LANGUAGE sql AS $$ SELECT bool_and(jsonb_typeof(value) = 'string' AND char_length(value::text) <= 100) FROM jsonb_array_elements(list) $$;
CREATE TABLE job (id integer PRIMARY KEY, data jsonb NOT NULL DEFAULT '{}' CHECK (jsonb_typeof(data) = 'object'
  AND (NOT data ? 'tags' OR (jsonb_typeof(data -> 'tags') = 'array' AND jsonb_array_length(data -> 'tags') <= 5 AND are_short(data -> 'tags')))));
CREATE TABLE document (id integer PRIMARY KEY, object jsonb NOT NULL CHECK (jsonb_typeof(object) = 'object'), list jsonb NOT NULL CHECK (jsonb_typeof(list) = 'array'),
  settings jsonb NOT NULL DEFAULT '{}' CHECK (settings ? 'theme'), meta json CHECK (json_typeof(meta) = 'object'), tags jsonb CHECK (jsonb_array_length(tags) <= 3),
  kind jsonb NOT NULL CHECK (kind ->> 'kind' IN ('a', 'b')), deep jsonb NOT NULL CHECK (jsonb_typeof(deep -> 'items') = 'array'));
-- Another check reads the same list, in a way that is not read.
CREATE TABLE task (id integer PRIMARY KEY, kind text NOT NULL, args jsonb NOT NULL DEFAULT '[]', data jsonb NOT NULL DEFAULT '{}',
  CHECK (char_length(CASE kind WHEN 'wrapped' THEN args -> 0 ->> 'kind' ELSE kind END) <= 200), CHECK (jsonb_typeof(args) = 'array'), CHECK (jsonb_typeof(data) = 'object'));
