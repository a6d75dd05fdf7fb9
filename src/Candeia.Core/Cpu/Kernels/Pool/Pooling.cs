using System.Numerics;

namespace Candeia.Kernels;

/// <summary>
/// Two-dimensional pooling, the door to its kernels. Tensors are dense [n, h, w, c]; outputs are written, not added to. Pooling by 2×2 has the bits
/// of a convolution that pools.
/// </summary>
internal static unsafe class Pooling
{
    public static void AverageForward<T>(in PoolShape shape, T* x, T* y) where T : unmanaged, IFloatingPointIeee754<T> =>
        Simd.Run<T, AverageForwardCall<T>>(new(shape, x, y));

    public static void AverageBackward<T>(in PoolShape shape, T* dy, T* dx) where T : unmanaged, IFloatingPointIeee754<T> =>
        Simd.Run<T, AverageBackwardCall<T>>(new(shape, dy, dx));

    /// <summary>
    /// The greatest of each window, not-a-number before all; <paramref name="indices"/> (may be null) gets the place h·width + w of the first of
    /// equals, as PyTorch counts.
    /// </summary>
    public static void MaxForward<T>(in PoolShape shape, T* x, T* y, long* indices) where T : unmanaged, IFloatingPointIeee754<T> =>
        Simd.Run<T, MaxForwardCall<T>>(new(shape, x, y, indices));

    public static void MaxBackward<T>(in PoolShape shape, T* dy, long* indices, T* dx) where T : unmanaged, IFloatingPointIeee754<T> =>
        MaxScatter<T>.Run(shape, dy, indices, dx);

    readonly struct AverageForwardCall<T>(PoolShape shape, T* x, T* y) : ISimdCall where T : unmanaged, IFloatingPointIeee754<T>
    {
        public void Run<V>() where V : unmanaged, ISimd<V> => AverageForward<V, T>.Run(shape, x, y);
    }

    readonly struct AverageBackwardCall<T>(PoolShape shape, T* dy, T* dx) : ISimdCall where T : unmanaged, IFloatingPointIeee754<T>
    {
        public void Run<V>() where V : unmanaged, ISimd<V> => AverageBackward<V, T>.Run(shape, dy, dx);
    }

    readonly struct MaxForwardCall<T>(PoolShape shape, T* x, T* y, long* indices) : ISimdCall where T : unmanaged, IFloatingPointIeee754<T>
    {
        public void Run<V>() where V : unmanaged, ISimd<V> => MaxForward<V, T>.Run(shape, x, y, indices);
    }
}
