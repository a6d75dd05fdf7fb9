using Candeia.NN;

namespace Candeia.Vision;

/// <summary>
/// Mask R-CNN (<see href="https://arxiv.org/abs/1703.06870">He et al. 2017</see>) with torchvision's keys and defaults: Faster R-CNN that says of each thing which
/// pixels belong to it. It learns from pictures with a mask for each box.
/// </summary>
/// <example><code>
/// var net = new MaskRcnn(new FeaturePyramid(new ResNet([1, 1, 1, 1], classes: 0, width: 8), 16), classes: 3, minSize: 64, maxSize: 96, features: 32);
/// net.Eval();
/// Console.WriteLine(net.Detect(Tensor.Rand([3, 50, 60]))[0].Masks!.Rank);  // → 3
/// </code></example>
public sealed class MaskRcnn : RegionDetector
{
    /// <param name="backbone">What sees the picture: five maps, of which the last is for large anchors alone.</param>
    /// <param name="classes">How many classes there are, what is no thing among them.</param>
    /// <param name="minSize">The shorter side of pictures is brought to so many pixels,</param>
    /// <param name="maxSize">or to fewer, so that the longer one has no more than these.</param>
    /// <param name="anchors">The boxes that are looked at; 32 to 512 pixels in three shapes, if none are given.</param>
    /// <param name="proposals">What the first part takes and gives.</param>
    /// <param name="regions">What the second part takes and gives.</param>
    /// <param name="features">How many numbers the second part has for a region.</param>
    public MaskRcnn(
        FeaturePyramid backbone, int classes, int minSize = 800, int maxSize = 1333, AnchorGenerator? anchors = null, ProposalOptions? proposals = null, RegionOptions? regions = null, int features = 1024)
        : base(backbone, classes, new BoxHead(ChannelsOf(backbone) * 7 * 7, features), features, (minSize, maxSize), anchors, proposals, regions, depth: 1,
            masks: new(ChannelsOf(backbone), classes, norm: false)) { }

    internal MaskRcnn(FeaturePyramid backbone, int classes, Layer head, int features, int depth)
        : base(backbone, classes, head, features, (800, 1333), null, null, null, depth, masks: new(ChannelsOf(backbone), classes, norm: true)) { }
}
