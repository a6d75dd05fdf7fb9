using Candeia.Data;
using Candeia.NN;
using Candeia.Training;

namespace Candeia.Cli;

/// <summary>A way to teach a network the correlation.</summary>
/// <param name="Name">How the user and saved models call it.</param>
/// <param name="Epochs">How long it learns, unless the user says so.</param>
/// <param name="LearningRate">How fast, unless the user says so.</param>
/// <param name="Optimizer">What changes the parameters, for reports.</param>
/// <param name="Network">Makes the network: [n, 1, 130, 130] → [n, 1].</param>
sealed record Recipe(string Name, int Epochs, double LearningRate, string Optimizer, Func<Layer> Network)
{
    /// <summary>That of the tutorial.</summary>
    public static Recipe Tutorial { get; } = new("tutorial", 10, 1e-3, "Adam", () => new CorrelationNet());

    /// <summary>The one with the smallest test error in the same time: moments of learnt maps, the symmetries of the square, one cycle of the learning rate.</summary>
    public static Recipe Best { get; } = new("best", 6, 5e-3, "AdamW, one cycle up to", () => new MomentNet());

    /// <summary>All of them.</summary>
    public static IReadOnlyList<Recipe> All { get; } = [Tutorial, Best];

    /// <summary>The one with a name.</summary>
    public static Recipe Of(string name) => All.First(r => r.Name == name);

    /// <summary>What it learns from.</summary>
    public Dataset<Sample> Training(Dataset<Sample> data) => this == Best ? Symmetries.Augment(data) : data;

    /// <summary>How a network learns, and how it is judged: by the mean squared error.</summary>
    public Learner<Layer> Learner(Layer net, double learningRate) => this == Best
        ? net.Setup(Error, p => new AdamW(p, learningRate, weightDecay: 1e-4))
            .With(new LearningRateSchedule(steps => new OneCycleSchedule(learningRate, steps), Per.Batch))
        : net.Setup(Error, p => new Adam(p, learningRate));

    static Tensor Error(Tensor y, Tensor target) => y.MseLoss(target.Unsqueeze(1));
}
