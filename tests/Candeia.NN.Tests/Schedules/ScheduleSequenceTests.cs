using System.Globalization;
using System.Text.Json;
using Candeia.NN;

namespace Candeia.Tests;

/// <summary>The sequences of PyTorch's own tests, where they lie beside the checkout.</summary>
public class ScheduleSequenceTests
{
    const double Tolerance = 1e-5;

    [SkippableFact]
    public void All_sequences_of_PyTorchs_tests_come_out()
    {
        var file = JsonElement.Parse(File.ReadAllText(SharedFolder.Require("suites/optim/pytorch-lr-sequences.json")));
        int count = 0;
        foreach (var c in file.GetProperty("cases").EnumerateArray())
        {
            double[] expected = Numbers(c.GetProperty("expected_lr"));
            double initial = c.GetProperty("initial_lr").GetDouble();
            string name = c.GetProperty("name").GetString()!;
            if (c.TryGetProperty("metrics", out var metrics)) Plateau(name, c.GetProperty("scheduler")[1], Numbers(metrics), initial, expected);
            else
            {
                var schedule = name == "swalr_no_anneal" ? new ConstantSchedule(1).Then(new AnnealSchedule(0.01, 1), after: 5) : Make(c.GetProperty("scheduler"));
                for (int step = 0; step < expected.Length; step++) Near(expected[step], schedule.LearningRate(step, initial), $"{name}, step {step}");
                if (c.TryGetProperty("expected_momentum", out var momenta))
                    for (int step = 0; step < momenta.GetArrayLength(); step++) Near(momenta[step].GetDouble(), schedule.Momentum(step, 0), $"momentum of {name}, step {step}");
            }
            count++;
        }
        Assert.Equal(45, count);
    }

    static void Plateau(string name, JsonElement a, double[] metrics, double initial, double[] expected)
    {
        var plateau = new ReduceOnPlateau(
            patience: Int(a, "patience", 10), higherIsBetter: Text(a, "mode") == "max", threshold: Number(a, "threshold", 1e-4), absolute: Text(a, "threshold_mode") == "abs",
            cooldown: Int(a, "cooldown", 0), minimum: Number(a, "min_lr", 0));
        var optimizer = new SGD([Parameter.Of(Tensor.Zeros([1]))], initial);
        for (int epoch = 0; epoch < expected.Length; epoch++)
        {
            bool lowered = plateau.Observe(metrics[epoch], optimizer);
            Near(expected[epoch], optimizer.LearningRate, $"{name}, epoch {epoch}");
            Assert.Equal(lowered, epoch > 0 && expected[epoch] < expected[epoch - 1]);
        }
    }

    static Schedule Make(JsonElement s)
    {
        var a = s[1];
        return s[0].GetString() switch
        {
            "StepLR" => new StepSchedule(Int(a, "step_size", 0), Number(a, "gamma", 0.1)),
            "MultiStepLR" => new MultiStepSchedule(Ints(a, "milestones"), Number(a, "gamma", 0.1)),
            "ConstantLR" => new ConstantSchedule(Number(a, "factor", 1.0 / 3), Int(a, "total_iters", 5)),
            "LinearLR" => new LinearSchedule(Number(a, "start_factor", 1.0 / 3), Number(a, "end_factor", 1), Int(a, "total_iters", 5)),
            "ExponentialLR" => new ExponentialSchedule(Number(a, "gamma", 0)),
            "PolynomialLR" => new PolynomialSchedule(Int(a, "total_iters", 5), Number(a, "power", 1)),
            "CosineAnnealingLR" => new CosineSchedule(Int(a, "T_max", 0), Number(a, "eta_min", 0)),
            "CosineAnnealingWarmRestarts" => new CosineWarmRestartsSchedule(Int(a, "T_0", 0), Int(a, "T_mult", 1), Number(a, "eta_min", 0)),
            "LambdaLR" => new LambdaSchedule(epoch => Math.Pow(double.Parse(Text(a, "lr_lambda")!.Split('*')[0], CultureInfo.InvariantCulture), epoch)),
            "MultiplicativeLR" => new MultiplicativeSchedule(_ => double.Parse(Text(a, "lr_lambda")!, CultureInfo.InvariantCulture)),
            "CyclicLR" => new CyclicSchedule(
                Number(a, "base_lr", 0), Number(a, "max_lr", 0), Int(a, "step_size_up", 2000), a.TryGetProperty("step_size_down", out var down) ? down.GetInt32() : null,
                Text(a, "mode") switch { "triangular" => CyclicMode.Triangular, "triangular2" => CyclicMode.Triangular2, _ => CyclicMode.ExpRange }, Number(a, "gamma", 1),
                true, Number(a, "base_momentum", 0.8), Number(a, "max_momentum", 0.9)),
            "OneCycleLR" => new OneCycleSchedule(
                Number(a, "max_lr", 0), Int(a, "total_steps", 0), Number(a, "pct_start", 0.3), Text(a, "anneal_strategy") == "linear" ? Annealing.Linear : Annealing.Cosine, true,
                Number(a, "base_momentum", 0.85), Number(a, "max_momentum", 0.95), Number(a, "div_factor", 25), Number(a, "final_div_factor", 1e4), a.TryGetProperty("three_phase", out _)),
            "SequentialLR" => Sequence([.. a.GetProperty("schedulers").EnumerateArray().Select(Make)], Ints(a, "milestones")),
            "ChainedScheduler" => a.EnumerateArray().Select(Make).Aggregate((x, y) => x.With(y)),
            var name => throw new NotSupportedException(name),
        };
    }

    static Schedule Sequence(Schedule[] schedules, int[] milestones)
    {
        var all = schedules[0];
        for (int i = 0; i < milestones.Length; i++) all = all.Then(schedules[i + 1], after: milestones[i]);
        return all;
    }

    static void Near(double expected, double actual, string what) => Assert.True(Math.Abs(expected - actual) <= Tolerance, $"{what}: {actual}, not {expected}");

    static double[] Numbers(JsonElement a) => [.. a.EnumerateArray().Select(x => x.GetDouble())];

    static double Number(JsonElement a, string name, double otherwise) => a.TryGetProperty(name, out var x) ? x.GetDouble() : otherwise;

    static int Int(JsonElement a, string name, int otherwise) => a.TryGetProperty(name, out var x) ? x.GetInt32() : otherwise;

    static int[] Ints(JsonElement a, string name) => [.. a.GetProperty(name).EnumerateArray().Select(x => x.GetInt32())];

    static string? Text(JsonElement a, string name) => a.TryGetProperty(name, out var x) ? x.GetString() : null;
}
