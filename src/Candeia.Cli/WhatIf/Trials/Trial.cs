namespace Candeia.Cli;

/// <summary>
/// One training with everything that its result depends on. Equal trials have equal results, so what several experiments need is trained once.
/// </summary>
/// <param name="Problem">What the network is to say.</param>
/// <param name="Network">Its name in <see cref="Cli.Networks"/>.</param>
/// <param name="Data">Tells apart the data that it learns from.</param>
/// <param name="Train">Items to learn from.</param>
/// <param name="Valid">Items to watch the learning on.</param>
/// <param name="Test">Items for the test.</param>
/// <param name="Epochs">Passes over the training items.</param>
/// <param name="BatchSize">Items per step.</param>
/// <param name="Seed">Where the network starts from, and the order of the items.</param>
sealed record Trial(Problem Problem, string Network, string Data, int Train, int Valid, int Test, int Epochs, int BatchSize, ulong Seed)
{
    /// <summary>The recipe that decides network, optimizer, rate and augmentation, instead of all that stands here; null for none.</summary>
    public string? Recipe { get; init; }

    /// <summary>The optimizer, by its name in <see cref="Cli.Optimizers"/>.</summary>
    public string Optimizer { get; init; } = "Adam";

    /// <summary>Its step size; with one cycle the finder chooses it.</summary>
    public double LearningRate { get; init; } = 1e-3;

    /// <summary>How that changes.</summary>
    public Timetable Timetable { get; init; }

    /// <summary>Whether pictures are mirrored and transposed at random.</summary>
    public bool Symmetries { get; init; }

    /// <summary>Whether it computes with 64 bits.</summary>
    public bool Float64 { get; init; }

    /// <summary>Whether convolutions are computed as they are defined, without Winograd's short cut.</summary>
    public bool Direct { get; init; }

    /// <summary>What computes it: seconds are compared, and registers of another width round otherwise.</summary>
    public string On { get; init; } = "";

    /// <summary>Steps in a training.</summary>
    public int Steps => (int)Math.Min(int.MaxValue, Epochs * (((long)Train + BatchSize - 1) / BatchSize));

    /// <summary>The same with a part of the training data.</summary>
    public Trial Share(double share) => this with { Train = Math.Min(Train, Math.Max(BatchSize, (int)(Train * share))) };
}
