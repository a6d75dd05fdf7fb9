using Candeia.NN;

namespace Candeia.Vision;

/// <summary>Most networks for pictures: features of places, their mean, and a head that names classes: [n, 3, h, w] → [n, classes].</summary>
public sealed class ConvolutionalClassifier : Layer
{
    readonly Layer features, avgpool, classifier;

    internal ConvolutionalClassifier(Layer features, Layer pool, Layer classifier) => (this.features, avgpool, this.classifier) = (features, pool, classifier);

    /// <inheritdoc/>
    public override Tensor Forward(Tensor x) => x.Apply(features).Apply(avgpool).Apply(classifier);

    /// <summary>The means of as many windows, one after the other.</summary>
    internal static Sequential Means(int size = 1) => [new AdaptiveAvgPool2d(size), new Flatten()];
}
