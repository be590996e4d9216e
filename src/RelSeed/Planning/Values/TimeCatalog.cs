using RelSeed.Semantics;

namespace RelSeed.Planning;

/// <summary>When instants of a meaning lie, and after which others of the row.</summary>
/// <param name="Phase">A column comes after those of the same row with a lower phase from <see cref="TimeCatalog.FirstPhase"/> on; below 0 after
/// none and before none.</param>
/// <param name="FromYears">Without an earlier column: years before as-of, negative for the future.</param>
/// <param name="ToYears">Until so many years before as-of.</param>
/// <param name="Gap">After the earlier column, when the type tells the time of day.</param>
/// <param name="DayGap">The same when it tells days only.</param>
/// <param name="IsFuture">May lie after as-of.</param>
sealed record TimeProfile(
    int Phase, double FromYears, double ToYears, GapShape Gap, GapShape DayGap, TimeOfDay Hours = TimeOfDay.Waking, bool IsFuture = false);

static class TimeCatalog
{
    /// <summary>Births and foundings lie before, years away, and bound only what follows them directly.</summary>
    public const int FirstPhase = 10;

    static GapShape Days(double median, double sigma, double max, double zeroShare = 0, double min = 0) =>
        new((long)(min * TemporalForms.Day), (long)(median * TemporalForms.Day), sigma, (long)(max * TemporalForms.Day), zeroShare);

    static GapShape Hours(double median, double sigma, double max, double zeroShare = 0) => new(
        TemporalForms.Second, (long)(median * TemporalForms.Hour), sigma, (long)(max * TemporalForms.Hour), zeroShare);

    static TimeProfile Past(int phase, GapShape gap, GapShape? dayGap = null, TimeOfDay hours = TimeOfDay.Waking, double years = 3) =>
        new(phase, years, 0, gap, dayGap ?? gap, hours);

    static TimeProfile Future(GapShape gap, GapShape? dayGap = null, double from = 0, double to = -1, TimeOfDay hours = TimeOfDay.Waking) =>
        new(-1, from, to, gap, dayGap ?? gap, hours, IsFuture: true);

    static readonly GapShape Anew = Days(1, 1, 30);

    static readonly Dictionary<Meaning, TimeProfile> Profiles = new()
    {
        [Meaning.BirthDate] = new(0, 70, 19, Anew, Anew, TimeOfDay.Midnight),
        [Meaning.DeathDate] = Past(1, Days(26_500, 0.15, 36_500, min: 11_000), years: 20),
        [Meaning.CreatedAt] = Past(10, Anew),
        [Meaning.RegisteredAt] = Past(10, Anew),
        [Meaning.OpenedAt] = Past(11, Hours(1, 1.2, 72)),
        [Meaning.HiredAt] = Past(10, Anew, hours: TimeOfDay.Business, years: 12),
        [Meaning.OrderedAt] = Past(12, Hours(0.1, 1.5, 48, 0.5), Days(1, 1, 20, 0.6)),
        [Meaning.OccurredAt] = Past(12, Hours(2, 1.5, 240)),
        [Meaning.StartAt] = Past(14, Hours(6, 1.4, 480), Days(4, 1, 90)),
        [Meaning.ValidFrom] = Past(14, Days(2, 1, 60), hours: TimeOfDay.Midnight),
        [Meaning.VerifiedAt] = Past(18, Hours(1, 1.6, 240)),
        [Meaning.ApprovedAt] = Past(20, Hours(20, 1, 400), Days(2, 0.8, 30), TimeOfDay.Business),
        [Meaning.PublishedAt] = Past(22, Hours(30, 1.2, 900), Days(3, 1, 60)),
        [Meaning.ReleasedAt] = new(5, 30, 0, Anew, Anew, TimeOfDay.Midnight),
        [Meaning.PaidAt] = Past(24, Hours(8, 1.6, 700), Days(3, 1, 40, 0.3)),
        [Meaning.SentAt] = Past(26, Hours(0.3, 1.8, 72), Days(1, 0.8, 10, 0.5)),
        [Meaning.ShippedAt] = Past(30, Hours(30, 0.7, 300), Days(2, 0.6, 14, min: 0), TimeOfDay.Business),
        [Meaning.ReadAt] = Past(32, Hours(3, 1.6, 400), Days(1, 1, 14, 0.5)),
        [Meaning.DeliveredAt] = Past(34, Hours(60, 0.6, 400), Days(3, 0.6, 21, min: 1)),
        [Meaning.CompletedAt] = Past(36, Hours(4, 1.6, 900), Days(5, 1, 90)),
        [Meaning.EndAt] = Past(38, Hours(3, 1.3, 900), Days(30, 0.9, 720, min: 1)),
        [Meaning.ReturnedAt] = Past(40, Hours(90, 0.7, 700), Days(5, 0.8, 40, min: 1)),
        [Meaning.CancelledAt] = Past(40, Hours(12, 1.5, 700), Days(4, 1, 60)),
        [Meaning.ClosedAt] = Past(42, Hours(50, 1.3, 2_000), Days(8, 1, 120)),
        [Meaning.LeftAt] = Past(44, Days(900, 0.8, 5_000, min: 30)),
        [Meaning.LastSeenAt] = Past(46, Days(60, 1.4, 900)),
        [Meaning.UpdatedAt] = Past(50, Days(9, 1.8, 900, 0.2), Days(9, 1.5, 900, 0.3)),
        [Meaning.DeletedAt] = Past(60, Days(120, 1.1, 1_000)),
        [Meaning.RequiredAt] = Future(Days(10, 0.5, 60, min: 1), from: 1),
        [Meaning.DueAt] = Future(Days(21, 0.5, 120, min: 1), from: 0.5, hours: TimeOfDay.Midnight),
        [Meaning.ScheduledAt] = Future(Days(9, 0.9, 180), from: 0.5, hours: TimeOfDay.Business),
        [Meaning.ExpiresAt] = Future(Days(365, 0.9, 1_800, min: 1), from: -0.003, to: -2),
        [Meaning.ValidTo] = Future(Days(300, 0.8, 1_800, min: 1), from: -0.003, to: -2, hours: TimeOfDay.Midnight),
        [Meaning.Date] = new(-1, 3, 0, Anew, Anew, TimeOfDay.Business),
        [Meaning.Unknown] = new(-1, 3, 0, Anew, Anew),
    };

    public static TimeProfile? Find(Meaning meaning) => Profiles.GetValueOrDefault(meaning);
}
