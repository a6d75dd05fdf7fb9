using Candeia.Images;

namespace Candeia.Vision;

/// <summary>How alike what was found in a picture and what is there are, 0 to 1.</summary>
internal abstract class Likeness
{
    /// <summary>How alike a found thing and one that is there are.</summary>
    public abstract double Of(int found, int there);

    /// <summary>The area of a found thing, in pixels.</summary>
    public abstract double FoundArea(int found);

    /// <summary>The area of a thing that is there.</summary>
    public abstract double Area(int there);

    /// <summary>Whether it matters that a thing is found.</summary>
    public virtual bool Counts(int there) => true;

    /// <exception cref="ArgumentException">What is compared is not there.</exception>
    public static Likeness Between(Compared what, Detections found, Annotated truth, IReadOnlyList<double> spreads) => what switch
    {
        Compared.Masks => new MaskLikeness(
            found.Masks ?? throw new ArgumentException("Masks are compared, and none were found; use a network that gives some, such as MaskRcnn.", nameof(found)), MasksOf(truth)),
        Compared.KeyPoints => new PlaceLikeness(
            found.KeyPoints?.Values ?? throw new ArgumentException("Places are compared, and none were found; use a network that gives some, such as KeyPointRcnn.", nameof(found)), truth, spreads),
        _ => new BoxLikeness(found.Boxes, truth.Boxes!),
    };

    /// <summary>A mask of each thing.</summary>
    static Tensor MasksOf(Annotated truth) => truth.Mask is { Values: { Rank: 3 } masks } && masks.Shape[0] == truth.Boxes!.Count ? masks
        : throw new ArgumentException("Masks are compared, and the picture has not one for each box.", nameof(truth));
}
