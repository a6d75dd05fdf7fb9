using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Toolchains.InProcess.NoEmit;

namespace Candeia.Bench;

/// <summary>Measures in this process, so that threads and registers are those of the command line, and shows rates beside times.</summary>
public sealed class KernelConfig : ManualConfig
{
    /// <summary>The job and the columns.</summary>
    public KernelConfig()
    {
        AddJob(BenchmarkDotNet.Jobs.Job.Default.WithToolchain(InProcessNoEmitToolchain.Instance).WithWarmupCount(3).WithIterationCount(15));
        AddColumn(StatisticColumn.Median, new RateColumn(ofPeak: false), new RateColumn(ofPeak: true));
        WithOptions(ConfigOptions.DisableLogFile);
        SummaryStyle = SummaryStyle.Default.WithMaxParameterColumnWidth(60);
    }
}
