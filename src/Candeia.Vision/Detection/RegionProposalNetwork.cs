using Candeia.NN;

namespace Candeia.Vision;

/// <summary>Boxes that may be things, whatever these are (<see href="https://arxiv.org/abs/1506.01497">Ren et al. 2015</see>), with torchvision's keys.</summary>
internal sealed class RegionProposalNetwork : Module
{
    const double SmallestSide = 1e-3, Beta = 1.0 / 9;

    readonly ProposalHead head;
    readonly AnchorGenerator _anchors;
    readonly ProposalOptions _options;
    readonly BoxCoder _coder = new();
    readonly Matcher _matcher;

    public RegionProposalNetwork(int channels, AnchorGenerator anchors, ProposalOptions options, int depth)
    {
        (head, _anchors, _options) = (new(channels, anchors.PerPlace, depth), anchors, options);
        _matcher = new(options.ForegroundIou, options.BackgroundIou, best: true);
    }

    /// <summary>Boxes [k, 4] of each picture, and in training what is to be made small.</summary>
    /// <param name="maps">What the pyramid gives.</param>
    /// <param name="pictures">The pictures.</param>
    /// <param name="truth">The marked boxes of each picture, in training.</param>
    public (IReadOnlyList<Tensor> Boxes, Tensor? Objectness, Tensor? Moves) Of(IReadOnlyList<Tensor> maps, PictureBatch pictures, IReadOnlyList<Tensor>? truth)
    {
        Size2d[] sizes = [.. maps.Select(m => (Size2d)(m.Shape[2], m.Shape[3]))];
        var anchors = _anchors.Of((pictures.Pictures.Shape[2], pictures.Pictures.Shape[3]), sizes).To(maps[0].Device);
        int[] perMap = [.. sizes.Select(s => s.Height * s.Width * _anchors.PerPlace)];
        var (scores, codes) = head.Of(maps);                                  // [n, all], [n, all, 4]
        IReadOnlyList<Tensor> boxes;
        using (Autograd.NoGrad()) boxes = [.. Enumerable.Range(0, scores.Shape[0]).Select(i => Best(scores[i].Detach(), codes[i].Detach(), anchors, perMap, pictures.Sizes[i]))];
        if (truth is null) return (boxes, null, null);
        var (objectness, moves) = Losses(scores, codes, anchors, truth);
        return (boxes, objectness, moves);
    }

    Tensor Best(Tensor scores, Tensor codes, Tensor anchors, int[] perMap, Size2d picture)
    {
        int most = IsTraining ? _options.PreNms.Train : _options.PreNms.Test, from = 0;
        List<Tensor> kept = [];
        List<long> maps = [];
        foreach (var (map, count) in perMap.Index())
        {
            int wanted = Math.Min(count, most);
            kept.Add(scores.Narrow(0, from, count).TopK(wanted).Indices + from);
            maps.AddRange(Enumerable.Repeat((long)map, wanted));
            from += count;
        }
        var index = Tensor.Cat([.. kept]);
        var boxes = DetectionBoxes.Clip(_coder.Decode(codes.IndexSelect(0, index), anchors.IndexSelect(0, index)), picture);
        Tensor sure = scores.IndexSelect(0, index).Sigmoid(), of = Tensor.From([.. maps], [maps.Count]).To(scores.Device);
        var good = DetectionBoxes.Large(boxes, SmallestSide).LogicalAnd(sure >= _options.ScoreThreshold).NonZero().Flatten();
        (boxes, sure, of) = (boxes.IndexSelect(0, good), sure.IndexSelect(0, good), of.IndexSelect(0, good));
        var remaining = BoxOps.BatchedNms(boxes, sure, of, _options.NmsThreshold);
        int post = Math.Min(remaining.Shape[0], IsTraining ? _options.PostNms.Train : _options.PostNms.Test);
        return boxes.IndexSelect(0, remaining.Narrow(0, 0, post).To(boxes.Device));
    }

    (Tensor Objectness, Tensor Moves) Losses(Tensor scores, Tensor codes, Tensor anchors, IReadOnlyList<Tensor> truth)
    {
        int all = anchors.Shape[0];
        List<long> things = [], asked = [];
        List<Tensor> wanted = [], labels = [];
        foreach (var (i, marked) in truth.Index())
        {
            int[] matches = _matcher.Match(marked, anchors);
            var (some, others) = Matcher.Sample([.. matches.Select(m => m == Matcher.Unasked ? -1L : m >= 0 ? 1 : 0)], _options.BatchPerImage, _options.PositiveFraction, Generator.Default);
            things.AddRange(some.Select(a => a + (long)i * all));
            asked.AddRange(some.Concat(others).Select(a => a + (long)i * all));
            labels.Add(Tensor.Cat([Tensor.Ones([some.Length]), Tensor.Zeros([others.Length])]));
            if (some.Length > 0)
                wanted.Add(_coder.Encode(marked.IndexSelect(0, Tensor.From([.. some.Select(a => (long)matches[a])]).To(marked.Device)), anchors.IndexSelect(0, Tensor.From(some).To(anchors.Device))));
        }
        var device = scores.Device;
        var objectness = scores.Flatten().IndexSelect(0, Tensor.From([.. asked]).To(device)).BceWithLogitsLoss(Tensor.Cat([.. labels]).To(device));
        var seen = codes.Reshape(-1, 4).IndexSelect(0, Tensor.From([.. things], [things.Count]).To(device));
        var moves = wanted.Count > 0 ? seen.SmoothL1Loss(Tensor.Cat([.. wanted]), Beta, Reduction.Sum) : seen.Sum();
        return (objectness, moves / asked.Count);
    }
}

/// <summary>Of each place, whether anchors are things, and what they are moved by.</summary>
internal sealed class ProposalHead : Module
{
    readonly Sequential[] conv;
    readonly Conv2d clsLogits, bboxPred;

    public ProposalHead(int channels, int anchors, int depth)
    {
        conv = [.. Enumerable.Range(0, depth).Select(_ => Sequential.Of([new Conv2d(channels, channels, 3, padding: 1), new ReLU()]))];
        (clsLogits, bboxPred) = (new(channels, anchors, 1), new(channels, 4 * anchors, 1));
        this.Draw(DetectionBoxes.Small);
    }

    /// <summary>Scores [n, all] and codes [n, all, 4], in the order of the anchors.</summary>
    public (Tensor Scores, Tensor Codes) Of(IReadOnlyList<Tensor> maps)
    {
        List<Tensor> scores = [], codes = [];
        foreach (var map in maps)
        {
            var x = map;
            foreach (var (i, layer) in conv.Index()) x = x.Apply(layer, name: $"conv.{i}");
            scores.Add(DetectionBoxes.ByPlace(x.Apply(clsLogits), 1).Squeeze(2));
            codes.Add(DetectionBoxes.ByPlace(x.Apply(bboxPred), 4));
        }
        return (Tensor.Cat([.. scores], 1), Tensor.Cat([.. codes], 1));
    }
}
