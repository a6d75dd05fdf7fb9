using System.Numerics;

namespace Candeia.Kernels;

/// <summary>The place of the greatest number of each window; windows begin and end where tables say, for each plane or for all.</summary>
internal readonly unsafe struct GreatestOfWindows<T>(Size3d size, Size3d windows, Size3d step, bool each, T* x, long* begins, long* ends, long* places) : IRangeWork
    where T : unmanaged, INumber<T>
{
    public void Go(int planes)
    {
        long work = (long)size.Depth * size.Height * size.Width;
        Workers.Split((nint)planes * windows.Depth, (nint)Math.Max(1, (1 << 14) * (long)windows.Depth / Math.Max(1, work)), this);
    }

    public void Run(nint from, nint to)
    {
        int height = windows.Depth, width = windows.Depth + windows.Height, all = width + windows.Width;
        for (nint slice = from; slice < to; slice++)
        {
            nint plane = slice / windows.Depth;
            int d = (int)(slice % windows.Depth);
            T* of = x + plane * size.Depth * size.Height * size.Width;
            long* begin = begins + (each ? plane * all : 0), end = ends + (each ? plane * all : 0), place = places + slice * windows.Height * windows.Width;
            for (int h = 0; h < windows.Height; h++)
                for (int w = 0; w < windows.Width; w++)
                    *place++ = Greatest(of, begin[d], end[d], begin[height + h], end[height + h], begin[width + w], end[width + w]);
        }
    }

    long Greatest(T* of, long front, long back, long top, long bottom, long left, long right)
    {
        long at = (front * size.Height + top) * size.Width + left;
        T best = of[at];
        for (long d = front; d < back; d += step.Depth)
            for (long h = top; h < bottom; h += step.Height)
                for (long w = left; w < right; w += step.Width)
                {
                    long here = (d * size.Height + h) * size.Width + w;
                    if (!(of[here] > best) && !T.IsNaN(of[here])) continue;
                    (best, at) = (of[here], here);
                }
        return at;
    }
}
