using System.Numerics;

namespace Candeia.Kernels;

/// <summary>
/// Batch normalization on the CPU: what each channel is multiplied by and shifted, from tensors to the kernels of a matrix [rows, channels].
/// </summary>
internal static unsafe class BatchNormCalls
{
    /// <summary>The tensor such that its memory is a matrix [rows, channels].</summary>
    public static Tensor Rows(Tensor x) => x.Rank > 2 ? x.ChannelsLast() : x.Contiguous();

    /// <summary>Mean and (biased) variance of each channel.</summary>
    public static void Moments(Tensor x, Tensor mean, Tensor variance) => Numbers.RunFloat(x.DType, new MomentsCall(Rows(x), mean, variance));

    /// <summary>Inputs: x, mean, variance and perhaps weight and bias. Then something may be added, and the tail follows.</summary>
    public static void Forward(double epsilon, ReadOnlySpan<Tensor> x, Tensor y, Tail tail, Tensor? added = null) => Numbers.RunFloat(y.DType,
        new ForwardCall(epsilon, Rows(x[0]), x[1].Contiguous(), x[2].Contiguous(), x.Length > 3 ? x[3].Contiguous() : null,
            x.Length > 3 ? x[4].Contiguous() : null, y, tail, added is null ? null : Rows(added)));

    /// <summary>
    /// Those gradients that have a place, from that of what the tail gives. Inputs: gradient, x, mean, variance and perhaps weight and bias. What is
    /// only stored is widened some rows at a time: once for the sums over all rows, and once more for the gradient of x, which depends on them.
    /// </summary>
    public static void Gradients(double epsilon, bool ofBatch, ReadOnlySpan<Tensor> x, Tensor? dx, Tensor? dw, Tensor? db, Tail tail)
    {
        Tensor? wideWeight = Wide(dw), wideBias = Wide(db);
        Numbers.RunFloat(x[0].DType.Wide(), new BackwardCall(epsilon, ofBatch, Rows(x[0]), Rows(x[1]), Small(x[2]), Small(x[3]),
            x.Length > 4 ? Small(x[4]) : null, x.Length > 5 ? Small(x[5]) : null, dx, wideWeight, wideBias, tail));
        if (wideWeight != dw) CopyOp.Into(dw!, wideWeight!);
        if (wideBias != db) CopyOp.Into(db!, wideBias!);
    }

    static Tensor Small(Tensor x) => Widening.Wide(x.Contiguous());

    static Tensor? Wide(Tensor? result) =>
        result is null || !Widening.IsNarrow(result) ? result : Device.Cpu.Empty(result.Layout, result.DType.Wide());

    /// <summary>What x − mean is multiplied by: weight / √(variance + ε), of numbers that may have no weight.</summary>
    public static void Scale<T>(T* variance, T* weight, T* scale, int channels, double epsilon) where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (int i = 0; i < channels; i++)
            scale[i] = T.CreateTruncating(Factor(variance[i], epsilon) * (weight == null ? 1 : double.CreateTruncating(weight[i])));
    }

    static double Factor<T>(T variance, double epsilon) where T : unmanaged, IFloatingPointIeee754<T> =>
        1 / Math.Sqrt(double.CreateTruncating(variance) + epsilon);

    static nint Count(Tensor x) => (nint)(x.Numel / Math.Max(1, x.Shape[1]));

    /// <summary>The pixels of x; how they lie in images counts only where they are pooled.</summary>
    static ChannelImages Images(Tensor x, Tail tail) =>
        tail.Pool == ConvPool.None ? ChannelImages.Of(Count(x), x.Shape[1]) : new(x.Shape[0], x.Shape[2], x.Shape[3], x.Shape[1]);

    readonly struct MomentsCall(Tensor x, Tensor mean, Tensor variance) : IFloatCall
    {
        public void Run<T>() where T : unmanaged, IFloatingPointIeee754<T>
        {
            using var p = Pins.Of(x, mean, variance);
            ChannelNorm.Moments(p.At<T>(0), p.At<T>(1), p.At<T>(2), Count(x), x.Shape[1]);
        }
    }

    readonly struct ForwardCall(
        double epsilon, Tensor x, Tensor mean, Tensor variance, Tensor? weight, Tensor? bias, Tensor y, Tail tail, Tensor? added) : IFloatCall
    {
        public void Run<T>() where T : unmanaged, IFloatingPointIeee754<T>
        {
            int channels = y.Shape[1];
            using var p = Pins.Of(x, mean, variance, weight, bias, y, added);
            using var scratch = Scratch.Rent(2 * channels * sizeof(T));
            T* scale = (T*)scratch.Pointer, shift = p.At<T>(4);
            Scale(p.At<T>(2), p.At<T>(3), scale, channels, epsilon);
            if (shift == null) new Span<T>(shift = scale + channels, channels).Clear();
            ChannelNorm.Normalize(ChannelNorm.Data(p.At<T>(0), null, p.At<T>(1), scale, shift, tail), p.At<T>(6), p.At<T>(5), Images(x, tail));
        }
    }

    readonly struct BackwardCall(
        double epsilon, bool ofBatch, Tensor grad, Tensor x, Tensor mean, Tensor variance, Tensor? weight, Tensor? bias,
            Tensor? dx, Tensor? dw, Tensor? db, Tail tail) : IFloatCall
    {
        public void Run<T>() where T : unmanaged, IFloatingPointIeee754<T>
        {
            int channels = x.Shape[1], rows = x.Shape[0], step = Math.Max(1, Widening.IsNarrow(x) ? Widening.Step(rows, 3 * x.Numel) : rows);
            nint count = Count(x);
            using var p = Pins.Of(mean, variance, weight, dw, db, bias);
            using var scratch = Scratch.Rent(8 * channels * sizeof(T));
            T* sum = (T*)scratch.Pointer, product = sum + channels, a = product + channels, b = a + channels, c = b + channels;
            T* sums = c + channels, products = sums + channels, shift = p.At<T>(5);        // of one part
            if (shift == null) new Span<T>(shift = products + channels, channels).Clear();
            Scale(p.At<T>(1), p.At<T>(2), a, channels, epsilon);
            bool isApart = Widening.IsNarrow(x) && (tail.Pool == ConvPool.Max || !double.IsPositiveInfinity(tail.Ceiling));
            var own = isApart ? Tail.Nothing : tail;                         // of what is rounded other numbers may be equal than of what is not
            for (int from = 0; from == 0 || from < rows; from += step)
            {
                using var scope = Scope.Begin();
                using Part g = isApart ? BehindTail(from, step) : new(grad, from, step), at = new(x, from, step);
                using var q = Pins.Of(g.Wide, at.Wide);
                var data = ChannelNorm.Data(q.At<T>(1), q.At<T>(0), p.At<T>(0), a, shift, own);
                ChannelNorm.Sums(data, from == 0 ? sum : sums, from == 0 ? product : products, Images(at.Wide, own));
                for (int i = 0; i < channels && from > 0; i++) (sum[i], product[i]) = (sum[i] + sums[i], product[i] + products[i]);
            }
            T* variances = p.At<T>(1), weights = p.At<T>(2), toWeight = p.At<T>(3), toBias = p.At<T>(4);
            for (int i = 0; i < channels; i++)
            {
                double factor = Factor(variances[i], epsilon), scale = factor * (weights == null ? 1 : double.CreateTruncating(weights[i]));
                b[i] = ofBatch ? T.CreateTruncating(-scale * factor * factor * double.CreateTruncating(product[i]) / count) : T.Zero;
                c[i] = ofBatch ? T.CreateTruncating(-scale * double.CreateTruncating(sum[i]) / count) : T.Zero;
                if (toWeight != null) toWeight[i] = T.CreateTruncating(double.CreateTruncating(product[i]) * factor);
                if (toBias != null) toBias[i] = sum[i];
            }
            for (int from = 0; from < rows && dx is not null; from += step)
            {
                using var scope = Scope.Begin();
                using Part g = isApart ? BehindTail(from, step) : new(grad, from, step), at = new(x, from, step), to = new(dx, from, step, isResult: true);
                using var q = Pins.Of(g.Wide, at.Wide, to.Wide);
                ChannelNorm.Gradient(ChannelNorm.Data(q.At<T>(1), q.At<T>(0), p.At<T>(0), a, shift, own), b, c, q.At<T>(2), Images(at.Wide, own));
            }
        }

        /// <summary>The gradient of what the tail was given, in some rows: from the values as they would have been stored.</summary>
        Part BehindTail(int from, int step)
        {
            using var apart = new Widening.Apart();
            var y = new BatchNormOp(epsilon, ofBatch).Apply(Part.Rows(x, from, step), mean, variance, weight, bias);
            return new(Rows(tail.GradientOneByOne(Part.Rows(grad, from, step), y)), 0, step);
        }
    }

    /// <summary>Some rows in their wide type; a result goes back when this is disposed of.</summary>
    readonly ref struct Part
    {
        readonly Tensor _rows;
        readonly bool _isResult;

        public Part(Tensor x, int from, int step, bool isResult = false)
        {
            _isResult = isResult;
            _rows = Rows(x, from, step);
            Wide = !Widening.IsNarrow(x) ? _rows : isResult ? Device.Cpu.Empty(_rows.Layout.Dense(), x.DType.Wide()) : Widening.Wide(_rows);
        }

        public Tensor Wide { get; }

        public static Tensor Rows(Tensor x, int from, int step) => step >= x.Shape[0] ? x : Widening.Part(x, 0, x.Shape[0], from, Math.Min(step, x.Shape[0] - from));

        public void Dispose()
        {
            if (Wide == _rows) return;
            if (_isResult) CopyOp.Into(_rows, Wide);
            Wide.Storage.Release();
        }
    }
}
