using Candeia.Images;
using Candeia.NN;

namespace Candeia.Vision;

/// <summary>Where in a region certain places of the thing in it are, with torchvision's keys.</summary>
internal sealed class KeyPointPart
{
    const int Layers = 8, Channels = 512;

    public KeyPointPart(int channels, int places)
    {
        Head = Sequential.Of([.. Enumerable.Range(0, Layers).SelectMany(i => (Layer[])[new Conv2d(i == 0 ? channels : Channels, Channels, 3, padding: 1), new ReLU()])]);
        Predictor = new(Channels, places);
        Head.Draw(Blocks.ByOutputs);
    }

    public Sequential Head { get; }

    public KeyPointPredictor Predictor { get; }

    /// <summary>Of scores [k, places, side, side]: each seen place is one cell of its box.</summary>
    public static Tensor Loss(Tensor scores, IReadOnlyList<Tensor> boxes, IReadOnlyList<Tensor> points, int[][] matches)
    {
        int places = scores.Shape[1], side = scores.Shape[2], at = 0;
        List<long> rows = [], cells = [];
        foreach (var (i, of) in matches.Index())
        {
            float[] corners = boxes[i].ToArray<float>(), all = points[i].ToArray<float>();
            for (int k = 0; k < of.Length; k++, at++)
                for (int p = 0; p < places; p++)
                {
                    int from = (of[k] * places + p) * 3;
                    int? column = Cell(all[from], corners[4 * k], corners[4 * k + 2], side), row = Cell(all[from + 1], corners[4 * k + 1], corners[4 * k + 3], side);
                    if (!(all[from + 2] > 0) || column is not { } x || row is not { } y) continue;
                    rows.Add((long)at * places + p);
                    cells.Add(y * side + x);
                }
        }
        if (rows.Count == 0) return scores.Sum() * 0;
        return scores.Reshape(-1, side * side).IndexSelect(0, Tensor.From([.. rows]).To(scores.Device)).CrossEntropyLoss(Tensor.From([.. cells]).To(scores.Device));
    }

    /// <summary>The cell of a box in which a place lies; null where it lies outside.</summary>
    static int? Cell(float place, float from, float to, int side)
    {
        int cell = place == to ? side - 1 : (int)MathF.Floor((place - from) * (side / (to - from)));
        return cell >= 0 && cell < side ? cell : null;
    }

    /// <summary>Where scores [k, places, side, side] are highest, once they are as large as the box.</summary>
    public static Detections Located(Detections found, Tensor scores)
    {
        int count = found.Count, places = scores.Shape[1];
        float[] corners = found.Boxes.Values.ToArray<float>(), points = new float[count * places * 3], sure = new float[count * places];
        for (int i = 0; i < count; i++)
        {
            float left = corners[4 * i], top = corners[4 * i + 1], width = Math.Max(1, corners[4 * i + 2] - left), height = Math.Max(1, corners[4 * i + 3] - top);
            int columns = (int)MathF.Ceiling(width), rows = (int)MathF.Ceiling(height);
            float[] map = scores.Narrow(0, i, 1).Interpolate([rows, columns], Interpolation.Cubic).ToArray<float>();
            for (int p = 0; p < places; p++)
            {
                var of = map.AsSpan(p * rows * columns, rows * columns);
                int best = System.Numerics.Tensors.TensorPrimitives.IndexOfMax<float>(of), to = (i * places + p) * 3;
                (points[to], points[to + 1], points[to + 2]) = ((best % columns + 0.5f) * (width / columns) + left, (best / columns + 0.5f) * (height / rows) + top, 1);
                sure[i * places + p] = of[best];
            }
        }
        return found with { KeyPoints = new(Tensor.From(points, [count, places, 3])), KeyPointScores = Tensor.From(sure, [count, places]) };
    }
}

/// <summary>Scores of every place for each cell of a region.</summary>
internal sealed class KeyPointPredictor : Module
{
    readonly ConvTranspose2d kpsScoreLowres;

    public KeyPointPredictor(int channels, int places)
    {
        kpsScoreLowres = new(channels, places, 4, stride: 2, padding: 1);
        Init.KaimingNormal(kpsScoreLowres.Weight, mode: FanMode.FanOut, nonlinearity: Nonlinearity.ReLU);
        Init.Zeros(kpsScoreLowres.Bias!);
    }

    public Tensor Of(Tensor x)
    {
        var scores = x.Apply(kpsScoreLowres);
        return scores.Interpolate([2 * scores.Shape[2], 2 * scores.Shape[3]], Interpolation.Linear);
    }
}
