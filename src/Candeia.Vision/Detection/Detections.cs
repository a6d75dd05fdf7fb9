using Candeia.Images;

namespace Candeia.Vision;

/// <summary>What a network has found in a picture, the surest first.</summary>
/// <param name="Boxes">Boxes in pixels of the picture, [n, 4].</param>
/// <param name="Labels">What each is a box around, int64 [n]; classes begin at 1.</param>
/// <param name="Scores">How sure the network is of each, 0 to 1, [n].</param>
public sealed record Detections(Boxes Boxes, Tensor Labels, Tensor Scores)
{
    /// <summary>How sure the network is of each pixel of the picture that it belongs to each thing, 0 to 1, [n, height, width]; where it gives masks.</summary>
    public Tensor? Masks { get; init; }

    /// <summary>Places of each thing, [n, places, 3], where the network gives any; the third number is 1.</summary>
    public KeyPoints? KeyPoints { get; init; }

    /// <summary>How sure the network is of each place, any number, [n, places].</summary>
    public Tensor? KeyPointScores { get; init; }

    /// <summary>How many there are.</summary>
    public int Count => Boxes.Count;

    /// <summary>Those of which the network is surer than that.</summary>
    /// <param name="score">0 to 1.</param>
    public Detections Above(double score)
    {
        double[] scores = Scores.ToArray<double>();
        return Select([.. Enumerable.Range(0, Count).Where(i => scores[i] > score).Select(i => (long)i)]);
    }

    internal Detections Select(long[] kept)
    {
        var index = Tensor.From(kept, [kept.Length]);
        return this with
        {
            Boxes = Boxes with { Values = Boxes.Values.IndexSelect(0, index) },
            Labels = Labels.IndexSelect(0, index),
            Scores = Scores.IndexSelect(0, index),
            Masks = Masks?.IndexSelect(0, index),
            KeyPoints = KeyPoints is null ? null : new(KeyPoints.Values.IndexSelect(0, index)),
            KeyPointScores = KeyPointScores?.IndexSelect(0, index),
        };
    }
}
