using Candeia.NN;

namespace Candeia.Vision;

/// <summary>
/// Convolutions of several sizes side by side (<see href="https://arxiv.org/abs/1409.4842">Szegedy et al. 2015</see>), with the keys and initial
/// weights of torchvision's: [n, 3, h, w] → [n, classes].
/// </summary>
public sealed class GoogLeNet : Layer
{
    readonly Sequential conv1, conv2, conv3;
    readonly Inception inception3a, inception3b, inception4a, inception4b, inception4c, inception4d, inception4e, inception5a, inception5b;
    readonly Auxiliary aux1, aux2;
    readonly Dropout dropout = new(0.2);
    readonly Linear fc;

    /// <param name="classes">The outputs.</param>
    public GoogLeNet(int classes = 1000)
    {
        (conv1, conv2, conv3) = (Blocks.BasicConv(3, 64, 7, 2, 3), Blocks.BasicConv(64, 64, 1), Blocks.BasicConv(64, 192, 3, padding: 1));
        (inception3a, inception3b) = (new(192, 64, 96, 128, 16, 32, 32), new(256, 128, 128, 192, 32, 96, 64));
        (inception4a, inception4b, inception4c) = (new(480, 192, 96, 208, 16, 48, 64), new(512, 160, 112, 224, 24, 64, 64), new(512, 128, 128, 256, 24, 64, 64));
        (inception4d, inception4e) = (new(512, 112, 144, 288, 32, 64, 64), new(528, 256, 160, 320, 32, 128, 128));
        (inception5a, inception5b) = (new(832, 256, 160, 320, 32, 128, 128), new(832, 384, 192, 384, 48, 128, 128));
        (aux1, aux2, fc) = (new(512, classes), new(528, classes), new(1024, classes));
        this.Draw(conv => Init.TruncatedNormal(conv.Weight, std: 0.01), linear => Init.TruncatedNormal(linear.Weight, std: 0.01));
    }

    /// <inheritdoc/>
    /// <remarks>The helpers on the way, which learn by the same classes, are left out; <see cref="ForwardAll"/> asks them too.</remarks>
    public override Tensor Forward(Tensor x) => Last(Second(First(x)));

    /// <summary>The scores, and those of the two helpers on the way; in training their losses are added, 0.3 times each.</summary>
    /// <param name="x">[n, 3, h, w].</param>
    /// <returns>Each [n, classes]: the network's, those of the later helper, those of the earlier.</returns>
    public (Tensor Scores, Tensor Later, Tensor Earlier) ForwardAll(Tensor x)
    {
        Tensor first = First(x), second = Second(first);
        return (Last(second), second.Apply(aux2), first.Apply(aux1));
    }

    Tensor First(Tensor x)
    {
        x = x.Apply(conv1).MaxPool2d(3, 2, ceilMode: true).Apply(conv2).Apply(conv3).MaxPool2d(3, 2, ceilMode: true);
        return x.Apply(inception3a).Apply(inception3b).MaxPool2d(3, 2, ceilMode: true).Apply(inception4a);
    }

    Tensor Second(Tensor x) => x.Apply(inception4b).Apply(inception4c).Apply(inception4d);

    Tensor Last(Tensor x) =>
        x.Apply(inception4e).MaxPool2d(2, ceilMode: true).Apply(inception5a).Apply(inception5b).AdaptiveAvgPool2d(1).Flatten(1).Apply(dropout).Apply(fc);

    /// <summary>Four ways side by side: 1×1, 3×3, twice 3×3 where the paper has 5×5 (as in torchvision, whose weights need it so), and pooling.</summary>
    sealed class Inception(int input, int one, int threeFrom, int three, int fiveFrom, int five, int pool) : Layer
    {
        readonly Sequential
            branch1 = Blocks.BasicConv(input, one, 1),
            branch2 = [Blocks.BasicConv(input, threeFrom, 1), Blocks.BasicConv(threeFrom, three, 3, padding: 1)],
            branch3 = [Blocks.BasicConv(input, fiveFrom, 1), Blocks.BasicConv(fiveFrom, five, 3, padding: 1)],
            branch4 = [new MaxPool2d(3, 1, 1, ceilMode: true), Blocks.BasicConv(input, pool, 1)];

        public override Tensor Forward(Tensor x) => Tensor.Cat([x.Apply(branch1), x.Apply(branch2), x.Apply(branch3), x.Apply(branch4)], 1);
    }

    sealed class Auxiliary(int input, int classes) : Layer
    {
        readonly Sequential conv = Blocks.BasicConv(input, 128, 1);
        readonly Linear fc1 = new(2048, 1024), fc2 = new(1024, classes);
        readonly Dropout dropout = new(0.7);

        public override Tensor Forward(Tensor x) => x.AdaptiveAvgPool2d(4).Apply(conv).Flatten(1).Apply(fc1).Relu().Apply(dropout).Apply(fc2);
    }
}
