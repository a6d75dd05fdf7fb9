using System.Globalization;

namespace Candeia.Data;

/// <summary>Inputs and targets that are in memory already: item i is the i-th part of both.</summary>
public sealed class TensorDataset : Dataset<Sample>
{
    /// <summary>Pairs up the parts along the first dimension.</summary>
    /// <exception cref="ShapeException">The first sizes differ.</exception>
    public TensorDataset(Tensor x, Tensor y)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(y);
        if (x.Rank == 0 || y.Rank == 0 || x.Shape[0] != y.Shape[0]) throw new ShapeException($"Inputs {x.Shape} and targets {y.Shape} need the same first size.");
        (X, Y) = (x, y);
    }

    /// <summary>All inputs, [n, …].</summary>
    public Tensor X { get; }

    /// <summary>All targets, [n, …].</summary>
    public Tensor Y { get; }

    /// <summary>What each number of an input is, where inputs are rows of a table: a name for each column of <see cref="X"/>.</summary>
    /// <exception cref="ArgumentException">There are not as many names as numbers.</exception>
    public IReadOnlyList<string>? Features
    {
        get;
        init => field = value is null || X.Rank == 2 && X.Shape[1] == value.Count ? value
            : throw new ArgumentException($"{value.Count} names of features were given for inputs {X.Shape}; give one for each number of a row.", nameof(value));
    }

    /// <summary>The names of the classes, where targets are classes.</summary>
    public IReadOnlyList<string>? Classes { get; init; }

    /// <inheritdoc/>
    public override int Count => X.Shape[0];

    /// <inheritdoc/>
    public override Sample this[int index] => new(X[index], Y[index], Id(index));

    /// <inheritdoc/>
    protected internal override Batch TryBatch(ReadOnlySpan<int> indices)
    {
        var at = Tensor.From(indices).To(X.Device);
        return new(X.IndexSelect(0, at), Y.IndexSelect(0, at), [.. indices.ToArray().Select(Id)]);
    }

    /// <summary>Any number of tensors: item i is the i-th part of each.</summary>
    /// <example><code>
    /// Tensor left = Tensor.Rand([4, 3]), right = Tensor.Rand([4, 3]), same = Tensor.Ones([4]);
    /// foreach (var batch in TensorDataset.Of(left, right, same).Loader(2)) Console.WriteLine(string.Join(' ', batch.Value.Select(t => t.Shape)));
    /// // → [2, 3] [2, 3] [2]
    /// // → [2, 3] [2, 3] [2]
    /// </code></example>
    /// <exception cref="ShapeException">The first sizes differ.</exception>
    public static Dataset<Tensor[]> Of(params ReadOnlySpan<Tensor> tensors) => new SeveralTensors([.. tensors]);

    static string Id(int index) => index.ToString(CultureInfo.InvariantCulture);
}
