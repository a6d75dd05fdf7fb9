namespace Candeia.Onnx;

/// <summary>Losses, which files for training hold.</summary>
internal static class LossOperators
{
    public static Operator[] All { get; } =
    [
        new("NegativeLogLikelihoodLoss", 12, a =>
        {
            var (reduction, ignored) = Parameters(a);
            return x => [Loss(x[0], x[1], x.Maybe(2), reduction, ignored)];
        }) { Fixed = [2] },
        new("SoftmaxCrossEntropyLoss", 12, a =>
        {
            var (reduction, ignored) = Parameters(a);
            return x =>
            {
                var logs = x[0].LogSoftmax(1);
                return [Loss(logs, x[1], x.Maybe(2), reduction, ignored), logs];
            };
        }) { Fixed = [2] },
    ];

    static (string Reduction, long? Ignored) Parameters(Attributes a) => (a.Text("reduction", "mean"), a.Has("ignore_index") ? a.Int("ignore_index") : null);

    /// <param name="logs">[n, classes, …].</param>
    /// <param name="labels">[n, …].</param>
    /// <param name="weights">[classes].</param>
    /// <param name="reduction">What becomes of all losses.</param>
    /// <param name="ignored">The label of what does not count.</param>
    static Tensor Loss(Tensor logs, Tensor labels, Tensor? weights, string reduction, long? ignored)
    {
        labels = labels.To(DType.Int64);
        var counts = ignored is { } none ? labels.Ne(none) : null;
        if (counts is not null) labels = counts.Where(labels, Tensor.Scalar(0, DType.Int64));
        var weight = weights is null ? Tensor.Ones(labels.Shape, logs.DType, logs.Device) : weights.IndexSelect(0, labels.Flatten()).Reshape(labels.Shape);
        if (counts is not null) weight = counts.Where(weight, Tensor.Scalar(0, logs.DType));
        var losses = -logs.Gather(1, labels.Unsqueeze(1)).Squeeze(1) * weight;
        return reduction switch
        {
            "none" => losses,
            "sum" => losses.Sum(),
            "mean" => losses.Sum() / weight.Sum(),
            _ => throw new OnnxException($"the reduction {OnnxException.Quote(reduction)} is not known"),
        };
    }
}
