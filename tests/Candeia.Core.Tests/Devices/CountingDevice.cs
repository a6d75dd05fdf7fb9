namespace Candeia.Tests;

/// <summary>A device of its own memory that knows addition, and perhaps other ops, and counts.</summary>
sealed class CountingDevice : Device
{
    public int Ran { get; private set; }

    /// <summary>Ops that the device claims to know: they are computed by the host's code, but count as known.</summary>
    public Predicate<Op>? Knows { get; init; }

    public override string Name => "test:0";

    protected internal override Storage Allocate(long bytes) => new Memory(this, bytes);

    protected internal override bool TryRun(in OpCall call)
    {
        if (Knows is not null && Knows(call.Op))
        {
            Ran++;
            call.ComputeOnHost();
            return true;
        }
        if (call.Op is not AddOp || call.Input(0) is var p && call.Input(1) is var q && p.Layout.Shape != q.Layout.Shape || !p.Layout.IsContiguous || !q.Layout.IsContiguous || p.DType != DType.Float32) return false;
        Ran++;
        Span<float> a = Floats(p), b = Floats(q), y = Floats(call.Output(0));
        for (int i = 0; i < y.Length; i++) y[i] = a[i] + b[i];
        return true;
    }

    protected internal override void CopyToHost(Storage source, long offset, Span<byte> target) => ((Memory)source).Data.AsSpan((int)offset, target.Length).CopyTo(target);

    protected internal override void CopyFromHost(ReadOnlySpan<byte> source, Storage target, long offset) => source.CopyTo(((Memory)target).Data.AsSpan((int)offset));

    static Span<float> Floats(Operand x) => System.Runtime.InteropServices.MemoryMarshal.Cast<byte, float>(((Memory)x.Storage).Data.AsSpan()).Slice((int)x.Layout.Offset, (int)x.Layout.Shape.Numel);

    sealed class Memory(Device device, long bytes) : Storage(device, bytes)
    {
        public byte[] Data { get; private set; } = new byte[bytes];

        protected internal override bool IsReleased => Data.Length < Bytes;

        protected internal override void Release() => Data = [];
    }
}
