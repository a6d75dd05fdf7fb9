namespace Candeia.NN;

/// <summary>A window of weights moved over images: [n, in, h, w] → [n, out, h', w'].</summary>
public sealed class Conv2d : Layer
{
    readonly ConvGeometry _geometry;

    /// <param name="inChannels">Channels of the input.</param>
    /// <param name="outChannels">Channels of the output.</param>
    /// <param name="kernelSize">The window.</param>
    /// <param name="stride">How far the window moves.</param>
    /// <param name="padding">Zeros around the images.</param>
    /// <param name="dilation">How far apart the window's points are.</param>
    /// <param name="groups">Into how many independent parts the channels are divided.</param>
    /// <param name="bias">Whether a number per output channel is added.</param>
    /// <param name="generator">Where initial values come from: uniform on ±1/√(inChannels / groups · kernel size).</param>
    /// <exception cref="ArgumentException">The channels cannot be divided into the groups.</exception>
    public Conv2d(
        int inChannels, int outChannels, Size2d kernelSize, Size2d? stride = null, Size2d? padding = null, Size2d? dilation = null, int groups = 1,
        bool bias = true, Generator? generator = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(groups);
        if (inChannels % groups != 0 || outChannels % groups != 0)
            throw new ArgumentException($"{inChannels} input and {outChannels} output channels cannot be divided into {groups} groups.");
        _geometry = new(stride ?? 1, padding ?? 0, dilation ?? 1, groups);
        Weight = Parameter.Of(Tensor.Empty([outChannels, inChannels / groups, kernelSize.Height, kernelSize.Width]));
        Bias = bias ? Parameter.Of(Tensor.Empty([outChannels])) : null;
        Init.Default(Weight, Bias, generator);
    }

    /// <summary>[out, in / groups, kh, kw].</summary>
    public Tensor Weight { get; set; }

    /// <summary>[out].</summary>
    public Tensor? Bias { get; set; }

    /// <inheritdoc/>
    protected internal override string Details =>
        $"{Weight.Shape[1] * _geometry.Groups}→{Weight.Shape[0]} {Weight.Shape[2]}×{Weight.Shape[3]}"
        + Words.Size("stride", _geometry.Stride, 1) + Words.Size("padding", _geometry.Padding, 0) + Words.Size("dilation", _geometry.Dilation, 1)
        + Words.Groups(_geometry.Groups) + Words.Bias(Bias);

    /// <summary>[n, in, h, w] → [n, out, h', w'].</summary>
    public override Tensor Forward(Tensor x) => new Conv2dOp(_geometry).Apply(x, Weight, Bias);
}
