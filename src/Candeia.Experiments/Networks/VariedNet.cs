using Candeia.NN;

namespace Candeia.Experiments;

/// <summary>The network of the tutorial, and what may be changed of it; unchanged it has the same parameters.</summary>
/// <param name="width">Channels of the first convolution; each further one has twice as many, up to four times.</param>
/// <param name="features">Outputs of the first linear layer.</param>
/// <param name="deep">Whether a fourth convolution follows.</param>
/// <param name="dropout">The probability that a number is dropped after each pooling and after the first linear layer.</param>
/// <param name="norm">Whether batch normalization follows each ReLU.</param>
sealed class VariedNet(int width = 32, int features = 128, bool deep = false, double dropout = 0, bool norm = false) : Layer
{
    readonly List<Conv2d> convs = [.. Channels(width, deep).Select((c, i) => new Conv2d(i == 0 ? 1 : Channels(width, deep)[i - 1], c, kernelSize: 3))];
    readonly List<BatchNorm2d> norms = norm ? [.. Channels(width, deep).Select(c => new BatchNorm2d(c))] : [];
    readonly Linear fc1 = new((deep ? 6 * 6 : 14 * 14) * 4 * width, features);
    readonly BatchNorm1d? norm1 = norm ? new BatchNorm1d(features) : null;
    readonly Linear fc2 = new(features, 1);

    public override Tensor Forward(Tensor x)                                    // [n, 1, 130, 130]
    {
        for (int i = 0; i < convs.Count; i++)
        {
            x = x.Apply(convs[i]).Relu();
            if (norms.Count > 0) x = x.Apply(norms[i]);
            x = x.AvgPool2d(2).Dropout(dropout, IsTraining);                    // [n, c, 64, 64], [n, 2c, 31, 31], [n, 4c, 14, 14]
        }
        x = x.Flatten(startDim: 1).Apply(fc1).Relu();                           // [n, features]
        if (norm1 is not null) x = x.Apply(norm1);
        return x.Dropout(dropout, IsTraining).Apply(fc2);                       // [n, 1]
    }

    static int[] Channels(int width, bool deep) => deep ? [width, 2 * width, 4 * width, 4 * width] : [width, 2 * width, 4 * width];
}
