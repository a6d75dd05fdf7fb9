using Candeia.Data;
using Candeia.NN;
using Candeia.Training;

namespace Candeia.Experiments;

/// <summary>A way to teach a network the correlation.</summary>
/// <param name="Name">How the user and saved models call it.</param>
/// <param name="Epochs">How long it learns, unless the user says so.</param>
/// <param name="LearningRate">How fast, unless the user says so.</param>
/// <param name="Optimizer">What changes the parameters, for reports.</param>
/// <param name="Schedule">How the rate changes, for reports.</param>
/// <param name="Network">Makes the network: [n, 1, 130, 130] → [n, 1].</param>
/// <param name="Training">What it learns from, of the data that there are.</param>
/// <param name="Learner">How a network learns at a learning rate, and how it is judged: by the mean squared error.</param>
sealed record Recipe(
    string Name, int Epochs, double LearningRate, string Optimizer, string Schedule, Func<Layer> Network, Func<Dataset<Sample>, Dataset<Sample>> Training,
    Func<Layer, double, Learner<Layer>> Learner)
{
    /// <summary>That of the tutorial.</summary>
    public static Recipe Tutorial { get; } = new(
        "tutorial", 10, 1e-3, "Adam", "constant", () => new CorrelationNet(), data => data, (net, rate) => net.Setup(Error, p => new Adam(p, rate)));

    /// <summary>The one with the smallest test error in the same time: moments of learnt maps, the symmetries of the square, one cycle of the learning rate.</summary>
    public static Recipe Best { get; } = new(
        "best", 6, 5e-3, "AdamW", "one cycle", () => new MomentNet(), Symmetries.Augment,
        (net, rate) => net.Setup(Error, p => new AdamW(p, rate, weightDecay: 1e-4))
            .With(new LearningRateSchedule(steps => new OneCycleSchedule(rate, steps), Per.Batch)));

    /// <summary>All of them.</summary>
    public static IReadOnlyList<Recipe> All { get; } = [Tutorial, Best];

    /// <summary>The one with a name.</summary>
    public static Recipe Of(string name) => All.First(r => r.Name == name);

    static Tensor Error(Tensor y, Tensor target) => y.MseLoss(target.Unsqueeze(1));
}
