namespace Candeia.Vision;

/// <summary>What the first part of a two-part network takes and gives. The defaults are torchvision's.</summary>
public sealed record ProposalOptions
{
    /// <summary>From so much overlap with a marked box on an anchor is a thing.</summary>
    public double ForegroundIou { get; init; } = 0.7;

    /// <summary>Below so much it is none.</summary>
    public double BackgroundIou { get; init; } = 0.3;

    /// <summary>Anchors of a picture that are learnt from.</summary>
    public int BatchPerImage { get; init; } = 256;

    /// <summary>How many of them are things at most.</summary>
    public double PositiveFraction { get; init; } = 0.5;

    /// <summary>The best of each map that are looked at, in training and afterwards.</summary>
    public (int Train, int Test) PreNms { get; init; } = (2000, 1000);

    /// <summary>How many of all are given on, in training and afterwards.</summary>
    public (int Train, int Test) PostNms { get; init; } = (2000, 1000);

    /// <summary>Of boxes that overlap more the best is given on.</summary>
    public double NmsThreshold { get; init; } = 0.7;

    /// <summary>Boxes that are no surer a thing are not given on.</summary>
    public double ScoreThreshold { get; init; }
}
