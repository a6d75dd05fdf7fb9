namespace Candeia.NN;

/// <summary>
/// Groups of channels of each sample with mean 0 and variance 1, then each channel scaled and shifted by learnt numbers (<see
/// href="https://arxiv.org/abs/1803.08494">Wu and He 2018</see>).
/// </summary>
public sealed class GroupNorm : Layer
{
    readonly int _groups, _channels;
    readonly double _epsilon;

    /// <param name="groups">How many groups are normalized separately.</param>
    /// <param name="channels">How many channels there are, c; the groups divide them evenly.</param>
    /// <param name="epsilon">Added to the variance, so that nothing is divided by 0.</param>
    /// <param name="affine">Whether scale and shift are learnt.</param>
    /// <exception cref="ArgumentException">The channels cannot be divided into the groups.</exception>
    public GroupNorm(int groups, int channels, double epsilon = 1e-5, bool affine = true)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(groups);
        if (channels % groups != 0) throw new ArgumentException($"{channels} channels cannot be divided into {groups} groups.");
        (_groups, _channels, _epsilon) = (groups, channels, epsilon);
        if (affine) (Weight, Bias) = (Parameter.Of(Tensor.Ones([channels])), Parameter.Of(Tensor.Zeros([channels])));
    }

    /// <summary>The scale of each channel.</summary>
    public Tensor? Weight { get; set; }

    /// <summary>The shift of each channel.</summary>
    public Tensor? Bias { get; set; }

    /// <inheritdoc/>
    protected internal override string Details => $"{_groups} groups of {_channels} channels";

    /// <summary>[n, c, …] → [n, c, …].</summary>
    public override Tensor Forward(Tensor x)
    {
        ArgumentNullException.ThrowIfNull(x);
        if (x.Rank < 2 || x.Shape[1] != _channels) throw new ShapeException($"GroupNorm of {_channels} channels does not take {x.Shape}.");
        return x.GroupNorm(_groups, Weight, Bias, _epsilon);
    }
}
