namespace Candeia.NN;

/// <summary>A window of weights moved over signals: [n, in, l] → [n, out, l'].</summary>
public sealed class Conv1d : Layer
{
    readonly int _stride, _dilation, _groups;
    readonly ConvPadding _padding;
    readonly PaddingMode _paddingMode;

    /// <param name="inChannels">How many channels the input has.</param>
    /// <param name="outChannels">How many channels the output has: that many windows are learnt.</param>
    /// <param name="kernelSize">How long the window is: 3 looks at a point and its two neighbours.</param>
    /// <param name="stride">How far the window moves; 2 halves the length.</param>
    /// <param name="padding">Zeros at both ends: a number of them, <see cref="ConvPadding.Same"/> or <see cref="ConvPadding.Valid"/>.</param>
    /// <param name="dilation">How far apart the window's points are; 1 makes them neighbours.</param>
    /// <param name="groups">Into how many independent parts the channels are divided.</param>
    /// <param name="bias">Whether a learnt number is added to each output channel.</param>
    /// <param name="paddingMode">What stands in the padding.</param>
    /// <param name="generator">Where initial values come from: uniform on ±1/√(inChannels / groups · kernelSize).</param>
    /// <exception cref="ArgumentException">The channels cannot be divided into the groups.</exception>
    public Conv1d(
        int inChannels, int outChannels, int kernelSize, int stride = 1, ConvPadding? padding = null, int dilation = 1, int groups = 1, bool bias = true,
        PaddingMode paddingMode = PaddingMode.Zeros, Generator? generator = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(groups);
        if (inChannels % groups != 0 || outChannels % groups != 0)
            throw new ArgumentException($"{inChannels} input and {outChannels} output channels cannot be divided into {groups} groups.");
        (_stride, _padding, _dilation, _groups, _paddingMode) = (stride, padding ?? 0, dilation, groups, paddingMode);
        Weight = Parameter.Of(Tensor.Empty([outChannels, inChannels / groups, kernelSize]));
        Bias = bias ? Parameter.Of(Tensor.Empty([outChannels])) : null;
        Init.Default(Weight, Bias, generator);
    }

    /// <summary>[out, in / groups, k].</summary>
    public Tensor Weight { get; set; }

    /// <summary>[out].</summary>
    public Tensor? Bias { get; set; }

    /// <inheritdoc/>
    protected internal override string Details =>
        $"{Weight.Shape[1] * _groups}→{Weight.Shape[0]} {Weight.Shape[2]}"
        + Words.Size("stride", _stride, 1) + Words.Size(_padding) + Words.Mode(_paddingMode) + Words.Size("dilation", _dilation, 1)
        + Words.Groups(_groups) + Words.Bias(Bias);

    /// <summary>[n, in, l] → [n, out, l'].</summary>
    public override Tensor Forward(Tensor x)
    {
        if (_paddingMode == PaddingMode.Zeros) return x.Conv1d(Weight, Bias, _stride, _padding, _dilation, _groups);
        int[] around = _padding.Around(nameof(Conv1d), [.. Weight.Shape.Skip(2)], [_stride], [_dilation]);
        return x.Pad(around, _paddingMode).Conv1d(Weight, Bias, _stride, 0, _dilation, _groups);
    }
}
