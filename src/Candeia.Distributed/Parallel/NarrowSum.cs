namespace Candeia.Distributed;

/// <summary>
/// The sums of <see cref="OrderedSum"/> of numbers that travel as bfloat16, and half the bytes: each is rounded before it is sent, what is added up is added as
/// float32, and each sum is rounded once more. All ranks have the same bits.
/// </summary>
/// <param name="length">How many numbers, a multiple of the number of ranks.</param>
internal sealed class NarrowSum(int length)
{
    readonly byte[] _sent = new byte[checked(length * 2)], _received = new byte[checked(length * 2)];

    /// <summary>Puts the sum over all ranks in the place of every number.</summary>
    /// <param name="ranks">The ranks.</param>
    /// <param name="values">The numbers.</param>
    /// <param name="wait">Waits for messages; by MPI's own means, unless it is said.</param>
    public void Over(ICommunicator ranks, float[] values, Action<IPending>? wait = null)
    {
        if (ranks.Size == 1 || length == 0) return;
        using var noGrad = Autograd.NoGrad();
        using var scope = Scope.Begin();
        wait ??= static pending => pending.Wait();
        Pack(Tensor.From<float>(values, [length]), _sent);
        wait(ranks.BeginAllToAll(_sent, _received));
        int part = length / ranks.Size;
        Pack(Sum(0, ranks.Size), _received);
        wait(ranks.BeginAllGather(_received, _sent));
        Unpack(_sent).Read((ReadOnlySpan<float> sums) =>
        {
            sums.CopyTo(values);
            return true;
        });

        Tensor Sum(int from, int to) => to - from == 1 ? Unpack(_received.AsSpan(2 * from * part, 2 * part))
            : Sum(from, (from + to) / 2) + Sum((from + to) / 2, to);
    }

    static void Pack(Tensor numbers, byte[] bytes) => numbers.To(DType.BFloat16).ReadBytes(packed => packed.CopyTo(bytes));

    static Tensor Unpack(ReadOnlySpan<byte> bytes)
    {
        byte[] own = bytes.ToArray();
        var packed = Tensor.Empty([own.Length / 2], DType.BFloat16);
        packed.WriteBytes(own.CopyTo);
        return packed.To(DType.Float32);
    }
}
