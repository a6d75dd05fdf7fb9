namespace Candeia.Training.Tests;

/// <summary>
/// A second device that knows every op, and counts how often somebody outside of ops waits for numbers of it. Copies in place are ops in all but name, so
/// they do not count.
/// </summary>
sealed class WaitingDevice : Device
{
    bool _computes;

    public override string Name => "test:1";

    /// <summary>How often the host has asked for numbers.</summary>
    public int Waits { get; set; }

    protected internal override Storage Allocate(long bytes) => new Memory(this, bytes);

    protected internal override bool TryRun(in OpCall call)
    {
        _computes = true;
        call.ComputeOnHost();
        _computes = false;
        return true;
    }

    protected internal override void CopyToHost(Storage source, long offset, Span<byte> target)
    {
        if (!_computes && !Environment.StackTrace.Contains($"{nameof(TensorOps)}.{nameof(TensorOps.CopyFrom)}", StringComparison.Ordinal)) Waits++;
        ((Memory)source).Data.AsSpan((int)offset, target.Length).CopyTo(target);
    }

    protected internal override void CopyFromHost(ReadOnlySpan<byte> source, Storage target, long offset) => source.CopyTo(((Memory)target).Data.AsSpan((int)offset));

    sealed class Memory(Device device, long bytes) : Storage(device, bytes)
    {
        public byte[] Data { get; private set; } = new byte[bytes];

        protected internal override bool IsReleased => Data.Length < Bytes;

        protected internal override void Release() => Data = [];
    }
}
