using Candeia.NN;

namespace Candeia.Vision;

/// <summary>Which pixels of a region belong to the thing in it, with torchvision's keys.</summary>
internal sealed class MaskPart
{
    const int Side = 28;

    public MaskPart(int channels, int classes, bool norm)
    {
        int input = channels;
        Sequential Block()
        {
            Sequential block = norm ? Blocks.ConvNorm(input, 256, activation: new ReLU()) : [new Conv2d(input, 256, 3, padding: 1), new ReLU()];
            input = 256;
            return block;
        }
        Head = Sequential.Of([Block(), Block(), Block(), Block()]);
        Predictor = new(256, classes);
        Head.Draw(Blocks.ByOutputs);
    }

    public Sequential Head { get; }

    public MaskPredictor Predictor { get; }

    /// <summary>Of scores [k, classes, 28, 28], with the masks that boxes cut out of the marked things.</summary>
    public static Tensor Loss(Tensor scores, IReadOnlyList<Tensor> boxes, long[] labels, IReadOnlyList<Tensor> masks, int[][] matches)
    {
        if (labels.Length == 0) return scores.Sum() * 0;
        List<Tensor> wanted = [];
        foreach (var (i, of) in matches.Index())
        {
            if (of.Length == 0) continue;
            var regions = Tensor.Cat([Tensor.From([.. of.Select(m => (float)m)], [of.Length, 1]).To(boxes[i].Device), boxes[i]], 1);
            wanted.Add(masks[i].Unsqueeze(1).RoIAlign(regions, Side).Squeeze(1));
        }
        return Own(scores, labels).BceWithLogitsLoss(Tensor.Cat([.. wanted]));
    }

    /// <summary>How sure each pixel is, of the class that a thing is: [k, 28, 28].</summary>
    public static Tensor Probabilities(Tensor scores, long[] labels) => Own(scores, labels).Sigmoid();

    static Tensor Own(Tensor scores, long[] labels)
    {
        int classes = scores.Shape[1];
        return scores.Reshape(-1, Side, Side).IndexSelect(0, Tensor.From([.. labels.Select((l, i) => (long)i * classes + l)], [labels.Length]).To(scores.Device));
    }

    /// <summary>Masks [k, 28, 28] of boxes [k, 4], in a picture: [k, height, width].</summary>
    public static Tensor Paste(Tensor masks, Tensor boxes, Size2d picture)
    {
        int count = masks.Shape[0];
        if (count == 0) return Tensor.Zeros([0, picture.Height, picture.Width]);
        // With a border of zeros, so that edges are smooth.
        var padded = masks.Pad([1, 1, 1, 1]);
        float[] corners = boxes.ToArray<float>(), pasted = new float[count * picture.Height * picture.Width];
        const float larger = (Side + 2f) / Side;
        for (int i = 0; i < count; i++)
        {
            float x = (corners[4 * i] + corners[4 * i + 2]) * 0.5f, y = (corners[4 * i + 1] + corners[4 * i + 3]) * 0.5f;
            float halfWidth = (corners[4 * i + 2] - corners[4 * i]) * 0.5f * larger, halfHeight = (corners[4 * i + 3] - corners[4 * i + 1]) * 0.5f * larger;
            int left = (int)(x - halfWidth), top = (int)(y - halfHeight), width = Math.Max(1, (int)(x + halfWidth) - left + 1), height = Math.Max(1, (int)(y + halfHeight) - top + 1);
            float[] mask = padded.Narrow(0, i, 1).Unsqueeze(1).Interpolate([height, width], Interpolation.Linear).ToArray<float>();
            for (int row = Math.Max(0, top); row < Math.Min(picture.Height, top + height); row++)
                for (int column = Math.Max(0, left); column < Math.Min(picture.Width, left + width); column++)
                    pasted[(i * picture.Height + row) * picture.Width + column] = mask[(row - top) * width + column - left];
        }
        return Tensor.From(pasted, [count, picture.Height, picture.Width]);
    }
}

/// <summary>Scores of every class for each pixel of a region.</summary>
internal sealed class MaskPredictor : Module
{
    readonly ConvTranspose2d conv5Mask;
    readonly Conv2d maskFcnLogits;

    public MaskPredictor(int channels, int classes)
    {
        (conv5Mask, maskFcnLogits) = (new(channels, channels, 2, stride: 2), new(channels, classes, 1));
        Blocks.ByOutputs(maskFcnLogits);
        Init.KaimingNormal(conv5Mask.Weight, mode: FanMode.FanOut, nonlinearity: Nonlinearity.ReLU);
        Init.Zeros(conv5Mask.Bias!);
    }

    public Tensor Of(Tensor x) => x.Apply(conv5Mask).Relu().Apply(maskFcnLogits);
}
