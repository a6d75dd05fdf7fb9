namespace Candeia.Compare;

/// <summary>How a training went.</summary>
/// <param name="Losses">The loss of each step.</param>
/// <param name="Held">The mean loss of what is held back, before the first step and after each tenth of them.</param>
/// <param name="Seconds">How long the steps before each of these took together.</param>
sealed record Course(double[] Losses, double[] Held, double[] Seconds)
{
    const int Measurements = 10;

    /// <summary>Trains for some steps.</summary>
    /// <param name="steps">How many.</param>
    /// <param name="step">One step; its loss.</param>
    /// <param name="held">The mean loss of what is held back.</param>
    public static Course Of(int steps, Func<int, double> step, Func<double> held)
    {
        double[] losses = new double[steps];
        List<double> measured = [held()], seconds = [0];
        var time = new System.Diagnostics.Stopwatch();
        for (int i = 0; i < steps; i++)
        {
            time.Start();
            losses[i] = step(i);
            time.Stop();
            if ((i + 1) * Measurements / steps == i * Measurements / steps) continue;
            measured.Add(held());
            seconds.Add(time.Elapsed.TotalSeconds);
        }
        return new(losses, [.. measured], [.. seconds]);
    }
}
