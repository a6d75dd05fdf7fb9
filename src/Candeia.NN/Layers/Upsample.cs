namespace Candeia.NN;

/// <summary>Signals, images or volumes in another size.</summary>
public sealed class Upsample : Layer
{
    readonly int[]? _size;
    readonly double[]? _scaleFactor;
    readonly Interpolation _mode;
    readonly bool _alignCorners, _recompute;

    /// <param name="size">The new size of each dimension behind the channels; one number stands for all.</param>
    /// <param name="mode">How values between pixels are found.</param>
    /// <param name="alignCorners">Whether the middles of the outermost pixels stay where they are, instead of their edges.</param>
    public Upsample(ReadOnlySpan<int> size, Interpolation mode = Interpolation.Nearest, bool alignCorners = false) => (_size, _mode, _alignCorners) = (size.ToArray(), mode, alignCorners);

    /// <param name="scaleFactor">How much larger all dimensions behind the channels become.</param>
    /// <param name="mode">How values between pixels are found.</param>
    /// <param name="alignCorners">Whether the middles of the outermost pixels stay where they are, instead of their edges.</param>
    /// <param name="recomputeScaleFactor">Whether pixels are placed by the sizes, which were rounded, instead of by the factor.</param>
    public Upsample(double scaleFactor, Interpolation mode = Interpolation.Nearest, bool alignCorners = false, bool recomputeScaleFactor = false) =>
        (_scaleFactor, _mode, _alignCorners, _recompute) = ([scaleFactor], mode, alignCorners, recomputeScaleFactor);

    /// <inheritdoc/>
    protected internal override string Details => _size is null ? $"×{string.Join(' ', _scaleFactor!)} {_mode}" : $"{string.Join('×', _size)} {_mode}";

    /// <inheritdoc/>
    public override Tensor Forward(Tensor x) => _size is null ? x.Interpolate(_scaleFactor!, _mode, _alignCorners, recomputeScaleFactor: _recompute) : x.Interpolate(_size, _mode, _alignCorners);
}
