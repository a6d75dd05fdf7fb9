using System.Numerics;
using System.Numerics.Tensors;

namespace Candeia.Distributed;

/// <summary>
/// Sums whose order is fixed: neighbours first, then pairs of pairs. They have the same bits with every MPI, and if each rank has summed some neighbours
/// before, the same for another number of ranks.
/// </summary>
internal static class OrderedSum
{
    /// <summary>Puts the sum over all ranks in the place of every number: each rank adds up a part for all.</summary>
    /// <param name="ranks">The ranks.</param>
    /// <param name="values">As many on each rank, a multiple of their number.</param>
    /// <param name="received">Room for as many.</param>
    /// <param name="wait">Waits for messages; by MPI's own means, unless it is said.</param>
    public static void Over<T>(ICommunicator ranks, T[] values, T[] received, Action<IPending>? wait = null) where T : unmanaged, INumber<T>
    {
        if (ranks.Size == 1 || values.Length == 0) return;
        wait ??= static pending => pending.Wait();
        wait(ranks.BeginAllToAll(values, received));
        int part = values.Length / ranks.Size;
        Add(received, part, ranks.Size);
        wait(ranks.BeginAllGather(received, values));
    }

    /// <summary>Adds up all parts in the place of the first.</summary>
    public static void Add<T>(T[] parts, int length, int count) where T : unmanaged, INumber<T> => InOrder(0, count, (to, from) =>
    {
        var sum = parts.AsSpan(to * length, length);
        TensorPrimitives.Add<T>(sum, parts.AsSpan(from * length, length), sum);
    });

    /// <summary>The order itself: which part is added to which, until the first has all.</summary>
    /// <param name="first">The first part.</param>
    /// <param name="end">Behind the last.</param>
    /// <param name="add">Adds the second of two parts to the first.</param>
    public static void InOrder(int first, int end, Action<int, int> add)
    {
        if (end - first == 1) return;
        int middle = (first + end) / 2;
        InOrder(first, middle, add);
        InOrder(middle, end, add);
        add(first, middle);
    }
}
