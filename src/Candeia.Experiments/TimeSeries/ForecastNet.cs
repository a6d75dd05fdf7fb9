using Candeia.NN;

namespace Candeia.Experiments;

/// <summary>
/// An LSTM that reads a season of a series and says what it changes about "the same as a season ago", for each step to come the lowest, the middle and the highest that is likely: [n,
/// season, features] → [n, horizon, 3].
/// </summary>
sealed class ForecastNet(int features, int hidden, int horizon) : Layer
{
    readonly LSTM lstm = new(features, hidden, batchFirst: true);
    readonly Linear mix = new(2 * hidden, hidden), head = new(hidden, 3 * horizon);

    public override Tensor Forward(Tensor x)
    {
        var read = x.Apply(lstm);
        // The state at the end, and what it was on the way, on average.
        var state = Tensor.Cat([read[.., ^1], read.Mean([1])], 1);
        var change = state.Apply(mix).Gelu().Apply(head).Reshape(x.Shape[0], horizon, 3);
        return change + Before(x).Unsqueeze(2);
    }

    /// <summary>The steps to come as they were a season ago: [n, horizon].</summary>
    Tensor Before(Tensor x)
    {
        int season = x.Shape[1];
        var values = x[.., .., 0];
        return horizon <= season ? values[.., ..horizon] : Tensor.Cat([.. Enumerable.Repeat(values, (horizon + season - 1) / season)], 1)[.., ..horizon];
    }

    /// <summary>The pinball loss of three quantiles, whose minimum are the quantiles themselves.</summary>
    public static Func<Tensor, Tensor, Tensor> Loss(double coverage)
    {
        double[] levels = [(1 - coverage) / 2, 0.5, (1 + coverage) / 2];
        return (quantiles, truth) =>
        {
            var level = Tensor.From(levels, [3]).To(quantiles.DType);
            var over = truth.Unsqueeze(2) - quantiles;
            return (over * level).Maximum(over * (level - 1)).Mean();
        };
    }
}
