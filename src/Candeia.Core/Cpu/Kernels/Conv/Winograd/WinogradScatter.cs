using System.Runtime.CompilerServices;
using static System.Math;
using static System.Runtime.CompilerServices.MethodImplOptions;

namespace Candeia.Kernels;

/// <summary>Adds B·dv·Bᵀ to the 6×6 inputs that a tile saw; those of neighbours overlap.</summary>
internal readonly unsafe struct WinogradScatter<V>(ConvShape shape, byte* dx) where V : unmanaged, ISimd<V>
{
    nint Pixel => shape.InChannels * V.Element;
    nint ImageBytes => shape.Height * shape.Width * Pixel;

    /// <summary>Makes room for the sums of some images.</summary>
    public void Clear(int image, int images)
    {
        byte* p = dx + image * ImageBytes;
        for (nint bytes = images * ImageBytes; bytes > 0; bytes -= 1 << 30, p += 1 << 30) Unsafe.InitBlockUnaligned(p, 0, (uint)Min(bytes, 1 << 30));
    }

    /// <summary>One panel of a tile, from its place in each of the 36 matrices; <paramref name="patch"/> has room for 36 of them.</summary>
    public void Add(int image, int top, int left, int panel, byte* product, nint frequency, byte* patch)
    {
        (top, left) = (top - shape.PaddingHeight, left - shape.PaddingWidth);
        nint edge = 2 * V.Size, line = shape.Width * Pixel;
        byte* to = dx + image * ImageBytes + top * line + left * Pixel + panel * edge;
        if (top >= 0 && left >= 0 && top + 6 <= shape.Height && left + 6 <= shape.Width)
            Square<V, InputAdjoint<V>, AddInputAdjoint<V>>.Run(product, 6 * frequency, frequency, to, line, Pixel, 2);
        else
        {
            Square<V, InputAdjoint<V>, InputAdjoint<V>>.Run(product, 6 * frequency, frequency, patch, 6 * edge, edge, 2);
            AddInside(patch, top, left, to, line);
        }
    }

    [MethodImpl(AggressiveOptimization | NoInlining)] void AddInside(byte* patch, int top, int left, byte* to, nint line)
    {
        for (int i = 0; i < 6; i++, to += line)
            for (int j = 0; j < 6; j++, patch += 2 * V.Size)
            {
                if (top + i < 0 || top + i >= shape.Height || left + j < 0 || left + j >= shape.Width) continue;
                byte* pixel = to + j * Pixel;
                (V.Load(pixel) + V.Load(patch)).Store(pixel);
                (V.Load(pixel + V.Size) + V.Load(patch + V.Size)).Store(pixel + V.Size);
            }
    }
}
