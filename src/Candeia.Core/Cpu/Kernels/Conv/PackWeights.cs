using System.Numerics;
using System.Numerics.Tensors;

namespace Candeia.Kernels;

/// <summary>
/// Weights [oc, ic/groups, kh, kw] as the forward loop reads them: for each panel of output channels [kh][kw][ic/groups][lanes], zero where the panel
/// is wider than its group; times a number per output channel where there is a scale.
/// One item is one panel.
/// </summary>
internal readonly unsafe struct PackWeights<T>(ConvShape shape, Panels panels, T* weight, T* scale, T* packed) : IWork
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public void Run(int item)
    {
        int inputs = shape.GroupIn, taps = shape.Taps, lanes = panels.Lanes, from = panels.From(item), width = panels.Width(item);
        T* panel = packed + (nint)item * taps * inputs * lanes;
        if (width < lanes) new Span<T>(panel, taps * inputs * lanes).Clear();
        if (sizeof(T) == sizeof(float) && width == lanes)
        {
            Whole((float*)weight + (nint)from * inputs * taps, scale == null ? null : (float*)scale + from, inputs, taps, lanes, (float*)panel);
            return;
        }
        for (int o = 0; o < width; o++)
        {
            T* w = weight + (nint)(from + o) * inputs * taps, to = panel + o;
            nint tap = (nint)inputs * lanes;
            T factor = scale == null ? T.One : scale[from + o];
            for (int i = 0; i < inputs; i++, to += lanes)
                for (int t = 0; t < taps; t++) to[t * tap] = *w++ * factor;
        }
    }

    // A panel without padding: some columns at a time become rows, which then go to where their tap is.
    static void Whole(float* weight, float* scale, int inputs, int taps, int lanes, float* panel)
    {
        const int Some = 144, MostLanes = 64;
        float* rows = stackalloc float[Some * MostLanes];
        int all = inputs * taps;
        for (int from = 0; from < all; from += Some)
        {
            int count = Math.Min(Some, all - from);
            Transpose.Run(rows, weight + from, lanes, all, count, lanes);
            for (int k = 0; k < count; k++)
            {
                int at = from + k;
                ReadOnlySpan<float> row = new(rows + k * lanes, lanes);
                Span<float> to = new(panel + ((nint)(at % taps) * inputs + at / taps) * lanes, lanes);
                if (scale == null) row.CopyTo(to);
                else TensorPrimitives.Multiply(row, new ReadOnlySpan<float>(scale, lanes), to);
            }
        }
    }

    /// <summary>One number per output channel, zero where there is none, and behind them what the activation cuts off below and above.</summary>
    public static void Bias(Panels panels, T* bias, Tail tail, T* packed)
    {
        new Span<T>(packed, panels.Padded).Clear();
        packed[panels.Padded] = T.CreateTruncating(tail.Floor);
        packed[panels.Padded + 1] = T.CreateTruncating(tail.Ceiling);
        if (bias == null) return;
        for (int p = 0; p < panels.Count; p++)
            new Span<T>(bias + panels.From(p), panels.Width(p)).CopyTo(new(packed + p * panels.Lanes, panels.Lanes));
    }
}
