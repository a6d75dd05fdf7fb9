using System.Numerics;

namespace Candeia.Kernels;

/// <summary>
/// Each gradient goes where its maximum came from. Windows may overlap, so an item is an image, or some channels of it in a small batch.
/// </summary>
internal readonly unsafe struct MaxScatter<T>(PoolShape shape, int blocks, T* dy, long* indices, T* dx) : IWork
    where T : unmanaged, IFloatingPointIeee754<T>
{
    const int Channels = 16, Images = 32;

    public static void Run(in PoolShape shape, T* dy, long* indices, T* dx)
    {
        int blocks = shape.Batch >= Images ? 1 : (shape.Channels + Channels - 1) / Channels;
        Workers.Run(shape.Batch * blocks, new MaxScatter<T>(shape, blocks, dy, indices, dx));
    }

    public void Run(int item)
    {
        int image = item / blocks, from = (int)((long)shape.Channels * (item % blocks) / blocks);
        int to = (int)((long)shape.Channels * (item % blocks + 1) / blocks);
        nint channels = shape.Channels, outputs = (nint)shape.OutHeight * shape.OutWidth, inputs = (nint)shape.Height * shape.Width;
        T* target = dx + image * inputs * channels, gradient = dy + image * outputs * channels;
        long* index = indices + image * outputs * channels;
        for (nint i = 0; i < inputs; i++) new Span<T>(target + i * channels + from, to - from).Clear();
        for (nint i = 0; i < outputs; i++, gradient += channels, index += channels)
            for (int c = from; c < to; c++)
            {
                nint at = (nint)index[c];
                if ((nuint)at >= (nuint)inputs) throw OutOfRange(at, shape);
                target[at * channels + c] += gradient[c];
            }
    }

    static ArgumentOutOfRangeException OutOfRange(nint at, PoolShape shape) =>
        new(nameof(at), $"The place {at} of a maximum is not within an image of {shape.Height}×{shape.Width} pixels.");
}
