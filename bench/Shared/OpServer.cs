using System.Globalization;

namespace Candeia.Compare;

/// <summary>A process that measures ops when it is told to: a line with op, shape, layout and seconds gets one with milliseconds and a checksum.</summary>
static class OpServer
{
    // .NET compiles anew what has run often, a tenth of a second after it was last busy with such things.
    const double Compiling = 0.35;

    /// <summary>Answers until there are no more questions.</summary>
    /// <param name="ops">By name.</param>
    /// <param name="operands">Makes those of a shape and a layout.</param>
    /// <param name="run">Computes an op, all of it, and forgets the result; or gives it as numbers, if asked.</param>
    public static int Run<T, TOperands>(IReadOnlyDictionary<string, Func<TOperands, T>> ops, Func<int[], bool, TOperands> operands, Func<Func<T>, bool, float[]?> run)
        where T : class
        where TOperands : Operands<T>
    {
        HashSet<string> known = [];
        while (Console.ReadLine()?.Split(' ') is [var written, var shape, var layout, var seconds])
            try
            {
                using var k = operands([.. shape.Split('x').Select(s => int.Parse(s, CultureInfo.InvariantCulture))], layout == "columns");
                var op = ops[written.Replace('_', ' ')];
                double sum = Checksum(run(() => op(k), true)!);
                double time = double.Parse(seconds, CultureInfo.InvariantCulture);
                var (ms, _) = Timing.Median(() => run(() => op(k), false), time, time > 0 && known.Add(written) ? Compiling : null);
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{ms:R} {sum:R}"));
            }
            catch (Exception fault) when (fault is not OutOfMemoryException)
            {
                Console.WriteLine($"failed {fault.Message.Split('\n')[0]}");
            }
        return 0;
    }

    // Without signs, which factorizations may choose; with weights, so that order counts.
    static double Checksum(float[] values)
    {
        double sum = 0;
        for (int i = 0; i < values.Length; i++) sum += Math.Abs((double)values[i]) * (1 + i % 7);
        return sum;
    }
}
