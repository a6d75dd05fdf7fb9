using System.Text.Json.Serialization;

namespace Candeia.Experiments;

/// <summary>
/// One training with everything that its result depends on. Equal trials have equal results, so what several experiments need is trained once.
/// </summary>
/// <param name="Problem">What the network is to say.</param>
/// <param name="Network">Makes it.</param>
/// <param name="Data">Tells apart the data that it learns from.</param>
/// <param name="Train">Items to learn from.</param>
/// <param name="Valid">Items to watch the learning on.</param>
/// <param name="Test">Items for the test.</param>
/// <param name="Epochs">Passes over the training items.</param>
/// <param name="BatchSize">Items per step.</param>
/// <param name="Seed">Where the network starts from, and the order of the items.</param>
sealed record Trial(
    Problem Problem, [property: JsonConverter(typeof(CodeJson<NewNetwork>))] Code<NewNetwork> Network, string Data, int Train, int Valid, int Test, int Epochs,
    int BatchSize, ulong Seed)
{
    /// <summary>The recipe that decides network, optimizer and augmentation, instead of all that stands here; null for none.</summary>
    [JsonConverter(typeof(RecipeJson))]
    public Recipe? Recipe { get; init; }

    /// <summary>Makes the optimizer.</summary>
    [JsonConverter(typeof(CodeJson<NewOptimizer>))]
    public Code<NewOptimizer> Optimizer { get; init; } = Optimizers.Adam;

    /// <summary>Its step size.</summary>
    public double LearningRate { get; init; } = 1e-3;

    /// <summary>Whether a learning-rate finder chooses the step size instead.</summary>
    public bool FindsRate { get; init; }

    /// <summary>How that changes.</summary>
    [JsonConverter(typeof(CodeJson<NewSchedule>))]
    public Code<NewSchedule> Schedule { get; init; } = Schedules.Constant;

    /// <summary>Whether pictures are mirrored and transposed at random.</summary>
    public bool Symmetries { get; init; }

    /// <summary>Whether it computes with 64 bits.</summary>
    public bool Float64 { get; init; }

    /// <summary>Whether convolutions are computed as they are defined, without Winograd's short cut.</summary>
    public bool Direct { get; init; }

    /// <summary>The device that it learns on, by name; null is the processor.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Device { get; init; }

    /// <summary>What computes it: seconds are compared, and registers of another width round otherwise.</summary>
    public string On { get; init; } = "";

    /// <summary>Steps in a training.</summary>
    public int Steps => (int)Math.Min(int.MaxValue, Epochs * (((long)Train + BatchSize - 1) / BatchSize));

    /// <summary>The same with a part of the training data.</summary>
    public Trial Share(double share) => this with { Train = Math.Min(Train, Math.Max(BatchSize, (int)(Train * share))) };

    /// <summary>What is other than in another trial, setting by setting; the network alone where nothing is.</summary>
    public string Change(Trial from)
    {
        var changed = Settings().Zip(from.Settings()).Where(s => s.First.Value != s.Second.Value).Select(s => $"{s.First.Name}: {s.First.Value}").ToArray();
        return changed.Length == 0 ? $"{nameof(Network)}: {Network}" : string.Join(", ", changed);
    }

    IEnumerable<(string Name, string Value)> Settings() =>
    [
        (nameof(Problem), $"{Problem}"), (nameof(Recipe), Recipe?.Name ?? "none"), (nameof(Network), $"{Network}"), (nameof(Optimizer), $"{Optimizer}"),
        (nameof(LearningRate), FormattableString.Invariant($"{LearningRate}")), (nameof(FindsRate), $"{FindsRate}"), (nameof(Schedule), $"{Schedule}"),
        (nameof(Train), $"{Train}"), (nameof(Epochs), $"{Epochs}"), (nameof(Symmetries), $"{Symmetries}"), (nameof(Float64), $"{Float64}"),
        (nameof(Direct), $"{Direct}"), (nameof(Device), Device ?? Candeia.Device.Cpu.Name), (nameof(Seed), $"{Seed}"),
    ];
}
