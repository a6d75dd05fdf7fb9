using System.Diagnostics;
using System.Globalization;
using Candeia.NN;
using Candeia.Serving;

namespace Candeia.Load;

/// <summary>How many answers a second a predictor gives to as many askers, without HTTP: what batches save, and so the most that they can save behind a server.</summary>
static class InProcess
{
    /// <summary>Writes answers a second one by one and in batches.</summary>
    public static async Task<int> RunAsync(Served served, int askers, double seconds)
    {
        var network = served.Network();
        double alone = await RateAsync(served, network, 1, askers, seconds).ConfigureAwait(false), batched = await RateAsync(served, network, 32, askers, seconds).ConfigureAwait(false);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{alone:F0} {batched:F0}"));
        return 0;
    }

    static async Task<double> RateAsync(Served served, Layer network, int most, int askers, double seconds)
    {
        using var predictor = new Predictor(new ServedLayer(network, ModelValue.Of("x", served.Item), new("y", DType.Float32, [-1, -1])) { Then = served.Then }, new(most));
        var question = served.Question(0);
        double rate = 0;
        foreach (double time in (double[])[seconds / 2, seconds])          // the first is for the compiler
        {
            int answers = 0;
            var watch = Stopwatch.StartNew();
            await Task.WhenAll(Enumerable.Range(0, askers).Select(_ => Task.Run(async () =>
            {
                while (watch.Elapsed.TotalSeconds < time)
                {
                    await predictor.PredictAsync([question]).ConfigureAwait(false);
                    Interlocked.Increment(ref answers);
                }
            }))).ConfigureAwait(false);
            rate = answers / watch.Elapsed.TotalSeconds;
        }
        return rate;
    }
}
