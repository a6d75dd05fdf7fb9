namespace Candeia;

public static partial class TensorOps
{
    /// <summary>The largest number in a window moved over signals [n, c, l], or over one [c, l]; the stride defaults to the window's size.</summary>
    /// <param name="x">[n, c, l] or [c, l].</param>
    /// <param name="kernelSize">How many elements the window spans of which an output is made; 2 halves the size.</param>
    /// <param name="stride">How far the window moves from one output to the next.</param>
    /// <param name="padding">A border that never wins.</param>
    /// <param name="dilation">How far apart the window's points are.</param>
    /// <param name="ceilMode">Whether a window may reach over the end.</param>
    /// <exception cref="ShapeException">The window does not fit the signals.</exception>
    /// <example><code>
    /// var y = Tensor.From([1f, 5, 2, 3]).Reshape(1, 1, 4).MaxPool1d(2);
    /// Console.WriteLine(y.Shape);                                          // → [1, 1, 2]
    /// </code></example>
    public static Tensor MaxPool1d(this Tensor x, int kernelSize, int? stride = null, int padding = 0, int dilation = 1, bool ceilMode = false)
    {
        SpatialDims(x, 1, nameof(MaxPool1d));
        return x.Unsqueeze(-2).MaxPool2d((1, kernelSize), (1, stride ?? kernelSize), (0, padding), (1, dilation), ceilMode).Squeeze(-2);
    }
}
