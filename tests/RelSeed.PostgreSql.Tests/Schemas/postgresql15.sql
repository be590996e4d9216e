create table newer (
    a integer,
    spans int4multirange,
    thousands numeric(5, -3),
    unique nulls not distinct (a)
);
