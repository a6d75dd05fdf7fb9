using System.Runtime.InteropServices;

namespace Candeia.Distributed;

/// <summary>
/// Memory that all ranks see: a part for each, and before the parts a line for each, in which it counts how far it has come. Each writes its own part and
/// line alone, and reads what others have written once they have counted on.
/// </summary>
/// <param name="memory">All of it, zero in the beginning.</param>
/// <param name="rank">This rank.</param>
/// <param name="size">How many there are.</param>
/// <param name="rest">Lets a while pass for who waits long; throws where nobody will come any more.</param>
internal sealed class SharedMemory(SafeBuffer memory, int rank, int size, Action rest)
{
    const int Line = 128;                                                    // two lines of a cache, which processors fetch together
    const int Spins = 100, Yields = 1000;
    long _round;

    public int Rank => rank;

    public int Size => size;

    /// <summary>The bytes of all parts and lines.</summary>
    public static long Bytes(int size, long part) => size * (Line + Whole(part));

    /// <summary>The part of a rank.</summary>
    public Tensor Part(int of, int length, DType dtype) => Tensor.FromBuffer(memory, [length], dtype, (long)size * Line + of * Whole((long)length * dtype.Size())).Keep();

    /// <summary>Tells the others that this rank has come on; what it has written before is there for who has awaited that.</summary>
    /// <returns>How far it is.</returns>
    public long Arrive()
    {
        Interlocked.MemoryBarrier();
        memory.Write((ulong)(rank * Line), ++_round);
        return _round;
    }

    /// <summary>Waits until all have come so far.</summary>
    public void Await(long round)
    {
        for (int other = 0; other < size; other++)
            for (int turn = 0; memory.Read<long>((ulong)(other * Line)) < round; turn++) Pause(turn);
        Interlocked.MemoryBarrier();
    }

    // Who is about to come is not slept for; whose processor this one may have taken is let to it.
    void Pause(int turn)
    {
        if (turn < Spins) Thread.SpinWait(20);
        else if (turn < Yields) Thread.Yield();
        else rest();
    }

    static long Whole(long bytes) => (bytes + Line - 1) / Line * Line;
}
