using Candeia.Training;

namespace Candeia.Distributed;

/// <summary>Numbers that steps have recorded of their shards.</summary>
internal static class Recording
{
    /// <summary>Every rank has the means over all ranks, by their weights.</summary>
    public static void Agree(ICommunicator ranks, Run run)
    {
        if (run.Ledger.Tally is not { Recorded.Count: > 0 } tally) return;
        string[] names = [.. tally.Recorded.Keys];
        double[] sums = [.. names.SelectMany(name => Sums(tally.Recorded[name]))];
        ranks.AllReduce<double>(sums);
        foreach (var (i, name) in names.Index())
        {
            var mean = new Readings(width: 1);
            mean.Add(sums[2 * i + 1], sums[2 * i] / sums[2 * i + 1]);
            tally.Recorded[name] = mean;
            tally.Refresh(name);
        }
    }

    static double[] Sums(Readings readings)
    {
        double sum = 0, weights = 0;
        for (int row = 0; row < readings.Count; row++) (sum, weights) = (sum + readings[row][0] * readings.Weight(row), weights + readings.Weight(row));
        return [sum, weights];
    }
}
