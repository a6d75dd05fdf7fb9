using System.Runtime.CompilerServices;

namespace Candeia.Kernels;

/// <summary>Random numbers on all threads: element i is made of the words first + i · WordsPerElement …, whichever thread makes it.</summary>
internal static unsafe class RandomCalls
{
    const int ChunkLength = 1 << 15, PieceWords = 1024;

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
}
