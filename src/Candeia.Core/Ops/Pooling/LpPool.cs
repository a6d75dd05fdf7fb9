namespace Candeia;

public static partial class TensorOps
{
    /// <summary>(Σ xᵖ)^(1/p) over a window moved over signals [n, c, l], or over one [c, l]: for p = 1 the sum, for a large p nearly the maximum.</summary>
    /// <param name="x">[n, c, l] or [c, l].</param>
    /// <param name="p">The exponent.</param>
    /// <param name="kernelSize">How many elements the window spans of which an output is made; 2 halves the size.</param>
    /// <param name="stride">How far it moves; its size, unless given.</param>
    /// <param name="ceilMode">Whether a window may reach over the end.</param>
    /// <exception cref="ShapeException">The window does not fit the signals.</exception>
    /// <example><code>
    /// var y = Tensor.From([3f, 4]).Reshape(1, 1, 2).LpPool1d(2, 2);
    /// Console.WriteLine((double)y[0, 0, 0]);                               // → 5
    /// </code></example>
    public static Tensor LpPool1d(this Tensor x, double p, int kernelSize, int? stride = null, bool ceilMode = false) =>
        Root(x, p, kernelSize, powers => powers.AvgPool1d(kernelSize, stride, ceilMode: ceilMode));

    /// <summary>(Σ xᵖ)^(1/p) over a window moved over images [n, c, h, w], or over one [c, h, w].</summary>
    /// <param name="x">[n, c, h, w] or [c, h, w].</param>
    /// <param name="p">The exponent.</param>
    /// <param name="kernelSize">How many elements the window spans of which an output is made; 2 halves the size.</param>
    /// <param name="stride">How far it moves; its size, unless given.</param>
    /// <param name="ceilMode">Whether a window may reach over the end.</param>
    /// <exception cref="ShapeException">The window does not fit the images.</exception>
    /// <example><code>Console.WriteLine((double)Tensor.Ones([1, 1, 2, 2]).LpPool2d(2, 2).Sum());    // → 2</code></example>
    public static Tensor LpPool2d(this Tensor x, double p, Size2d kernelSize, Size2d? stride = null, bool ceilMode = false) =>
        Root(x, p, kernelSize.Height * kernelSize.Width, powers => powers.AvgPool2d(kernelSize, stride, ceilMode: ceilMode));

    /// <summary>(Σ xᵖ)^(1/p) over a window moved over volumes [n, c, d, h, w], or over one [c, d, h, w].</summary>
    /// <param name="x">[n, c, d, h, w] or [c, d, h, w].</param>
    /// <param name="p">The exponent.</param>
    /// <param name="kernelSize">How many elements the window spans of which an output is made; 2 halves the size.</param>
    /// <param name="stride">How far it moves; its size, unless given.</param>
    /// <param name="ceilMode">Whether a window may reach over the end.</param>
    /// <exception cref="ShapeException">The window does not fit the volumes.</exception>
    /// <example><code>Console.WriteLine((double)Tensor.Ones([1, 1, 2, 2, 1]).LpPool3d(2, (2, 2, 1)).Sum());    // → 2</code></example>
    public static Tensor LpPool3d(this Tensor x, double p, Size3d kernelSize, Size3d? stride = null, bool ceilMode = false) =>
        Root(x, p, kernelSize.Depth * kernelSize.Height * kernelSize.Width, powers => powers.AvgPool3d(kernelSize, stride, ceilMode: ceilMode));

    /// <summary>The root of a sum of powers, which is not a number where that is negative.</summary>
    static Tensor Root(Tensor x, double p, int points, Func<Tensor, Tensor> mean)
    {
        if (!(p > 0)) throw new ArgumentOutOfRangeException(nameof(p), $"The exponent of a pooling is positive, not {p}.");
        return x.InWide(x =>
        {
            using var between = Between.Of(x);
            return between.Keep((mean(x.Pow(p)) * points).Pow(1 / p));
        });
    }
}
