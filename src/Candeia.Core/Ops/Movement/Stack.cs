namespace Candeia;

public sealed partial class Tensor
{
    /// <summary>Tensors of one shape side by side along a new first dimension: what <c>[a, b, c]</c> makes.</summary>
    /// <param name="tensors">At least one tensor, all of one shape.</param>
    /// <returns>Three tensors [2] give [3, 2].</returns>
    /// <exception cref="ShapeException">The shapes differ.</exception>
    /// <exception cref="ArgumentException">There is no tensor.</exception>
    /// <example><code>
    /// Tensor a = [1, 2], b = [3, 4];
    /// Console.WriteLine(Tensor.Stack([a, b]));
    /// // →  1  2
    /// // →  3  4
    /// // → [ int64 [2, 2] ]
    /// </code></example>
    public static Tensor Stack(ReadOnlySpan<Tensor> tensors) => Stack(tensors, 0);

    /// <summary>Tensors of one shape side by side along a new dimension.</summary>
    /// <param name="tensors">At least one tensor, all of one shape.</param>
    /// <param name="dim">Where the new dimension stands: 0 makes it the first, −1 the last.</param>
    /// <returns>Three tensors [2] along dimension 1 give [2, 3].</returns>
    /// <exception cref="ShapeException">The shapes differ.</exception>
    /// <exception cref="ArgumentException">There is no tensor.</exception>
    public static Tensor Stack(ReadOnlySpan<Tensor> tensors, int dim)
    {
        if (tensors.Length == 0) throw new ArgumentException("Stack needs at least one tensor; Tensor.Empty([0]) is a tensor without elements.");
        var parts = tensors.ToArray();
        if (Array.TrueForAll(parts, t => t.IsNumber)) return FromNumbers(parts);
        foreach (var part in parts)
            if (part.Shape != parts[0].Shape) throw new ShapeException($"Only tensors of one shape can be stacked, not {parts[0].Shape} and {part.Shape}.");
        return Cat(Array.ConvertAll(parts, t => t.Unsqueeze(dim)), dim < 0 ? dim + parts[0].Rank + 1 : dim);
    }

    /// <summary>Literals: the default type if any has a fraction, as torch.tensor does.</summary>
    static Tensor FromNumbers(Tensor[] numbers)
    {
        var dtype = numbers.Select(DTypes.Meeting).Aggregate(DTypes.Promote);
        var y = Empty([numbers.Length], dtype);
        for (int i = 0; i < numbers.Length; i++) y.SetNumber(i, numbers[i]);
        return y;
    }
}
