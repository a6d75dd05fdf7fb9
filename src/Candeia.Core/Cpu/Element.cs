using System.Numerics;

namespace Candeia;

/// <summary>One element in memory as a number of another type, and back. For many, see <see cref="Runs"/>.</summary>
internal static unsafe class Element
{
    /// <summary>The element as a <typeparamref name="T"/>: exact where it fits; complex numbers as real ones lose the imaginary part.</summary>
    public static T Read<T>(byte* p, DType dtype) where T : INumberBase<T> => dtype switch
    {
        DType.Bool or DType.UInt8 => T.CreateTruncating(*p),
        DType.Int8 => T.CreateTruncating(*(sbyte*)p),
        DType.Int16 => T.CreateTruncating(*(short*)p),
        DType.Int32 => T.CreateTruncating(*(int*)p),
        DType.Int64 => T.CreateTruncating(*(long*)p),
        DType.Float16 => T.CreateTruncating((float)*(Half*)p),
        DType.BFloat16 => T.CreateTruncating((float)*(BFloat16*)p),
        DType.Float32 => T.CreateTruncating(*(float*)p),
        DType.Float64 => T.CreateTruncating(*(double*)p),
        DType.Complex64 => T.CreateTruncating((Complex)(*(Complex64*)p)),
        DType.Complex128 => T.CreateTruncating(*(Complex*)p),
        _ => throw DTypeFacts.Unknown(dtype),
    };

    /// <summary>Writes a number as an element: rounded, or cut to a whole number, where it does not fit.</summary>
    public static void Write<T>(byte* p, DType dtype, T value) where T : INumberBase<T>
    {
        switch (dtype)
        {
            case DType.Bool: *p = T.IsZero(value) ? (byte)0 : (byte)1; break;
            case DType.UInt8: *p = byte.CreateTruncating(value); break;
            case DType.Int8: *(sbyte*)p = sbyte.CreateTruncating(value); break;
            case DType.Int16: *(short*)p = short.CreateTruncating(value); break;
            case DType.Int32: *(int*)p = int.CreateTruncating(value); break;
            case DType.Int64: *(long*)p = long.CreateTruncating(value); break;
            case DType.Float16: *(Half*)p = (Half)float.CreateTruncating(value); break;
            case DType.BFloat16: *(BFloat16*)p = (BFloat16)float.CreateTruncating(value); break;
            case DType.Float32: *(float*)p = float.CreateTruncating(value); break;
            case DType.Float64: *(double*)p = double.CreateTruncating(value); break;
            case DType.Complex64: *(Complex64*)p = (Complex64)Complex.CreateTruncating(value); break;
            case DType.Complex128: *(Complex*)p = Complex.CreateTruncating(value); break;
            default: throw DTypeFacts.Unknown(dtype);
        }
    }
}
