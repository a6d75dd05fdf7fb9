using Candeia.Data;

namespace Candeia.Distributed;

/// <summary>A batch of which this rank has the items of its lanes alone.</summary>
/// <param name="Division">Which items belong to which shard.</param>
/// <param name="First">The first item that is here.</param>
/// <param name="Items">The items that are here; where none is, some that are computed along for nothing.</param>
internal sealed record LanesBatch(Division Division, int First, IBatch Items) : IBatch
{
    public int Size => Division.Size;

    public IBatch Map(Func<Tensor, Tensor> change) => this with { Items = Items.Map(change) };

    public IBatch Part(int from, int count) => Items.Part(from - First, count);
}
