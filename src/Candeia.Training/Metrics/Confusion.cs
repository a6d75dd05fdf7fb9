using System.Globalization;
using System.Text;

namespace Candeia.Training;

/// <summary>How often samples of each class were taken for each class.</summary>
public sealed class Confusion
{
    readonly long[,] _counts;

    /// <summary>From a row per true class, with a count per predicted class.</summary>
    /// <exception cref="ArgumentException">There are not as many columns as rows, or a count is negative.</exception>
    public Confusion(long[,] counts)
    {
        ArgumentNullException.ThrowIfNull(counts);
        if (counts.GetLength(0) != counts.GetLength(1))
            throw new ArgumentException($"A confusion matrix has a row and a column per class, not {counts.GetLength(0)} rows and {counts.GetLength(1)} columns.", nameof(counts));
        foreach (long count in counts) ArgumentOutOfRangeException.ThrowIfNegative(count, nameof(counts));
        _counts = (long[,])counts.Clone();
    }

    /// <summary>The number of classes.</summary>
    public int Classes => _counts.GetLength(0);

    /// <summary>How many samples of a class were taken for another, or for itself.</summary>
    public long this[int truth, int predicted] => _counts[truth, predicted];

    /// <summary>All samples.</summary>
    public long Total => _counts.Cast<long>().Sum();

    /// <summary>How many samples truly are of a class.</summary>
    public long Truly(int @class) => Each.Sum(c => _counts[@class, c]);

    /// <summary>How many samples were taken for a class.</summary>
    public long Predicted(int @class) => Each.Sum(c => _counts[c, @class]);

    /// <summary>The share of samples that were taken for what they are; not a number where there are none.</summary>
    public double Accuracy => (double)Each.Sum(c => _counts[c, c]) / Total;

    /// <summary>Of the samples taken for a class, the share that truly are; 0 if none were.</summary>
    public double Precision(int @class) => Share(_counts[@class, @class], Predicted(@class));

    /// <summary>Of the samples that truly are of a class, the share that was found; 0 if there are none.</summary>
    public double Recall(int @class) => Share(_counts[@class, @class], Truly(@class));

    /// <summary>The harmonic mean of a class's precision and recall; 0 if it never occurs.</summary>
    public double F1(int @class) => Share(2 * _counts[@class, @class], Truly(@class) + Predicted(@class));

    /// <summary>Of the samples that are of a class or were taken for it, the share that is and was (intersection over union); 0 if it never occurs.</summary>
    public double Iou(int @class) => Share(_counts[@class, @class], Truly(@class) + Predicted(@class) - _counts[@class, @class]);

    /// <summary>Intersection over union, over all classes.</summary>
    public double Iou(Average average) => average == Average.Micro && Each.Sum(c => _counts[c, c]) is var right ? Share(right, 2 * Total - right) : Over(average, Iou);

    /// <summary>Precision over all classes.</summary>
    public double Precision(Average average) => Over(average, Precision);

    /// <summary>Recall over all classes.</summary>
    public double Recall(Average average) => Over(average, Recall);

    /// <summary>F1 over all classes.</summary>
    public double F1(Average average) => Over(average, F1);

    /// <summary>A row per true class and a column per predicted one, with recall and precision at the margins.</summary>
    public override string ToString() => ToString([.. Each.Select(c => c.ToString(CultureInfo.InvariantCulture))]);

    /// <summary>The table with names for the classes.</summary>
    /// <exception cref="ArgumentException">There are not as many names as classes.</exception>
    public string ToString(IReadOnlyList<string> names)
    {
        ArgumentNullException.ThrowIfNull(names);
        if (names.Count != Classes) throw new ArgumentException($"{names.Count} names were given for {Classes} classes.", nameof(names));
        string[][] cells =
        [
            ["true ╲ predicted", .. names, "recall"],
            .. Each.Select(t => (string[])[names[t], .. Each.Select(p => _counts[t, p].ToString("N0", CultureInfo.InvariantCulture)), Percent(Recall(t))]),
            ["precision", .. Each.Select(p => Percent(Precision(p))), Percent(Accuracy)],
        ];
        int[] widths = [.. Enumerable.Range(0, Classes + 2).Select(c => cells.Max(row => row[c].Length))];
        var text = new StringBuilder();
        foreach (string[] row in cells)
            text.AppendJoin("  ", row.Select((cell, c) => c == 0 ? cell.PadRight(widths[c]) : cell.PadLeft(widths[c]))).Append('\n');
        return text.ToString();
    }

    IEnumerable<int> Each => Enumerable.Range(0, Classes);

    double Over(Average average, Func<int, double> measure) => average switch
    {
        Average.Micro => Accuracy,
        Average.Weighted => Each.Sum(c => measure(c) * Truly(c)) / Total,
        _ => Each.Where(c => Truly(c) + Predicted(c) > 0).Select(measure).DefaultIfEmpty(double.NaN).Average(),
    };

    static double Share(long part, long whole) => whole == 0 ? 0 : (double)part / whole;

    static string Percent(double share) => double.IsNaN(share) ? "" : (100 * share).ToString("0.0' %'", CultureInfo.InvariantCulture);
}
