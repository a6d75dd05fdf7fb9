using System.Numerics;
using System.Runtime.CompilerServices;
using static System.Math;

namespace Candeia.Kernels;

/// <summary>
/// The gradients of a convolution's weight and bias where there are more weights than pixels: one matrix product over all pixels, of what the taps see
/// with the output's gradient. <see cref="DirectBackward{V, T}"/> would keep a copy of the weight's gradient for each share of the batch.
/// </summary>
internal static unsafe class WeightProduct<V, T> where V : unmanaged, ISimd<V> where T : unmanaged, IFloatingPointIeee754<T>
{
    const int LeastShares = 8;                                               // of the batch, each of which would have a copy

    /// <summary>Whether the copies that this saves are more than what it writes to have one matrix.</summary>
    public static bool Suits(in ConvShape shape)
    {
        long pixels = (long)shape.Batch * shape.OutHeight * shape.OutWidth, seen = (long)shape.Taps * shape.InChannels;
        return shape.Groups == 1 && LeastShares * seen * shape.OutChannels > pixels * (seen + shape.OutChannels);
    }

    public static void Run(in ConvShape shape, T* x, T* dy, T* dw, T* db)
    {
        nint pixels = (nint)shape.Batch * shape.OutHeight * shape.OutWidth, outputs = shape.OutChannels, seen = (nint)shape.Taps * shape.InChannels;
        var panels = new Panels(shape.OutChannels, 1, GradientPlan<V, T>.Edge / sizeof(T));
        bool lies = shape.Taps == 1 && shape is { StrideHeight: 1, StrideWidth: 1, IsPadded: false };
        nint seenBytes = lies ? 0 : pixels * seen * sizeof(T);
        using var scratch = Scratch.Rent(seenBytes + (shape.Taps == 1 ? 0 : seen * panels.Padded * sizeof(T)));
        T* taps = lies ? x : (T*)scratch.Pointer, sums = (T*)(scratch.Pointer + seenBytes);
        if (!lies) Workers.Run(shape.Batch * shape.OutHeight, new Rows(shape, x, taps));
        if (shape.Taps == 1)                                                 // [oc, pixels] × [pixels, ic]
            Gemm.Run<T>(new Product { A = dy, ARow = 1, AStep = outputs, B = taps, BStep = seen, BColumn = 1, C = dw, CRow = seen, M = outputs, N = seen, K = pixels });
        else                                                                 // [taps · ic, pixels] × [pixels, oc]
        {
            Gemm.Run<T>(new Product { A = taps, ARow = 1, AStep = seen, B = dy, BStep = outputs, BColumn = 1, C = sums, CRow = panels.Padded, M = seen, N = outputs, K = pixels });
            Workers.Run(panels.Count, new GatherWeights<V, T>(shape, panels, (byte*)sums, 0, 1, dw, null));
        }
        if (db != null) Reduce.Sum(dy, db, 1, pixels, outputs);
    }

    /// <summary>For each pixel of the output what the taps see, [pixels][kh][kw][ic], zero beyond the image. An item is a row of an image.</summary>
    readonly struct Rows(ConvShape shape, T* x, T* to) : IWork
    {
        public void Run(int item)
        {
            int image = item / shape.OutHeight, channels = shape.InChannels, top = item % shape.OutHeight * shape.StrideHeight - shape.PaddingHeight;
            T* at = to + (nint)item * shape.OutWidth * shape.Taps * channels;
            for (int column = 0; column < shape.OutWidth; column++)
                for (int ky = 0; ky < shape.KernelHeight; ky++)
                {
                    int row = top + ky * shape.DilationHeight, left = column * shape.StrideWidth - shape.PaddingWidth;
                    T* line = x + ((nint)image * shape.Height + row) * shape.Width * channels;
                    for (int kx = 0; kx < shape.KernelWidth; kx++, at += channels)
                    {
                        int from = left + kx * shape.DilationWidth;
                        bool isInside = row >= 0 && row < shape.Height && from >= 0 && from < shape.Width;
                        if (isInside) Unsafe.CopyBlockUnaligned(at, line + (nint)from * channels, checked((uint)(channels * sizeof(T))));
                        else new Span<T>(at, channels).Clear();
                    }
                }
        }
    }
}
