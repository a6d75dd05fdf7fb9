namespace Candeia.Images;

/// <summary>Shades drawn apart or together about the mean gray: 0 is gray, 1 the picture as it is.</summary>
/// <param name="Factor">Not negative.</param>
public sealed record AdjustContrast(double Factor) : ColourTransform
{
    private protected override Tensor Colour(Tensor image, Generator generator)
    {
        image.RefuseOtherThan(GrayOrColour, nameof(AdjustContrast));
        var x = image.Batch();
        return Blend(image, x, Gray(image, x).Mean([1, 2, 3], keepDim: true), Factor);
    }
}

/// <summary>More or less colour: 0 is gray, 1 the picture as it is.</summary>
/// <param name="Factor">Not negative.</param>
public sealed record AdjustSaturation(double Factor) : ColourTransform
{
    private protected override Tensor Colour(Tensor image, Generator generator)
    {
        image.RefuseOtherThan(GrayOrColour, nameof(AdjustSaturation));
        if (image.Shape[^3] == 1) return image;
        var x = image.Batch();
        return Blend(image, x, Gray(image, x), Factor);
    }
}

/// <summary>The picture sharper or more blurred: 0 is blurred, 1 as it is, 2 sharp.</summary>
/// <param name="Factor">Not negative.</param>
public sealed record AdjustSharpness(double Factor) : ColourTransform
{
    private protected override Tensor Colour(Tensor image, Generator generator)
    {
        if (image.Shape[^1] <= 2 || image.Shape[^2] <= 2) return image;
        var x = image.Batch();
        int channels = x.Shape[1], height = x.Shape[2], width = x.Shape[3];
        var kernel = Tensor.From([1f, 1, 1, 1, 5, 1, 1, 1, 1], [1, 1, 3, 3]) / 13;
        var inner = x.Conv2d(kernel.Expand([channels, 1, 3, 3]), groups: channels);
        if (image.DType == DType.UInt8) inner = inner.Round();
        var blurred = x.Clone();
        blurred[.., .., 1..^1, 1..^1] = inner;                                // the border stays as it is
        return Blend(image, x, blurred, Factor);
    }
}

/// <summary>Each channel stretched from black to white.</summary>
public sealed record AutoContrast : ColourTransform
{
    private protected override Tensor Colour(Tensor image, Generator generator)
    {
        var x = image.Batch();
        double white = image.DType.White();
        Tensor low = x.Amin([2, 3], keepDim: true), span = x.Amax([2, 3], keepDim: true) - low, flat = span <= 0;
        return ((x - low.MaskedFill(flat, 0)) * (white / span.MaskedFill(flat, white))).CutLike(image);
    }
}

/// <summary>Each channel with as many pixels of any shade as of any other, as far as that can be.</summary>
public sealed record Equalize : ColourTransform
{
    private protected override Tensor Colour(Tensor image, Generator generator)
    {
        byte[] bytes = (image.DType == DType.UInt8 ? image : (image.Clamp(0, 1) * 255).Round().To(DType.UInt8)).ToArray<byte>();
        int plane = image.Shape[^1] * image.Shape[^2];
        for (int from = 0; from < bytes.Length; from += plane) Of(bytes.AsSpan(from, plane));
        var y = Tensor.From(bytes, image.Shape);
        return image.DType == DType.UInt8 ? y : y.To(image.DType) / 255;
    }

    static void Of(Span<byte> plane)
    {
        int[] counts = new int[256];
        foreach (byte value in plane) counts[value]++;
        int step = (plane.Length - counts[Array.FindLastIndex(counts, c => c > 0)]) / 255;
        if (step == 0) return;
        byte[] table = new byte[256];
        for (int i = 1, below = 0; i < 256; i++) table[i] = (byte)Math.Min(255, ((below += counts[i - 1]) + step / 2) / step);
        for (int i = 0; i < plane.Length; i++) plane[i] = table[plane[i]];
    }
}

/// <summary>Gray as the eye sees it.</summary>
/// <param name="Channels">1, or 3 that are the same.</param>
public sealed record Grayscale(int Channels = 1) : ColourTransform
{
    private protected override Tensor Colour(Tensor image, Generator generator)
    {
        image.RefuseOtherThan(GrayOrColour, nameof(Grayscale));
        var x = image.Batch();
        var gray = Gray(image, x);
        return (Channels == 1 ? gray : gray.Expand([x.Shape[0], Channels, x.Shape[2], x.Shape[3]])).Like(image);
    }
}
