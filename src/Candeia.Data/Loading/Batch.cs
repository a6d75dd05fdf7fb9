using System.Diagnostics;

namespace Candeia.Data;

/// <summary>Samples side by side along a new first dimension: inputs, and what is to be predicted.</summary>
[DebuggerDisplay("{ToString(),nq}")]
public sealed record Batch(Tensor X, Tensor Y, IReadOnlyList<string> Ids) : IBatch
{
    /// <summary>A batch of anonymous samples.</summary>
    public Batch(Tensor x, Tensor y) : this(x, y, []) { }

    /// <summary>The number of samples.</summary>
    public int Size => X.Shape[0];

    /// <summary>Inputs and targets alone.</summary>
    public void Deconstruct(out Tensor x, out Tensor y) => (x, y) = (X, Y);

    /// <summary>The shapes: <c>x [64, 1, 130, 130], y [64]</c>.</summary>
    public override string ToString() => $"x {X.Shape}, y {Y.Shape}";

    /// <inheritdoc/>
    public IBatch Map(Func<Tensor, Tensor> change)
    {
        ArgumentNullException.ThrowIfNull(change);
        return new Batch(change(X), change(Y), Ids);
    }

    /// <inheritdoc/>
    public IBatch Part(int from, int count) =>
        ((Batch)this.Rows(from, count)) with { Ids = Ids.Count == Size ? [.. Ids.Skip(from).Take(count)] : Ids };

    /// <summary>Puts samples of equal shapes side by side.</summary>
    /// <exception cref="ShapeException">The shapes differ.</exception>
    public static Batch Collate(IReadOnlyList<Sample> samples)
    {
        ArgumentNullException.ThrowIfNull(samples);
        return new(Tensor.Stack([.. samples.Select(s => s.X)]), Tensor.Stack([.. samples.Select(s => s.Y)]), [.. samples.Select(s => s.Id)]);
    }
}
