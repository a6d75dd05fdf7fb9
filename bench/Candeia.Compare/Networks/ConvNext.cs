using Candeia.NN;

namespace Candeia.Compare;

/// <summary>ConvNeXt-T for pictures of 224×224: depthwise 7×7, then two linear layers at each pixel.</summary>
sealed class ConvNext : Layer
{
    readonly Conv2d stem = new(3, 96, 4, 4);
    readonly LayerNorm norm = new([96], 1e-5), last = new([768], 1e-5);
    readonly Sequential downs = [new Down(96, 192), new Down(192, 384), new Down(384, 768)];
    readonly Sequential stages = [Stage(96, 3), Stage(192, 3), Stage(384, 9), Stage(768, 3)];
    readonly Linear head = new(768, 1000);

    public override Tensor Forward(Tensor x)
    {
        x = Channels(x.Apply(stem), norm);
        for (int i = 0; i < 4; i++) x = (i == 0 ? x : x.Apply(downs[i - 1])).Apply(stages[i]);
        return x.Mean([2, 3])
            .Apply(last)
            .Apply(head);
    }

    static Sequential Stage(int width, int blocks) => Sequential.Of([.. Enumerable.Range(0, blocks).Select(_ => new Block(width))]);

    static Tensor Channels(Tensor x, LayerNorm norm) => x.Permute(0, 2, 3, 1).Apply(norm).Permute(0, 3, 1, 2);

    sealed class Down(int input, int output) : Layer
    {
        readonly LayerNorm norm = new([input]);
        readonly Conv2d conv = new(input, output, 2, 2);

        public override Tensor Forward(Tensor x) => Channels(x, norm).Apply(conv);
    }

    sealed class Block(int width) : Layer
    {
        readonly Conv2d conv = new(width, width, 7, padding: 3, groups: width);
        readonly LayerNorm norm = new([width]);
        readonly Linear fc1 = new(width, 4 * width), fc2 = new(4 * width, width);
        readonly Tensor scale = Parameter.Of(Tensor.Full([width], 0.1));

        public override Tensor Forward(Tensor x)
        {
            var y = x.Apply(conv)
                .Permute(0, 2, 3, 1)                                           // [n, h, w, width]
                .Apply(norm).Apply(fc1).Gelu().Apply(fc2);
            return x + (y * scale).Permute(0, 3, 1, 2);
        }
    }
}
