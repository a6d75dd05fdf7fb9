namespace Candeia.Onnx;

/// <summary>How a window moves over the dimensions behind batch and channels, from a node's attributes; what depends on sizes is found when they are known.</summary>
internal sealed class Window
{
    readonly string _auto;
    readonly bool _ceil;
    readonly int[]? _kernel, _stride, _dilation, _pads;

    public Window(Attributes a, bool pools)
    {
        _auto = a.Text("auto_pad", "NOTSET");
        if (_auto is not ("NOTSET" or "VALID" or "SAME_UPPER" or "SAME_LOWER")) throw new OnnxException($"auto_pad {OnnxException.Quote(_auto)} is not known");
        _kernel = pools ? a.Ints("kernel_shape") ?? throw new OnnxException("attribute kernel_shape is missing") : a.Ints("kernel_shape");
        (_stride, _dilation, _pads) = (a.Ints("strides"), a.Ints("dilations"), a.Ints("pads"));
        _ceil = pools && a.Flag("ceil_mode");
        foreach (int n in (int[])[.. _kernel ?? [], .. _stride ?? [], .. _dilation ?? []])
            if (n < 1) throw new OnnxException("kernel, strides and dilations are at least 1");
    }

    /// <summary>The window over spatial dimensions of these sizes.</summary>
    /// <param name="sizes">The sizes.</param>
    /// <param name="kernel">The window's, where the weight tells it.</param>
    public Placed On(ReadOnlySpan<int> sizes, int[]? kernel = null)
    {
        int n = sizes.Length;
        kernel ??= _kernel!;
        int[] stride = _stride ?? Ones(n), dilation = _dilation ?? Ones(n), pads = _pads ?? new int[2 * n];
        if (kernel.Length != n || stride.Length != n || dilation.Length != n || pads.Length != 2 * n)
            throw new OnnxException($"kernel, strides, dilations or pads are not for {n} dimensions");
        int[] before = new int[n], after = new int[n], more = new int[n], output = new int[n];
        for (int d = 0; d < n; d++)
        {
            long reach = (kernel[d] - 1L) * dilation[d] + 1;
            if (_auto.StartsWith("SAME", StringComparison.Ordinal))
            {
                long total = Math.Max(0, ((sizes[d] + stride[d] - 1L) / stride[d] - 1) * stride[d] + reach - sizes[d]);
                (before[d], after[d]) = _auto == "SAME_UPPER" ? ((int)(total / 2), (int)(total - total / 2)) : ((int)(total - total / 2), (int)(total / 2));
            }
            else if (_auto == "NOTSET") (before[d], after[d]) = (pads[d], pads[d + n]);
            long room = (long)sizes[d] + before[d] + after[d] - reach;
            if (room < 0) throw new OnnxException($"the window of {reach} is larger than {sizes[d]} with {before[d]} and {after[d]} around");
            output[d] = (int)(room / stride[d]) + 1;
            // One more where something is left over, unless its window began behind everything.
            if (_ceil && room % stride[d] != 0 && (long)output[d] * stride[d] < (long)sizes[d] + before[d])
            {
                more[d] = (int)(output[d] * (long)stride[d] - room);
                output[d]++;
            }
        }
        return new(kernel, stride, dilation, before, after, more, output);
    }

    static int[] Ones(int n) => [.. Enumerable.Repeat(1, n)];
}

/// <summary>A window over known sizes.</summary>
/// <param name="Kernel">Its points.</param>
/// <param name="Stride">How far it moves.</param>
/// <param name="Dilation">How far apart its points are.</param>
/// <param name="Before">What stands before the input.</param>
/// <param name="After">What stands behind it.</param>
/// <param name="More">What further stands behind it, so that a last window fits; it does not count.</param>
/// <param name="Output">How often the window fits.</param>
internal sealed record Placed(int[] Kernel, int[] Stride, int[] Dilation, int[] Before, int[] After, int[] More, int[] Output)
{
    public int Rank => Kernel.Length;

    /// <summary>Whether as much stands before as behind, and nothing further.</summary>
    public bool IsEven => Before.AsSpan().SequenceEqual(After) && More.AsSpan().IndexOfAnyExcept(0) < 0 && Array.TrueForAll(Before, n => n >= 0);

    public bool IsDilated => Dilation.AsSpan().IndexOfAnyExcept(1) >= 0;

    /// <summary>Whether what stands before is no more than half the window, as pooling wants it.</summary>
    public bool IsNarrow => Before.Zip(Kernel).All(p => 2 * p.First <= p.Second);

    /// <summary>The input with all that stands around it.</summary>
    public Tensor Pad(Tensor x, double value, bool more = true)
    {
        int[] around = new int[2 * Rank];
        for (int d = 0; d < Rank; d++)
        {
            int at = 2 * (Rank - 1 - d);
            (around[at], around[at + 1]) = (Before[d], After[d] + (more ? More[d] : 0));
            if (around[at] >= 0 && around[at + 1] >= 0) continue;
            x = x.Narrow(d + 2, Math.Max(0, -around[at]), x.Shape[d + 2] + Math.Min(0, around[at]) + Math.Min(0, around[at + 1]));
            (around[at], around[at + 1]) = (Math.Max(0, around[at]), Math.Max(0, around[at + 1]));
        }
        return x.Pad(around, value);
    }

    /// <summary>For each point of the window what it meets, from a padded input: tensors of the size of the output.</summary>
    public IEnumerable<Tensor> Points(Tensor padded)
    {
        int count = Kernel.Aggregate(1, (a, b) => a * b);
        for (int point = 0; point < count; point++)
        {
            var met = padded;
            for (int d = Rank - 1, rest = point; d >= 0; rest /= Kernel[d], d--) met = new SliceOp(d + 2, rest % Kernel[d] * Dilation[d], Output[d], Stride[d]).Apply(met);
            yield return met;
        }
    }
}
