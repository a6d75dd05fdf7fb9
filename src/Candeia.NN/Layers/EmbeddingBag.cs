namespace Candeia.NN;

/// <summary>What becomes of the vectors of a bag.</summary>
public enum BagMode
{
    /// <summary>Their mean; zeros for an empty bag.</summary>
    Mean,
    /// <summary>Their sum.</summary>
    Sum,
    /// <summary>The largest number of each feature.</summary>
    Max,
}

/// <summary>One vector for each bag of things: the mean, sum or maximum of their learnt vectors, for texts without the order of their words.</summary>
public sealed class EmbeddingBag : Module
{
    readonly BagMode _mode;
    readonly int? _paddingIdx;
    readonly double? _maxNorm;
    readonly double _normType;
    readonly bool _scaleGradByFreq, _includeLastOffset;

    /// <param name="count">How many things there are.</param>
    /// <param name="features">The length of the vectors.</param>
    /// <param name="mode">What becomes of the vectors of a bag.</param>
    /// <param name="paddingIdx">The index that stands for nothing: it is left out of every bag, and its vector begins with zeros.</param>
    /// <param name="maxNorm">Vectors that are used and longer than this are shortened to it, in place.</param>
    /// <param name="normType">Which norm that is.</param>
    /// <param name="scaleGradByFreq">Whether gradients are divided by how often their index occurs in the batch.</param>
    /// <param name="includeLastOffset">Whether the last offset is the end of the last bag, as in sparse matrices.</param>
    /// <param name="generator">Where initial values come from: the standard normal distribution.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such padding index.</exception>
    public EmbeddingBag(
        int count, int features, BagMode mode = BagMode.Mean, int? paddingIdx = null, double? maxNorm = null, double normType = 2, bool scaleGradByFreq = false,
        bool includeLastOffset = false, Generator? generator = null)
    {
        if (paddingIdx < -count || paddingIdx >= count) throw new ArgumentOutOfRangeException(nameof(paddingIdx), $"There are {count} things, and no padding index {paddingIdx}.");
        (_mode, _maxNorm, _normType, _scaleGradByFreq, _includeLastOffset) = (mode, maxNorm, normType, scaleGradByFreq, includeLastOffset);
        _paddingIdx = paddingIdx < 0 ? paddingIdx + count : paddingIdx;
        Weight = Parameter.Of(Tensor.Empty([count, features]));
        Init.Normal(Weight, generator: generator);
        if (_paddingIdx is not { } nothing) return;
        using var _ = Autograd.NoGrad();
        Weight.Narrow(0, nothing, 1).Fill(0);
    }

    /// <summary>The vectors, [count, features].</summary>
    public Tensor Weight { get; set; }

    /// <inheritdoc/>
    protected internal override string Details => $"{Weight.Shape[0]} of {Weight.Shape[1]}, {_mode}";

    /// <summary>The vector of each bag, [bags, features].</summary>
    /// <param name="x">Whole numbers: bags of one size [bags, size], or the contents of all bags one after the other.</param>
    /// <param name="offsets">Where each bag begins in the latter, [bags].</param>
    /// <param name="perSampleWeights">A factor for each index, in the shape of <paramref name="x"/>; with <see cref="BagMode.Sum"/> alone.</param>
    /// <exception cref="ShapeException">Indices and offsets do not fit.</exception>
    /// <exception cref="ArgumentException">Factors are given for another mode than the sum.</exception>
    /// <example><code>
    /// var bag = new EmbeddingBag(10, 4, BagMode.Sum);
    /// Console.WriteLine(bag.Forward(Tensor.From([1L, 2, 3, 7]), Tensor.From([0L, 3])).Shape);    // → [2, 4]
    /// </code></example>
    public Tensor Forward(Tensor x, Tensor? offsets = null, Tensor? perSampleWeights = null)
    {
        ArgumentNullException.ThrowIfNull(x);
        if (x.DType.IsFloatingPoint()) throw new ArgumentException($"EmbeddingBag takes whole numbers, not {x.DType}; convert with To(DType.Int64).");
        if (x.Rank is not (1 or 2) || x.Rank == 1 == offsets is null)
            throw new ShapeException($"EmbeddingBag takes bags [bags, size] alone, or a vector of indices and offsets, not {x.Shape} {(offsets is null ? "alone" : $"and {offsets.Shape}")}.");
        if (perSampleWeights is not null && _mode != BagMode.Sum) throw new ArgumentException($"Factors for each index go with the sum of a bag, not with its {_mode}.");
        if (perSampleWeights is not null && perSampleWeights.Shape != x.Shape) throw new ShapeException($"EmbeddingBag needs a factor for each index of {x.Shape}, not {perSampleWeights.Shape}.");
        var index = x.Flatten().To(DType.Int64);
        long[] starts = Starts(x, offsets);
        if (_maxNorm is { } most) EmbeddingRows.Renormalize(Weight, index, most, _normType);
        int bags = starts.Length - 1, all = index.Shape[0];
        long[] owners = new long[all];
        for (int b = 0; b < bags; b++) for (long i = starts[b]; i < starts[b + 1]; i++) owners[i] = b;
        var owner = Tensor.From(owners, device: Weight.Device);
        if (_paddingIdx is { } nothing)
        {
            var kept = index.Ne(nothing).NonZero().Flatten();
            (index, owner) = (index.IndexSelect(0, kept), owner.IndexSelect(0, kept));
            perSampleWeights = perSampleWeights?.Flatten().IndexSelect(0, kept);
        }
        var rows = EmbeddingRows.Of(Weight, index, null, _scaleGradByFreq);
        if (perSampleWeights is not null) rows *= perSampleWeights.Flatten().Unsqueeze(1);
        if (_mode == BagMode.Max) return Largest(rows, owner, bags);
        if (x.Rank == 2 && _paddingIdx is null && x.Shape[1] > 0)            // bags of one size lie beside each other
        {
            var each = rows.Reshape(-1, x.Shape[1], Weight.Shape[1]);
            return _mode == BagMode.Sum ? each.Sum([1], keepDim: false) : each.Mean([1], keepDim: false);
        }
        var sums = Tensor.Zeros([bags, Weight.Shape[1]], Weight.DType, Weight.Device).IndexAdd(0, owner, rows);
        if (_mode == BagMode.Sum) return sums;
        var counts = Tensor.Zeros([bags], Weight.DType, Weight.Device).IndexAdd(0, owner, Tensor.Ones([index.Shape[0]], Weight.DType, Weight.Device));
        return sums / counts.Maximum(1).Unsqueeze(1);
    }

    long[] Starts(Tensor x, Tensor? offsets)
    {
        if (offsets is null) return [.. Enumerable.Range(0, x.Shape[0] + 1).Select(i => (long)i * x.Shape[1])];
        if (offsets.Rank != 1) throw new ShapeException($"The offsets of bags are a vector, not {offsets.Shape}.");
        long[] starts = offsets.ToArray<long>();
        if (!_includeLastOffset) starts = [.. starts, x.Shape[0]];
        bool rises = starts.Length > 0 && starts[0] == 0 && starts[^1] == x.Shape[0] && starts.Zip(starts.Skip(1), (a, b) => a <= b).All(good => good);
        return rises ? starts : throw new ArgumentException($"The offsets of bags begin at 0, never fall, and end within {x.Shape[0]} indices; these are {string.Join(", ", offsets.ToArray<long>())}.");
    }

    /// <summary>The largest of each bag: places are found by the values, gradients flow by the places.</summary>
    static Tensor Largest(Tensor rows, Tensor owner, int bags)
    {
        int features = rows.Shape[1];
        long[] owners = owner.ToArray<long>();
        double[] values = rows.Detach().ToArray<double>();
        long[] best = new long[bags * features];
        Array.Fill(best, -1);
        for (int i = 0; i < owners.Length; i++)
            for (int f = 0; f < features; f++)
            {
                ref long at = ref best[owners[i] * features + f];
                if (at < 0 || values[i * features + f] > values[at * features + f]) at = i;
            }
        bool[] empty = Array.ConvertAll(best, b => b < 0);
        if (rows.Shape[0] == 0) return Tensor.Zeros([bags, features], rows.DType, rows.Device);
        var places = Tensor.From(Array.ConvertAll(best, b => Math.Max(0, b)), [bags, features], rows.Device);
        return rows.Gather(0, places).MaskedFill(Tensor.From(empty, [bags, features], rows.Device), 0);
    }
}
