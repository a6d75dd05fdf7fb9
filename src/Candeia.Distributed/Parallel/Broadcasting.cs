using Candeia.NN;

namespace Candeia.Distributed;

/// <summary>What one rank has, for all.</summary>
public static class Broadcasting
{
    const int Chunk = 16 << 20;

    /// <summary>Gives all ranks the parameters and buffers of one of them.</summary>
    /// <param name="ranks">The ranks.</param>
    /// <param name="module">The same on every rank, but for its numbers.</param>
    /// <param name="from">Whose numbers all get.</param>
    /// <example><code>
    /// var model = new Linear(3, 1);
    /// World.Ranks.Broadcast(model);
    /// </code></example>
    public static void Broadcast(this ICommunicator ranks, Module module, int from = 0)
    {
        ArgumentNullException.ThrowIfNull(module);
        ranks.BroadcastAll(module.Parameters().Concat(module.Buffers()), from);
    }

    internal static void BroadcastAll(this ICommunicator ranks, IEnumerable<Tensor> tensors, int from)
    {
        using var noGrad = Autograd.NoGrad();
        foreach (var tensor in tensors)
        {
            using var scope = Scope.Begin();
            var values = tensor.Detach().To(Device.Cpu).Contiguous().Clone();
            values.WriteBytes(bytes => ranks.Broadcast(bytes, from));
            if (ranks.Rank != from) tensor.Detach().CopyFrom(values.To(tensor.Device));
        }
    }

    /// <summary>A file of the first rank: its path there, that of a copy elsewhere, and null on all where there is none.</summary>
    internal static string? File(this ICommunicator ranks, string path)
    {
        bool isFirst = ranks.Rank == 0;
        using var source = isFirst && System.IO.File.Exists(path) ? System.IO.File.OpenRead(path) : null;
        long[] left = [source?.Length ?? -1];
        ranks.Broadcast<long>(left);
        if (left[0] < 0) return null;
        string to = isFirst ? path : Path.GetTempFileName();
        using var copy = isFirst ? null : System.IO.File.Create(to);
        byte[] chunk = new byte[Math.Min(Chunk, Math.Max(1, left[0]))];
        for (long open = left[0]; open > 0; open -= chunk.Length)
        {
            var part = chunk.AsSpan(0, (int)Math.Min(chunk.Length, open));
            source?.ReadExactly(part);
            ranks.Broadcast(part);
            copy?.Write(part);
        }
        return to;
    }
}
