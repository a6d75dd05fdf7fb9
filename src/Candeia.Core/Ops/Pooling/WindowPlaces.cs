using Candeia.Kernels;

namespace Candeia;

/// <summary>
/// Where the greatest number of each window is, of equals the first, not-a-number before all: the place (depth · height + row) · width + column, as int64.
/// Inputs: x [planes, depth, height, width], and where the windows begin and end, int64 [1 or planes, d' + h' + w'].
/// </summary>
/// <param name="Output">How many windows there are along each dimension.</param>
/// <param name="Step">How far apart the points of a window are.</param>
public sealed record WindowPlacesOp(Size3d Output, Size3d Step) : Op
{
    /// <inheritdoc/>
    protected internal override bool IsDifferentiable => false;

    /// <summary>Applies the op: [planes, d', h', w'].</summary>
    /// <exception cref="ShapeException">The windows are not as many as the result has places.</exception>
    public Tensor Apply(Tensor x, Tensor begins, Tensor ends)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(begins);
        ArgumentNullException.ThrowIfNull(ends);
        int windows = Output.Depth + Output.Height + Output.Width;
        if (x.Rank != 4 || begins.Shape != ends.Shape || begins.Shape != [1, windows] && begins.Shape != [x.Shape[0], windows])
            throw new ShapeException($"Windows {begins.Shape} … {ends.Shape} do not fit {x.Shape} and a result of {Output}.");
        if (begins.DType != DType.Int64 || ends.DType != DType.Int64)
            throw new ArgumentException($"Windows begin and end at int64 places, not {begins.DType} and {ends.DType}; convert with To(dtype).");
        return Run([x.Shape[0], Output.Depth, Output.Height, Output.Width], DType.Int64, x, begins, ends);
    }

    /// <inheritdoc/>
    internal override Cut? CutOf(ReadOnlySpan<Tensor> x, ReadOnlySpan<Tensor> y) => Cut.Rows(x, y, inputs: x[1].Shape[0] == x[0].Shape[0] ? 3 : 1);

    /// <inheritdoc/>
    protected internal override void Compute(ReadOnlySpan<Tensor> x, ReadOnlySpan<Tensor> outputs) => WindowCalls.Places(Step, x[0], x[1], x[2], outputs[0]);
}
