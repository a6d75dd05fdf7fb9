namespace Candeia.NN;

/// <summary>The transposed convolution, which makes volumes larger: [n, in, d, h, w] → [n, out, d', h', w'].</summary>
public sealed class ConvTranspose3d : Layer
{
    readonly Size3d _stride, _padding, _outputPadding, _dilation;
    readonly int _groups;

    /// <param name="inChannels">Channels of the input.</param>
    /// <param name="outChannels">Channels of the output.</param>
    /// <param name="kernelSize">How many elements the window spans that moves over the input; 3 is a good start.</param>
    /// <param name="stride">How far apart the inputs stand in the output.</param>
    /// <param name="padding">What is cut off around the output.</param>
    /// <param name="outputPadding">What is added behind, at the bottom and the right.</param>
    /// <param name="groups">Into how many independent parts the channels are divided.</param>
    /// <param name="bias">Whether a number per output channel is added.</param>
    /// <param name="dilation">How far apart the window's points are.</param>
    /// <param name="generator">Where initial values come from, as in PyTorch: uniform on ±1/√(outChannels / groups · kernel size).</param>
    /// <exception cref="ArgumentException">The channels cannot be divided into the groups.</exception>
    public ConvTranspose3d(
        int inChannels, int outChannels, Size3d kernelSize, Size3d? stride = null, Size3d? padding = null, Size3d? outputPadding = null,
        int groups = 1, bool bias = true, Size3d? dilation = null, Generator? generator = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(groups);
        if (inChannels % groups != 0 || outChannels % groups != 0)
            throw new ArgumentException($"{inChannels} input and {outChannels} output channels cannot be divided into {groups} groups.");
        (_stride, _padding, _outputPadding, _dilation, _groups) = (stride ?? 1, padding ?? 0, outputPadding ?? 0, dilation ?? 1, groups);
        Weight = Parameter.Of(Tensor.Empty([inChannels, outChannels / groups, kernelSize.Depth, kernelSize.Height, kernelSize.Width]));
        Bias = bias ? Parameter.Of(Tensor.Empty([outChannels])) : null;
        Init.Default(Weight, Bias, generator);
    }

    /// <summary>[in, out / groups, kd, kh, kw].</summary>
    public Tensor Weight { get; set; }

    /// <summary>[out].</summary>
    public Tensor? Bias { get; set; }

    /// <inheritdoc/>
    protected internal override string Details =>
        $"{Weight.Shape[0]}→{Weight.Shape[1] * _groups} {Weight.Shape[2]}×{Weight.Shape[3]}×{Weight.Shape[4]}"
        + Words.Size("stride", _stride, 1) + Words.Size("padding", _padding, 0)
        + Words.Size("output padding", _outputPadding, 0) + Words.Size("dilation", _dilation, 1) + Words.Groups(_groups) + Words.Bias(Bias);

    /// <summary>[n, in, d, h, w] → [n, out, d', h', w'].</summary>
    public override Tensor Forward(Tensor x) => x.ConvTranspose3d(Weight, Bias, _stride, _padding, _outputPadding, _groups, _dilation);
}
