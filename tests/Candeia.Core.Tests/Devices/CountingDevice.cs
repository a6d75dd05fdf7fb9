namespace Candeia.Tests;

/// <summary>A device of its own memory that knows addition, and perhaps other ops, and counts.</summary>
sealed class CountingDevice : Device
{
    public int Ran { get; private set; }

    /// <summary>Ops that the device claims to know: they are computed by the host's code, but count as known.</summary>
    public Predicate<Op>? Knows { get; init; }

    public override string Name => "test:0";

    protected internal override Storage Allocate(long bytes) => new Memory(this, bytes);

    protected internal override bool TryRun(Op op, ReadOnlySpan<Tensor> inputs, Tensor output, Tensor? saved)
    {
        if (Knows is not null && Knows(op))
        {
            Ran++;
            var computed = Tensor.Empty(output.Shape, output.DType).View(output.Layout);
            var s = saved is null ? null : Tensor.Empty(saved.Shape, saved.DType);
            op.Compute([.. inputs.ToArray().Select(x => x.To(Cpu))], computed, s);
            CopyFromHost(computed.Bytes, output.Storage, 0);
            if (s is not null) CopyFromHost(s.Bytes, saved!.Storage, 0);
            return true;
        }
        if (op is not AddOp || inputs[0].Shape != inputs[1].Shape || !inputs[0].Layout.IsContiguous || !inputs[1].Layout.IsContiguous || output.DType != DType.Float32) return false;
        Ran++;
        Span<float> a = Floats(inputs[0]), b = Floats(inputs[1]), y = Floats(output);
        for (int i = 0; i < y.Length; i++) y[i] = a[i] + b[i];
        return true;
    }

    protected internal override void CopyToHost(Storage source, long offset, Span<byte> target) => ((Memory)source).Data.AsSpan((int)offset, target.Length).CopyTo(target);

    protected internal override void CopyFromHost(ReadOnlySpan<byte> source, Storage target, long offset) => source.CopyTo(((Memory)target).Data.AsSpan((int)offset));

    static Span<float> Floats(Tensor x) => System.Runtime.InteropServices.MemoryMarshal.Cast<byte, float>(((Memory)x.Storage).Data.AsSpan()).Slice((int)x.Layout.Offset, (int)x.Numel);

    sealed class Memory(Device device, long bytes) : Storage(device, bytes)
    {
        public byte[] Data { get; private set; } = new byte[bytes];

        protected internal override bool IsReleased => Data.Length < Bytes;

        protected internal override void Release() => Data = [];
    }
}
