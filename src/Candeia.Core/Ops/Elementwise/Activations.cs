namespace Candeia;

/// <summary>The activations that are shapes of a few lines and powers. Relu, Gelu, Silu, Sigmoid and Tanh stand beside.</summary>
public static partial class TensorOps
{
    /// <summary>
    /// x where it is positive, slope·x elsewhere, element by element: like <see cref="Relu"/>, but what is negative still learns a little.
    /// </summary>
    /// <param name="x">Numbers of any shape, which the result keeps.</param>
    /// <param name="slope">How much of a negative number passes; 0.01 is usual, 0 makes it <see cref="Relu"/>.</param>
    /// <example><code>
    /// Tensor x = [[-2, 0, 3]];
    /// Console.WriteLine(x.LeakyRelu(0.5));
    /// // → -1  0  3
    /// // → [ float32 [1, 3] ]
    /// </code></example>
    public static Tensor LeakyRelu(this Tensor x, double slope = 0.01) => new LeakyReluOp(slope).Apply(x);

    /// <summary>x where it is positive, α·(eˣ − 1) elsewhere, element by element.</summary>
    /// <param name="x">Numbers of any shape, which the result keeps.</param>
    /// <param name="alpha">How far below 0 the result goes: very negative numbers become −α.</param>
    /// <example><code>
    /// Tensor x = [[-2, 0, 3]];
    /// Console.WriteLine(x.Elu());
    /// // → -0.8647  0.0000  3.0000
    /// // → [ float32 [1, 3] ]
    /// </code></example>
    public static Tensor Elu(this Tensor x, double alpha = 1) => new EluOp(alpha).Apply(x);

    /// <summary>
    /// The self-normalizing ELU, element by element: its constants keep mean 0 and variance 1 from layer to layer
    /// (<see href="https://arxiv.org/abs/1706.02515">Klambauer et al. 2017</see>).
    /// </summary>
    /// <param name="x">Numbers of any shape, which the result keeps.</param>
    /// <example><code>
    /// Tensor x = [[-2, 0, 3]];
    /// Console.WriteLine(x.Selu());
    /// // → -1.5202  0.0000  3.1521
    /// // → [ float32 [1, 3] ]
    /// </code></example>
    public static Tensor Selu(this Tensor x) => new EluOp(1.6732632423543772, 1.0507009873554805).Apply(x);

    /// <summary>max(x, 0) + min(0, α·(e^(x/α) − 1)), element by element.</summary>
    /// <param name="x">Numbers of any shape, which the result keeps.</param>
    /// <param name="alpha">How far below 0 the result goes, and how slowly: very negative numbers become −α.</param>
    /// <exception cref="ArgumentOutOfRangeException">Alpha is 0.</exception>
    /// <example><code>
    /// Tensor x = [[-2, 0, 3]];
    /// Console.WriteLine(x.Celu(alpha: 0.5));
    /// // → -0.4908  0.0000  3.0000
    /// // → [ float32 [1, 3] ]
    /// </code></example>
    public static Tensor Celu(this Tensor x, double alpha = 1)
    {
        ArgumentOutOfRangeException.ThrowIfZero(alpha);
        return new EluOp(alpha, Rate: 1 / alpha).Apply(x);
    }

    /// <summary>log(1 + e^(βx)) / β, without overflow, element by element: a smooth <see cref="Relu"/>, always above 0.</summary>
    /// <param name="x">Numbers of any shape, which the result keeps.</param>
    /// <param name="beta">How sharply it bends at 0; large values come close to <see cref="Relu"/>.</param>
    /// <example><code>
    /// Tensor x = [[-2, 0, 3]];
    /// Console.WriteLine(x.Softplus());
    /// // →  0.1269  0.6931  3.0486
    /// // → [ float32 [1, 3] ]
    /// </code></example>
    public static Tensor Softplus(this Tensor x, double beta = 1) => new SoftplusOp(beta).Apply(x);

    /// <summary>The logarithm of the sigmoid, without overflow, element by element.</summary>
    /// <param name="x">Numbers of any shape, which the result keeps.</param>
    /// <example><code>
    /// Tensor x = [[-1000, 0, 3]];
    /// Console.WriteLine(x.LogSigmoid());
    /// // → -1.0000e+03 -6.9315e-01 -4.8587e-02
    /// // → [ float32 [1, 3] ]
    /// </code></example>
    public static Tensor LogSigmoid(this Tensor x) => new LogSigmoidOp().Apply(x);

    /// <summary>x / (1 + |x|), element by element: any number to one between −1 and 1.</summary>
    /// <param name="x">Numbers of any shape, which the result keeps.</param>
    /// <example><code>
    /// Tensor x = [[-3, 0, 1]];
    /// Console.WriteLine(x.Softsign());
    /// // → -0.7500  0.0000  0.5000
    /// // → [ float32 [1, 3] ]
    /// </code></example>
    public static Tensor Softsign(this Tensor x) => x.InWide(x => x / (x.Abs() + 1));

    /// <summary>x·tanh(softplus(x)), element by element (<see href="https://arxiv.org/abs/1908.08681">Misra 2019</see>).</summary>
    /// <param name="x">Numbers of any shape, which the result keeps.</param>
    /// <example><code>
    /// Tensor x = [[-2, 0, 3]];
    /// Console.WriteLine(x.Mish());
    /// // → -0.2525  0.0000  2.9865
    /// // → [ float32 [1, 3] ]
    /// </code></example>
    public static Tensor Mish(this Tensor x) => new MishOp().Apply(x);

    /// <summary>
    /// x between min and max, the bounds outside, element by element; no gradient passes at the bounds themselves, unlike in
    /// <see cref="Clamp(Tensor, double?, double?)"/>.
    /// </summary>
    /// <param name="x">Numbers of any shape, which the result keeps.</param>
    /// <param name="min">What smaller numbers become.</param>
    /// <param name="max">What larger numbers become.</param>
    /// <example><code>
    /// Tensor x = [[-2, 0.5, 3]];
    /// Console.WriteLine(x.Hardtanh());
    /// // → -1.0000  0.5000  1.0000
    /// // → [ float32 [1, 3] ]
    /// </code></example>
    public static Tensor Hardtanh(this Tensor x, double min = -1, double max = 1)
    {
        ArgumentNullException.ThrowIfNull(x);
        return new ClampOp(min, max, PassesAtBounds: false).Apply(x);
    }

    /// <summary>min(max(x, 0), 6), element by element: <see cref="Relu"/>, cut off at 6.</summary>
    /// <param name="x">Numbers of any shape, which the result keeps.</param>
    /// <example><code>
    /// Tensor x = [[-2, 3, 8]];
    /// Console.WriteLine(x.Relu6());
    /// // →  0  3  6
    /// // → [ int64 [1, 3] ]
    /// </code></example>
    public static Tensor Relu6(this Tensor x) => x.Hardtanh(0, 6);

    /// <summary>min(max(x + 3, 0), 6) / 6, element by element: <see cref="Sigmoid"/> drawn with three straight lines.</summary>
    /// <param name="x">Numbers of any shape, which the result keeps.</param>
    /// <example><code>
    /// Tensor x = [[-4, 0, 1.5]];
    /// Console.WriteLine(x.Hardsigmoid());
    /// // →  0.0000  0.5000  0.7500
    /// // → [ float32 [1, 3] ]
    /// </code></example>
    public static Tensor Hardsigmoid(this Tensor x) => new HardsigmoidOp().Apply(x);

    /// <summary>x·hardsigmoid(x), element by element (<see href="https://arxiv.org/abs/1905.02244">Howard et al. 2019</see>).</summary>
    /// <param name="x">Numbers of any shape, which the result keeps.</param>
    /// <example><code>
    /// Tensor x = [[-2, 0, 1.5]];
    /// Console.WriteLine(x.Hardswish());
    /// // → -0.3333  0.0000  1.1250
    /// // → [ float32 [1, 3] ]
    /// </code></example>
    public static Tensor Hardswish(this Tensor x) => new HardswishOp().Apply(x);

    /// <summary>A composition whose steps are not rounded to a type that is only stored, but its result once; whole numbers are converted first.</summary>
    static Tensor InWide(this Tensor x, Func<Tensor, Tensor> function)
    {
        ArgumentNullException.ThrowIfNull(x);
        var dtype = x.DType.Fractional();
        return function(x.To(dtype.Wide())).To(dtype);
    }
}
