using System.Numerics;

namespace Candeia.Kernels;

/// <summary>Matrix products on the CPU: which products of the tensors' memory they are.</summary>
internal static unsafe class MatMulCalls
{
    /// <summary>y = a·b for every index of the leading dimensions, which broadcast.</summary>
    public static void Run(Tensor a, Tensor b, Tensor y) => Numbers.Run(y.DType, new Call(a, b, y));

    readonly struct Call(Tensor a, Tensor b, Tensor y) : INumberCall
    {
        public void Run<T>() where T : unmanaged, INumberBase<T> => Multiply<T>(a, b, y);
    }

    static void Multiply<T>(Tensor a, Tensor b, Tensor y) where T : unmanaged
    {
        var batch = y.Shape.Slice(0, y.Rank - 2);
        Layout la = a.Layout.Broadcast([.. batch, a.Shape[^2], a.Shape[^1]]), lb = b.Layout.Broadcast([.. batch, b.Shape[^2], b.Shape[^1]]);
        using var p = Pins.Of(a, b, y);
        var product = new Product
        {
            M = y.Shape[^2], N = y.Shape[^1], K = a.Shape[^1], C = p.At<T>(2), CRow = y.Shape[^1],
            A = p.At<T>(0), ARow = (nint)la.Strides[^2], AStep = (nint)la.Strides[^1],
            B = p.At<T>(1), BStep = (nint)lb.Strides[^2], BColumn = (nint)lb.Strides[^1],
        };
        if (product.K == 0) new Span<T>(product.C, checked((int)y.Numel)).Clear();
        else if (batch.Rank == 0) Gemm.Run<T>(product);
        else Gemm.Run<T>(product, Strides(batch.Sizes), Strides(la), Strides(lb), Strides(y.Layout));
    }

    static nint[] Strides(Layout layout) => Array.ConvertAll(layout.Strides[..^2].ToArray(), s => (nint)s);

    static nint[] Strides(ReadOnlySpan<int> sizes) => Array.ConvertAll(sizes.ToArray(), s => (nint)s);
}
