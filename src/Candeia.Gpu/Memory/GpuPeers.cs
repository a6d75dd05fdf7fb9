namespace Candeia.Gpu;

/// <summary>Graphics processors of several processes.</summary>
internal sealed class GpuPeers(GpuDevice device, IDriverPeers peers, int size) : DevicePeers
{
    bool _isLeft;

    public override int Size => size;

    protected override void Exchange(Operand send, Operand receive) => device.After(() =>
    {
        var (from, to) = (Place(send), Place(receive));
        peers.AllToAll(from.Memory, from.Offset, to.Memory, to.Offset, send.Layout.Shape.Numel / size * send.DType.Size());
    });

    protected override void Gather(Operand mine, Operand all) => device.After(() =>
    {
        var (from, to) = (Place(mine), Place(all));
        peers.AllGather(from.Memory, from.Offset, to.Memory, to.Offset, mine.Layout.Shape.Numel * mine.DType.Size());
    });

    protected override void Dispose(bool disposing)
    {
        if (!_isLeft && disposing) peers.Dispose();
        _isLeft = true;
    }

    static (Handle Memory, long Offset) Place(Operand x) => (((GpuStorage)x.Storage).Memory, x.Layout.Offset * x.DType.Size());
}
