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
        Normalize<T>(Data(x, null, mean, scale, shift, Tail.Nothing), null, y, ChannelImages.Of(rows, channels));

    /// <summary>The same, then what the tail says; <paramref name="added"/> is added before that, if it is not null.</summary>
    public static void Normalize<T>(in ChannelData data, T* added, T* y, ChannelImages images) where T : unmanaged =>
        Simd.Run<T, NormalizeCall>(new(data, added, y, images));

    /// <summary>Σ gradient and Σ gradient·(x − mean) of each channel.</summary>
    public static void Sums<T>(T* gradient, T* x, T* mean, T* sum, T* product, nint rows, nint channels) where T : unmanaged =>
        Sums(Data(x, gradient, mean, mean, mean, Tail.Nothing), sum, product, ChannelImages.Of(rows, channels));

    /// <summary>The same where the gradient is that behind a tail, which computes its values again.</summary>
    public static void Sums<T>(in ChannelData data, T* sum, T* product, ChannelImages images) where T : unmanaged =>
        Simd.Run<T, SumsCall>(new(data, sum, product, images));

    /// <summary>y = gradient·a + (x − mean)·b + c, with a number of each for every channel.</summary>
    public static void Gradient<T>(T* gradient, T* x, T* mean, T* a, T* b, T* c, T* y, nint rows, nint channels) where T : unmanaged =>
        Gradient(Data(x, gradient, mean, a, a, Tail.Nothing), b, c, y, ChannelImages.Of(rows, channels));

    /// <summary>The same where the gradient is that behind a tail, and a is the scale.</summary>
    public static void Gradient<T>(in ChannelData data, T* b, T* c, T* y, ChannelImages images) where T : unmanaged =>
        Simd.Run<T, GradientCall>(new(data, b, c, y, images));

    /// <summary>The numbers and what normalizes them.</summary>
    public static ChannelData Data<T>(T* x, T* gradient, T* mean, T* scale, T* shift, Tail tail) where T : unmanaged =>
        new((byte*)x, (byte*)gradient, (byte*)mean, (byte*)scale, (byte*)shift, tail);

    /// <summary>Calls what is compiled for a tail.</summary>
    static void Pick<V, TCall>(TCall call, Tail tail) where V : unmanaged, ISimd<V> where TCall : struct, ITailCall
    {
        if (tail.Relu) Pick<V, Bounded<V>, TCall>(call, tail);
        else Pick<V, Open<V>, TCall>(call, tail);
    }

    static void Pick<V, TGate, TCall>(TCall call, Tail tail) where V : unmanaged, ISimd<V> where TGate : struct, IGate<V> where TCall : struct, ITailCall
    {
        if (tail.Pool == ConvPool.None) call.Plain<V, TGate>();
        else if (tail.Pool == ConvPool.Average) call.Halved<V, TGate, MeanOfFour<V>>();
        else call.Halved<V, TGate, GreatestOfFour<V>>();
    }

    /// <summary>What is done, with and without pooling.</summary>
    interface ITailCall
    {
        void Plain<V, TGate>() where V : unmanaged, ISimd<V> where TGate : struct, IGate<V>;

        void Halved<V, TGate, THalving>() where V : unmanaged, ISimd<V> where TGate : struct, IGate<V> where THalving : struct, IHalving<V>;
    }

    internal readonly struct MomentsCall(void* x, void* mean, void* variance, nint rows, nint channels) : ISimdCall
    {
        public void Run<V>() where V : unmanaged, ISimd<V> =>
            ChannelStatistics<V, Spread<V>>.Run(new((byte*)x, null, null, null, null, Tail.Nothing), (byte*)mean, (byte*)variance, rows, channels);
    }

    internal readonly struct NormalizeCall(ChannelData data, void* added, void* y, ChannelImages images) : ISimdCall, ITailCall
    {
        public void Run<V>() where V : unmanaged, ISimd<V> => Pick<V, NormalizeCall>(this, data.Tail);

        void ITailCall.Plain<V, TGate>() => ChannelMap<V, TGate>.Normalize(data, (byte*)added, (byte*)y, images.Rows, images.Channels);

        void ITailCall.Halved<V, TGate, THalving>() => HalvedNorm<V, TGate, THalving>.Forward(data, (byte*)y, images);
    }

    internal readonly struct SumsCall(ChannelData data, void* sum, void* product, ChannelImages images) : ISimdCall, ITailCall
    {
        public void Run<V>() where V : unmanaged, ISimd<V> => Pick<V, SumsCall>(this, data.Tail);

        void ITailCall.Plain<V, TGate>() =>
            ChannelStatistics<V, Covariance<V, TGate>>.Run(data, (byte*)sum, (byte*)product, images.Rows, images.Channels);

        void ITailCall.Halved<V, TGate, THalving>() => HalvedNorm<V, TGate, THalving>.Sums(data, (byte*)sum, (byte*)product, images);
    }

    internal readonly struct GradientCall(ChannelData data, void* b, void* c, void* y, ChannelImages images) : ISimdCall, ITailCall
    {
        public void Run<V>() where V : unmanaged, ISimd<V> => Pick<V, GradientCall>(this, data.Tail);

        void ITailCall.Plain<V, TGate>() => ChannelMap<V, TGate>.Gradient(data, (byte*)b, (byte*)c, (byte*)y, images.Rows, images.Channels);

        void ITailCall.Halved<V, TGate, THalving>() => HalvedNorm<V, TGate, THalving>.Gradient(data, (byte*)b, (byte*)c, (byte*)y, images);
    }
}
