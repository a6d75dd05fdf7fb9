using Candeia.NN;

namespace Candeia.Vision;

/// <summary>What networks for pictures are built of.</summary>
internal static class Blocks
{
    /// <summary>A convolution that keeps the size (but for its stride), batch normalization, and perhaps an activation.</summary>
    public static Sequential ConvNorm(
        int input, int output, int kernel = 3, int stride = 1, int groups = 1, Layer? activation = null, double epsilon = 1e-5, double momentum = 0.1, int dilation = 1)
    {
        var conv = new Conv2d(input, output, kernel, stride, padding: (kernel - 1) / 2 * dilation, dilation: dilation, groups: groups, bias: false);
        var norm = new BatchNorm2d(output, epsilon, momentum);
        return activation is null ? [conv, norm] : [conv, norm, activation];
    }

    /// <summary>A convolution, batch normalization and ReLU with the names that they have in torchvision's Inception networks.</summary>
    public static Sequential BasicConv(int input, int output, Size2d kernel, int stride = 1, ConvPadding? padding = null) => Sequential.Named(
        ("conv", new Conv2d(input, output, kernel, stride, padding, bias: false)), ("bn", new BatchNorm2d(output, 0.001)), ("relu", new ReLU()));

    /// <summary>The nearest multiple of 8, never less than 9/10 of the number: what the authors of MobileNet round channels to.</summary>
    public static int Eighths(double channels) => Divisible(channels, 8);

    /// <summary>The same for another divisor.</summary>
    public static int Divisible(double channels, int divisor)
    {
        int nearest = Math.Max(divisor, (int)(channels + divisor / 2.0) / divisor * divisor);
        return nearest < 0.9 * channels ? nearest + divisor : nearest;
    }

    /// <summary>Initial weights, by the kind of layer.</summary>
    public static TModel Draw<TModel>(this TModel model, Action<Conv2d>? conv = null, Action<Linear>? linear = null) where TModel : Module => model.ForEach(m =>
    {
        if (m is Conv2d c) conv?.Invoke(c);
        else if (m is Linear l) linear?.Invoke(l);
    });

    /// <summary>He's, by the outputs; biases are 0.</summary>
    public static void ByOutputs(Conv2d conv)
    {
        Init.KaimingNormal(conv.Weight, mode: FanMode.FanOut, nonlinearity: Nonlinearity.ReLU);
        if (conv.Bias is { } bias) Init.Zeros(bias);
    }

    /// <summary>Normal numbers of one hundredth; biases are 0.</summary>
    public static void Small(Linear linear)
    {
        Init.Normal(linear.Weight, std: 0.01);
        if (linear.Bias is { } bias) Init.Zeros(bias);
    }
}

/// <summary>Layers whose result is added to their input, where both have the same shape; in training the branch may be left out.</summary>
internal sealed class ResidualBlock(Sequential block, bool shortcut, double drop = 0) : Layer
{
    readonly Sequential block = block;
    readonly StochasticDepth stochasticDepth = new(drop);

    /// <summary>The branch.</summary>
    internal Sequential Branch => block;

    public override Tensor Forward(Tensor x) => shortcut ? x.Apply(block).Apply(stochasticDepth) + x : x.Apply(block);
}

/// <summary>Channels weighted by what all places together say of them (Hu et al. 2018).</summary>
internal sealed class SqueezeExcitation(int channels, int squeezed, Layer activation, Layer scale) : Layer
{
    readonly Conv2d fc1 = new(channels, squeezed, 1), fc2 = new(squeezed, channels, 1);
    readonly Layer activation = activation, scaleActivation = scale;

    public override Tensor Forward(Tensor x) => x * x.Mean([2, 3], keepDim: true).Apply(fc1).Apply(activation).Apply(fc2).Apply(scaleActivation);
}

/// <summary>Layer normalization over the channels of each place of [n, c, h, w].</summary>
internal sealed class LayerNorm2d(int channels) : Layer
{
    public Tensor Weight { get; set; } = Parameter.Of(Tensor.Ones([channels]));

    public Tensor Bias { get; set; } = Parameter.Of(Tensor.Zeros([channels]));

    public override Tensor Forward(Tensor x) => x.Permute(0, 2, 3, 1).LayerNorm([channels], Weight, Bias, 1e-6).Permute(0, 3, 1, 2);
}

/// <summary>Dimensions in another order.</summary>
internal sealed class Permuted(params int[] order) : Layer
{
    public override Tensor Forward(Tensor x) => x.Permute(order);
}
