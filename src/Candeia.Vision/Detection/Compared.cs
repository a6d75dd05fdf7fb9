namespace Candeia.Vision;

/// <summary>What <see cref="MeanAveragePrecision"/> compares of what was found and what is there.</summary>
public enum Compared
{
    /// <summary>Boxes: their common area over that of both together.</summary>
    Boxes,

    /// <summary>Masks: the pixels that both have over those that any has.</summary>
    Masks,

    /// <summary>Places of bodies: how near they are, by COCO's measure (object keypoint similarity).</summary>
    KeyPoints,
}
