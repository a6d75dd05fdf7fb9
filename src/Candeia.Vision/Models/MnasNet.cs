using Candeia.NN;

namespace Candeia.Vision;

/// <summary>Inverted residual blocks that a search has chosen for telephones (<see href="https://arxiv.org/abs/1807.11626">Tan et al. 2019</see>).</summary>
internal static class MnasNet
{
    const double Momentum = 1 - 0.9997;

    /// <summary>Of each stage: channels, kernel, stride of the first block, how much wider, blocks.</summary>
    static readonly (int Channels, int Kernel, int Stride, int Expand, int Blocks)[] s_stages =
        [(24, 3, 2, 3, 3), (40, 5, 2, 3, 3), (80, 5, 2, 6, 3), (96, 3, 1, 6, 2), (192, 5, 2, 6, 4), (320, 3, 1, 6, 1)];

    /// <param name="width">How many channels, as a part of those of the whole network.</param>
    /// <param name="classes">The outputs.</param>
    public static Sequential Create(double width, int classes)
    {
        int stem = Blocks.Eighths(32 * width), channels = Blocks.Eighths(16 * width);
        List<Layer> layers = [.. Conv(3, stem, 3, 2), .. Conv(stem, stem, 3, groups: stem), .. Conv(stem, channels, 1)[..2]];
        foreach (var (full, kernel, stride, expand, count) in s_stages)
        {
            int output = Blocks.Eighths(full * width);
            layers.Add(Sequential.Of([.. Enumerable.Range(0, count).Select(i => new InvertedResidual(i == 0 ? channels : output, output, kernel, i == 0 ? stride : 1, expand))]));
            channels = output;
        }
        layers.AddRange(Conv(channels, 1280, 1));
        return Sequential.Named(("layers", Sequential.Of([.. layers])), ("pool", ConvolutionalClassifier.Means()), ("classifier", new Sequential(new Dropout(0.2), new Linear(1280, classes))))
            .Draw(Blocks.ByOutputs, linear =>
            {
                Init.KaimingUniform(linear.Weight, mode: FanMode.FanOut, nonlinearity: Nonlinearity.Sigmoid);
                Init.Zeros(linear.Bias!);
            });
    }

    static Layer[] Conv(int input, int output, int kernel, int stride = 1, int groups = 1) =>
        [.. Blocks.ConvNorm(input, output, kernel, stride, groups, new ReLU(), momentum: Momentum)];

    sealed class InvertedResidual(int input, int output, int kernel, int stride, int expand) : Layer
    {
        readonly Sequential layers = Sequential.Of(
            [.. Conv(input, input * expand, 1), .. Conv(input * expand, input * expand, kernel, stride, input * expand), .. Conv(input * expand, output, 1)[..2]]);
        readonly bool _shortcut = stride == 1 && input == output;

        public override Tensor Forward(Tensor x) => _shortcut ? x.Apply(layers) + x : x.Apply(layers);
    }
}
