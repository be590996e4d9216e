namespace RelSeed.Sqlite.Tests.Loading;

/// <summary>Rows that the schema's own triggers make are left to them.</summary>
public class TriggerRowsTests
{
    const string Schema = """
        CREATE TABLE tenant (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);
        CREATE TABLE asset (id INTEGER PRIMARY KEY, tenant_id INTEGER NOT NULL REFERENCES tenant(id), name TEXT NOT NULL CHECK (length(name) < 60), UNIQUE (tenant_id, name));
        CREATE TABLE vehicle (id INTEGER PRIMARY KEY REFERENCES asset(id), tenant_id INTEGER NOT NULL, label TEXT NOT NULL);
        CREATE TABLE car (id INTEGER PRIMARY KEY REFERENCES vehicle(id), tenant_id INTEGER NOT NULL, label TEXT NOT NULL, doors INTEGER NOT NULL CHECK (doors BETWEEN 2 AND 5));
        CREATE TABLE house (id INTEGER PRIMARY KEY REFERENCES asset(id), tenant_id INTEGER NOT NULL REFERENCES tenant(id), name TEXT NOT NULL);
        CREATE TABLE lease (id INTEGER PRIMARY KEY, asset_id INTEGER NOT NULL REFERENCES asset(id), tenant_id INTEGER NOT NULL REFERENCES tenant(id));
        CREATE TABLE car_log (id INTEGER PRIMARY KEY AUTOINCREMENT, car_id INTEGER NOT NULL, note TEXT);
        CREATE TABLE car_current (car_id INTEGER PRIMARY KEY REFERENCES car(id), doors INTEGER);
        CREATE TRIGGER vehicle_in BEFORE INSERT ON vehicle BEGIN INSERT INTO asset (id, tenant_id, name) VALUES (new.id, new.tenant_id, new.label); END;
        CREATE TRIGGER car_in BEFORE INSERT ON car BEGIN INSERT INTO Vehicle VALUES (new.id, new.tenant_id, new.label); END;
        CREATE TRIGGER house_in AFTER INSERT ON house WHEN new.id > -5 BEGIN INSERT INTO asset (id, tenant_id, name) VALUES (new.id, new.tenant_id, new.name); END;
        CREATE TRIGGER car_log_in AFTER INSERT ON car BEGIN
          INSERT INTO car_log (car_id, note) VALUES (new.id, 'made');
          INSERT INTO car_current VALUES (new.id, new.doors);
        END;
        """;

    [Theory, InlineData(200), InlineData(25_000)]
    public async Task Subtypes_on_two_levels_and_rows_of_history_stand_beside_one_another(int rows)
    {
        using var database = new TemporaryDatabase(Schema);
        var report = await Seeder.For(database.Target).Rows(rows).RunAsync(TestContext.Current.CancellationToken);
        Assert.Equal([], report.Verification.Findings);
        Assert.Equal([$"{2 * rows}|{rows}|{rows}|{rows}|{2 * rows}|{rows}|{rows}"], database.Query(
            """
            SELECT (SELECT count(*) FROM asset), (SELECT count(*) FROM vehicle), (SELECT count(*) FROM car), (SELECT count(*) FROM house),
                   (SELECT count(*) FROM car_log), (SELECT count(*) FROM car_current), (SELECT count(*) FROM lease)
            """));
        Assert.Empty(database.Query("PRAGMA foreign_key_check"));
        Assert.Equal(["0"],
            database.Query(
            "SELECT count(*) FROM car c LEFT JOIN asset a ON a.id = c.id AND a.name = c.label AND a.tenant_id = c.tenant_id WHERE a.id IS NULL"));
        Assert.Equal("made by the triggers of main.house, main.vehicle", report.Plan.Find(new("main", "asset"))!.RowsReason);
    }
}
