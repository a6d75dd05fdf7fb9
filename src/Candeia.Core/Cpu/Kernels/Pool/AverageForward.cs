using System.Numerics;
using System.Runtime.CompilerServices;
using static System.Runtime.CompilerServices.MethodImplOptions;

namespace Candeia.Kernels;

/// <summary>Means of windows: the sums of their rows, added, divided. Channels are lanes.</summary>
internal readonly unsafe struct AverageForward<V, T>(PoolShape shape, PoolRows rows, byte* x, byte* y, byte* divisors) : IWork
    where V : unmanaged, ISimd<V> where T : unmanaged, IFloatingPointIeee754<T>
{
    public static void Run(in PoolShape shape, T* x, T* y)
    {
        using var scratch = Scratch.Rent((nint)shape.OutHeight * shape.OutWidth * sizeof(T));
        AverageDivisors.Fill(shape, (T*)scratch.Pointer);
        var rows = new PoolRows(shape.Batch, shape.OutHeight, (long)shape.OutWidth * shape.Channels * shape.Taps);
        Workers.Run(rows.Items, new AverageForward<V, T>(shape, rows, (byte*)x, (byte*)y, scratch.Pointer));
    }

    public void Run(int item)
    {
        var (image, from, to) = rows[item];
        nint pixel = shape.Channels * sizeof(T), line = shape.Width * pixel;
        for (int oy = from; oy < to; oy++)
            for (int ox = 0; ox < shape.OutWidth; ox++)
            {
                int top = oy * shape.StrideHeight - shape.PaddingHeight, left = ox * shape.StrideWidth - shape.PaddingWidth;
                int bottom = Math.Min(shape.Height, top + shape.KernelHeight), right = Math.Min(shape.Width, left + shape.KernelWidth);
                top = Math.Max(0, top); left = Math.Max(0, left);
                nint output = (nint)oy * shape.OutWidth + ox;
                Window(x + ((nint)image * shape.Height + top) * line + left * pixel, line, pixel, bottom - top, right - left,
                    y + ((nint)image * shape.OutHeight * shape.OutWidth + output) * pixel, divisors + output * sizeof(T));
            }
    }

    [MethodImpl(AggressiveOptimization | NoInlining)]
    static void Window(byte* from, nint line, nint pixel, int height, int width, byte* to, byte* divisor)
    {
        V d = V.Splat(divisor);
        for (nint c = 0; c < pixel; c += V.Size)
        {
            int part = (int)Math.Min(V.Size, pixel - c) / V.Element;
            bool whole = part == V.Size / V.Element;
            V sum = V.Const(0);
            byte* row = from + c;
            for (int i = 0; i < height && width > 0; i++, row += line)
            {
                V ofRow = whole ? V.Load(row) : V.LoadPart(row, part);
                byte* p = row + pixel;
                for (int j = 1; j < width; j++, p += pixel) ofRow += whole ? V.Load(p) : V.LoadPart(p, part);
                sum = i == 0 ? ofRow : sum + ofRow;
            }
            sum /= d;
            if (whole) sum.Store(to + c); else sum.StorePart(to + c, part);
        }
    }
}
