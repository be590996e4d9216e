-- Partitions by what is not read: their tables stay empty, and the others are filled.
-- expect by_pair 0
-- expect by_reverse 0
create type pair as (a int, b int);
create table by_pair (id int not null, of pair not null, note text) partition by list (of);
create table by_pair_1 partition of by_pair for values in ('(1,1)');
create table by_reverse (id int not null, code text not null) partition by list (reverse(code));
create table by_reverse_1 partition of by_reverse for values in ('cba', 'fed');
create table plain (id int primary key, code text not null);
