namespace Candeia.Kernels;

/// <summary>
/// Weights [oc, ic/groups, kh, kw] as the input gradient reads them, for one phase: for each panel of input channels [taps][taps][oc/groups][lanes], taps reversed.
/// One item is one panel.
/// </summary>
internal readonly unsafe struct PackTransposed<T>(ConvShape shape, Panels panels, GradientAxis rows, GradientAxis columns, T* weight, T* packed) : IWork where T : unmanaged
{
    public void Run(int item)
    {
        int outputs = shape.IsDepthwise ? 1 : shape.GroupOut, lanes = panels.Lanes, width = panels.Width(item), from = panels.From(item);
        T* to = packed + (nint)item * rows.Taps * columns.Taps * outputs * lanes;
        for (int y = 0; y < rows.Taps; y++)
            for (int x = 0; x < columns.Taps; x++)
            {
                T* tap = weight + rows.Tap(y) * shape.KernelWidth + columns.Tap(x);
                for (int o = 0; o < outputs; o++, to += lanes)
                    for (int i = 0; i < lanes; i++)
                        to[i] = i >= width ? default : shape.IsDepthwise ? tap[(nint)(from + i) * shape.Taps]
                            : tap[((nint)(panels.GroupOf(item) * outputs + o) * shape.GroupIn + from % shape.GroupIn + i) * shape.Taps];
            }
    }
}
