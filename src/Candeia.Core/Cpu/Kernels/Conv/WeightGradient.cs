using static System.Math;

namespace Candeia.Kernels;

/// <summary>
/// The gradient of a convolution's weight: a sum of outer products of the output's gradient with the pixels of x that each tap sees.
/// </summary>
internal readonly unsafe struct WeightGradient<V, T>(GradientPlan<V, T> plan, byte* x, bool isWanted)
    where V : unmanaged, ISimd<V> where T : unmanaged
{
    const int DotBytes = 32 << 10;

    readonly GradientPlan<V, T> _plan = plan;
    readonly byte* _x = x;
    readonly bool _copies = isWanted && (plan.Shape.IsPadded || plan.Shape.IsDepthwise && plan.In.Padded != plan.Shape.InChannels);

    public bool IsWanted { get; } = isWanted;

    // rows and columns of x that a unit sees, as they are laid out for the loop: with the border if x is copied
    int XRows(in GradientUnit unit) =>
        (unit.End - unit.Top - 1) * _plan.Shape.StrideHeight + (_plan.Shape.KernelHeight - 1) * _plan.Shape.DilationHeight + 1;
    int XColumns => (_plan.Shape.OutWidth - 1) * _plan.Shape.StrideWidth + (_plan.Shape.KernelWidth - 1) * _plan.Shape.DilationWidth + 1;
    nint XLine => (_copies ? XColumns : _plan.Shape.Width) * _plan.Pixel;
    nint ImageBytes => (nint)_plan.Shape.Height * _plan.Shape.Width * _plan.Shape.InChannels * sizeof(T);

    /// <summary>Bytes of memory that a unit needs for each of its images.</summary>
    public nint CopyBytes(in GradientUnit unit) => _copies ? XRows(unit) * XLine : 0;

    /// <summary>Adds what a unit gives to a copy of the weight gradient.</summary>
    /// <param name="unit">The unit.</param>
    /// <param name="copy">Memory for its part of x.</param>
    /// <param name="gradient">The first row of the unit in the output's gradient, after the halo.</param>
    /// <param name="gradientBytes">Bytes of the gradient of one image.</param>
    /// <param name="partial">The copy.</param>
    public void Run(in GradientUnit unit, byte* copy, byte* gradient, nint gradientBytes, byte* partial)
    {
        byte* x = Rows(unit, copy);
        nint line = XLine, image = _copies ? CopyBytes(unit) : ImageBytes;
        int rows = unit.End - unit.Top;
        int some = (int)Clamp(DotBytes / (_plan.Shape.OutWidth * GradientPlan<V, T>.Edge), 1, rows);    // whose panel of gradients stays in L1
        for (int row = 0; row < rows; row += some)
        {
            byte* from = x + row * _plan.Shape.StrideHeight * line;
            Some(unit.Top + row, from, line, image, gradient + row * _plan.Line, gradientBytes, unit.Images, Min(some, rows - row), partial);
        }
    }

    /// <summary>
    /// The same for a pooled 3×3 convolution of one channel, straight from the pooled gradient; the gradient of the bias comes with it.
    /// </summary>
    public void Straight(in GradientUnit unit, byte* copy, in OutputGradient<V> gradient, byte* partial, byte* bias)
    {
        byte* x = Rows(unit, copy);
        int top = unit.Top / 2, rows = Min(unit.End, _plan.Shape.OutHeight / 2 * 2) / 2 - top;
        for (int i = 0; i < unit.Images; i++)
            gradient.Nine(unit.Image + i, top, rows, x + i * (_copies ? CopyBytes(unit) : ImageBytes), XLine, partial, _plan.Pitch, bias);
    }

    /// <summary>What the first tap of the unit's first row sees: in x itself, or in a copy with the border.</summary>
    byte* Rows(in GradientUnit unit, byte* copy)
    {
        int top = unit.Top * _plan.Shape.StrideHeight;
        if (!_copies) return _x + unit.Image * ImageBytes + top * XLine;
        for (int i = 0; i < unit.Images; i++)
        {
            byte* from = _x + (unit.Image + i) * ImageBytes, to = copy + i * CopyBytes(unit);
            PaddedRows.Copy(from, _plan.Shape.Height, _plan.Shape.Width, _plan.Shape.InChannels * sizeof(T), to,
                top - _plan.Shape.PaddingHeight, XRows(unit), -_plan.Shape.PaddingWidth, XColumns, _plan.Pixel);
        }
        return copy;
    }

    void Some(int top, byte* x, nint xLine, nint xImage, byte* gradient, nint gradientImage, int images, int rows, byte* partial)
    {
        var shape = _plan.Shape;
        bool merges = shape.DilationWidth == 1 && shape.Groups == 1, nine = NineTaps<V>.Fit(shape);
        int edge = GradientPlan<V, T>.Edge;
        var tile = new ConvTile
        {
            Lines = rows, ALine = shape.StrideHeight * xLine, BLine = _plan.Line, Taps = 1, Steps = shape.OutWidth,
            AStep = shape.StrideWidth * _plan.Pixel, BStep = _plan.Pitch,
            ARow = shape.IsDepthwise ? shape.DilationWidth * _plan.Pixel : sizeof(T), ADown = xLine, CRow = _plan.Pitch,
        };
        for (int panel = 0; panel < _plan.Out.Count; panel++)
            for (int ky = 0; ky < (nine ? 1 : shape.KernelHeight); ky++)
            {
                var (first, end) = nine ? (top, top + rows) : shape.RowsInside(ky);                     // the others see zeros of the border
                (first, end) = (Max(first, top) - top, Min(end, top + rows) - top);
                if (first >= end) continue;
                tile.Lines = end - first;
                for (int i = 0; i < images; i++)                                                        // inside: the sums stay near
                {
                    tile.B = gradient + i * gradientImage + panel * edge + first * tile.BLine;
                    byte* a = x + i * xImage + ky * shape.DilationHeight * xLine + first * tile.ALine
                        + (shape.IsDepthwise ? panel * edge : _plan.Out.GroupOf(panel) * shape.GroupIn * sizeof(T));
                    byte* to = partial + ky * shape.KernelWidth * shape.GroupIn * _plan.Pitch + panel * edge;
                    if (nine) NineTaps<V>.WeightGradient(tile, a, to);
                    else if (shape.IsDepthwise) ConvKernel<V, Lanes<V>, Accumulate<V>>.Pixels(tile, a, to, shape.KernelWidth, default);
                    else if (merges) ConvKernel<V, Row<V>, Accumulate<V>>.Pixels(tile, a, to, shape.KernelWidth * shape.GroupIn, default);
                    else
                        for (int kx = 0; kx < shape.KernelWidth; kx++, a += shape.DilationWidth * _plan.Pixel, to += shape.GroupIn * _plan.Pitch)
                            ConvKernel<V, Row<V>, Accumulate<V>>.Pixels(tile, a, to, shape.GroupIn, default);
                }
            }
    }
}
