namespace Candeia.Experiments;

/// <summary>
/// A series that is drawn, not measured: how much of something a small town wants, hour by hour. It has two seasons, the day and the week, a slow wave, a level that wanders,
/// and quiet days, which nobody has announced: they begin at midnight and end with the day, so what is low this morning will be low tonight, and not tomorrow.
/// </summary>
static class DrawnDemand
{
    public const int Day = 24, Week = 7 * Day;
    const double QuietDays = 1.0 / 9, Quiet = 0.6;

    /// <summary>So many hours of it; the same seed draws the same.</summary>
    public static double[] Draw(int hours, ulong seed)
    {
        Generator level = new Generator(seed).Split(1), days = new Generator(seed).Split(2), noise = new Generator(seed).Split(3);
        double[] demand = new double[hours];
        double wander = 0, shake = 0;
        bool quiet = false;
        for (int t = 0; t < hours; t++)
        {
            if (t % Day == 0) quiet = days.NextDouble() < QuietDays;
            wander = 0.997 * wander + 0.011 * level.NextNormal();
            shake = 0.7 * shake + 0.012 * noise.NextNormal();
            double slow = 1 + 0.12 * Math.Sin(2 * Math.PI * t / (26.0 * Week));
            demand[t] = 100 * Profile(t % Week / Day >= 5, t % Day) * slow * Math.Exp(wander + shake + 0.01 * noise.NextNormal()) * (quiet ? Quiet : 1);
        }
        return demand;
    }

    // A night, and on weekdays a morning and an evening; at the end of the week one long noon.
    static double Profile(bool weekend, int hour)
    {
        double Bump(double at, double width) => Math.Exp(-(hour - at) * (hour - at) / (2 * width * width));
        return weekend ? 0.5 + 0.45 * Bump(13, 4.5) + 0.15 * Bump(20, 2) : 0.5 + 0.6 * Bump(8, 2.2) + 0.25 * Bump(13, 3) + 0.7 * Bump(19, 2.5);
    }
}
