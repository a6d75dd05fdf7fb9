namespace Candeia;

/// <summary>The device whose code every op carries.</summary>
internal sealed class CpuDevice : Device
{
    public override string Name => "cpu";

    protected internal override Storage Allocate(long bytes) => new HostStorage(this, bytes);

    protected internal override bool TryRun(in OpCall call)
    {
        call.Compute();
        return true;
    }

    protected internal override unsafe void CopyToHost(Storage source, long offset, Span<byte> target) =>
        new ReadOnlySpan<byte>((byte*)((HostStorage)source).Address + offset, target.Length).CopyTo(target);

    protected internal override unsafe void CopyFromHost(ReadOnlySpan<byte> source, Storage target, long offset) =>
        source.CopyTo(new Span<byte>((byte*)((HostStorage)target).Address + offset, source.Length));
}
