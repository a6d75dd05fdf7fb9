using System.Numerics;

namespace Candeia;

/// <summary>What is done with numbers of any type, complex ones among them, before the type is chosen.</summary>
internal interface INumberCall
{
    void Run<T>() where T : unmanaged, INumberBase<T>;
}

/// <summary>What is done with real numbers, before the type is chosen.</summary>
internal interface IRealCall
{
    void Run<T>() where T : unmanaged, INumber<T>, IMinMaxValue<T>;
}

/// <summary>What is done with numbers that have fractions, before the type is chosen.</summary>
internal interface IFloatCall
{
    void Run<T>() where T : unmanaged, IFloatingPointIeee754<T>;
}

/// <summary>What is done with whole numbers, before the type is chosen.</summary>
internal interface IWholeCall
{
    void Run<T>() where T : unmanaged, IBinaryInteger<T>;
}

/// <summary>What is done with elements as bits, before their size is known.</summary>
internal interface IBitsCall
{
    void Run<T>() where T : unmanaged;
}

/// <summary>
/// The one place where the element type is chosen. Truth values are bytes. Types that are only stored (float16, bfloat16, complex64) have no arithmetic of
/// their own and are refused: the callers have widened them to <see cref="DTypes.Wide"/>.
/// </summary>
internal static class Numbers
{
    /// <summary>Runs a call for any type of numbers.</summary>
    /// <exception cref="NotSupportedException">The type is unknown, or only stored.</exception>
    public static void Run<TCall>(DType dtype, TCall call) where TCall : INumberCall, allows ref struct
    {
        switch (dtype)
        {
            case DType.Float32: call.Run<float>(); break;
            case DType.Float64: call.Run<double>(); break;
            case DType.Int64: call.Run<long>(); break;
            case DType.Int32: call.Run<int>(); break;
            case DType.Int16: call.Run<short>(); break;
            case DType.Int8: call.Run<sbyte>(); break;
            case DType.UInt8 or DType.Bool: call.Run<byte>(); break;
            case DType.Complex128: call.Run<Complex>(); break;
            default: throw Refused(dtype);
        }
    }

    /// <summary>Runs a call for float32, float64 or complex128: numbers that can be divided.</summary>
    /// <exception cref="NotSupportedException">The type is another.</exception>
    public static void RunField<TCall>(DType dtype, TCall call) where TCall : INumberCall, allows ref struct
    {
        switch (dtype)
        {
            case DType.Float32: call.Run<float>(); break;
            case DType.Float64: call.Run<double>(); break;
            case DType.Complex128: call.Run<Complex>(); break;
            default: throw Refused(dtype);
        }
    }

    /// <summary>Runs a call for a type of real numbers.</summary>
    /// <exception cref="NotSupportedException">The type is unknown, only stored, or complex.</exception>
    public static void RunReal<TCall>(DType dtype, TCall call) where TCall : IRealCall, allows ref struct
    {
        switch (dtype)
        {
            case DType.Float32: call.Run<float>(); break;
            case DType.Float64: call.Run<double>(); break;
            case DType.Int64: call.Run<long>(); break;
            case DType.Int32: call.Run<int>(); break;
            case DType.Int16: call.Run<short>(); break;
            case DType.Int8: call.Run<sbyte>(); break;
            case DType.UInt8 or DType.Bool: call.Run<byte>(); break;
            default: throw Refused(dtype);
        }
    }

    /// <summary>Runs a call for float32 or float64.</summary>
    /// <exception cref="NotSupportedException">The type is another.</exception>
    public static void RunFloat<TCall>(DType dtype, TCall call) where TCall : IFloatCall, allows ref struct
    {
        switch (dtype)
        {
            case DType.Float32: call.Run<float>(); break;
            case DType.Float64: call.Run<double>(); break;
            default: throw Refused(dtype);
        }
    }

    /// <summary>Runs a call for a type of whole numbers, or truth values.</summary>
    /// <exception cref="NotSupportedException">The type is another.</exception>
    public static void RunWhole<TCall>(DType dtype, TCall call) where TCall : IWholeCall, allows ref struct
    {
        switch (dtype)
        {
            case DType.Int64: call.Run<long>(); break;
            case DType.Int32: call.Run<int>(); break;
            case DType.Int16: call.Run<short>(); break;
            case DType.Int8: call.Run<sbyte>(); break;
            case DType.UInt8 or DType.Bool: call.Run<byte>(); break;
            default: throw Refused(dtype);
        }
    }

    /// <summary>Runs a call that moves elements without looking at them: for a type of any name, by its size.</summary>
    public static void RunBits<TCall>(DType dtype, TCall call) where TCall : IBitsCall, allows ref struct
    {
        switch (dtype.Size())
        {
            case 1: call.Run<byte>(); break;
            case 2: call.Run<short>(); break;
            case 4: call.Run<int>(); break;
            case 8: call.Run<long>(); break;
            case 16: call.Run<Int128>(); break;
            case var size: throw new NotSupportedException($"No elements are moved that have {size} bytes.");
        }
    }

    static NotSupportedException Refused(DType dtype) =>
        new($"There is no arithmetic for {DTypeFacts.Of(dtype).Name} here{(dtype.Wide() == dtype ? "" : $", only for {dtype.Wide().Name()}, to which it is widened")}.");
}
