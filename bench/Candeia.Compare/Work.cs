using Candeia.NN;
using Candeia.Vision;

namespace Candeia.Compare;

/// <summary>What both sides compute: a network, its loss and optimizer, and a batch. Candeia.Rivals has the same under the same names.</summary>
/// <param name="Name">How both sides call it.</param>
/// <param name="Title">What it is, for the page.</param>
/// <param name="Batch">Samples per step.</param>
/// <param name="Images">Whether the inputs are images, so that libtorch has a second layout to choose from.</param>
/// <param name="Model">Makes the network.</param>
/// <param name="Loss">Of output and target.</param>
/// <param name="Optimizer">Of the parameters.</param>
/// <param name="Data">Makes inputs and targets.</param>
sealed record Work(
    string Name, string Title, int Batch, bool Images, Func<Layer> Model, Func<Tensor, Tensor, Tensor> Loss, Func<IEnumerable<Tensor>, Optimizer> Optimizer,
    Func<Generator, (Tensor X, Tensor Y)> Data)
{
    static readonly Func<IEnumerable<Tensor>, Optimizer> s_adam = parameters => new Adam(parameters), s_sgd = parameters => new SGD(parameters, 0.01, momentum: 0.9);

    /// <summary>How far the first losses of two contestants may be apart, relative to ours.</summary>
    public double LossTolerance { get; init; } = 1e-4;

    /// <summary>How many samples are predicted at once.</summary>
    public int Predicts { get; init; } = Batch;

    public static IReadOnlyList<Work> All { get; } =
    [
        new("correlation", "Correlation network, 64 images of 130×130", 64, true, () => new CorrelationNet(), Mse, s_adam, g => (Pictures(64, 1, 130, g), Numbers([64, 1], g))),
        new("normalized", "Correlation network with batch normalization after each ReLU, 64 images", 64, true, () => new NormalizedNet(), Mse, s_adam,
            g => (Pictures(64, 1, 130, g), Numbers([64, 1], g))) { LossTolerance = 1e-3 },
        new("resnet", "ResNet-18 for 32×32, 32 images", 32, true, () => ResNet.ResNet18(10, smallImages: true), Classified, s_sgd, g => (Pictures(32, 3, 32, g), Classes([32], 10, g))),
        new("resnet50", "ResNet-50, 8 images of 224×224 (prediction: 1)", 8, true, () => new ResNet50(), Classified, s_sgd, g => (Pictures(8, 3, 224, g), Classes([8], 1000, g)))
        {
            Predicts = 1,
            LossTolerance = 1e-3,
        },
        new("mobilenet", "MobileNetV2, 8 images of 224×224 (prediction: 1)", 8, true, () => new MobileNet(), Classified, s_sgd, g => (Pictures(8, 3, 224, g), Classes([8], 1000, g)))
        {
            Predicts = 1,
            LossTolerance = 1e-3,
        },
        new("convnext", "ConvNeXt-T, 4 images of 224×224 (prediction: 1)", 4, true, () => new ConvNext(), Classified, s_adam, g => (Pictures(4, 3, 224, g), Classes([4], 1000, g))) { Predicts = 1 },
        new("vit", "ViT-S/16, 8 images of 224×224 (prediction: 1)", 8, true, () => new Vit(), Classified, s_adam, g => (Pictures(8, 3, 224, g), Classes([8], 1000, g))) { Predicts = 1 },
        new("unet", "U-Net, 8 images of 128×128", 8, true, () => new UNet(), (y, t) => y.BceWithLogitsLoss(t), s_adam, g => (Pictures(8, 3, 128, g), Numbers([8, 1, 128, 128], g).Round())),
        new("dcgan", "Generator of DCGAN, 64 images of 64×64", 64, true, Dcgan.Make, Mse, s_adam, g => (Tensor.Randn([64, 100, 1, 1], generator: g), Numbers([64, 3, 64, 64], g))) { LossTolerance = 1e-3 },
        new("vae", "Decoder of an autoencoder, 64 images of 28×28", 64, false, () => new VaeDecoder(), Mse, s_adam, g => (Tensor.Randn([64, 20], generator: g), Numbers([64, 1, 28, 28], g))),
        new("wide-mlp", "MLP 16900→128→256→1, batch 64", 64, false, () => new WideMlp(), Mse, s_adam, g => (Numbers([64, 16900], g), Numbers([64, 1], g))),
        new("small-mlp", "MLP 64→64→10, batch 32", 32, false, () => new SmallMlp(), Classified, s_adam, g => (Tensor.Randn([32, 64], generator: g), Classes([32], 10, g))),
        new("autoencoder", "Autoencoder 784→512→128→32→…→784, batch 128", 128, false, Autoencoder.Make, Mse, s_adam, g => Numbers([128, 784], g) is var x ? (x, x) : default),
        new("transformer", "Transformer encoder, 2 layers of 128, 32 texts of 64 words", 32, false, () => new Transformer(), Classified, s_adam,
            g => (Classes([32, Transformer.Length], Transformer.Words, g), Classes([32], Transformer.Classes, g))),
        new("gpt", "GPT, 6 layers of 192, 8 texts of 256 letters", 8, false, () => new Gpt(), (y, t) => y.Flatten(0, 1).CrossEntropyLoss(t.Flatten()), s_adam,
            g => (Classes([8, Gpt.Length], Gpt.Letters, g), Classes([8, Gpt.Length], Gpt.Letters, g))),
        new("generation", "The same GPT writes 256 letters, one by one (training: one text)", 1, false, () => new Writer(), (y, t) => y.Flatten(0, 1).CrossEntropyLoss(t.Flatten()), s_adam,
            g => (Classes([1, Gpt.Length], Gpt.Letters, g), Classes([1, Gpt.Length], Gpt.Letters, g))),
        new("attention", "Attention alone, causal, 8 heads of 64, 1024 words", 1, false, () => new AttentionAlone(), Mse, s_sgd,
            g => (Tensor.Randn([1, 8, 1024, 64], generator: g), Tensor.Randn([1, 8, 1024, 64], generator: g))),
        new("lstm", "LSTM, 2 layers of 256, 32 series of 100 steps", 32, false, LastState.Lstm, Classified, s_adam, g => (Tensor.Randn([32, 100, 128], generator: g), Classes([32], 10, g))),
        new("gru", "GRU, 2 layers of 256, 32 series of 100 steps", 32, false, LastState.Gru, Classified, s_adam, g => (Tensor.Randn([32, 100, 128], generator: g), Classes([32], 10, g))),
    ];

    public static Work Of(string name) => All.FirstOrDefault(w => w.Name == name)
        ?? throw new ArgumentException($"There is no network '{name}'; there are {string.Join(", ", All.Select(w => w.Name))}.");

    static Tensor Mse(Tensor y, Tensor t) => y.MseLoss(t);

    static Tensor Classified(Tensor y, Tensor t) => y.CrossEntropyLoss(t);

    static Tensor Pictures(int count, int channels, int size, Generator generator) => Numbers([count, channels, size, size], generator);

    static Tensor Numbers(Shape shape, Generator generator) => Tensor.Rand(shape, generator: generator);

    static Tensor Classes(Shape shape, int below, Generator generator) => (Tensor.Rand(shape, generator: generator) * below).Floor().To(DType.Int64);
}
