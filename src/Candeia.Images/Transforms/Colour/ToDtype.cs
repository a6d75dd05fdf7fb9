namespace Candeia.Images;

/// <summary>The picture in another element type: bytes from 0 to 255 become numbers from 0 to 1, and the other way round.</summary>
/// <param name="Type">The new type.</param>
/// <param name="Scale">Whether white stays white; otherwise the numbers stay.</param>
public sealed record ToDtype(DType Type, bool Scale = true) : ColourTransform
{
    private protected override Tensor Colour(Tensor image, Generator generator)
    {
        if (image.DType == Type) return image;
        if (!Scale) return image.To(Type);
        if (image.DType == DType.UInt8) return image.To(Type) / 255;
        // As torchvision: every byte stands for as large a part of 0 to 1 as any other.
        return Type == DType.UInt8 ? (image.Clamp(0, 1) * (255 + 1 - 1e-3)).Floor().To(DType.UInt8) : image.To(Type);
    }
}

/// <summary>(value − mean) / std of each channel, so that a network sees numbers about 0.</summary>
/// <param name="Mean">One for each channel, or one for all.</param>
/// <param name="Std">One for each channel, or one for all.</param>
public sealed record Normalize(IReadOnlyList<double> Mean, IReadOnlyList<double> Std) : ColourTransform
{
    /// <summary>What networks expect that were trained on ImageNet.</summary>
    public static Normalize ImageNet { get; } = new([0.485, 0.456, 0.406], [0.229, 0.224, 0.225]);

    /// <summary>The way back: to look at what a network saw.</summary>
    public Normalize Inverse() => new([.. Mean.Zip(Std, (m, s) => -m / s)], [.. Std.Select(s => 1 / s)]);

    private protected override Tensor Colour(Tensor image, Generator generator)
    {
        if (!image.DType.IsFloatingPoint()) throw new ArgumentException($"Normalize takes floating-point numbers, not {image.DType}; put new ToDtype(DType.Float32) before it.");
        RefuseOtherThan(image.Shape[^3]);
        Tensor Column(IReadOnlyList<double> numbers) => Tensor.From([.. numbers], [numbers.Count, 1, 1]).To(image.DType);
        return (image - Column(Mean)) / Column(Std);
    }

    internal void RefuseOtherThan(int channels)
    {
        if (Mean.Count != Std.Count || Mean.Count != 1 && Mean.Count != channels)
            throw new ShapeException($"{Mean.Count} means and {Std.Count} standard deviations do not fit a picture of {channels} channels.");
    }
}
