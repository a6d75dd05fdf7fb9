using Candeia.NN;

namespace Candeia.Experiments;

/// <summary>
/// A network that is told how a correlation is computed, and only has to learn where the points are: convolutions make maps of how much of a point
/// lies at each place, and the moments of a map give its correlation. A small head corrects what the maps cannot show, such as hidden points.
/// </summary>
sealed class MomentNet : Layer
{
    const int Channels = 32, Maps = 2, Parts = 4;      // a place of the maps is a quarter of what a step of the convolutions sees

    readonly Conv2d conv1 = new(1, Channels, kernelSize: 6, stride: 2, padding: 2);
    readonly Conv2d conv2 = new(Channels, Channels, kernelSize: 3, padding: 1);
    readonly Conv2d conv3 = new(Channels, Channels, kernelSize: 3, padding: 1);
    readonly Conv2d conv4 = new(Channels, Channels, kernelSize: 3, padding: 1);
    readonly Conv2d maps = new(Channels, Maps * Parts, kernelSize: 1);
    readonly Linear fc1 = new(4 * Maps, 32);
    readonly Linear fc2 = new(32, 1);

    static readonly Tensor s_powers = Powers(size: 63);

    public MomentNet()
    {
        using var _ = Autograd.NoGrad();
        fc2.Weight.CopyFrom(0.01 * fc2.Weight);         // at first the maps alone speak
    }

    public override Tensor Forward(Tensor x) => Read((1 - x[.., .., 3..129, 1..127])      // within the frame: [n, 1, 126, 126], points are 1
        .Apply(conv1).Relu()                                                         // [n, 32, 63, 63]
        .Apply(conv2).Relu()
        .Apply(conv3).Relu()
        .Apply(conv4).Relu()
        .Apply(maps).Softplus());                                                    // [n, 8, 63, 63]

    /// <summary>The mean of the maps' correlations, corrected by what masses and variances tell.</summary>
    Tensor Read(Tensor weights)
    {
        var (mass, vx, vy, cov) = Moments(weights);
        var r = -cov / (vx * vy + 1e-8).Sqrt();                                      // rows count downwards, y upwards
        return r.Mean([1], keepDim: true) + Tensor.Cat([r, mass / 1000, 4 * vx, 4 * vy], 1).Apply(fc1).Relu().Apply(fc2);
    }

    /// <summary>Mass, variances and covariance of each map, [n, maps].</summary>
    static (Tensor Mass, Tensor Vx, Tensor Vy, Tensor Cov) Moments(Tensor weights)
    {
        var points = weights.Permute(0, 2, 3, 1).Reshape(weights.Shape[0], -1, Maps);          // [n, places · parts, maps]
        var sums = s_powers.MatMul(points);                                                    // [n, 6, maps]
        var mass = sums[.., 0];
        var means = sums / sums[.., ..1];
        Tensor x = means[.., 1], y = means[.., 2];
        return (mass, means[.., 3] - x.Square(), means[.., 4] - y.Square(), means[.., 5] - x * y);
    }

    // 1, x, y, x², y² and xy of each place and part, with x and y from −1 to 1.
    static Tensor Powers(int size)
    {
        var axis = Tensor.Linspace(-1, 1, 2 * size);
        Shape all = [size, size, 2, 2];
        Tensor x = axis.Reshape(1, size, 1, 2).Expand(all).Flatten(), y = axis.Reshape(size, 1, 2, 1).Expand(all).Flatten();
        return Tensor.Stack([Tensor.Ones(x.Shape), x, y, x.Square(), y.Square(), x * y]).Keep();
    }
}
