using RelSeed.Schema;

namespace RelSeed.PostgreSql.Tests.Schema;

public sealed class TypeReadingTests(ReadSchemas schemas) : IClassFixture<ReadSchemas>
{
    [Theory]
    [InlineData("a_boolean", TypeKind.Boolean, "boolean", "bool")]
    [InlineData("a_smallint", TypeKind.Int16, "smallint", "int2")]
    [InlineData("an_integer", TypeKind.Int32, "integer", "int4")]
    [InlineData("a_bigint", TypeKind.Int64, "bigint", "int8")]
    [InlineData("an_oid", TypeKind.Int32, "oid", "oid")]
    [InlineData("a_real", TypeKind.Float32, "real", "float4")]
    [InlineData("a_double", TypeKind.Float64, "double precision", "float8")]
    [InlineData("a_money", TypeKind.Money, "money", "money")]
    [InlineData("a_text", TypeKind.Text, "text", "text")]
    [InlineData("a_long_varchar", TypeKind.Text, "character varying", "varchar")]
    [InlineData("a_bytea", TypeKind.Bytes, "bytea", "bytea")]
    [InlineData("a_uuid", TypeKind.Uuid, "uuid", "uuid")]
    [InlineData("a_date", TypeKind.Date, "date", "date")]
    [InlineData("a_timetz", TypeKind.TimeTz, "time with time zone", "timetz")]
    [InlineData("a_timestamp", TypeKind.Timestamp, "timestamp without time zone", "timestamp")]
    [InlineData("a_plain_interval", TypeKind.Interval, "interval", "interval")]
    [InlineData("a_json", TypeKind.Json, "json", "json")]
    [InlineData("a_jsonb", TypeKind.Json, "jsonb", "jsonb")]
    [InlineData("an_xml", TypeKind.Xml, "xml", "xml")]
    [InlineData("an_inet", TypeKind.Inet, "inet", "inet")]
    [InlineData("a_cidr", TypeKind.Cidr, "cidr", "cidr")]
    [InlineData("a_macaddr", TypeKind.MacAddr, "macaddr", "macaddr")]
    [InlineData("a_macaddr8", TypeKind.MacAddr8, "macaddr8", "macaddr8")]
    [InlineData("a_point", TypeKind.Point, "point", "point")]
    [InlineData("a_line", TypeKind.Line, "line", "line")]
    [InlineData("a_segment", TypeKind.LineSegment, "lseg", "lseg")]
    [InlineData("a_box", TypeKind.Box, "box", "box")]
    [InlineData("a_path", TypeKind.Path, "path", "path")]
    [InlineData("a_polygon", TypeKind.Polygon, "polygon", "polygon")]
    [InlineData("a_circle", TypeKind.Circle, "circle", "circle")]
    [InlineData("a_vector", TypeKind.TsVector, "tsvector", "tsvector")]
    [InlineData("a_query", TypeKind.TsQuery, "tsquery", "tsquery")]
    [InlineData("an_lsn", TypeKind.Other, "pg_lsn", "pg_lsn")]
    public async Task A_plain_type_is_its_kind_and_its_printed_and_bare_name(string column, TypeKind kind, string name, string baseName) =>
        Assert.Equal(new ColumnType { Kind = kind, Name = name, BaseName = baseName }, await TypeOfAsync(column));

    [Theory]
    [InlineData("a_varchar", "character varying(40)", 40, null, null)]
    [InlineData("a_char", "character(3)", 3, null, null)]
    [InlineData("a_single", "\"char\"", 1, null, null)]
    [InlineData("a_name", "name", 63, null, null)]
    [InlineData("a_bit", "bit(8)", 8, null, null)]
    [InlineData("a_varbit", "bit varying(12)", 12, null, null)]
    [InlineData("a_numeric", "numeric", null, null, null)]
    [InlineData("a_price", "numeric(10,2)", null, 10, 2)]
    [InlineData("a_whole", "numeric(7,0)", null, 7, 0)]
    [InlineData("a_time", "time(3) without time zone", null, null, 3)]
    [InlineData("a_timestamptz", "timestamp(0) with time zone", null, null, 0)]
    [InlineData("an_interval", "interval day to second(2)", null, null, 2)]
    public async Task A_modifier_becomes_length_precision_and_scale(string column, string name, int? length, int? precision, int? scale)
    {
        var type = await TypeOfAsync(column);
        Assert.Equal((name, length, precision, scale), (type.Name, type.Length, type.Precision, type.Scale));
    }

    [Fact]
    public async Task Enum_labels_keep_the_order_of_the_type_and_not_of_their_making()
    {
        var type = await TypeOfAsync("an_enum");
        Assert.Equal((TypeKind.Enum, "clinic.mood", "clinic", "mood"), (type.Kind, type.Name, type.Schema, type.BaseName));
        Assert.Equal(["sad", "dreary", "it's fine", "happy"], type.Labels);
    }

    [Fact]
    public async Task Arrays_carry_their_element_with_its_modifier()
    {
        var matrix = await TypeOfAsync("a_matrix");
        Assert.Equal((TypeKind.Array, "character varying(5)[]", "_varchar"), (matrix.Kind, matrix.Name, matrix.BaseName));
        Assert.Equal(new ColumnType { Kind = TypeKind.Text, Name = "character varying(5)", BaseName = "varchar", Length = 5 }, matrix.Element);
        Assert.Equal(await TypeOfAsync("an_enum"), (await TypeOfAsync("an_enum_array")).Element);
    }

    [Fact]
    public async Task Ranges_carry_the_type_of_their_bounds()
    {
        Assert.Equal((TypeKind.Range, TypeKind.Int32), KindsOf(await TypeOfAsync("a_range")));
        Assert.Equal((TypeKind.Range, TypeKind.TimestampTz), KindsOf(await TypeOfAsync("a_period")));
        var own = await TypeOfAsync("a_score");
        Assert.Equal((TypeKind.Range, TypeKind.Decimal), KindsOf(own));
        Assert.Equal("clinic", own.Schema);
    }

    [Fact]
    public async Task Composites_nest_and_hold_arrays_of_domains()
    {
        var place = await TypeOfAsync("a_place");
        Assert.Equal(TypeKind.Composite, place.Kind);
        Assert.Equal(["label", "spot", "codes"], place.Fields.Select(f => f.Name));
        Assert.Equal(30, place.Fields[0].Type.Length);
        Assert.Equal((8, 3), (place.Fields[1].Type.Fields[2].Type.Precision, place.Fields[1].Type.Fields[2].Type.Scale));
        Assert.Equal(await TypeOfAsync("a_code"), place.Fields[2].Type.Element);
        Assert.Equal(place, (await TypeOfAsync("some_places")).Element);
    }

    [Fact]
    public async Task A_domain_is_its_base_type_with_the_chain_of_domains_outermost_first()
    {
        var code = await TypeOfAsync("a_code");
        Assert.Equal((TypeKind.Text, "clinic.code", "clinic", "varchar", 20), (code.Kind, code.Name, code.Schema, code.BaseName, code.Length));
        Assert.Equal(
            [
                new(new("clinic", "code"), IsNotNull: true, "'A-1'::character varying",
                    [
                        new("code_not_z", "(VALUE)::text !~ '^Z'::text", IsValidated: false),
                        new("code_shape", "(VALUE)::text ~ '^[A-Z]-[0-9]+$'::text"),
                    ]) { Over = "clinic.short_text" },
                new(new("clinic", "short_text"), IsNotNull: false, Default: null, [new("short_text_check", "(VALUE)::text <> ''::text")])
                {
                    Over = "character varying(20)",
                },
            ],
            code.Domains.ToArray());
    }

    [Fact]
    public async Task Domains_stand_over_anything()
    {
        var feeling = await TypeOfAsync("a_feeling");
        Assert.Equal((TypeKind.Enum, "clinic.feeling", "mood", 4), (feeling.Kind, feeling.Name, feeling.BaseName, feeling.Labels.Count));
        Assert.Equal("octet_length(VALUE) = 20", Assert.Single((await TypeOfAsync("a_hash")).Domains[0].Checks).Expression);
        var trail = await TypeOfAsync("a_trail");
        Assert.Equal((TypeKind.Array, TypeKind.Composite), KindsOf(trail));
        Assert.Equal("(cardinality(VALUE) >= 1) AND (cardinality(VALUE) <= 9)", Assert.Single(trail.Domains[0].Checks).Expression);
    }

    [Fact]
    public async Task A_column_may_be_null_unless_it_or_its_domain_forbids_it()
    {
        var table = await schemas.TableAsync("types", "clinic", "every_type");
        Assert.Equal(["a_boolean", "a_code"], table.Columns.Where(c => !c.IsNullable).Select(c => c.Name));
    }

    [Theory]
    [InlineData("a_boolean", "true")]
    [InlineData("an_integer", "(1 + 2)")]
    [InlineData("a_money", "'$12.50'::money")]
    [InlineData("a_bytea", "'\\x00ff'::bytea")]
    [InlineData("a_uuid", "(md5('x'::text))::uuid")]
    [InlineData("a_date", "'2020-02-29'::date")]
    [InlineData("a_timestamptz", "'2020-01-01 00:00:00+00'::timestamp with time zone")]
    [InlineData("an_enum", "'sad'::clinic.mood")]
    [InlineData("a_code", null)]
    public async Task Defaults_are_printed_alike_whatever_the_session(string column, string? expression) =>
        Assert.Equal(expression, (await schemas.TableAsync("types", "clinic", "every_type"))[column].Default);

    [Fact]
    public async Task Collations_other_than_the_databases_are_named()
    {
        var table = await schemas.TableAsync("types", "clinic", "every_type");
        Assert.Equal("C", table["a_text"].Collation);
        Assert.Equal("C", table["a_code"].Collation);
        Assert.Null(table["a_varchar"].Collation);
    }

    [Fact]
    public async Task Multiranges_and_negative_scales_are_read()
    {
        var table = await schemas.TableAsync("postgresql15", "public", "newer");
        Assert.Equal((TypeKind.MultiRange, TypeKind.Int32), KindsOf(table["spans"].Type));
        Assert.Equal((5, -3), (table["thousands"].Type.Precision, table["thousands"].Type.Scale));
        Assert.True(Assert.Single(table.UniqueKeys).NullsNotDistinct);
    }

    [Fact]
    public async Task Types_of_extensions_are_known_and_what_extensions_own_is_left_out()
    {
        var schema = await schemas.ReadAsync("extensions");
        var table = Assert.Single(schema.Tables);
        Assert.Equal(
            [TypeKind.Text, TypeKind.Text, TypeKind.Text, TypeKind.HStore, TypeKind.LTree],
            table.Columns.Select(c => c.Type.Kind));
        Assert.Equal(["login", "contact"], table.Columns.Where(c => c.IsCaseInsensitive).Select(c => c.Name));
        Assert.All(table.AllKeys, key => Assert.True(key.Parts[0].IsCaseInsensitive));
        Assert.Equal("login OPERATOR(ext.<>) (contact)::ext.citext", Assert.Single(table.Checks).Expression);
    }

    async Task<ColumnType> TypeOfAsync(string column) => (await schemas.TableAsync("types", "clinic", "every_type"))[column].Type;

    static (TypeKind, TypeKind?) KindsOf(ColumnType type) => (type.Kind, type.Element?.Kind);
}
