namespace Candeia.NN;

/// <summary>The transposed convolution, which makes signals longer: [n, in, l] → [n, out, l'].</summary>
public sealed class ConvTranspose1d : Layer
{
    readonly int _stride, _padding, _outputPadding, _dilation, _groups;

    /// <param name="inChannels">How many channels the input has.</param>
    /// <param name="outChannels">How many channels the output has: that many windows are learnt.</param>
    /// <param name="kernelSize">How long the window is.</param>
    /// <param name="stride">How far apart the inputs are spread: 2 doubles the length.</param>
    /// <param name="padding">How much is cut off at both ends.</param>
    /// <param name="outputPadding">How much longer the result is at its end.</param>
    /// <param name="groups">Into how many independent parts the channels are divided.</param>
    /// <param name="bias">Whether a learnt number is added to each output channel.</param>
    /// <param name="dilation">How far apart the window's points are; 1 makes them neighbours.</param>
    /// <param name="generator">Where initial values come from, as in PyTorch: uniform on ±1/√(outChannels / groups · kernel size).</param>
    /// <exception cref="ArgumentException">The channels cannot be divided into the groups.</exception>
    public ConvTranspose1d(
        int inChannels, int outChannels, int kernelSize, int stride = 1, int padding = 0, int outputPadding = 0,
        int groups = 1, bool bias = true, int dilation = 1, Generator? generator = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(groups);
        if (inChannels % groups != 0 || outChannels % groups != 0)
            throw new ArgumentException($"{inChannels} input and {outChannels} output channels cannot be divided into {groups} groups.");
        (_stride, _padding, _outputPadding, _dilation, _groups) = (stride, padding, outputPadding, dilation, groups);
        Weight = Parameter.Of(Tensor.Empty([inChannels, outChannels / groups, kernelSize]));
        Bias = bias ? Parameter.Of(Tensor.Empty([outChannels])) : null;
        Init.Default(Weight, Bias, generator);
    }

    /// <summary>[in, out / groups, k].</summary>
    public Tensor Weight { get; set; }

    /// <summary>[out].</summary>
    public Tensor? Bias { get; set; }

    /// <inheritdoc/>
    protected internal override string Details =>
        $"{Weight.Shape[0]}→{Weight.Shape[1] * _groups} {Weight.Shape[2]}"
        + Words.Size("stride", _stride, 1) + Words.Size("padding", _padding, 0)
        + Words.Size("output padding", _outputPadding, 0) + Words.Size("dilation", _dilation, 1) + Words.Groups(_groups) + Words.Bias(Bias);

    /// <summary>[n, in, l] → [n, out, l'].</summary>
    public override Tensor Forward(Tensor x) => x.ConvTranspose1d(Weight, Bias, _stride, _padding, _outputPadding, _groups, _dilation);
}
