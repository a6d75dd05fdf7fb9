namespace Candeia.NN;

/// <summary>max(x, 0) + a·min(x, 0), where the slope a is learnt (<see href="https://arxiv.org/abs/1502.01852">He et al. 2015</see>).</summary>
public sealed class PReLU : Layer
{
    /// <param name="count">1 slope for all, or one for each channel of [n, c, …].</param>
    /// <param name="initial">What the slopes begin with.</param>
    public PReLU(int count = 1, double initial = 0.25)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(count);
        Weight = Parameter.Of(Tensor.Full([count], initial));
    }

    /// <summary>a, [count].</summary>
    public Tensor Weight { get; set; }

    /// <inheritdoc/>
    protected internal override string Details => Weight.Numel == 1 ? "" : $"{Weight.Numel}";

    /// <inheritdoc/>
    public override Tensor Forward(Tensor x)
    {
        ArgumentNullException.ThrowIfNull(x);
        int count = Weight.Shape[0];
        if (count > 1 && (x.Rank < 2 || x.Shape[1] != count)) throw new ShapeException($"PReLU of {count} channels does not take {x.Shape}.");
        var slope = count == 1 ? Weight : Weight.Reshape([.. x.Shape.Select((_, d) => d == 1 ? count : 1)]);
        return (x > 0).Where(x, slope * x);
    }
}
