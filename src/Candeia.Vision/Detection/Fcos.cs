using Candeia.NN;

namespace Candeia.Vision;

/// <summary>
/// FCOS (<see href="https://arxiv.org/abs/1904.01355">Tian et al. 2019</see>) with torchvision's keys and defaults: each place of the maps says how far it is to the four
/// sides of the thing that it lies in, and how near its middle it is.
/// </summary>
/// <example><code>
/// var pyramid = new FeaturePyramid(new ResNet([1, 1, 1, 1], classes: 0, width: 8), 32, stages: [1, 2, 3], coarser: CoarserMaps.OfMap);
/// var net = new Fcos(pyramid, classes: 3, minSize: 64, maxSize: 96);
/// net.Eval();
/// Console.WriteLine(net.Detect(Tensor.Rand([3, 50, 60]))[0].Count);        // → 0
/// </code></example>
public sealed class Fcos : Detector
{
    const int MostOfMap = 1000;

    readonly FeaturePyramid backbone;
    readonly FcosHead head;
    readonly AnchorGenerator _anchors;
    readonly double _radius, _score, _overlap;
    readonly int _most;

    /// <param name="backbone">What sees the picture, such as one of three stages with two coarser maps; its channels are a multiple of 32.</param>
    /// <param name="classes">How many classes there are, what is no thing among them.</param>
    /// <param name="minSize">The shorter side of pictures is brought to so many pixels,</param>
    /// <param name="maxSize">or to fewer, so that the longer one has no more than these.</param>
    /// <param name="places">What a place is: one square for each map, as wide as its places lie apart; 8, 16, 32, … pixels, if none are given.</param>
    /// <param name="radius">Places no farther from the middle of a thing than so many squares learn from it.</param>
    /// <param name="scoreThreshold">Boxes that are no surer are not given.</param>
    /// <param name="nmsThreshold">Of boxes of a class that overlap more the best is given.</param>
    /// <param name="detectionsPerImage">How many boxes of a picture are given at most.</param>
    /// <exception cref="ArgumentException">There are other maps than squares, or several squares for a place.</exception>
    public Fcos(
        FeaturePyramid backbone, int classes, int minSize = 800, int maxSize = 1333, AnchorGenerator? places = null, double radius = 1.5, double scoreThreshold = 0.2, double nmsThreshold = 0.6,
        int detectionsPerImage = 100)
    {
        ArgumentNullException.ThrowIfNull(backbone);
        ArgumentOutOfRangeException.ThrowIfLessThan(classes, 2);
        (this.backbone, Classes, Form) = (backbone, classes, new(minSize, maxSize));
        (_radius, _score, _overlap, _most) = (radius, scoreThreshold, nmsThreshold, detectionsPerImage);
        int levels = backbone.Channels.Count;
        _anchors = places ?? new([.. Enumerable.Range(0, levels).Select(i => (IReadOnlyList<int>)[8 << i])], [1]);
        if (_anchors.Levels != levels || _anchors.PerPlace != 1)
            throw new ArgumentException($"There is one square for a place of each of {levels} maps, not {_anchors.PerPlace} for {_anchors.Levels}.", nameof(places));
        head = new(backbone.Channels[0], classes);
    }

    /// <inheritdoc/>
    public override int Classes { get; }

    private protected override PictureForm Form { get; }

    private protected override IReadOnlyDictionary<string, Tensor> Losses(PictureBatch pictures, IReadOnlyList<Target> targets)
    {
        var (scores, sides, middles, places, perMap) = See(pictures);         // [n, all, classes], [n, all, 4], [n, all], [all, 4]
        var squares = FcosPlaces.Of(places, perMap);
        int all = places.Shape[0];
        List<long> things = [], of = [], labels = [];
        List<Tensor> boxes = [];
        foreach (var (i, target) in targets.Index())
        {
            int[] matches = squares.Match(target.Boxes.ToArray<float>(), _radius);
            int[] some = [.. Enumerable.Range(0, all).Where(a => matches[a] >= 0)];
            things.AddRange(some.Select(a => (long)i * all + a));
            of.AddRange(some.Select(a => (long)a));
            labels.AddRange(some.Select(a => target.Labels[matches[a]]));
            if (some.Length > 0) boxes.Add(target.Boxes.IndexSelect(0, Tensor.From([.. some.Select(a => (long)matches[a])]).To(target.Boxes.Device)));
        }
        var device = scores.Device;
        var wanted = Tensor.Zeros([targets.Count * all, Classes]);
        if (things.Count > 0) wanted[Tensor.From([.. things]), Tensor.From([.. labels])] = 1;
        Tensor index = Tensor.From([.. things], [things.Count]).To(device), from = places.IndexSelect(0, Tensor.From([.. of], [of.Count]).To(device));
        Tensor seen = sides.Reshape(-1, 4).IndexSelect(0, index), middle = middles.Flatten().IndexSelect(0, index);
        var marked = boxes.Count > 0 ? Tensor.Cat([.. boxes]) : Tensor.Zeros([0, 4]).To(device);
        int count = Math.Max(1, things.Count);
        return new Dictionary<string, Tensor>
        {
            ["classification"] = scores.Reshape(-1, Classes).SigmoidFocalLoss(wanted.To(device), reduction: Reduction.Sum) / count,
            ["bbox_regression"] = (things.Count == 0 ? seen.Sum() : FcosPlaces.Box(seen, from).GeneralizedBoxIouLoss(marked, Reduction.Sum)) / count,
            ["bbox_ctrness"] = (things.Count == 0 ? middle.Sum() : middle.BceWithLogitsLoss(FcosPlaces.Nearness(from, marked), reduction: Reduction.Sum)) / count,
        };
    }

    private protected override IReadOnlyList<Detections> Find(PictureBatch pictures)
    {
        var (scores, sides, middles, places, perMap) = See(pictures);
        var sure = (scores.Sigmoid() * middles.Sigmoid().Unsqueeze(2)).Sqrt();
        return [.. pictures.Sizes.Select((size, i) =>
        {
            int from = 0;
            List<Tensor> boxes = [], how = [];
            List<long> labels = [];
            foreach (int count in perMap)
            {
                var best = DetectionBoxes.Surest(sure[i].Narrow(0, from, count), _score, MostOfMap);
                var index = (best.Places + from).To(places.Device);
                boxes.Add(DetectionBoxes.Clip(FcosPlaces.Box(sides[i].IndexSelect(0, index), places.IndexSelect(0, index)), size));
                how.Add(best.Scores);
                labels.AddRange(best.Labels);
                from += count;
            }
            return DetectionBoxes.Best(Tensor.Cat([.. boxes]), Tensor.Cat([.. how]).To(places.Device), [.. labels], _ => true, _score, 0, _overlap, _most);
        })];
    }

    (Tensor Scores, Tensor Sides, Tensor Middles, Tensor Places, int[] PerMap) See(PictureBatch pictures)
    {
        var maps = backbone.Stages(pictures.Pictures);
        Size2d[] sizes = [.. maps.Select(m => (Size2d)(m.Shape[2], m.Shape[3]))];
        var (scores, sides, middles) = head.Of(maps);
        var places = _anchors.Of((pictures.Pictures.Shape[2], pictures.Pictures.Shape[3]), sizes).To(scores.Device);
        return (scores, sides, middles, places, [.. sizes.Select(s => s.Height * s.Width)]);
    }
}
