namespace Candeia;

/// <summary>A type of elements in NumPy's format.</summary>
/// <param name="Kind">b truth values, i whole numbers, u unsigned ones, f floating, c complex.</param>
/// <param name="Size">Bytes per element.</param>
/// <param name="IsBigEndian">Whether the bytes of each number stand in the other order.</param>
internal sealed record NpyType(char Kind, int Size, bool IsBigEndian)
{
    static readonly (char Kind, int Size, DType DType)[] s_table =
    [
        ('b', 1, DType.Bool), ('u', 1, DType.UInt8), ('i', 1, DType.Int8), ('i', 2, DType.Int16), ('i', 4, DType.Int32), ('i', 8, DType.Int64),
        ('f', 2, DType.Float16), ('f', 4, DType.Float32), ('f', 8, DType.Float64), ('c', 8, DType.Complex64), ('c', 16, DType.Complex128),
    ];

    /// <summary>The type whose bits are read; of unsigned numbers that tensors do not have, the signed ones of their size.</summary>
    public DType Read
    {
        get
        {
            foreach (var row in s_table) if (row.Kind == Kind && row.Size == Size) return row.DType;
            return Unsigned.Read(Size);
        }
    }

    /// <summary>The type of the tensor.</summary>
    public DType Held => IsWidened ? Unsigned.Held(Size) : Read;

    /// <summary>Whether elements are widened so that they keep their values.</summary>
    public bool IsWidened => Kind == 'u' && Size > 1;

    /// <summary>A type such as <c>&lt;f4</c>, <c>|b1</c> or <c>&gt;i2</c>; null where tensors cannot hold such elements.</summary>
    public static NpyType? Parse(string descr)
    {
        if (descr is not [var order, var kind, .. var digits] || !"<>|=".Contains(order) || digits is not ("1" or "2" or "4" or "8" or "16")) return null;
        int size = int.Parse(digits, System.Globalization.CultureInfo.InvariantCulture);
        bool isKnown = kind == 'u' && size is 2 or 4 or 8 || Array.Exists(s_table, row => row.Kind == kind && row.Size == size);
        return isKnown && (order != '|' || size == 1) ? new(kind, size, order == '>' && size > 1) : null;
    }

    /// <summary>How elements of a tensor are written; null where the format has none.</summary>
    public static string? Of(DType dtype)
    {
        foreach (var row in s_table) if (row.DType == dtype) return $"{(row.Size == 1 ? '|' : '<')}{row.Kind}{row.Size}";
        return null;
    }

    public override string ToString() => $"{(Size == 1 ? '|' : IsBigEndian ? '>' : '<')}{Kind}{Size}";
}
