using static System.Math;

namespace Candeia.Kernels;

/// <summary>
/// Layer normalization of a matrix [rows, n] without gaps. Each row is read again while it lies in the cache, and its sums are joined in double
/// precision; those of the columns are joined from pieces that follow from the shape alone.
/// </summary>
internal static unsafe class RowNorm
{
    const nint MostPieces = 64;

    /// <summary>
    /// y = (x − mean) / √(variance + ε) · weight + bias, with numbers for each column, or neither; <paramref name="moments"/> [rows, 2] gets mean and
    /// 1 / √(variance + ε) where it is not null.
    /// </summary>
    public static void Forward<T>(T* x, T* weight, T* bias, T* y, T* moments, nint rows, nint n, double epsilon) where T : unmanaged =>
        Simd.Run<T, ForwardCall>(new(x, weight, bias, y, moments, rows, n, epsilon));

    /// <summary>The gradients, each only where its pointer is not null; those of weight and bias come together.</summary>
    public static void Backward<T>(T* x, T* gradient, T* weight, T* moments, T* dx, T* dweight, T* dbias, nint rows, nint n) where T : unmanaged =>
        Simd.Run<T, BackwardCall>(new(x, gradient, weight, moments, dx, dweight, dbias, rows, n));

    internal readonly struct ForwardCall(void* x, void* weight, void* bias, void* y, void* moments, nint rows, nint n, double epsilon) : ISimdCall
    {
        public void Run<V>() where V : unmanaged, ISimd<V> =>
            Workers.Split(rows, Max(1, Reducer.Grain / 4 / Max(1, n)), new ForwardWork<V>((byte*)x, (byte*)weight, (byte*)bias, (byte*)y, (byte*)moments, n, epsilon));
    }

    readonly struct ForwardWork<V>(byte* x, byte* weight, byte* bias, byte* y, byte* moments, nint n, double epsilon) : IRangeWork where V : unmanaged, ISimd<V>
    {
        public void Run(nint from, nint to)
        {
            for (nint row = from; row < to; row++)
            {
                byte* at = x + row * n * V.Element;
                double mean = RowReducer<V, Summing>.Of(at, n) / n, factor = 1 / Sqrt(NormRows<V>.Spread(at, n, mean) / n + epsilon);
                NormRows<V>.Normalize(at, weight, bias, y + row * n * V.Element, n, mean, factor);
                if (moments == null) continue;
                Reducer.Write<V>(moments + 2 * row * V.Element, mean);
                Reducer.Write<V>(moments + (2 * row + 1) * V.Element, factor);
            }
        }
    }

    internal readonly struct BackwardCall(void* x, void* gradient, void* weight, void* moments, void* dx, void* dweight, void* dbias, nint rows, nint n) : ISimdCall
    {
        public void Run<V>() where V : unmanaged, ISimd<V>
        {
            nint piece = Max((rows + MostPieces - 1) / MostPieces, Max(1, Reducer.Grain / 4 / Max(1, n))), pieces = (rows + piece - 1) / piece;
            using var scratch = Scratch.Rent(dweight == null ? 0 : pieces * 2 * n * V.Element);
            byte* parts = dweight == null ? null : scratch.Pointer;                                      // [pieces, 2, n]
            Workers.Split(rows, piece, new BackwardWork<V>((byte*)x, (byte*)gradient, (byte*)weight, (byte*)moments, (byte*)dx, parts, piece, n));
            if (dweight == null) return;
            for (nint i = 0; i < 2 * n; i++)
            {
                double sum = 0;
                for (nint p = 0; p < pieces; p++) sum += Reducer.Read<V>(parts + (p * 2 * n + i) * V.Element);
                Reducer.Write<V>(i < n ? (byte*)dweight + i * V.Element : (byte*)dbias + (i - n) * V.Element, sum);
            }
        }
    }

    readonly struct BackwardWork<V>(byte* x, byte* gradient, byte* weight, byte* moments, byte* dx, byte* parts, nint piece, nint n) : IRangeWork where V : unmanaged, ISimd<V>
    {
        public void Run(nint from, nint to)
        {
            byte* product = parts + from / piece * 2 * n * V.Element, sum = product + n * V.Element;
            if (parts != null) new Span<byte>(product, checked((int)(2 * n * V.Element))).Clear();
            for (nint row = from; row < to; row++)
            {
                byte* a = x + row * n * V.Element, g = gradient + row * n * V.Element;
                double mean = Reducer.Read<V>(moments + 2 * row * V.Element), factor = Reducer.Read<V>(moments + (2 * row + 1) * V.Element);
                if (parts != null) NormRows<V>.Accumulate(a, g, product, sum, n, mean, factor);
                if (dx == null) continue;
                NormRows<V>.Sums(a, g, weight, n, mean, out double gradients, out double products);
                NormRows<V>.Gradient(a, g, weight, dx + row * n * V.Element, n, mean, factor, -factor * factor * factor * products / n, -factor * gradients / n);
            }
        }
    }
}
