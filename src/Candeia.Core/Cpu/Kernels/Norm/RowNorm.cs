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
    /// y = (x − mean) / √(variance + ε) · weight + bias, with numbers for each column, or neither; <paramref name="means"/> and
    /// <paramref name="factors"/> get a number for each row, mean and 1 / √(variance + ε), where they are not null.
    /// </summary>
    public static void Forward<T>(T* x, T* weight, T* bias, T* y, T* means, T* factors, nint rows, nint n, double epsilon) where T : unmanaged =>
        Simd.Run<T, ForwardCall>(new(x, weight, bias, y, means, factors, rows, n, epsilon));

    /// <summary>The gradients, each only where its pointer is not null.</summary>
    public static void Backward<T>(T* x, T* gradient, T* weight, T* means, T* factors, T* dx, T* dweight, T* dbias, nint rows, nint n)
        where T : unmanaged =>
        Simd.Run<T, BackwardCall>(new(x, gradient, weight, means, factors, dx, dweight, dbias, rows, n));

    internal readonly struct ForwardCall(void* x, void* weight, void* bias, void* y, void* means, void* factors, nint rows, nint n,
        double epsilon) : ISimdCall
    {
        public void Run<V>() where V : unmanaged, ISimd<V> =>
            Workers.Split(rows, Max(1, Reducer.Grain / 4 / Max(1, n)),
                new ForwardWork<V>((byte*)x, (byte*)weight, (byte*)bias, (byte*)y, (byte*)means, (byte*)factors, n, epsilon));
    }

    readonly struct ForwardWork<V>(byte* x, byte* weight, byte* bias, byte* y, byte* means, byte* factors, nint n,
        double epsilon) : IRangeWork where V : unmanaged, ISimd<V>
    {
        public void Run(nint from, nint to)
        {
            for (nint row = from; row < to; row++)
            {
                byte* at = x + row * n * V.Element;
                double mean = RowReducer<V, Summing>.Of(at, n) / n, factor = 1 / Sqrt(NormRows<V>.Spread(at, n, mean) / n + epsilon);
                NormRows<V>.Normalize(at, weight, bias, y + row * n * V.Element, n, mean, factor);
                if (means != null) Reducer.Write<V>(means + row * V.Element, mean);
                if (factors != null) Reducer.Write<V>(factors + row * V.Element, factor);
            }
        }
    }

    internal readonly struct BackwardCall(void* x, void* gradient, void* weight, void* means, void* factors, void* dx, void* dweight, void* dbias,
        nint rows, nint n) : ISimdCall
    {
        public void Run<V>() where V : unmanaged, ISimd<V>
        {
            nint piece = Max((rows + MostPieces - 1) / MostPieces, Max(1, Reducer.Grain / 4 / Max(1, n))), pieces = (rows + piece - 1) / piece;
            bool columns = dweight != null || dbias != null;
            using var scratch = Scratch.Rent(columns ? pieces * 2 * n * V.Element : 0);
            byte* parts = columns ? scratch.Pointer : null;                                      // [pieces, 2, n]
            Workers.Split(rows, piece, new BackwardWork<V>((byte*)x, (byte*)gradient, (byte*)weight, (byte*)means, (byte*)factors, (byte*)dx, parts,
                piece, n));
            for (nint i = dweight != null ? 0 : n, end = dbias != null ? 2 * n : columns ? n : 0; i < end; i++)
            {
                double sum = 0;
                for (nint p = 0; p < pieces; p++) sum += Reducer.Read<V>(parts + (p * 2 * n + i) * V.Element);
                Reducer.Write<V>(i < n ? (byte*)dweight + i * V.Element : (byte*)dbias + (i - n) * V.Element, sum);
            }
        }
    }

    readonly struct BackwardWork<V>(byte* x, byte* gradient, byte* weight, byte* means, byte* factors, byte* dx, byte* parts, nint piece,
        nint n) : IRangeWork where V : unmanaged, ISimd<V>
    {
        public void Run(nint from, nint to)
        {
            byte* product = parts + from / piece * 2 * n * V.Element, sum = product + n * V.Element;
            if (parts != null) new Span<byte>(product, checked((int)(2 * n * V.Element))).Clear();
            for (nint row = from; row < to; row++)
            {
                byte* a = x + row * n * V.Element, g = gradient + row * n * V.Element;
                double mean = Reducer.Read<V>(means + row * V.Element), factor = Reducer.Read<V>(factors + row * V.Element);
                if (parts != null) NormRows<V>.Accumulate(a, g, product, sum, n, mean, factor);
                if (dx == null) continue;
                NormRows<V>.Sums(a, g, weight, n, mean, out double gradients, out double products);
                NormRows<V>.Gradient(a, g, weight, dx + row * n * V.Element, n, mean, factor, -factor * factor * factor * products / n, -factor * gradients / n);
            }
        }
    }
}
