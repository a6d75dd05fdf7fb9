namespace Candeia.Gpu.Tests;

/// <summary>Products by cuBLASLt, on functions that stand for it: what it is asked for is what the product is, however the matrices lie.</summary>
[Collection(nameof(Gpu))]
public class LibraryProductTests
{
    static GpuDevice Opened()
    {
        _ = Gpu.Imitated;                                                    // there is something that computes
        return Cuda.Open(CudaFound.Of((FakeCuda.On(Gpu.Behind, FakeCublasLt.Api()), null)), 0, files: null);
    }

    static Tensor Numbers(Shape shape, DType dtype = DType.Float32) => Tensor.Randn(shape, dtype, new Generator(3));

    [SkippableTheory]
    [InlineData(DType.Float32), InlineData(DType.Float64)]
    public void Matrices_that_lie_in_any_order_are_multiplied_by_the_library(DType dtype)
    {
        var device = Opened();
        Tensor a = Numbers([5, 7], dtype), b = Numbers([7, 4], dtype), batch = Numbers([3, 5, 7], dtype), w = Numbers([4, 7], dtype), bias = Numbers([4], dtype);
        int products = 0;
        foreach (var make in new Func<Func<Tensor, Tensor>, Tensor>[]
        {
            t => t(a).MatMul(t(b)), t => t(a.T()).T().MatMul(t(b)), t => t(a).MatMul(t(w).T()), t => t(batch).MatMul(t(b)), t => t(batch).MatMul(t(batch).Transpose(-1, -2)), t => t(a)[1..4, 2..].MatMul(t(b)[2.., 1..]),
            t => t(a).Linear(t(w)), t => t(a).Linear(t(w), t(bias)), t => t(a).Linear(t(w), t(bias)).Relu(), t => t(a)[..1].MatMul(t(b)[.., ..1]),
        })
        {
            for (int again = 0; again < 2; again++)                          // the second time as recorded
            {
                Assert.True(make(t => t.To(device)).To(Device.Cpu).AllClose(make(t => t), 1e-5, 1e-5));
                Assert.Equal(++products, FakeCublasLt.Products);
            }
            Assert.Equal(dtype == DType.Float64 ? 70 : 68, FakeCublasLt.Way);
        }
    }

    [SkippableFact]
    public void Factors_are_rounded_to_TF32_only_where_that_is_allowed()
    {
        var device = Opened();
        Tensor a = Numbers([5, 7]).To(device), b = Numbers([7, 4]).To(device);
        Assert.False(Rounding.IsTf32Allowed);
        foreach (bool allowed in (bool[])[false, true, false, true])
        {
            using var _ = Rounding.AllowTf32(allowed);
            a.MatMul(b).ToArray<float>();
            Assert.Equal(allowed ? 77 : 68, FakeCublasLt.Way);
        }
    }

    [SkippableFact]
    public void What_the_library_does_not_take_the_own_kernels_compute()
    {
        var device = Opened();
        Tensor b = Numbers([2, 7, 4]), h = Numbers([5, 7]);
        foreach (var make in new Func<Func<Tensor, Tensor>, Tensor>[]
        {
            t => t(h)[.., TensorIndex.Every(2)].MatMul(t(b)[0][TensorIndex.Every(2)][..4]), t => t(h).To(DType.Float16).MatMul(t(b)[0].To(DType.Float16)).To(DType.Float32),
        })
        {
            int before = FakeCublasLt.Products;
            Assert.True(make(t => t.To(device)).To(Device.Cpu).AllClose(make(t => t), 1e-2, 1e-2));
            Assert.Equal(before, FakeCublasLt.Products);
        }
        FakeCublasLt.KnowsNone = true;
        Assert.True(h.To(device).MatMul(b[1].To(device)).To(Device.Cpu).AllClose(h.MatMul(b[1]), 1e-5, 1e-5));
        FakeCublasLt.KnowsNone = false;
    }

    [SkippableFact]
    public void A_failure_of_the_library_is_told_with_the_op()
    {
        var device = Opened();
        Tensor a = Numbers([5, 7]).To(device), b = Numbers([7, 4]).To(device);
        FakeCublasLt.Error = 14;
        Assert.Contains("MatMul on cuda:0: a fake GPU could not compute a product: cuBLASLt error 14", Assert.Throws<GpuException>(() => a.MatMul(b)).Message, StringComparison.Ordinal);
        FakeCublasLt.Error = 0;
    }
}
