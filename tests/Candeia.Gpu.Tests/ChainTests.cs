namespace Candeia.Gpu.Tests;

/// <summary>Pointwise ops that follow each other are one kernel, and nobody can tell but by counting launches.</summary>
[Collection(nameof(Gpu))]
public class ChainTests
{
    static Tensor Numbers(Shape shape, ulong seed, DType dtype = DType.Float32) => (Tensor.Randn(shape, generator: new Generator(seed)) * 3).To(dtype);

    /// <summary>Computes with all waiting at once and with a wait behind each op: the same bits, and how many kernels both took.</summary>
    static (long Together, long Apart) Same(Func<Func<Tensor, Tensor>, Tensor[]> compute)
    {
        var device = Gpu.Device;
        device.Synchronize();
        long before = device.Launches;
        double[][] together = [.. compute(x => x).Select(y => y.To(Device.Cpu)).Select(y => y.ToArray<double>())];
        long middle = device.Launches;
        double[][] apart = [.. compute(x =>
        {
            device.Synchronize();
            return x;
        }).Select(y => y.To(Device.Cpu)).Select(y => y.ToArray<double>())];
        Assert.Equal(apart, together);
        return (middle - before, device.Launches - middle);
    }

    [SkippableTheory]
    [InlineData(DType.Float32), InlineData(DType.Float64), InlineData(DType.Float16), InlineData(DType.BFloat16), InlineData(DType.Int64), InlineData(DType.UInt8)]
    public void A_chain_with_broadcasting_strides_and_numbers_is_one_kernel_with_the_same_bits(DType dtype)
    {
        var device = Gpu.Device;
        Tensor a = Numbers([5, 7, 3], 1, dtype).To(device), b = Numbers([7, 1], 2, dtype).To(device), c = Numbers([3, 7, 5], 3, dtype).To(device).Permute(2, 1, 0);
        Assert.Equal((1, 5), Same(then =>
        {
            var x = then(then(a + b) * c);
            var y = then(x - 2);
            return [then(then(y * x).Maximum(a))];
        }));
    }

    [SkippableFact]
    public void Products_and_sums_of_different_steps_are_rounded_apart()
    {
        var device = Gpu.Device;
        Tensor a = Numbers([10_000], 1).To(device), b = Numbers([10_000], 2).To(device), c = Numbers([10_000], 3).To(device);
        Assert.Equal((1, 4), Same(then => [then(then(then(a * b) + c) - then(a * c))]));
    }

    [SkippableFact]
    public void Every_result_that_somebody_holds_is_there()
    {
        var device = Gpu.Device;
        Tensor a = Numbers([40, 30], 1).To(device);
        Assert.Equal((1, 3), Same(then =>
        {
            Tensor x = then(a + 1), y = then(x.Exp()), z = then(y * x);
            return [z, x, y];
        }));
    }

    [SkippableFact]
    public void What_is_read_otherwise_or_written_is_computed_first()
    {
        var device = Gpu.Device;
        Tensor a = Numbers([6, 6], 1);
        Tensor[] Compute(Device where)
        {
            var x = a.Clone().To(where);
            Tensor y = x + 1, turned = y.T() * y, part = y[1..3] * 2, sum = (y * 2).Sum(0) + y[0];
            x[..] = 5;                                                       // y has the old values
            var after = x + y;
            y[2..] = after[2..] * 3;
            return [y, turned, part, sum, after, y * 2];
        }
        foreach (var (here, there) in Compute(Device.Cpu).Zip(Compute(device))) Assert.True(there.To(Device.Cpu).AllClose(here, 1e-5, 1e-5));
    }

    [SkippableFact]
    public void Memory_that_is_let_go_of_comes_back_when_the_kernel_has_read_it()
    {
        var device = Gpu.Device;
        double[] expected = Run(Device.Cpu), got = Run(device);
        for (int i = 0; i < expected.Length; i++) Assert.Equal(expected[i], got[i], 1e-4);

        static double[] Run(Device where)
        {
            using var step = Scope.Begin();
            List<Tensor> kept = [];
            for (int i = 0; i < 30; i++)
            {
                using var scope = Scope.Begin();
                Tensor x = Tensor.Arange(0, 500, dtype: DType.Float32, device: where) + i, y = x * 0.5;
                kept.Add((y.Sin() + x).Keep());                              // x and y end here
            }
            return [.. kept.Select(k => k.Mean().Item())];
        }
    }

    [Fact]
    public void A_result_that_nobody_can_read_any_more_is_not_stored()
    {
        var driver = new FakeDriver();
        var device = new GpuDevice("fake:0", driver);
        var a = Tensor.Zeros([100], device: device);
        Tensor kept;
        using (Scope.Begin()) kept = ((a + 1).Exp() * a).Keep();
        device.Synchronize();
        string text = driver.Texts[^1];
        Assert.Single(text.Split('\n'), line => line.Contains("] = r", StringComparison.Ordinal));
        Assert.Contains("exp(", text, StringComparison.Ordinal);
        Assert.Equal(1, device.Chain.Joined);

        long launches = device.Launches;
        using (Scope.Begin()) _ = (kept + a) * 2;
        device.Synchronize();
        Assert.Equal(launches, device.Launches);                             // nobody has asked for anything
    }

    [Fact]
    public void A_thread_that_lets_go_of_what_another_computes_disturbs_nothing()
    {
        var driver = new FakeDriver();
        var device = new GpuDevice("fake:0", driver);
        var shared = Tensor.Ones([64], device: device);
        Parallel.For(0, 4, _ =>
        {
            for (int i = 0; i < 300; i++)
            {
                using var scope = Scope.Begin();
                var x = shared * i;
                var y = (x + shared).Keep();
                if (i % 7 == 0) y.Sum().ToArray<float>();
            }
        });
        device.Synchronize();
        GC.Collect();
        GC.WaitForPendingFinalizers();
        device.Trim();
        Assert.Equal(device.Blocks.Used, driver.Used);
    }
}
