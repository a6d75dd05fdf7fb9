namespace Candeia.Kernels;

/// <summary>
/// Weights [oc, ic/groups, kh, kw] as the input gradient reads them, for one phase: for each panel of input channels [taps][taps][oc/groups][lanes],
/// taps reversed.
/// One item is one panel.
/// </summary>
internal readonly unsafe struct PackTransposed<T>(
    ConvShape shape, Panels panels, GradientAxis rows, GradientAxis columns, T* weight, T* packed) : IWork where T : unmanaged
{
    public void Run(int item)
    {
        int outputs = shape.IsDepthwise ? 1 : shape.GroupOut, lanes = panels.Lanes, width = panels.Width(item), from = panels.From(item);
        // from output to output channel, and from lane to lane
        nint apart = shape.IsDepthwise ? shape.Taps : shape.GroupIn * shape.Taps, next = shape.Taps;
        T* to = packed + (nint)item * rows.Taps * columns.Taps * outputs * lanes;
        T* first = weight + (shape.IsDepthwise ? from * next : ((nint)panels.GroupOf(item) * outputs * shape.GroupIn + from % shape.GroupIn) * next);
        for (int y = 0; y < rows.Taps; y++)
            for (int x = 0; x < columns.Taps; x++)
            {
                T* tap = first + rows.Tap(y) * shape.KernelWidth + columns.Tap(x);
                for (int o = 0; o < outputs; o++, to += lanes, tap += apart)
                {
                    for (int i = 0; i < width; i++) to[i] = tap[i * next];
                    for (int i = width; i < lanes; i++) to[i] = default;
                }
            }
    }
}
