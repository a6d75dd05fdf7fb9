namespace Candeia.NN;

/// <summary>A window of weights moved over volumes: [n, in, d, h, w] → [n, out, d', h', w'].</summary>
public sealed class Conv3d : Layer
{
    readonly Size3d _stride, _dilation;
    readonly ConvPadding _padding;
    readonly int _groups;
    readonly PaddingMode _paddingMode;

    /// <param name="inChannels">How many channels the input has.</param>
    /// <param name="outChannels">How many channels the output has: that many windows are learnt.</param>
    /// <param name="kernelSize">The window: one number for a cube, or (depth, height, width).</param>
    /// <param name="stride">How far the window moves; 1, if nothing is given.</param>
    /// <param name="padding">Zeros around the volumes: a number of them, <see cref="ConvPadding.Same"/> or <see cref="ConvPadding.Valid"/>.</param>
    /// <param name="dilation">How far apart the window's points are; 1, which is the default, makes them neighbours.</param>
    /// <param name="groups">Into how many independent parts the channels are divided.</param>
    /// <param name="bias">Whether a learnt number is added to each output channel.</param>
    /// <param name="paddingMode">What stands in the padding.</param>
    /// <param name="generator">Where initial values come from: uniform on ±1/√(inChannels / groups · kernel size).</param>
    /// <exception cref="ArgumentException">The channels cannot be divided into the groups.</exception>
    public Conv3d(
        int inChannels, int outChannels, Size3d kernelSize, Size3d? stride = null, ConvPadding? padding = null, Size3d? dilation = null, int groups = 1,
        bool bias = true, PaddingMode paddingMode = PaddingMode.Zeros, Generator? generator = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(groups);
        if (inChannels % groups != 0 || outChannels % groups != 0)
            throw new ArgumentException($"{inChannels} input and {outChannels} output channels cannot be divided into {groups} groups.");
        (_stride, _padding, _dilation, _groups, _paddingMode) = (stride ?? 1, padding ?? 0, dilation ?? 1, groups, paddingMode);
        Weight = Parameter.Of(Tensor.Empty([outChannels, inChannels / groups, kernelSize.Depth, kernelSize.Height, kernelSize.Width]));
        Bias = bias ? Parameter.Of(Tensor.Empty([outChannels])) : null;
        Init.Default(Weight, Bias, generator);
    }

    /// <summary>[out, in / groups, kd, kh, kw].</summary>
    public Tensor Weight { get; set; }

    /// <summary>[out].</summary>
    public Tensor? Bias { get; set; }

    /// <inheritdoc/>
    protected internal override string Details =>
        $"{Weight.Shape[1] * _groups}→{Weight.Shape[0]} {Weight.Shape[2]}×{Weight.Shape[3]}×{Weight.Shape[4]}"
        + Words.Size("stride", _stride, 1) + Words.Size(_padding) + Words.Mode(_paddingMode) + Words.Size("dilation", _dilation, 1)
        + Words.Groups(_groups) + Words.Bias(Bias);

    /// <summary>[n, in, d, h, w] → [n, out, d', h', w'].</summary>
    public override Tensor Forward(Tensor x)
    {
        if (_paddingMode == PaddingMode.Zeros) return x.Conv3d(Weight, Bias, _stride, _padding, _dilation, _groups);
        int[] around = _padding.Around(nameof(Conv3d), [.. Weight.Shape.Skip(2)], [_stride.Depth, _stride.Height, _stride.Width], [_dilation.Depth, _dilation.Height, _dilation.Width]);
        return x.Pad(around, _paddingMode).Conv3d(Weight, Bias, _stride, 0, _dilation, _groups);
    }
}
