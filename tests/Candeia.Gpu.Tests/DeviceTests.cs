using Candeia.NN;

namespace Candeia.Gpu.Tests;

/// <summary>What users see of a device: names, types, errors, memory, and ops of their own.</summary>
[Collection(nameof(Gpu))]
public class DeviceTests
{
    /// <summary>An op that this library does not know.</summary>
    sealed record BumpOp(double Width) : Op
    {
        public override Formula? Formula => new("exp(-(a / k0) * (a / k0)) + (T)0.5 * max_@(a, b)", Width);

        public Tensor Apply(Tensor x, Tensor y) => Run(x.Shape, x.DType, x, y);

        protected override void Compute(ReadOnlySpan<Tensor> x, ReadOnlySpan<Tensor> outputs)
        {
            double[] a = x[0].ToArray<double>(), b = x[1].Expand(x[0].Shape).ToArray<double>();
            outputs[0].CopyFrom(Tensor.From([.. a.Select((v, i) => Math.Exp(-v * v / Width / Width) + 0.5 * Math.Max(v, b[i]))], x[0].Shape));
        }
    }

    [SkippableFact]
    public void An_op_of_a_user_runs_there_by_its_formula()
    {
        var device = Gpu.Device;
        Tensor x = Tensor.Randn([3, 4], generator: new Generator(1)), y = Tensor.Randn([4], generator: new Generator(2));
        foreach (double width in (double[])[0.5, 2])
        {
            long before = device.Fallbacks;
            var there = new BumpOp(width).Apply(x.To(device).T().Contiguous().T(), y.To(device));
            Assert.Equal(before, device.Fallbacks);
            Assert.True(there.To(Device.Cpu).AllClose(new BumpOp(width).Apply(x, y), 1e-5, 1e-6));
        }
    }

    [SkippableTheory]
    [InlineData(DType.Bool), InlineData(DType.UInt8), InlineData(DType.Int8), InlineData(DType.Int16), InlineData(DType.Int32), InlineData(DType.Int64)]
    [InlineData(DType.Float16), InlineData(DType.BFloat16), InlineData(DType.Float32), InlineData(DType.Float64)]
    public void Every_type_is_copied_converted_compared_and_summed_there(DType dtype)
    {
        var device = Gpu.Device;
        var numbers = Tensor.From([0f, 1, 2, 3.7f, 100, 5.5f, 0.1f, 17, 64, 33, 7.9f, 12], [3, 4]);
        long before = device.Fallbacks;
        foreach (var make in new Func<Tensor, Tensor>[]
        {
            x => x.To(dtype), x => x.To(dtype).T().Contiguous(), x => x.To(dtype)[1.., TensorIndex.Every(2)].Clone(), x => x.To(dtype).To(DType.Float32), x => x.To(dtype).To(DType.Int64),
            x => x.To(dtype) > 2, x => x.To(dtype).Sum(1), x => x.To(dtype).Amax(0), x => Tensor.Cat([x.To(dtype), x.To(dtype)], 1), x => (x > 3).Where(x.To(dtype), x.To(dtype).T().Reshape(3, 4)),
            x => x.To(dtype).Gather(1, Tensor.From([0L, 3, 1], [3, 1]).To(x.Device)), x => x.To(dtype).Fill(5),
        })
        {
            Tensor here = make(numbers), there = make(numbers.To(device));
            Assert.Equal((here.Shape, here.DType), (there.Shape, there.DType));
            Assert.Equal(here.ToArray<double>(), there.ToArray<double>());
        }
        Assert.Equal(before, device.Fallbacks);
    }

    [SkippableTheory]
    [InlineData(DType.Float16), InlineData(DType.BFloat16)]
    public void What_is_added_in_the_same_pass_is_added_to_what_has_been_rounded_to_16_bits(DType dtype)
    {
        var device = Gpu.Device;
        Tensor x = Tensor.Randn([4, 1, 16, 16], generator: new(1)).To(dtype), z = Tensor.Randn([4, 1, 16, 16], generator: new(2)).To(dtype), one = Tensor.Ones([1], dtype), zero = Tensor.Zeros([1], dtype);
        Tensor factor = Tensor.Full([1], 1.3, dtype), window = Tensor.Full([1, 1, 1, 1], 1.3, dtype);
        var apart = (x.To(DType.Float32) * factor.To(DType.Float32) + z.To(DType.Float32)).To(dtype).Relu();
        foreach (var make in new Func<Func<Tensor, Tensor>, Tensor>[]
        {
            t => (t(x).BatchNorm(t(zero), t(one), training: false, t(factor), t(zero), epsilon: 0) + t(z)).Relu(), t => (t(x).Conv2d(t(window)) + t(z)).Relu(),
        })
        {
            Tensor here = make(t => t), there = make(t => t.To(device));
            Assert.Equal(here.ToArray<float>(), there.ToArray<float>());
            Assert.NotEqual(apart.ToArray<float>(), there.ToArray<float>());  // rounded once, some would be others
        }
    }

    [SkippableTheory]
    [InlineData(DType.UInt8), InlineData(DType.Int8), InlineData(DType.Int16), InlineData(DType.Int32), InlineData(DType.Int64)]
    public void Whole_numbers_are_computed_with_as_on_the_processor(DType dtype)
    {
        var device = Gpu.Device;
        bool signed = dtype != DType.UInt8;
        long[] first = signed ? [-7, 7, -7, 7, 100, 0, -128, 3] : [7, 250, 9, 7, 100, 0, 128, 3], second = signed ? [2, -2, -2, 2, 7, 5, -1, 6] : [2, 3, 4, 2, 7, 5, 1, 6];
        Tensor a = Tensor.From(first).To(dtype), b = Tensor.From(second).To(dtype);
        foreach (var op in new Func<Tensor, Tensor, Tensor>[]
        {
            (x, y) => x + y, (x, y) => x - y, (x, y) => x * y, (x, y) => x.FloorDivide(y), (x, y) => x.Remainder(y), (x, y) => x.Fmod(y), (x, y) => x & y, (x, y) => x | y, (x, y) => x ^ y, (x, y) => ~x,
            (x, y) => x << y, (x, y) => x >> y, (x, y) => x.Gcd(y), (x, y) => x.Lcm(y), (x, y) => x.Maximum(y), (x, y) => x.Minimum(y), (x, y) => x.Abs(), (x, y) => x.Sign(), (x, y) => x.Pow(y.Abs()),
            (x, y) => x.Clamp(-3, 50), (x, y) => x.Cumsum(0), (x, y) => x.Prod(), (x, y) => x.ArgMax(0),
        })
            Assert.Equal(op(a, b).ToArray<long>(), op(a.To(device), b.To(device)).ToArray<long>());
    }

    [SkippableTheory]
    [InlineData(DType.Float32), InlineData(DType.Float64)]
    public void Random_numbers_have_the_processors_bits(DType dtype)
    {
        var device = Gpu.Device;
        long before = device.Fallbacks;
        foreach (var draw in new Func<Device, Tensor>[]
        {
            d => Tensor.Uniform([1003], -2, 5, dtype, new Generator(1), d), d => Tensor.Normal([1003], 1, 3, dtype, new Generator(2), d), d => Tensor.Randint(-5, 1L << 40, [1003], new Generator(3), d),
            d => Tensor.Ones([1003], dtype, d).Dropout(0.3, training: true, new Generator(4)), d => Tensor.Arange(0.1, 7, 0.3, dtype, d), d => Tensor.Linspace(-1, 2, 17, dtype, d), d => Tensor.Eye(3, 5, dtype, d),
        })
            Assert.Equal(draw(Device.Cpu).ToArray<double>(), draw(device).ToArray<double>());
        Assert.Equal(before, device.Fallbacks);
    }

    [SkippableFact]
    public void An_index_that_leads_out_is_told_of_when_the_device_is_read_next_and_then_forgotten()
    {
        var device = Gpu.Device;
        var x = Tensor.Arange(0, 12, dtype: DType.Float32, device: device).Reshape(3, 4);
        var wrong = Tensor.From([0L, 3]).To(device);
        foreach (var fault in new Func<Tensor>[] { () => x.IndexSelect(0, wrong), () => x[wrong], () => x.Scatter(0, wrong.Reshape(2, 1), 1), () => new CrossEntropyOp(-100).Apply(x[..2], wrong + 1) })
        {
            string message = Assert.Throws<ArgumentOutOfRangeException>(() => fault().ToArray<float>()).Message;
            Assert.Matches("size 3|4 classes", message);
            Assert.Equal(66, x.Sum().Item());
        }
    }

    [SkippableFact]
    public void Attention_is_one_pass_with_masks_groups_of_heads_and_the_processors_dropout()
    {
        var device = Gpu.Device;
        var g = new Generator(3);
        Tensor q = Tensor.Randn([2, 4, 5, 8], generator: g), k = Tensor.Randn([2, 2, 7, 8], generator: g), v = Tensor.Randn([2, 2, 7, 6], generator: g);
        Tensor mask = Tensor.Rand([5, 7], generator: g) > 0.4, bias = Tensor.Randn([2, 1, 5, 7], generator: g);
        mask[2] = false;
        foreach (var (op, m) in new (AttentionOp, Tensor?)[]
        {
            (new(0.3), null), (new(0.3, Causal: true, Before: 1), null), (new(0.5), mask), (new(0.5), bias), (new(0.3, Dropout: 0.25, Start: new Generator(9).State), bias), (new(0.3, Causal: true), mask),
        })
        {
            long before = device.Fallbacks;
            (Tensor, Tensor[]) On(Device where)
            {
                Tensor[] x = Array.ConvertAll([q, k, v], t => t.To(where));
                foreach (var t in x) t.RequiresGrad = true;
                var y = op.Apply(x[0], x[1], x[2], m?.To(where));
                return (y, Autograd.Gradients((y * y).Sum(), x));
            }
            var (here, there) = (On(Device.Cpu), On(device));
            Assert.Equal(before, device.Fallbacks);
            Assert.True(there.Item1.Detach().To(Device.Cpu).AllClose(here.Item1.Detach(), 1e-5, 1e-6));
            foreach (var (a, b) in here.Item2.Zip(there.Item2)) Assert.True(b.To(Device.Cpu).AllClose(a, 1e-4, 1e-5));
        }
    }

    [SkippableFact]
    public void Optimizers_change_all_parameters_in_few_launches_as_on_the_processor()
    {
        var device = Gpu.Device;
        foreach (var (make, launches) in new (Func<Tensor[], Optimizer>, int)[]
        {
            (p => new SGD(p, 0.1), 4), (p => new SGD(p, 0.1, momentum: 0.9, nesterov: true, weightDecay: 0.01), 4), (p => new Adam(p, 0.1, epsilon: 1e-3), 4), (p => new Adam(p, 0.1, weightDecay: 0.01, amsgrad: true, epsilon: 1e-3), 4),
            (p => new AdamW(p, 0.1, epsilon: 1e-3), 4),
        })
        {
            double[] Train(Device where)
            {
                var g = new Generator(1);
                Tensor[] parameters = [.. Enumerable.Range(1, 13).Select(i => Parameter.Of(Tensor.Randn([i, 3], i == 5 ? DType.Float64 : DType.Float32, g).To(where)))];
                var optimizer = make(parameters);
                for (int step = 0; step < 3; step++)
                {
                    optimizer.ZeroGrad();
                    foreach (var p in parameters) p.Grad = Gradient(p);
                    long before = device.Launches;
                    optimizer.Step();
                    if (where == device && step > 0) Assert.InRange(device.Launches - before, 1, launches);   // the first makes the states
                }
                return [.. parameters.SelectMany(p => p.ToArray<double>())];
                static Tensor Gradient(Tensor p) => p.Detach().Sin();
            }
            foreach (var (a, b) in Train(Device.Cpu).Zip(Train(device))) Assert.Equal(a, b, 1e-5);
        }
    }

    [SkippableFact]
    public void What_follows_a_convolution_or_a_normalization_is_done_in_its_pass()
    {
        var device = Gpu.Device;
        var g = new Generator(3);
        Tensor x = Tensor.Randn([2, 3, 6, 6], generator: g), w = Tensor.Randn([4, 3, 3, 3], generator: g), b = Tensor.Randn([4], generator: g), other = Tensor.Randn([2, 4, 6, 6], generator: g);
        Tensor mean = Tensor.Randn([4], generator: g), variance = Tensor.Rand([4], generator: g) + 0.5;
        (Tensor X, Tensor W, Tensor B, Tensor Other, Tensor Mean, Tensor Variance) On(Device d) => (x.To(d), w.To(d), b.To(d), other.To(d), mean.To(d), variance.To(d));
        Tensor Conv((Tensor X, Tensor W, Tensor B, Tensor Other, Tensor Mean, Tensor Variance) t) => t.X.Conv2d(t.W, t.B, padding: 1);
        Tensor Norm(Tensor y, (Tensor X, Tensor W, Tensor B, Tensor Other, Tensor Mean, Tensor Variance) t, bool training) => y.BatchNorm(training ? null : t.Mean, training ? null : t.Variance, training, t.B, t.Mean);
        foreach (var make in new Func<(Tensor X, Tensor W, Tensor B, Tensor Other, Tensor Mean, Tensor Variance), Tensor>[]
        {
            t => Conv(t).Relu(), t => Conv(t).Relu6(), t => (Conv(t) + t.Other).Relu(), t => Norm(Conv(t), t, false).Relu6(), t => (Norm(Conv(t), t, false) + t.Other).Relu(), t => Norm(Conv(t).Relu(), t, false),
            t => Conv(t).MaxPool2d(2), t => Conv(t).Relu().AvgPool2d(2), t => Norm(t.Other, t, true).Relu(), t => Norm(t.Other, t, true).Relu6(), t => (Norm(t.Other, t, true) + t.Other).Relu(), t => Norm(t.Other, t, true).Relu().MaxPool2d(2),
        })
        {
            (Tensor, Tensor[]) With(Device d, bool gradients)
            {
                var t = On(d);
                Tensor[] leaves = [t.X, t.W, t.B, t.Other];
                foreach (var leaf in leaves) leaf.RequiresGrad = gradients;
                var y = make(t);
                if (!gradients) return (y.Clone(), []);
                var weighted = (y * y).Sum() + leaves.Aggregate(Tensor.Scalar(0, device: d), (sum, leaf) => sum + leaf.Sum());
                return (y.Detach(), Autograd.Gradients(weighted, leaves));
            }
            long before = device.Fallbacks;
            foreach (bool gradients in (bool[])[false, true])
            {
                var (here, there) = (With(Device.Cpu, gradients), With(device, gradients));
                Assert.True(there.Item1.To(Device.Cpu).AllClose(here.Item1, 1e-5, 1e-5));
                foreach (var (a, c) in here.Item2.Zip(there.Item2)) Assert.True(c.To(Device.Cpu).AllClose(a, 1e-4, 1e-4));
            }
            Assert.Equal(before, device.Fallbacks);
        }
    }

    [SkippableFact]
    public void Large_reductions_and_products_have_parts_of_many_groups()
    {
        var device = Gpu.Device;
        var x = Tensor.Rand([300, 70, 5], generator: new Generator(1));
        foreach (var make in new Func<Tensor, Tensor>[] { t => t.Sum(), t => t.Sum(0), t => t.Sum(1), t => t.Sum([0, 2], keepDim: true), t => t.Permute(2, 0, 1).Amax(1), t => t.Reshape(-1, 5).Softmax(0), t => t.Reshape(300, 350).MatMul(t.Reshape(350, 300)) })
            Assert.True(make(x.To(device)).To(Device.Cpu).AllClose(make(x), 1e-5, 1e-5));
    }

    [SkippableFact]
    public void Memory_that_is_let_go_of_is_used_again()
    {
        var device = Gpu.Device;
        long used = device.Blocks.Used;
        Tensor kept;
        using (Scope.Begin())
        {
            kept = Tensor.Ones([1000, 1000], device: device).Keep();
            for (int i = 0; i < 20; i++)
            {
                using var step = Scope.Begin();
                _ = (kept + i) * 2;
            }
        }
        Assert.InRange(device.Blocks.Used - used, 4_000_000, 5_500_000);
        Assert.InRange(device.Blocks.Idle, 1, long.MaxValue);
        GC.Collect();                                                        // what other tests have left gives its memory back now, and not in between
        GC.WaitForPendingFinalizers();
        device.Trim();
        Assert.Equal(0, device.Blocks.Idle);
        Assert.Equal(1e6, kept.Sum().Item());
    }

    [SkippableFact]
    public void A_tensor_larger_than_the_device_is_refused_in_a_sentence()
    {
        var device = Gpu.Device;
        string message = Assert.Throws<InsufficientMemoryException>(() => Tensor.Empty([1 << 20, 1 << 20], device: device)).Message;
        Assert.Contains("opencl:0", message, StringComparison.Ordinal);
        Assert.Contains("make the batch smaller", message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_found_can_be_listed_and_what_is_missing_says_how_to_get_it()
    {
        if (OpenCl.Missing is { } missing) Assert.Contains("apt-get install", missing, StringComparison.Ordinal);
        else Assert.All(OpenCl.Devices, d => Assert.True(d.Memory > 0 && d.Description.Length > 0 && d.Name.StartsWith("opencl:", StringComparison.Ordinal)));
        Assert.Equal(OpenCl.Missing is null, OpenCl.Devices.Count > 0);
        Assert.ThrowsAny<ArgumentException>(() => Device.Named("opencl:999"));
    }
}
