namespace Candeia.Experiments;

/// <summary>The options of <c>what-if</c> that decide the results.</summary>
/// <param name="Source">How to get scatterplots where there are none.</param>
/// <param name="Train">Images that the baseline learns from.</param>
/// <param name="Valid">Images to watch the learning on.</param>
/// <param name="Test">Images for the test.</param>
/// <param name="Epochs">Passes of the baseline.</param>
/// <param name="BatchSize">Images per step.</param>
/// <param name="LearningRate">Step size of the baseline's Adam.</param>
/// <param name="Seed">Governs data, networks and order.</param>
sealed record WhatIfSettings(string Source, int Train, int Valid, int Test, int Epochs, int BatchSize, double LearningRate, ulong Seed)
{
    /// <summary>The device beside the processor, by name; null where there is none, or nobody asks for it.</summary>
    public string? Device { get; init; }

    /// <summary>Whether that is a processor too, of which a driver has made a device.</summary>
    public bool DeviceIsProcessor { get; init; }

    /// <summary>The images of the baseline; what experiments need beyond them comes after.</summary>
    public long Images => (long)Train + Valid + Test;
}
