namespace Candeia.Kernels;

/// <summary>
/// Weights [oc, ic/groups, kh, kw] as the input gradient reads them, for one phase: for each panel of input channels [taps][taps][oc/groups][lanes],
/// taps reversed; or, for <see cref="FewOutputs{V}"/>, for each of its channels [taps][taps][oc/groups].
/// One item is one panel.
/// </summary>
internal readonly unsafe struct PackTransposed<T>(
    ConvShape shape, Panels panels, GradientAxis rows, GradientAxis columns, T* weight, T* packed, bool few = false) : IWork where T : unmanaged
{
    const int NearBytes = 24 << 10;

    public void Run(int item)
    {
        int outputs = shape.IsDepthwise ? 1 : shape.GroupOut, lanes = panels.Lanes, width = panels.Width(item), from = panels.From(item);
        // from output to output channel, and from lane to lane
        nint apart = shape.IsDepthwise ? shape.Taps : shape.GroupIn * shape.Taps, next = shape.Taps;
        nint sum = (nint)rows.Taps * columns.Taps * outputs, step = few ? 1 : lanes, lane = few ? sum : 1;      // between the numbers of a sum, and between channels
        T* to = packed + item * sum * lanes;
        T* first = weight + (shape.IsDepthwise ? from * next : ((nint)panels.GroupOf(item) * outputs * shape.GroupIn + from % shape.GroupIn) * next);
        int block = few ? outputs : Math.Max(1, NearBytes / (width * shape.Taps * sizeof(T)));          // outputs whose weights stay near for all taps
        for (int done = 0; done < outputs; done += block)
            for (int y = 0; y < rows.Taps; y++)
                for (int x = 0; x < columns.Taps; x++)
                {
                    T* tap = first + done * apart + rows.Tap(y) * shape.KernelWidth + columns.Tap(x), at = to + ((y * columns.Taps + x) * (nint)outputs + done) * step;
                    for (int o = done; o < Math.Min(outputs, done + block); o++, at += step, tap += apart)
                    {
                        if (next == 1 && lane == 1) new ReadOnlySpan<T>(tap, width).CopyTo(new(at, width));
                        else for (int i = 0; i < width; i++) at[i * lane] = tap[i * next];
                        for (int i = width; i < lanes && !few; i++) at[i] = default;
                    }
                }
    }
}
