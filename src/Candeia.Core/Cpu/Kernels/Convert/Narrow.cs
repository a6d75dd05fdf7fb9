using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Candeia.Kernels;

/// <summary>
/// Types that are only stored, to the types in which they are computed with and back: float16 and bfloat16 to float, complex64 to complex128. The way
/// back rounds to the nearest, of two equally near to the even one; not-a-number stays so, and what is too large becomes infinite.
/// </summary>
internal static unsafe class Narrow
{
    /// <summary>Neighbouring elements of a stored type, widened.</summary>
    public static void Widen(DType stored, byte* from, byte* to, int count)
    {
        switch (stored)
        {
            case DType.Float16: TensorPrimitives.ConvertToSingle(new ReadOnlySpan<Half>(from, count), new(to, count)); break;
            case DType.BFloat16: Widen(new ReadOnlySpan<ushort>(from, count), new(to, count)); break;
            case DType.Complex64: TensorPrimitives.ConvertTruncating(new ReadOnlySpan<float>(from, 2 * count), new Span<double>(to, 2 * count)); break;
            default: throw NotStored(stored);
        }
    }

    /// <summary>Neighbouring wide elements, rounded to a stored type.</summary>
    public static void Round(DType stored, byte* from, byte* to, int count)
    {
        switch (stored)
        {
            case DType.Float16: TensorPrimitives.ConvertToHalf(new ReadOnlySpan<float>(from, count), new(to, count)); break;
            case DType.BFloat16: Round(new ReadOnlySpan<float>(from, count), new(to, count)); break;
            case DType.Complex64: TensorPrimitives.ConvertTruncating(new ReadOnlySpan<double>(from, 2 * count), new Span<float>(to, 2 * count)); break;
            default: throw NotStored(stored);
        }
    }

    static void Widen(ReadOnlySpan<ushort> x, Span<uint> y)
    {
        int lanes = Vector<ushort>.Count, i = 0;
        ref ushort from = ref MemoryMarshal.GetReference(x);
        ref uint to = ref MemoryMarshal.GetReference(y);
        for (; i <= x.Length - lanes; i += lanes)
        {
            Vector.Widen(Vector.LoadUnsafe(ref from, (nuint)i), out var low, out var high);
            (low << 16).StoreUnsafe(ref to, (nuint)i);
            (high << 16).StoreUnsafe(ref to, (nuint)(i + lanes / 2));
        }
        for (; i < x.Length; i++) y[i] = (uint)x[i] << 16;
    }

    static void Round(ReadOnlySpan<float> x, Span<ushort> y)
    {
        int lanes = Vector<ushort>.Count, i = 0;
        ref float from = ref MemoryMarshal.GetReference(x);
        ref ushort to = ref MemoryMarshal.GetReference(y);
        for (; i <= x.Length - lanes; i += lanes)
            Vector.Narrow(Rounded(Vector.LoadUnsafe(ref from, (nuint)i)), Rounded(Vector.LoadUnsafe(ref from, (nuint)(i + lanes / 2)))).StoreUnsafe(ref to, (nuint)i);
        for (; i < x.Length; i++) y[i] = ((BFloat16)x[i]).Bits;
    }

    /// <summary>The upper halves; see <see cref="BFloat16"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector<uint> Rounded(Vector<float> x)
    {
        var bits = Vector.AsVectorUInt32(x);
        var nearest = bits + new Vector<uint>(0x7fff) + (bits >> 16 & Vector<uint>.One) >> 16;
        return Vector.ConditionalSelect(Vector.AsVectorUInt32(Vector.Equals(x, x)), nearest, bits >> 16 | new Vector<uint>(0x40));
    }

    static NotSupportedException NotStored(DType dtype) => new($"{dtype.Name()} is computed with as it is stored.");
}
