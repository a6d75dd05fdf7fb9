using System.Collections.Immutable;

namespace Candeia.Training;

/// <summary>How numbers are distributed.</summary>
/// <param name="Tag">Their name.</param>
/// <param name="Min">The smallest.</param>
/// <param name="Max">The largest.</param>
/// <param name="Count">How many there are.</param>
/// <param name="Sum">Their sum.</param>
/// <param name="SumOfSquares">The sum of their squares.</param>
/// <param name="Limits">Where each bucket ends; it begins where the one before ends.</param>
/// <param name="Counts">How many numbers are in each bucket.</param>
public sealed record HistogramSummary(
    string Tag, double Min, double Max, double Count, double Sum, double SumOfSquares, ImmutableArray<double> Limits, ImmutableArray<double> Counts) : SummaryValue(Tag)
{
    internal const int Field = 5;
    static readonly double[] s_limits = MakeLimits();

    /// <summary>The histogram of a tensor's values, in TensorFlow's buckets, each a tenth wider than the one before; what is not finite does not count.</summary>
    public static HistogramSummary Of(string tag, Tensor values)
    {
        ArgumentNullException.ThrowIfNull(values);
        double[] finite = Array.FindAll(values.Detach().ToArray<double>(), double.IsFinite);
        double[] counts = new double[s_limits.Length];
        double sum = 0, squares = 0;
        foreach (double value in finite)
        {
            int at = Array.BinarySearch(s_limits, value);
            counts[at < 0 ? ~at : at + 1]++;                                // a bucket holds what is below its limit
            sum += value;
            squares += value * value;
        }
        int first = Array.FindIndex(counts, n => n > 0), last = Array.FindLastIndex(counts, n => n > 0);
        if (first < 0) return new(tag, 0, 0, 0, 0, 0, [double.MaxValue], [0]);
        if (first > 0) first--;                                             // an empty bucket, so that it is known where the next begins
        return new(tag, finite.Min(), finite.Max(), finite.Length, sum, squares, [.. s_limits[first..(last + 1)]], [.. counts[first..(last + 1)]]);
    }

    static double[] MakeLimits()
    {
        List<double> positive = [];
        for (double v = 1e-12; v < 1e20; v *= 1.1) positive.Add(v);
        return [.. positive.Select(v => -v).Reverse(), 0, .. positive, double.MaxValue];
    }

    internal override void Write(ProtoWriter value) => value.Message(Field, histogram =>
    {
        histogram.Double(1, Min);
        histogram.Double(2, Max);
        histogram.Double(3, Count);
        histogram.Double(4, Sum);
        histogram.Double(5, SumOfSquares);
        histogram.Doubles(6, Limits.AsSpan());
        histogram.Doubles(7, Counts.AsSpan());
    });

    internal static HistogramSummary OfMessage(ReadOnlySpan<byte> message)
    {
        double min = 0, max = 0, count = 0, sum = 0, squares = 0;
        List<double> limits = [], counts = [];
        var fields = new ProtoReader(message);
        while (fields.Next())
        {
            switch (fields.Field)
            {
                case 1: min = fields.Double(); break;
                case 2: max = fields.Double(); break;
                case 3: count = fields.Double(); break;
                case 4: sum = fields.Double(); break;
                case 5: squares = fields.Double(); break;
                case 6: fields.AddDoubles(limits); break;
                case 7: fields.AddDoubles(counts); break;
            }
        }
        return limits.Count == counts.Count ? new("", min, max, count, sum, squares, [.. limits], [.. counts])
            : throw new InvalidDataException($"a histogram has {limits.Count} limits and {counts.Count} counts");
    }
}
