using System.Numerics;
using static System.Math;

namespace Candeia.Kernels;

/// <summary>
/// The gradient of a convolution's input: for each phase of the strides a convolution of the output's gradient with the weights in reverse.
/// </summary>
internal readonly unsafe struct InputGradient<V, T>(GradientPlan<V, T> plan, byte* dx, byte* packed)
    where V : unmanaged, ISimd<V> where T : unmanaged, IFloatingPointIeee754<T>
{
    const int L2 = 512 << 10;

    readonly GradientPlan<V, T> _plan = plan;
    readonly byte* _dx = dx, _packed = packed;
    readonly bool _few = !plan.Shape.IsDepthwise && FewOutputs<V>.Suit(plan.Shape.GroupIn, plan.Shape.GroupOut);

    public bool IsWanted => _dx != null;

    static int Edge => GradientPlan<V, T>.Edge;

    /// <summary>Bytes of the packed weights.</summary>
    public static nint PackedBytes(in GradientPlan<V, T> plan) =>
        (nint)plan.Shape.Taps * (plan.Shape.IsDepthwise ? 1 : plan.Shape.GroupOut) * plan.In.Padded * sizeof(T);

    /// <summary>Packs the weights of all phases, one after the other.</summary>
    public void Pack(T* weight)
    {
        T* to = (T*)_packed;
        for (int y = 0; y < _plan.Shape.StrideHeight; y++)
            for (int x = 0; x < _plan.Shape.StrideWidth; x++)
            {
                GradientAxis rows = _plan.RowsOf(y), columns = _plan.ColumnsOf(x);
                Workers.Run(_plan.In.Count, new PackTransposed<T>(_plan.Shape, _plan.In, rows, columns, weight, to, _few));
                to += _plan.In.Count * PanelBytes(rows, columns) / sizeof(T);
            }
    }

    nint PanelBytes(GradientAxis rows, GradientAxis columns) =>
        (nint)rows.Taps * columns.Taps * (_plan.Shape.IsDepthwise ? 1 : _plan.Shape.GroupOut) * Edge;

    /// <summary>The first and the last row of the output's gradient that a unit reads: some lie beyond its own, or beyond the image.</summary>
    public (int First, int Last) Reads(in GradientUnit unit)
    {
        int first = unit.Top, last = unit.End - 1;
        for (int phase = 0; phase < _plan.Shape.StrideHeight && IsWanted; phase++)
        {
            var axis = _plan.RowsOf(phase);
            if (axis.Taps == 0 || axis.Before(unit.InTop) == axis.Before(unit.InEnd)) continue;
            first = Min(first, axis.Before(unit.InTop) + axis.Offset);
            last = Max(last, axis.Last(axis.Before(unit.InEnd) - 1));
        }
        return (first, last);
    }

    /// <summary>The rows of the input gradient that belong to a unit.</summary>
    /// <param name="unit">The unit.</param>
    /// <param name="gradient">The output's gradient from row <paramref name="first"/> on, with its halo.</param>
    /// <param name="gradientBytes">Bytes of the gradient of one image.</param>
    /// <param name="first">Its first row.</param>
    /// <param name="narrow">Memory for a row of a panel.</param>
    public void Run(in GradientUnit unit, byte* gradient, nint gradientBytes, int first, byte* narrow)
    {
        byte* weights = _packed;
        for (int y = 0; y < _plan.Shape.StrideHeight; y++)
            for (int x = 0; x < _plan.Shape.StrideWidth; x++)
            {
                GradientAxis rows = _plan.RowsOf(y), columns = _plan.ColumnsOf(x);
                nint panelBytes = PanelBytes(rows, columns);
                var tile = Tile(rows, columns);
                nint line = _few ? (nint)columns.Taps * _plan.Shape.GroupOut * sizeof(T) : tile.BLine;
                int pixels = columns.Before(_plan.Shape.Width), block = (int)Clamp(L2 / Max(1, panelBytes), 1, _plan.In.Count);
                for (int from = 0; from < _plan.In.Count && pixels > 0; from += block)
                    for (int i = 0; i < unit.Images; i++)
                        for (int m = rows.Before(unit.InTop); m < rows.Before(unit.InEnd); m++)
                        {
                            int column = columns.Offset + _plan.Left;
                            var (skipped, end) = rows.Inside(m, _plan.Shape.OutHeight);           // beyond the image are zeros
                            tile.Lines = columns.Taps == 0 ? 0 : end - skipped;
                            byte* a = gradient + i * gradientBytes + (m + rows.Offset + skipped * rows.Dilation - first) * _plan.Line + column * _plan.Pitch;
                            nint pixel = ((nint)(unit.Image + i) * _plan.Shape.Height + y + m * _plan.Shape.StrideHeight) * _plan.Shape.Width + x;
                            for (int panel = from; panel < Min(from + block, _plan.In.Count); panel++)
                            {
                                tile.B = weights + panel * panelBytes + skipped * line;
                                Row(tile, panel, a, pixel, pixels, narrow);
                            }
                        }
                weights += _plan.In.Count * panelBytes;
            }
    }

    /// <summary>One panel of every stride-th pixel of a row, beginning with <paramref name="pixel"/>.</summary>
    void Row(ConvTile tile, int panel, byte* a, nint pixel, int pixels, byte* narrow)
    {
        bool depthwise = _plan.Shape.IsDepthwise;
        int width = _plan.In.Width(panel) * sizeof(T), channels = _plan.Shape.InChannels * sizeof(T), step = _plan.Shape.StrideWidth * channels;
        bool whole = width == Edge && !_few;
        byte* dx = _dx + pixel * channels + _plan.In.From(panel) * sizeof(T), to = whole ? dx : narrow;
        a += (depthwise ? panel : _plan.In.GroupOf(panel) * _plan.Out.PerGroup) * Edge;
        tile.CRow = _few ? FewOutputs<V>.Most * sizeof(T) : whole ? step : Edge;
        if (_few) FewOutputs<V>.Pixels(tile, _plan.In.Width(panel), a, to, pixels);
        else if (depthwise) ConvKernel<V, Lanes<V>, Write<V>>.Pixels(tile, a, to, pixels, default);
        else ConvKernel<V, Row<V>, Write<V>>.Pixels(tile, a, to, pixels, default);
        for (int p = 0; p < pixels && !whole; p++) Buffer.MemoryCopy(narrow + p * tile.CRow, dx + (nint)p * step, width, width);
    }

    ConvTile Tile(GradientAxis rows, GradientAxis columns)
    {
        bool depthwise = _plan.Shape.IsDepthwise;
        int channels = _plan.Shape.GroupOut;
        var tile = new ConvTile
        {
            Lines = columns.Taps == 0 ? 0 : rows.Taps, ALine = rows.Dilation * _plan.Line, ARow = _plan.Pitch,
            BLine = columns.Taps * (depthwise ? 1 : channels) * Edge, BStep = Edge,
            Taps = columns.Taps, ATap = columns.Dilation * _plan.Pitch, Steps = channels, AStep = sizeof(T),
        };
        if (depthwise) (tile.Taps, tile.Steps, tile.AStep) = (1, columns.Taps, tile.ATap);
        else if (columns.Dilation == 1 && _plan.Out.Padded == channels) (tile.Taps, tile.Steps) = (1, columns.Taps * channels);
        if (_few) tile.BStep = (nint)rows.Taps * columns.Taps * channels * sizeof(T);
        return tile;
    }
}
