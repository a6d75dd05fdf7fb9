using Candeia.Kernels;

namespace Candeia;

/// <summary>The gradient of ReLU: the incoming gradient where the output is positive (or not a number), 0 elsewhere.</summary>
public sealed record ReluGradientOp : BinaryOp
{
    /// <inheritdoc/>
    public override Formula? Formula => new("b > 0 ? a : (T)0");

    /// <inheritdoc/>
    protected internal override Keeps Keeps => Keeps.Inputs;

    /// <summary>Only the condition is read again.</summary>
    protected internal override bool KeepsInput(Node node, int input) => input == 1;

    /// <inheritdoc/>
    protected override void Map<T>(ReadOnlySpan<T> a, ReadOnlySpan<T> b, Span<T> y)
    {
        if (typeof(T) == typeof(float) || typeof(T) == typeof(double)) Kernels.Map.Run(new ReluGradientMap(), b, a, y);
        else for (int i = 0; i < y.Length; i++) y[i] = b[i] > T.Zero ? a[i] : T.Zero;
    }

    /// <inheritdoc/>
    protected override (Tensor? A, Tensor? B) Backward(Tensor a, Tensor b, Node node, Tensor grad) => (Apply(grad, b), null);
}
