namespace Candeia.Training;

/// <summary>What a saved state of a run consists of, for <see cref="AutoResume"/>: with <c>|</c> between them, several.</summary>
[Flags]
public enum RunParts
{
    /// <summary>Parameters and buffers of the model, and of a loss that learns with it.</summary>
    Model = 1,

    /// <summary>What the optimizers remember: moments, and how many steps they have made.</summary>
    Optimizers = 2,

    /// <summary>Where the run was: its history, the number of its epochs and steps, the order of the data, random numbers.</summary>
    Records = 4,

    /// <summary>What callbacks remember: how long nothing has improved, which epoch was the best, averages of weights.</summary>
    Callbacks = 8,

    /// <summary>Everything, so that the run goes on with the same bits.</summary>
    All = Model | Optimizers | Records | Callbacks,
}
