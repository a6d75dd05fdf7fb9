namespace Candeia;

public static partial class TensorOps
{
    /// <summary>The mean of a window moved over signals [n, c, l], or over one [c, l]; the stride defaults to the window's size.</summary>
    /// <param name="x">[n, c, l] or [c, l].</param>
    /// <param name="kernelSize">How many elements the window spans of which an output is made; 2 halves the size.</param>
    /// <param name="stride">How far the window moves from one output to the next.</param>
    /// <param name="padding">Zeros at both ends.</param>
    /// <param name="ceilMode">Whether a window may reach over the end.</param>
    /// <param name="countIncludePad">Whether the zeros count in the mean.</param>
    /// <exception cref="ShapeException">The window does not fit the signals.</exception>
    /// <example><code>
    /// var y = Tensor.From([1f, 5, 2, 4]).Reshape(1, 1, 4).AvgPool1d(2);
    /// Console.WriteLine((double)y[0, 0, 1]);                               // → 3
    /// </code></example>
    public static Tensor AvgPool1d(this Tensor x, int kernelSize, int? stride = null, int padding = 0, bool ceilMode = false, bool countIncludePad = true)
    {
        SpatialDims(x, 1, nameof(AvgPool1d));
        return x.Unsqueeze(-2).AvgPool2d((1, kernelSize), (1, stride ?? kernelSize), (0, padding), ceilMode, countIncludePad).Squeeze(-2);
    }
}
