using static Candeia.Onnx.Forms;

namespace Candeia.Onnx;

/// <summary>Elements around a tensor, or fewer of it: constants, or its own once more.</summary>
internal static class PadOperator
{
    public static Operator[] All { get; } =
    [
        One("Pad", 1, a => Attributes(a, "paddings")),
        One("Pad", 2, a => Attributes(a, "pads")),
        One("Pad", 11, a =>
        {
            string mode = a.Text("mode", "constant");
            return x => Pad(x, mode, x.Sizes(1), x.Number(2, 0), x.Integers(3));
        }) with { Fixed = [2] },
        One("CenterCropPad", 18, a =>
        {
            int[]? axes = a.Ints("axes");
            return x => CenterCropPad(x[0], x.Sizes(1), axes);
        }),
    ];

    static Func<Call, Tensor> Attributes(Attributes a, string name)
    {
        string mode = a.Text("mode", "constant");
        int[] pads = a.Ints(name) ?? [];
        double value = a.Float("value", 0);
        return x => Pad(x, mode, pads, value, null);
    }

    /// <param name="call">Its first input is what is padded.</param>
    /// <param name="mode">What stands around it.</param>
    /// <param name="pads">Before each dimension, then after each.</param>
    /// <param name="value">The constant.</param>
    /// <param name="axes">The dimensions meant; without, all.</param>
    static Tensor Pad(Call call, string mode, int[] pads, double value, int[]? axes)
    {
        var x = call[0];
        int[] dims = axes is null ? [.. Enumerable.Range(0, x.Rank)] : Positive(axes, x.Rank);
        if (pads.Length != 2 * dims.Length) throw new OnnxException($"{pads.Length} numbers are no two for each of {dims.Length} dimensions");
        call.Grow(dims.Select((d, i) => (Int128)x.Shape[d] + pads[i] + pads[i + dims.Length]).Aggregate((Int128)1, (a, b) => a * b));
        if (mode == "constant") return Constant(x, dims, pads, value);
        for (int i = 0; i < dims.Length; i++)
        {
            int before = pads[i], after = pads[i + dims.Length], size = x.Shape[dims[i]];
            if (before == 0 && after == 0) continue;
            long[] places = [.. Enumerable.Range(-before, before + size + after).Select(p => (long)Place(mode, p, size))];
            x = x.IndexSelect(dims[i], Tensor.From(places).To(x.Device));
        }
        return x;
    }

    static Tensor Constant(Tensor x, int[] dims, int[] pads, double value)
    {
        int[] around = new int[2 * x.Rank];                     // the last dimension first, as PyTorch has it
        for (int i = 0; i < dims.Length; i++)
        {
            int d = dims[i], before = pads[i], after = pads[i + dims.Length];
            if (before < 0 || after < 0) x = x.Narrow(d, Math.Max(0, -before), x.Shape[d] + Math.Min(0, before) + Math.Min(0, after));
            (around[2 * (x.Rank - 1 - d)], around[2 * (x.Rank - 1 - d) + 1]) = (Math.Max(0, before), Math.Max(0, after));
        }
        return Array.TrueForAll(around, n => n == 0) ? x : x.Pad(around, value);
    }

    /// <summary>Which element stands at a place that may lie outside.</summary>
    static int Place(string mode, int place, int size)
    {
        if (size == 0) throw new OnnxException("nothing cannot be repeated around itself");
        int period = Math.Max(1, 2 * (size - 1));
        return mode switch
        {
            "edge" => Math.Clamp(place, 0, size - 1),
            "wrap" => (place % size + size) % size,
            "reflect" when (place % period + period) % period is var p => p < size ? p : period - p,
            _ => throw new OnnxException($"the mode {OnnxException.Quote(mode)} is not known"),
        };
    }

    static Tensor CenterCropPad(Tensor x, int[] sizes, int[]? axes)
    {
        int[] dims = axes is null ? [.. Enumerable.Range(0, x.Rank)] : Positive(axes, x.Rank);
        for (int i = 0; i < dims.Length; i++)
        {
            int d = dims[i], size = x.Shape[d], less = size - sizes[i];
            if (less > 0) x = x.Narrow(d, less / 2, sizes[i]);
            else if (less < 0) x = Constant(x, [d], [-less / 2, -less - -less / 2], 0);
        }
        return x;
    }
}
