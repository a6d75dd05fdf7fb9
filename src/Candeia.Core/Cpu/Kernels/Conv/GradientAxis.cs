namespace Candeia.Kernels;

/// <summary>
/// How the input gradient sees one axis. Inputs <see cref="Phase"/> + stride·m, m = 0, 1, …, are reached by the same taps of the kernel, every
/// <see cref="TapStep"/>-th; over these the gradient of the input is a plain convolution of stride 1 over the output's:
/// input m reads outputs m + <see cref="Offset"/> + t·<see cref="Dilation"/>, t &lt; <see cref="Taps"/>.
/// </summary>
internal readonly struct GradientAxis
{
    public readonly int Phase, Stride, Taps, TapStep, Dilation, Offset;
    readonly int _lastTap;

    public GradientAxis(int phase, int kernel, int stride, int padding, int dilation)
    {
        int common = stride;
        for (int b = dilation; b != 0;) (common, b) = (b, common % b);
        (Phase, Stride, TapStep, Dilation) = (phase, stride, stride / common, dilation / common);
        int first = 0;
        while (first < TapStep && (phase + padding - first * dilation) % stride != 0) first++;
        Taps = first < TapStep && first < kernel ? (kernel - 1 - first) / TapStep + 1 : 0;
        _lastTap = first + (Taps - 1) * TapStep;
        Offset = Taps == 0 ? 0 : (phase + padding - _lastTap * dilation) / stride;
    }

    /// <summary>The kernel's own index of tap t: the order is reversed.</summary>
    public int Tap(int t) => _lastTap - t * TapStep;
    /// <summary>How many inputs of this phase lie before <paramref name="index"/>.</summary>
    public int Before(int index) => Math.Max(0, (index - Phase + Stride - 1) / Stride);
    /// <summary>The taps by which input m reads outputs that there are: from the first to before the last.</summary>
    public (int From, int To) Inside(int m, int outputs)
    {
        int first = m + Offset, from = Math.Min(Taps, Math.Max(0, (Dilation - 1 - first) / Dilation));
        return (from, Math.Clamp((outputs - first + Dilation - 1) / Dilation, from, Taps));
    }
    /// <summary>The last output that input m reads.</summary>
    public int Last(int m) => m + Offset + (Taps - 1) * Dilation;
}
