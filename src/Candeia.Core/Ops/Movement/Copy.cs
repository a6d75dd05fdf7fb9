using System.Numerics;
using System.Numerics.Tensors;

namespace Candeia;

/// <summary>The same values in memory of their own, perhaps of another type or in another order of dimensions.</summary>
public sealed record CopyOp(DType DType) : Op, IPointwise
{
    /// <inheritdoc/>
    protected internal override bool TakesNarrow => true;

    /// <inheritdoc/>
    protected internal override bool DifferentiatesComplex => true;

    /// <inheritdoc/>
    protected internal override Tensor?[] Backward(Node node, Tensor grad)
    {
        var dtype = node.Inputs[0].DType;
        return [(dtype.IsComplex() ? grad : grad.Real()).To(dtype)];
    }

    /// <summary>A copy laid out as asked.</summary>
    public Tensor Apply(Tensor x, Layout layout) => Run(layout, DType, x);

    /// <inheritdoc/>
    protected internal override void Compute(ReadOnlySpan<Tensor> x, ReadOnlySpan<Tensor> outputs) => Into(outputs[0], x[0]);

    int IPointwise.Effort => 1;

    bool IPointwise.MayWait(DType first) => first != DType;

    bool IPointwise.IsLast(DType result) => result.Wide() != result;

    void IPointwise.Compute(Runs runs, DType result, DType first) => Numbers.Run(first, new From(runs, result));

    /// <summary>Writes values, broadcast and converted, into a tensor or a view, all in the memory of this process.</summary>
    internal static void Into(Tensor y, Tensor x)
    {
        DType from = x.DType.Wide(), to = y.DType.Wide();
        if (x.DType == y.DType)
        {
            using var bits = Runs.OfBits(y, x);
            if (!bits.TryTranspose()) bits.Run(new Same(y.DType.Size()));
        }
        else if (x.DType.IsComplex() && !y.DType.IsComplex() && y.DType != DType.Bool) throw NotReal(x.DType, y.DType);
        else
        {
            using var runs = Runs.Of(y, x);
            if (from == to) runs.Run(new Same(to.Size()));
            else Numbers.Run(from, new From(runs, to));
        }
    }

    internal static ArgumentException NotReal(DType from, DType to) => new($"{from} becomes no {to}, which would lose the imaginary part; take Real(), Imag() or Abs() first.");

    readonly struct Same(int size) : IElementwise
    {
        public static bool Moves => true;

        public void Run(Block block) => block.Move(size);
    }

    readonly struct From(Runs runs, DType to) : INumberCall
    {
        public void Run<T>() where T : unmanaged, INumberBase<T>
        {
            if (to == DType.Bool) runs.Run(new Truth<T>());
            else Numbers.Run(to, new To<T>(runs));
        }
    }

    readonly struct To<TX>(Runs runs) : INumberCall where TX : unmanaged, INumberBase<TX>
    {
        public void Run<T>() where T : unmanaged, INumberBase<T> => runs.Run(new Convert<TX, T>());
    }

    readonly struct Convert<TX, TY> : IElementwise where TX : unmanaged, INumberBase<TX> where TY : unmanaged, INumberBase<TY>
    {
        public void Run(Block block) => TensorPrimitives.ConvertTruncating(block.Input<TX>(1), block.Output<TY>());
    }

    readonly struct Truth<T> : IElementwise where T : unmanaged, INumberBase<T>
    {
        public void Run(Block block)
        {
            var x = block.Input<T>(1);
            var y = block.Output<byte>();
            for (int i = 0; i < y.Length; i++) y[i] = T.IsZero(x[i]) ? (byte)0 : (byte)1;
        }
    }
}

public static partial class TensorOps
{
    /// <summary>A copy in memory of its own, in the same order of dimensions.</summary>
    /// <param name="x">A tensor of any shape, which the result keeps. Gradients flow through the copy to it.</param>
    /// <example><code>
    /// Tensor x = [[1, 2]];
    /// var copy = x.Clone();
    /// copy[0, 0] = 9;
    /// Console.WriteLine(x);
    /// // →  1  2
    /// // → [ int64 [1, 2] ]
    /// </code></example>
    public static Tensor Clone(this Tensor x)
    {
        ArgumentNullException.ThrowIfNull(x);
        return new CopyOp(x.DType).Apply(x, x.Layout.Dense());
    }

    /// <summary>This tensor if it is row-major without gaps, else a copy that is.</summary>
    /// <param name="x">A tensor of any shape, which the result keeps.</param>
    /// <example><code>
    /// var x = Tensor.Zeros([2, 3]).T();
    /// Console.WriteLine(x.Contiguous().Layout.IsContiguous);      // → True
    /// </code></example>
    public static Tensor Contiguous(this Tensor x)
    {
        ArgumentNullException.ThrowIfNull(x);
        return x.Layout.IsContiguous ? x : new CopyOp(x.DType).Apply(x, Layout.Of(x.Shape));
    }

    /// <summary>This tensor if its channels are neighbours in memory, else a copy of which that is true. The shape stays [n, c, …].</summary>
    /// <param name="x">Images [n, c, h, w], or volumes [n, c, d, h, w].</param>
    /// <example><code>
    /// var images = Tensor.Zeros([1, 3, 4, 4]).ChannelsLast();
    /// Console.WriteLine(images.Shape);      // → [1, 3, 4, 4]
    /// </code></example>
    public static Tensor ChannelsLast(this Tensor x)
    {
        ArgumentNullException.ThrowIfNull(x);
        return x.Layout.IsChannelsLast ? x : new CopyOp(x.DType).Apply(x, Layout.ChannelsLast(x.Shape));
    }

    /// <summary>
    /// The values as another type; floating-point numbers lose their fraction on the way to whole ones, and truth values are what is not 0.
    /// </summary>
    /// <param name="x">A tensor of any shape, which the result keeps.</param>
    /// <param name="dtype">The type of the result; this tensor itself is returned where it has it already.</param>
    /// <exception cref="ArgumentException">Complex numbers would become real ones.</exception>
    /// <example><code>
    /// Tensor x = [[-1.7, 0, 2.9]];
    /// Console.WriteLine(x.To(DType.Int64));
    /// // → -1  0  2
    /// // → [ int64 [1, 3] ]
    /// </code></example>
    public static Tensor To(this Tensor x, DType dtype)
    {
        ArgumentNullException.ThrowIfNull(x);
        if (x.DType == dtype) return x;
        if (x.DType.IsComplex() && !dtype.IsComplex() && dtype != DType.Bool) throw CopyOp.NotReal(x.DType, dtype);
        return x.IsNumber && !x.RequiresGrad ? Tensor.Number(x, dtype) : new CopyOp(dtype).Apply(x, x.Layout.Dense());
    }
}
