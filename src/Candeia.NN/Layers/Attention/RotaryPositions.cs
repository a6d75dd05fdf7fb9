namespace Candeia.NN;

/// <summary>
/// Turns pairs of numbers in queries and keys by angles that grow with the position, so that their product depends on how far they are apart
/// (<see href="https://arxiv.org/abs/2104.09864">Su et al. 2021</see>): [.., length, d] → [.., length, d]. Applied to queries and keys, not to values.
/// </summary>
/// <example><code>
/// var rotary = new RotaryPositions(size: 4);
/// Tensor q = Tensor.Ones([2, 8, 10, 4]), k = Tensor.Ones([2, 8, 10, 4]), v = Tensor.Ones([2, 8, 10, 4]);
/// var y = q.Apply(rotary).ScaledDotProductAttention(k.Apply(rotary), v, causal: true);
/// Console.WriteLine(y.Shape);                                             // → [2, 8, 10, 4]
/// </code></example>
public sealed class RotaryPositions : Layer
{
    readonly bool _interleaved;

    /// <param name="size">How many numbers a query has: an even number.</param>
    /// <param name="maxLength">How long sequences may be.</param>
    /// <param name="theta">The slowest pair turns once in about 2π times so many positions.</param>
    /// <param name="interleaved">Whether neighbours are pairs, as in the paper; otherwise the i-th number of the first half and that of the second, as in Llama's weights.</param>
    public RotaryPositions(int size, int maxLength = 4096, double theta = 10000, bool interleaved = false)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(size);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(maxLength);
        if (size % 2 != 0) throw new ArgumentException($"Pairs are turned, which {size} numbers are not.");
        _interleaved = interleaved;
        int half = size / 2;
        double[] cos = new double[maxLength * half], sin = new double[maxLength * half];
        for (int t = 0; t < maxLength; t++)
            for (int i = 0; i < half; i++) (sin[t * half + i], cos[t * half + i]) = PortableMath.SinCos(t * PortableMath.Power(theta, -2.0 * i / size));
        Cos = Tensor.From(cos, [maxLength, half]).To(Tensor.DefaultDType);
        Sin = Tensor.From(sin, [maxLength, half]).To(Tensor.DefaultDType);
    }

    /// <summary>The cosines of the angles, [maxLength, size / 2].</summary>
    [Buffer(persistent: false)]
    public Tensor Cos { get; set; }

    /// <summary>The sines of the angles, [maxLength, size / 2].</summary>
    [Buffer(persistent: false)]
    public Tensor Sin { get; set; }

    /// <inheritdoc/>
    public override Tensor Forward(Tensor x) => Forward(x, 0);

    /// <summary>The same for positions that follow others.</summary>
    /// <param name="x">[.., length, size].</param>
    /// <param name="before">How many positions stand before the first of these.</param>
    /// <exception cref="ShapeException">The sequence is longer than what was asked for, or of another size.</exception>
    public Tensor Forward(Tensor x, int before)
    {
        ArgumentNullException.ThrowIfNull(x);
        int half = Cos.Shape[1];
        if (x.Rank < 2 || x.Shape[^1] != 2 * half || before < 0 || before + x.Shape[^2] > Cos.Shape[0])
            throw new ShapeException($"There are angles for [.., {Cos.Shape[0]}, {2 * half}], not for {x.Shape} behind {before} others.");
        Tensor cos = Cos.Narrow(0, before, x.Shape[^2]), sin = Sin.Narrow(0, before, x.Shape[^2]);
        Shape pairs = _interleaved ? [.. x.Shape.Sizes[..^1], half, 2] : [.. x.Shape.Sizes[..^1], 2, half];
        int dim = _interleaved ? x.Rank : x.Rank - 1;
        var split = x.Reshape(pairs);
        Tensor a = split.Select(dim, 0), b = split.Select(dim, 1);
        return Tensor.Stack([a * cos - b * sin, b * cos + a * sin], dim).Reshape(x.Shape);
    }
}
