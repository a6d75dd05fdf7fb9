using Candeia.NN;
using Candeia.Vision;

namespace Candeia.Gpu.Tests;

/// <summary>What fails, and how it is told; and what a step asks of a device. No device is needed.</summary>
public class FaultTests
{
    [Fact]
    public void Where_memory_is_full_what_nobody_holds_is_collected_and_it_is_tried_again()
    {
        var driver = new FakeDriver { Memory = 100 << 20 };
        var device = new GpuDevice("fake:0", driver);
        static void Forget(Device device)
        {
            for (int i = 0; i < 12; i++) _ = Tensor.Empty([1 << 21], device: device);
        }
        Forget(device);
        Assert.InRange(driver.Used, 90 << 20, 100 << 20);
        var kept = Tensor.Empty([1 << 24], device: device);
        string message = Assert.Throws<InsufficientMemoryException>(() => Tensor.Empty([1 << 24], device: device)).Message;
        Assert.Contains("fake:0 has no 64 MiB left: 64 MiB are in use by tensors, of 100 MiB; make the batch smaller", message, StringComparison.Ordinal);
        _ = Tensor.Empty([1 << 10], device: device);                         // and it goes on
        GC.KeepAlive(kept);
    }

    [Fact]
    public void Results_that_are_forgotten_without_a_scope_do_not_fill_a_device()
    {
        var driver = new FakeDriver { Memory = 512 << 20 };
        var device = new GpuDevice("fake:0", driver);
        for (int i = 0; i < 5_000; i++) _ = Tensor.Empty([1 << 20], device: device);
        Assert.InRange(driver.Most, 4 << 20, 512 << 20);
    }

    [Fact]
    public void A_kernel_that_is_refused_is_told_with_the_op_and_the_next_op_runs()
    {
        var driver = new FakeDriver();
        var device = new GpuDevice("fake:0", driver);
        var x = Tensor.Zeros([3], device: device);
        driver.Refuses = true;
        foreach (var (op, name) in new (Func<Tensor>, string)[] { (() => x.Exp(), "Exp on fake:0"), (() => x.Exp() * 2, "Exp, Multiply on fake:0"), (() => x.Sum(), "Sum on fake:0") })
            Assert.StartsWith(name, Assert.Throws<GpuException>(() => op().ToArray<float>()).Message, StringComparison.Ordinal);
        driver.Refuses = false;
        Assert.Equal([0f, 0, 0], x.Exp().ToArray<float>());                  // nothing is computed
    }

    [Fact]
    public void A_device_that_is_gone_is_told_of_by_every_op_and_every_read()
    {
        var driver = new FakeDriver();
        var device = new GpuDevice("fake:0", driver);
        var x = Tensor.Zeros([3], device: device);
        driver.IsLost = true;
        Assert.Contains("gone", Assert.Throws<GpuException>(() => x.Exp().ToArray<float>()).Message, StringComparison.Ordinal);
        Assert.Throws<GpuException>(() => x.ToArray<float>());
        Assert.Throws<GpuException>(device.Synchronize);
        Assert.Throws<GpuException>(() => Tensor.Ones([2]).To(device));
    }

    [Fact]
    public void Scratch_memory_comes_back_also_where_an_op_fails()
    {
        var driver = new FakeDriver();
        var device = new GpuDevice("fake:0", driver);
        Tensor q = Tensor.Zeros([2, 5, 8], device: device);
        long used = device.Blocks.Used;
        driver.IsLost = true;
        using (Scope.Begin()) Assert.Throws<GpuException>(() => new AttentionOp(1).Apply(q, q, q));
        Assert.Equal(used, device.Blocks.Used);
    }

    [Fact]
    public void A_device_without_double_refuses_it_and_knows_no_kernel_with_it()
    {
        var driver = new FakeDriver { HasDouble = false };
        var device = new GpuDevice("fake:0", driver);
        Assert.Contains("Float64", Assert.Throws<NotSupportedException>(() => Tensor.Zeros([2], DType.Float64, device)).Message, StringComparison.Ordinal);
        var x = Tensor.Randn([4, 4], device: device);
        _ = (x * 0.3).Softmax(1).Sum() + Tensor.Rand([2], device: device).Gelu().Sum();
        Assert.NotEmpty(driver.Texts);
        Assert.All(driver.Texts, text => Assert.DoesNotContain("f64", text, StringComparison.Ordinal));
    }

    static void Check(int launches, Func<Layer> make, Func<Layer, Optimizer> optimizer, Shape x, Tensor y, Func<Tensor, Tensor, Tensor> loss)
    {
        var device = new GpuDevice("fake:0", new FakeDriver());
        var model = make().To(device);
        var steps = optimizer(model);
        Tensor input = Tensor.Zeros(x).To(device), target = y.To(device);
        for (int i = 0; i < 2; i++)
        {
            var before = (device.Launches, device.Waits, device.Uploads);
            using var scope = Scope.Begin();
            steps.ZeroGrad();
            var value = loss(model.Forward(input), target);
            value.Backward();
            steps.Step();
            Assert.Equal((0L, 0L), (device.Waits - before.Waits, device.Uploads - before.Uploads));
            if (i == 1) Assert.InRange(device.Launches - before.Launches, 1, launches);
        }
        Assert.Empty(device.WithoutKernel);
    }

    [Fact]
    public void A_step_of_the_tutorials_network_launches_few_kernels() =>
        Check(35, () => new CorrelationNet(), m => new Adam(m.Parameters()), [2, 1, 130, 130], Tensor.From([0.3f, -0.6f], [2, 1]), (y, t) => y.MseLoss(t));

    [Fact]
    public void A_step_of_a_residual_network_launches_few_kernels() => Check(
        300, () => new ResNet([2, 2, 2, 2], classes: 10, width: 8, smallImages: true), m => new SGD(m.Parameters(), 0.05, momentum: 0.9), [4, 3, 16, 16], Tensor.From([1L, 7, 0, 3]), (y, t) => y.CrossEntropyLoss(t));

    [Fact]
    public void A_step_of_a_transformer_launches_few_kernels() => Check(
        60, () => new TransformerEncoderLayer(16, 4, feedforward: 32, dropout: 0.2), m => new AdamW(m.Parameters()), [3, 5, 16], Tensor.Zeros([3, 5, 16]), (y, t) => y.MseLoss(t));
}
