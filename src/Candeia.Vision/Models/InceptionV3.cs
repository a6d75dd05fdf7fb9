using Candeia.NN;

namespace Candeia.Vision;

/// <summary>
/// Convolutions of several sizes and forms side by side (<see href="https://arxiv.org/abs/1512.00567">Szegedy et al. 2016</see>), with the keys and
/// initial weights of torchvision's: [n, 3, h, w] → [n, classes]. It is made for pictures of 299×299; 75×75 are the least.
/// </summary>
public sealed class InceptionV3 : Layer
{
    [StateName("")] readonly OrderedDictionary<string, Layer> _stem, _late;
    [StateName("AuxLogits")] readonly Auxiliary _auxiliary;
    readonly Dropout dropout = new();
    readonly Linear fc;

    /// <param name="classes">The outputs.</param>
    public InceptionV3(int classes = 1000)
    {
        _stem = new()
        {
            ["Conv2d_1a_3x3"] = Blocks.BasicConv(3, 32, 3, 2), ["Conv2d_2a_3x3"] = Blocks.BasicConv(32, 32, 3), ["Conv2d_2b_3x3"] = Blocks.BasicConv(32, 64, 3, padding: 1),
            ["maxpool1"] = new MaxPool2d(3, 2), ["Conv2d_3b_1x1"] = Blocks.BasicConv(64, 80, 1), ["Conv2d_4a_3x3"] = Blocks.BasicConv(80, 192, 3), ["maxpool2"] = new MaxPool2d(3, 2),
            ["Mixed_5b"] = Mixed.A(192, 32), ["Mixed_5c"] = Mixed.A(256, 64), ["Mixed_5d"] = Mixed.A(288, 64), ["Mixed_6a"] = Mixed.B(288),
            ["Mixed_6b"] = Mixed.C(768, 128), ["Mixed_6c"] = Mixed.C(768, 160), ["Mixed_6d"] = Mixed.C(768, 160), ["Mixed_6e"] = Mixed.C(768, 192),
        };
        _auxiliary = new(classes);
        _late = new() { ["Mixed_7a"] = Mixed.D(768), ["Mixed_7b"] = Mixed.E(1280), ["Mixed_7c"] = Mixed.E(2048) };
        fc = new(2048, classes);
        this.Draw(conv => Init.TruncatedNormal(conv.Weight, std: 0.1), linear => Init.TruncatedNormal(linear.Weight, std: linear == fc ? 0.1 : 0.001));
    }

    /// <inheritdoc/>
    /// <remarks>The helper on the way, which learns by the same classes, is left out; <see cref="ForwardAll"/> asks it too.</remarks>
    public override Tensor Forward(Tensor x) => Last(Through(_stem, x));

    /// <summary>The scores, and those of the helper on the way; in training its loss is added, 0.4 times.</summary>
    /// <param name="x">[n, 3, h, w].</param>
    /// <returns>Each [n, classes].</returns>
    public (Tensor Scores, Tensor Auxiliary) ForwardAll(Tensor x)
    {
        x = Through(_stem, x);
        return (Last(x), x.Apply(_auxiliary));
    }

    Tensor Last(Tensor x) => Through(_late, x).AdaptiveAvgPool2d(1).Apply(dropout).Flatten(1).Apply(fc);

    static Tensor Through(OrderedDictionary<string, Layer> layers, Tensor x)
    {
        foreach (var (name, layer) in layers) x = x.Apply(layer, name: name);
        return x;
    }

    sealed class Auxiliary(int classes) : Layer
    {
        readonly Sequential conv0 = Blocks.BasicConv(768, 128, 1), conv1 = Blocks.BasicConv(128, 768, 5);
        readonly Linear fc = new(768, classes);

        public override Tensor Forward(Tensor x) => x.AvgPool2d(5, 3).Apply(conv0).Apply(conv1).AdaptiveAvgPool2d(1).Flatten(1).Apply(fc);
    }

    /// <summary>A convolution: channels, rows and columns of its window, stride. With a stride nothing is added around, else the size stays.</summary>
    readonly record struct Step(int Channels, int Height = 1, int Width = 1, int Stride = 1);

    /// <summary>Convolutions one after the other.</summary>
    /// <param name="Name">What theirs begin with; a number follows, where there are several.</param>
    /// <param name="Steps">The convolutions.</param>
    /// <param name="Splits">Whether the last two stand side by side.</param>
    sealed record Branch(string Name, Step[] Steps, bool Splits = false)
    {
        public string NameOf(int step) => Steps.Length == 1 ? Name
            : Splits && step >= Steps.Length - 2 ? $"{Name}_{Steps.Length - 1}{(step == Steps.Length - 2 ? 'a' : 'b')}" : $"{Name}_{step + 1}";
    }

    /// <summary>Branches side by side, and one that pools: with a convolution behind it, or, where the block halves the size, without.</summary>
    sealed class Mixed : Layer
    {
        const string Pool = "branch_pool";
        [StateName("")] readonly OrderedDictionary<string, Layer> _convs = [];
        readonly Branch[] _branches;

        Mixed(int input, int pooled, params Branch[] branches)
        {
            _branches = branches;
            foreach (var branch in branches)
            {
                int channels = input;
                for (int i = 0; i < branch.Steps.Length; i++)
                {
                    var step = branch.Steps[i];
                    ConvPadding padding = step.Stride == 1 ? (step.Height / 2, step.Width / 2) : 0;
                    _convs[branch.NameOf(i)] = Blocks.BasicConv(channels, step.Channels, (step.Height, step.Width), step.Stride, padding);
                    if (!branch.Splits || i < branch.Steps.Length - 2) channels = step.Channels;
                }
            }
            if (pooled > 0) _convs[Pool] = Blocks.BasicConv(input, pooled, 1);
        }

        public static Mixed A(int input, int pooled) => new(input, pooled,
            new("branch1x1", [new(64)]), new("branch5x5", [new(48), new(64, 5, 5)]), new("branch3x3dbl", [new(64), new(96, 3, 3), new(96, 3, 3)]));

        public static Mixed B(int input) => new(input, 0,
            new("branch3x3", [new(384, 3, 3, 2)]), new("branch3x3dbl", [new(64), new(96, 3, 3), new(96, 3, 3, 2)]));

        public static Mixed C(int input, int within) => new(input, 192,
            new("branch1x1", [new(192)]), new("branch7x7", [new(within), new(within, 1, 7), new(192, 7, 1)]),
            new("branch7x7dbl", [new(within), new(within, 7, 1), new(within, 1, 7), new(within, 7, 1), new(192, 1, 7)]));

        public static Mixed D(int input) => new(input, 0,
            new("branch3x3", [new(192), new(320, 3, 3, 2)]), new("branch7x7x3", [new(192), new(192, 1, 7), new(192, 7, 1), new(192, 3, 3, 2)]));

        public static Mixed E(int input) => new(input, 192,
            new("branch1x1", [new(320)]), new("branch3x3", [new(384), new(384, 1, 3), new(384, 3, 1)], Splits: true),
            new("branch3x3dbl", [new(448), new(384, 3, 3), new(384, 1, 3), new(384, 3, 1)], Splits: true));

        public override Tensor Forward(Tensor x)
        {
            List<Tensor> all = [];
            foreach (var branch in _branches)
            {
                var y = x;
                int chain = branch.Steps.Length - (branch.Splits ? 2 : 0);
                for (int i = 0; i < chain; i++) y = Conv(y, branch.NameOf(i));
                if (!branch.Splits) all.Add(y);
                else for (int i = chain; i < branch.Steps.Length; i++) all.Add(Conv(y, branch.NameOf(i)));
            }
            all.Add(_convs.ContainsKey(Pool) ? Conv(x.AvgPool2d(3, 1, 1), Pool) : x.MaxPool2d(3, 2));
            return Tensor.Cat([.. all], 1);
        }

        Tensor Conv(Tensor x, string name) => x.Apply(_convs[name], name: name);
    }
}
