using System.Numerics;

namespace Candeia.Kernels;

/// <summary>
/// Two-dimensional convolution, the door to all its kernels. Activations are dense [n, h, w, c], weights are dense [oc, ic/groups, kh, kw],
/// outputs are written, not added to. Results have the same bits for any number of threads, and a fused forward has the bits of its parts:
/// convolution with bias, then max(0, ·), then the pooling of 2×2.
/// </summary>
internal static unsafe class Convolution
{
    const int FewPixels = 8192;                                             // beyond them the packing of weights does not count

    /// <summary>
    /// y = pool(relu(scale·(x ∗ weight) + bias)); bias and scale, a number per output channel, may be null. With pooling y is [n, oh/2, ow/2, oc], and
    /// <paramref name="mask"/> gets <see cref="MaskBytes"/> bytes that the gradient needs (null: nobody will ask). <paramref name="source"/> says what the weights and
    /// their scale are, so that small images need not wait for them to be packed again. Without pooling <paramref name="added"/>, which lies as y does, is
    /// added before ReLU.
    /// </summary>
    public static void Forward<T>(in ConvShape shape, T* x, T* weight, T* bias, T* y, Tail tail, byte* mask = null, T* scale = null,
        KeptWeights.Source source = default, T* added = null)
        where T : unmanaged, IFloatingPointIeee754<T> => Simd.Run<T, ForwardCall<T>>(new(shape, x, weight, bias, y, tail, mask, scale, source, added));

    /// <summary>
    /// The gradients of <see cref="Forward"/> from that of what it wrote, each only where its pointer is not null; x is read only for dw, weight
    /// only for dx. After ReLU without pooling <paramref name="y"/> is what forward wrote (null: there was no ReLU); after pooling
    /// <paramref name="mask"/> is its mask, with or without ReLU.
    /// </summary>
    public static void Backward<T>(in ConvShape shape, T* x, T* weight, T* dy, T* dx, T* dw, T* db, T* y = null, ConvPool pool = ConvPool.None,
        byte* mask = null)
        where T : unmanaged, IFloatingPointIeee754<T> => Simd.Run<T, BackwardCall<T>>(new(shape, x, weight, dy, dx, dw, db, y, pool, mask));

    /// <summary>Bytes of the mask of a pooled forward: half a byte per pooled number, more where channels do not fill blocks of 32.</summary>
    public static long MaskBytes(in ConvShape shape) =>
        (long)shape.Batch * (shape.OutHeight / 2) * (shape.OutWidth / 2) * Mask.Blocks(shape) * Mask.Bytes;

    readonly struct ForwardCall<T>(
        ConvShape shape, T* x, T* weight, T* bias, T* y, Tail tail, byte* mask, T* scale, KeptWeights.Source source, T* added) : ISimdCall
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        public void Run<V>() where V : unmanaged, ISimd<V>
        {
            var kept = shape.Batch * shape.OutHeight * shape.OutWidth <= FewPixels ? source : default;
            if (typeof(T) == typeof(float) && Winograd.FitsForward<V>(shape))
                WinogradForward<V>.Run(shape, (float*)x, (float*)weight, (float*)bias, (float*)y, tail, mask, (float*)scale, kept, (float*)added);
            else DirectForward<V, T>.Run(shape, x, weight, bias, y, tail, mask, scale, kept, added);
        }
    }

    readonly struct BackwardCall<T>(ConvShape shape, T* x, T* weight, T* dy, T* dx, T* dw, T* db, T* y, ConvPool pool, byte* mask) : ISimdCall
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        public void Run<V>() where V : unmanaged, ISimd<V>
        {
            if (typeof(T) == typeof(float) && Winograd.FitsBackward<V>(shape))
                WinogradBackward<V>.Run(shape, (float*)x, (float*)weight, (float*)dy, (float*)y, pool, mask, (float*)dx, (float*)dw, (float*)db);
            else if (typeof(T) == typeof(float) && Winograd.FitsDeepBackward<V>(shape))
                WinogradDeepBackward<V>.Run(shape, (float*)x, (float*)weight, (float*)dy, (float*)y, pool, mask, (float*)dx, (float*)dw, (float*)db);
            else
            {
                bool isPlain = y == null && pool == ConvPool.None, byInput = dx != null && isPlain && InputProduct<V, T>.Suits(shape);
                bool byWeight = dw != null && isPlain && WeightProduct<V, T>.Suits(shape);
                if (byInput) InputProduct<V, T>.Run(shape, weight, dy, dx);
                if (byWeight) WeightProduct<V, T>.Run(shape, x, dy, dw, db);
                T* dx1 = byInput ? null : dx, dw1 = byWeight ? null : dw, db1 = byWeight ? null : db;
                if (dx1 != null || dw1 != null || db1 != null) DirectBackward<V, T>.Run(shape, x, weight, dy, y, pool, mask, dx1, dw1, db1);
            }
        }
    }
}
