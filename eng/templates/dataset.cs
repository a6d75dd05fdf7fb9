using Candeia.Data;

namespace Candeia.Datasets;

/// <summary>Points and their sums, drawn on the spot. An item is (x, y): three numbers [3], and their sum as a 0-d tensor.</summary>
/// <example><code>
/// var data = new NAME(count: 10);
/// Console.WriteLine(data[0]);
/// </code></example>
public sealed class NAME : Dataset<Sample>
{
    readonly Generator _generator;

    /// <param name="count">How many items there are.</param>
    /// <param name="seed">What they are drawn from: item i depends on the seed and i alone.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is less than no item.</exception>
    public NAME(int count = 1000, ulong seed = 777)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        (Count, _generator) = (count, new(seed));
    }

    /// <inheritdoc/>
    public override int Count { get; }

    /// <inheritdoc/>
    public override Sample this[int index]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)index, (uint)Count, nameof(index));
            var x = Tensor.Randn([3], generator: _generator.Split(index));
            return new(x, x.Sum(), $"{index}");
        }
    }
}
