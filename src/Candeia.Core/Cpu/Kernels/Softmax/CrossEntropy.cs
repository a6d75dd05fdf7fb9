namespace Candeia.Kernels;

/// <summary>−log of the softmax at the right class, for rows of scores without gaps. A row whose target is <c>ignored</c> has loss and gradient 0.</summary>
internal static unsafe class CrossEntropy
{
    /// <summary><paramref name="loss"/>[i] = log Σ eˣ − x[target].</summary>
    /// <exception cref="ArgumentOutOfRangeException">A target is no class and not ignored.</exception>
    public static void Run<T>(T* x, long* target, T* loss, nint rows, nint n, long ignored) where T : unmanaged =>
        Simd.Run<T, Call>(new(x, target, loss, null, rows, n, ignored));

    /// <summary>The gradient of x: (softmax − 1 at the target) · <paramref name="grad"/>[i].</summary>
    public static void Gradient<T>(T* x, long* target, T* grad, T* to, nint rows, nint n, long ignored) where T : unmanaged =>
        Simd.Run<T, Call>(new(x, target, grad, to, rows, n, ignored));

    // `to` is null for the loss itself, which then goes to `numbers`.
    internal readonly struct Call(void* x, long* target, void* numbers, void* to, nint rows, nint n, long ignored) : ISimdCall
    {
        public void Run<V>() where V : unmanaged, ISimd<V> =>
            Workers.Split(rows, Math.Max(1, Reducer.Grain / 4 / Math.Max(n, 16)), new Work<V>((byte*)x, target, (byte*)numbers, (byte*)to, n, ignored));
    }

    readonly struct Work<V>(byte* x, long* target, byte* numbers, byte* to, nint n, long ignored) : IRangeWork where V : unmanaged, ISimd<V>
    {
        public void Run(nint from, nint until)
        {
            for (nint row = from; row < until; row++)
            {
                long right = target[row];
                bool skip = right == ignored;
                if (!skip && (ulong)right >= (ulong)n)
                    throw new ArgumentOutOfRangeException(null, $"Row {row} has the target {right}, but there are {n} classes, counted from 0.");
                byte* scores = x + row * n * V.Element, number = numbers + row * V.Element;
                if (to != null) Gradient(scores, (nint)right, Reducer.Read<V>(number), to + row * n * V.Element, skip);
                else Reducer.Write<V>(number, skip ? 0 : Loss(scores, (nint)right));
            }
        }

        double Loss(byte* scores, nint right)
        {
            double most = RowReducer<V, Greatest>.Of(scores, n);
            return OneNumber.Log(Rows<V>.Exponentials(scores, null, n, most)) - (Reducer.Read<V>(scores + right * V.Element) - most);
        }

        void Gradient(byte* scores, nint right, double grad, byte* y, bool skip)
        {
            if (skip)
            {
                new Span<byte>(y, checked((int)(n * V.Element))).Clear();
                return;
            }
            double sum = Rows<V>.Exponentials(scores, y, n, RowReducer<V, Greatest>.Of(scores, n));
            Rows<V>.Scale(y, y, n, grad / sum);
            Reducer.Write<V>(y + right * V.Element, Reducer.Read<V>(y + right * V.Element) - grad);
        }
    }
}
