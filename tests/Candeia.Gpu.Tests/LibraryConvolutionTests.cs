namespace Candeia.Gpu.Tests;

/// <summary>Convolutions by cuDNN, on functions that stand for it: what it is asked for is what the convolution is, with whatever comes behind it.</summary>
[Collection(nameof(Gpu))]
public class LibraryConvolutionTests
{
    static GpuDevice Opened(bool hasGraphs = true)
    {
        _ = Gpu.Imitated;                                                    // there is something that computes
        return Cuda.Open(CudaFound.Of((FakeCuda.On(Gpu.Behind, hasGraphs: hasGraphs, convolutions: FakeCudnn.Api()), null)), 0, files: null);
    }

    static Tensor Numbers(Shape shape, DType dtype = DType.Float32, ulong seed = 3) => Tensor.Randn(shape, dtype, new Generator(seed));

    [SkippableTheory]
    [InlineData(DType.Float32), InlineData(DType.Float64)]
    public void Results_and_gradients_are_computed_by_the_library(DType dtype)
    {
        var device = Opened();
        Tensor x = Numbers([2, 4, 7, 6], dtype), w = Numbers([6, 4, 3, 2], dtype), grouped = Numbers([6, 2, 3, 3], dtype), bias = Numbers([6], dtype), z = Numbers([2, 6, 5, 5], dtype, 5);
        int convolutions = 0;
        foreach (var make in new Func<Tensor, Tensor, Tensor, Tensor, Tensor, Tensor>[]
        {
            (x, w, _, _, _) => x.Conv2d(w), (x, w, _, b, _) => x.Conv2d(w, b), (x, w, _, b, _) => x.Conv2d(w, b).Relu(), (x, w, _, b, z) => (x.Conv2d(w, b) + z).Relu(), (x, w, _, b, _) => x.Conv2d(w, b).Relu6(),
            (x, w, _, b, _) => x.Conv2d(w, b, stride: (2, 1), padding: 2, dilation: (1, 2)), (x, _, g, b, _) => x.Conv2d(g, b, padding: 1, groups: 2).Relu(), (x, w, _, _, _) => x.Transpose(2, 3).Conv2d(w.Transpose(2, 3)),
        })
        {
            Tensor[] Values(Device where)
            {
                Tensor[] all = [.. ((Tensor[])[x, w, grouped, bias, z]).Select(t => t.To(where))];
                foreach (var t in all) t.RequiresGrad = true;
                var y = make(all[0], all[1], all[2], all[3], all[4]);
                return [y.Detach(), .. Autograd.Gradients((y * y.Detach().Cos()).Sum(), all)];
            }
            Tensor[] here = Values(Device.Cpu);
            for (int again = 0; again < 2; again++)                          // the second time as recorded
            {
                foreach (var (expected, got) in here.Zip(Values(device))) Assert.True(got.To(Device.Cpu).AllClose(expected, 1e-4, 1e-4));
                Assert.Equal([++convolutions, convolutions, convolutions], FakeCudnn.Convolutions);
            }
        }
    }

    [SkippableFact]
    public void Inference_with_a_normalization_behind_it_and_frozen_weights()
    {
        var device = Opened();
        Tensor x = Numbers([2, 3, 6, 6]), w = Numbers([4, 3, 3, 3]), mean = Numbers([4]), variance = Numbers([4]).Abs() + 0.5, scale = Numbers([4], seed: 4), shift = Numbers([4], seed: 5);
        Tensor Make(Device d)
        {
            using var _ = Autograd.NoGrad();
            return x.To(d).Conv2d(w.To(d)).BatchNorm(mean.To(d), variance.To(d), training: false, scale.To(d), shift.To(d)).Relu().To(Device.Cpu);
        }
        Assert.True(Make(device).AllClose(Make(Device.Cpu), 1e-4, 1e-4));
        Assert.Equal(1, FakeCudnn.Convolutions[0]);
        var there = x.To(device);
        there.RequiresGrad = true;
        _ = Autograd.Gradients(there.Conv2d(w.To(device)).Sum(), [there])[0].ToArray<float>();
        Assert.Equal([2, 1, 0], FakeCudnn.Convolutions);
    }

    [SkippableFact]
    public void Factors_are_rounded_to_TF32_only_where_that_is_allowed()
    {
        var device = Opened();
        Tensor x = Numbers([1, 2, 5, 5]).To(device), w = Numbers([3, 2, 3, 3]).To(device);
        foreach (bool allowed in (bool[])[false, true, false, true])
        {
            using var _ = Rounding.AllowTf32(allowed);
            x.Conv2d(w).ToArray<float>();
            Assert.Equal(allowed ? 0 : 3, FakeCudnn.Math);
        }
    }

    [SkippableFact]
    public void What_the_library_does_not_take_or_knows_no_fixed_way_for_the_own_kernels_compute()
    {
        var device = Opened();
        Tensor x = Numbers([1, 2, 6, 6]), w = Numbers([3, 2, 3, 3]);
        foreach (var make in new Func<Func<Tensor, Tensor>, Tensor>[] { t => t(x).Conv2d(t(w)).Relu().MaxPool2d(2), t => t(x.To(DType.Float16)).Conv2d(t(w.To(DType.Float16))).To(DType.Float32) })
            Assert.True(make(t => t.To(device)).To(Device.Cpu).AllClose(make(t => t), 1e-2, 1e-2));
        FakeCudnn.KnowsNone = true;
        Assert.True(x.To(device).Conv2d(w.To(device)).To(Device.Cpu).AllClose(x.Conv2d(w), 1e-4, 1e-4));
        Assert.Equal([0, 0, 0], FakeCudnn.Convolutions);
        Assert.Equal(0, FakeCudnn.Kept);
        FakeCudnn.KnowsNone = false;
    }

    [SkippableFact]
    public void A_failure_of_the_library_is_told_with_the_op()
    {
        var device = Opened();
        Tensor x = Numbers([1, 2, 5, 5]).To(device), w = Numbers([3, 2, 3, 3]).To(device);
        FakeCudnn.Error = 8;
        Assert.Contains("on cuda:0: a fake GPU could not compute a convolution: cuDNN error 8", Assert.Throws<GpuException>(() => x.Conv2d(w).ToArray<float>()).Message, StringComparison.Ordinal);
        FakeCudnn.Error = 0;
    }

    [SkippableFact]
    public void Steady_steps_capture_it_in_their_graphs()
    {
        float[] Train(bool hasGraphs)
        {
            var device = Opened(hasGraphs);
            Tensor w = Numbers([4, 4, 3, 3]).To(device) * 0.1, bias = Numbers([4]).To(device);
            List<float> values = [];
            for (int i = 0; i < 8; i++)
            {
                using var scope = Scope.Begin();
                var x = Numbers([1, 4, 5, 5], seed: 9 + (ulong)i).To(device);
                for (int layer = 0; layer < 4; layer++) x = x.Conv2d(w, bias, padding: 1).Relu();
                values.AddRange(x.ToArray<float>());
            }
            Assert.Equal(32, FakeCudnn.Convolutions[0]);
            return [.. values];
        }
        float[] apart = Train(false);
        Assert.Equal(apart, Train(true));
        Assert.InRange(FakeGraphs.Launches, 4, 40);
    }
}
