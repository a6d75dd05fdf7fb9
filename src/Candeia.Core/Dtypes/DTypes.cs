namespace Candeia;

/// <summary>Facts about element types, and the rules by which they combine.</summary>
public static class DTypes
{
    /// <summary>Bytes per element.</summary>
    /// <exception cref="NotSupportedException">There is no such type.</exception>
    public static int Size(this DType dtype) => DTypeFacts.Of(dtype).Size;

    /// <summary>The name as PyTorch writes it, and as tensors print it: <c>float32</c>.</summary>
    public static string Name(this DType dtype) => DTypeFacts.Of(dtype).Name;

    /// <summary>The type of a name such as <c>bfloat16</c>.</summary>
    /// <exception cref="ArgumentException">There is no type of this name.</exception>
    public static DType Named(string name)
    {
        foreach (var facts in DTypeFacts.All) if (facts.Name == name) return facts.DType;
        throw new ArgumentException($"There is no element type '{name}'; the types are {string.Join(", ", DTypeFacts.All.ToArray().Select(f => f.Name))}.", nameof(name));
    }

    /// <summary>Whether elements are real numbers with a fraction.</summary>
    public static bool IsFloatingPoint(this DType dtype) => DTypeFacts.Of(dtype).Kind == NumberKind.Floating;

    /// <summary>Whether elements are complex numbers.</summary>
    public static bool IsComplex(this DType dtype) => DTypeFacts.Of(dtype).Kind == NumberKind.Complex;

    /// <summary>Whether elements are whole numbers; truth values are none.</summary>
    public static bool IsInteger(this DType dtype) => DTypeFacts.Of(dtype).Kind == NumberKind.Whole;

    /// <summary>Whether tensors of this type may have gradients: floating-point and complex numbers.</summary>
    public static bool HasGradients(this DType dtype) => DTypeFacts.Of(dtype).Kind is NumberKind.Floating or NumberKind.Complex;

    /// <summary>The type in which elements are computed with: float32 for float16 and bfloat16, complex128 for complex64, else the type itself.</summary>
    public static DType Wide(this DType dtype) => DTypeFacts.Of(dtype).Wide;

    /// <summary>The type of the parts of complex numbers; of all others, the type itself.</summary>
    public static DType Real(this DType dtype) => dtype switch
    {
        DType.Complex64 => DType.Float32,
        DType.Complex128 => DType.Float64,
        var real => DTypeFacts.Of(real).DType,
    };

    /// <summary>The type of complex numbers whose parts hold numbers of this type; that of a complex type is itself.</summary>
    public static DType Complex(this DType dtype) => DTypeFacts.Of(dtype).Kind == NumberKind.Complex ? dtype : dtype == DType.Float64 ? DType.Complex128 : DType.Complex64;

    /// <summary>The type of functions that have fractions: itself if it has them, else <see cref="Tensor.DefaultDType"/>.</summary>
    internal static DType Fractional(this DType dtype) => dtype.HasGradients() ? dtype : Tensor.DefaultDType;

    /// <summary>The type of sums and products: int64 for whole numbers and truth values, else the type itself.</summary>
    internal static DType Summed(this DType dtype) => dtype.HasGradients() ? dtype : DType.Int64;

    /// <summary>The element type that holds values of <typeparamref name="T"/>.</summary>
    /// <exception cref="NotSupportedException">No tensor holds such elements.</exception>
    public static DType Of<T>() where T : unmanaged => Held<T>.DType is { } dtype ? dtype : DTypeFacts.Of(typeof(T)).DType;

    /// <summary>The smallest type that holds both, as in <see href="https://pytorch.org/docs/stable/tensor_attributes.html#type-promotion-doc">torch.promote_types</see>.</summary>
    public static DType Promote(DType a, DType b)
    {
        if (a == b) return a;
        DTypeFacts p = DTypeFacts.Of(a), q = DTypeFacts.Of(b);
        if (p.Kind < q.Kind) (p, q) = (q, p);
        if (p.Kind == NumberKind.Complex && q.Kind != NumberKind.Complex) return q.DType == DType.Float64 ? DType.Complex128 : p.DType;
        return p.Kind > q.Kind || p.Precision > q.Precision ? p.DType : p.Precision < q.Precision ? q.DType : p.Next;
    }

    /// <summary>
    /// Whether numbers of one type may be written where those of another stand, as in torch.can_cast: never from complex to real numbers, from fractions to
    /// whole numbers, or from numbers to truth values. <see cref="TensorOps.To(Tensor, DType)"/> converts them all, where that is asked for.
    /// </summary>
    /// <param name="from">The type that the numbers have.</param>
    /// <param name="to">The type that they would get.</param>
    /// <example><code>
    /// Console.WriteLine(DTypes.CanCast(DType.Int64, DType.Float32));      // → True
    /// Console.WriteLine(DTypes.CanCast(DType.Float64, DType.Int64));      // → False
    /// </code></example>
    public static bool CanCast(DType from, DType to) =>
        (!from.IsComplex() || to.IsComplex()) && (!from.IsFloatingPoint() || !to.IsInteger()) && (from == DType.Bool || to != DType.Bool);

    /// <summary>
    /// The type in which two tensors meet: a tensor with dimensions outweighs a 0-d one of its kind, and both outweigh a plain number.
    /// </summary>
    /// <param name="a">A tensor, or a plain number.</param>
    /// <param name="b">What it meets.</param>
    /// <example><code>
    /// Tensor whole = [1, 2], fractions = [0.5f, 1];
    /// Console.WriteLine(DTypes.Result(whole, fractions));      // → Float32
    /// </code></example>
    public static DType Result(Tensor a, Tensor b)
    {
        ArgumentNullException.ThrowIfNull(a);
        ArgumentNullException.ThrowIfNull(b);
        if (a.IsNumber && b.IsNumber) return Promote(a.DType, b.DType);      // plain numbers among themselves keep their precision
        DType x = Meeting(a), y = Meeting(b);
        if (x == y) return x;
        int weight = Weight(a) - Weight(b);
        return weight == 0 ? Promote(x, y) : weight > 0 ? Combine(x, y) : Combine(y, x);
    }

    /// <summary>The type in which several tensors meet: each weight among itself, and then the heavier with the lighter.</summary>
    internal static DType Result(ReadOnlySpan<Tensor> tensors)
    {
        Span<DType> of = stackalloc DType[3];
        int present = 0;
        bool plain = true;
        foreach (var t in tensors) plain &= t.IsNumber;
        foreach (var t in tensors)
        {
            int weight = Weight(t);
            var dtype = plain ? t.DType : Meeting(t);
            of[weight] = (present & 1 << weight) != 0 ? Promote(of[weight], dtype) : dtype;
            present |= 1 << weight;
        }
        int heaviest = System.Numerics.BitOperations.Log2((uint)present);
        var result = of[heaviest];
        for (int weight = heaviest - 1; weight >= 0; weight--) if ((present & 1 << weight) != 0) result = Combine(result, of[weight]);
        return result;
    }

    /// <summary>What a type that outweighs another becomes: it yields to the other's kind alone.</summary>
    static DType Combine(DType heavy, DType light)
    {
        NumberKind strong = DTypeFacts.Of(heavy).Kind, weak = DTypeFacts.Of(light).Kind;
        return weak <= strong ? heavy : strong == NumberKind.Floating ? heavy.Complex() : Promote(heavy, light);
    }

    /// <summary>A plain number with a fraction is of the default type.</summary>
    internal static DType Meeting(Tensor t) => !t.IsNumber || !t.DType.HasGradients() ? t.DType : t.DType.IsComplex() ? Tensor.DefaultDType.Complex() : Tensor.DefaultDType;

    static int Weight(Tensor t) => t.IsNumber ? 0 : t.Rank == 0 ? 1 : 2;

    /// <summary>The answer of <see cref="Of"/>, looked up once; none where no tensor holds such elements.</summary>
    static class Held<T>
    {
        public static readonly DType? DType = Find();

        static DType? Find()
        {
            foreach (var facts in DTypeFacts.All) if (facts.Held == typeof(T)) return facts.DType;
            return null;
        }
    }
}
