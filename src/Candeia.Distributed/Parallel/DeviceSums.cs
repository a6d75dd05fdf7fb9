namespace Candeia.Distributed;

/// <summary>Sums in the memory of devices that exchange it without the host: each adds up a part for all, in the order in which hosts do.</summary>
internal sealed class DeviceSums : ITensorSums
{
    readonly DevicePeers _peers;
    readonly Tensor _received;
    readonly Tensor[] _parts, _sums;

    /// <param name="peers">The devices.</param>
    /// <param name="device">This rank's.</param>
    /// <param name="length">How many numbers, a multiple of the number of ranks.</param>
    /// <param name="dtype">Their type.</param>
    public DeviceSums(DevicePeers peers, Device device, int length, DType dtype)
    {
        _peers = peers;
        Own = Tensor.Zeros([length], dtype, device).Keep();
        _received = Tensor.Zeros([length], dtype, device).Keep();
        int part = length / peers.Size;
        Tensor[] Cut(Tensor row) => [.. Enumerable.Range(0, peers.Size).Select(i => row[(i * part)..((i + 1) * part)].Keep())];
        (_parts, _sums) = (Cut(_received), Cut(Own));
    }

    public Tensor Own { get; }

    public void Begin() { }

    public void Sum()
    {
        if (Own.Numel == 0) return;
        _peers.AllToAll(Own, _received);
        OrderedSum.InOrder(0, _parts.Length, (to, from) => new BlendOp(1, 1).Apply(_parts[to], _parts[from]));
        _peers.AllGather(_parts[0], Own);
    }

    public void Finish() => Own.Device.Synchronize();

    public Tensor Part(int number) => _sums[number];

    public void End() { }
}
