using Candeia.NN;

namespace Candeia.Experiments;

/// <summary>
/// Two LSTMs. The first reads a season of a series. The second begins where the first ends and goes through the steps to come; it sees each as it was a season ago and a day ago, with
/// the time, and says what to change about "the same as a season ago" for the lowest, the middle and the highest that is likely: [n, season, features] → [n, horizon, 3].
/// </summary>
/// <param name="features">Of a step: the value first, then the time.</param>
/// <param name="hidden">The numbers in the state of each LSTM.</param>
/// <param name="day">The shorter season.</param>
/// <param name="horizon">How many steps are foretold.</param>
sealed class ForecastNet(int features, int hidden, int day, int horizon) : Layer
{
    readonly LSTM past = new(features, hidden, batchFirst: true), future = new(features + 1, hidden, batchFirst: true);
    readonly Linear mix = new(hidden + features + 1, hidden), head = new(hidden, 3);

    public override Tensor Forward(Tensor x)
    {
        var (_, state) = past.Forward(x, null);
        var season = Again(x);
        var steps = Tensor.Cat([season, Again(x[.., ^Math.Min(day, x.Shape[1]).., ..1])], 2);
        var (read, _) = future.Forward(steps, state);
        return Tensor.Cat([read, steps], 2).Apply(mix).Gelu().Apply(head) + season[.., .., ..1];
    }

    /// <summary>What was, as often after itself as the steps to come need: [n, length, features] → [n, horizon, features].</summary>
    Tensor Again(Tensor was) => Tensor.Cat([.. Enumerable.Repeat(was, (horizon + was.Shape[1] - 1) / was.Shape[1])], 1)[.., ..horizon];

    /// <summary>The pinball loss of three quantiles, whose minimum are the quantiles themselves.</summary>
    public static Func<Tensor, Tensor, Tensor> Loss(double coverage)
    {
        double[] levels = [(1 - coverage) / 2, 0.5, (1 + coverage) / 2];
        return (quantiles, truth) =>
        {
            var level = Tensor.From(levels, [3]).To(quantiles.DType).To(quantiles.Device);
            var over = truth.Unsqueeze(2) - quantiles;
            return (over * level).Maximum(over * (level - 1)).Mean();
        };
    }
}
