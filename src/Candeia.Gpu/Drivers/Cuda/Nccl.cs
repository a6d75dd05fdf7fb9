namespace Candeia.Gpu;

/// <summary>Processors of NVIDIA, one of each process, that exchange memory by NCCL: over NVLink or PCIe in one machine, over the network beyond.</summary>
internal sealed unsafe class Nccl : IDriverPeers
{
    const int Byte = 1;                                                      // ncclUint8
    readonly NcclApi _api;
    readonly nint _group, _stream;
    readonly int _size;
    readonly Action _enter;

    Nccl(NcclApi api, nint group, int size, nint stream, Action enter) => (_api, _group, _size, _stream, _enter) = (api, group, size, stream, enter);

    /// <summary>What the members of a group need; null where the library does not begin.</summary>
    public static byte[]? Invite(NcclApi api)
    {
        NcclId id;
        return api.GetId(&id) == 0 ? new Span<byte>(id.Data, NcclId.Bytes).ToArray() : null;
    }

    /// <summary>A member of a group, when all others are there; null where NCCL does not bring them together, as two processes with one processor.</summary>
    public static Nccl? Join(NcclApi api, byte[] invitation, int rank, int size, nint stream, Action enter)
    {
        if (invitation.Length != NcclId.Bytes) return null;
        NcclId id;
        invitation.CopyTo(new Span<byte>(id.Data, NcclId.Bytes));
        nint group;
        return api.Begin(&group, size, id, rank) == 0 ? new(api, group, size, stream, enter) : null;
    }

    public void AllToAll(Handle send, long sendOffset, Handle receive, long receiveOffset, long bytes)
    {
        _enter();
        nint from = send.Value + (nint)sendOffset, to = receive.Value + (nint)receiveOffset;
        int error = _api.BeginGroup();
        for (int peer = 0; peer < _size && error == 0; peer++)
        {
            error = _api.Send(from + peer * (nint)bytes, (nuint)bytes, Byte, peer, _group, _stream);
            if (error == 0) error = _api.Receive(to + peer * (nint)bytes, (nuint)bytes, Byte, peer, _group, _stream);
        }
        int ended = _api.EndGroup();
        Check(error != 0 ? error : ended);
    }

    public void AllGather(Handle mine, long mineOffset, Handle all, long allOffset, long bytes)
    {
        _enter();
        Check(_api.AllGather(mine.Value + (nint)mineOffset, all.Value + (nint)allOffset, (nuint)bytes, Byte, _group, _stream));
    }

    public void Dispose() => _ = _api.End(_group);

    static void Check(int error)
    {
        if (error != 0) throw new GpuException($"Processors could not exchange memory: NCCL error {error}. Set NCCL_DEBUG=INFO and it says why; the variable {CudaLibraries.PeersVariable}, set and empty, has the host exchange it.");
    }
}
