using Candeia.NN;

namespace Candeia.Compare;

/// <summary>MobileNetV2 for pictures of 224×224: most of its convolutions are depthwise.</summary>
sealed class MobileNet : Layer
{
    readonly Sequential features;
    readonly Linear classifier = new(1280, 1000);

    public MobileNet()
    {
        List<Layer> layers = [Conv(3, 32, 3, 2)];
        int input = 32;
        foreach (var (expansion, width, repeats, stride) in ((int, int, int, int)[])[(1, 16, 1, 1), (6, 24, 2, 2), (6, 32, 3, 2), (6, 64, 4, 2), (6, 96, 3, 1), (6, 160, 3, 2), (6, 320, 1, 1)])
            for (int i = 0; i < repeats; i++, input = width) layers.Add(new Inverted(input, width, i == 0 ? stride : 1, expansion));
        features = Sequential.Of([.. layers, Conv(input, 1280, 1)]);
    }

    public override Tensor Forward(Tensor x) => x
        .Apply(features)
        .Mean([2, 3])
        .Apply(classifier);

    static Sequential Conv(int input, int output, int size, int stride = 1, int groups = 1) =>
        [new Conv2d(input, output, size, stride, (size - 1) / 2, groups: groups, bias: false), new BatchNorm2d(output), new ReLU6()];

    sealed class Inverted(int input, int output, int stride, int expansion) : Layer
    {
        readonly Sequential conv = Sequential.Of(
        [
            .. expansion > 1 ? (Layer[])[Conv(input, expansion * input, 1)] : [],
            Conv(expansion * input, expansion * input, 3, stride, groups: expansion * input),
            new Conv2d(expansion * input, output, 1, bias: false), new BatchNorm2d(output),
        ]);

        readonly bool _shortcut = stride == 1 && input == output;

        public override Tensor Forward(Tensor x) => _shortcut ? x + x.Apply(conv) : x.Apply(conv);
    }
}
