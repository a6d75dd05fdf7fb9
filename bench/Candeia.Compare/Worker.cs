using System.Diagnostics;
using System.Text.Json;
using Candeia.Experiments;
using Candeia.NN;

namespace Candeia.Compare;

/// <summary>Our side of a comparison: measures in a process of its own and prints the result as a line of JSON.</summary>
static class Worker
{
    /// <summary>Training and prediction, from the weights and the batch in a folder.</summary>
    public static int Run(Work work, string folder, double seconds)
    {
        var model = Load(work, folder);
        var batch = Safetensors.Load(Path.Combine(folder, "batch.safetensors"));
        Tensor x = batch["x"], y = batch["y"];
        var optimizer = work.Optimizer(model.Parameters());

        double Step()
        {
            using var scope = Scope.Begin();
            optimizer.ZeroGrad();
            var loss = work.Loss(model.Forward(x), y);
            loss.Backward();
            optimizer.Step();
            return loss.Item();
        }
        void Predict()
        {
            using var scope = Scope.Begin();
            using var _ = Autograd.NoGrad();
            model.Forward(x).ToArray<float>();
        }

        double first = Step();
        double train = Median(Step, seconds, out double managed);
        model.Eval();
        double predict = Median(() => { Predict(); return 0; }, seconds / 2, out _);
        var measure = new Measure(model.Parameters().Sum(p => p.Numel), first, train, predict, Machine.PeakMemory() / 1048576.0, managed);
        Console.WriteLine(JsonSerializer.Serialize(measure));
        return 0;
    }

    /// <summary>A saved model's first prediction; the other process measures how long it takes from the start to this line.</summary>
    public static int First(Work work, string folder)
    {
        var model = Load(work, folder).Eval();
        var x = Safetensors.Load(Path.Combine(folder, "batch.safetensors"))["x"][..1];
        using var _ = Autograd.NoGrad();
        Console.WriteLine(model.Forward(x).ToArray<float>()[0]);
        return 0;
    }

    static Layer Load(Work work, string folder)
    {
        var model = work.Model();
        model.LoadStateDict(Safetensors.Load(Path.Combine(folder, "weights.safetensors")));
        return model;
    }

    static double Median(Func<double> step, double seconds, out double managed)
    {
        List<double> times = [];
        for (int i = 0; i < 3; i++) step();
        long start = Stopwatch.GetTimestamp(), allocated = GC.GetTotalAllocatedBytes(precise: true);
        while (times.Count < 5 || Stopwatch.GetElapsedTime(start).TotalSeconds < seconds)
        {
            long begin = Stopwatch.GetTimestamp();
            step();
            times.Add(Stopwatch.GetElapsedTime(begin).TotalMilliseconds);
        }
        managed = (GC.GetTotalAllocatedBytes(precise: true) - allocated) / (double)times.Count;
        times.Sort();
        return times[times.Count / 2];
    }
}
