using System.Diagnostics;
using Candeia.NN;

namespace Candeia.Experiments;

/// <summary>Measures the network on data that are made once, so that nothing but its steps is measured.</summary>
static class StepBench
{
    const int Warmup = 5, Steps = 21;

    public static StepSpeed Measure(int batchSize, Device device, CancellationToken cancel)
    {
        Generator.Seed(0);
        var net = new CorrelationNet().To(device);
        var adam = new Adam(net.Parameters());
        Tensor x = Tensor.Rand([batchSize, 1, 130, 130]).To(device), target = Tensor.Rand([batchSize, 1]).To(device);

        double train = ImagesPerSecond(batchSize, () =>
        {
            adam.ZeroGrad();
            net.Forward(x).MseLoss(target).Backward();
            adam.Step();
            device.Synchronize();           // a device may go on behind one's back
        }, cancel);
        net.Eval();
        double inference = ImagesPerSecond(batchSize, () =>
        {
            using var _ = Autograd.NoGrad();
            net.Forward(x).ToArray<float>();    // a tensor that nobody reads may never be computed
        }, cancel);
        return new(train, inference, batchSize, Steps, Threads.Count, Machine.PeakMemory(), Versions.Here(), Machine.Here());
    }

    static double ImagesPerSecond(int batchSize, Action step, CancellationToken cancel)
    {
        var seconds = new double[Steps];
        for (int i = -Warmup; i < Steps; i++)
        {
            cancel.ThrowIfCancellationRequested();
            long start = Stopwatch.GetTimestamp();
            using (Scope.Begin()) step();
            if (i >= 0) seconds[i] = Stopwatch.GetElapsedTime(start).TotalSeconds;
        }
        Array.Sort(seconds);
        return batchSize / seconds[Steps / 2];
    }
}
