-- Several keys that overlap on one table, with checks beside them.
CREATE TABLE team (id integer PRIMARY KEY, name text NOT NULL);
CREATE TABLE player (id integer PRIMARY KEY, name text NOT NULL);
CREATE TABLE roster (team_id integer NOT NULL REFERENCES team, player_id integer NOT NULL REFERENCES player, season smallint NOT NULL CHECK (season BETWEEN 2000 AND 2024),
  shirt smallint NOT NULL CHECK (shirt BETWEEN 1 AND 99), PRIMARY KEY (player_id, season), UNIQUE (team_id, season, shirt));
CREATE TABLE ballot (voter_id integer NOT NULL REFERENCES player, round integer NOT NULL, place integer NOT NULL CHECK (place BETWEEN 1 AND 60), choice_id integer NOT NULL REFERENCES team,
  UNIQUE (voter_id, round, place), UNIQUE (voter_id, round, choice_id));
CREATE TABLE seat (hall integer NOT NULL, row_no integer NOT NULL, seat_no integer NOT NULL, code varchar(12) NOT NULL, label text NOT NULL,
  PRIMARY KEY (hall, row_no, seat_no), UNIQUE (code), UNIQUE (hall, label), CHECK (row_no > 0 AND seat_no > 0));
