namespace Candeia.Kernels;

/// <summary>
/// Batch normalization of a matrix [rows, channels] without gaps: images with their channels last. Numbers are added in short chains whose sums are
/// joined in double precision, in an order that follows from the shape alone.
/// </summary>
internal static unsafe class ChannelNorm
{
    /// <summary>The mean and the (biased) variance of each channel. There must be a row.</summary>
    public static void Moments<T>(T* x, T* mean, T* variance, nint rows, nint channels) where T : unmanaged =>
        Simd.Run<T, MomentsCall>(new(x, mean, variance, rows, channels));

    /// <summary>y = (x − mean)·scale + shift, with a number of each for every channel; any may be y.</summary>
    public static void Normalize<T>(T* x, T* mean, T* scale, T* shift, T* y, nint rows, nint channels) where T : unmanaged =>
        Simd.Run<T, NormalizeCall>(new(x, mean, scale, shift, y, rows, channels));

    /// <summary>Σ gradient and Σ gradient·(x − mean) of each channel.</summary>
    public static void Sums<T>(T* gradient, T* x, T* mean, T* sum, T* product, nint rows, nint channels) where T : unmanaged =>
        Simd.Run<T, SumsCall>(new(gradient, x, mean, sum, product, rows, channels));

    /// <summary>y = gradient·a + (x − mean)·b + c, with a number of each for every channel.</summary>
    public static void Gradient<T>(T* gradient, T* x, T* mean, T* a, T* b, T* c, T* y, nint rows, nint channels) where T : unmanaged =>
        Simd.Run<T, GradientCall>(new(gradient, x, mean, a, b, c, y, rows, channels));

    internal readonly struct MomentsCall(void* x, void* mean, void* variance, nint rows, nint channels) : ISimdCall
    {
        public void Run<V>() where V : unmanaged, ISimd<V> =>
            ChannelStatistics<V, Spread<V>>.Run(new((byte*)x, null, null), (byte*)mean, (byte*)variance, rows, channels);
    }

    internal readonly struct SumsCall(void* gradient, void* x, void* mean, void* sum, void* product, nint rows, nint channels) : ISimdCall
    {
        public void Run<V>() where V : unmanaged, ISimd<V> =>
            ChannelStatistics<V, Covariance<V>>.Run(new((byte*)x, (byte*)gradient, (byte*)mean), (byte*)sum, (byte*)product, rows, channels);
    }

    internal readonly struct NormalizeCall(void* x, void* mean, void* scale, void* shift, void* y, nint rows, nint channels) : ISimdCall
    {
        public void Run<V>() where V : unmanaged, ISimd<V> =>
            ChannelMap<V>.Run((byte*)x, null, (byte*)mean, null, (byte*)scale, (byte*)shift, (byte*)y, rows, channels);
    }

    internal readonly struct GradientCall(
        void* gradient, void* x, void* mean, void* a, void* b, void* c, void* y, nint rows, nint channels) : ISimdCall
    {
        public void Run<V>() where V : unmanaged, ISimd<V> =>
            ChannelMap<V>.Run((byte*)x, (byte*)gradient, (byte*)mean, (byte*)a, (byte*)b, (byte*)c, (byte*)y, rows, channels);
    }
}
