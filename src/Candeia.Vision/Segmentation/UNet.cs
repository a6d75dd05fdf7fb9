using Candeia.NN;

namespace Candeia.Vision;

/// <summary>
/// A network that goes down to coarse pictures and up again, and on the way up looks at what it saw on the way down (<see
/// href="https://arxiv.org/abs/1505.04597">Ronneberger et al. 2015</see>; with batch normalization, and with borders that are kept):
/// [n, channels, h, w] → scores [n, classes, h, w].
/// </summary>
public sealed class UNet : Layer
{
    readonly Sequential[] down, up;
    readonly ConvTranspose2d[] grow;
    readonly Conv2d head;

    /// <param name="classes">The outputs: 1 for a mask, else what is none of the things among them.</param>
    /// <param name="channels">Channels of the pictures.</param>
    /// <param name="width">Channels of the finest pictures; each coarser one has twice as many.</param>
    /// <param name="depth">How often the size is halved.</param>
    public UNet(int classes, int channels = 3, int width = 64, int depth = 4)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(classes);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(depth);
        down = [.. Enumerable.Range(0, depth + 1).Select(i => Twice(i == 0 ? channels : width << i - 1, width << i))];
        grow = [.. Enumerable.Range(0, depth).Select(i => new ConvTranspose2d(width << depth - i, width << depth - i - 1, 2, stride: 2))];
        up = [.. Enumerable.Range(0, depth).Select(i => Twice(width << depth - i, width << depth - i - 1))];
        head = new(width, classes, 1);
    }

    /// <inheritdoc/>
    /// <remarks>Any size will do; what cannot be halved is filled with zeros on the way up.</remarks>
    public override Tensor Forward(Tensor x)
    {
        ArgumentNullException.ThrowIfNull(x);
        List<Tensor> seen = [];
        for (int i = 0; i < down.Length; i++)
        {
            if (i > 0) x = x.MaxPool2d(2);
            seen.Add(x = x.Apply(down[i], name: $"down.{i}"));
        }
        for (int i = 0; i < up.Length; i++)
        {
            var same = seen[^(i + 2)];
            x = x.Apply(grow[i], name: $"grow.{i}");
            int below = same.Shape[2] - x.Shape[2], right = same.Shape[3] - x.Shape[3];
            if (below + right > 0) x = x.Pad([0, right, 0, below]);
            x = Tensor.Cat([same, x], 1).Apply(up[i], name: $"up.{i}");
        }
        return x.Apply(head);
    }

    static Sequential Twice(int input, int output) => [.. Blocks.ConvNorm(input, output, activation: new ReLU()), .. Blocks.ConvNorm(output, output, activation: new ReLU())];
}
