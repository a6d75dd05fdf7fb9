using System.Numerics;
using Candeia.Kernels;

namespace Candeia;

/// <summary>Work in steps, of which each needs all of the one before: what a part of a step does.</summary>
internal interface IRelayWork
{
    void Run(nint chain, nint step, nint part);
}

/// <summary>
/// Chains of steps that several threads go through together: a step's parts are claimed from a word of bits, each thread's own first, so that it meets the same part in every step
/// and finds in its cache what it needs for it. Nobody waits for a thread that has claimed nothing: who is alone does all parts.
/// </summary>
internal static unsafe class Relay
{
    const int Line = 128;                                      // bytes that a number has for itself

    /// <summary>The most parts that a step may have.</summary>
    public const int PartsMost = 32;

    /// <summary>Runs all parts of all steps, in any number of chains that do not know each other, and returns when all are done.</summary>
    public static void Run<TWork>(nint chains, nint steps, nint parts, in TWork work) where TWork : IRelayWork
    {
        nint crew = parts == 1 ? 1 : Math.Min(parts, Math.Max(1, Threads.Count / Math.Max(1, chains)));
        if (crew == 1)
        {
            Workers.Run((int)chains, new Alone<TWork>(steps, parts, work));
            return;
        }
        using var words = Scratch.Rent((chains + 1) * 2 * Line);
        byte* first = words.Pointer + Line;                    // what is before it may be somebody else's
        new Span<byte>(first, checked((int)(chains * 2 * Line))).Clear();
        Workers.Run((int)(chains * crew), new Member<TWork>(crew, steps, parts, first, work));
    }

    readonly struct Alone<TWork>(nint steps, nint parts, TWork work) : IWork where TWork : IRelayWork
    {
        readonly TWork _work = work;

        public void Run(int item)
        {
            for (nint step = 0; step < steps; step++)
                for (nint part = 0; part < parts; part++) _work.Run(item, step, part);
        }
    }

    readonly struct Member<TWork>(nint crew, nint steps, nint parts, byte* words, TWork work) : IWork where TWork : IRelayWork
    {
        readonly TWork _work = work;

        public void Run(int item)
        {
            nint chain = item / crew, me = item % crew;
            ref long state = ref *(long*)(words + chain * 2 * Line);                  // step << 32 | a bit for each claimed part
            ref long done = ref *(long*)(words + (chain * 2 + 1) * Line);             // parts of all steps
            uint mine = Below(parts * (me + 1) / crew) & ~Below(parts * me / crew), all = Below(parts);
            try
            {
                for (long seen; (seen = Volatile.Read(ref state)) >> 32 is var step && step < steps;)
                {
                    uint free = all & ~(uint)seen;
                    if (free == 0)
                    {
                        Wait(ref state, seen);
                        continue;
                    }
                    int part = BitOperations.TrailingZeroCount((free & mine) != 0 ? free & mine : free);
                    if (Interlocked.CompareExchange(ref state, seen | 1L << part, seen) != seen) continue;
                    _work.Run(chain, (nint)step, part);
                    if (Interlocked.Increment(ref done) == (step + 1) * parts) Volatile.Write(ref state, step + 1 << 32);
                }
            }
            catch
            {
                Volatile.Write(ref state, (long)steps << 32);                         // the others stop
                throw;
            }
        }

        static uint Below(nint part) => (uint)((1UL << (int)part) - 1);

        static void Wait(ref long state, long seen)
        {
            var patience = new Patience();
            while (Volatile.Read(ref state) == seen)
                if (!patience.Spin()) Thread.Yield();
        }
    }
}
