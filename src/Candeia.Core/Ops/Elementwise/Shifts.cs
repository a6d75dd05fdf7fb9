namespace Candeia;

/// <summary>a·2ᵇ of whole numbers: the bits moved up, those that leave are lost. Shifts by a negative number, or by all bits and more, leave 0.</summary>
public sealed record BitwiseLeftShiftOp : WholeBinaryOp
{
    /// <inheritdoc/>
    public override Formula? Formula => new("shift_left_@(a, b)");

    private protected override DType Meant(DType dtype) => dtype.IsInteger() ? dtype : throw new ArgumentException($"Bits of whole numbers are shifted, not of {dtype}.");

    /// <inheritdoc/>
    protected override void Map<T>(ReadOnlySpan<T> a, ReadOnlySpan<T> b, Span<T> y)
    {
        int bits = 8 * System.Runtime.CompilerServices.Unsafe.SizeOf<T>();
        for (int i = 0; i < y.Length; i++) y[i] = b[i] < T.Zero || b[i] >= T.CreateTruncating(bits) ? T.Zero : a[i] << int.CreateTruncating(b[i]);
    }
}

/// <summary>⌊a / 2ᵇ⌋ of whole numbers: the bits moved down. Shifts by a negative number, or by all bits and more, leave the sign: 0 or −1.</summary>
public sealed record BitwiseRightShiftOp : WholeBinaryOp
{
    /// <inheritdoc/>
    public override Formula? Formula => new("shift_right_@(a, b)");

    private protected override DType Meant(DType dtype) => dtype.IsInteger() ? dtype : throw new ArgumentException($"Bits of whole numbers are shifted, not of {dtype}.");

    /// <inheritdoc/>
    protected override void Map<T>(ReadOnlySpan<T> a, ReadOnlySpan<T> b, Span<T> y)
    {
        int bits = 8 * System.Runtime.CompilerServices.Unsafe.SizeOf<T>();
        for (int i = 0; i < y.Length; i++)
            y[i] = b[i] < T.Zero || b[i] >= T.CreateTruncating(bits) ? a[i] < T.Zero ? T.Zero - T.One : T.Zero : a[i] >> int.CreateTruncating(b[i]);
    }
}

public sealed partial class Tensor
{
    /// <summary>Whole numbers with their bits moved up: a·2ᵇ.</summary>
    public static Tensor operator <<(Tensor a, Tensor b) => new BitwiseLeftShiftOp().Apply(a, b);

    /// <summary>Whole numbers with their bits moved down: ⌊a / 2ᵇ⌋.</summary>
    public static Tensor operator >>(Tensor a, Tensor b) => new BitwiseRightShiftOp().Apply(a, b);
}

public static partial class TensorOps
{
    /// <summary>The bits that both whole numbers have, element by element; of masks, whether both are true. The operator is &amp;.</summary>
    /// <param name="a">Whole numbers or truth values of any shape.</param>
    /// <param name="b">A number, or a tensor whose shape stretches to that of <paramref name="a"/>, or it to this.</param>
    /// <exception cref="ShapeException">The shapes do not stretch to each other.</exception>
    /// <example><code>Tensor a = [6, 5]; var y = a.BitwiseAnd(3);                       // [2, 1]</code></example>
    public static Tensor BitwiseAnd(this Tensor a, Tensor b) => a & b;

    /// <summary>The bits that one of two whole numbers has, or both, element by element; of masks, whether one is true. The operator is |.</summary>
    /// <param name="a">Whole numbers or truth values of any shape.</param>
    /// <param name="b">A number, or a tensor whose shape stretches to that of <paramref name="a"/>, or it to this.</param>
    /// <exception cref="ShapeException">The shapes do not stretch to each other.</exception>
    /// <example><code>Tensor a = [6, 5]; var y = a.BitwiseOr(3);                        // [7, 7]</code></example>
    public static Tensor BitwiseOr(this Tensor a, Tensor b) => a | b;

    /// <summary>The bits in which two whole numbers differ, element by element; of masks, whether they differ. The operator is ^.</summary>
    /// <param name="a">Whole numbers or truth values of any shape.</param>
    /// <param name="b">A number, or a tensor whose shape stretches to that of <paramref name="a"/>, or it to this.</param>
    /// <exception cref="ShapeException">The shapes do not stretch to each other.</exception>
    /// <example><code>Tensor a = [6, 5]; var y = a.BitwiseXor(3);                       // [5, 6]</code></example>
    public static Tensor BitwiseXor(this Tensor a, Tensor b) => a ^ b;

    /// <summary>The bits that whole numbers do not have, element by element; of a mask, where it is false. The operator is ~.</summary>
    /// <param name="x">Whole numbers or truth values of any shape, which the result keeps.</param>
    /// <example><code>Tensor a = [6, -1]; var y = a.BitwiseNot();                       // [-7, 0]</code></example>
    public static Tensor BitwiseNot(this Tensor x) => ~x;

    /// <summary>Whole numbers with their bits moved up, element by element: a·2ᵇ. The operator is &lt;&lt;.</summary>
    /// <param name="a">Whole numbers of any shape.</param>
    /// <param name="b">By how many places: a number, or a tensor whose shape stretches to that of <paramref name="a"/>, or it to this.</param>
    /// <exception cref="ArgumentException">The elements are no whole numbers.</exception>
    /// <exception cref="ShapeException">The shapes do not stretch to each other.</exception>
    /// <example><code>Tensor a = [1, 3]; var y = a.BitwiseLeftShift(2);                 // [4, 12]</code></example>
    public static Tensor BitwiseLeftShift(this Tensor a, Tensor b) => a << b;

    /// <summary>Whole numbers with their bits moved down, element by element: ⌊a / 2ᵇ⌋. The operator is &gt;&gt;.</summary>
    /// <param name="a">Whole numbers of any shape.</param>
    /// <param name="b">By how many places: a number, or a tensor whose shape stretches to that of <paramref name="a"/>, or it to this.</param>
    /// <exception cref="ArgumentException">The elements are no whole numbers.</exception>
    /// <exception cref="ShapeException">The shapes do not stretch to each other.</exception>
    /// <example><code>Tensor a = [5, -5]; var y = a.BitwiseRightShift(1);               // [2, -3]</code></example>
    public static Tensor BitwiseRightShift(this Tensor a, Tensor b) => a >> b;
}
