using System.Text.Json;
using Candeia.Experiments;
using Candeia.NN;

namespace Candeia.Compare;

/// <summary>Our side of a comparison: measures in a process of its own and prints the result as a line of JSON.</summary>
static class Worker
{
    /// <summary>Prediction and training, from the weights and the batch in a folder.</summary>
    public static int Run(Work work, string folder, double seconds)
    {
        var model = Load(work, folder);
        var batch = Safetensors.Load(Path.Combine(folder, "batch.safetensors"));
        Tensor x = batch["x"], y = batch["y"], some = batch["some"];
        model.Eval();
        float[] Predict()
        {
            using var scope = Scope.Begin();
            using var _ = Autograd.NoGrad();
            return model.Forward(some).ToArray<float>();
        }
        double output = Predict().Average(Math.Abs);
        var (predict, _) = Timing.Median(() => Predict(), seconds / 2);

        var step = Step(work, model, x, y);
        double first = step();
        var (train, _) = Timing.Median(() => step(), seconds);
        long allocated = GC.GetTotalAllocatedBytes(precise: true);
        for (int i = 0; i < 4; i++) step();
        double managed = (GC.GetTotalAllocatedBytes(precise: true) - allocated) / 4.0;
        var measure = new Measure(output, predict, Machine.PeakMemory() / 1048576.0, model.Parameters().Sum(p => p.Numel), first, train, managed);
        Console.WriteLine(JsonSerializer.Serialize(measure));
        return 0;
    }

    /// <summary>A training step on the batch in a folder, as often as it is called; it gives the loss.</summary>
    public static Func<double> Step(Work work, string folder)
    {
        var batch = Safetensors.Load(Path.Combine(folder, "batch.safetensors"));
        return Step(work, Load(work, folder), batch["x"], batch["y"]);
    }

    static Func<double> Step(Work work, Layer model, Tensor x, Tensor y)
    {
        model.Train();
        var optimizer = work.Optimizer(model.Parameters());
        return () =>
        {
            using var scope = Scope.Begin();
            optimizer.ZeroGrad();
            var loss = work.Loss(model.Forward(x), y);
            loss.Backward();
            optimizer.Step();
            return loss.Item();
        };
    }

    /// <summary>A saved model's first prediction; the other process measures how long it takes from the start to this line.</summary>
    public static int First(Work work, string folder)
    {
        var model = Load(work, folder).Eval();
        var x = Safetensors.Load(Path.Combine(folder, "batch.safetensors"))["one"];
        using var _ = Autograd.NoGrad();
        Console.WriteLine(model.Forward(x).ToArray<float>()[0]);
        return 0;
    }

    /// <summary>The network with the weights in a folder.</summary>
    public static Layer Load(Work work, string folder)
    {
        using var unfilled = Init.Skip();
        var model = work.Model();
        model.LoadStateDict(Safetensors.Load(Path.Combine(folder, "weights.safetensors")));
        return model;
    }
}
