using Candeia.NN;

namespace Candeia.Vision;

/// <summary>Half of the channels goes through a block, and then all are shuffled (<see href="https://arxiv.org/abs/1807.11164">Ma et al. 2018</see>).</summary>
internal static class ShuffleNetV2
{
    static readonly int[] s_blocks = [4, 8, 4];

    /// <param name="widths">Channels of the stem, of the three stages, and at the end.</param>
    /// <param name="classes">The outputs.</param>
    public static Sequential Create(int[] widths, int classes)
    {
        Sequential Stage(int i) => Sequential.Of([.. Enumerable.Range(0, s_blocks[i]).Select(b => new Block(widths[b == 0 ? i : i + 1], widths[i + 1], halves: b == 0))]);
        return Sequential.Named(
            ("conv1", Blocks.ConvNorm(3, widths[0], stride: 2, activation: new ReLU())), ("maxpool", new MaxPool2d(3, 2, 1)), ("stage2", Stage(0)), ("stage3", Stage(1)),
            ("stage4", Stage(2)), ("conv5", Blocks.ConvNorm(widths[3], widths[4], 1, activation: new ReLU())), ("pool", ConvolutionalClassifier.Means()),
            ("fc", new Linear(widths[4], classes)));
    }

    sealed class Block : Layer
    {
        readonly Sequential branch1 = [], branch2;
        readonly bool _halves;

        public Block(int input, int output, bool halves)
        {
            _halves = halves;
            int half = output / 2, stride = halves ? 2 : 1;
            if (halves)
                branch1 = [Depthwise(input, stride), new BatchNorm2d(input), new Conv2d(input, half, 1, bias: false), new BatchNorm2d(half), new ReLU()];
            branch2 =
            [
                new Conv2d(halves ? input : half, half, 1, bias: false), new BatchNorm2d(half), new ReLU(), Depthwise(half, stride), new BatchNorm2d(half),
                new Conv2d(half, half, 1, bias: false), new BatchNorm2d(half), new ReLU(),
            ];
        }

        static Conv2d Depthwise(int channels, int stride) => new(channels, channels, 3, stride, padding: 1, groups: channels, bias: false);

        public override Tensor Forward(Tensor x)
        {
            var parts = _halves ? [x, x] : x.Chunk(2, 1);
            return Tensor.Cat([parts[0].Apply(branch1), parts[1].Apply(branch2)], 1).ChannelShuffle(2);
        }
    }
}
