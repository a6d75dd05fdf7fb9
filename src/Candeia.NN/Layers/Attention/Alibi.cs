namespace Candeia.NN;

/// <summary>Attention with linear biases (<see href="https://arxiv.org/abs/2108.12409">Press et al. 2021</see>): scores fall with the distance, in each head at another rate; nothing is learnt.</summary>
public static class Alibi
{
    /// <summary>How fast the scores of each head fall: powers of 2^(−8 / heads), and for other numbers of heads than powers of two those in between.</summary>
    public static Tensor Slopes(int heads)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(heads);
        int power = (int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)heads + 1) / 2;       // the greatest that is not more
        double[] slopes = [.. Enumerable.Range(1, power).Select(i => PortableMath.Power(2, -8.0 * i / power)),
            .. Enumerable.Range(0, heads - power).Select(i => PortableMath.Power(2, -4.0 * (2 * i + 1) / power))];
        return Tensor.From(slopes, [heads]).To(Tensor.DefaultDType);
    }

    /// <summary>What is added to the scores, [heads, n, m]: the slope times how far key j lies before query i, negative; keys that lie after it are hidden.</summary>
    /// <param name="heads">How many heads there are.</param>
    /// <param name="queries">n.</param>
    /// <param name="keys">m; the last query stands at the last key.</param>
    /// <example><code>
    /// var q = Tensor.Ones([2, 4, 10, 8]);
    /// Console.WriteLine(q.ScaledDotProductAttention(q, q, Alibi.Mask(4, 10, 10)).Shape);            // → [2, 4, 10, 8]
    /// </code></example>
    public static Tensor Mask(int heads, int queries, int keys)
    {
        var distance = Tensor.Arange(keys).Unsqueeze(0) - (Tensor.Arange(queries) + (keys - queries)).Unsqueeze(1);
        var bias = Slopes(heads).Reshape(heads, 1, 1) * distance;
        return bias.MaskedFill(distance > 0, double.NegativeInfinity);
    }
}
