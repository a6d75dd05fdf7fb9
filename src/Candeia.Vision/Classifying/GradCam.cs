using Candeia.NN;

namespace Candeia.Vision;

/// <summary>Where in a picture a network saw what it says (<see href="https://arxiv.org/abs/1610.02391">Selvaraju et al. 2017</see>).</summary>
public static class GradCam
{
    /// <summary>How much each place speaks for a class: [n, h, w], from 0 to 1 in each picture, in the resolution of the layer.</summary>
    /// <param name="model">The network; it is applied as in evaluation and is left as it is.</param>
    /// <param name="x">Pictures [n, c, h, w].</param>
    /// <param name="path">A layer whose outputs have places, as <see cref="VisionModels.FeaturesOf"/> names it.</param>
    /// <param name="classes">Which class for each picture; the one that the network names, if nothing is given.</param>
    /// <exception cref="ArgumentException">There is no such layer, or its outputs are not [n, c, h, w].</exception>
    /// <example><code>
    /// var net = VisionModels.Create("resnet18", classes: 5);
    /// Console.WriteLine(GradCam.Of(net, Tensor.Rand([2, 3, 96, 96]), "layer4").Shape);     // → [2, 3, 3]
    /// </code></example>
    public static Tensor Of(Layer model, Tensor x, string path, Tensor? classes = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        using var mode = Mode.Evaluation();
        using var grad = Autograd.EnableGrad();
        Tensor? seen = null;
        using var hook = model.Get<Layer>(path).RegisterForwardHook((_, _, y) =>
        {
            // A leaf of its own, so that gradients are asked for here even where all weights are frozen.
            seen = y.Detach();
            seen.RequiresGrad = true;
            return seen;
        });
        var scores = x.Apply(model, name: model.GetType().Name);
        if (seen is not { Rank: 4 }) throw new ArgumentException($"'{path}' gives {seen?.Shape}, and no outputs [n, c, h, w] with places.", nameof(path));
        var chosen = (classes ?? scores.Detach().ArgMax(1)).To(DType.Int64).Unsqueeze(1);
        var slopes = Autograd.Gradients(scores.Gather(1, chosen).Sum(), [seen])[0];
        var map = (seen.Detach() * slopes.Mean([2, 3], keepDim: true)).Sum([1]).Relu();
        return map / map.Amax([1, 2], keepDim: true).Clamp(1e-12, double.PositiveInfinity);
    }
}
