namespace Candeia.Kernels;

/// <summary>Softmax and its logarithm along rows without gaps, with their gradients. The output may be an input.</summary>
internal static unsafe class Softmax
{
    /// <summary>y = eˣ / Σ eˣ.</summary>
    public static void Run<T>(T* x, T* y, nint rows, nint n) where T : unmanaged => Simd.Run<T, Call>(new(Kind.Softmax, x, null, y, rows, n));

    /// <summary>y = x − log Σ eˣ.</summary>
    public static void Log<T>(T* x, T* y, nint rows, nint n) where T : unmanaged => Simd.Run<T, Call>(new(Kind.Log, x, null, y, rows, n));

    /// <summary>The gradient of x from the softmax y and its gradient: y · (grad − Σ grad·y).</summary>
    public static void Gradient<T>(T* y, T* grad, T* to, nint rows, nint n) where T : unmanaged => Simd.Run<T, Call>(new(Kind.Gradient, y, grad, to, rows, n));

    /// <summary>The gradient of x from the logarithm y of the softmax and its gradient: grad − eʸ · Σ grad.</summary>
    public static void LogGradient<T>(T* y, T* grad, T* to, nint rows, nint n) where T : unmanaged => Simd.Run<T, Call>(new(Kind.LogGradient, y, grad, to, rows, n));

    internal enum Kind { Softmax, Log, Gradient, LogGradient }

    internal readonly struct Call(Kind kind, void* x, void* grad, void* to, nint rows, nint n) : ISimdCall
    {
        public void Run<V>() where V : unmanaged, ISimd<V> =>
            Workers.Split(n == 0 ? 0 : rows, Math.Max(1, Reducer.Grain / 4 / Math.Max(n, 16)), new Work<V>(kind, (byte*)x, (byte*)grad, (byte*)to, n));
    }

    readonly struct Work<V>(Kind kind, byte* x, byte* grad, byte* to, nint n) : IRangeWork where V : unmanaged, ISimd<V>
    {
        public void Run(nint from, nint until)
        {
            for (nint row = from; row < until; row++)
            {
                nint at = row * n * V.Element;
                byte* a = x + at, b = grad + at, y = to + at;
                if (kind == Kind.Softmax) Rows<V>.Scale(y, y, n, 1 / Rows<V>.Exponentials(a, y, n, RowReducer<V, Greatest>.Of(a, n)));
                else if (kind == Kind.Log)
                {
                    double most = RowReducer<V, Greatest>.Of(a, n);
                    Rows<V>.Shift(a, y, n, most, OneNumber.Log(Rows<V>.Exponentials(a, null, n, most)));
                }
                else if (kind == Kind.Gradient) Rows<V>.ShiftAndMultiply(a, b, y, n, Rows<V>.Dot(a, b, n));
                else Rows<V>.SubtractExponentials(a, b, y, n, RowReducer<V, Summing>.Of(b, n));
            }
        }
    }
}
