namespace Candeia;

/// <summary>The range and precision of a floating-point type, as <see href="https://pytorch.org/docs/stable/type_info.html">torch.finfo</see> gives them.</summary>
/// <param name="DType">The type; of a complex one, that of its parts.</param>
/// <param name="Bits">Bits per number.</param>
/// <param name="Eps">The distance from 1 to the next larger number.</param>
/// <param name="Max">The largest finite number; the smallest is its negative.</param>
/// <param name="Tiny">The smallest positive number of full precision.</param>
/// <param name="Resolution">About the smallest relative difference between decimal numbers that can be told apart.</param>
public sealed record Finfo(DType DType, int Bits, double Eps, double Max, double Tiny, double Resolution)
{
    /// <summary>The smallest finite number.</summary>
    public double Min => -Max;

    /// <summary>The range and precision of a type; of a complex one, those of its parts.</summary>
    /// <exception cref="ArgumentException">It is no floating-point or complex type.</exception>
    public static Finfo Of(DType dtype) => dtype.Real() switch
    {
        DType.Float16 => new(DType.Float16, 16, 1.0 / 1024, 65504, 6.103515625e-05, 1e-3),
        DType.BFloat16 => new(DType.BFloat16, 16, 1.0 / 128, 3.3895313892515355e38, 1.1754943508222875e-38, 1e-2),
        DType.Float32 => new(DType.Float32, 32, 1.1920928955078125e-07, float.MaxValue, 1.1754943508222875e-38, 1e-6),
        DType.Float64 => new(DType.Float64, 64, 2.220446049250313e-16, double.MaxValue, 2.2250738585072014e-308, 1e-15),
        var other => throw new ArgumentException($"{other} is no floating-point type; see Iinfo for whole numbers.", nameof(dtype)),
    };
}
