using Candeia.Kernels;

namespace Candeia;

/// <summary>Keeps x · <paramref name="Scale"/> where a uint8 mask of the same shape is not 0, and gives 0 elsewhere.</summary>
public sealed record DropoutOp(double Scale) : Op
{
    /// <inheritdoc/>
    public override Formula? Formula => new("b != 0 ? a * k0 : (T)0", Scale);

    /// <inheritdoc/>
    protected internal override Keeps Keeps => Keeps.Inputs;

    /// <summary>Only the mask is read again.</summary>
    protected internal override bool KeepsInput(Node node, int input) => input == 1;

    /// <inheritdoc/>
    protected internal override Tensor?[] Backward(Node node, Tensor grad) => [Apply(grad, node.Inputs[1]), null];

    /// <summary>Applies the op.</summary>
    public Tensor Apply(Tensor x, Tensor mask)
    {
        ArgumentNullException.ThrowIfNull(x);
        return Run(x.Layout.Dense(), x.DType, x, mask);
    }

    /// <inheritdoc/>
    internal override Cut? CutOf(ReadOnlySpan<Tensor> x, ReadOnlySpan<Tensor> y) => Cut.Rows(x, y);

    /// <inheritdoc/>
    protected internal override void Compute(ReadOnlySpan<Tensor> x, ReadOnlySpan<Tensor> outputs) => DropoutCalls.Run(Scale, x[0], x[1], outputs[0]);
}

public static partial class TensorOps
{
    /// <summary>In training, zeros with probability <paramref name="p"/> and the rest divided by 1 − p; otherwise the input itself.</summary>
    /// <param name="x">Numbers of any shape, which the result keeps.</param>
    /// <param name="p">The probability of a zero.</param>
    /// <param name="training">Whether to drop anything. There is no default: a dropout that stays on in evaluation is a common fault.</param>
    /// <param name="generator">Where the randomness comes from; the global generator, if none is given.</param>
    /// <exception cref="ArgumentOutOfRangeException">The probability is not between 0 and 1.</exception>
    /// <example><code>
    /// var x = Tensor.Ones([1000]);
    /// Console.WriteLine(x.Dropout(0.5, training: false).Sum().Item());      // → 1000
    /// Console.WriteLine((x.Dropout(0.5, training: true) > 0).Sum().Item() is > 400 and &lt; 600);      // → True
    /// </code></example>
    public static Tensor Dropout(this Tensor x, double p, bool training, Generator? generator = null)
    {
        ArgumentNullException.ThrowIfNull(x);
        if (p is not (>= 0 and <= 1)) throw new ArgumentOutOfRangeException(nameof(p), $"A probability lies between 0 and 1, not {p}.");
        if (!training || p == 0) return x;
        var mask = BernoulliOp.Draw(x.Shape, 1 - p, generator, x.Device);
        return new DropoutOp(p == 1 ? 0 : 1 / (1 - p)).Apply(x.DType.IsFloatingPoint() ? x : x.To(DType.Float32), mask);
    }
}
