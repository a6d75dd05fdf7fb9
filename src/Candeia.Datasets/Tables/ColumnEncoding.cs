using System.Globalization;

namespace Candeia.Datasets;

/// <summary>How the cells of a column become numbers that a network takes.</summary>
/// <param name="Name">The column.</param>
/// <param name="Kind">What its cells were.</param>
/// <param name="Mean">The mean of its numbers; of dates, in days.</param>
/// <param name="Deviation">Their standard deviation; 1 for words.</param>
/// <param name="HadMissing">Whether cells were missing: then a number of its own says so.</param>
/// <param name="Values">The categories; none for numbers and dates.</param>
/// <param name="HasTime">Whether dates have a time of day.</param>
internal sealed record ColumnEncoding(string Name, ColumnKind Kind, double Mean, double Deviation, bool HadMissing, IReadOnlyList<string> Values, bool HasTime)
{
    /// <summary>More categories than these are put together as unknown ones, the rarest first.</summary>
    public const int MostValues = 100;

    // A wild number shall not drown all others: so many standard deviations from the mean are the most.
    const double Farthest = 100;
    const double DaysOfYear = 365.2425;

    readonly Dictionary<string, int> _places = Values.Index().ToDictionary(v => v.Item, v => v.Index, StringComparer.Ordinal);

    /// <summary>What is learnt of a column; null where it says nothing, and then why.</summary>
    public static ColumnEncoding? Of(DataColumn column, out string why)
    {
        why = "";
        int[] rows = [.. Enumerable.Range(0, column.Count).Where(r => !column.IsMissing(r))];
        bool missing = rows.Length < column.Count;
        if (rows.Length == 0) why = "all cells are missing";
        else if (column.Kind == ColumnKind.Text) why = "its words are different in most rows";
        else if (column.IsWords) return Words(column, rows, missing, out why);
        else
        {
            double mean = rows.Sum(r => column.Number(r) / rows.Length);
            double deviation = Math.Sqrt(rows.Sum(r => Math.Pow(column.Number(r) - mean, 2) / rows.Length));
            bool hasTime = column.Kind == ColumnKind.Date && rows.Any(r => column.Number(r) % 1 != 0);
            if (!double.IsFinite(deviation)) why = "its numbers are too large to compute with";
            // Of equal numbers rounding may leave a deviation, of numbers near the smallest that there are it may leave none.
            else if (!missing && rows.All(r => column.Number(r) == column.Number(rows[0]))) why = "its cells are all the same";
            else return new(column.Name, column.Kind, mean, deviation > 1e-12 * Math.Abs(mean) ? deviation : 1, missing, [], hasTime);
        }
        return null;
    }

    // A value that occurs once is as unknown as one that does not occur: so the place of the unknown ones learns what that means.
    static ColumnEncoding? Words(DataColumn column, int[] rows, bool missing, out string why)
    {
        var counts = rows.GroupBy(r => column.Text(r)!, StringComparer.Ordinal).Select(g => (Value: g.Key, Count: g.Count())).Where(v => v.Count > 1).ToArray();
        why = counts.Length == 0 ? "no word occurs twice" : counts.Length == 1 && counts[0].Count == column.Count ? "its cells are all the same" : "";
        if (why != "") return null;
        string[] values = [.. counts.OrderByDescending(v => v.Count).ThenBy(v => v.Value, StringComparer.Ordinal).Take(MostValues).Select(v => v.Value).Order(StringComparer.Ordinal)];
        return new(column.Name, ColumnKind.Category, 0, 1, missing, values, false);
    }

    /// <summary>Whether cells are words, and one that is not known has its own place.</summary>
    bool IsWords => Kind is ColumnKind.Category or ColumnKind.Text;

    /// <summary>The names of the numbers, in their order.</summary>
    public IEnumerable<string> Features
    {
        get
        {
            if (IsWords) foreach (string value in Values) yield return $"{Name}={value}";
            if (IsWords) yield return $"{Name} unknown";
            else if (Kind != ColumnKind.Date) yield return Name;
            else
                foreach (string part in (string[])["year", "month sin", "month cos", "weekday sin", "weekday cos", .. HasTime ? ["hour sin", "hour cos"] : Array.Empty<string>()])
                    yield return $"{Name} {part}";
            if (HadMissing) yield return $"{Name} missing";
        }
    }

    /// <summary>A cell that could be: the first of the words, or the mean.</summary>
    public string Example => IsWords ? Values.Count > 0 ? Values[0] : "" : Kind switch
    {
        ColumnKind.Boolean => Mean >= 0.5 ? "true" : "false",
        ColumnKind.Date => Dates.Text(HasTime ? Mean : Math.Round(Mean)),
        ColumnKind.Integer => Math.Round(Mean).ToString(CultureInfo.InvariantCulture),
        _ => Mean.ToString("G4", CultureInfo.InvariantCulture),
    };

    /// <summary>How many numbers a cell becomes.</summary>
    public int Width => (IsWords ? Values.Count + 1 : Kind != ColumnKind.Date ? 1 : HasTime ? 7 : 5) + (HadMissing ? 1 : 0);

    /// <summary>Writes the numbers of a cell, where zeros are.</summary>
    public void Write(DataColumn column, int row, Span<float> numbers)
    {
        if (column.IsMissing(row))
        {
            if (HadMissing) numbers[^1] = 1;
            else if (IsWords) numbers[Values.Count] = 1;
        }
        else if (IsWords) numbers[_places.GetValueOrDefault(column.Text(row)!, Values.Count)] = 1;
        else
        {
            double number = column.Number(row);
            numbers[0] = (float)Math.Clamp((number - Mean) / Deviation, -Farthest, Farthest);
            if (Kind != ColumnKind.Date) return;
            var date = Dates.Of(number);
            Circle(numbers[1..], date.DayOfYear / DaysOfYear);
            Circle(numbers[3..], (int)date.DayOfWeek / 7.0);
            if (HasTime) Circle(numbers[5..], date.TimeOfDay.TotalDays);
        }
    }

    /// <summary>Whether a cell says what no row of the training said.</summary>
    public bool IsUnseen(DataColumn column, int row) => column.IsMissing(row) ? !HadMissing : IsWords && !_places.ContainsKey(column.Text(row)!);

    /// <summary>Whether cells of this kind can be encoded.</summary>
    public bool Takes(DataColumn column) => IsWords || !column.IsWords || column.Missing == column.Count;

    // December and January are neighbours, Sunday and Monday too.
    static void Circle(Span<float> two, double part) => (two[0], two[1]) = ((float)Math.Sin(2 * Math.PI * part), (float)Math.Cos(2 * Math.PI * part));
}
