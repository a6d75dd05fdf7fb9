using Candeia.NN;
using Candeia.Vision;

namespace Candeia.Compare;

/// <summary>What both sides compute: a network, its loss and optimizer, and a batch. bench/pytorch/worker.py has the same under the same names.</summary>
/// <param name="Name">How both sides call it.</param>
/// <param name="Title">What it is, for the page.</param>
/// <param name="Batch">Samples per step.</param>
/// <param name="Images">Whether the inputs are images, so that PyTorch has a second layout to choose from.</param>
/// <param name="Model">Makes the network.</param>
/// <param name="Loss">Of output and target.</param>
/// <param name="Optimizer">Of the parameters.</param>
/// <param name="Data">Makes inputs and targets.</param>
sealed record Work(
    string Name, string Title, int Batch, bool Images, Func<Layer> Model, Func<Tensor, Tensor, Tensor> Loss, Func<IEnumerable<Tensor>, Optimizer> Optimizer,
    Func<Generator, (Tensor X, Tensor Y)> Data)
{
    /// <summary>How far the first losses of two contestants may be apart, relative to ours.</summary>
    public double LossTolerance { get; init; } = 1e-4;

    public static IReadOnlyList<Work> All { get; } =
    [
        new("correlation", "Correlation network, 64 images of 130×130", 64, true, () => new CorrelationNet(), (y, t) => y.MseLoss(t), p => new Adam(p),
            g => (Tensor.Rand([64, 1, 130, 130], generator: g), Tensor.Rand([64, 1], generator: g))),
        new("normalized", "Correlation network with batch normalization after each ReLU, 64 images", 64, true, () => new NormalizedNet(), (y, t) => y.MseLoss(t),
            p => new Adam(p), g => (Tensor.Rand([64, 1, 130, 130], generator: g), Tensor.Rand([64, 1], generator: g)))
            {
                LossTolerance = 5e-3,       // PyTorch 1.13 sums a million numbers of a channel one after the other where channels are last
            },
        new("wide-mlp", "MLP 16900→128→256→1, batch 64", 64, false, () => new WideMlp(), (y, t) => y.MseLoss(t), p => new Adam(p),
            g => (Tensor.Rand([64, 16900], generator: g), Tensor.Rand([64, 1], generator: g))),
        new("small-mlp", "MLP 64→64→10, batch 32", 32, false, () => new SmallMlp(), (y, t) => y.CrossEntropyLoss(t), p => new Adam(p),
            g => (Tensor.Randn([32, 64], generator: g), Classes(32, 10, g))),
        new("resnet", "ResNet-18 for 32×32, 32 images", 32, true, () => ResNet.ResNet18(10, smallImages: true), (y, t) => y.CrossEntropyLoss(t),
            p => new SGD(p, 0.01, momentum: 0.9), g => (Tensor.Randn([32, 3, 32, 32], generator: g), Classes(32, 10, g))),
        new("transformer", "Transformer encoder, 2 layers of 128, 32 texts of 64 words", 32, false, () => new Transformer(), (y, t) => y.CrossEntropyLoss(t),
            p => new Adam(p), g => (Integers([32, Transformer.Length], Transformer.Words, g), Classes(32, Transformer.Classes, g))),
    ];

    public static Work Of(string name) => All.FirstOrDefault(w => w.Name == name)
        ?? throw new ArgumentException($"There is no network '{name}'; there are {string.Join(", ", All.Select(w => w.Name))}.");

    static Tensor Classes(int count, int classes, Generator generator) => Integers([count], classes, generator);

    static Tensor Integers(Shape shape, int below, Generator generator) => (Tensor.Rand(shape, generator: generator) * below).Floor().To(DType.Int64);
}
