using System.Numerics;

namespace Candeia;

/// <summary>What is done with numbers that have fractions, before the type is chosen.</summary>
internal interface IFloatCall
{
    void Run<T>() where T : unmanaged, IFloatingPointIeee754<T>;
}

/// <summary>The one place where the element type is chosen.</summary>
internal static class Numbers
{
    /// <summary>Runs a call for float32 or float64.</summary>
    /// <exception cref="NotSupportedException">The type is another.</exception>
    public static void RunFloat<TCall>(DType dtype, TCall call) where TCall : IFloatCall, allows ref struct
    {
        switch (dtype)
        {
            case DType.Float32: call.Run<float>(); break;
            case DType.Float64: call.Run<double>(); break;
            default: throw new NotSupportedException($"There is no arithmetic for {dtype} here.");
        }
    }
}
