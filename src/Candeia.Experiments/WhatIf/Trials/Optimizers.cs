using Candeia.NN;

namespace Candeia.Experiments;

/// <summary>A new optimizer of parameters, with a learning rate.</summary>
delegate Optimizer NewOptimizer(IEnumerable<Tensor> p, double rate);

/// <summary>The optimizers of the experiments.</summary>
static class Optimizers
{
    /// <summary>That of the tutorial.</summary>
    public static Code<NewOptimizer> Adam { get; } = Code.Of<NewOptimizer>((p, rate) => new Adam(p, rate));

    /// <summary>Each with the learning rates that are tried.</summary>
    public static IReadOnlyList<(string Name, Code<NewOptimizer> Optimizer, double[] Rates)> Tried { get; } =
    [
        ("Adam", Adam, [3e-4, 1e-3, 3e-3]),
        ("AdamW", Code.Of<NewOptimizer>((p, rate) => new AdamW(p, rate)), [3e-4, 1e-3, 3e-3]),
        ("SGD", Code.Of<NewOptimizer>((p, rate) => new SGD(p, rate)), [1e-2, 3e-2, 1e-1]),
        ("SGD with momentum", Code.Of<NewOptimizer>((p, rate) => new SGD(p, rate, momentum: 0.9)), [3e-3, 1e-2, 3e-2]),
        ("RMSprop", Code.Of<NewOptimizer>((p, rate) => new RMSprop(p, rate)), [1e-4, 3e-4, 1e-3]),
        ("Adagrad", Code.Of<NewOptimizer>((p, rate) => new Adagrad(p, rate)), [1e-3, 3e-3, 1e-2]),
    ];
}
