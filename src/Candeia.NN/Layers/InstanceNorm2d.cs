namespace Candeia.NN;

/// <summary>
/// Each channel of each image with mean 0 and variance 1, then, if asked, scaled and shifted by learnt numbers (<see
/// href="https://arxiv.org/abs/1607.08022">Ulyanov et al. 2016</see>).
/// </summary>
public sealed class InstanceNorm2d : Layer
{
    readonly int _features;
    readonly double _epsilon;

    /// <param name="features">The number of channels, c.</param>
    /// <param name="epsilon">Added to the variance, so that nothing is divided by 0.</param>
    /// <param name="affine">Whether scale and shift are learnt.</param>
    public InstanceNorm2d(int features, double epsilon = 1e-5, bool affine = false)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(features);
        (_features, _epsilon) = (features, epsilon);
        if (affine) (Weight, Bias) = (Parameter.Of(Tensor.Ones([features])), Parameter.Of(Tensor.Zeros([features])));
    }

    /// <summary>The scale of each channel.</summary>
    public Tensor? Weight { get; set; }

    /// <summary>The shift of each channel.</summary>
    public Tensor? Bias { get; set; }

    /// <inheritdoc/>
    protected internal override string Details => $"{_features}";

    /// <summary>[n, c, h, w] → [n, c, h, w].</summary>
    public override Tensor Forward(Tensor x)
    {
        ArgumentNullException.ThrowIfNull(x);
        if (x.Rank != 4 || x.Shape[1] != _features) throw new ShapeException($"InstanceNorm2d of {_features} channels does not take {x.Shape}.");
        if (x.Shape[2] * x.Shape[3] < 2) throw new ShapeException($"InstanceNorm2d needs more than one value per channel, and {x.Shape} has one.");
        return x.GroupNorm(_features, Weight, Bias, _epsilon);
    }
}
