namespace Candeia.NN;

/// <summary>The transposed convolution, which makes images larger: [n, in, h, w] → [n, out, h', w'].</summary>
public sealed class ConvTranspose2d : Layer
{
    readonly Size2d _stride, _padding, _outputPadding, _dilation;
    readonly int _groups;

    /// <param name="inChannels">How many channels the input has.</param>
    /// <param name="outChannels">How many channels the output has: that many windows are learnt.</param>
    /// <param name="kernelSize">The window: one number for a square, or (height, width).</param>
    /// <param name="stride">How far apart the inputs are spread: 2 doubles height and width.</param>
    /// <param name="padding">How much is cut off at each edge.</param>
    /// <param name="outputPadding">How much larger the result is below and at the right.</param>
    /// <param name="groups">Into how many independent parts the channels are divided.</param>
    /// <param name="bias">Whether a learnt number is added to each output channel.</param>
    /// <param name="dilation">How far apart the window's points are; 1 makes them neighbours.</param>
    /// <param name="generator">Where initial values come from, as in PyTorch: uniform on ±1/√(outChannels / groups · kernel size).</param>
    /// <exception cref="ArgumentException">The channels cannot be divided into the groups.</exception>
    public ConvTranspose2d(
        int inChannels, int outChannels, Size2d kernelSize, Size2d? stride = null, Size2d? padding = null, Size2d? outputPadding = null,
        int groups = 1, bool bias = true, Size2d? dilation = null, Generator? generator = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(groups);
        if (inChannels % groups != 0 || outChannels % groups != 0)
            throw new ArgumentException($"{inChannels} input and {outChannels} output channels cannot be divided into {groups} groups.");
        (_stride, _padding, _outputPadding, _dilation, _groups) = (stride ?? 1, padding ?? 0, outputPadding ?? 0, dilation ?? 1, groups);
        Weight = Parameter.Of(Tensor.Empty([inChannels, outChannels / groups, kernelSize.Height, kernelSize.Width]));
        Bias = bias ? Parameter.Of(Tensor.Empty([outChannels])) : null;
        Init.Default(Weight, Bias, generator);
    }

    /// <summary>[in, out / groups, kh, kw].</summary>
    public Tensor Weight { get; set; }

    /// <summary>[out].</summary>
    public Tensor? Bias { get; set; }

    /// <inheritdoc/>
    protected internal override string Details =>
        $"{Weight.Shape[0]}→{Weight.Shape[1] * _groups} {Weight.Shape[2]}×{Weight.Shape[3]}"
        + Words.Size("stride", _stride, 1) + Words.Size("padding", _padding, 0)
        + Words.Size("output padding", _outputPadding, 0) + Words.Size("dilation", _dilation, 1) + Words.Groups(_groups) + Words.Bias(Bias);

    /// <summary>[n, in, h, w] → [n, out, h', w'].</summary>
    public override Tensor Forward(Tensor x) => x.ConvTranspose2d(Weight, Bias, _stride, _padding, _outputPadding, _groups, _dilation);
}
