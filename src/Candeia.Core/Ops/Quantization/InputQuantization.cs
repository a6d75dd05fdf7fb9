using Candeia.Kernels;

namespace Candeia;

/// <summary>
/// How the inputs of a quantized layer become whole numbers from 0 on: round(x / scale) + zero point, held within them. Without a scale, each row of a linear layer's
/// input finds its own, so that a row has the same result in every batch.
/// </summary>
/// <param name="Scale">How far apart two neighbours are; above 0. None if each row finds its own.</param>
/// <param name="ZeroPoint">The whole number that stands for 0.</param>
/// <param name="QuantMax">The greatest whole number: 255, or 127 as with PyTorch's <c>reduce_range</c>, which x86 machines without VNNI need there but not here.</param>
public sealed record InputQuantization(double? Scale = null, int ZeroPoint = 0, int QuantMax = 255)
{
    /// <summary>The scale and the zero point by which a range of numbers, and 0, become whole, chosen as PyTorch's observers choose them.</summary>
    /// <param name="least">The least number.</param>
    /// <param name="greatest">The greatest.</param>
    /// <param name="quantMax">The greatest whole number.</param>
    /// <exception cref="ArgumentException">A bound is not finite.</exception>
    /// <example><code>Console.WriteLine(InputQuantization.Of(-1, 1.55));     // → InputQuantization { Scale = 0.009999999776482582, ZeroPoint = 100, QuantMax = 255 }</code></example>
    public static InputQuantization Of(double least, double greatest, int quantMax = 255)
    {
        if (!double.IsFinite(least) || !double.IsFinite(greatest)) throw new ArgumentException($"Numbers from {least} to {greatest} cannot be quantized: the bounds must be finite.");
        var found = Quantizing.Around((float)least, (float)greatest, quantMax, (float)Finfo.Of(DType.Float32).Eps);
        return new(found.Scale, found.Zero, quantMax);
    }

    /// <summary>For the kernels, after it has been checked.</summary>
    internal Quantizing Checked()
    {
        if (QuantMax is < 1 or > 255) throw new ArgumentOutOfRangeException(nameof(QuantMax), QuantMax, "The greatest whole number lies between 1 and 255.");
        if (ZeroPoint < 0 || ZeroPoint > QuantMax) throw new ArgumentOutOfRangeException(nameof(ZeroPoint), ZeroPoint, $"The zero point lies between 0 and {QuantMax}.");
        if (Scale is { } scale && !((float)scale > 0 && float.IsFinite((float)scale) && float.IsFinite(1 / (float)scale)))
            throw new ArgumentOutOfRangeException(nameof(Scale), Scale, "A scale is above 0, and finite.");
        return new((float)(Scale ?? 0), ZeroPoint, QuantMax);
    }

    /// <summary>What the whole numbers stand for, by ordinary ops; rows are the last dimension.</summary>
    internal Tensor Rounded(Tensor x)
    {
        Tensor scale, zero;
        if (Scale is { } given) (scale, zero) = (Tensor.Scalar((float)given, DType.Float32, x.Device), Tensor.Scalar((float)ZeroPoint, DType.Float32, x.Device));
        else
        {
            Tensor low = x.Amin([-1], keepDim: true).Clamp(max: 0), high = x.Amax([-1], keepDim: true).Clamp(min: 0);
            scale = (high - low) / QuantMax;
            scale = scale.Eq(0).Where(Tensor.Scalar(0.1f, DType.Float32, x.Device), scale);
            zero = (-low / scale).Round();
        }
        return (((x * (1 / scale)).Round() + zero).Clamp(0, QuantMax) - zero) * scale;
    }
}
