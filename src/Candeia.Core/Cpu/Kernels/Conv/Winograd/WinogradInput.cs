namespace Candeia.Kernels;

/// <summary>Bᵀ·x·B of the 6×6 inputs that a tile sees.</summary>
internal readonly unsafe struct WinogradInput<V>(ConvShape shape, byte* x) where V : unmanaged, ISimd<V>
{
    /// <summary>Bytes of the copy that a tile at the edge of the image needs.</summary>
    public static nint PatchBytes(in ConvShape shape) => 36 * shape.InChannels * V.Element;

    /// <summary>Asks for the sixteen pixels that a tile does not share with those before it.</summary>
    public void Expect(int image, int top, int left)
    {
        nint pixel = shape.InChannels * V.Element;
        (top, left) = (top + 2 - shape.PaddingHeight, left + 2 - shape.PaddingWidth);
        int bottom = Math.Min(top + 4, shape.Height), from = Math.Max(left, 0), to = Math.Min(left + 4, shape.Width);
        for (int y = Math.Max(top, 0); y < bottom; y++)
        {
            byte* p = x + (((nint)image * shape.Height + y) * shape.Width + from) * pixel;
            for (nint i = (to - from) * pixel; i > 0; i -= 64, p += 64) V.Prefetch(p);
        }
    }

    /// <summary>Writes the tile's row of each of the 36 matrices.</summary>
    public void Transform(int image, int top, int left, byte* to, nint frequency, byte* patch)
    {
        nint pixel = shape.InChannels * V.Element, line = shape.Width * pixel;
        byte* from = x + (nint)image * shape.Height * line;
        (top, left) = (top - shape.PaddingHeight, left - shape.PaddingWidth);
        if (top >= 0 && left >= 0 && top + 6 <= shape.Height && left + 6 <= shape.Width) from += top * line + left * pixel;
        else
        {
            PaddedRows.Copy(from, shape.Height, shape.Width, pixel, patch, top, 6, left, 6, pixel);
            from = patch;
            line = 6 * pixel;
        }
        Square<V, InputTransform<V>, InputTransform<V>>.Run(from, line, pixel, to, 6 * frequency, frequency, (int)(pixel / V.Size));
    }
}
