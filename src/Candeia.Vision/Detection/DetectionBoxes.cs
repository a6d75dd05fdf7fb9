using Candeia.Images;
using Candeia.NN;

namespace Candeia.Vision;

/// <summary>What the parts of networks for boxes have in common.</summary>
internal static class DetectionBoxes
{
    /// <summary>The parts of boxes that lie in a picture.</summary>
    public static Tensor Clip(Tensor boxes, Size2d picture) => Tensor.Stack(
        [boxes[.., 0].Clamp(0, picture.Width), boxes[.., 1].Clamp(0, picture.Height), boxes[.., 2].Clamp(0, picture.Width), boxes[.., 3].Clamp(0, picture.Height)], 1);

    /// <summary>Whether both sides of boxes are so long.</summary>
    public static Tensor Large(Tensor boxes, double side) => (boxes[.., 2] - boxes[.., 0] >= side).LogicalAnd(boxes[.., 3] - boxes[.., 1] >= side);

    /// <summary>The best boxes [n, 4] with scores [n] of their labels: sure, large, and in each class apart from each other.</summary>
    public static Detections Best(Tensor boxes, Tensor scores, long[] labels, Func<long, bool> counts, double score, double side, double overlap, int most)
    {
        float[] sure = scores.ToArray<float>(), corners = boxes.ToArray<float>();
        long[] good = [.. Enumerable.Range(0, sure.Length).Where(i => sure[i] > score && counts(labels[i])
            && corners[4 * i + 2] - corners[4 * i] >= side && corners[4 * i + 3] - corners[4 * i + 1] >= side).Select(i => (long)i)];
        var index = Tensor.From(good, [good.Length]).To(boxes.Device);
        var found = new Detections(new(boxes.IndexSelect(0, index)), Tensor.From([.. good.Select(g => labels[g])], [good.Length]).To(boxes.Device), scores.IndexSelect(0, index));
        long[] kept = BoxOps.BatchedNms(found.Boxes.Values, found.Scores, found.Labels, overlap).ToArray<long>();
        return found.Select([.. kept.Take(most)]);
    }

    /// <summary>The surest of the classes of all anchors of a map, the best first: which anchors, how sure, which classes.</summary>
    /// <param name="scores">[anchors, classes].</param>
    /// <param name="score">No surer ones are looked at.</param>
    /// <param name="most">How many at most.</param>
    public static (Tensor Places, Tensor Scores, long[] Labels) Surest(Tensor scores, double score, int most)
    {
        int classes = scores.Shape[1];
        float[] sure = scores.Flatten().ToArray<float>();
        int[] best = [.. Enumerable.Range(0, sure.Length).Where(k => sure[k] > score).OrderByDescending(k => sure[k]).Take(most)];
        return (Tensor.From([.. best.Select(k => (long)(k / classes))], [best.Length]), Tensor.From([.. best.Select(k => sure[k])], [best.Length]), [.. best.Select(k => (long)(k % classes))]);
    }

    /// <summary>[n, anchors · values, h, w] → [n, h · w · anchors, values].</summary>
    public static Tensor ByPlace(Tensor x, int values)
    {
        int count = x.Shape[0], height = x.Shape[2], width = x.Shape[3];
        return x.Reshape(count, -1, values, height, width).Permute(0, 3, 4, 1, 2).Reshape(count, -1, values);
    }

    /// <summary>
    /// Initial weights that say little at first: torchvision's for its 256 channels, and for fewer so much larger that as much comes through. Four narrow layers of such
    /// weights as torchvision's would let nothing through, and nothing would be learnt.
    /// </summary>
    public static void Small(Conv2d conv)
    {
        Init.Normal(conv.Weight, std: 0.01 * Math.Sqrt(256.0 / conv.Weight.Shape[1]));
        if (conv.Bias is { } bias) Init.Zeros(bias);
    }
}
