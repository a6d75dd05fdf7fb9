using System.Diagnostics;
using Candeia.NN;

namespace Candeia.Gpu.Tests;

/// <summary>What a step costs the host: a driver that does nothing leaves that alone.</summary>
public class HostTests
{
    const int Warm = 60, Steps = 200;

    /// <summary>Bytes and microseconds for each launch of a training step.</summary>
    static (double Bytes, double Microseconds) Measure()
    {
        var device = new GpuDevice("fake:0", new FakeDriver());
        var model = new CorrelationNet().To(device);
        var adam = new Adam(model.Parameters());
        Tensor x = Tensor.Zeros([2, 1, 130, 130]).To(device), target = Tensor.Zeros([2, 1]).To(device);
        long bytes = 0, launches = 0, began = 0;
        for (int i = 0; i < Warm + Steps; i++)
        {
            if (i == Warm) (bytes, launches, began) = (GC.GetAllocatedBytesForCurrentThread(), device.Launches, Stopwatch.GetTimestamp());
            using var scope = Scope.Begin();
            adam.ZeroGrad();
            model.Forward(x).MseLoss(target).Backward();
            adam.Step();
        }
        double count = device.Launches - launches;
        return ((GC.GetAllocatedBytesForCurrentThread() - bytes) / count, Stopwatch.GetElapsedTime(began).TotalMicroseconds / count);
    }

    [Fact]
    public void A_launch_leaves_little_to_the_collector()
    {
        var (bytes, microseconds) = Measure();
        Assert.True(bytes < 1600, FormattableString.Invariant($"{bytes:0} bytes and {microseconds:0.0} µs a launch"));
    }
}
