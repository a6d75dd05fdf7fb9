using System.Globalization;
using System.Text;
using Candeia.Data;
using Candeia.NN;
using Candeia.Training;

namespace Candeia.Compare;

/// <summary>What a training takes in float32 and in bfloat16: bytes of tensors, counted where they are lent, so that they are the same on every machine.</summary>
static class MemoryComparison
{
    const double MiB = 1 << 20;

    /// <summary>Most bytes lent out at once, beyond those before the network was made.</summary>
    /// <param name="Step">In a training with float32.</param>
    /// <param name="NarrowStep">In one with <see cref="MixedPrecision"/> of bfloat16.</param>
    /// <param name="Prediction">In a prediction with float32.</param>
    /// <param name="NarrowPrediction">In one of a model in bfloat16.</param>
    public readonly record struct Bytes(long Step, long NarrowStep, long Prediction, long NarrowPrediction);

    public static void Run(IEnumerable<Work> works, bool write)
    {
        List<(Work Work, Bytes Bytes)> all = [];
        foreach (var work in works)
        {
            all.Add((work, new(Training(work, null), Training(work, DType.BFloat16), Prediction(work, DType.Float32), Prediction(work, DType.BFloat16))));
            Console.Error.WriteLine(Row(work, all[^1].Bytes));
        }
        string table = Table(all);
        Console.WriteLine(table);
        if (write) Page.Write("performance.md", _ => table, "memory");
    }

    static long Training(Work work, DType? compute) => Most(() =>
    {
        var (x, y) = work.Data(new Generator(1));
        var learner = work.Model().Setup((output, target) => work.Loss(output, target), work.Optimizer).Quiet();
        if (compute is { } dtype) learner = learner.With(new MixedPrecision(dtype));
        return () => learner.Fit(new TensorDataset(x, y).Loader(work.Batch, workers: 0), epochs: 2);
    });

    static long Prediction(Work work, DType dtype) => Most(() =>
    {
        var (x, _) = work.Data(new Generator(1));
        var model = work.Model().To(dtype).Eval();
        if (x.DType.IsFloatingPoint()) x = x.To(dtype);
        return () =>
        {
            using var scope = Scope.Begin();
            using var noGrad = Autograd.NoGrad();
            model.Forward(x).Settle();
        };
    });

    /// <summary>Most that is lent out while something is done, with what was made for it; not what making it took on the way.</summary>
    static long Most(Func<Action> make)
    {
        Collect();
        long before = MemoryPool.BytesInUse;
        var action = make();
        Collect();
        return MemoryPool.BytesInUse - before + MemoryPool.Most(action);
    }

    static void Collect()
    {
        for (int i = 0; i < 2; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }
    }

    static string Table(IEnumerable<(Work Work, Bytes Bytes)> all)
    {
        StringBuilder text = new("\n| MiB | training: float32 | bfloat16 | part | prediction: float32 | bfloat16 | part |\n|---|---|---|---|---|---|---|\n");
        foreach (var (work, bytes) in all) text.Append(Row(work, bytes)).Append('\n');
        return text.Append('\n').ToString();
    }

    static string Row(Work work, Bytes b) => string.Create(CultureInfo.InvariantCulture,
        $"| {work.Title} | {b.Step / MiB:F1} | {b.NarrowStep / MiB:F1} | {(double)b.NarrowStep / b.Step:F2} | {b.Prediction / MiB:F1} | {b.NarrowPrediction / MiB:F1} | {(double)b.NarrowPrediction / b.Prediction:F2} |");
}
