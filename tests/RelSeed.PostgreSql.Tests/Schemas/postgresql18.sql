create table newest (
    id int4range,
    valid daterange,
    price integer not null,
    doubled integer generated always as (price * 2) virtual,
    constraint newest_key primary key (id, valid without overlaps),
    constraint newest_told check (price > 0) not enforced
);
create table newest_part (
    id int4range,
    valid daterange,
    constraint part_of foreign key (id, period valid) references newest (id, period valid)
);
