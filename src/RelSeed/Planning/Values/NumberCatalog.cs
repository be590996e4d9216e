using RelSeed.Semantics;

namespace RelSeed.Planning;

/// <summary>How numbers of a meaning are spread, in natural units.</summary>
/// <param name="Center">See <see cref="NumberSpec"/>.</param>
/// <param name="Spread">See <see cref="NumberSpec"/>.</param>
/// <param name="Decimals">Digits after the point that are worth having, at most.</param>
sealed record NumberProfile(
    NumberShape Shape, double Min, double Max, double Center = 0, double Spread = 0, int Decimals = 0, double Step = 0, bool IsPrice = false);

static class NumberCatalog
{
    static NumberProfile Even(double min, double max, int decimals = 0, double step = 0) =>
        new(NumberShape.Uniform, min, max, Decimals: decimals, Step: step);
    static NumberProfile Bell(double mean, double deviation, double min, double max, int decimals = 0) =>
        new(NumberShape.Normal, min, max, mean, deviation, decimals);
    static NumberProfile Skewed(double median, double sigma, double min, double max, int decimals = 0, double step = 0) =>
        new(NumberShape.LogNormal, min, max, median, sigma, decimals, step);
    static NumberProfile Falling(double mean, double min, double max, int decimals = 0) =>
        new(NumberShape.Exponential, min, max, mean, Decimals: decimals);
    static NumberProfile Money(double median, double sigma, double min, double max) =>
        new(NumberShape.LogNormal, min, max, median, sigma, 2, IsPrice: true);

    static readonly Dictionary<Meaning, NumberProfile> Profiles = new()
    {
        // People
        [Meaning.Age] = Bell(41, 15, 18, 90),
        [Meaning.BodyHeight] = Bell(171, 9, 148, 205),
        [Meaning.BodyWeight] = Bell(75, 14, 45, 140, 1),

        // Money
        [Meaning.Price] = Money(24, 0.9, 0.5, 2_500),
        [Meaning.Cost] = Money(16, 0.9, 0.3, 2_000),
        [Meaning.Amount] = Skewed(85, 1.1, 1, 20_000, 2),
        [Meaning.Total] = Skewed(110, 1.0, 2, 25_000, 2),
        [Meaning.Tax] = Skewed(14, 1.0, 0, 4_000, 2),
        [Meaning.Shipping] = Skewed(9.5, 0.8, 0, 300, 2),
        [Meaning.DiscountAmount] = Falling(6, 0, 200, 2),
        [Meaning.Salary] = Skewed(52_000, 0.4, 18_000, 260_000, 0, 100),
        [Meaning.Balance] = Skewed(1_400, 1.3, 0, 250_000, 2),
        [Meaning.AmountCents] = Skewed(4_900, 1.1, 50, 2_000_000),
        [Meaning.ExchangeRate] = Skewed(1.1, 0.5, 0.05, 40, 6),
        [Meaning.Percentage] = Even(0, 100, 2),
        [Meaning.Rate] = Bell(0.12, 0.08, 0, 0.95, 4),

        // Quantities
        [Meaning.Quantity] = Falling(4, 1, 60),
        [Meaning.Stock] = Skewed(60, 1.0, 0, 2_000),
        [Meaning.Count] = Falling(14, 0, 400),
        [Meaning.Score] = Bell(64, 17, 0, 100, 1),
        [Meaning.Rating] = Bell(4.1, 0.9, 1, 5, 1),
        [Meaning.Priority] = Even(1, 5),
        [Meaning.Position] = Even(1, 30),
        [Meaning.Level] = Even(1, 5),
        [Meaning.DayOfMonth] = Even(1, 28),
        [Meaning.Month] = Even(1, 12),
        [Meaning.Weekday] = Even(1, 7),
        [Meaning.Hour] = Bell(13, 4, 0, 23),
        [Meaning.DurationSeconds] = Skewed(240, 1.0, 1, 86_400),
        [Meaning.DurationMinutes] = Bell(105, 28, 5, 240),
        [Meaning.DurationDays] = Skewed(10, 0.8, 1, 365),
        [Meaning.DurationMillis] = Skewed(180, 1.1, 1, 600_000),
        [Meaning.ByteSize] = Skewed(180_000, 1.9, 120, 2_000_000_000),
        [Meaning.PixelSize] = Even(160, 3840, 0, 16),
        [Meaning.Weight] = Skewed(1.8, 1.0, 0.05, 400, 3),
        [Meaning.Length] = Skewed(42, 0.8, 1, 400, 1),
        [Meaning.Volume] = Skewed(2.4, 1.0, 0.1, 500, 2),
        [Meaning.Temperature] = Bell(16, 9, -15, 42, 1),
        [Meaning.Population] = Skewed(120_000, 1.4, 500, 30_000_000),
        [Meaning.Area] = Skewed(110, 0.9, 12, 5_000, 1),
        [Meaning.Distance] = Skewed(24, 1.2, 0.2, 12_000, 1),
        [Meaning.Speed] = Skewed(52, 0.6, 1, 900, 1),
        [Meaning.Ratio] = Bell(50, 20, 0, 100, 4),
        [Meaning.Revision] = Falling(3, 1, 60),
        [Meaning.HouseNumber] = Even(1, 199),
        [Meaning.PostalCode] = Even(10_000, 99_999),
        [Meaning.CountryNumber] = Even(4, 894),
        [Meaning.Port] = Even(1_024, 49_151),
        [Meaning.Phone] = Even(200_000_0000, 999_999_9999),
        [Meaning.MobilePhone] = Even(200_000_0000, 999_999_9999),
        [Meaning.AccountNumber] = Even(10_000_000, 99_999_999),
        [Meaning.PhoneExtension] = Even(100, 9_999),
        [Meaning.DialCode] = Even(1, 998),
        [Meaning.Unknown] = Skewed(120, 1.2, 1, 10_000, 2),
    };

    public static NumberProfile? Find(Meaning meaning) => Profiles.GetValueOrDefault(meaning);
}
