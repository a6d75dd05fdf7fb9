using System.Diagnostics;
using Candeia.NN;

namespace Candeia.Gpu.Tests;

/// <summary>What a launch costs the host: a driver that does nothing leaves that alone.</summary>
public class HostTests
{
    const int Rounds = 40;

    /// <summary>Bytes and microseconds for each launch, the least of several rounds: code that has not been compiled in full yet boxes what later stays on the stack.</summary>
    static (double Bytes, double Microseconds) Least(GpuDevice device, int count, double enough, Action step)
    {
        (double Bytes, double Microseconds) least = (double.PositiveInfinity, double.PositiveInfinity);
        for (int round = 0; round < Rounds && least.Bytes > enough; round++)
        {
            device.Synchronize();
            var (bytes, launches, began) = (GC.GetAllocatedBytesForCurrentThread(), device.Launches, Stopwatch.GetTimestamp());
            for (int i = 0; i < count; i++)
            {
                using var scope = Scope.Begin();
                step();
            }
            double made = device.Launches - launches;
            least = (Math.Min(least.Bytes, (GC.GetAllocatedBytesForCurrentThread() - bytes) / made), Math.Min(least.Microseconds, Stopwatch.GetElapsedTime(began).TotalMicroseconds / made));
        }
        return least;
    }

    static void Check(string what, double limit, (double Bytes, double Microseconds) least)
    {
        string said = FormattableString.Invariant($"{what}: {least.Bytes:0} bytes and {least.Microseconds:0.0} µs a launch");
        Console.WriteLine(said);
        Assert.True(least.Bytes <= limit, said);
    }

    [Fact]
    public void A_launch_leaves_a_tensor_and_its_memory_to_the_collector()
    {
        var device = new GpuDevice("fake:0", new FakeDriver());
        Tensor x = Tensor.Zeros([64, 32], device: device), w = Tensor.Zeros([32, 16], device: device);
        Check("softmax", 200, Least(device, 5000, 200, () => x.Softmax(1)));
        Check("a product", 260, Least(device, 5000, 260, () => x.MatMul(w)));   // the shape of the result is new
    }

    [Fact]
    public void A_step_leaves_its_graph_to_the_collector()
    {
        var device = new GpuDevice("fake:0", new FakeDriver());
        var model = new CorrelationNet().To(device);
        var adam = new Adam(model.Parameters());
        Tensor x = Tensor.Zeros([2, 1, 130, 130]).To(device), target = Tensor.Zeros([2, 1]).To(device);
        Check("a step", 640, Least(device, 200, 640, () =>
        {
            adam.ZeroGrad();
            model.Forward(x).MseLoss(target).Backward();
            adam.Step();
        }));
    }
}
