using Candeia.NN;

namespace Candeia.Vision;

/// <summary>
/// A small network that names what each pixel belongs to (<see href="https://arxiv.org/abs/1905.02244">Howard et al. 2019</see>), with torchvision's
/// keys: [n, 3, h, w] → scores [n, classes, h, w].
/// </summary>
public sealed class LrAspp : Layer
{
    readonly Backbone backbone;
    readonly Head classifier;
    readonly int _low;

    /// <param name="backbone">What sees the picture.</param>
    /// <param name="classes">The outputs, what is none of the things among them.</param>
    /// <param name="low">The stage that says where borders are; the last says what things are.</param>
    /// <param name="width">Channels within.</param>
    public LrAspp(Backbone backbone, int classes = 21, int low = 0, int width = 128)
    {
        ArgumentNullException.ThrowIfNull(backbone);
        (this.backbone, _low) = (backbone, low);
        classifier = new(backbone.Channels[low], backbone.Channels[^1], classes, width);
    }

    /// <inheritdoc/>
    public override Tensor Forward(Tensor x)
    {
        var stages = backbone.Stages(x);
        return classifier.Of(stages[_low], stages[^1]).SizedLike(x);
    }

    sealed class Head(int low, int high, int classes, int width) : Module
    {
        readonly Sequential cbr = Blocks.ConvNorm(high, width, 1, activation: new ReLU());
        readonly Sequential scale = [new AdaptiveAvgPool2d(1), new Conv2d(high, width, 1, bias: false), new Sigmoid()];
        readonly Conv2d lowClassifier = new(low, classes, 1), highClassifier = new(width, classes, 1);

        public Tensor Of(Tensor low, Tensor high) => low.Apply(lowClassifier) + (high.Apply(cbr) * high.Apply(scale)).SizedLike(low).Apply(highClassifier);
    }
}
