using BenchmarkDotNet.Attributes;

namespace Candeia.Bench;

/// <summary>What is measured of every kernel.</summary>
[Config(typeof(KernelConfig))]
public abstract class KernelBench
{
    /// <summary>A part of the names of the cases that are wanted; null wants all.</summary>
    public static string? Only { get; set; }

    /// <summary>The row of the table.</summary>
    [ParamsSource(nameof(Wanted))]
    public required KernelCase Case { get; set; }

    /// <summary>The cases, made once: they keep the peaks that were measured with them.</summary>
    protected abstract IEnumerable<KernelCase> Cases { get; }

    /// <summary>The cases that are wanted.</summary>
    public IEnumerable<KernelCase> Wanted => Cases.Where(c => Only is null || c.ToString().Contains(Only, StringComparison.Ordinal));

    /// <summary>Takes memory, and measures the peak.</summary>
    [GlobalSetup]
    public void Begin() => Case.Begin();

    /// <summary>The kernel.</summary>
    [Benchmark]
    public void Run() => Case.Run();

    /// <summary>Measures the peak again, and gives the memory back.</summary>
    [GlobalCleanup]
    public void End() => Case.End();
}
