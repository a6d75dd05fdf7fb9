using System.Numerics;
using System.Runtime.InteropServices;

namespace Candeia.Distributed;

/// <summary>
/// The sums of <see cref="OrderedSum"/> of numbers that travel as bfloat16, and half the bytes: each is rounded before it is sent, what is added up is added as
/// float32, and each sum is rounded once more. All ranks have the same bits.
/// </summary>
/// <param name="length">How many numbers, a multiple of the number of ranks.</param>
internal sealed class NarrowSum(int length)
{
    readonly byte[] _sent = new byte[checked(length * 2)], _received = new byte[checked(length * 2)];
    readonly float[] _wide = new float[length];

    /// <summary>Puts the sum over all ranks in the place of every number.</summary>
    /// <param name="ranks">The ranks.</param>
    /// <param name="values">The numbers.</param>
    /// <param name="wait">Waits for messages; by MPI's own means, unless it is said.</param>
    public void Over(ICommunicator ranks, float[] values, Action<IPending>? wait = null)
    {
        if (ranks.Size == 1 || length == 0) return;
        wait ??= static pending => pending.Wait();
        int part = length / ranks.Size;
        Pack(values, _sent);
        wait(ranks.BeginAllToAll(_sent, _received));
        Unpack(_received, _wide);
        OrderedSum.Add(_wide, part, ranks.Size);
        Pack(_wide.AsSpan(0, part), _received);
        wait(ranks.BeginAllGather(_received, _sent));
        Unpack(_sent, values);
    }

    /// <summary>Rounds to the nearest bfloat16, of two to the even one; what is no number stays none.</summary>
    internal static void Pack(ReadOnlySpan<float> numbers, Span<byte> bytes)
    {
        var from = MemoryMarshal.Cast<float, uint>(numbers);
        var to = MemoryMarshal.Cast<byte, ushort>(bytes);
        int width = Vector<uint>.Count, i = 0;
        for (; i <= from.Length - 2 * width; i += 2 * width) Vector.Narrow(High(new Vector<uint>(from[i..])), High(new Vector<uint>(from[(i + width)..]))).CopyTo(to[i..]);
        for (; i < from.Length; i++) to[i] = (ushort)High(new Vector<uint>(from[i]))[0];
    }

    /// <summary>The numbers as float32.</summary>
    internal static void Unpack(ReadOnlySpan<byte> bytes, Span<float> numbers)
    {
        var from = MemoryMarshal.Cast<byte, ushort>(bytes);
        var to = MemoryMarshal.Cast<float, uint>(numbers);
        int width = Vector<uint>.Count, i = 0;
        for (; i <= to.Length - 2 * width; i += 2 * width)
        {
            Vector.Widen(new Vector<ushort>(from[i..]), out var low, out var high);
            (low << 16).CopyTo(to[i..]);
            (high << 16).CopyTo(to[(i + width)..]);
        }
        for (; i < to.Length; i++) to[i] = (uint)from[i] << 16;
    }

    /// <summary>The upper half of each, rounded.</summary>
    static Vector<uint> High(Vector<uint> bits)
    {
        var rounded = (bits + new Vector<uint>(0x7FFF) + ((bits >>> 16) & Vector<uint>.One)) >>> 16;
        var isNone = Vector.GreaterThan(bits & new Vector<uint>(0x7FFF_FFFF), new Vector<uint>(0x7F80_0000));
        return Vector.ConditionalSelect(isNone, (bits >>> 16) | new Vector<uint>(0x40), rounded);
    }
}
