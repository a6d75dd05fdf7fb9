using Candeia.NN;

namespace Candeia.Vision;

/// <summary>Of each place the scores of all classes, how far the four sides are, and how near the middle it is, with torchvision's keys.</summary>
internal sealed class FcosHead(int channels, int classes) : Module
{
    readonly ClassHead classificationHead = new(channels, classes);
    readonly SideHead regressionHead = new(channels);

    /// <summary>Scores [n, all, classes], sides [n, all, 4], nearness [n, all], in the order of the places.</summary>
    public (Tensor Scores, Tensor Sides, Tensor Middles) Of(IReadOnlyList<Tensor> maps)
    {
        (Tensor Sides, Tensor Middle)[] all = [.. maps.Select(regressionHead.Of)];
        return (Tensor.Cat([.. maps.Select(m => DetectionBoxes.ByPlace(classificationHead.Of(m), classes))], 1), Tensor.Cat([.. all.Select(a => DetectionBoxes.ByPlace(a.Sides, 4))], 1),
            Tensor.Cat([.. all.Select(a => DetectionBoxes.ByPlace(a.Middle, 1).Squeeze(2))], 1));
    }

    static Sequential Tower(int channels) => Sequential.Of([.. Enumerable.Range(0, 4).SelectMany(_ => (Layer[])[new Conv2d(channels, channels, 3, padding: 1), new GroupNorm(32, channels), new ReLU()])]);

    sealed class ClassHead : Module
    {
        // At first nearly nothing is a thing, or else the many places that are none would drown all others.
        const double Prior = 0.01;

        readonly Sequential conv;
        readonly Conv2d clsLogits;

        public ClassHead(int channels, int classes)
        {
            (conv, clsLogits) = (Tower(channels), new(channels, classes, 3, padding: 1));
            this.Draw(DetectionBoxes.Small);
            Init.Constant(clsLogits.Bias!, -Math.Log((1 - Prior) / Prior));
        }

        public Tensor Of(Tensor map) => map.Apply(conv).Apply(clsLogits);
    }

    sealed class SideHead : Module
    {
        readonly Sequential conv;
        readonly Conv2d bboxReg, bboxCtrness;

        public SideHead(int channels)
        {
            (conv, bboxReg, bboxCtrness) = (Tower(channels), new(channels, 4, 3, padding: 1), new(channels, 1, 3, padding: 1));
            this.Draw(DetectionBoxes.Small);
        }

        public (Tensor Sides, Tensor Middle) Of(Tensor map)
        {
            var seen = map.Apply(conv);
            return (seen.Apply(bboxReg).Relu(), seen.Apply(bboxCtrness));
        }
    }
}
