-- Guards that decide which of many columns are null, over references within a tenant, in a cycle of required and optional keys.
CREATE TABLE site (id integer PRIMARY KEY);
CREATE TABLE person (
    site_id integer NOT NULL REFERENCES site, id integer NOT NULL, approved_by integer, approved_at timestamp, is_approved boolean,
    is_group boolean NOT NULL, true_id integer, hidden_page text, hidden_status integer, other_status integer, trust integer, threat integer,
    tiny_url text, tiny_path text, small_url text, small_path text, medium_url text, medium_path text,
    PRIMARY KEY (site_id, id),
    FOREIGN KEY (site_id, approved_by) REFERENCES person DEFERRABLE,
    FOREIGN KEY (site_id, true_id) REFERENCES person DEFERRABLE,
    CHECK ((approved_by IS NULL) = (approved_at IS NULL) AND (is_approved IS NULL OR approved_by IS NOT NULL)),
    CHECK (NOT is_group OR (is_approved IS NULL AND approved_at IS NULL AND approved_by IS NULL)),
    CHECK (NOT is_group OR (trust IS NULL AND threat IS NULL)),
    CHECK (is_group OR id < 0 OR (trust IS NOT NULL AND threat IS NOT NULL)),
    CHECK (hidden_status IS NULL OR id <= -10),
    CHECK (hidden_status IS NULL OR (tiny_url IS NULL AND trust IS NULL AND threat IS NULL AND is_group = false)),
    CHECK ((tiny_url IS NULL AND tiny_path IS NULL AND small_url IS NULL AND small_path IS NULL AND medium_url IS NULL AND medium_path IS NULL)
        OR (tiny_url IS NOT NULL AND tiny_path IS NOT NULL AND small_url IS NOT NULL AND small_path IS NOT NULL AND medium_url IS NOT NULL
            AND medium_path IS NOT NULL)),
    CHECK ((true_id IS NULL AND hidden_status IS NULL AND hidden_page IS NULL AND other_status IS NULL)
        OR (true_id IS NOT NULL AND ((hidden_status IS NOT NULL AND hidden_page IS NOT NULL AND other_status IS NULL)
            OR (hidden_status IS NULL AND hidden_page IS NULL AND other_status IS NOT NULL)))));
CREATE TABLE page (
    site_id integer NOT NULL REFERENCES site, page_id text NOT NULL, author_id integer NOT NULL, category_id integer, role smallint NOT NULL,
    UNIQUE (site_id, page_id),
    FOREIGN KEY (site_id, author_id) REFERENCES person DEFERRABLE,
    CHECK (role BETWEEN 1 AND 30),
    CHECK (role <> ALL (ARRAY[6, 7, 9]) OR category_id IS NOT NULL));
CREATE TABLE category (
    site_id integer NOT NULL, id integer NOT NULL, page_id text NOT NULL, parent_id integer, default_id integer,
    PRIMARY KEY (site_id, id),
    FOREIGN KEY (site_id, page_id) REFERENCES page (site_id, page_id) DEFERRABLE,
    FOREIGN KEY (site_id, parent_id) REFERENCES category DEFERRABLE,
    FOREIGN KEY (site_id, default_id) REFERENCES category DEFERRABLE,
    CHECK (parent_id IS NOT NULL OR default_id IS NOT NULL));
ALTER TABLE person ADD FOREIGN KEY (site_id, hidden_page) REFERENCES page (site_id, page_id) DEFERRABLE;
ALTER TABLE page ADD FOREIGN KEY (site_id, category_id) REFERENCES category DEFERRABLE;
