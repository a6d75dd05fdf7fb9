using Candeia.NN;

namespace Candeia.Vision;

/// <summary>
/// RetinaNet (<see href="https://arxiv.org/abs/1708.02002">Lin et al. 2017</see>) with torchvision's keys and defaults: one part says of every anchor what it is, and learns most from what it
/// finds hard.
/// </summary>
/// <example><code>
/// var pyramid = new FeaturePyramid(new ResNet([1, 1, 1, 1], classes: 0, width: 8), 32, stages: [1, 2, 3], coarser: CoarserMaps.OfMap);
/// var net = new RetinaNet(pyramid, classes: 3, minSize: 64, maxSize: 96);
/// net.Eval();
/// Console.WriteLine(net.Detect(Tensor.Rand([3, 50, 60]))[0].Count);        // → 0
/// </code></example>
public sealed class RetinaNet : Detector
{
    readonly FeaturePyramid backbone;
    readonly RetinaHead head;
    readonly AnchorGenerator _anchors;
    readonly RegionOptions _options;
    readonly BoxCoder _coder = new();
    readonly Matcher _matcher = new(0.5, 0.4, best: true);
    readonly bool _giou;

    /// <param name="backbone">What sees the picture, such as one of three stages with two coarser maps.</param>
    /// <param name="classes">How many classes there are, what is no thing among them.</param>
    /// <param name="minSize">The shorter side of pictures is brought to so many pixels,</param>
    /// <param name="maxSize">or to fewer, so that the longer one has no more than these.</param>
    /// <param name="anchors">The boxes that are looked at; 32 to 813 pixels in three shapes, if none are given.</param>
    /// <param name="scoreThreshold">Boxes that are no surer are not given.</param>
    /// <param name="nmsThreshold">Of boxes of a class that overlap more the best is given.</param>
    /// <param name="detectionsPerImage">How many boxes of a picture are given at most.</param>
    public RetinaNet(
        FeaturePyramid backbone, int classes, int minSize = 800, int maxSize = 1333, AnchorGenerator? anchors = null, double scoreThreshold = 0.05, double nmsThreshold = 0.5, int detectionsPerImage = 300)
        : this(backbone, classes, (minSize, maxSize), anchors, new() { ScoreThreshold = scoreThreshold, NmsThreshold = nmsThreshold, DetectionsPerImage = detectionsPerImage }, second: false) { }

    internal RetinaNet(FeaturePyramid backbone, int classes, (int Min, int Max) sizes, AnchorGenerator? anchors, RegionOptions options, bool second)
    {
        ArgumentNullException.ThrowIfNull(backbone);
        ArgumentOutOfRangeException.ThrowIfLessThan(classes, 2);
        (this.backbone, Classes, Form, _options, _giou) = (backbone, classes, new(sizes.Min, sizes.Max), options, second);
        int levels = backbone.Channels.Count;
        _anchors = anchors ?? new([.. Enumerable.Range(0, levels).Select(i => (IReadOnlyList<int>)[32 << i, (int)((32 << i) * Math.Pow(2, 1.0 / 3)), (int)((32 << i) * Math.Pow(2, 2.0 / 3))])], [0.5, 1, 2]);
        if (_anchors.Levels != levels) throw new ArgumentException($"There are anchors for {_anchors.Levels} maps, and the pyramid has {levels}.", nameof(anchors));
        head = new(backbone.Channels[0], _anchors.PerPlace, classes, norm: second);
    }

    /// <inheritdoc/>
    public override int Classes { get; }

    private protected override PictureForm Form { get; }

    private protected override IReadOnlyDictionary<string, Tensor> Losses(PictureBatch pictures, IReadOnlyList<Target> targets)
    {
        var (maps, anchors, _) = See(pictures);
        var (scores, codes) = head.Of(maps);                                  // [n, all, classes], [n, all, 4]
        Tensor? classification = null, regression = null;
        foreach (var (i, target) in targets.Index())
        {
            int[] matches = _matcher.Match(target.Boxes, anchors);
            long[] things = Numbers(matches, m => m >= 0), asked = Numbers(matches, m => m != Matcher.Unasked);
            var device = scores.Device;
            var wanted = Tensor.Zeros([matches.Length, Classes]);
            if (things.Length > 0) wanted[Tensor.From(things), Tensor.From([.. things.Select(t => target.Labels[matches[t]])])] = 1;
            var index = Tensor.From(asked, [asked.Length]).To(device);
            int count = Math.Max(1, things.Length);
            var one = scores[i].IndexSelect(0, index).SigmoidFocalLoss(wanted.To(device).IndexSelect(0, index), reduction: Reduction.Sum) / count;
            var some = Tensor.From(things, [things.Length]).To(device);
            Tensor seen = codes[i].IndexSelect(0, some), from = anchors.IndexSelect(0, some), other;
            if (things.Length == 0) other = seen.Sum();
            else
            {
                var marked = target.Boxes.IndexSelect(0, Tensor.From([.. things.Select(t => (long)matches[t])]).To(device));
                other = _giou ? _coder.Decode(seen, from).GeneralizedBoxIouLoss(marked, Reduction.Sum) : seen.L1Loss(_coder.Encode(marked, from), Reduction.Sum);
            }
            (classification, regression) = (classification is null ? one : classification + one, regression is null ? other / count : regression + other / count);
        }
        return new Dictionary<string, Tensor> { ["classification"] = classification! / targets.Count, ["bbox_regression"] = regression! / targets.Count };

        static long[] Numbers(int[] matches, Func<int, bool> which) => [.. Enumerable.Range(0, matches.Length).Where(a => which(matches[a])).Select(a => (long)a)];
    }

    private protected override IReadOnlyList<Detections> Find(PictureBatch pictures)
    {
        const int mostOfMap = 1000;
        var (maps, anchors, perMap) = See(pictures);
        var (scores, codes) = head.Of(maps);
        List<Detections> all = [];
        for (int i = 0; i < scores.Shape[0]; i++)
        {
            int from = 0;
            List<Tensor> boxes = [], sures = [];
            List<long> labels = [];
            foreach (int count in perMap)
            {
                var best = DetectionBoxes.Surest(scores[i].Narrow(0, from, count).Sigmoid(), _options.ScoreThreshold, mostOfMap);
                var index = (best.Places + from).To(anchors.Device);
                boxes.Add(DetectionBoxes.Clip(_coder.Decode(codes[i].IndexSelect(0, index), anchors.IndexSelect(0, index)), pictures.Sizes[i]));
                sures.Add(best.Scores);
                labels.AddRange(best.Labels);
                from += count;
            }
            all.Add(DetectionBoxes.Best(Tensor.Cat([.. boxes]), Tensor.Cat([.. sures]).To(anchors.Device), [.. labels], _ => true, _options.ScoreThreshold, 0, _options.NmsThreshold, _options.DetectionsPerImage));
        }
        return all;
    }

    (IReadOnlyList<Tensor> Maps, Tensor Anchors, int[] PerMap) See(PictureBatch pictures)
    {
        var maps = backbone.Stages(pictures.Pictures);
        Size2d[] sizes = [.. maps.Select(m => (Size2d)(m.Shape[2], m.Shape[3]))];
        return (maps, _anchors.Of((pictures.Pictures.Shape[2], pictures.Pictures.Shape[3]), sizes).To(maps[0].Device), [.. sizes.Select(s => s.Height * s.Width * _anchors.PerPlace)]);
    }
}

/// <summary>Of each anchor the scores of all classes, and what it is moved by.</summary>
internal sealed class RetinaHead(int channels, int anchors, int classes, bool norm) : Module
{
    readonly ClassHead classificationHead = new(channels, anchors, classes, norm);
    readonly MoveHead regressionHead = new(channels, anchors, norm);

    /// <summary>Scores [n, all, classes] and codes [n, all, 4], in the order of the anchors.</summary>
    public (Tensor Scores, Tensor Codes) Of(IReadOnlyList<Tensor> maps) => (
        Tensor.Cat([.. maps.Select(m => DetectionBoxes.ByPlace(classificationHead.Of(m), classes))], 1), Tensor.Cat([.. maps.Select(m => DetectionBoxes.ByPlace(regressionHead.Of(m), 4))], 1));

    abstract class Tower : Module
    {
        readonly Sequential[] conv;

        protected Tower(int channels, bool norm) => conv = [.. Enumerable.Range(0, 4).Select(_ =>
            norm ? Sequential.Of([new Conv2d(channels, channels, 3, padding: 1, bias: false), new GroupNorm(32, channels), new ReLU()]) : [new Conv2d(channels, channels, 3, padding: 1), new ReLU()])];

        protected Tensor Climb(Tensor x)
        {
            foreach (var (i, layer) in conv.Index()) x = x.Apply(layer, name: $"conv.{i}");
            return x;
        }
    }

    sealed class ClassHead : Tower
    {
        // At first nearly nothing is a thing, or else the many anchors that are none would drown all others.
        const double Prior = 0.01;

        readonly Conv2d clsLogits;

        public ClassHead(int channels, int anchors, int classes, bool norm) : base(channels, norm)
        {
            clsLogits = new(channels, anchors * classes, 3, padding: 1);
            this.Draw(DetectionBoxes.Small);
            Init.Constant(clsLogits.Bias!, -Math.Log((1 - Prior) / Prior));
        }

        public Tensor Of(Tensor map) => Climb(map).Apply(clsLogits);
    }

    sealed class MoveHead : Tower
    {
        readonly Conv2d bboxReg;

        public MoveHead(int channels, int anchors, bool norm) : base(channels, norm)
        {
            bboxReg = new(channels, 4 * anchors, 3, padding: 1);
            this.Draw(DetectionBoxes.Small);
        }

        public Tensor Of(Tensor map) => Climb(map).Apply(bboxReg);
    }
}
