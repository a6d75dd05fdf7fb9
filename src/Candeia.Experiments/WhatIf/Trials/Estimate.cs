using System.Diagnostics;
using Candeia.NN;

namespace Candeia.Experiments;

/// <summary>How long trials will take, from some steps of each kind of network on made-up data.</summary>
sealed class Estimate(Func<DigitsData> digits, CancellationToken cancel = default)
{
    const int Steps = 2;
    const double Trying = 0.4;      // seconds at least: the first steps of a process are slower than all later ones
    const double Loading = 1.1;     // pictures are read on the same processors

    readonly Dictionary<(Problem, Code<NewNetwork>, Recipe?, int, bool, bool, string?), (double Train, double Look)> _perImage = [];

    /// <summary>The seconds that a training will probably take, the test included.</summary>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public double Of(Trial trial)
    {
        var kind = (trial.Problem, trial.Network, trial.Recipe, trial.BatchSize, trial.Float64, trial.Direct, trial.Device);
        if (!_perImage.TryGetValue(kind, out var cost)) _perImage[kind] = cost = Measure(trial);
        return Loading * (trial.Epochs * ((double)trial.Train * cost.Train + trial.Valid * cost.Look) + 2.0 * trial.Test * cost.Look);
    }

    (double Train, double Look) Measure(Trial trial)
    {
        bool ofDigits = trial.Problem == Problem.Digits;
        Shape input = ofDigits ? digits().Input : [1, 130, 130];
        using var scope = Scope.Begin();
        var learner = Lab.Learner(trial, trial.LearningRate, input, ofDigits ? digits().Classes : 1);
        Device device = trial.Device ?? Device.Cpu.Name;
        var model = learner.Model.To(device);
        var optimizers = learner.Optimizers(model);
        int n = Math.Min(trial.BatchSize, trial.Train);
        var dtype = trial.Float64 ? DType.Float64 : DType.Float32;
        Tensor x = Tensor.Rand([n, .. input]).To(dtype).To(device), y = Tensor.Zeros([n], ofDigits ? DType.Int64 : dtype, device);
        using var way = Lab.Convolving(trial);
        double train = Seconds(() =>
        {
            foreach (var optimizer in optimizers) optimizer.ZeroGrad();
            learner.Loss(model.Forward(x), y).Backward();
            foreach (var optimizer in optimizers) optimizer.Step();
            device.Synchronize();
        });
        model.Eval();
        double look = Seconds(() =>
        {
            using var _ = Autograd.NoGrad();
            model.Forward(x).ToArray<double>();
        });
        return (train / n, look / n);
    }

    double Seconds(Action step)
    {
        double least = double.PositiveInfinity;
        long begin = Stopwatch.GetTimestamp();
        for (int i = -1; i < Steps || Stopwatch.GetElapsedTime(begin).TotalSeconds < Trying; i++)
        {
            cancel.ThrowIfCancellationRequested();
            long start = Stopwatch.GetTimestamp();
            using (Scope.Begin()) step();
            least = Math.Min(least, Stopwatch.GetElapsedTime(start).TotalSeconds);
        }
        return least;
    }
}
