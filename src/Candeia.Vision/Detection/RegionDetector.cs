using Candeia.NN;

namespace Candeia.Vision;

/// <summary>A network of two parts on a feature pyramid: the first proposes boxes, the second says what is in them.</summary>
public abstract class RegionDetector : Detector
{
    readonly FeaturePyramid backbone;
    readonly RegionProposalNetwork rpn;
    readonly RegionHeads roiHeads;

    private protected RegionDetector(
        FeaturePyramid backbone, int classes, Layer head, int features, (int Min, int Max) sizes, AnchorGenerator? anchors, ProposalOptions? proposals, RegionOptions? regions, int depth,
        MaskPart? masks = null, KeyPointPart? places = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(classes, 2);
        (this.backbone, Classes, Form) = (backbone, classes, new(sizes.Min, sizes.Max));
        int channels = ChannelsOf(backbone), levels = backbone.Channels.Count;
        anchors ??= new([.. Enumerable.Range(0, levels).Select(i => (IReadOnlyList<int>)[32 << i])], [0.5, 1, 2]);
        if (anchors.Levels != levels) throw new ArgumentException($"There are anchors for {anchors.Levels} maps, and the pyramid has {levels}.", nameof(anchors));
        rpn = new(channels, anchors, proposals ?? new(), depth);
        roiHeads = new(head, features, classes, regions ?? new(), new(levels - 1), masks, places);
    }

    /// <inheritdoc/>
    public override int Classes { get; }

    private protected override PictureForm Form { get; }

    private protected override IReadOnlyDictionary<string, Tensor> Losses(PictureBatch pictures, IReadOnlyList<Target> targets)
    {
        var maps = backbone.Stages(pictures.Pictures);
        Tensor[] truth = [.. targets.Select(t => t.Boxes)];
        var (boxes, objectness, moves) = rpn.Of(maps, pictures, truth);
        var losses = roiHeads.Losses(maps, pictures, roiHeads.Select(boxes, truth, [.. targets.Select(t => t.Labels)]), targets);
        (losses["loss_objectness"], losses["loss_rpn_box_reg"]) = (objectness!, moves!);
        return losses;
    }

    private protected override IReadOnlyList<Detections> Find(PictureBatch pictures)
    {
        var maps = backbone.Stages(pictures.Pictures);
        return roiHeads.Find(maps, pictures, rpn.Of(maps, pictures, truth: null).Boxes);
    }

    private protected static int ChannelsOf(FeaturePyramid backbone)
    {
        ArgumentNullException.ThrowIfNull(backbone);
        return backbone.Channels[0];
    }
}
