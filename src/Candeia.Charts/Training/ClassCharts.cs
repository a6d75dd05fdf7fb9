using System.Globalization;
using Candeia.Training;

namespace Candeia.Charts;

/// <summary>What a classifier does, to look at.</summary>
public static class ClassCharts
{
    /// <summary>A row for each true class, a column for each predicted one, coloured by the share of the row.</summary>
    /// <param name="confusion">The counts: <c>result.Detail&lt;Confusion&gt;()</c>.</param>
    /// <param name="names">The classes' names; their numbers unless given.</param>
    /// <exception cref="ArgumentException">There are not as many names as classes.</exception>
    public static Heatmap Chart(this Confusion confusion, IReadOnlyList<string>? names = null)
    {
        ArgumentNullException.ThrowIfNull(confusion);
        int[] classes = [.. Enumerable.Range(0, confusion.Classes)];
        names ??= [.. classes.Select(c => c.ToString(CultureInfo.InvariantCulture))];
        if (names.Count != classes.Length) throw new ArgumentException($"{names.Count} names were given for {classes.Length} classes.", nameof(names));
        return Heatmap.Confusion("What is taken for what", names, [.. classes.Select(t => (double[])[.. classes.Select(p => (double)confusion[t, p])])]) with
        {
            Notes = [$"{Numbers.Significant(100 * confusion.Accuracy)} % right · {Numbers.Count((int)Math.Min(int.MaxValue, confusion.Total), "sample")}"],
        };
    }

    /// <summary>How many positives are found for how many false alarms. On the diagonal, one might as well toss a coin.</summary>
    public static LineChart Chart(this RocCurve curve) => Roc(("", curve)) with
    {
        Title = "ROC curve",
        Notes = [$"area {Numbers.Significant(curve?.Area ?? double.NaN)}"],
    };

    /// <summary>Several ROC curves over each other, each named with the area below it.</summary>
    public static LineChart Roc(params (string Name, RocCurve Curve)[] curves)
    {
        ArgumentNullException.ThrowIfNull(curves);
        return new LineChart("ROC curves", [.. curves.Select(c => new Series(
            c.Name == "" ? "" : $"{c.Name} {Numbers.Significant(c.Curve.Area)}", c.Curve.FalsePositiveRate, c.Curve.TruePositiveRate))])
        {
            X = "false positive rate",
            Y = "true positive rate",
            Diagonal = true,
            Width = 560,
        };
    }
}
