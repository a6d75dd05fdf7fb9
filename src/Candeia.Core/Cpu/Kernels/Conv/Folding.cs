using System.Numerics;

namespace Candeia.Kernels;

/// <summary>The sizes of windows that move over images.</summary>
internal readonly record struct FoldShape(Size2d Stride, Size2d Padding, Size2d Dilation, Size2d Kernel, Size2d Image, Size2d Windows)
{
    /// <summary>The windows of a row whose point at this place of the window lies inside the image: from the first to before the last.</summary>
    public (int From, int To) Inside(int place) =>
        (Math.Clamp((Padding.Width - place + Stride.Width - 1) / Stride.Width, 0, Windows.Width),
            Math.Clamp((Image.Width + Padding.Width - place - 1 + Stride.Width) / Stride.Width, 0, Windows.Width));
}

/// <summary>Images [planes, h, w] and their windows as columns [planes, kh, kw, h', w'], row-major. An item is a plane, so that sums have one order.</summary>
internal readonly unsafe struct Folding<T>(FoldShape s, T* image, T* columns, bool folds) : IRangeWork where T : unmanaged, INumberBase<T>
{
    public static void Unfold(in FoldShape s, int planes, T* x, T* y) => Go(s, planes, new(s, x, y, false));

    public static void Fold(in FoldShape s, int planes, T* x, T* y) => Go(s, planes, new(s, y, x, true));

    static void Go(in FoldShape s, int planes, Folding<T> work) =>
        Workers.Split(planes, (nint)Math.Max(1, (1 << 15) / Math.Max(1, (long)s.Kernel.Height * s.Kernel.Width * s.Windows.Height * s.Windows.Width)), work);

    public void Run(nint from, nint to)
    {
        nint pixels = (nint)s.Image.Height * s.Image.Width, column = (nint)s.Windows.Height * s.Windows.Width;
        if (folds) new Span<T>(image + from * pixels, (int)((to - from) * pixels)).Clear();
        for (nint plane = from; plane < to; plane++)
            for (int i = 0; i < s.Kernel.Height; i++)
                for (int j = 0; j < s.Kernel.Width; j++)
                    Point(image + plane * pixels, columns + ((plane * s.Kernel.Height + i) * s.Kernel.Width + j) * column, i * s.Dilation.Height, j * s.Dilation.Width);
    }

    /// <summary>One point of the window, in all windows.</summary>
    void Point(T* pixels, T* column, int down, int right)
    {
        var (first, end) = s.Inside(right);
        for (int oy = 0; oy < s.Windows.Height; oy++, column += s.Windows.Width)
        {
            int y = oy * s.Stride.Height - s.Padding.Height + down;
            bool inside = (uint)y < (uint)s.Image.Height;
            T* row = pixels + (nint)y * s.Image.Width + right - s.Padding.Width;
            if (!folds)
            {
                new Span<T>(column, s.Windows.Width).Clear();
                if (inside) for (int ox = first; ox < end; ox++) column[ox] = row[ox * s.Stride.Width];
            }
            else if (inside) for (int ox = first; ox < end; ox++) row[ox * s.Stride.Width] += column[ox];
        }
    }
}
