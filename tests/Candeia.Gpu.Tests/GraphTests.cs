using System.Diagnostics;
using Candeia.NN;

namespace Candeia.Gpu.Tests;

/// <summary>Steps that come again and again are run as graphs of CUDA, on functions that stand for NVIDIA's; nobody can tell but by counting.</summary>
[Collection(nameof(Gpu))]
public class GraphTests
{
    const string Text = "KERNEL void run(GLOBAL f32* p, N n, f32 k) {}";

    static CudaFound Found(IDriver behind, bool hasGraphs = true, CublasLtApi? products = null) => CudaFound.Of((FakeCuda.On(behind, products, hasGraphs), null));

    static GpuDevice Opened(IDriver behind, bool hasGraphs = true, CublasLtApi? products = null) => Cuda.Open(Found(behind, hasGraphs, products), 0, files: null);

    static CudaDriver Driver(IDriver behind, bool hasGraphs = true)
    {
        var found = Found(behind, hasGraphs);
        return new(found.Api!, found.Devices[0], null);
    }

    /// <summary>Steps of the tutorial's network: what is copied there is copied first, if anything is.</summary>
    static Action Steps(GpuDevice device, bool copies = true, bool reads = true, Action? between = null)
    {
        var model = new CorrelationNet().To(device);
        var adam = new Adam(model.Parameters());
        Tensor images = Tensor.Zeros([2, 1, 130, 130]), targets = Tensor.Zeros([2, 1]);
        if (!copies) (images, targets) = (images.To(device), targets.To(device));
        return () =>
        {
            using var scope = Scope.Begin();
            Tensor x = images.To(device), y = targets.To(device);
            adam.ZeroGrad();
            var loss = model.Forward(x).MseLoss(y);
            between?.Invoke();
            loss.Backward();
            adam.Step();
            if (reads) _ = loss.Item();
        };
    }

    static (long Launches, int Graphs, int Alone, int Changes) Count(GpuDevice device, Action step)
    {
        var (launches, graphs, alone, changes) = (device.Launches, FakeGraphs.Launches, FakeCuda.Launches, FakeGraphs.Changes);
        step();
        return (device.Launches - launches, FakeGraphs.Launches - graphs, FakeCuda.Launches - alone, FakeGraphs.Changes - changes);
    }

    [Fact]
    public void A_steady_step_is_one_graph_in_which_the_numbers_of_the_optimizer_change()
    {
        var behind = new FakeDriver();
        var device = Opened(behind);
        var step = Steps(device);
        for (int i = 0; i < 12; i++)
        {
            int allocations = behind.Allocations;
            var (launches, graphs, alone, changes) = Count(device, step);
            if (i < 2) Assert.Equal((launches, 0), (alone, graphs));
            if (i < 6) continue;
            Assert.Equal((1, 0, allocations), (graphs, alone, behind.Allocations));
            Assert.InRange(launches, Repeats.Least, Repeats.Most);
            Assert.InRange(changes, 1, 3);                                   // addresses are those of a step before
        }
    }

    [Fact]
    public void A_loop_that_copies_nothing_and_reads_nothing_is_graphs_as_well()
    {
        var device = Opened(new FakeDriver());
        var step = Steps(device, copies: false, reads: false);
        for (int i = 0; i < 20; i++) step();
        var (launches, graphs, alone, _) = Count(device, () =>
        {
            for (int i = 0; i < 10; i++) step();
        });
        Assert.Equal(0, alone);
        Assert.InRange(graphs, 4, launches / Repeats.Least);
    }

    [Fact]
    public void Switched_off_or_with_an_older_driver_kernels_go_one_by_one()
    {
        var device = Opened(new FakeDriver(), hasGraphs: false);
        var step = Steps(device);
        for (int i = 0; i < 6; i++)
        {
            var (launches, graphs, alone, _) = Count(device, step);
            Assert.Equal((launches, 0), (alone, graphs));
        }
    }

    /// <summary>The same launches in the same order, with the same arguments, whatever comes: programs that repeat, turn into others, are cut short, and are interrupted by copies.</summary>
    [Theory]
    [InlineData(1), InlineData(2), InlineData(3)]
    public void Launches_and_their_order_are_those_without_graphs(int seed)
    {
        List<string> together = [], apart = [];
        Run(true, together);
        Assert.True(FakeGraphs.Launches > 50, $"{FakeGraphs.Launches} graphs");
        Run(false, apart);
        Assert.Equal(apart, together);

        void Run(bool hasGraphs, List<string> log)
        {
            var driver = Driver(new FakeDriver { Log = log }, hasGraphs);
            Handle[] kernels = [.. Enumerable.Range(0, 4).Select(i => driver.Build($"{CudaPrelude.Text}typedef i32 N;\n// {i}\n{Text}", "run"))], memory = [.. Enumerable.Range(0, 6).Select(_ => driver.Allocate(256))];
            var random = new Random(seed);
            (int Kernel, int Groups, int Memory)[][] programs = [.. ((int[])[3, 9, 27, 64, 150]).Select(length => Enumerable.Range(0, length).Select(_ => (random.Next(4), random.Next(1, 3), random.Next(6))).ToArray())];
            var arguments = new Arguments();
            int program = 0;
            for (int round = 0; round < 400; round++)
            {
                if (random.Next(8) == 0) program = random.Next(programs.Length);
                bool turns = random.Next(6) == 0;
                int end = turns ? random.Next(programs[program].Length) : programs[program].Length, other = random.Next(12) == 0 ? random.Next(end) : -1;
                for (int i = 0; i < end; i++)
                {
                    var (kernel, groups, place) = programs[program][i];
                    if (i == other) groups = 3;
                    arguments.Clear().Add(memory[random.Next(20) == 0 ? random.Next(6) : place]).Add(i).Add((float)(random.Next(30) == 0 ? round : 0));
                    driver.Launch(kernels[kernel], groups, 64, arguments);
                    if (random.Next(500) == 0) driver.Write(memory[0], 0, new byte[8]);
                }
                if (random.Next(5) == 0) continue;
                driver.Finish();
                log.Add("all is done");
            }
            driver.Finish();
        }
    }

    [Fact]
    public void Memory_that_is_let_go_of_while_launches_wait_stays_until_they_are_there()
    {
        var behind = new FakeDriver();
        var driver = Driver(behind);
        Handle kernel = driver.Build($"{CudaPrelude.Text}typedef i32 N;\n{Text}", "run"), memory = driver.Allocate(256);
        var arguments = new Arguments();
        void Launch(int count)
        {
            for (int i = 0; i < count; i++) driver.Launch(kernel, 1, 64, arguments.Clear().Add(memory).Add(i).Add(0f));
        }
        for (int i = 0; i < 4; i++)
        {
            Launch(20);
            driver.Finish();
        }
        Assert.Equal(2, driver.Graphs);
        int alone = FakeCuda.Launches;
        Launch(15);
        Assert.Equal(alone, FakeCuda.Launches);                              // they wait
        driver.Free(memory);
        Assert.Equal(256, behind.Used);
        driver.Submit();
        Assert.Equal((alone + 15, 0L), (FakeCuda.Launches, behind.Used));
        Assert.Equal(2, driver.Graphs);
    }

    [Fact]
    public void Where_memory_is_full_while_launches_wait_what_is_kept_for_later_is_given_back()
    {
        var behind = new FakeDriver { Memory = 160 << 20 };
        var device = Opened(behind);
        bool takes = false;
        void Take(long bytes)
        {
            using var scope = Scope.Begin();
            _ = Tensor.Empty([checked((int)bytes / 4)], device: device);
        }
        var step = Steps(device, between: () =>
        {
            if (!takes) return;
            int alone = FakeCuda.Launches;
            Take(behind.Memory - behind.Used + 4);
            Assert.True(FakeCuda.Launches > alone);                          // what waited was launched
        });
        for (int i = 0; i < 6; i++) step();
        Take(32 << 20);
        Assert.Equal(1, Count(device, step).Graphs);
        takes = true;
        Assert.Equal(0, Count(device, step).Graphs);
        takes = false;
        for (int i = 0; i < 4; i++) step();
        Assert.Equal(1, Count(device, step).Graphs);
        device.Trim();
        Assert.Equal(device.Blocks.Used, behind.Used);
    }

    [Fact]
    public void What_fails_is_told_and_the_next_step_goes_one_by_one()
    {
        var device = Opened(new FakeDriver());
        var step = Steps(device);
        for (int i = 0; i < 6; i++) step();
        int kept = FakeGraphs.Kept;
        FakeCuda.Errors["cuGraphLaunch"] = 701;
        Assert.Contains("on cuda:0: a fake GPU could not run a graph of kernels: CUDA_ERROR_FAKE_701, 701", Assert.Throws<GpuException>(step).Message, StringComparison.Ordinal);
        FakeCuda.Errors.Clear();
        Assert.Equal(kept - 4, FakeGraphs.Kept);                             // gradients alternate between two places, so there were two
        var (launches, graphs, alone, _) = Count(device, step);
        Assert.Equal((launches, 0), (alone, graphs));
    }

    [Theory]
    [InlineData("cuGraphCreate", 0), InlineData("cuGraphAddKernelNode_v2", 0), InlineData("cuGraphInstantiateWithFlags", 0), InlineData("cuGraphExecKernelNodeSetParams_v2", 4)]
    public void What_cannot_be_made_a_graph_or_changed_in_one_goes_one_by_one(string function, int from)
    {
        var device = Opened(new FakeDriver());
        var step = Steps(device);
        int kept = FakeGraphs.Kept;
        FakeCuda.Errors[function] = 2;
        for (int i = 0; i < 8; i++)
        {
            var (launches, graphs, alone, _) = Count(device, step);
            if (i >= from) Assert.Equal((launches, 0), (alone, graphs));
        }
        FakeCuda.Errors.Clear();
        Assert.Equal(kept, FakeGraphs.Kept);
    }

    [SkippableFact]
    public void A_training_with_a_smaller_last_batch_another_network_and_another_rate_has_the_same_bits()
    {
        _ = Gpu.Imitated;
        var (apart, none) = Train(false);
        var (together, graphs) = Train(true);
        Assert.Equal(0, none);
        Assert.InRange(graphs, 10, 200);
        Assert.Equal(apart, together);

        static (float[] Values, int Graphs) Train(bool hasGraphs)
        {
            var device = Opened(Gpu.Behind, hasGraphs);
            using var numbers = Generator.Use(new(7));
            List<float> values = [];
            foreach (int heads in (int[])[4, 2])
            {
                var model = new TransformerEncoderLayer(16, heads, feedforward: 32, dropout: 0.2).To(device);
                var steps = new AdamW(model.Parameters(), 1e-2);
                for (int i = 0; i < 14; i++)
                {
                    using var scope = Scope.Begin();
                    Tensor x = Tensor.Randn([i % 7 == 6 ? 1 : 3, 5, 16]).To(device), y = Tensor.Randn(x.Shape).To(device);
                    steps.LearningRate = 1e-2 / (1 + i);
                    steps.ZeroGrad();
                    var loss = model.Forward(x).MseLoss(y);
                    loss.Backward();
                    steps.Step();
                    if (i % 3 > 0) values.Add((float)loss.Item());
                }
                values.AddRange(model.Parameters().SelectMany(p => p.ToArray<float>()));
            }
            return ([.. values], FakeGraphs.Launches);
        }
    }

    [SkippableFact]
    public void Products_of_the_library_are_captured_and_what_cannot_be_is_launched()
    {
        _ = Gpu.Imitated;
        var (apart, products) = Compute(false, null);
        foreach (string? fails in (string?[])[null, "cuStreamBeginCapture_v2", "cuStreamEndCapture", "cuGraphAddChildGraphNode"])
        {
            var (together, same) = Compute(true, fails);
            Assert.Equal(apart, together);
            Assert.Equal(products, same);
            if (fails is null) Assert.InRange(FakeGraphs.Launches, 5, 100);
            else Assert.Equal(0, FakeGraphs.Launches);
        }

        static (float[] Values, int Products) Compute(bool hasGraphs, string? fails)
        {
            var device = Opened(Gpu.Behind, hasGraphs, FakeCublasLt.Api());
            if (fails is not null) FakeCuda.Errors[fails] = 900;
            Tensor w = Tensor.Randn([7, 7], generator: new(1)).To(device), bias = Tensor.Randn([7], generator: new(2)).To(device);
            List<float> values = [];
            for (int i = 0; i < 8; i++)
            {
                using var scope = Scope.Begin();
                var x = Tensor.Randn([5, 7], generator: new(3 + (ulong)i)).To(device);
                for (int layer = 0; layer < 4; layer++) x = x.Linear(w, bias).Relu().MatMul(w).Tanh();
                values.AddRange(x.ToArray<float>());
            }
            FakeCuda.Errors.Clear();
            return ([.. values], FakeCublasLt.Products);
        }
    }

    [Fact]
    public void What_a_launch_costs_here_before_the_driver_is_called_is_hardly_more()
    {
        (double Microseconds, double Bytes) Least(bool hasGraphs)
        {
            var device = Opened(new FakeDriver(), hasGraphs);
            var step = Steps(device);
            for (int i = 0; i < 50; i++) step();
            FakeCuda.IsIdle = true;
            (double Microseconds, double Bytes) least = (double.PositiveInfinity, double.PositiveInfinity);
            for (int round = 0; round < 30; round++)
            {
                var (launches, bytes, began) = (device.Launches, GC.GetAllocatedBytesForCurrentThread(), Stopwatch.GetTimestamp());
                for (int i = 0; i < 20; i++) step();
                double made = device.Launches - launches;
                least = (Math.Min(least.Microseconds, Stopwatch.GetElapsedTime(began).TotalMicroseconds / made), Math.Min(least.Bytes, (GC.GetAllocatedBytesForCurrentThread() - bytes) / made));
            }
            FakeCuda.IsIdle = false;
            return least;
        }
        var (apart, together) = (Least(false), Least(true));
        string said = FormattableString.Invariant($"a launch of a step: {apart.Microseconds:0.00} µs and {apart.Bytes:0} bytes one by one, {together.Microseconds:0.00} µs and {together.Bytes:0} bytes in graphs");
        Console.WriteLine(said);
        Assert.True(together.Bytes <= apart.Bytes + 20, said);
    }
}
