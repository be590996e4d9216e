create table customers (
    id integer primary key,
    email varchar(100) not null unique,
    full_name varchar(80) not null,
    country_code varchar(2) not null,
    created_at timestamp not null
);
create table products (
    id integer primary key,
    sku varchar(20) not null unique,
    name varchar(80) not null,
    price integer not null check (price between 1 and 100000),
    stock integer not null check (stock >= 0)
);
create table orders (
    id integer primary key,
    customer_id integer not null references customers (id),
    status varchar(10) not null check (status in ('open', 'paid', 'shipped')),
    ordered_at timestamp not null
);
create table order_lines (
    order_id integer not null references orders (id),
    line_number integer not null check (line_number between 1 and 20),
    product_id integer not null references products (id),
    quantity integer not null check (quantity between 1 and 10),
    primary key (order_id, line_number)
);
create index order_lines_product on order_lines (product_id);
