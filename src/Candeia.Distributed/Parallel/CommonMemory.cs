namespace Candeia.Distributed;

/// <summary>
/// Where ranks add up without messages, if they can: in the memory of their devices, where these find each other, or in memory of the machine on which all of
/// them are. All ranks ask together, and get the same kind of place.
/// </summary>
internal sealed class CommonMemory(ICommunicator ranks) : IDisposable
{
    readonly Dictionary<Device, DevicePeers?> _peers = [];

    /// <summary>A place for so many numbers, a multiple of the number of ranks, that come from a device; null where messages are to be sent.</summary>
    public ITensorSums? For(Device device, int length, DType dtype)
    {
        if (ranks.Size == 1) return null;
        if (!_peers.TryGetValue(device, out var peers)) _peers[device] = peers = Joined(device);
        if (peers is not null) return new DeviceSums(peers, device, length, dtype);
        return ranks is ISharesMemory { SharesMemory: true } sharing && sharing.Share((long)length * dtype.Size()) is { } memory ? new SharedSums(memory, length, dtype) : null;
    }

    public void Dispose()
    {
        foreach (var peers in _peers.Values) peers?.Dispose();
        _peers.Clear();
    }

    DevicePeers? Joined(Device device)
    {
        byte[] invitation = device.Invite() ?? [];
        if (!All(invitation.Length > 0)) return null;
        var peers = device.Join(ranks.Gather(invitation)[0], ranks.Rank, ranks.Size);
        if (All(peers is not null)) return peers;
        peers?.Dispose();
        return null;
    }

    bool All(bool mine)
    {
        int[] without = [mine ? 0 : 1];
        ranks.AllReduce<int>(without);
        return without[0] == 0;
    }
}
