using Candeia.Kernels;

namespace Candeia;

/// <summary>Each place along a dimension made of weighted places of the input: resizing, padding and averaging are this op. Its derivative is itself, transposed.</summary>
/// <param name="Dim">The dimension.</param>
/// <param name="Taps">Which places, and how much of each.</param>
public sealed record ResampleOp(int Dim, Taps Taps) : Op
{
    /// <inheritdoc/>
    protected internal override Tensor?[] Backward(Node node, Tensor grad) => [new ResampleOp(Dim, Taps.Transposed()).Apply(grad)];

    /// <summary>Applies the op; the result has the order of the input's dimensions in memory.</summary>
    /// <exception cref="ShapeException">The dimension does not have the size that the taps are for.</exception>
    public Tensor Apply(Tensor x)
    {
        ArgumentNullException.ThrowIfNull(x);
        if (Dim < 0 || Dim >= x.Rank || x.Shape[Dim] != Taps.Inputs) throw new ShapeException($"Taps for {Taps.Inputs} places do not fit dimension {Dim} of {x.Shape}.");
        if (!x.DType.IsFloatingPoint()) throw new ArgumentException($"Resampling takes floating-point numbers, not {x.DType}; convert with To(DType.Float32).");
        var shape = x.Shape.With(Dim, Taps.Outputs);
        return Run(x.Layout.IsChannelsLast && !x.Layout.IsContiguous ? Layout.ChannelsLast(shape) : Layout.Of(shape), x.DType, x);
    }

    /// <inheritdoc/>
    internal override Cut? CutOf(ReadOnlySpan<Tensor> x, ReadOnlySpan<Tensor> y) => Cut.Beside(Dim, x, y);

    /// <inheritdoc/>
    protected internal override void Compute(ReadOnlySpan<Tensor> x, ReadOnlySpan<Tensor> outputs) => ResampleCalls.Run(Dim, Taps, x[0], outputs[0]);
}

public static partial class TensorOps
{
    /// <summary>Several dimensions resampled, those that shrink first; steps are not rounded to a type that is only stored, but the result is, once.</summary>
    static Tensor Resampled(Tensor x, int firstDim, ReadOnlySpan<Taps?> taps)
    {
        Taps?[] all = taps.ToArray();
        int[] order = [.. Enumerable.Range(0, all.Length).Where(i => all[i] is not null).OrderBy(i => (double)all[i]!.Outputs / Math.Max(1, all[i]!.Inputs))];
        if (order.Length == 0) return x;
        if (!x.DType.IsFloatingPoint())
        {
            foreach (int i in order)
            {
                if (!all[i]!.IsChoice) throw new ArgumentException($"Means are taken of floating-point numbers, not of {x.DType}; convert with To(DType.Float32).");
                x = x.IndexSelect(firstDim + i, Tensor.From(Array.ConvertAll(all[i]!.Places.ToArray(), p => (long)p), device: x.Device));
            }
            return x;
        }
        return x.InWide(x =>
        {
            foreach (int i in order) x = new ResampleOp(firstDim + i, all[i]!).Apply(x);
            return x;
        });
    }
}
