using Candeia.NN;

namespace Candeia.Vision;

/// <summary>
/// Inception with shortcuts, as FaceNet uses it (<see href="https://arxiv.org/abs/1602.07261">Szegedy et al. 2016</see>), with the keys of facenet-pytorch, so that its
/// weights of VGGFace2 and CASIA-WebFace fit: faces [n, 3, h, w], made for 160×160 and numbers from −1 to 1.
/// </summary>
/// <example><code>
/// var net = new InceptionResnetV1().Eval();
/// Tensor faces = Tensor.Rand([2, 3, 160, 160]) * 2 - 1, seen = net.Forward(faces);
/// Console.WriteLine($"{seen.Shape} {seen[0].Norm().Item():0.00}");         // → [2, 512] 1.00
/// </code></example>
public sealed class InceptionResnetV1 : Layer
{
    const int Channels = 1792, Features = 512;

    readonly Sequential conv2d_1a = Blocks.BasicConv(3, 32, 3, 2), conv2d_2a = Blocks.BasicConv(32, 32, 3), conv2d_2b = Blocks.BasicConv(32, 64, 3, padding: 1);
    readonly Sequential conv2d_3b = Blocks.BasicConv(64, 80, 1), conv2d_4a = Blocks.BasicConv(80, 192, 3), conv2d_4b = Blocks.BasicConv(192, 256, 3, 2);
    readonly Sequential repeat_1 = Sequential.Of([.. Enumerable.Range(0, 5).Select(_ => Residual.Of35())]);
    readonly Sequential repeat_2 = Sequential.Of([.. Enumerable.Range(0, 10).Select(_ => Residual.Of17())]);
    readonly Sequential repeat_3 = Sequential.Of([.. Enumerable.Range(0, 5).Select(_ => Residual.Of8(0.2, relu: true))]);
    readonly Branches mixed_6a = new(
        Blocks.BasicConv(256, 384, 3, 2), new Sequential(Blocks.BasicConv(256, 192, 1), Blocks.BasicConv(192, 192, 3, padding: 1), Blocks.BasicConv(192, 256, 3, 2)), new MaxPool2d(3, 2));
    readonly Branches mixed_7a = new(
        new Sequential(Blocks.BasicConv(896, 256, 1), Blocks.BasicConv(256, 384, 3, 2)), new Sequential(Blocks.BasicConv(896, 256, 1), Blocks.BasicConv(256, 256, 3, 2)),
        new Sequential(Blocks.BasicConv(896, 256, 1), Blocks.BasicConv(256, 256, 3, padding: 1), Blocks.BasicConv(256, 256, 3, 2)), new MaxPool2d(3, 2));
    readonly Residual block8 = Residual.Of8(1, relu: false);
    readonly Dropout dropout;
    readonly Linear lastLinear = new(Channels, Features, bias: false);
    readonly BatchNorm1d lastBn = new(Features, 0.001);
    readonly Linear? logits;

    /// <param name="classes">How many people it names; none, if nothing is said: then it says what a face is like, and faces of one person are near each other.</param>
    /// <param name="dropout">The part of the features that are left out at random in training.</param>
    public InceptionResnetV1(int? classes = null, double dropout = 0.6)
    {
        if (classes is { } count) ArgumentOutOfRangeException.ThrowIfNegativeOrZero(count, nameof(classes));
        this.dropout = new(dropout);
        logits = classes is { } people ? new(Features, people) : null;
    }

    /// <inheritdoc/>
    /// <returns>[n, 512], of length 1: of two faces the distance says whether they are of one person. With classes scores [n, classes].</returns>
    public override Tensor Forward(Tensor x)
    {
        x = x.Apply(conv2d_1a).Apply(conv2d_2a).Apply(conv2d_2b).MaxPool2d(3, 2).Apply(conv2d_3b).Apply(conv2d_4a).Apply(conv2d_4b);
        x = x.Apply(repeat_1).Apply(mixed_6a).Apply(repeat_2).Apply(mixed_7a).Apply(repeat_3).Apply(block8);
        x = x.Mean([2, 3]).Apply(dropout).Apply(lastLinear).Apply(lastBn);
        return logits is null ? x.Normalize() : x.Apply(logits);
    }

    static OrderedDictionary<string, Layer> Named(Layer[] branches) => new(branches.Index().Select(b => KeyValuePair.Create($"branch{b.Index}", b.Item)));

    static Tensor Join(Tensor x, OrderedDictionary<string, Layer> branches) => Tensor.Cat([.. branches.Select(b => x.Apply(b.Value, name: b.Key))], 1);

    /// <summary>Ways side by side, whose results stand one after the other.</summary>
    sealed class Branches(params Layer[] branches) : Layer
    {
        [StateName("")] readonly OrderedDictionary<string, Layer> _branches = Named(branches);

        public override Tensor Forward(Tensor x) => Join(x, _branches);
    }

    /// <summary>Ways side by side, of which a small part is added to what comes in.</summary>
    sealed class Residual : Layer
    {
        [StateName("")] readonly OrderedDictionary<string, Layer> _branches;
        readonly Conv2d conv2d;
        readonly double _scale;
        readonly bool _relu;

        Residual(int channels, int within, double scale, bool relu, params Layer[] branches) =>
            (_branches, conv2d, _scale, _relu) = (Named(branches), new(within, channels, 1), scale, relu);

        public static Residual Of35() => new(256, 96, 0.17, relu: true, Blocks.BasicConv(256, 32, 1),
            new Sequential(Blocks.BasicConv(256, 32, 1), Blocks.BasicConv(32, 32, 3, padding: 1)),
            new Sequential(Blocks.BasicConv(256, 32, 1), Blocks.BasicConv(32, 32, 3, padding: 1), Blocks.BasicConv(32, 32, 3, padding: 1)));

        public static Residual Of17() => new(896, 256, 0.1, relu: true, Blocks.BasicConv(896, 128, 1),
            new Sequential(Blocks.BasicConv(896, 128, 1), Blocks.BasicConv(128, 128, (1, 7), padding: (0, 3)), Blocks.BasicConv(128, 128, (7, 1), padding: (3, 0))));

        public static Residual Of8(double scale, bool relu) => new(1792, 384, scale, relu, Blocks.BasicConv(1792, 192, 1),
            new Sequential(Blocks.BasicConv(1792, 192, 1), Blocks.BasicConv(192, 192, (1, 3), padding: (0, 1)), Blocks.BasicConv(192, 192, (3, 1), padding: (1, 0))));

        public override Tensor Forward(Tensor x)
        {
            var y = Join(x, _branches).Apply(conv2d) * _scale + x;
            return _relu ? y.Relu() : y;
        }
    }
}
