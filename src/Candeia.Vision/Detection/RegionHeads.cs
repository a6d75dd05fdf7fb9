using Candeia.Images;
using Candeia.NN;

namespace Candeia.Vision;

/// <summary>What the second part of a two-part network takes and gives. The defaults are torchvision's.</summary>
public sealed record RegionOptions
{
    /// <summary>From so much overlap with a marked box on a proposal is that thing, below it is none.</summary>
    public double ForegroundIou { get; init; } = 0.5;

    /// <summary>Proposals of a picture that are learnt from.</summary>
    public int BatchPerImage { get; init; } = 512;

    /// <summary>How many of them are things at most.</summary>
    public double PositiveFraction { get; init; } = 0.25;

    /// <summary>Boxes that are no surer are not given.</summary>
    public double ScoreThreshold { get; init; } = 0.05;

    /// <summary>Of boxes of a class that overlap more the best is given.</summary>
    public double NmsThreshold { get; init; } = 0.5;

    /// <summary>How many boxes of a picture are given at most.</summary>
    public int DetectionsPerImage { get; init; } = 100;
}

/// <summary>What proposals are, and by how much they are beside it, with torchvision's keys.</summary>
internal sealed class RegionHeads : Module
{
    const double SmallestSide = 1e-2, Beta = 1.0 / 9;

    readonly Layer boxHead;
    readonly BoxPredictor boxPredictor;
    readonly Layer? maskHead, keypointHead;
    readonly MaskPredictor? maskPredictor;
    readonly KeyPointPredictor? keypointPredictor;
    readonly RegionOptions _options;
    readonly RegionPool _pool;
    readonly BoxCoder _coder = new(10, 5);
    readonly Matcher _matcher;

    public RegionHeads(Layer head, int features, int classes, RegionOptions options, RegionPool pool, MaskPart? masks, KeyPointPart? places)
    {
        (maskHead, maskPredictor, keypointHead, keypointPredictor) = (masks?.Head, masks?.Predictor, places?.Head, places?.Predictor);
        (boxHead, boxPredictor, _options, _pool) = (head, new(features, classes), options, pool);
        _matcher = new(options.ForegroundIou, options.ForegroundIou, best: false);
    }

    /// <summary>Proposals to learn from: those of the network and the marked boxes themselves, a few of each kind.</summary>
    public IReadOnlyList<Samples> Select(IReadOnlyList<Tensor> proposals, IReadOnlyList<Tensor> truth, IReadOnlyList<long[]> labels) => [.. proposals.Select((found, i) =>
    {
        var all = Tensor.Cat([found.Detach(), truth[i]]);
        int[] matches = _matcher.Match(truth[i], all);
        long[] of = [.. matches.Select(m => m >= 0 ? labels[i][m] : m == Matcher.None ? 0 : -1)];
        var (things, others) = Matcher.Sample(of, _options.BatchPerImage, _options.PositiveFraction, Generator.Default);
        // In the order in which they came, as torchvision has them.
        long[] kept = [.. things.Concat(others).Order()];
        return new Samples(all.IndexSelect(0, Tensor.From(kept, [kept.Length]).To(all.Device)), [.. kept.Select(k => of[k])], [.. kept.Select(k => Math.Max(0, matches[k]))]);
    })];

    /// <summary>How wrong classes are, and boxes, and masks and places where there are such.</summary>
    public Dictionary<string, Tensor> Losses(IReadOnlyList<Tensor> maps, PictureBatch pictures, IReadOnlyList<Samples> samples, IReadOnlyList<Detector.Target> targets)
    {
        var (classifier, moves) = Losses(maps, pictures, samples, [.. targets.Select(t => t.Boxes)]);
        Dictionary<string, Tensor> losses = new() { ["loss_classifier"] = classifier, ["loss_box_reg"] = moves };
        if (maskHead is null && keypointHead is null) return losses;
        // Masks and places are learnt from those that are things.
        int[][] kept = [.. samples.Select(s => Enumerable.Range(0, s.Labels.Length).Where(i => s.Labels[i] > 0).ToArray())];
        Tensor[] boxes = [.. samples.Select((s, i) => s.Boxes.IndexSelect(0, Tensor.From([.. kept[i].Select(k => (long)k)], [kept[i].Length]).To(s.Boxes.Device)))];
        int[][] matches = [.. samples.Select((s, i) => kept[i].Select(k => s.Matches[k]).ToArray())];
        if (maskHead is not null)
        {
            Tensor[] masks = [.. targets.Select((t, i) => t.Masks ?? throw new ArgumentException($"Picture {i} has no mask for each box; Mask R-CNN learns from Mask values [boxes, height, width]."))];
            losses["loss_mask"] = MaskPart.Loss(Masks(maps, pictures, boxes), boxes, [.. samples.SelectMany((s, i) => kept[i].Select(k => s.Labels[k]))], masks, matches);
        }
        if (keypointHead is not null)
        {
            Tensor[] points = [.. targets.Select((t, i) => t.KeyPoints ?? throw new ArgumentException($"Picture {i} has no key points for each box; Keypoint R-CNN learns from KeyPoints values [boxes, places, 3]."))];
            losses["loss_keypoint"] = KeyPointPart.Loss(Places(maps, pictures, boxes), boxes, points, matches);
        }
        return losses;
    }

    Tensor Masks(IReadOnlyList<Tensor> maps, PictureBatch pictures, IReadOnlyList<Tensor> boxes) => maskPredictor!.Of(_pool.Of(maps, pictures, boxes, 14).Apply(maskHead!));

    Tensor Places(IReadOnlyList<Tensor> maps, PictureBatch pictures, IReadOnlyList<Tensor> boxes) => keypointPredictor!.Of(_pool.Of(maps, pictures, boxes, 14).Apply(keypointHead!));

    (Tensor Classifier, Tensor Moves) Losses(IReadOnlyList<Tensor> maps, PictureBatch pictures, IReadOnlyList<Samples> samples, IReadOnlyList<Tensor> truth)
    {
        var (scores, codes) = Predict(maps, pictures, [.. samples.Select(s => s.Boxes)]);
        long[] labels = [.. samples.SelectMany(s => s.Labels)];
        var device = scores.Device;
        var classifier = scores.CrossEntropyLoss(Tensor.From(labels).To(device));
        long[] things = [.. Enumerable.Range(0, labels.Length).Where(i => labels[i] > 0).Select(i => (long)i)];
        var each = codes.Reshape(labels.Length, -1, 4);
        if (things.Length == 0) return (classifier, each.Sum() * 0);
        var boxes = Tensor.Cat([.. samples.Select(s => s.Boxes)]);
        var marked = Tensor.Cat([.. samples.Select((s, i) => truth[i].Shape[0] > 0 ? truth[i].IndexSelect(0, Tensor.From([.. s.Matches.Select(m => (long)m)]).To(device)) : s.Boxes)]);
        var index = Tensor.From(things).To(device);
        var wanted = _coder.Encode(marked.IndexSelect(0, index), boxes.IndexSelect(0, index));
        // Of the boxes of all classes that of the right one.
        var place = Tensor.From([.. things.Select(t => t * each.Shape[1] + labels[t])]).To(device);
        var seen = each.Reshape(-1, 4).IndexSelect(0, place);
        return (classifier, seen.SmoothL1Loss(wanted, Beta, Reduction.Sum) / labels.Length);
    }

    /// <summary>What proposals turn out to be, in pixels of what the network sees.</summary>
    public IReadOnlyList<Detections> Find(IReadOnlyList<Tensor> maps, PictureBatch pictures, IReadOnlyList<Tensor> proposals)
    {
        var (scores, codes) = Predict(maps, pictures, proposals);
        var sure = scores.Softmax(1);
        int classes = scores.Shape[1], from = 0;
        List<Detections> all = [];
        foreach (var (i, boxes) in proposals.Index())
        {
            int count = boxes.Shape[0];
            var spread = boxes.Unsqueeze(1).Expand([count, classes, 4]).Reshape(-1, 4);
            var moved = DetectionBoxes.Clip(_coder.Decode(codes.Narrow(0, from, count).Reshape(-1, 4), spread), pictures.Sizes[i]);
            all.Add(DetectionBoxes.Best(moved, sure.Narrow(0, from, count).Flatten(), [.. Enumerable.Range(0, count * classes).Select(k => (long)(k % classes))], k => k > 0,
                _options.ScoreThreshold, SmallestSide, _options.NmsThreshold, _options.DetectionsPerImage));
            from += count;
        }
        int at = 0;
        Tensor[] found = [.. all.Select(a => a.Boxes.Values)];
        if (maskHead is not null)
        {
            var masks = MaskPart.Probabilities(Masks(maps, pictures, found), [.. all.SelectMany(a => a.Labels.ToArray<long>())]);
            all = [.. all.Select(a => a with { Masks = masks.Narrow(0, (at += a.Count) - a.Count, a.Count) })];
        }
        if (keypointHead is not null)
        {
            at = 0;
            var places = Places(maps, pictures, found);
            all = [.. all.Select(a => KeyPointPart.Located(a, places.Narrow(0, (at += a.Count) - a.Count, a.Count)))];
        }
        return all;
    }

    (Tensor Scores, Tensor Codes) Predict(IReadOnlyList<Tensor> maps, PictureBatch pictures, IReadOnlyList<Tensor> boxes) =>
        boxPredictor.Of(_pool.Of(maps, pictures, boxes, 7).Apply(boxHead).Flatten(1));

    /// <summary>Boxes to learn from, what they are, and which marked ones they stand for.</summary>
    public sealed record Samples(Tensor Boxes, long[] Labels, int[] Matches);
}

/// <summary>Scores of all classes, and a box for each.</summary>
internal sealed class BoxPredictor(int features, int classes) : Module
{
    readonly Linear clsScore = new(features, classes), bboxPred = new(features, 4 * classes);

    public (Tensor Scores, Tensor Codes) Of(Tensor x) => (x.Apply(clsScore), x.Apply(bboxPred));
}

/// <summary>Two layers on all that is seen in a region.</summary>
internal sealed class BoxHead(int input, int features) : Layer
{
    readonly Linear fc6 = new(input, features), fc7 = new(features, features);

    public override Tensor Forward(Tensor x) => x.Flatten(1).Apply(fc6).Relu().Apply(fc7).Relu();
}

/// <summary>What maps of several resolutions see in regions: each is looked up where it has about as many places as the others.</summary>
/// <param name="levels">How many of the maps are looked at, the finest first.</param>
internal sealed class RegionPool(int levels)
{
    const int SamplingRatio = 2, CanonicalSize = 224, CanonicalLevel = 4;

    /// <summary>[all regions, channels, size, size], those of the first picture first.</summary>
    public Tensor Of(IReadOnlyList<Tensor> maps, PictureBatch pictures, IReadOnlyList<Tensor> boxes, int size)
    {
        int height = pictures.Sizes.Max(s => s.Height);
        double[] scales = [.. maps.Take(levels).Select(m => Math.Pow(2, Math.Round(Math.Log2((double)m.Shape[2] / height))))];
        var regions = RegionOps.Regions(boxes);
        float[] numbers = regions.ToArray<float>();
        int first = (int)-Math.Log2(scales[0]), last = (int)-Math.Log2(scales[^1]), count = regions.Shape[0];
        int[] level = new int[count];
        for (int i = 0; i < count; i++)
        {
            float area = (numbers[5 * i + 3] - numbers[5 * i + 1]) * (numbers[5 * i + 4] - numbers[5 * i + 2]);
            level[i] = (int)Math.Clamp(Math.Floor(CanonicalLevel + Math.Log2(Math.Sqrt(area) / CanonicalSize) + 1e-6), first, last) - first;
        }
        List<Tensor> seen = [];
        List<long> order = [];
        for (int l = 0; l < scales.Length; l++)
        {
            long[] here = [.. Enumerable.Range(0, count).Where(i => level[i] == l).Select(i => (long)i)];
            if (here.Length == 0) continue;
            seen.Add(maps[l].RoIAlign(regions.IndexSelect(0, Tensor.From(here).To(regions.Device)), size, scales[l], SamplingRatio));
            order.AddRange(here);
        }
        if (count == 0) return Tensor.Zeros([0, maps[0].Shape[1], size, size], maps[0].DType, maps[0].Device);
        long[] back = new long[count];
        foreach (var (place, region) in order.Index()) back[region] = place;
        return Tensor.Cat([.. seen]).IndexSelect(0, Tensor.From(back).To(maps[0].Device));
    }
}
