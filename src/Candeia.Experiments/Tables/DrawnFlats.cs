using Candeia.Datasets;

namespace Candeia.Experiments;

/// <summary>
/// A table that is drawn, not measured: flats of a town that is not there, and what they cost. A column of each kind, some cells missing, and rules that a straight line does not
/// know: by the harbour a high floor is worth more, old houses are dear again once they are old enough, in September rents are higher.
/// </summary>
static class DrawnFlats
{
    public const string Target = "rent";
    static readonly string[] s_quarters = ["harbour", "hill", "market", "meadow", "mill", "station"];
    static readonly double[] s_prices = [13, 14.5, 15, 10, 9, 11.5];

    /// <summary>So many rows; the same seed draws the same.</summary>
    public static DataFrame Draw(int rows, ulong seed)
    {
        Flat[] flats = [.. Enumerable.Range(0, rows).Select(i => One(new Generator(seed).Split(i)))];
        DataColumn Of(string name, ColumnKind kind, Func<Flat, double?> number) => new(name, kind, [.. flats.Select(f => number(f) ?? double.NaN)]);
        return new([
            Of("area", ColumnKind.Number, f => f.Area), Of("rooms", ColumnKind.Integer, f => f.Rooms), Of("floor", ColumnKind.Integer, f => f.Floor),
            new("quarter", ColumnKind.Category, [.. flats.Select(f => f.Quarter)]), Of("built", ColumnKind.Integer, f => f.Built),
            Of("furnished", ColumnKind.Boolean, f => f.Furnished switch { true => 1, false => 0, _ => null }), Of("listed", ColumnKind.Date, f => f.Listed.DayNumber),
            Of(Target, ColumnKind.Number, f => f.Rent),
        ], "the drawn flats");
    }

    static Flat One(Generator random)
    {
        int quarter = random.NextInt(s_quarters.Length), rooms = 1 + random.NextInt(5), floor = random.NextInt(9), built = 1890 + random.NextInt(131);
        double area = Math.Round(Math.Max(12, 16 + 19 * rooms + 6 * random.NextNormal() * Math.Sqrt(rooms)), 1);
        bool furnished = random.NextDouble() < 0.25;
        var listed = new DateOnly(2024, 1, 1).AddDays(random.NextInt(730));
        double age = 2021 - built, perMetre = s_prices[quarter] * (1 + 0.004 * Math.Abs(age - 70)) + (quarter is 0 or 1 ? 0.45 * floor : -0.1 * floor)
            + (listed.Month is 9 or 10 ? 1.5 : 0) + 1.2 * (listed.Year - 2024) + (furnished ? 60 / area : 0);
        double rent = Math.Round(area * perMetre * Math.Exp(0.05 * random.NextNormal()) / 5) * 5;
        bool forgotten = random.NextDouble() < 0.08, unsaid = random.NextDouble() < 0.05;
        return new(area, rooms, floor, s_quarters[quarter], forgotten ? null : built, unsaid ? null : furnished, listed, rent);
    }

    sealed record Flat(double Area, int Rooms, int Floor, string Quarter, int? Built, bool? Furnished, DateOnly Listed, double Rent);
}
