using System.Numerics;
using System.Numerics.Tensors;
using Candeia.Kernels;

namespace Candeia;

/// <summary>The same values in memory of their own, perhaps of another type or in another order of dimensions.</summary>
public sealed record CopyOp(DType DType) : Op
{
    /// <inheritdoc/>
    protected internal override Tensor?[] Backward(Node node, Tensor grad) => [grad.To(node.Inputs[0].DType)];

    /// <summary>A copy laid out as asked.</summary>
    public Tensor Apply(Tensor x, Layout layout) => Run(layout, DType, x);

    /// <inheritdoc/>
    protected internal override void Compute(ReadOnlySpan<Tensor> x, ReadOnlySpan<Tensor> outputs) => Into(outputs[0], x[0]);

    /// <summary>Writes values, broadcast and converted, into a tensor or a view.</summary>
    internal static void Into(Tensor y, Tensor x)
    {
        if (y.Device != Device.Cpu)
        {
            var host = TransferOp.ToHost(y);
            Into(host, x.To(Device.Cpu));
            y.Device.CopyFromHost(host.View(Layout.Of([checked((int)(host.Storage.Bytes / y.DType.Size()))])).Bytes, y.Storage, 0);
            GC.KeepAlive(host);
            return;
        }
        using var runs = Runs.Of([y, x]);
        if (x.DType == y.DType)
        {
            if (!runs.TryTranspose()) runs.Run(new Same(y.DType.Size()));
        }
        else if (x.DType == DType.Float32) From<float>(runs, y.DType);
        else if (x.DType == DType.Float64) From<double>(runs, y.DType);
        else if (x.DType == DType.Int64) From<long>(runs, y.DType);
        else if (x.DType == DType.Int32) From<int>(runs, y.DType);
        else From<byte>(runs, y.DType);
        GC.KeepAlive(x);
        GC.KeepAlive(y);
    }

    static void From<T>(Runs runs, DType to) where T : unmanaged, INumber<T>
    {
        switch (to)
        {
            case DType.Float32: runs.Run(new Convert<T, float>()); break;
            case DType.Float64: runs.Run(new Convert<T, double>()); break;
            case DType.Int64: runs.Run(new Convert<T, long>()); break;
            case DType.Int32: runs.Run(new Convert<T, int>()); break;
            case DType.UInt8: runs.Run(new Convert<T, byte>()); break;
            default: runs.Run(new Truth<T>()); break;
        }
    }

    readonly unsafe struct Same(int size) : IElementwise
    {
        public void Run(byte** p, int count) => new ReadOnlySpan<byte>(p[1], count * size).CopyTo(new(p[0], count * size));
    }

    readonly unsafe struct Convert<TX, TY> : IElementwise where TX : unmanaged, INumber<TX> where TY : unmanaged, INumber<TY>
    {
        public void Run(byte** p, int count) => TensorPrimitives.ConvertTruncating(new ReadOnlySpan<TX>(p[1], count), new Span<TY>(p[0], count));
    }

    readonly unsafe struct Truth<T> : IElementwise where T : unmanaged, INumber<T>
    {
        public void Run(byte** p, int count)
        {
            for (int i = 0; i < count; i++) p[0][i] = ((T*)p[1])[i] != T.Zero ? (byte)1 : (byte)0;
        }
    }
}

public static partial class TensorOps
{
    /// <summary>A copy in memory of its own, in the same order of dimensions.</summary>
    public static Tensor Clone(this Tensor x)
    {
        ArgumentNullException.ThrowIfNull(x);
        return new CopyOp(x.DType).Apply(x, x.Layout.Dense());
    }

    /// <summary>This tensor if it is row-major without gaps, else a copy that is.</summary>
    public static Tensor Contiguous(this Tensor x)
    {
        ArgumentNullException.ThrowIfNull(x);
        return x.Layout.IsContiguous ? x : new CopyOp(x.DType).Apply(x, Layout.Of(x.Shape));
    }

    /// <summary>This tensor if its channels are neighbours in memory, else a copy of which that is true. The shape stays [n, c, …].</summary>
    public static Tensor ChannelsLast(this Tensor x)
    {
        ArgumentNullException.ThrowIfNull(x);
        return x.Layout.IsChannelsLast ? x : new CopyOp(x.DType).Apply(x, Layout.ChannelsLast(x.Shape));
    }

    /// <summary>The values as another type; floating-point numbers lose their fraction on the way to integers.</summary>
    public static Tensor To(this Tensor x, DType dtype)
    {
        ArgumentNullException.ThrowIfNull(x);
        if (x.DType == dtype) return x;
        return x.IsNumber ? Tensor.Number(x.Item(), dtype) : new CopyOp(dtype).Apply(x, x.Layout.Dense());
    }
}
