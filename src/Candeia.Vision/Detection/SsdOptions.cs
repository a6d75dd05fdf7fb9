namespace Candeia.Vision;

/// <summary>What SSD takes and gives. The defaults are torchvision's.</summary>
public sealed record SsdOptions
{
    /// <summary>From so much overlap with a marked box on a default box is that thing; the best of each marked one always is.</summary>
    public double ForegroundIou { get; init; } = 0.5;

    /// <summary>How many of the boxes that are learnt from are things: 0.25 lets three that are none, the worst mistaken ones, come on each.</summary>
    public double PositiveFraction { get; init; } = 0.25;

    /// <summary>Boxes that are no surer are not given.</summary>
    public double ScoreThreshold { get; init; } = 0.01;

    /// <summary>Of boxes of a class that overlap more the best is given.</summary>
    public double NmsThreshold { get; init; } = 0.45;

    /// <summary>The surest of each class that are looked at.</summary>
    public int Candidates { get; init; } = 400;

    /// <summary>How many boxes of a picture are given at most.</summary>
    public int DetectionsPerImage { get; init; } = 200;

    /// <summary>What is taken away from each colour, red, green, blue, of pictures from 0 to 1.</summary>
    public IReadOnlyList<float> Mean { get; init; } = [0.485f, 0.456f, 0.406f];

    /// <summary>What each colour is divided by then.</summary>
    public IReadOnlyList<float> Std { get; init; } = [0.229f, 0.224f, 0.225f];
}
