namespace Candeia;

/// <summary>What ops on matrices share: the shapes that they take, and parts of matrices.</summary>
internal static class Matrices
{
    /// <summary>Refuses what is no matrix of numbers with a fraction.</summary>
    public static Tensor Any(Tensor a, string name)
    {
        ArgumentNullException.ThrowIfNull(a);
        if (a.Rank < 2) throw new ShapeException($"{name} takes matrices, [..., rows, columns], not {a.Shape}.");
        return Numbers(a, name);
    }

    public static Tensor Numbers(Tensor a, string name)
    {
        ArgumentNullException.ThrowIfNull(a);
        return a.DType.HasGradients() ? a : throw new ArgumentException($"{name} takes numbers with a fraction, not {a.DType}; convert with To(DType.{Tensor.DefaultDType}).");
    }

    public static Tensor Square(Tensor a, string name) =>
        Any(a, name).Shape[^1] == a.Shape[^2] ? a : throw new ShapeException($"{name} takes square matrices, not {a.Shape}.");

    public static Tensor Real(Tensor a, string name) =>
        a.DType.IsComplex() ? throw new ArgumentException($"{name} takes real numbers, not {a.DType}; take Real() or Abs() first.") : a;

    /// <summary>The sizes that count matrices.</summary>
    public static Shape Batch(Tensor a) => a.Shape.Slice(0, a.Rank - 2);

    public static Shape With(Shape batch, params ReadOnlySpan<int> sizes) => Shape.Create([.. batch.Sizes, .. sizes]);

    /// <summary>Two tensors of matrices whose leading dimensions have been stretched to each other's.</summary>
    public static (Tensor A, Tensor B) Meet(Tensor a, Tensor b, string name)
    {
        TensorOps.Alike(a, b, name);
        var batch = Shape.Broadcast(Batch(a), Batch(b));
        return (a.Expand(With(batch, a.Shape[^2], a.Shape[^1])), b.Expand(With(batch, b.Shape[^2], b.Shape[^1])));
    }

    /// <summary>Transposed, and conjugate.</summary>
    public static Tensor Adjoint(this Tensor a) => a.Transpose(-1, -2).Conj();

    /// <summary>Numbers as diagonal matrices.</summary>
    public static Tensor OnDiagonal(this Tensor v) => v.Unsqueeze(-1) * Identity(v.Shape[^1], v);

    /// <summary>The main diagonals.</summary>
    public static Tensor MainDiagonal(this Tensor a)
    {
        int k = Math.Min(a.Shape[^1], a.Shape[^2]);
        return (a.Narrow(-1, 0, k).Narrow(-2, 0, k) * Identity(k, a)).Sum(-1);
    }

    public static Tensor Identity(int n, Tensor like) => Tensor.Eye(n, dtype: like.DType, device: like.Device);

    /// <summary>The lower triangle, and half of the diagonal.</summary>
    public static Tensor LowerHalf(this Tensor a) => a.Tril() * (1 - 0.5 * Identity(a.Shape[^1], a));

    /// <summary>Where a kernel for complex128 writes real values: the result, or memory beside it, if that is narrower.</summary>
    public static Tensor Float64(Tensor result) => result.DType == DType.Float64 ? result : Device.Cpu.Empty(Layout.Of(result.Shape), DType.Float64);

    /// <summary>The sum of two gradients, of which there may be none.</summary>
    public static Tensor? Sum(Tensor? a, Tensor? b) => a is null ? b : b is null ? a : a + b;

    /// <summary>Throws for the first matrix of which a kernel says something else than 0.</summary>
    public static void Refuse(Tensor info, string name, Func<int, string> why)
    {
        using var p = Pins.Of(info);
        var marks = p.Span<int>(0);
        for (int i = 0; i < marks.Length; i++)
            if (marks[i] != 0) throw new LinalgException($"{name}: {(marks.Length > 1 ? $"matrix {i} of the batch" : "the matrix")} {why(marks[i])}");
    }

    public static string Singular(int pivot) => $"is singular: pivot {pivot} is zero.";

    public static string Endless(int _) => "has values that are not finite, or too many equal ones: the iteration came to no end.";
}
