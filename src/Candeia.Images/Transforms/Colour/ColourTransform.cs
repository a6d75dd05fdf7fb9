namespace Candeia.Images;

/// <summary>A transform that changes colours and leaves everything where it is.</summary>
public abstract record ColourTransform : Transform
{
    private protected ColourTransform() { }

    private protected abstract Tensor Colour(Tensor image, Generator generator);

    /// <inheritdoc/>
    protected internal sealed override Annotated Change(Annotated scene, Generator generator) => scene with { Image = Colour(scene.Image, generator) };

    /// <summary>A share of one picture and the rest of another; a share above 1 goes on beyond it.</summary>
    private protected static Tensor Blend(Tensor image, Tensor own, Tensor other, double share) => (own * share + other * (1 - share)).CutLike(image);

    /// <summary>Brightness [n, 1, h, w] as the eye sees it, 0.2989 R + 0.587 G + 0.114 B; of bytes without fractions, as in torchvision.</summary>
    private protected static Tensor Gray(Tensor image, Tensor batch)
    {
        if (batch.Shape[1] == 1) return batch;
        var gray = batch.Narrow(1, 0, 1) * 0.2989 + batch.Narrow(1, 1, 1) * 0.587 + batch.Narrow(1, 2, 1) * 0.114;
        return image.DType == DType.UInt8 ? gray.Floor() : gray;
    }

    private protected static readonly int[] GrayOrColour = [1, 3];
}

/// <summary>A colour transform that makes a new value of each old one, whatever stands beside it. Of bytes it is a table.</summary>
public abstract record ValueTransform : ColourTransform
{
    private protected ValueTransform() { }

    /// <summary>The new value; white is 255 or 1, and bytes are cut to whole numbers.</summary>
    private protected abstract double Value(double value, double white);

    private protected sealed override Tensor Colour(Tensor image, Generator generator)
    {
        if (image.DType != DType.UInt8)
        {
            float[] values = image.ToArray<float>();
            for (int i = 0; i < values.Length; i++) values[i] = (float)Value(values[i], 1);
            return Tensor.From(values, image.Shape).To(image.DType);
        }
        byte[] bytes = image.ToArray<byte>(), table = new byte[256];
        for (int i = 0; i < table.Length; i++) table[i] = (byte)Math.Clamp(Value(i, 255), 0, 255);
        for (int i = 0; i < bytes.Length; i++) bytes[i] = table[bytes[i]];
        return Tensor.From(bytes, image.Shape);
    }
}
