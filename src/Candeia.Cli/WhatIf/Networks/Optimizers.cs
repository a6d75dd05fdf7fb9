using Candeia.NN;

namespace Candeia.Cli;

/// <summary>The optimizers of the experiments, by the names that trials call them.</summary>
static class Optimizers
{
    /// <summary>Each with the learning rates that are tried.</summary>
    public static IReadOnlyList<(string Name, double[] Rates)> Tried { get; } =
    [
        ("Adam", [3e-4, 1e-3, 3e-3]),
        ("AdamW", [3e-4, 1e-3, 3e-3]),
        ("SGD", [1e-2, 3e-2, 1e-1]),
        ("SGD with momentum", [3e-3, 1e-2, 3e-2]),
        ("RMSprop", [1e-4, 3e-4, 1e-3]),
        ("Adagrad", [1e-3, 3e-3, 1e-2]),
    ];

    /// <summary>As it is written in C#.</summary>
    public static string Code(string name, double rate) => FormattableString.Invariant($"p => {(name switch
    {
        "SGD with momentum" => FormattableString.Invariant($"new SGD(p, {rate}, momentum: 0.9)"),
        _ => FormattableString.Invariant($"new {name}(p, {rate})"),
    })}");

    /// <summary>Makes it.</summary>
    public static Func<IEnumerable<Tensor>, Optimizer> Of(string name, double rate) => name switch
    {
        "Adam" => p => new Adam(p, rate),
        "AdamW" => p => new AdamW(p, rate),
        "SGD" => p => new SGD(p, rate),
        "SGD with momentum" => p => new SGD(p, rate, momentum: 0.9),
        "RMSprop" => p => new RMSprop(p, rate),
        "Adagrad" => p => new Adagrad(p, rate),
        _ => throw new ArgumentException($"There is no optimizer '{name}'.", nameof(name)),
    };
}
