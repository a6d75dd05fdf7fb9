namespace Candeia.NN;

/// <summary>A window of weights moved over images: [n, in, h, w] → [n, out, h', w'].</summary>
public class Conv2d : Layer
{
    Tensor _weight;
    readonly Size2d _stride, _dilation;
    readonly ConvPadding _padding;
    readonly int _groups;
    readonly PaddingMode _paddingMode;

    /// <param name="inChannels">How many channels the input has: 1 for grey pictures, 3 for coloured ones.</param>
    /// <param name="outChannels">How many channels the output has: that many windows are learnt.</param>
    /// <param name="kernelSize">The window: one number for a square, or (height, width). 3 is usual.</param>
    /// <param name="stride">How far the window moves; 1, if nothing is given, and 2 halves height and width.</param>
    /// <param name="padding">Zeros around the images: a number of them, <see cref="ConvPadding.Same"/> or <see cref="ConvPadding.Valid"/>.</param>
    /// <param name="dilation">How far apart the window's points are; 1, which is the default, makes them neighbours.</param>
    /// <param name="groups">Into how many independent parts the channels are divided.</param>
    /// <param name="bias">Whether a learnt number is added to each output channel.</param>
    /// <param name="paddingMode">What stands in the padding.</param>
    /// <param name="generator">Where initial values come from: uniform on ±1/√(inChannels / groups · kernel size).</param>
    /// <exception cref="ArgumentException">The channels cannot be divided into the groups.</exception>
    public Conv2d(
        int inChannels, int outChannels, Size2d kernelSize, Size2d? stride = null, ConvPadding? padding = null, Size2d? dilation = null, int groups = 1,
        bool bias = true, PaddingMode paddingMode = PaddingMode.Zeros, Generator? generator = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(groups);
        if (inChannels % groups != 0 || outChannels % groups != 0)
            throw new ArgumentException($"{inChannels} input and {outChannels} output channels cannot be divided into {groups} groups.");
        (_stride, _padding, _dilation, _groups, _paddingMode) = (stride ?? 1, padding ?? 0, dilation ?? 1, groups, paddingMode);
        _weight = Parameter.Of(Tensor.Empty([outChannels, inChannels / groups, kernelSize.Height, kernelSize.Width]));
        Bias = bias ? Parameter.Of(Tensor.Empty([outChannels])) : null;
        Init.Default(_weight, Bias, generator);
    }

    /// <summary>One that moves like another, with the same bias, and whose weight is kept otherwise.</summary>
    private protected Conv2d(Conv2d other)
    {
        (_stride, _padding, _dilation, _groups, _paddingMode) = (other._stride, other._padding, other._dilation, other._groups, other._paddingMode);
        (_weight, Bias) = (null!, other.Bias);
    }

    /// <summary>How it moves, where it has one group whose points are neighbours, and zeros around the images; null otherwise.</summary>
    internal (Size2d Stride, ConvPadding Padding)? Plain => _groups == 1 && _dilation == 1 && _paddingMode == PaddingMode.Zeros ? (_stride, _padding) : null;

    /// <summary>[out, in / groups, kh, kw].</summary>
    public virtual Tensor Weight { get => _weight; set => _weight = value; }

    /// <summary>[out].</summary>
    public Tensor? Bias { get; set; }

    /// <inheritdoc/>
    protected internal override string Details =>
        $"{Weight.Shape[1] * _groups}→{Weight.Shape[0]} {Weight.Shape[2]}×{Weight.Shape[3]}"
        + Words.Size("stride", _stride, 1) + Words.Size(_padding) + Words.Mode(_paddingMode) + Words.Size("dilation", _dilation, 1)
        + Words.Groups(_groups) + Words.Bias(Bias);

    /// <summary>[n, in, h, w] → [n, out, h', w'].</summary>
    public override Tensor Forward(Tensor x)
    {
        if (_paddingMode == PaddingMode.Zeros) return x.Conv2d(Weight, Bias, _stride, _padding, _dilation, _groups);
        int[] around = _padding.Around(nameof(Conv2d), [.. Weight.Shape.Skip(2)], [_stride.Height, _stride.Width], [_dilation.Height, _dilation.Width]);
        return x.Pad(around, _paddingMode).Conv2d(Weight, Bias, _stride, 0, _dilation, _groups);
    }
}
