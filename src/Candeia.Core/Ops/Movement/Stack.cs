namespace Candeia;

public sealed partial class Tensor
{
    /// <summary>Tensors of one shape side by side along a new first dimension: what <c>[a, b, c]</c> makes.</summary>
    public static Tensor Stack(ReadOnlySpan<Tensor> tensors) => Stack(tensors, 0);

    /// <summary>Tensors of one shape side by side along a new dimension.</summary>
    /// <exception cref="ShapeException">The shapes differ.</exception>
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
