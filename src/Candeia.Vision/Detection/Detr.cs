using Candeia.Images;
using Candeia.NN;

namespace Candeia.Vision;

/// <summary>
/// DETR (<see href="https://arxiv.org/abs/2005.12872">Carion et al. 2020</see>) with its authors' keys and defaults: a transformer looks at all places of a picture, and a hundred
/// questions are each answered by a box or by nothing. There are no anchors, and no boxes that overlap are left out: in training each true box stands for one answer, those that
/// cost least together (<see cref="LinearAssignment"/>).
/// </summary>
/// <remarks>
/// It learns slowly: begin with weights that its authors have published, and learn with AdamW at 1e-4, the backbone at 1e-5, and gradients clipped to a norm of 0.1. Of the answers to a picture all are given, sure or not: <see cref="Detections.Above"/> leaves the sure ones.
/// </remarks>
/// <example><code>
/// var net = new Detr(new ResNet([1, 1, 1, 1], classes: 0, width: 8), classes: 3, queries: 10, model: 32, feedforward: 64, minSize: 64, maxSize: 96);
/// net.Eval();
/// Console.WriteLine(net.Detect(Tensor.Rand([3, 50, 60]))[0].Count);        // → 10
/// </code></example>
public sealed class Detr : Detector
{
    // What its authors weigh losses with, and by what they compare answers with boxes.
    const double Places = 5, Overlaps = 2;

    [StateName("backbone.0.body")] readonly Backbone backbone;
    readonly Conv2d inputProj;
    readonly Embedding queryEmbed;
    readonly DetrTransformer transformer;
    readonly Linear classEmbed;
    readonly BoxLayers bboxEmbed;
    readonly bool _auxiliary;
    readonly double _nothing, _threshold;

    /// <param name="backbone">What sees the picture, such as <c>new ResNet([3, 4, 6, 3], classes: 0, bottleneck: true)</c>; its last stage is looked at.</param>
    /// <param name="classes">How many classes there are, what is no thing among them: labels go from 1 to one less.</param>
    /// <param name="queries">How many answers there are for a picture; more than it can have things.</param>
    /// <param name="model">How many numbers describe a place; a multiple of 4 that the heads divide evenly.</param>
    /// <param name="heads">Heads of each attention.</param>
    /// <param name="encoderLayers">Layers that look at the picture.</param>
    /// <param name="decoderLayers">Layers that answer.</param>
    /// <param name="feedforward">How wide the small network at each place is.</param>
    /// <param name="dropout">How likely a number is dropped in training.</param>
    /// <param name="minSize">The shorter side of pictures is brought to so many pixels,</param>
    /// <param name="maxSize">or to fewer, so that the longer one has no more than these.</param>
    /// <param name="auxiliary">Whether in training all layers that answer are asked, and not the last alone.</param>
    /// <param name="nothingWeight">How much an answer counts that there is nothing, beside one that names a thing.</param>
    /// <param name="scoreThreshold">Answers that are no surer are not given.</param>
    /// <param name="freezeNorms">Whether batch normalization of the backbone has numbers that stay, as its authors have it; with a backbone that was never trained it should not.</param>
    public Detr(
        Backbone backbone, int classes, int queries = 100, int model = 256, int heads = 8, int encoderLayers = 6, int decoderLayers = 6, int feedforward = 2048, double dropout = 0.1, int minSize = 800,
        int maxSize = 1333, bool auxiliary = true, double nothingWeight = 0.1, double scoreThreshold = -1, bool freezeNorms = true)
    {
        ArgumentNullException.ThrowIfNull(backbone);
        ArgumentOutOfRangeException.ThrowIfLessThan(classes, 2);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(queries);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(decoderLayers);
        if (model % 4 != 0) throw new ArgumentException($"Places are told by waves for rows and for columns, two of each: {model} numbers cannot be divided by 4.", nameof(model));
        (this.backbone, Classes, _auxiliary, _nothing, _threshold) = (backbone, classes, auxiliary, nothingWeight, scoreThreshold);
        Form = new(minSize, maxSize) { Divisor = 1 };
        if (freezeNorms) FrozenBatchNorm2d.InPlaceOf(backbone, "");
        inputProj = new(backbone.Channels[^1], model, 1);
        queryEmbed = new(queries, model);
        transformer = new(model, heads, encoderLayers, decoderLayers, feedforward, dropout);
        (classEmbed, bboxEmbed) = (new(model, classes + 1), new(model));
    }

    /// <inheritdoc/>
    public override int Classes { get; }

    private protected override PictureForm Form { get; }

    /// <summary>What each layer answers: how likely each class and nothing are [n, queries, classes + 1], as scores, and boxes [n, queries, 4] as parts of the picture.</summary>
    IReadOnlyList<(Tensor Scores, Tensor Boxes)> See(PictureBatch pictures, bool all)
    {
        var map = backbone.Stages(pictures.Pictures)[^1].Apply(inputProj);                         // [n, model, h, w]
        var (waves, outside) = PicturePlaces.Of(pictures, (map.Shape[2], map.Shape[3]), map.Shape[1]);
        var said = transformer.Of(map.Flatten(2).Transpose(1, 2), waves.To(map.Device), outside?.To(map.Device), queryEmbed.Weight);
        return [.. (all ? said : [said[^1]]).Select(s => (s.Apply(classEmbed), bboxEmbed.Of(s).Sigmoid()))];
    }

    private protected override IReadOnlyDictionary<string, Tensor> Losses(PictureBatch pictures, IReadOnlyList<Target> targets)
    {
        var layers = See(pictures, _auxiliary);
        Tensor[] truths = [.. targets.Select((t, i) => new Boxes(t.Boxes).To(BoxFormat.CXCYWH).Values / Sides(pictures.Sizes[i]).To(t.Boxes.Device))];
        Dictionary<string, Tensor> losses = [];
        foreach (var (i, (scores, boxes)) in layers.Index())
        {
            string suffix = i == layers.Count - 1 ? "" : $"_{i}";
            var (classes, places, overlaps) = Losses(scores, boxes, truths, targets);
            (losses["loss_ce" + suffix], losses["loss_bbox" + suffix], losses["loss_giou" + suffix]) = (classes, places * Places, overlaps * Overlaps);
        }
        return losses;
    }

    (Tensor Classes, Tensor Places, Tensor Overlaps) Losses(Tensor scores, Tensor boxes, Tensor[] truths, IReadOnlyList<Target> targets)
    {
        int queries = boxes.Shape[1], things = targets.Sum(t => t.Labels.Length);
        long[] labels = new long[targets.Count * queries];
        Array.Fill(labels, Classes);                                          // nothing
        List<long> answers = [];
        List<Tensor> meant = [];
        foreach (var (i, target) in targets.Index())
        {
            if (target.Labels.Length == 0) continue;
            var (rows, columns) = Match(scores[i], boxes[i], truths[i], target.Labels);
            foreach (var (query, thing) in rows.Zip(columns))
            {
                labels[i * queries + query] = target.Labels[thing];
                answers.Add(i * queries + query);
            }
            meant.Add(truths[i].IndexSelect(0, Index([.. columns.Select(c => (long)c)], truths[i])));
        }
        var weights = Tensor.From([.. labels.Select(l => l == Classes ? (float)_nothing : 1)], [labels.Length, 1]).To(scores.Device);
        var sure = scores.Reshape(labels.Length, -1).LogSoftmax(1).Gather(1, Index(labels, scores).Unsqueeze(1));
        var classes = -(sure * weights).Sum() / weights.Sum();
        if (answers.Count == 0) return (classes, boxes.Sum() * 0, boxes.Sum() * 0);
        Tensor found = boxes.Reshape(labels.Length, 4).IndexSelect(0, Index([.. answers], boxes)), truth = Tensor.Cat([.. meant]);
        return (classes, (found - truth).Abs().Sum() / things, Corners(found).GeneralizedBoxIouLoss(Corners(truth), Reduction.Sum) / things);
    }

    /// <summary>Which answers stand for which things: what costs least of all together.</summary>
    static (int[] Queries, int[] Things) Match(Tensor scores, Tensor boxes, Tensor truth, long[] labels)
    {
        using var _ = Autograd.NoGrad();
        Tensor sure = scores.Softmax(1).IndexSelect(1, Index(labels, scores)), apart = (boxes.Unsqueeze(1) - truth.Unsqueeze(0)).Abs().Sum(2);
        return LinearAssignment.Solve(apart * Places - sure - BoxOps.GeneralizedIou(Corners(boxes), Corners(truth)) * Overlaps);
    }

    private protected override IReadOnlyList<Detections> Find(PictureBatch pictures)
    {
        var (scores, boxes) = See(pictures, all: false)[0];
        var likely = scores.Softmax(2)[.., .., 1..Classes];
        return [.. pictures.Sizes.Select((size, i) =>
        {
            float[] sure = likely[i].Max(1).Values.ToArray<float>();
            long[] order = [.. Enumerable.Range(0, sure.Length).Where(q => sure[q] > _threshold).OrderByDescending(q => sure[q]).Select(q => (long)q)];
            return new Detections(new(Corners(boxes[i]) * Sides(size).To(boxes.Device)), likely[i].ArgMax(1) + 1, likely[i].Max(1).Values).Select(order);
        })];
    }

    static Tensor Sides(Size2d size) => Tensor.From([size.Width, size.Height, size.Width, (float)size.Height]);

    static Tensor Corners(Tensor boxes) => new Boxes(boxes, BoxFormat.CXCYWH).To(BoxFormat.XYXY).Values;

    static Tensor Index(long[] numbers, Tensor beside) => Tensor.From(numbers, [numbers.Length]).To(beside.Device);

    /// <summary>Three layers that make a box of an answer.</summary>
    sealed class BoxLayers(int model) : Module
    {
        readonly Linear[] layers = [new(model, model), new(model, model), new(model, 4)];

        public Tensor Of(Tensor x)
        {
            for (int i = 0; i < layers.Length; i++)
            {
                x = x.Apply(layers[i], name: $"layers.{i}");
                if (i < layers.Length - 1) x = x.Relu();
            }
            return x;
        }
    }
}
