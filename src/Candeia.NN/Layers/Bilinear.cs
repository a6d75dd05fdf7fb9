namespace Candeia.NN;

/// <summary>x·A·y + b for each of several matrices A: two inputs […, in1] and […, in2] → […, out].</summary>
public sealed class Bilinear : Module
{
    /// <param name="in1Features">The size of the last dimension of the first input.</param>
    /// <param name="in2Features">That of the second.</param>
    /// <param name="outFeatures">That of the output.</param>
    /// <param name="bias">Whether b is added.</param>
    /// <param name="generator">Where initial values come from: uniform on ±1/√in1Features.</param>
    public Bilinear(int in1Features, int in2Features, int outFeatures, bool bias = true, Generator? generator = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(in1Features);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(in2Features);
        ArgumentOutOfRangeException.ThrowIfNegative(outFeatures);
        double bound = 1 / Math.Sqrt(in1Features);
        Weight = Parameter.Of(Tensor.Empty([outFeatures, in1Features, in2Features]));
        Bias = bias ? Parameter.Of(Tensor.Empty([outFeatures])) : null;
        Init.Uniform(Weight, -bound, bound, generator);
        if (Bias is not null) Init.Uniform(Bias, -bound, bound, generator);
    }

    /// <summary>All A, [out, in1, in2].</summary>
    public Tensor Weight { get; set; }

    /// <summary>b, [out].</summary>
    public Tensor? Bias { get; set; }

    /// <inheritdoc/>
    protected internal override string Details => $"{Weight.Shape[1]}, {Weight.Shape[2]}→{Weight.Shape[0]}{Words.Bias(Bias)}";

    /// <summary>[…, in1], […, in2] → […, out].</summary>
    /// <exception cref="ShapeException">The inputs do not fit the weight or each other.</exception>
    /// <example><code>Console.WriteLine(new Bilinear(2, 3, 4).Forward(Tensor.Ones([5, 2]), Tensor.Ones([5, 3])).Shape);    // → [5, 4]</code></example>
    public Tensor Forward(Tensor x, Tensor y)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(y);
        int a = Weight.Shape[1], b = Weight.Shape[2];
        if (x.Rank < 1 || y.Rank < 1 || x.Shape[^1] != a || y.Shape[^1] != b || !x.Shape.SkipLast(1).SequenceEqual(y.Shape.SkipLast(1)))
            throw new ShapeException($"Bilinear of {a} and {b} features takes […, {a}] and […, {b}], not {x.Shape} and {y.Shape}.");
        Tensor rows = x.Reshape(-1, a), others = y.Reshape(-1, b);
        var products = (rows.Unsqueeze(2) * others.Unsqueeze(1)).Reshape(-1, a * b);
        return products.Linear(Weight.Reshape(-1, a * b), Bias).Reshape([.. x.Shape.SkipLast(1), Weight.Shape[0]]);
    }
}
