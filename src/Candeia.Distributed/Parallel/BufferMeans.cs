using Candeia.Training;

namespace Candeia.Distributed;

/// <summary>
/// Buffers such as running means, where a batch is computed shard by shard: every shard begins with those before the batch, and after it all have the
/// mean of what the shards have come to. Whole numbers are those of the first shard.
/// </summary>
internal sealed class BufferMeans
{
    readonly Line _line;
    readonly Tensor[] _buffers;
    readonly (Tensor Buffer, Tensor Before)[] _all;
    readonly Bucket[] _means;

    public BufferMeans(Run run, Line line)
    {
        Tensor[] all = [.. run.Model.Buffers().Concat(run.Ledger.LossModule?.Buffers() ?? [])];
        _line = line;
        _buffers = [.. all.Where(b => b.DType.IsFloatingPoint())];
        _all = [.. all.Select(b => (b, b.Detach().Clone()))];
        _means = [.. Bucket.For(_buffers, line.Ranks.Size)];
    }

    /// <summary>A shard is through.</summary>
    public void Next(int counted, bool isLast)
    {
        foreach (var bucket in _means) bucket.Lay(static b => b, counted);
        if (!isLast) foreach (var (buffer, before) in _all) buffer.Detach().CopyFrom(before);
    }

    /// <summary>The batch is through.</summary>
    public void Complete(int batch)
    {
        foreach (var bucket in _means)
        {
            _line.Watchdog.While("the buffers", () => bucket.Sum(_line.Ranks));
            bucket.Give(static b => b.Detach(), batch);
        }
    }
}
