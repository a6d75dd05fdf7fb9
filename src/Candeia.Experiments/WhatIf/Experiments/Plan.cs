namespace Candeia.Experiments;

/// <summary>The trainings that experiments start from, in the sizes that the user wants.</summary>
/// <param name="Settings">The sizes.</param>
/// <param name="Data">Tells the scatterplots apart.</param>
/// <param name="Digits">Opens the digits.</param>
sealed record Plan(WhatIfSettings Settings, string Data, Func<DigitsData> Digits)
{
    static readonly Lazy<string> s_on = new(() =>
    {
        var machine = Machine.Here();
        return $"{machine.Processor}, {machine.Vectors}, {Count.Of(Threads.Count, "thread")}, {Versions.Here().Number}";
    });

    /// <summary>The network of the tutorial with its settings.</summary>
    public Trial Baseline => new(
        Problem.Correlation, Networks.Tutorial, Data, Settings.Train, Settings.Valid, Settings.Test, Settings.Epochs, Settings.BatchSize, Settings.Seed)
    {
        LearningRate = Settings.LearningRate, On = s_on.Value,
    };

    /// <summary>The same, as experiments present it.</summary>
    public Variant Tutorial => new("the tutorial", Baseline);

    /// <summary>A training from five seeds: how much luck there is in its result.</summary>
    public static IReadOnlyList<Trial> Seeds(Trial trial) => [.. Enumerable.Range(0, 5).Select(i => trial with { Seed = trial.Seed + (ulong)i })];

    /// <summary>The same, presented.</summary>
    public static IReadOnlyList<Variant> Repeat(Variant variant) =>
        [.. Seeds(variant.Trial).Select((trial, i) => variant with { Trial = trial, Label = i == 0 ? variant.Label : $"{variant.Label}, seed {trial.Seed}" })];

    /// <summary>A training on digits.</summary>
    public Trial OnDigits(Code<NewNetwork> network)
    {
        var digits = Digits();
        return Baseline with
        {
            Problem = Problem.Digits, Network = network, Data = digits.Fingerprint, Train = digits.Train.Count, Valid = digits.Valid?.Count ?? 0,
            Test = digits.Test.Count, BatchSize = Math.Min(Settings.BatchSize, digits.Train.Count),
        };
    }
}
