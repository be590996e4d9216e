using System.Text.RegularExpressions;
using FsCheck;
using FsCheck.Fluent;
using RelSeed.Schema;

namespace RelSeed.Tests.Schema;

public sealed partial class SchemaPrintingTests
{
    static readonly Arbitrary<string> Names = ArbMap.Default.ArbFor<NonEmptyString>()
        .Convert(s => s.Get, NonEmptyString.NewNonEmptyString)
        .Filter(s => !s.Any(char.IsSurrogate));

    [Fact]
    public void Json_keeps_what_differs_from_a_records_own_default()
    {
        var schema = SchemaOf("t", "c") with { DefaultSchema = "" };
        var table = schema.Tables[0] with
        {
            EstimatedRows = 0,
            Rights = TableRights.None,
            Columns = [],
            Checks = [new("c", "true", IsValidated: false)],
            ForeignKeys = [new() { Name = "f", Columns = [], Principal = default, PrincipalColumns = [], IsValidated = false }],
        };
        var changed = schema with { Tables = [table] };
        Assert.Equal(changed, SchemaJson.Read(SchemaJson.Write(changed)));
        var empty = schema with { Tables = [] };
        Assert.Equal(empty, SchemaJson.Read(SchemaJson.Write(empty)));
    }

    [Fact]
    public void Json_says_nothing_of_what_a_reader_assumes_anyway()
    {
        var json = SchemaJson.Write(SchemaOf("t", "c"));
        Assert.DoesNotContain("isNullable", json);
        Assert.DoesNotContain("estimatedRows", json);
        Assert.DoesNotContain("labels", json);
    }

    [Fact]
    public void Any_names_survive_json() =>
        Prop.ForAll(Names, Names, (table, column) =>
        {
            var schema = SchemaOf(table, column);
            return SchemaJson.Read(SchemaJson.Write(schema)) == schema;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Any_names_leave_the_text_one_line_a_column() =>
        Prop.ForAll(Names, Names, (table, column) =>
        {
            var lines = SchemaText.Write(SchemaOf(table, column)).Split('\n');
            return lines.Length == 7 && lines.All(line => !line.Any(char.IsControl));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Any_names_keep_to_mermaids_grammar() =>
        Prop.ForAll(Names, Names, (table, column) =>
            SchemaMermaid.Write(SchemaOf(table, column)).TrimEnd('\n').Split('\n').Skip(1).All(line => MermaidLine().IsMatch(line)))
        .QuickCheckThrowOnFailure();

    [Theory, InlineData("PK"), InlineData("fk-id"), InlineData("uk"), InlineData("1"), InlineData("a b")]
    public void Words_that_mermaid_would_misread_are_changed_and_told(string column) =>
        Assert.Matches($"_?[a-zA-Z0-9_-]+ PK, FK \"{column}\"\n", SchemaMermaid.Write(SchemaOf("t", column)));

    [Fact]
    public void Tables_are_found_by_name_and_kept_in_order_also_in_a_copy()
    {
        var schema = SchemaOf("t", "c");
        var (first, second) = (schema.Tables[0] with { Name = new("a", "z") }, schema.Tables[0] with { Name = new("B", "y") });
        var copy = schema with { Tables = [first, schema.Tables[0], second] };
        Assert.Equal(["B.y", "a.z", "s.t"], copy.Tables.Select(t => t.Name.ToString()));
        Assert.Same(first, copy.Find(first.Name));
        Assert.Null(copy.Find(new("b", "y")));
        Assert.Equal(schema, SchemaOf("t", "c"));
    }

    static DatabaseSchema SchemaOf(string table, string column)
    {
        var name = new TableName("s", table);
        return new()
        {
            Provider = "test",
            DefaultSchema = "s",
            Tables =
            [
                new()
                {
                    Name = name,
                    Comment = table,
                    Columns = [new() { Name = column, Type = new() { Kind = TypeKind.Text, Name = column }, Comment = column, Default = column }],
                    PrimaryKey = new() { Name = column, Parts = [new(column)], IsPrimary = true, IsConstraint = true },
                    ForeignKeys = [new() { Name = column, Columns = [column], Principal = name, PrincipalColumns = [column] }],
                },
            ],
        };
    }

    const string Word = @"[A-Za-z_][A-Za-z0-9_\[\]()-]*";
    const string Quoted = @"""[^""%\p{Cc}\\]*""";

    // After mermaid's erDiagram.jison: entity, attribute, end of entity, relationship.
    [GeneratedRegex(
        $@"^(    {Quoted} \{{|        {Word} (?!(PK|FK|UK)\b){Word}( (PK|FK|UK)(, (FK|UK))*)?( {Quoted})?|    \}}|    {Quoted} (\|\||\|o)--(o\||o\{{) {Quoted} : {Quoted})$")]
    private static partial Regex MermaidLine();
}
