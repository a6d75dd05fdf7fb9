using System.Numerics;
using System.Runtime.CompilerServices;
using static System.Runtime.CompilerServices.MethodImplOptions;

namespace Candeia.Kernels;

/// <summary>The greatest of each window and which tap it was. Channels are lanes.</summary>
internal readonly unsafe struct MaxForward<V, T>(PoolShape shape, PoolRows rows, byte* x, byte* y, long* indices, byte* numbers) : IWork
    where V : unmanaged, ISimd<V> where T : unmanaged, IFloatingPointIeee754<T>
{
    public static void Run(in PoolShape shape, T* x, T* y, long* indices)
    {
        using var scratch = Scratch.Rent(shape.Taps * sizeof(T));
        for (int i = 0; i < shape.Taps; i++) ((T*)scratch.Pointer)[i] = T.CreateTruncating(i);
        var rows = new PoolRows(shape.Batch, shape.OutHeight, (long)shape.OutWidth * shape.Channels * shape.Taps);
        Workers.Run(rows.Items, new MaxForward<V, T>(shape, rows, (byte*)x, (byte*)y, indices, scratch.Pointer));
    }

    public void Run(int item)
    {
        var (image, from, to) = rows[item];
        nint pixel = shape.Channels * sizeof(T), line = shape.Width * pixel;
        using var scratch = Scratch.Rent(pixel + V.Size);
        for (int oy = from; oy < to; oy++)
            for (int ox = 0; ox < shape.OutWidth; ox++)
            {
                var (top, firstRow, endRow) = Range(oy * shape.StrideHeight - shape.PaddingHeight, shape.KernelHeight, shape.DilationHeight,
                    shape.Height);
                var (left, first, end) = Range(ox * shape.StrideWidth - shape.PaddingWidth, shape.KernelWidth, shape.DilationWidth, shape.Width);
                nint output = ((nint)image * shape.OutHeight + oy) * shape.OutWidth + ox;
                Window(x + ((nint)image * shape.Height + top) * line + left * pixel, firstRow, endRow, first, end, y + output * pixel,
                    scratch.Pointer);
                if (indices != null) Indices((T*)scratch.Pointer, top, left, indices + output * shape.Channels);
            }
    }

    /// <summary>Where a window begins, perhaps before the image, and the taps that are inside.</summary>
    static (int Begin, int From, int To) Range(int begin, int kernel, int dilation, int size) =>
        (begin, begin < 0 ? (-begin + dilation - 1) / dilation : 0, Math.Min(kernel, (size - begin + dilation - 1) / dilation));

    [MethodImpl(AggressiveOptimization | NoInlining)] void Window(byte* from, int firstRow, int endRow, int first, int end, byte* to, byte* taps)
    {
        nint pixel = shape.Channels * V.Element, line = shape.Width * pixel * shape.DilationHeight, step = pixel * shape.DilationWidth;
        for (nint c = 0; c < pixel; c += V.Size)
        {
            int part = (int)Math.Min(V.Size, pixel - c) / V.Element;
            bool whole = part == V.Size / V.Element;
            V best = V.Const(double.NegativeInfinity), tap = V.Splat(numbers + (firstRow * shape.KernelWidth + first) * V.Element);
            for (int i = firstRow; i < endRow; i++)
            {
                byte* p = from + c + i * line + first * step, number = numbers + (i * shape.KernelWidth + first) * V.Element;
                for (int j = first; j < end; j++, p += step, number += V.Element)
                {
                    V v = whole ? V.Load(p) : V.LoadPart(p, part), beats = V.Less(best, v) | ~V.Equal(v, v);
                    best = V.Select(beats, v, best);
                    tap = V.Select(beats, V.Splat(number), tap);
                }
            }
            if (whole) best.Store(to + c); else best.StorePart(to + c, part);
            tap.Store(taps + c);
        }
    }

    void Indices(T* taps, int top, int left, long* to)
    {
        for (int c = 0; c < shape.Channels; c++)
        {
            int tap = int.CreateTruncating(taps[c]);
            to[c] = (top + tap / shape.KernelWidth * shape.DilationHeight) * (long)shape.Width + left + tap % shape.KernelWidth * shape.DilationWidth;
        }
    }
}
