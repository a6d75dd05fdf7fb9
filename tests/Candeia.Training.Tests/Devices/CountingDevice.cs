using System.Runtime.InteropServices;

namespace Candeia.Training.Tests;

/// <summary>A second device in this process, with memory of its own: it knows additions of equal shapes and ReLU, and counts what it runs.</summary>
sealed class CountingDevice : Device
{
    readonly Dictionary<string, int> _ran = [];

    public override string Name => "test:0";

    /// <summary>How often each op ran here.</summary>
    public IReadOnlyDictionary<string, int> Ran => _ran;

    public long Copied { get; private set; }

    public bool Full { get; set; }

    protected internal override Storage Allocate(long bytes) => Full ? throw new InsufficientMemoryException($"{Name} has no {bytes} bytes left.") : new Memory(this, bytes);

    protected internal override bool TryRun(in OpCall call)
    {
        for (int i = 0; i < call.Inputs; i++) if (!call.Input(i).Layout.IsContiguous || call.Input(i).DType != DType.Float32) return false;
        string name = call.Op.GetType().Name;
        if (name == "AddOp" && call.Input(0).Layout.Shape == call.Input(1).Layout.Shape) Each(call.Output(0), call.Input(0), call.Input(1), (a, b) => a + b);
        else if (name == "ReluOp") Each(call.Output(0), call.Input(0), call.Input(0), (a, _) => Math.Max(0, a));
        else return false;
        _ran[name] = _ran.GetValueOrDefault(name) + 1;
        return true;
    }

    protected internal override void CopyToHost(Storage source, long offset, Span<byte> target) => ((Memory)source).Data.AsSpan((int)offset, target.Length).CopyTo(target);

    protected internal override void CopyFromHost(ReadOnlySpan<byte> source, Storage target, long offset)
    {
        Copied++;
        source.CopyTo(((Memory)target).Data.AsSpan((int)offset));
    }

    static void Each(Operand output, Operand a, Operand b, Func<float, float, float> f)
    {
        Span<float> y = Floats(output), x = Floats(a), z = Floats(b);
        for (int i = 0; i < y.Length; i++) y[i] = f(x[i], z[i]);
    }

    static Span<float> Floats(Operand x) => MemoryMarshal.Cast<byte, float>(((Memory)x.Storage).Data.AsSpan()).Slice((int)x.Layout.Offset, (int)x.Layout.Shape.Numel);

    sealed class Memory(Device device, long bytes) : Storage(device, bytes)
    {
        public byte[] Data { get; private set; } = new byte[bytes];

        protected internal override bool IsReleased => Data.Length < Bytes;

        protected internal override void Release() => Data = [];
    }
}
