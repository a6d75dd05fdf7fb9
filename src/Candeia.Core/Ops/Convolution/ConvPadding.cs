namespace Candeia;

/// <summary>
/// The zeros around the input of a convolution: a number, one for each dimension, or by name. <see cref="Same"/> keeps the size of the input where the window
/// moves by 1; <see cref="Valid"/> is none.
/// </summary>
public readonly record struct ConvPadding
{
    readonly Size3d _size;
    readonly int _dimensions;                                                // that numbers were given for; 0 if one stands for all

    ConvPadding(Size3d size, int dimensions) => (_size, _dimensions) = (size, dimensions);

    /// <summary>As many zeros as keep the size of the input; of an odd number, one more behind.</summary>
    public static ConvPadding Same => new(-1, 0);

    /// <summary>No zeros: the window stays inside the input.</summary>
    public static ConvPadding Valid => default;

    /// <summary>The same on all sides.</summary>
    public static implicit operator ConvPadding(int all) => new(all >= 0 ? all : throw Negative(all), 0);

    /// <summary>Above and below, left and right.</summary>
    public static implicit operator ConvPadding(Size2d size) => new((0, size.Height, size.Width), size is { Height: >= 0, Width: >= 0 } ? 2 : throw Negative(size));

    /// <summary>Above and below, left and right.</summary>
    public static implicit operator ConvPadding((int Height, int Width) pair) => (Size2d)pair;

    /// <summary>Before and behind, above and below, left and right.</summary>
    public static implicit operator ConvPadding(Size3d size) => new(size, size is { Depth: >= 0, Height: >= 0, Width: >= 0 } ? 3 : throw Negative(size));

    /// <summary>Before and behind, above and below, left and right.</summary>
    public static implicit operator ConvPadding((int Depth, int Height, int Width) three) => (Size3d)three;

    bool IsSame => _size == -1;

    /// <summary>The padding of a convolution whose zeros are equal on both sides, after the input has been given those that are not.</summary>
    /// <param name="name">Who asks.</param>
    /// <param name="x">[…, the padded dimensions].</param>
    /// <param name="window">The size of the window in each padded dimension, the first first.</param>
    /// <param name="stride">How far the window moves from one output to the next.</param>
    /// <param name="dilation">How far apart its points are.</param>
    internal Size3d Resolve(string name, ref Tensor x, ReadOnlySpan<int> window, ReadOnlySpan<int> stride, ReadOnlySpan<int> dilation)
    {
        int n = window.Length;
        if (_dimensions != 0 && _dimensions != n) throw new ArgumentException($"{name} has {n} dimensions to pad, and a padding of {this} is for {_dimensions}.");
        if (!IsSame) return _size;
        int[] half = [0, 0, 0], behind = new int[2 * n], around = Around(name, window, stride, dilation);
        for (int d = 0; d < n; d++)
        {
            int at = 2 * (n - 1 - d);
            half[3 - n + d] = around[at];
            behind[at + 1] = around[at + 1] - around[at];
        }
        x = x.Pad(behind);
        return (half[0], half[1], half[2]);
    }

    /// <summary>How much stands before and behind each dimension, in the order of <see cref="TensorOps.Pad(Tensor, ReadOnlySpan{int}, double)"/>: the last dimension first.</summary>
    /// <param name="name">Who asks.</param>
    /// <param name="window">The size of the window in each padded dimension, the first first.</param>
    /// <param name="stride">How far the window moves from one output to the next.</param>
    /// <param name="dilation">How far apart its points are.</param>
    /// <exception cref="ArgumentException">The numbers are for other dimensions, or the window moves by more than 1 and the size is to stay.</exception>
    public int[] Around(string name, ReadOnlySpan<int> window, ReadOnlySpan<int> stride, ReadOnlySpan<int> dilation)
    {
        int n = window.Length;
        if (_dimensions != 0 && _dimensions != n) throw new ArgumentException($"{name} has {n} dimensions to pad, and a padding of {this} is for {_dimensions}.");
        ReadOnlySpan<int> sizes = [_size.Depth, _size.Height, _size.Width];
        int[] pairs = new int[2 * n];
        for (int d = 0; d < n; d++)
        {
            int at = 2 * (n - 1 - d);
            if (!IsSame)
            {
                (pairs[at], pairs[at + 1]) = (sizes[3 - n + d], sizes[3 - n + d]);
                continue;
            }
            if (stride[d] != 1) throw new ArgumentException($"A padding of the same size needs a window that moves by 1, not by {string.Join('×', stride.ToArray())}.");
            long zeros = (long)dilation[d] * (window[d] - 1);
            if (zeros > int.MaxValue) throw new ShapeException($"A window of {window[d]} points, {dilation[d]} apart, reaches further than a size can be.");
            (pairs[at], pairs[at + 1]) = ((int)(zeros / 2), (int)(zeros - zeros / 2));
        }
        return pairs;
    }

    static ArgumentOutOfRangeException Negative(object size) => new(nameof(size), $"A padding is a number of zeros, not {size}; Narrow cuts.");

    /// <summary>As users write it: <c>1</c>, <c>1×2</c> or <c>same</c>.</summary>
    public override string ToString() => IsSame ? "same"
        : _size.Plane == _size.Width && (_dimensions != 3 || _size == _size.Width) ? $"{_size.Width}" : _dimensions == 2 ? $"{_size.Plane}" : $"{_size}";
}
