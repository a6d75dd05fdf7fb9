using Candeia.Kernels;

namespace Candeia;

/// <summary>The device whose code every op carries.</summary>
internal sealed class CpuDevice : Device
{
    public CpuDevice() => NarrowVectors.Warn(Simd.Bits);

    public override string Name => "cpu";

    internal override bool HasChains => true;

    internal override void RunChain(ChainStep[] steps, ReadOnlySpan<Tensor> x, ReadOnlySpan<Tensor> outputs) => ChainRuns.Run(steps, x, outputs);

    internal override void SumChain(ChainStep[] steps, ReadOnlySpan<Tensor> x, ReadOnlySpan<Tensor> outputs, Tensor last, Tensor sums, long rows, long n) =>
        ChainRuns.Sum(steps, x, outputs, last, sums, rows, n);

    public override void Trim() => MemoryPool.Trim();

    protected override Storage Allocate(long bytes) => new HostStorage(this, bytes);

    protected override bool TryRun(in OpCall call)
    {
        call.Compute();
        return true;
    }

    protected override void CopyToHost(Storage source, long offset, Span<byte> target)
    {
        ((HostStorage)source).Part(offset, target.Length).CopyTo(target);
        GC.KeepAlive(source);
    }

    protected override void CopyFromHost(ReadOnlySpan<byte> source, Storage target, long offset)
    {
        source.CopyTo(((HostStorage)target).Part(offset, source.Length));
        GC.KeepAlive(target);
    }
}
