using System.Numerics;

namespace Candeia;

/// <summary>What sort of numbers a type holds. A later sort outweighs an earlier one where types meet.</summary>
internal enum NumberKind
{
    Truth,
    Whole,
    Floating,
    Complex,
}

/// <summary>All that is known of an element type.</summary>
/// <param name="DType">The type.</param>
/// <param name="Name">Its name, as PyTorch writes it.</param>
/// <param name="Size">Bytes per element.</param>
/// <param name="Kind">What sort of numbers.</param>
/// <param name="Precision">Of two types of one kind, the one with more holds the other's numbers; where they are equal, neither does, and <see cref="Next"/> holds both.</param>
/// <param name="Wide">The type in which it is computed with: itself, unless it is one that is only stored.</param>
/// <param name="Next">Where two types of one kind meet of which neither holds the other.</param>
/// <param name="Held">The type of .NET that holds an element.</param>
internal sealed record DTypeFacts(DType DType, string Name, int Size, NumberKind Kind, int Precision, DType Wide, DType Next, Type Held)
{
    static readonly DTypeFacts[] s_table = Table(
    [
        new(DType.Bool, "bool", 1, NumberKind.Truth, 1, DType.Bool, DType.Bool, typeof(bool)),
        new(DType.UInt8, "uint8", 1, NumberKind.Whole, 8, DType.UInt8, DType.Int16, typeof(byte)),
        new(DType.Int8, "int8", 1, NumberKind.Whole, 8, DType.Int8, DType.Int16, typeof(sbyte)),
        new(DType.Int16, "int16", 2, NumberKind.Whole, 16, DType.Int16, DType.Int16, typeof(short)),
        new(DType.Int32, "int32", 4, NumberKind.Whole, 32, DType.Int32, DType.Int32, typeof(int)),
        new(DType.Int64, "int64", 8, NumberKind.Whole, 64, DType.Int64, DType.Int64, typeof(long)),
        new(DType.Float16, "float16", 2, NumberKind.Floating, 16, DType.Float32, DType.Float32, typeof(Half)),
        new(DType.BFloat16, "bfloat16", 2, NumberKind.Floating, 16, DType.Float32, DType.Float32, typeof(BFloat16)),
        new(DType.Float32, "float32", 4, NumberKind.Floating, 32, DType.Float32, DType.Float32, typeof(float)),
        new(DType.Float64, "float64", 8, NumberKind.Floating, 64, DType.Float64, DType.Float64, typeof(double)),
        new(DType.Complex64, "complex64", 8, NumberKind.Complex, 32, DType.Complex128, DType.Complex64, typeof(Complex64)),
        new(DType.Complex128, "complex128", 16, NumberKind.Complex, 64, DType.Complex128, DType.Complex128, typeof(Complex)),
    ]);

    static DTypeFacts[] Table(DTypeFacts[] rows)
    {
        var table = new DTypeFacts[rows.Length];
        foreach (var row in rows) table[(int)row.DType] = row;
        return table;
    }

    /// <summary>Every type.</summary>
    public static ReadOnlySpan<DTypeFacts> All => s_table;

    /// <summary>The facts of a type.</summary>
    /// <exception cref="NotSupportedException">There is no such type.</exception>
    public static DTypeFacts Of(DType dtype) => (uint)dtype < (uint)s_table.Length ? s_table[(int)dtype] : throw Unknown(dtype);

    /// <summary>The facts of the type whose elements are held by a type of .NET.</summary>
    /// <exception cref="NotSupportedException">No tensor holds such elements.</exception>
    public static DTypeFacts Of(Type held) => Array.Find(s_table, f => f.Held == held) ?? throw new NotSupportedException(
        $"Tensors hold {string.Join(", ", s_table[..^1].Select(f => f.Held.Name))} or {s_table[^1].Held.Name}, not {held.Name}.");

    /// <summary>What to throw where a type is not known.</summary>
    public static NotSupportedException Unknown(DType dtype) => new($"There is no element type {dtype}; the types are {string.Join(", ", s_table.Select(f => f.Name))}.");
}
