using Candeia.NN;

namespace Candeia.Vision;

/// <summary>
/// SSD (<see href="https://arxiv.org/abs/1512.02325">Liu et al. 2016</see>) with torchvision's keys and defaults: every map says at once what is in its default boxes and
/// how they are moved. All pictures are brought to one size, so it is fast.
/// </summary>
/// <example><code>
/// var net = new Ssd(new ResNet([1, 1, 1, 1], classes: 0, width: 8), DefaultBoxes.Even([[2], [2], [2], [2]]), (64, 64), classes: 3);
/// net.Eval();
/// Console.WriteLine(net.Detect(Tensor.Rand([3, 50, 60])).Count);           // → 1
/// </code></example>
public sealed class Ssd : Detector
{
    readonly Backbone backbone;
    readonly SsdHead head;
    readonly DefaultBoxes _boxes;
    readonly SsdOptions _options;
    readonly BoxCoder _coder = new(10, 5);
    readonly Matcher _matcher;

    /// <param name="backbone">What sees the picture, in as many maps as there are default boxes for.</param>
    /// <param name="boxes">The boxes that are looked at.</param>
    /// <param name="size">Rows and columns that pictures are brought to.</param>
    /// <param name="classes">How many classes there are, what is no thing among them.</param>
    /// <param name="options">What it takes and gives.</param>
    /// <exception cref="ArgumentException">There are other maps than default boxes.</exception>
    public Ssd(Backbone backbone, DefaultBoxes boxes, Size2d size, int classes, SsdOptions? options = null) : this(backbone, boxes, size, classes, options, light: false) { }

    internal Ssd(Backbone backbone, DefaultBoxes boxes, Size2d size, int classes, SsdOptions? options, bool light)
    {
        ArgumentNullException.ThrowIfNull(backbone);
        ArgumentNullException.ThrowIfNull(boxes);
        ArgumentOutOfRangeException.ThrowIfLessThan(classes, 2);
        if (boxes.PerPlace.Count != backbone.Channels.Count)
            throw new ArgumentException($"There are default boxes for {boxes.PerPlace.Count} maps, and the backbone has {backbone.Channels.Count}.", nameof(boxes));
        (this.backbone, _boxes, Classes, _options) = (backbone, boxes, classes, options ?? new());
        Form = PictureForm.Fixed(size) with { Mean = _options.Mean, Std = _options.Std };
        _matcher = new(_options.ForegroundIou, _options.ForegroundIou, best: false);
        head = new(backbone.Channels, boxes.PerPlace, classes, light);
    }

    /// <inheritdoc/>
    public override int Classes { get; }

    private protected override PictureForm Form { get; }

    private protected override IReadOnlyDictionary<string, Tensor> Losses(PictureBatch pictures, IReadOnlyList<Target> targets)
    {
        var (scores, codes, boxes) = See(pictures);                           // [n, all, classes], [n, all, 4], [all, 4]
        int all = boxes.Shape[0];
        long[] labels = new long[targets.Count * all];
        List<long> things = [];
        List<Tensor> wanted = [];
        foreach (var (i, target) in targets.Index())
        {
            int[] matches = Match(target.Boxes, boxes);
            long[] some = [.. Enumerable.Range(0, all).Where(a => matches[a] >= 0).Select(a => (long)a)];
            foreach (long a in some) labels[i * all + a] = target.Labels[matches[a]];
            things.AddRange(some.Select(a => i * all + a));
            if (some.Length > 0)
                wanted.Add(_coder.Encode(target.Boxes.IndexSelect(0, Tensor.From([.. some.Select(a => (long)matches[a])]).To(boxes.Device)), boxes.IndexSelect(0, Tensor.From(some).To(boxes.Device))));
        }
        var seen = codes.Reshape(-1, 4).IndexSelect(0, Tensor.From([.. things], [things.Count]).To(codes.Device));
        var moves = wanted.Count > 0 ? seen.SmoothL1Loss(Tensor.Cat([.. wanted]), reduction: Reduction.Sum) : seen.Sum();
        var wrong = scores.Reshape(-1, Classes).CrossEntropyLoss(Tensor.From(labels).To(scores.Device), reduction: Reduction.None);
        long[] asked = [.. things, .. Mistaken(wrong.ToArray<float>(), labels, all)];
        int count = Math.Max(1, things.Count);
        return new Dictionary<string, Tensor>
        {
            ["bbox_regression"] = moves / count,
            ["classification"] = wrong.IndexSelect(0, Tensor.From(asked, [asked.Length]).To(wrong.Device)).Sum() / count,
        };
    }

    /// <summary>Which thing each default box is, where it is one: it overlaps, or nothing overlaps the thing more.</summary>
    int[] Match(Tensor marked, Tensor boxes)
    {
        int[] matches = _matcher.Match(marked, boxes);
        if (marked.Shape[0] > 0)
            foreach (var (thing, best) in BoxOps.Iou(marked, boxes).ArgMax(1).ToArray<long>().Index()) matches[best] = thing;
        return matches;
    }

    /// <summary>Of each picture the boxes around nothing that are most taken for something, some for each thing in it.</summary>
    IEnumerable<long> Mistaken(float[] wrong, long[] labels, int all)
    {
        double others = (1 - _options.PositiveFraction) / _options.PositiveFraction;
        for (int from = 0; from < labels.Length; from += all)
        {
            int[] nothing = [.. Enumerable.Range(from, all).Where(a => labels[a] == 0)];
            int most = (int)Math.Ceiling(others * (all - nothing.Length));
            foreach (int a in nothing.OrderByDescending(a => wrong[a]).Take(most)) yield return a;
        }
    }

    private protected override IReadOnlyList<Detections> Find(PictureBatch pictures)
    {
        var (scores, codes, boxes) = See(pictures);
        int all = boxes.Shape[0];
        var likely = scores.Softmax(2);
        return [.. pictures.Sizes.Select((size, i) =>
        {
            var moved = DetectionBoxes.Clip(_coder.Decode(codes[i], boxes), size);
            float[] sure = likely[i].Flatten().ToArray<float>();
            (int Box, int Label)[] best = [.. Enumerable.Range(1, Classes - 1).SelectMany(label => Enumerable.Range(0, all).Where(a => sure[a * Classes + label] > _options.ScoreThreshold)
                .OrderByDescending(a => sure[a * Classes + label]).Take(_options.Candidates).Select(a => (a, label)))];
            var index = Tensor.From([.. best.Select(b => (long)b.Box)], [best.Length]).To(boxes.Device);
            var how = Tensor.From([.. best.Select(b => sure[b.Box * Classes + b.Label])], [best.Length]).To(boxes.Device);
            return DetectionBoxes.Best(
                moved.IndexSelect(0, index), how, [.. best.Select(b => (long)b.Label)], _ => true, _options.ScoreThreshold, 0, _options.NmsThreshold, _options.DetectionsPerImage);
        })];
    }

    (Tensor Scores, Tensor Codes, Tensor Boxes) See(PictureBatch pictures)
    {
        var maps = backbone.Stages(pictures.Pictures);
        var (scores, codes) = head.Of(maps);
        var boxes = _boxes.Of((pictures.Pictures.Shape[2], pictures.Pictures.Shape[3]), [.. maps.Select(m => (Size2d)(m.Shape[2], m.Shape[3]))]);
        return (scores, codes, boxes.To(scores.Device));
    }
}
