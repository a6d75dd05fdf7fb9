using System.Numerics;
using System.Runtime.CompilerServices;
using static System.Runtime.CompilerServices.MethodImplOptions;

namespace Candeia.Kernels;

/// <summary>Each input collects from the windows it is in, in order: it is written once, by one thread.</summary>
internal readonly unsafe struct AverageBackward<V, T>(PoolShape shape, PoolRows rows, byte* dy, byte* dx, byte* divisors) : IWork
    where V : unmanaged, ISimd<V> where T : unmanaged, IFloatingPointIeee754<T>
{
    public static void Run(in PoolShape shape, T* dy, T* dx)
    {
        using var scratch = Scratch.Rent((nint)shape.OutHeight * shape.OutWidth * sizeof(T));
        AverageDivisors.Fill(shape, (T*)scratch.Pointer);
        var rows = new PoolRows(shape.Batch, shape.Height, (long)shape.Width * shape.Channels);
        Workers.Run(rows.Items, new AverageBackward<V, T>(shape, rows, (byte*)dy, (byte*)dx, scratch.Pointer));
    }

    public void Run(int item)
    {
        var (image, from, to) = rows[item];
        nint pixel = shape.Channels * sizeof(T), line = shape.OutWidth * pixel;
        for (int y = from; y < to; y++)
            for (int x = 0; x < shape.Width; x++)
            {
                var (top, bottom) = Windows(y + shape.PaddingHeight, shape.KernelHeight, shape.StrideHeight, shape.OutHeight);
                var (left, right) = Windows(x + shape.PaddingWidth, shape.KernelWidth, shape.StrideWidth, shape.OutWidth);
                Collect(dy + ((nint)image * shape.OutHeight + top) * line + left * pixel, line, pixel, bottom - top, right - left,
                    dx + (((nint)image * shape.Height + y) * shape.Width + x) * pixel, divisors + ((nint)top * shape.OutWidth + left) * sizeof(T),
                    shape.OutWidth * sizeof(T));
            }
    }

    /// <summary>The windows that hold a place, counted with the padding before it.</summary>
    static (int From, int To) Windows(int at, int kernel, int stride, int count)
    {
        int from = at < kernel ? 0 : (at - kernel) / stride + 1;
        return (Math.Min(from, count), Math.Min(at / stride + 1, count));
    }

    [MethodImpl(AggressiveOptimization | NoInlining)]
    static void Collect(byte* from, nint line, nint pixel, int height, int width, byte* to, byte* divisor, nint divisorLine)
    {
        for (nint c = 0; c < pixel; c += V.Size)
        {
            int part = (int)Math.Min(V.Size, pixel - c) / V.Element;
            bool whole = part == V.Size / V.Element;
            V sum = V.Const(0);
            byte* row = from + c, divisors = divisor;
            for (int i = 0; i < height; i++, row += line, divisors += divisorLine)
            {
                byte* p = row;
                for (int j = 0; j < width; j++, p += pixel) sum += (whole ? V.Load(p) : V.LoadPart(p, part)) / V.Splat(divisors + j * V.Element);
            }
            if (whole) sum.Store(to + c); else sum.StorePart(to + c, part);
        }
    }
}
