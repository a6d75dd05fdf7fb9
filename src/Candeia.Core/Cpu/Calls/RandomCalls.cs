using System.Runtime.CompilerServices;

namespace Candeia.Kernels;

/// <summary>Random numbers on all threads: element i is made of the words first + i · WordsPerElement …, whichever thread makes it.</summary>
internal static unsafe class RandomCalls
{
    const int ChunkLength = 1 << 15, PieceWords = 1024, DrawnLength = 1 << 10;

    /// <summary>Fills with numbers of a distribution from a stream, from its word <paramref name="first"/> on.</summary>
    public static void Fill<T, TDistribution>(ulong key, ulong stream, ulong first, Span<T> values, TDistribution distribution)
        where T : unmanaged where TDistribution : struct, IDistribution<T>
    {
        fixed (T* start = values)
        {
            int chunks = (int)(((long)values.Length + ChunkLength - 1) / ChunkLength);
            Workers.Run(chunks, new Chunks<T, TDistribution>(key, stream, first, start, values.Length, distribution));
        }
    }

    readonly struct Chunks<T, TDistribution>(ulong key, ulong stream, ulong first, T* start, int length, TDistribution distribution) : IWork
        where T : unmanaged where TDistribution : struct, IDistribution<T>
    {
        [SkipLocalsInit]
        public void Run(int item)
        {
            Span<uint> words = stackalloc uint[PieceWords];
            int step = PieceWords / TDistribution.WordsPerElement;
            int end = (int)Math.Min(length, (item + 1L) * ChunkLength);
            for (int i = item * ChunkLength; i < end; i += step)
            {
                int count = Math.Min(step, end - i);
                var used = words[..(count * TDistribution.WordsPerElement)];
                Philox.Words(key, stream, first + (ulong)i * (ulong)TDistribution.WordsPerElement, used);
                distribution.Map(used, new Span<T>(start + i, count));
            }
        }
    }

    /// <summary>Draws a number for each parameter, both row-major; false where there is no distribution of one.</summary>
    public static bool Draw<T, TDrawn>(GeneratorState start, Tensor parameters, Tensor y) where T : unmanaged, System.Numerics.IFloatingPointIeee754<T> where TDrawn : struct, IDrawn
    {
        int bad = 0, chunks = checked((int)((y.Numel + DrawnLength - 1) / DrawnLength));
        using var pins = Pins.Of(parameters, y);
        Workers.Run(chunks, new Draws<T, TDrawn>(start, pins.At<T>(0), pins.At<T>(1), y.Numel, &bad));
        return bad == 0;
    }

    readonly struct Draws<T, TDrawn>(GeneratorState start, T* parameters, T* y, long length, int* bad) : IWork where T : unmanaged, System.Numerics.IFloatingPointIeee754<T> where TDrawn : struct, IDrawn
    {
        public void Run(int item)
        {
            for (long i = item * (long)DrawnLength, end = Math.Min(length, i + DrawnLength); i < end; i++)
            {
                double parameter = double.CreateTruncating(parameters[i]);
                var drops = new Drops(start.Key, start.Stream, start.Position + (ulong)i);
                if (TDrawn.Takes(parameter)) y[i] = T.CreateTruncating(TDrawn.Draw(parameter, ref drops));
                else *bad = 1;
            }
        }
    }
}
