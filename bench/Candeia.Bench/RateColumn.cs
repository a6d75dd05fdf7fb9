using System.Globalization;
using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;

namespace Candeia.Bench;

/// <summary>Operations per second in the median, in GFLOP/s or as a share of the peak that was measured before and after.</summary>
/// <param name="ofPeak">Whether the share is shown.</param>
public sealed class RateColumn(bool ofPeak) : IColumn
{
    /// <inheritdoc/>
    public string Id => $"{nameof(RateColumn)}.{ColumnName}";

    /// <inheritdoc/>
    public string ColumnName => ofPeak ? "% of peak" : "GFLOP/s";

    /// <inheritdoc/>
    public string Legend => ofPeak ? "Share of the rate of multiply-adds between registers, measured before and after" : "Billions of operations per second; a multiply-add counts twice";

    /// <inheritdoc/>
    public bool AlwaysShow => true;

    /// <inheritdoc/>
    public ColumnCategory Category => ColumnCategory.Custom;

    /// <inheritdoc/>
    public int PriorityInCategory => ofPeak ? 1 : 0;

    /// <inheritdoc/>
    public bool IsNumeric => true;

    /// <inheritdoc/>
    public UnitType UnitType => UnitType.Dimensionless;

    /// <inheritdoc/>
    public bool IsAvailable(Summary summary) => true;

    /// <inheritdoc/>
    public bool IsDefault(Summary summary, BenchmarkCase benchmarkCase) => false;

    /// <inheritdoc/>
    public string GetValue(Summary summary, BenchmarkCase benchmarkCase)
    {
        if (benchmarkCase.Parameters[nameof(KernelBench.Case)] is not KernelCase kernel || summary[benchmarkCase]?.ResultStatistics is not { } statistics) return "?";
        double rate = kernel.Flop / statistics.Median;                       // per nanosecond, so in billions per second
        return ofPeak ? (rate * 1e9 / kernel.Peak).ToString("P0", CultureInfo.InvariantCulture) : rate.ToString("F1", CultureInfo.InvariantCulture);
    }

    /// <inheritdoc/>
    public string GetValue(Summary summary, BenchmarkCase benchmarkCase, SummaryStyle style) => GetValue(summary, benchmarkCase);
}
